"""A report as it stood (快照): what was entered, what followed from it, what the rules found.

Values are the texts that get printed, so that a snapshot can lie in the record of a build and
be compared with a workbook years later.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from perfgen.checks import Checked
from perfgen.figures import Figures
from perfgen.figures.columns import value_of
from perfgen.figures.projects import ProjectFigures
from perfgen.model.fields import content_of
from perfgen.model.layout import Column, Layout, Sheet
from perfgen.model.numbers import plain
from perfgen.model.records import Record, Report
from perfgen.render.page.cells import printed
from perfgen.render.page.filters import template_filters

SKIPPED = frozenset({"waiver"})
"""Records that are no part of the report."""

Result = Callable[[Record, Column], str]
"""How a row's result of a column's formula prints."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row: its sheet, its record's kind and name, and its values by header.

    `context` tells rows of one name apart: an indicator's project, a line's task. `numbers` names
    the headers whose values are amounts of money.
    """

    sheet: str
    record: str
    name: str
    context: str = ""
    place: str = ""
    entered: Mapping[str, str] = field(default_factory=dict)
    computed: Mapping[str, str] = field(default_factory=dict)
    numbers: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        """Return what the row is known by: record, context and name."""
        return self.record, self.context, self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A whole report as it stood."""

    layout: str
    unit: str
    year: int
    amount_unit: str
    entries: tuple[Entry, ...]
    findings: tuple[Mapping[str, str], ...] = ()


def take_snapshot(
    report: Report, figures: Figures, checked: Checked | None, layout: Layout
) -> Snapshot:
    """Return the snapshot of a report, its figures and its findings."""
    computed = _computed(figures, layout, report.amount_unit)

    def result(row: Record, column: Column) -> str:
        return printed(value_of(row, column.field), column, layout.rules, report.amount_unit)

    entries = tuple(
        entry
        for sheet in layout.sheets
        if sheet.kind != "guide" and sheet.record not in SKIPPED
        for entry in _entries(sheet, report, computed, result)
    )
    findings = checked.findings if checked else ()
    return Snapshot(
        layout=layout.id,
        unit=report.unit,
        year=report.year,
        amount_unit=report.amount_unit,
        entries=_told_apart(entries),
        findings=tuple(
            {
                "code": finding.code,
                "severity": finding.severity.value,
                "subject": finding.subject,
                "message": finding.message,
                "place": str(finding.ref) if finding.ref else "",
            }
            for finding in findings
        ),
    )


def _entries(
    sheet: Sheet, report: Report, computed: Mapping[int, Mapping[str, str]], result: Result
) -> list[Entry]:
    if sheet.kind == "form":
        return [_form_entry(sheet, report)]
    return [
        _entry(sheet, row, computed.get(id(row), {}), result) for row in report.rows(sheet.record)
    ]


def _form_entry(sheet: Sheet, report: Report) -> Entry:
    facts = {
        column.header: report.facts[column.field].value
        for column in sheet.columns
        if column.field in report.facts and report.facts[column.field].value
    }
    computed = {column.header for column in sheet.columns if column.computed}
    return Entry(
        sheet=sheet.name,
        record="report",
        name=sheet.name,
        entered={header: text for header, text in facts.items() if header not in computed},
        computed={header: text for header, text in facts.items() if header in computed},
    )


def _entry(sheet: Sheet, row: Record, figures: Mapping[str, str], result: Result) -> Entry:
    entered: dict[str, str] = {}
    computed: dict[str, str] = {}
    for column in sheet.columns:
        if column.field == "extra":
            continue
        typed = "" if column.computed else _text(content_of(row, column.field))
        if typed:
            entered[column.header] = typed
        elif figures.get(column.field):
            computed[column.header] = figures[column.field]
        elif column.formula is not None and (text := result(row, column)):
            computed[column.header] = text
    named = {header: text for header, text in row.extra.items() if text}
    first = next((column for column in sheet.columns if row.cell(column.field)), None)
    cell = row.cell("name") or row.cell("text") or (row.cell(first.field) if first else None)
    return Entry(
        sheet=sheet.name,
        record=sheet.record,
        name=_name(row, sheet),
        context=_context(row),
        place=str(cell) if cell else "",
        entered=entered | named,
        computed=computed,
        numbers=tuple(column.header for column in sheet.columns if column.kind == "amount"),
    )


def _name(row: Record, sheet: Sheet) -> str:
    """What a row is known by: its name, or what the first required columns hold."""
    name = str(getattr(row, "name", "") or getattr(row, "text", ""))
    if name:
        return name
    if sheet.record == "adjustment":
        fields = ("date", "document", "line", "type")
        return " ".join(filter(None, (_text(content_of(row, field)) for field in fields)))
    texts = (_text(content_of(row, column.field)) for column in sheet.columns if column.field)
    return next(filter(None, texts), "")


def _context(row: Record) -> str:
    names = (getattr(row, field, "") for field in ("project", "group", "duty"))
    return next((str(name) for name in names if name), "")


def _text(value: str | Decimal | date | None) -> str:
    if isinstance(value, Decimal):
        return plain(value)
    return "" if value is None else str(value)


def _told_apart(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Entries whose keys are all different: the second of one name is counted."""
    seen: Counter[tuple[str, str, str]] = Counter()
    apart: list[Entry] = []
    for entry in entries:
        seen[entry.key] += 1
        count = seen[entry.key]
        apart.append(_renamed(entry, f"{entry.name}（{count}）") if count > 1 else entry)
    return tuple(apart)


def _renamed(entry: Entry, name: str) -> Entry:
    values: dict[str, Any] = {slot: getattr(entry, slot) for slot in entry.__slots__}
    return Entry(**{**values, "name": name})


def _computed(
    figures: Figures, layout: Layout, amount_unit: str
) -> Mapping[int, Mapping[str, str]]:
    """What follows for each record, by the fields of their roles."""
    filters: Mapping[str, Callable[..., str]] = template_filters(layout.rules, amount_unit)
    amount, rate, marks = filters["amount"], filters["rate"], filters["marks"]
    found: dict[int, Mapping[str, str]] = {}
    for line in figures.budget:
        found[id(line.line)] = {
            "half_plan": amount(line.half_plan),
            "initial": amount(line.initial),
            "adjustment": amount(line.adjustment),
            "adjusted": amount(line.adjusted),
            "actual": amount(line.actual),
            "execution_rate": rate(line.execution_rate),
        }
    for fund in figures.funds:
        found[id(fund.fund)] = {
            "initial": amount(fund.initial),
            "adjusted": amount(fund.adjusted),
            "actual": amount(fund.actual),
            "execution_rate": rate(fund.execution_rate),
        }
    for project in figures.projects:
        found[id(project.project)] = _of_project(project, filters)
    for indicator in figures.indicators:
        found[id(indicator.indicator)] = {
            "deviation": filters["deviation"](indicator.deviation),
            "mark": marks(indicator.score),
        }
    for score in figures.scores:
        found[id(score.item)] = {"full": marks(score.full), "score": marks(score.score)}
    return found


def _of_project(
    project: ProjectFigures, filters: Mapping[str, Callable[..., str]]
) -> Mapping[str, str]:
    money = {
        f"{field}.{source}" if source else field: filters["amount"](getattr(amounts, field))
        for source, amounts in project.money.items()
        for field in ("initial", "adjusted", "actual")
    }
    return money | {"execution_rate": filters["rate"](project.whole.execution_rate)}
