"""A layout's declaration, and content if there is any → the workbook's file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from perfgen.files import write_whole
from perfgen.model.layout import Column, Layout, Rules, Sheet
from perfgen.workbook.hidden import CALC_SHEET, LISTS_SHEET
from perfgen.workbook.identity import LAYOUT_NAME, META_SHEET, SCHEMA_NAME
from perfgen.workbook.writing.budget_steps import budget_steps
from perfgen.workbook.writing.calc import CalcSheet, Step
from perfgen.workbook.writing.form import write_form
from perfgen.workbook.writing.formula_steps import FormulaSteps
from perfgen.workbook.writing.guide import write_guide
from perfgen.workbook.writing.indicator_steps import indicator_steps
from perfgen.workbook.writing.lists import Lists, name_of_lines
from perfgen.workbook.writing.measuring import let_rows_grow
from perfgen.workbook.writing.money_steps import fund_steps, project_steps
from perfgen.workbook.writing.plan import SheetPlan, plan_of, plan_sheets
from perfgen.workbook.writing.score_steps import score_steps
from perfgen.workbook.writing.styles import FONT_PROPERTIES, Styles
from perfgen.workbook.writing.table import write_table
from perfgen.workbook.writing.values import CellValue, Content

_CREATED = datetime(2000, 1, 1)  # fixed: the same content gives the same bytes
_TAB_COLOURS = {"guide": "#70AD47", "form": "#1F4E79", "table": "#2E75B6"}
_OPTIONAL_TAB = "#BFBFBF"


def write_workbook(
    layout: Layout,
    path: Path,
    *,
    content: Content | None = None,
    year: int | None = None,
    unit: str | None = None,
) -> None:
    """Write the fill-in workbook of `layout` to `path`, whole or not at all.

    Without `content` it holds the rows that the layout keeps ready for `year`; with it, the
    content only. What content gives for a computed column is shown until the workbook is
    recalculated. `unit` and `year` fill their items of the form where the content does not.

    Raises OutputError where the file cannot be written or a text is too long for a cell, and
    ValueError where `content` names an unknown sheet.
    """
    write_whole({path: workbook_bytes(layout, content=content, year=year, unit=unit)})


def workbook_bytes(
    layout: Layout,
    *,
    content: Content | None = None,
    year: int | None = None,
    unit: str | None = None,
) -> bytes:
    """Return the file that `write_workbook` writes; the same arguments give the same bytes."""
    plans = plan_sheets(layout, _filled(layout, content, year, unit))
    stream = BytesIO()
    options = {"in_memory": True, "default_format_properties": FONT_PROPERTIES}
    with Workbook(stream, options) as workbook:
        workbook.set_properties(
            {"title": layout.document, "subject": layout.id, "created": _CREATED}
        )
        worksheets = {sheet.name: _add_sheet(workbook, sheet) for sheet in layout.sheets}
        lists = Lists(workbook, _add_hidden(workbook, LISTS_SHEET))
        calc = CalcSheet(_add_hidden(workbook, CALC_SHEET))
        _write_identity(workbook, layout)
        styles = Styles(workbook, layout.rules)
        for sheet in layout.sheets:
            if sheet.kind == "guide":
                write_guide(worksheets[sheet.name], sheet, layout, plans, styles)
        lines = _lines_list(workbook, calc, plans)
        live = FormulaSteps(calc, plans, layout, lambda plan: _steps(calc, plan, plans, layout))
        for plan in plans:
            names = _list_names(lists, plan, lines)
            worksheet = worksheets[plan.sheet.name]
            if plan.sheet.kind == "form":
                write_form(worksheet, plan, styles=styles, list_names=names, steps=live.of(plan))
            else:
                write_table(
                    worksheet, plan, rules=layout.rules, styles=styles, list_names=names,
                    steps=live.of(plan),
                )  # fmt: skip
        _open_on(layout, worksheets, filled=content is not None)
    return let_rows_grow(stream.getvalue())


def _filled(layout: Layout, content: Content | None, year: int | None, unit: str | None) -> Content:
    """The content to write, with the form's own items filled in."""
    given: Content = layout.ready_rows(year) if content is None else content
    filled: dict[str, Sequence[Mapping[str, CellValue]]] = dict(given)
    known: dict[str, CellValue] = {"unit": unit, "year": str(year) if year else None}
    for sheet in layout.sheets:
        if sheet.kind == "form":
            row = dict(next(iter(given.get(sheet.name, ())), {}))
            for column in sheet.columns:
                start = _start_value(column, known, fresh=content is None)
                if start and not row.get(column.header):
                    row[column.header] = start
            filled[sheet.name] = (row,)
    return filled


