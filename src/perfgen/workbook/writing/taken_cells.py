"""Where rules of scoring take their values from (取数), as references of formulas."""

from __future__ import annotations

from collections.abc import Sequence

from perfgen.workbook.writing.expressions import quoted
from perfgen.workbook.writing.plan import HEADER_ROW, SheetPlan


def taken_cell(path: str, plans: Sequence[SheetPlan]) -> str | None:
    """Return the reference to what a path names; None where the workbook has no such place.

    `report.own.staff_rate` is an item of the form, `expense.三公经费.change` a column of the row of
    that name.
    """
    record, _, rest = path.partition(".")
    plan = next((plan for plan in plans if plan.sheet.record == record), None)
    if plan is None:
        return None
    if plan.sheet.kind == "form":
        fields = [column.field for column in plan.columns]
        row = HEADER_ROW + 1 + fields.index(rest) if rest in fields else None
        return f"{plan.quoted}!$B${row}" if row else None
    name, _, field = rest.partition(".")
    names, values = plan.column_range("name"), plan.column_range(field)
    if names is None or values is None:
        return None
    return f'IFERROR(INDEX({values},MATCH({quoted(name)},{names},0)),"")'
