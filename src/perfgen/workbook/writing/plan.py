"""Where everything will stand in the workbook: sheets, their columns and rows.

Rows and columns are counted as officers count them: row 1 is the header, column 1 is A.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.utility import quote_sheetname

from perfgen.model.cells import column_letters
from perfgen.model.layout import Column, Layout, Sheet
from perfgen.workbook.writing.values import CellValue, Content

HEADER_ROW = 1
LAST_HELPED_ROW = 5000
"""Lists, messages and colours reach down to this row, far below the spare rows."""

_CALCULATED_BEYOND = 60
"""Rows below the spare ones for which live formulas still have an answer."""

Row = Mapping[str, CellValue]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPlan:
    """A sheet to be written: its columns (declared ones, then the content's own) and its rows."""

    sheet: Sheet
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def last_row(self) -> int:
        """Return the last prepared row, spare rows included."""
        return HEADER_ROW + len(self.rows) + self.sheet.spare_rows

    @property
    def last_calculated(self) -> int:
        """Return the last row for which the calculation sheet has an answer."""
        return self.last_row + _CALCULATED_BEYOND

    @property
    def quoted(self) -> str:
        """Return the sheet's name as formulas spell it."""
        return str(quote_sheetname(self.sheet.name))

    def letters(self, field: str) -> str | None:
        """Return the letters of the column with this role's field; None where there is none."""
        for place, column in enumerate(self.columns, 1):
            if column.field == field:
                return column_letters(place)
        return None

    def column_range(self, field: str) -> str | None:
        """Return the whole column of a field, such as `预算信息!$C:$C`.

        A whole column stays whole, whatever rows are inserted, deleted or cut.
        """
        letters = self.letters(field)
        return f"{self.quoted}!${letters}:${letters}" if letters else None


def plan_sheets(layout: Layout, content: Content) -> tuple[SheetPlan, ...]:
    """Return the plan of each sheet but the guide, in the layout's order.

    Raises ValueError where `content` names a sheet that the layout lacks.
    """
    for name in content:
        if layout.sheet(name) is None:
            raise ValueError(f"版式 {layout.id} 没有工作表“{name}”")
    return tuple(
        _plan(sheet, content.get(sheet.name, ()))
        for sheet in layout.sheets
        if sheet.kind != "guide"
    )


def _plan(sheet: Sheet, rows: Sequence[Row]) -> SheetPlan:
    known = {column.header for column in sheet.columns}
    own = dict.fromkeys(header for row in rows for header in row if header not in known)
    extra = tuple(Column(header=header, role=f"{sheet.record}.extra") for header in own)
    return SheetPlan(sheet=sheet, columns=(*sheet.columns, *extra), rows=tuple(rows))


def plan_of(plans: Sequence[SheetPlan], record: str) -> SheetPlan | None:
    """Return the plan of the table whose rows are these records."""
    return next(
        (plan for plan in plans if plan.sheet.record == record and plan.sheet.kind == "table"), None
    )
