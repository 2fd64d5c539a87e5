"""A font file → the font that Typst is given: TrueType outlines, and a family name of its own.

Glyph numbers stay as they are, so that the tables which speak of them (cmap, GSUB, GPOS, BASE) are
copied unread. The names for copyright, licence and PostScript stay too. Style and weight are those
of a regular font: there is one font in each family, and it is to be taken whatever weight is asked.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.DefaultTable import DefaultTable

from perfgen.render.fonts.truetype.charstrings import Contour, Unusual, contours_of
from perfgen.render.fonts.truetype.glyphs import Glyph, truetype_glyph

_TOLERANCE = 1 / 1000
"""How far a curve may lie from the original's, in font sizes."""
_FAMILY, _STYLE = 1, 2
_OTHER_FAMILY_NAMES = frozenset({16, 17, 21, 22, 25})
_ENGLISH = (3, 1, 0x409)
_LEFT_OUT = frozenset(
    {"CFF ", "CFF2", "VORG", "DSIG"}
    | {"fvar", "gvar", "avar", "cvar", "HVAR", "VVAR", "MVAR", "STAT"}  # of variable fonts
)
_WEIGHT_AT, _SELECTION_AT = 4, 62
_REGULAR, _BOLD_OR_SLANTED = 1 << 6, 1 << 0 | 1 << 5 | 1 << 9


class NoOutlines(Exception):
    """A font that has no outlines: pictures of its characters only."""


def truetype_font(source: Path, family: str) -> bytes:
    """Return the first face of a font file with TrueType outlines, under the name `family`.

    The same file gives the same bytes. Raises NoOutlines, and whatever fontTools raises where the
    font is damaged.
    """
    with TTFont(source, lazy=True, fontNumber=0, recalcBBoxes=False, recalcTimestamp=False) as font:
        if "glyf" not in font:
            _take_over(font, tuple(_glyphs(font)))
        _rename(font, family)
        for tag in _LEFT_OUT & set(font.keys()):
            del font[tag]
        font.flavor = None
        written = io.BytesIO()
        font.save(written, reorderTables=False)
    return written.getvalue()


def _glyphs(font: TTFont) -> Iterator[Glyph]:
    tolerance = _TOLERANCE * font["head"].unitsPerEm
    if "CFF " in font:
        outlines = _postscript_outlines(font)
    elif "CFF2" in font:
        names = font.getGlyphOrder()
        outlines = (_drawn_by_font_tools(font, name) for name in names)
    else:
        raise NoOutlines
    return (truetype_glyph(contours, tolerance) for contours in outlines)


def _postscript_outlines(font: TTFont) -> Iterator[Sequence[Contour]]:
    top = font["CFF "].cff.topDictIndex[0]
    index = top.CharStrings.charStringsIndex
    global_subrs = [subr.bytecode for subr in top.GlobalSubrs]
    local_subrs: dict[int, Sequence[bytes]] = {}
    for number in range(len(index)):
        glyph = index[number]
        private = glyph.private
        subrs = local_subrs.get(id(private))
        if subrs is None:
            subrs = [subr.bytecode for subr in getattr(private, "Subrs", ())]
            local_subrs[id(private)] = subrs
        try:
            yield contours_of(glyph.bytecode, subrs, global_subrs)
        except Unusual:
            yield _drawn_by_font_tools(font, font.getGlyphName(number))


def _drawn_by_font_tools(font: TTFont, name: str) -> Sequence[Contour]:
    glyphs = font.getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(pen)
    contours: list[Contour] = []
    for operator, points in pen.value:
        if operator == "moveTo":
            contours.append([points[0]])
        elif operator == "lineTo":
            contours[-1].append(points[0])
        elif operator == "curveTo":
            (x1, y1), (x2, y2), (x3, y3) = points
            contours[-1].append((x1, y1, x2, y2, x3, y3))
    return contours


def _take_over(font: TTFont, glyphs: Sequence[Glyph]) -> None:
    """Give the font these outlines, and the tables that describe them."""
    data, offsets = bytearray(), [0]
    for glyph in glyphs:
        data += glyph.data
        data += bytes(-len(data) % 4)
        offsets.append(len(data))
    _set(font, "glyf", bytes(data))
    _set(font, "loca", struct.pack(f">{len(offsets)}L", *offsets))
    most_points = max((glyph.points for glyph in glyphs), default=0)
    most_contours = max((glyph.contours for glyph in glyphs), default=0)
    counts = (len(glyphs), most_points, most_contours, 0, 0, 1, *(0,) * 8)
    _set(font, "maxp", struct.pack(">L14H", 0x10000, *counts))
    head = font["head"]
    head.indexToLocFormat, head.glyphDataFormat = 1, 0
    boxes = [glyph.box for glyph in glyphs if glyph.contours] or [(0, 0, 0, 0)]
    lefts, lows, rights, highs = zip(*boxes, strict=True)
    head.xMin, head.yMin, head.xMax, head.yMax = min(lefts), min(lows), max(rights), max(highs)
    _set_left_bearings(font, [glyph.box[0] for glyph in glyphs])
    post = font.reader["post"] if "post" in font else bytes(32)
    _set(font, "post", struct.pack(">L", 0x30000) + post[4:32])  # without glyph names
    font.sfntVersion = "\0\1\0\0"


def _set_left_bearings(font: TTFont, lefts: Sequence[int]) -> None:
    """Say where each glyph's ink begins: a TrueType glyph is shifted where that is not so."""
    old, wide = font.reader["hmtx"], font["hhea"].numberOfHMetrics
    metrics = bytearray(old[: 4 * wide])
    for number, left in enumerate(lefts[:wide]):
        struct.pack_into(">h", metrics, 4 * number + 2, left)
    rest = lefts[wide:]
    _set(font, "hmtx", bytes(metrics) + struct.pack(f">{len(rest)}h", *rest))


def _set(font: TTFont, tag: str, data: bytes) -> None:
    table: Any = DefaultTable(tag)
    table.data = data
    font[tag] = table


def _rename(font: TTFont, family: str) -> None:
    names = font["name"]
    other = {_FAMILY, _STYLE} | _OTHER_FAMILY_NAMES
    names.names = [record for record in names.names if record.nameID not in other]
    names.setName(family, _FAMILY, *_ENGLISH)
    names.setName("Regular", _STYLE, *_ENGLISH)
    font["head"].macStyle = 0
    if "OS/2" in font:
        os2 = bytearray(font.reader["OS/2"])
        struct.pack_into(">H", os2, _WEIGHT_AT, 400)
        (selection,) = struct.unpack_from(">H", os2, _SELECTION_AT)
        struct.pack_into(">H", os2, _SELECTION_AT, selection & ~_BOLD_OR_SLANTED | _REGULAR)
        _set(font, "OS/2", bytes(os2))
