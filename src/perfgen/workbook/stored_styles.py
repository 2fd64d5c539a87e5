"""What a cell's style says that matters for its content: its number format, and whether it is
struck out. Fills, borders, colours and alignments are not read, so nothing in them can be wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from perfgen.workbook.built_in_formats import BUILT_IN, GENERAL
from perfgen.workbook.formats import LONGEST
from perfgen.workbook.parts import MAIN, Parts
from perfgen.workbook.stored_texts import is_struck


@dataclass(frozen=True, slots=True)
class Style:
    """A cell's number format as a code, and whether the cell as a whole is struck out (删除线)."""

    number_format: str = GENERAL
    struck: bool = False


PLAIN = Style()


def read_styles(parts: Parts, part: str | None) -> Sequence[Style]:
    """Return the styles that cells refer to by number; none where the workbook has none.

    Raises BadPart.
    """
    if part is None or part not in parts:
        return ()
    root = parts.root(part, f"{MAIN}styleSheet")
    codes = {
        element.get("numFmtId", ""): element.get("formatCode", "")[:LONGEST]
        for element in root.iterfind(f"{MAIN}numFmts/{MAIN}numFmt")
    }
    struck = [is_struck(font) for font in root.iterfind(f"{MAIN}fonts/{MAIN}font")]
    return [
        Style(_code(style.get("numFmtId", "0"), codes), _at(struck, style.get("fontId", "0")))
        for style in root.iterfind(f"{MAIN}cellXfs/{MAIN}xf")
    ]


def style_at(styles: Sequence[Style], number: str) -> Style:
    """Return a style by its number, and the plain one where there is none."""
    return styles[int(number)] if _is_place(number, len(styles)) else PLAIN


def _code(number: str, own: Mapping[str, str]) -> str:
    return own.get(number) or BUILT_IN.get(number, GENERAL)


def _at(flags: Sequence[bool], number: str) -> bool:
    return flags[int(number)] if _is_place(number, len(flags)) else False


def _is_place(number: str, length: int) -> bool:
    return number.isascii() and number.isdigit() and len(number) < 10 and int(number) < length
