"""A workbook file → Report. All that cannot be read is collected and raised at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TypeVar

from perfgen.errors import WorkbookError
from perfgen.model.cells import CellRef, Problem
from perfgen.model.headers import fold_header
from perfgen.model.layout import Layout, Sheet
from perfgen.model.records import Fact, Record, Report
from perfgen.model.roles import ROLES
from perfgen.workbook import records
from perfgen.workbook.forms import read_form
from perfgen.workbook.linking import check_names
from perfgen.workbook.opening import OpenedWorkbook
from perfgen.workbook.problems import Reading
from perfgen.workbook.raw import RawSheet, read_sheet
from perfgen.workbook.tables import (
    Row,
    find_sheet,
    nearest,
    read_table,
)

R = TypeVar("R", bound=Record)


def read_report(book: OpenedWorkbook, layout: Layout) -> Report:
    """Return the workbook's contents as records.

    Raises WorkbookError with every problem of every sheet, where there is any.
    """
    reading = Reading(book.name, layout.rules.amount_unit)
    sheets = _find_sheets(book, layout, reading)
    facts = _read_facts(sheets, layout, reading)
    year = facts.values.get("year")
    reading.year = year if isinstance(year, int) else 0
    reading.amount_unit = str(facts.values.get("amount_unit") or layout.rules.amount_unit)
    rows = {
        sheet.record: read_table(raw, sheet, reading)
        for sheet, raw in sheets
        if sheet.kind == "table"
    }
    report = _build(book, layout, reading, facts, rows)
    if reading.problems:
        raise unreadable(book.name, reading.problems)
    return report


def unreadable(name: str, problems: Sequence[Problem]) -> WorkbookError:
    """Return the error that lists all these problems."""
    return WorkbookError(
        f"{name} 有 {len(problems)} 处读不懂，没有生成任何文件",
        hint="按上面的提示改好、保存，再运行一次",
        problems=problems,
        workbook=name,
    )


def _find_sheets(
    book: OpenedWorkbook, layout: Layout, reading: Reading
) -> list[tuple[Sheet, RawSheet]]:
    names = list(book.sheets)
    known = {fold_header(sheet.name) for sheet in layout.sheets}
    found = []
    for sheet in layout.sheets:
        if sheet.kind == "guide":
            continue
        name = find_sheet(names, sheet.name)
        if name is not None:
            found.append((sheet, read_sheet(book, name)))
        elif sheet.required:
            near = nearest(sheet.name, [n for n in names if fold_header(n) not in known])
            hint = (
                f"工作表“{near}”是不是应当改回“{sheet.name}”？" if near else "从填报工作簿复制过来"
            )
            reading.problem(f"缺少工作表“{sheet.name}”", hint, place=book.name)
    return found


def _read_facts(sheets: Sequence[tuple[Sheet, RawSheet]], layout: Layout, reading: Reading) -> Row:
    for sheet, raw in sheets:
        if sheet.kind == "form":
            return read_form(raw, sheet, reading)
    return Row(0, {}, {}, {})


def _build(
    book: OpenedWorkbook,
    layout: Layout,
    reading: Reading,
    facts: Row,
    rows: dict[str, list[Row]],
) -> Report:
    def built(record: str, build: Callable[[Row, Reading], R | None]) -> tuple[R, ...]:
        return records.build_records(rows.get(record, []), build, reading)

    year = facts.values.get("year")
    day = facts.values.get("date")
    number = year if isinstance(year, int) else 0
    report = Report(
        workbook=book.name,
        layout=layout.id,
        unit=str(facts.values.get("unit") or ""),
        year=number,
        amount_unit=reading.amount_unit,
        day=day if isinstance(day, date) else date(number or 1, 12, 31),
        facts=_facts(facts),
        sections=built("section", records.section),
        duties=built("duty", records.duty),
        funds=built("fund", records.fund),
        budget=built("budget", records.budget_line),
        adjustments=built("adjustment", partial(records.adjustment, rules=layout.rules)),
        tasks=built("task", records.task),
        projects=built("project", records.project),
        indicators=built("indicator", partial(records.indicator, rules=layout.rules)),
        scores=built("score", records.score_item),
        waivers=built("waiver", records.waiver),
        own={
            name: built(name, partial(records.own_row, kind=name))
            for name in rows
            if name not in ROLES
        },
        notices=tuple(reading.notices),
    )
    check_names(report, reading)
    return report


def _facts(facts: Row) -> dict[str, Fact]:
    named = {
        field: Fact(
            name=field,
            value="" if value is None else str(value),
            content=value if isinstance(value, Decimal | date) else None,
            cells=_only(facts, field),
        )
        for field, value in facts.values.items()
    }
    own = {
        header: Fact(name=header, value=text, cells={"value": facts.extra_cells[header]})
        for header, text in facts.extra.items()
    }
    return own | named


def _only(facts: Row, field: str) -> dict[str, CellRef]:
    return {"value": facts.cells[field]} if field in facts.cells else {}
