"""What a sentence may quote (引用): the tables of a report, by the words that officers use.

Each table is known under its sheet's name and a short word (预算, 收支, 指标, 评分, 项目); its rows
under their names, its columns under the headers of the workbook.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from perfgen.figures.budget import LineFigures, budget_figures, total
from perfgen.figures.columns import value_of
from perfgen.figures.compute import Figures
from perfgen.figures.deviation import Deviation
from perfgen.figures.projects import TOTAL, ProjectFigures
from perfgen.figures.rates import Rate, RateState
from perfgen.model.days import spoken_day
from perfgen.model.layout import Layout, Rules, Sheet
from perfgen.model.measure import Measure, Target
from perfgen.model.records import OwnRow, Record, Report
from perfgen.model.roles import OWN, ROLES

Value = Decimal | Rate | Deviation | Measure | Target | str | None


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of money, in the workbook's unit; other Decimals are plain numbers."""

    value: Decimal | None


Quotable = Value | Amount
Row = Mapping[str, Quotable]


@dataclass(frozen=True, slots=True)
class Source:
    """One table: its name, and the rows by name. A name that stands twice has several rows."""

    name: str
    rows: Mapping[str, tuple[Row, ...]]


def sources(report: Report, figures: Figures, layout: Layout) -> Mapping[str, Source]:
    """Return the tables that may be quoted, each under every word that stands for it."""
    found: dict[str, Source] = {}
    for sheet in layout.sheets:
        if sheet.kind != "guide" and sheet.record not in ROLES:
            found[sheet.name] = Source(sheet.name, _by_name(_own_rows(report, sheet)))
        build = _TABLES.get(sheet.record)
        if build is None:
            continue
        words, rows = build
        source = Source(sheet.name, _by_name(rows(report, figures, sheet, layout.rules)))
        for word in words:
            found.setdefault(word, source)
        found[sheet.name] = source
    return found


def _by_name(rows: Iterable[tuple[str, Row]]) -> Mapping[str, tuple[Row, ...]]:
    found: dict[str, tuple[Row, ...]] = {}
    for name, row in rows:
        if name:
            found[name] = (*found.get(name, ()), row)
    return found


_Rows = Callable[[Report, Figures, Sheet, Rules], Iterable[tuple[str, Row]]]


def _headers(sheet: Sheet, values: Mapping[str, Quotable], named: Mapping[str, str]) -> Row:
    """The values by header; those without a column go under the words that everyone uses."""
    row: dict[str, Quotable] = {named[f]: value for f, value in values.items() if f in named}
    for column in sheet.columns:
        if column.field in values:
            row[column.header] = values[column.field]
    return row


def _own_columns(record: Record, sheet: Sheet) -> Row:
    """What columns of the layout's own hold, with what formulas gave, by header."""
    row: dict[str, Quotable] = {}
    for column in sheet.columns:
        if column.field.startswith(f"{OWN}.") or isinstance(record, OwnRow):
            row[column.header] = _quotable(value_of(record, column.field), column.kind)
    return row


def _quotable(value: object, kind: str) -> Quotable:
    if isinstance(value, date):
        return spoken_day(value)
    if not isinstance(value, Decimal):
        return str(value) if value else None
    if kind == "percent":
        return Rate(RateState.VALUE, value)
    return Amount(value) if kind == "amount" else value


def _own_rows(report: Report, sheet: Sheet) -> Iterable[tuple[str, Row]]:
    for record in report.rows(sheet.record):
        yield str(value_of(record, "name") or ""), _own_columns(record, sheet)


def _budget(
    report: Report, figures: Figures, sheet: Sheet, rules: Rules
) -> Iterable[tuple[str, Row]]:
    by_then = Decimal(0) if report.as_of else None
    for line in figures.budget:
        yield (
            line.name,
            {
                **_line_row(line, sheet, by_then),
                **_own_columns(line.line, sheet),
                **line.line.extra,
            },
        )
    names = {line.name for line in figures.budget}
    groups = dict.fromkeys(line.group for line in report.budget)
    for group in groups:
        if group and group not in names:
            yield group, _line_row(_group_sum(figures, group, rules), sheet, by_then)


