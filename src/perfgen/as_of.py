"""The report as it stood on one day (截至某日): the adjustments up to and including that day.

One step before anything is computed, so that figures, findings and documents agree.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from perfgen.errors import WorkbookError
from perfgen.model.cells import Problem
from perfgen.model.days import spoken_day
from perfgen.model.layout import Layout
from perfgen.model.records import Adjustment, BudgetLine, Report


def report_as_of(report: Report, day: date, layout: Layout) -> Report:
    """Return the report without the adjustments after `day`.

    What was typed for the whole year beside the ledger (adjustments, adjusted budgets, rates) says
    nothing about that day and is left out. Raises WorkbookError where there is no ledger, or with
    the cell of every row that has no date.
    """
    sheet = layout.sheet_of("adjustment")
    column = sheet.column("date") if sheet else None
    if sheet is None or column is None:
        missing = "没有预算调整台账" if sheet is None else f"的“{sheet.name}”没有日期这一列"
        raise WorkbookError(
            f"版式“{layout.title}”{missing}，不能用 --as-of", hint="去掉 --as-of，按全年的数生成"
        )
    if not report.adjustments:
        raise WorkbookError(
            f"{report.workbook} 的“{sheet.name}”里没有登记，不能用 --as-of",
            hint=f"在“{sheet.name}”里逐次登记调整，写明{column.header}；只要全年的数，去掉 --as-of",
        )
    undated = [row for row in report.adjustments if row.day is None]
    if undated:
        raise _without_date(report, undated, column.header)
    return replace(
        report,
        adjustments=tuple(row for row in report.adjustments if row.day and row.day <= day),
        budget=tuple(_without_typed(line) for line in report.budget),
        as_of=day,
    )


def standing(report: Report) -> str:
    """Return on which day a report stands, to begin a sentence with; "" for the whole year."""
    if report.as_of is None:
        return ""
    count = len(report.adjustments)
    counted = f"计入预算调整 {count} 笔" if count else "没有预算调整"
    return f"截至{spoken_day(report.as_of)}（{counted}），"


def _without_typed(line: BudgetLine) -> BudgetLine:
    return replace(line, adjustment=None, adjusted=None, execution_rate=None)


def _without_date(report: Report, rows: list[Adjustment], header: str) -> WorkbookError:
    problems = [
        Problem(
            f"没有填“{header}”，不知道这次调整在不在截至日之前",
            f"补填{header}，例如 2023-06-30",
            row.cell("date") or row.cell("line"),
        )
        for row in rows
    ]
    return WorkbookError(
        f"{report.workbook} 的台账有 {len(rows)} 行没有{header}，不能用 --as-of，没有生成任何文件",
        hint="按上面的提示补填、保存，再运行一次",
        problems=problems,
        workbook=report.workbook,
    )