def _start_value(column: Column, known: Mapping[str, CellValue], *, fresh: bool) -> CellValue:
    return known.get(column.field) or (column.default if fresh else None)


def _add_sheet(workbook: Any, sheet: Sheet) -> Any:
    worksheet = workbook.add_worksheet(sheet.name)
    worksheet.set_tab_color(_TAB_COLOURS[sheet.kind] if sheet.required else _OPTIONAL_TAB)
    return worksheet


def _add_hidden(workbook: Any, name: str) -> Any:
    worksheet = workbook.add_worksheet(name)
    worksheet.hide()
    worksheet.protect()
    return worksheet


def _write_identity(workbook: Any, layout: Layout) -> None:
    """Say which layout this is, twice: as defined names, and on a sheet."""
    workbook.define_name(LAYOUT_NAME, f'="{layout.id}"')
    workbook.define_name(SCHEMA_NAME, f"={layout.schema}")
    meta = _add_hidden(workbook, META_SHEET)
    meta.write_row(0, 0, (LAYOUT_NAME, layout.id))
    meta.write_row(1, 0, (SCHEMA_NAME, layout.schema))


def _lines_list(workbook: Any, calc: CalcSheet, plans: Sequence[SheetPlan]) -> str | None:
    budget, ledger = plan_of(plans, "budget"), plan_of(plans, "adjustment")
    return name_of_lines(workbook, calc, budget) if budget and ledger else None


def _list_names(lists: Lists, plan: SheetPlan, lines: str | None) -> Mapping[str, str]:
    """The names of the lists that a sheet's columns choose from, by header."""
    names: dict[str, str] = {}
    for column in plan.columns:
        if column.choices:
            names[column.header] = lists.named(column.header, column.choices)
        elif column.role == "adjustment.line" and lines:
            names[column.header] = lines
    return names


def _steps(
    calc: CalcSheet, plan: SheetPlan, plans: Sequence[SheetPlan], layout: Layout
) -> Mapping[str, Step]:
    """The live formulas of what perfgen computes in a table, by the field of their role."""
    if not (layout.formulas or any(column.computed for column in plan.columns)):
        return {}
    if plan.sheet.record == "budget":
        return budget_steps(calc, plan, plan_of(plans, "adjustment"), layout.rules)
    if plan.sheet.record == "score":
        return score_steps(calc, plan, plans, layout.rules)
    steps = _STEPS.get(plan.sheet.record)
    return steps(calc, plan, layout.rules) if steps else {}


_STEPS: Mapping[str, Callable[[CalcSheet, SheetPlan, Rules], Mapping[str, Step]]] = {
    "indicator": indicator_steps,
    "fund": fund_steps,
    "project": project_steps,
}
"""The live formulas of each kind of record, but the budget's, which also look at the ledger."""


def _open_on(layout: Layout, worksheets: Mapping[str, Any], *, filled: bool) -> None:
    """Open a fresh workbook on its guide, a filled one on its form."""
    wanted = "form" if filled else "guide"
    kinds = {sheet.kind: sheet.name for sheet in reversed(layout.sheets)}
    name = kinds.get(wanted) or next(iter(worksheets))
    worksheets[name].activate()
