"""A table sheet (表格): header, rows, spare rows, lists, colours and live formulas."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from perfgen.model.cells import column_letters
from perfgen.model.layout import Column, Rules
from perfgen.workbook.writing.calc import Step
from perfgen.workbook.writing.expressions import UNKNOWN
from perfgen.workbook.writing.highlights import highlight_table
from perfgen.workbook.writing.hints import validation
from perfgen.workbook.writing.measuring import height_of, lines_needed
from perfgen.workbook.writing.paper import repeat_names, set_paper
from perfgen.workbook.writing.plan import HEADER_ROW, LAST_HELPED_ROW, Row, SheetPlan
from perfgen.workbook.writing.styles import TEXT_KINDS, Styles
from perfgen.workbook.writing.values import Prepared, prepare

_SCREEN_WIDTH = 130
_WIDEST_FROZEN = 50


def write_table(
    worksheet: Any,
    plan: SheetPlan,
    *,
    rules: Rules,
    styles: Styles,
    list_names: Mapping[str, str],
    steps: Mapping[str, Step],
) -> None:
    """Write a table. `list_names` and `steps` are those of its columns, by header and by field."""
    _write_header(worksheet, plan, styles)
    _set_heights(worksheet, plan)
    for place, column in enumerate(plan.columns):
        worksheet.set_column(place, place, column.width, styles.beyond(column))
        _write_column(worksheet, plan, place, styles, _live_formula(plan, column, steps))
        _help(worksheet, place, column, list_names.get(column.header))
    highlight_table(worksheet, plan, rules, styles)
    _leave_text_alone(worksheet, plan)
    _set_view(worksheet, plan)
    _set_print(worksheet, plan)


def _set_print(worksheet: Any, plan: SheetPlan) -> None:
    widths = [column.width for column in plan.columns]
    set_paper(worksheet, landscape=plan.sheet.landscape, repeat_header=True, width=sum(widths))
    names = [place for place, column in enumerate(plan.columns) if column.field == "name"]
    if names:
        repeat_names(worksheet, widths, names[0])


def _write_header(worksheet: Any, plan: SheetPlan, styles: Styles) -> None:
    lines = max(lines_needed(column.header, column.width) for column in plan.columns)
    worksheet.set_row(HEADER_ROW - 1, height_of(lines, padding=12))
    for place, column in enumerate(plan.columns):
        worksheet.write_string(HEADER_ROW - 1, place, column.header, styles.header(column))


def _set_heights(worksheet: Any, plan: SheetPlan) -> None:
    for row in range(HEADER_ROW, plan.last_row):
        content = _row(plan, row)
        texts = [(content.get(column.header), column.width) for column in plan.columns]
        lines = [lines_needed(text, width) for text, width in texts if isinstance(text, str)]
        worksheet.set_row(row, height_of(max(lines, default=1), padding=2))


def _live_formula(plan: SheetPlan, column: Column, steps: Mapping[str, Step]) -> str | None:
    """The formula of a computed column, the same in every row; None where officers fill it."""
    if not column.computed:
        return None
    step = steps.get(column.field)
    if step:
        return step.looked_up
    inputs = [f"${letters}:${letters}" for letters in _input_letters(plan)]
    filled = "+".join(f'(INDEX({area},ROW())<>"")' for area in inputs) or "0"
    return f'=IF({filled}=0,"",{UNKNOWN})'


def _input_letters(plan: SheetPlan) -> list[str]:
    places = enumerate(plan.columns, 1)
    return [column_letters(place) for place, column in places if not column.computed]


def _write_column(
    worksheet: Any, plan: SheetPlan, place: int, styles: Styles, formula: str | None
) -> None:
    column = plan.columns[place]
    for row in range(HEADER_ROW, plan.last_row):
        content = _row(plan, row)
        prepared = prepare(content.get(column.header), column)
        look = styles.cell(column, decimals=prepared.decimals)
        if formula is None:
            write_prepared(worksheet, row, place, prepared, look)
        else:
            shown = "" if prepared.value is None else prepared.value
            worksheet.write_formula(row, place, formula, look, shown)


def _row(plan: SheetPlan, row: int) -> Row:
    place = row - HEADER_ROW
    return plan.rows[place] if place < len(plan.rows) else {}


def write_prepared(worksheet: Any, row: int, place: int, prepared: Prepared, look: Any) -> None:
    """Write a value. A text stays text, whatever it begins with."""
    value = prepared.value
    if value is None:
        worksheet.write_blank(row, place, None, look)
    elif isinstance(value, str):
        worksheet.write_string(row, place, value, look)
    elif isinstance(value, date):
        worksheet.write_datetime(row, place, value, look)
    else:
        worksheet.write_number(row, place, value, look)


def _help(worksheet: Any, place: int, column: Column, list_name: str | None) -> None:
    options = validation(column, list_name)
    if options:
        worksheet.data_validation(HEADER_ROW, place, LAST_HELPED_ROW - 1, place, options)
    if options and "input_message" in options:
        message = {key: options[key] for key in ("input_title", "input_message")}
        header = (HEADER_ROW - 1, place)
        worksheet.data_validation(*header, *header, {"validate": "any", **message})


def _leave_text_alone(worksheet: Any, plan: SheetPlan) -> None:
    """Keep Excel from marking `100` in a text column as a number stored as text."""
    areas = [
        f"{column_letters(place)}{HEADER_ROW + 1}:{column_letters(place)}{LAST_HELPED_ROW}"
        for place, column in enumerate(plan.columns, 1)
        if column.kind in TEXT_KINDS and not column.computed
    ]
    if areas:
        worksheet.ignore_errors({"number_stored_as_text": " ".join(areas)})


def _set_view(worksheet: Any, plan: SheetPlan) -> None:
    worksheet.freeze_panes(HEADER_ROW, _frozen_columns(plan))
    # Sorting would tear an empty "as above" cell from the label that it stands for.
    if not any(column.fill_down for column in plan.columns):
        worksheet.autofilter(HEADER_ROW - 1, 0, plan.last_row - 1, len(plan.columns) - 1)
    row, place = _first_empty(plan)
    worksheet.set_selection(row, place, row, place)


def _frozen_columns(plan: SheetPlan) -> int:
    """How many columns stay in sight: those up to the name, on sheets wider than a screen."""
    if sum(column.width for column in plan.columns) <= _SCREEN_WIDTH:
        return 0
    width = 0.0
    for place, column in enumerate(plan.columns, 1):
        width += column.width
        if column.field == "name":
            return place if width <= _WIDEST_FROZEN else 0
    return 0


def _first_empty(plan: SheetPlan) -> tuple[int, int]:
    """The first cell to fill, counted from 0: a gap in the rows, or else the first cell."""
    for row, content in enumerate(plan.rows, HEADER_ROW):
        for place, column in enumerate(plan.columns):
            wanted = (column.required or column.expected) and not column.computed
            if wanted and not column.fill_down and content.get(column.header) in (None, ""):
                return row, place
    return HEADER_ROW, 0
