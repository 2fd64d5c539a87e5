"""One report as a summary lists it: its whole money and marks, its lines, indicators, projects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from perfgen.checks import Checked
from perfgen.figures import Figures
from perfgen.figures.budget import total
from perfgen.figures.rates import Rate, RateState
from perfgen.model.finding import Severity
from perfgen.model.layout import Layout
from perfgen.model.numbers import YUAN
from perfgen.model.records import Report
from perfgen.render.page.filters import template_filters
from perfgen.summary.own import OwnEntry, own_entries

UNIT = "万元"
"""All amounts of a summary are in this unit."""

RateValue = Decimal | str | None

Key = tuple[str, int, str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """Budget and spending, in 万元."""

    initial: Decimal | None = None
    adjustment: Decimal | None = None
    adjusted: Decimal | None = None
    actual: Decimal | None = None
    rate: RateValue = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineEntry:
    """A budget line; `leaf` says that it has no parts (None where that is not known)."""

    name: str
    kind: str = ""
    group: str = ""
    level: int | None = None
    leaf: bool | None = None
    money: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorEntry:
    """A performance indicator with its results."""

    name: str
    project: str = ""
    category: str = ""
    subcategory: str = ""
    work: str = ""
    half: str = ""
    target: str = ""
    actual: str = ""
    deviation: str = ""
    missed: bool | None = None
    weight: Decimal | None = None
    mark: Decimal | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectEntry:
    """A project with its money and marks."""

    name: str
    department: str = ""
    money: Money
    full: Decimal | None = None
    mark: Decimal | None = None
    grade: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One report. `basis` is the table that its whole money is taken from.

    `findings` counts the findings by severity; None where the report could not be checked.
    """

    file: str
    source: str
    unit: str
    year: int
    layout: str
    document: str
    money: Money
    basis: str = ""
    full: Decimal | None = None
    mark: Decimal | None = None
    grade: str = ""
    findings: Mapping[Severity, int] | None = None
    note: str = ""
    lines: tuple[LineEntry, ...] = ()
    indicators: tuple[IndicatorEntry, ...] = ()
    projects: tuple[ProjectEntry, ...] = ()
    own: tuple[OwnEntry, ...] = ()

    @property
    def key(self) -> Key:
        """Return what makes two entries one report: unit, year, layout, and its projects.

        A department may well hand in one file for each project.
        """
        names = tuple(sorted(project.name for project in self.projects))
        return "".join(self.unit.split()), self.year, self.layout, names

    @property
    def head(self) -> Entry:
        """Return the entry without its many rows: what is kept in memory of each report."""
        return replace(self, lines=(), indicators=(), own=())


def entry_of(
    report: Report,
    figures: Figures,
    layout: Layout,
    checked: Checked,
    *,
    file: str,
    source: str,
    note: str = "",
) -> Entry:
    """Return a report as the summary lists it."""
    scale = YUAN[report.amount_unit] / YUAN[UNIT]
    roots = [line for line in figures.budget if line.level == 0 and not line.again]
    wholes = [project.whole for project in figures.projects]
    money, record = (_sum(roots, scale), "budget") if roots else (_sum(wholes, scale), "project")
    sheet = layout.sheet_of(record) if roots or wholes else None
    scores = [item for item in figures.scores if item.level == 0]
    alone = figures.projects[0] if len(figures.projects) == 1 and not scores else None
    shown = template_filters(layout.rules, report.amount_unit)["deviation"]
    return Entry(
        file=file,
        source=source,
        unit=report.unit,
        year=report.year,
        layout=layout.id,
        document=layout.document,
        money=money,
        basis=sheet.name if sheet else "",
        full=scores[0].full if scores else alone.full if alone else None,
        mark=scores[0].score if scores else alone.total if alone else None,
        grade=alone.grade if alone else "",
        findings={severity: checked.count(severity) for severity in Severity},
        note=note,
        own=tuple(own_entries(report, layout, UNIT)),
        lines=tuple(
            LineEntry(
                name=line.name,
                kind=line.line.kind,
                group=line.line.group,
                level=line.level + 1,
                leaf=not line.parts,
                money=Money(
                    initial=_in_unit(line.initial, scale),
                    adjustment=_in_unit(line.adjustment, scale),
                    adjusted=_in_unit(line.adjusted, scale),
                    actual=_in_unit(line.actual, scale),
                    rate=_rate(line.execution_rate),
                ),
            )
            for line in figures.budget
        ),
        indicators=tuple(
            IndicatorEntry(
                name=row.indicator.name,
                project=row.indicator.project,
                category=row.indicator.category,
                subcategory=row.indicator.subcategory,
                work=row.indicator.work,
                half=_text(row.indicator.targets.get("half")),
                target=_text(row.indicator.target),
                actual=_text(row.indicator.actual),
                deviation=shown(row.deviation),
                missed=row.adverse,
                weight=row.indicator.weight,
                mark=row.score,
                reason=row.indicator.reason,
            )
            for row in figures.indicators
            if row.indicator.name
        ),
        projects=tuple(
            ProjectEntry(
                name=project.name,
                department=project.project.department,
                money=Money(
                    initial=_in_unit(project.whole.initial, scale),
                    adjusted=_in_unit(project.whole.adjusted, scale),
                    actual=_in_unit(project.whole.actual, scale),
                    rate=_rate(project.whole.execution_rate),
                ),
                full=project.full,
                mark=project.total,
                grade=project.grade,
            )
            for project in figures.projects
        ),
    )


