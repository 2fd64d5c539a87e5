"""Small real fonts, made for tests."""

from __future__ import annotations

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

BASIC = "部门整体支出绩效自评报告"
RARE = "\U0002c488"  # 𬒈, in no font of GB 2312's size


def make_font(
    path: Path, name: str, chars: str = BASIC, *, chinese: str = "", style: str = "Regular"
) -> Path:
    """Write a real font of that name whose every character is a square."""
    pen = TTGlyphPen(None)
    for corner in ((0, 0), (0, 800), (800, 800), (800, 0)):
        (pen.moveTo if corner == (0, 0) else pen.lineTo)(corner)
    pen.closePath()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "square"])
    builder.setupCharacterMap({ord(char): "square" for char in chars})
    builder.setupGlyf({".notdef": pen.glyph(), "square": pen.glyph()})
    builder.setupHorizontalMetrics({".notdef": (1000, 0), "square": (1000, 0)})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    names = {"familyName": {"en": name}, "styleName": {"en": style}}
    full = name if style == "Regular" else f"{name} {style}"
    names |= {"fullName": {"en": full}, "psName": {"en": f"{name}-{style}".replace(" ", "")}}
    if chinese:
        names["familyName"]["zh"] = names["fullName"]["zh"] = chinese
    builder.setupNameTable(names)
    builder.setupOS2()
    builder.setupPost()
    path.parent.mkdir(parents=True, exist_ok=True)
    builder.save(path)
    return path
