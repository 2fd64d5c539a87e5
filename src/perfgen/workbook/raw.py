"""A cell as Excel holds it → a cell as the officer sees it.

Numbers become Decimal by way of 15 significant digits, which is what Excel itself keeps and
shows: 0.1 + 0.2 reads 0.3.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from decimal import Decimal

from perfgen.model.cells import CellRef
from perfgen.workbook.formats import parse_format, show_day
from perfgen.workbook.opening import OpenedWorkbook
from perfgen.workbook.serials import Moment, moment_of, moment_stated, shows_day
from perfgen.workbook.stored_sheets import StoredCell, number_of
from perfgen.workbook.stored_texts import StoredText

Value = str | Decimal | date | bool | None

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_JOINED = "\u0600-\u1fff\u2600-\u27bf\U0001f000-\U0001faff"
"""Scripts and pictures whose characters look otherwise joined: Uyghur, Mongolian, emoji."""

_INVISIBLE = re.compile(
    "[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]"
    f"|[\u200c\u200d](?![{_JOINED}])"
)
"""Zero-width characters and marks of writing direction, pasted along from web pages."""

_SPACE = re.compile("[\t\xa0\u1680\u2000-\u200a\u205f]|\u202f(?![\u1800-\u18af])")
"""Blanks of all widths; the narrow one in a Mongolian word is a part of it."""

_HALVES = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_BREAK = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class RawCell:
    """One cell: its value, the formula behind it, its number format, and an error in it.

    `struck` is text that was struck out (删除线) and is not part of the value. `ambiguous` is the
    ratio (1:1) that was perhaps meant where Excel made a time of it. `struck_whole` is True where
    the cell as a whole is struck out: it is read all the same.
    """

    ref: CellRef
    value: Value = None
    formula: str = ""
    number_format: str = "General"
    error: str = ""
    struck: str = ""
    ambiguous: str = ""
    struck_whole: bool = False

    @property
    def blank(self) -> bool:
        """Return whether there is nothing in the cell, not even a formula."""
        return self.value in (None, "") and not self.formula and not self.error

    @property
    def text(self) -> str:
        """Return what the cell shows, as text."""
        return shown(self.value, self.number_format)


@dataclass(frozen=True, slots=True)
class RawSheet:
    """The cells of a sheet that hold something, by row and column, and its merged ranges.

    `merged` maps each covered cell to the cell at the top left of its range.
    """

    name: str
    rows: Mapping[int, Mapping[int, RawCell]]
    merged: Mapping[tuple[int, int], tuple[int, int]]

    def at(self, row: int, column: int) -> RawCell | None:
        """Return the cell at this place; None where it is empty."""
        return self.rows.get(row, {}).get(column)


def read_sheet(book: OpenedWorkbook, name: str) -> RawSheet:
    """Return the filled cells of one sheet. Hidden rows and columns count as any other."""
    sheet = book.sheets[name]
    rows: dict[int, dict[int, RawCell]] = {}
    for cell in sheet.cells:
        raw = _raw_cell(CellRef(book.name, name, cell.row, cell.column), cell, book)
        if not raw.blank:
            rows.setdefault(cell.row, {})[cell.column] = raw
    rows = {row: dict(sorted(cells.items())) for row, cells in sorted(rows.items())}
    merged = {
        (row, column): (top, left)
        for top, left, bottom, right in sheet.merged
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }
    # What stands under a merged cell cannot be seen.
    rows = {
        row: {column: cell for column, cell in cells.items() if (row, column) not in merged}
        for row, cells in rows.items()
    }
    return RawSheet(name, {row: cells for row, cells in rows.items() if cells}, merged)


def _raw_cell(ref: CellRef, cell: StoredCell, book: OpenedWorkbook) -> RawCell:
    raw = _value_of(ref, cell, book)
    return replace(raw, struck_whole=True) if cell.style.struck and not raw.blank else raw


def _value_of(ref: CellRef, cell: StoredCell, book: OpenedWorkbook) -> RawCell:
    value, formula, code = cell.value, cell.formula, cell.style.number_format
    if value is None or value == "":
        return RawCell(ref, value, formula, code)
    if isinstance(value, StoredText):
        return _text_cell(ref, value, formula, code)
    if cell.kind == "e":
        return RawCell(ref, formula=formula, error=value)
    if cell.kind == "b":
        return RawCell(ref, value.strip().lower() in ("1", "true"), formula, code)
    if cell.kind == "n":
        return _number_cell(ref, number_of(value), cell, book)
    stated = moment_stated(value) if cell.kind == "d" else None
    if stated is None:
        return _text_cell(ref, StoredText(value), formula, code)
    return _moment_cell(ref, stated, cell)


def _number_cell(
    ref: CellRef, number: int | float, cell: StoredCell, book: OpenedWorkbook
) -> RawCell:
    code = cell.style.number_format
    if abs(number) > _LARGEST or math.isnan(number):
        return RawCell(ref, formula=cell.formula, error="无法表示的数")
    if not shows_day(code):
        return RawCell(ref, decimal_of(number), cell.formula, code)
    try:
        return _moment_cell(ref, moment_of(number, code, from_1904=book.from_1904), cell)
    except (OverflowError, ValueError):
        return RawCell(ref, formula=cell.formula, error="#VALUE!")


_LARGEST = 10**308


def _moment_cell(ref: CellRef, value: Moment, cell: StoredCell) -> RawCell:
    if isinstance(value, time | timedelta):
        return _time_cell(ref, value, cell.formula)
    return RawCell(ref, value, cell.formula, cell.style.number_format)


def _text_cell(ref: CellRef, value: StoredText, formula: str, code: str) -> RawCell:
    text = clean(value.kept)
    illegal = _ILLEGAL.search(text)
    error = f"不可见的控制字符 U+{ord(illegal.group()):04X}" if illegal else ""
    return RawCell(ref, text, formula, code, error, clean(value.struck))


def _time_cell(ref: CellRef, value: time | timedelta, formula: str) -> RawCell:
    """A clock time as 11:30, a length of time as 30小时. A ratio such as 1:1 became one, too."""
    if isinstance(value, time):
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        text = f"{value.hour}:{value.minute:02d}" + (f":{value.second:02d}" if value.second else "")
    else:
        seconds = round(value.total_seconds())
        text = _spoken_length(seconds)
    hours, minutes = divmod(seconds // 60, 60)
    ratio = f"{hours}:{minutes}" if hours and 0 < minutes < _RATIO_BELOW else ""
    return RawCell(ref, text, formula, ambiguous="" if seconds % 60 else ratio)


_RATIO_BELOW = 10
"""1:1 becomes 1:01; few times of day are so near to the hour."""


def _spoken_length(seconds: int) -> str:
    parts = ((seconds // 3600, "小时"), (seconds // 60 % 60, "分钟"), (seconds % 60, "秒"))
    return "".join(f"{number}{unit}" for number, unit in parts if number) or "0小时"


def decimal_of(number: int | float) -> Decimal:
    """Return Excel's finite number as Decimal, to the 15 significant digits that Excel keeps."""
    if isinstance(number, int):
        return Decimal(number)
    value = Decimal(format(number, ".15g"))
    return Decimal(int(value)) if value == value.to_integral_value() else value


def clean(text: str) -> str:
    """Return text without Excel's `_x000D_` escapes, invisible characters and outer spaces."""
    text = _ESCAPE.sub(lambda found: chr(int(found.group(1), 16)), text)
    text = _HALVES.sub(_whole, text)
    text = _INVISIBLE.sub("", _SPACE.sub(" ", _BREAK.sub("\n", text)))
    return "\n".join(line.strip(" \u3000") for line in text.split("\n")).strip("\n")


def _whole(halves: re.Match[str]) -> str:
    """The character that some programs write as two escapes, one for each half of it in UTF-16."""
    return halves.group().encode("utf-16", "surrogatepass").decode("utf-16")


def shown(value: Value, number_format: str) -> str:
    """Return a value as the cell shows it: numbers to the decimals shown, percents with their %."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, date):
        return show_day(value, number_format)
    if isinstance(value, str):
        return value
    return parse_format(number_format).show(value)