def entry_of_data(data: Mapping[str, Any], *, file: str, source: str, note: str) -> Entry:
    """Return what the data alone says, where its layout is not at hand: nothing is computed."""
    scale = YUAN[data["amount_unit"]] / YUAN[UNIT]
    tables = {table["record"]: table["rows"] for table in data["tables"]}
    return Entry(
        file=file,
        source=source,
        unit=data["unit"],
        year=data["year"],
        layout=data["layout"]["id"],
        document=data["layout"]["document"],
        money=Money(),
        note=note,
        lines=tuple(
            LineEntry(
                name=_said(row, "name"),
                kind=_said(row, "kind"),
                group=_said(row, "group"),
                money=_said_money(row, scale),
            )
            for row in tables.get("budget", ())
        ),
        indicators=tuple(
            IndicatorEntry(
                name=_said(row, "name"),
                project=_said(row, "project"),
                category=_said(row, "category"),
                subcategory=_said(row, "subcategory"),
                work=_said(row, "work"),
                half=_said(row, "target.half"),
                target=_said(row, "target.full"),
                actual=_said(row, "actual"),
                deviation=_said(row, "deviation"),
                weight=_figure(row, "weight"),
                mark=_figure(row, "mark"),
                reason=_said(row, "reason"),
            )
            for row in tables.get("indicator", ())
            if _said(row, "name")
        ),
        projects=tuple(
            ProjectEntry(
                name=_said(row, "name"),
                department=_said(row, "department"),
                money=_said_money(row, scale),
                full=_figure(row, "full"),
                mark=_figure(row, "total"),
                grade=_said(row, "grade"),
            )
            for row in tables.get("project", ())
        ),
    )


def _sum(parts: Iterable[Any], scale: Decimal) -> Money:
    """The money of several trees or projects together; the rate is worked out in the workbook."""
    found = list(parts)
    return Money(
        initial=_in_unit(total([part.initial for part in found]), scale),
        adjusted=_in_unit(total([part.adjusted for part in found]), scale),
        actual=_in_unit(total([part.actual for part in found]), scale),
    )


def _in_unit(amount: Decimal | None, scale: Decimal) -> Decimal | None:
    return None if amount is None else amount * scale


def _rate(rate: Rate) -> RateValue:
    return "—" if rate.state is RateState.UNDEFINED else rate.ratio


def _text(value: Any) -> str:
    return "" if value is None else str(value.text)


def _said(row: Mapping[str, Any], field: str) -> str:
    value = row.get(field, "")
    return str(value.get("text") or value["value"] or "") if isinstance(value, Mapping) else value


def _figure(row: Mapping[str, Any], field: str) -> Decimal | None:
    value = row.get(field)
    said = value["value"] if isinstance(value, Mapping) else None
    return None if said is None else Decimal(said)


def _said_money(row: Mapping[str, Any], scale: Decimal) -> Money:
    rate = row.get("execution_rate")
    amounts = {
        name: _in_unit(_figure(row, name), scale)
        for name in ("initial", "adjustment", "adjusted", "actual")
    }
    words = rate.get("text") if isinstance(rate, Mapping) and rate["value"] is None else None
    return Money(**amounts, rate=words or _figure(row, "execution_rate"))


WORKBOOK, PDF, WORD = "工作簿", "PDF", "Word"
"""What kind of file an entry was read from."""
