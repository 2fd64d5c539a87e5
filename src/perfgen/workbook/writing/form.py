"""A form sheet (项目 | 内容 | 填写说明): one row for each item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from perfgen.model.layout import Column
from perfgen.workbook.hidden import CALC_SHEET
from perfgen.workbook.writing.calc import Step
from perfgen.workbook.writing.highlights import highlight_item
from perfgen.workbook.writing.hints import how_needed, how_to_fill, sentences, validation
from perfgen.workbook.writing.measuring import height_of, lines_needed
from perfgen.workbook.writing.paper import set_paper
from perfgen.workbook.writing.plan import HEADER_ROW, Row, SheetPlan
from perfgen.workbook.writing.styles import TEXT_KINDS, Styles
from perfgen.workbook.writing.table import write_prepared
from perfgen.workbook.writing.values import prepare

_HEADERS = ("项目", "内容", "填写说明")
_WIDTHS = (24, 44, 66)
_CONTENT = 1


def write_form(
    worksheet: Any,
    plan: SheetPlan,
    *,
    styles: Styles,
    list_names: Mapping[str, str],
    steps: Mapping[str, Step],
) -> None:
    """Write a form. `list_names` and `steps` are those of its items."""
    for place, (header, width) in enumerate(zip(_HEADERS, _WIDTHS, strict=True)):
        worksheet.set_column(place, place, width)
        look = styles.header(Column(header=header, role="", expected=True))
        worksheet.write_string(HEADER_ROW - 1, place, header, look)
    worksheet.set_row(HEADER_ROW - 1, 27)
    content: Row = plan.rows[0] if plan.rows else {}
    for row, column in enumerate(plan.columns, HEADER_ROW):
        _write_item(worksheet, row, column, content, styles, list_names.get(column.header))
        if column.computed and column.field in steps:
            _write_result(worksheet, row, column, content, styles, steps[column.field])
    text_cells = [
        f"B{row + 1}"
        for row, column in enumerate(plan.columns, HEADER_ROW)
        if column.kind in TEXT_KINDS
    ]
    if text_cells:
        worksheet.ignore_errors({"number_stored_as_text": " ".join(text_cells)})
    worksheet.freeze_panes(HEADER_ROW, 0)
    first = _first_empty(plan, content)
    worksheet.set_selection(first, _CONTENT, first, _CONTENT)
    set_paper(worksheet, landscape=plan.sheet.landscape, repeat_header=False)


def _write_item(
    worksheet: Any,
    row: int,
    column: Column,
    content: Row,
    styles: Styles,
    list_name: str | None,
) -> None:
    worksheet.write_string(row, 0, column.header, styles.label())
    prepared = prepare(content.get(column.header), column)
    look = styles.cell(replace(column, width=_WIDTHS[_CONTENT]), decimals=prepared.decimals)
    write_prepared(worksheet, row, _CONTENT, prepared, look)
    note = sentences(how_needed(column), how_to_fill(column))
    worksheet.write_string(row, 2, note, styles.note())
    texts = (column.header, str(content.get(column.header) or ""), note)
    lines = max(lines_needed(*pair) for pair in zip(texts, _WIDTHS, strict=True))
    worksheet.set_row(row, height_of(lines, padding=5))
    options = validation(column, list_name)
    if options:
        worksheet.data_validation(row, _CONTENT, row, _CONTENT, options)
    highlight_item(worksheet, f"B{row + 1}", column, styles)


def _write_result(
    worksheet: Any, row: int, column: Column, content: Row, styles: Styles, step: Step
) -> None:
    prepared = prepare(content.get(column.header), column)
    look = styles.cell(replace(column, width=_WIDTHS[_CONTENT]), decimals=prepared.decimals)
    shown = "" if prepared.value is None else prepared.value
    formula = f"={CALC_SHEET}!${step.letters}${HEADER_ROW + 1}"
    worksheet.write_formula(row, _CONTENT, formula, look, shown)


def _first_empty(plan: SheetPlan, content: Row) -> int:
    for row, column in enumerate(plan.columns, HEADER_ROW):
        if content.get(column.header) in (None, "") and not column.computed:
            return row
    return HEADER_ROW
