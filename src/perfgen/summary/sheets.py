"""The entries → a workbook (汇总表): one row for each report, and all lines, indicators, projects.

Entries are read twice from where they were collected: once for the totals, once for the rows.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any, BinaryIO

from xlsxwriter import Workbook

from perfgen.summary.collected import Collected
from perfgen.summary.copies import Copies, find_copies
from perfgen.summary.entries import UNIT
from perfgen.summary.gathering import Unread
from perfgen.summary.rows import (
    INDICATOR_COLUMNS,
    LINE_COLUMNS,
    NO,
    OWN_COLUMNS,
    PROJECT_COLUMNS,
    SUMMARY_COLUMNS,
    YES,
    indicator_rows,
    line_rows,
    own_rows,
    project_rows,
    whole_row,
)
from perfgen.summary.tables import FIRST, HEADER, Plan, Styles, Table, write_cell
from perfgen.workbook.writing.measuring import copy_with_growing_rows

SUMMARY, LINES, INDICATORS, PROJECTS, UNREAD = "汇总", "预算项目", "绩效指标", "项目", "未读取"
OWN = "版式自有列"

_CREATED = datetime(2000, 1, 1)  # fixed: the same reports give the same bytes

_ROWS_OF = {
    LINES: line_rows, INDICATORS: indicator_rows, PROJECTS: project_rows, OWN: own_rows,
}  # fmt: skip


def write_summary(target: BinaryIO, collected: Collected) -> None:
    """Write the workbook; the same entries give the same bytes."""
    copies = find_copies(collected.heads)
    with tempfile.TemporaryFile(prefix="perfgen-") as draft:
        options = {"constant_memory": True, "strings_to_formulas": False}
        with Workbook(draft, options) as book:
            book.set_properties({"title": "预算绩效报告汇总", "created": _CREATED})
            styles = _styles(book)
            whole = _whole_plan(copies)
            plans = _plans(collected, copies)
            summary = Table(book, styles, whole, computes_rates=True)
            tables = {name: Table(book, styles, plan, computes_rates=False)
                      for name, plan in plans.items() if plan.parts}  # fmt: skip
            for place in range(len(copies.entries)):
                summary.add(whole_row(place, copies), faint=place in copies.counted)
            _write_rows(tables, collected, copies)
            if collected.unread:
                _write_unread(book, styles, collected.unread)
        draft.seek(0)
        copy_with_growing_rows(draft, target)


def _whole_plan(copies: Copies) -> Plan:
    plan = Plan(SUMMARY, f"预算绩效报告汇总（{UNIT}）", SUMMARY_COLUMNS)
    for place in range(len(copies.entries)):
        plan.take(whole_row(place, copies))
    return plan


def _plans(collected: Collected, copies: Copies) -> dict[str, Plan]:
    """The tables of rows, counted and added up."""
    plans = {
        LINES: Plan(LINES, f"全部{LINES}（{UNIT}）", LINE_COLUMNS),
        INDICATORS: Plan(INDICATORS, f"全部{INDICATORS}", INDICATOR_COLUMNS),
        PROJECTS: Plan(PROJECTS, f"全部{PROJECTS}（{UNIT}）", PROJECT_COLUMNS),
        OWN: Plan(OWN, f"各版式自己的列和公式（金额：{UNIT}）", OWN_COLUMNS),
    }
    for place, entry in enumerate(collected.entries()):
        for name, plan in plans.items():
            for row in _ROWS_OF[name](entry, NO if place in copies.counted else YES):
                plan.take(row)
    return plans


def _write_rows(tables: dict[str, Table], collected: Collected, copies: Copies) -> None:
    for place, entry in enumerate(collected.entries()):
        second = place in copies.counted
        for name, table in tables.items():
            for row in _ROWS_OF[name](entry, NO if second else YES):
                table.add(row, faint=second)


def _write_unread(book: Any, styles: Styles, unread: Sequence[Unread]) -> None:
    sheet = book.add_worksheet(UNREAD)
    sheet.set_tab_color("#C00000")
    sheet.write_string(0, 0, f"没有读取的文件（{len(unread)} 个），不在汇总之内", styles["title"])
    for place, (header, width) in enumerate((("文件", 40), ("原因", 80), ("建议", 50))):
        sheet.set_column(place, place, width)
        sheet.write_string(HEADER, place, header, styles["header"])
    for number, one in enumerate(unread, FIRST):
        for place, text in enumerate((one.file, one.message, one.hint)):
            write_cell(sheet, number, place, text, styles["text"])
    sheet.autofilter(HEADER, 0, HEADER + len(unread), 2)
    sheet.freeze_panes(FIRST, 0)


_NUMBERS = {
    "amount": "#,##0.00####", "rate": "0.00%", "marks": "0.##", "number": "#,##0.######",
    "count": "0", "year": "0",
}  # fmt: skip


def _styles(book: Any) -> Styles:
    face: dict[str, Any] = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
    cell = {**face, "border": 1, "border_color": "#BFBFBF"}
    looks: dict[str, dict[str, Any]] = {
        "text": {"text_wrap": True},
        "centre": {"align": "center"},
        **{name: {"num_format": number} for name, number in _NUMBERS.items()},
    }
    looks["year"]["align"] = looks["count"]["align"] = "center"
    styles = {
        "title": book.add_format({**face, "bold": True, "font_size": 14}),
        "header": book.add_format(
            {**cell, "bold": True, "text_wrap": True, "align": "center", "bg_color": "#1F4E79",
             "font_color": "#FFFFFF"}
        ),
        "total": book.add_format({**face, "bold": True}),
    }  # fmt: skip
    for name, look in looks.items():
        styles[name] = book.add_format({**cell, **look})
        styles[f"faint-{name}"] = book.add_format({**cell, **look, "font_color": "#808080"})
        styles[f"total-{name}"] = book.add_format(
            {**cell, **look, "bold": True, "bg_color": "#DDEBF7"}
        )
    return styles
