"""What goes into a cell: a column's kind turns content into Excel's text, number or day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from perfgen.errors import OutputError
from perfgen.model.layout import Column
from perfgen.model.numbers import decimals_of, plain

CellValue = str | Decimal | date | None
Content = Mapping[str, Sequence[Mapping[str, CellValue]]]
"""Sheet name → rows, each a header text → value. A form sheet has one row: item → content."""

LONGEST_TEXT = 32767
"""The most characters that an Excel cell holds."""

_FIRST_YEAR = 1901
"""Excel has no days before 1900, and a wrong one in that year."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A value as Excel takes it. `decimals` counts the decimals that must show, zeros too."""

    value: str | float | date | None
    decimals: int = 0


def prepare(value: CellValue, column: Column) -> Prepared:
    """Return `value` as it is written into a cell of `column`.

    What does not fit the column's kind stays text, for the reader to complain about with its
    place. Raises OutputError where a text is longer than a cell can be.
    """
    if value is None or value == "":
        return Prepared(None)
    if column.kind in ("amount", "number", "percent", "year"):
        return _number(value, column)
    if column.kind == "date":
        day = _day(value)
        return Prepared(_text(value, column) if day is None else day)
    return Prepared(_text(value, column))


def _number(value: CellValue, column: Column) -> Prepared:
    number = value if isinstance(value, Decimal) else _decimal(str(value), column)
    if number is None or not number.is_finite():
        return Prepared(_text(value, column))
    typed = decimals_of(number)
    trailing_zero = column.kind == "amount" and typed > decimals_of(Decimal(plain(number)))
    return Prepared(float(number), typed if trailing_zero else 0)


def _decimal(text: str, column: Column) -> Decimal | None:
    percent = column.kind == "percent" and text.endswith("%")
    try:
        number = Decimal(text.removesuffix("%") if percent else text)
    except InvalidOperation:
        return None
    return number / 100 if percent else number


def _day(value: CellValue) -> date | None:
    if isinstance(value, date):
        day = value
    else:
        try:
            day = date.fromisoformat(str(value))
        except ValueError:
            return None
    return day if day.year >= _FIRST_YEAR else None


def _text(value: CellValue, column: Column) -> str:
    if isinstance(value, Decimal):
        text = format(value, "f") if value.is_finite() else str(value)
    else:
        text = value.isoformat() if isinstance(value, date) else str(value)
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    if len(text) > LONGEST_TEXT:
        raise OutputError(
            f"“{column.header}”有 {len(text)} 字，超过 Excel 一个单元格 {LONGEST_TEXT} 字的上限",
            hint="把这段文字分成几行填写",
        )
    return text
