"""One table of a summary, written row by row (逐行写): no more than one row is in memory.

Totals stand above the headers, so that sorting and filtering leave them alone; they are live
formulas over what the filter shows. Their values are worked out before the rows are written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from perfgen.model.cells import column_letters
from perfgen.summary.rows import COUNTED, YES, Cell, Column
from perfgen.workbook.writing.measuring import height_of, lines_needed

HEADER = 2
FIRST = HEADER + 1
MOST_ROWS = 1_000_000
"""Rows of one sheet: Excel has 1,048,576. What is more goes to a second sheet."""

_LONGEST = 32767
_LEAF = "末级"

Styles = Mapping[str, Any]


@dataclass(slots=True)
class Part:
    """What one sheet of a table will hold: how many rows, and the totals of its columns."""

    rows: int = 0
    sums: dict[int, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """A table before it is written: its columns, and what each of its sheets will hold."""

    name: str
    title: str
    columns: Sequence[Column]
    parts: list[Part] = field(default_factory=list)

    def take(self, row: Sequence[Cell]) -> None:
        """Count a row that will be written."""
        if not self.parts or self.parts[-1].rows >= MOST_ROWS:
            self.parts.append(Part())
        part = self.parts[-1]
        part.rows += 1
        if all(row[place] == YES for place in self.conditions):
            for place in self.totalled:
                value = row[place]
                if isinstance(value, Decimal | int):
                    part.sums[place] = part.sums.get(place, Decimal(0)) + value

    @property
    def totalled(self) -> Sequence[int]:
        """Return the columns that are added up."""
        return [place for place, column in enumerate(self.columns) if column.totalled]

    @property
    def conditions(self) -> Sequence[int]:
        """Return the columns that must say 是 for a row to count."""
        wanted = (COUNTED.header, _LEAF)
        return [place for place, column in enumerate(self.columns) if column.header in wanted]


class Table:
    """The sheets of one table; they are made at once, and filled as rows come."""

    def __init__(self, book: Any, styles: Styles, plan: Plan, *, computes_rates: bool) -> None:
        """Make the sheets with everything above the rows."""
        self._plan = plan
        self._styles = styles
        self._computes_rates = computes_rates
        self._parts = iter([(self._sheet(book, place), part)
                            for place, part in enumerate(plan.parts)])  # fmt: skip
        self._current: Any = None
        self._left = 0
        self._number = FIRST

    def add(self, row: Sequence[Cell], *, faint: bool) -> None:
        """Write the next row; a faint one does not count."""
        if self._left == 0:
            self._current, part = next(self._parts)
            self._left, self._number = part.rows, FIRST
        sheet, number, columns = self._current, self._number, self._plan.columns
        sheet.set_row(number, _height(columns, row))
        prefix = "faint-" if faint else ""
        for place, (column, value) in enumerate(zip(columns, row, strict=True)):
            style = self._styles[prefix + column.style]
            if self._computes_rates and column.rate:
                _write_rate(sheet, number, place, columns, row, style)
            else:
                write_cell(sheet, number, place, value, style)
        _forget(sheet, number - 1)
        self._left -= 1
        self._number += 1

    def _sheet(self, book: Any, place: int) -> Any:
        plan, part = self._plan, self._plan.parts[place]
        sheet = book.add_worksheet(f"{plan.name}（{place + 1}）" if place else plan.name)
        for number, column in enumerate(plan.columns):
            sheet.set_column(number, number, column.width)
        sheet.write_string(0, 0, plan.title, self._styles["title"])
        _write_totals(sheet, plan, part, self._styles)
        sheet.set_row(HEADER, 30)
        for number, column in enumerate(plan.columns):
            sheet.write_string(HEADER, number, column.header, self._styles["header"])
        sheet.autofilter(HEADER, 0, HEADER + part.rows, len(plan.columns) - 1)
        sheet.freeze_panes(FIRST, 1)
        sheet.set_landscape()
        sheet.set_paper(8)  # A3
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEADER)
        return sheet


def _forget(sheet: Any, number: int) -> None:
    """Forget the height of a row that is written: of a million rows they fill the memory.

    XlsxWriter has no call for it; without these two it only needs more memory.
    """
    if number > HEADER:
        for name in ("row_info", "row_sizes"):
            getattr(sheet, name, {}).pop(number, None)


def _height(columns: Sequence[Column], row: Sequence[Cell]) -> float:
    texts = zip(columns, row, strict=True)
    return height_of(
        max(lines_needed(cell, column.width) if isinstance(cell, str) else 1
            for column, cell in texts)
    )  # fmt: skip


def write_cell(sheet: Any, row: int, column: int, value: Cell, style: Any) -> None:
    """Write a value as what it is: a text never becomes a formula."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, str):
        sheet.write_string(row, column, value[:_LONGEST], style)
    else:
        sheet.write_number(row, column, float(value), style)


def _write_rate(
    sheet: Any, number: int, place: int, columns: Sequence[Column], row: Sequence[Cell], style: Any
) -> None:
    actual, adjusted = _of_rate(columns, place)
    cells = [f"{column_letters(one + 1)}{number + 1}" for one in (actual, adjusted)]
    formula = f'=IF(OR({cells[0]}="",N({cells[1]})=0),"",{cells[0]}/{cells[1]})'
    spent, planned = row[actual], row[adjusted]
    known = isinstance(spent, Decimal) and isinstance(planned, Decimal) and planned
    value = float(spent / planned) if known else ""  # type: ignore[operator]
    sheet.write_formula(number, place, formula, style, value)


def _of_rate(columns: Sequence[Column], place: int) -> tuple[int, int]:
    headers = [column.header for column in columns]
    rate = columns[place].rate
    assert rate is not None, "only columns of rates come here"
    return headers.index(rate[0]), headers.index(rate[1])


def _write_totals(sheet: Any, plan: Plan, part: Part, styles: Styles) -> None:
    """The row above the headers: SUBTOTAL row by row leaves out what the filter hides."""
    columns = plan.columns
    if not plan.totalled:
        return
    leaves = "末级、" if any(column.header == _LEAF for column in columns) else ""
    sheet.write_string(1, 0, f"合计（{leaves}不含重复、不含筛选掉的）", styles["total"])
    last = FIRST + part.rows
    for place, column in enumerate(columns):
        style = styles[f"total-{column.style}"]
        if column.totalled:
            value = float(part.sums.get(place, Decimal(0)))
            sheet.write_formula(1, place, _sum_formula(place, last, plan.conditions), style, value)
        elif column.rate:
            actual, adjusted = _of_rate(columns, place)
            cells = [f"{column_letters(one + 1)}2" for one in (actual, adjusted)]
            spent = part.sums.get(actual, Decimal(0))
            planned = part.sums.get(adjusted, Decimal(0))
            sheet.write_formula(
                1, place, f'=IF({cells[1]}=0,"",{cells[0]}/{cells[1]})', style,
                float(spent / planned) if planned else "",
            )  # fmt: skip


def _sum_formula(place: int, last: int, conditions: Sequence[int]) -> str:
    letters = column_letters(place + 1)
    first = f"{letters}${FIRST + 1}"
    shown = f"SUBTOTAL(109,OFFSET({first},ROW({first}:{letters}${last})-ROW({first}),0))"
    wanted = "".join(
        f',--(${column_letters(one + 1)}${FIRST + 1}:${column_letters(one + 1)}${last}="{YES}")'
        for one in conditions
    )
    return f"=SUMPRODUCT({shown}{wanted})"