def _group_sum(figures: Figures, group: str, rules: Rules) -> LineFigures:
    """A task's lines as one line (重点任务的合计)."""
    lines = [line for line in figures.budget if line.line.group == group]
    first = lines[0].line
    summed = replace(
        first,
        name=group,
        half_plan=total([line.half_plan for line in lines]),
        initial=total([line.initial for line in lines]),
        adjustment=total([line.adjustment for line in lines]),
        actual=total([line.actual for line in lines]),
    )
    return budget_figures([summed], (), rules)[0]


def _line_row(line: LineFigures, sheet: Sheet, unadjusted: Decimal | None) -> Row:
    """The figures of a line; as of a day, one that was not adjusted by then was adjusted by 0."""
    values: dict[str, Quotable] = {
        "half_plan": Amount(line.half_plan),
        "initial": Amount(line.initial),
        "adjustment": Amount(unadjusted if line.adjustment is None else line.adjustment),
        "adjusted": Amount(line.adjusted),
        "actual": Amount(line.actual),
        "execution_rate": line.execution_rate,
    }
    return _headers(sheet, values, {"adjusted": "调整预算数", "execution_rate": "执行率"})


def _funds(
    report: Report, figures: Figures, sheet: Sheet, rules: Rules
) -> Iterable[tuple[str, Row]]:
    for fund in figures.funds:
        values: dict[str, Quotable] = {
            "initial": Amount(fund.initial),
            "adjusted": Amount(fund.adjusted),
            "actual": Amount(fund.actual),
            "execution_rate": fund.execution_rate,
        }
        yield (
            fund.name,
            {
                **_headers(sheet, values, {"execution_rate": "执行率"}),
                **_own_columns(fund.fund, sheet),
                **fund.fund.extra,
            },
        )


def _projects(
    report: Report, figures: Figures, sheet: Sheet, rules: Rules
) -> Iterable[tuple[str, Row]]:
    for project in figures.projects:
        marks: dict[str, Quotable] = {
            "执行率": project.whole.execution_rate,
            "预算执行得分": project.rate_score,
            "总分": project.total,
            "等级": project.grade,
        }
        for column in sheet.columns:
            field, _, source = column.field.partition(".")
            if field in ("initial", "adjusted", "actual"):
                marks[column.header] = Amount(_money(project, field, source))
        yield (
            project.name,
            {
                **marks,
                **_own_columns(project.project, sheet),
                **project.project.extra,
            },
        )


def _money(project: ProjectFigures, field: str, source: str) -> Decimal | None:
    """The amount of a source; None where the officer's workbook lacks the column."""
    amount: Decimal | None = getattr(project.money.get(source or TOTAL), field, None)
    return amount


def _indicators(
    report: Report, figures: Figures, sheet: Sheet, rules: Rules
) -> Iterable[tuple[str, Row]]:
    for row in figures.indicators:
        indicator = row.indicator
        values: dict[str, Quotable] = {
            "actual": indicator.actual,
            "deviation": row.deviation,
            "weight": indicator.weight,
            "mark": row.score,
        }
        values |= {f"target.{period}": value for period, value in indicator.targets.items()}
        yield (
            indicator.name,
            {
                **_headers(sheet, values, {}),
                **_own_columns(indicator, sheet),
                **indicator.extra,
            },
        )


def _scores(
    report: Report, figures: Figures, sheet: Sheet, rules: Rules
) -> Iterable[tuple[str, Row]]:
    for row in figures.scores:
        values: dict[str, Quotable] = {
            "full": row.full, "score": row.score, "basis": row.item.basis, "lost": row.lost,
        }  # fmt: skip
        named = {"full": "满分", "score": "得分", "lost": "扣分"}
        yield (
            row.name,
            {
                **_headers(sheet, values, named),
                **_own_columns(row.item, sheet),
                **row.item.extra,
            },
        )


def _facts(
    report: Report, figures: Figures, sheet: Sheet, rules: Rules
) -> Iterable[tuple[str, Row]]:
    for column in sheet.columns:
        if fact := report.facts.get(column.field):
            yield column.header, {"": fact.value}


_TABLES: Mapping[str, tuple[tuple[str, ...], _Rows]] = {
    "report": (("基本信息", "单位信息"), _facts),
    "budget": (("预算",), _budget),
    "fund": (("收支", "收入", "资金"), _funds),
    "project": (("项目",), _projects),
    "indicator": (("指标",), _indicators),
    "score": (("评分", "得分"), _scores),
}
"""Each kind of record that may be quoted: the words for it, and its rows."""
