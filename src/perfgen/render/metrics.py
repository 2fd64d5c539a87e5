"""One height for all fonts (统一字体的上下高度), so that lines stand on a grid.

An official page has 22 lines of one height. A line that mixes fonts, because one lacks a
character or because its digits come from another, grows where their ascents differ. So the
printer gets every font with the ascent and descent of the ideographic em box.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

_ASCENT, _DESCENT = 0.88, -0.12
_UNITS_PER_EM = 18  # offset in "head"
_LINE_METRICS = {b"hhea": 4, b"OS/2": 68}  # offsets of ascender, descender and line gap


def level(font: bytes) -> bytes:
    """Return a font (OpenType, TrueType or a collection) with the em box's ascent and descent.

    What is not such a font is returned as it is.
    """
    levelled = bytearray(font)
    try:
        for tables in _faces(font):
            (units,) = struct.unpack_from(">H", font, tables[b"head"] + _UNITS_PER_EM)
            heights = round(_ASCENT * units), round(_DESCENT * units), 0
            for name, place in _LINE_METRICS.items():
                struct.pack_into(">3h", levelled, tables[name] + place, *heights)
    except (struct.error, KeyError):
        return font
    return bytes(levelled)


def _faces(font: bytes) -> Iterator[dict[bytes, int]]:
    """Yield, for each face in a font file, where its tables begin."""
    starts: tuple[int, ...] = (0,)
    if font[:4] == b"ttcf":
        (count,) = struct.unpack_from(">I", font, 8)
        starts = struct.unpack_from(f">{count}I", font, 12)
    for start in starts:
        (count,) = struct.unpack_from(">H", font, start + 4)
        records = (struct.unpack_from(">4s3I", font, start + 12 + 16 * n) for n in range(count))
        yield {name: offset for name, _, offset, _ in records}
