"""A cell as Excel holds it → a cell as the officer sees it.

Numbers become Decimal by way of 15 significant digits, which is what Excel itself keeps and
shows: 0.1 + 0.2 reads 0.3.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.styles import Font
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.worksheet import Worksheet

from perfgen.model.cells import CellRef
from perfgen.workbook.formats import parse_format, show_day
from perfgen.workbook.opening import OpenedWorkbook

Value = str | Decimal | date | bool | None

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]")
"""Zero-width characters and marks of writing direction, pasted along from web pages."""

_SPACE = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f]")
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
    values: Worksheet = book.values[name]
    formulas: Worksheet = book.formulas[name]
    fonts: Sequence[Font] = book.formulas._fonts  # type: ignore[attr-defined]  # not public
    any_struck = any(font.strike for font in fonts)  # looked up once: a font is slow to come by
    rows: dict[int, dict[int, RawCell]] = {}
    for cell in _existing_cells(formulas):
        raw = _raw_cell(book.name, name, cell, values)
        if any_struck and cell.has_style and cell.font.strike and not raw.blank:
            raw = replace(raw, struck_whole=True)
        if not raw.blank:
            rows.setdefault(cell.row, {})[cell.column] = raw
    rows = {row: dict(sorted(cells.items())) for row, cells in sorted(rows.items())}
    merged = {
        (row, column): (area.min_row, area.min_col)
        for area in formulas.merged_cells.ranges
        for row in range(area.min_row, area.max_row + 1)
        for column in range(area.min_col, area.max_col + 1)
        if (row, column) != (area.min_row, area.min_col)
    }
    return RawSheet(name, rows, merged)


def _existing_cells(sheet: Worksheet) -> Iterator[Cell]:
    # iter_rows() walks to the last *formatted* row, which may be the 1,048,576th; the sheet's
    # own cell store holds only the cells that the file has.
    for cell in sheet._cells.values():
        if not isinstance(cell, MergedCell):
            yield cell


def _raw_cell(workbook: str, sheet: str, cell: Cell, values: Worksheet) -> RawCell:
    ref = CellRef(workbook, sheet, cell.row, cell.column)
    formula = _formula(cell)
    seen = values.cell(cell.row, cell.column) if formula else cell
    number_format = str(seen.number_format or "General")
    value = seen.value
    if seen.data_type == "e":
        return RawCell(ref, formula=formula, error=str(value))
    if value is None and formula and seen.data_type in ("s", "str"):
        value = ""  # a formula whose result is an empty text, not one that was never computed
    if isinstance(value, float) and not math.isfinite(value):
        return RawCell(ref, formula=formula, error="无法表示的数")
    if value is None or isinstance(value, bool):
        return RawCell(ref, value, formula, number_format)
    if isinstance(value, int | float):
        return RawCell(ref, decimal_of(value), formula, number_format)
    if isinstance(value, time | timedelta):
        return _time_cell(ref, value, formula)
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return RawCell(ref, value, formula, number_format)
    struck = ""
    if isinstance(value, CellRichText):
        value, struck = _without_struck(value)
    text = clean(str(value))
    illegal = _ILLEGAL.search(text)
    error = f"不可见的控制字符 U+{ord(illegal.group()):04X}" if illegal else ""
    return RawCell(ref, text, formula, number_format, error, clean(struck))


def _without_struck(value: CellRichText) -> tuple[str, str]:
    """The text of a cell without what is struck out in it (删除线), and that."""
    kept, struck = "", ""
    for run in value:
        if isinstance(run, TextBlock) and run.font is not None and run.font.strike:
            struck += run.text
        else:
            kept += run.text if isinstance(run, TextBlock) else str(run)
    return kept, struck


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


def _formula(cell: Cell) -> str:
    value = cell.value
    if isinstance(value, ArrayFormula):
        return str(value.text or "=")
    if isinstance(value, DataTableFormula):
        return "="
    return str(value) if cell.data_type == "f" else ""


def decimal_of(number: int | float) -> Decimal:
    """Return Excel's finite number as Decimal, to the 15 significant digits that Excel keeps."""
    if isinstance(number, int):
        return Decimal(number)
    value = Decimal(format(number, ".15g"))
    return Decimal(int(value)) if value == value.to_integral_value() else value


def clean(text: str) -> str:
    """Return text without Excel's `_x000D_` escapes, invisible characters and outer spaces."""
    text = _ESCAPE.sub(lambda found: chr(int(found.group(1), 16)), text)
    text = _INVISIBLE.sub("", _SPACE.sub(" ", _BREAK.sub("\n", text)))
    return "\n".join(line.strip(" \u3000") for line in text.split("\n")).strip("\n")


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
