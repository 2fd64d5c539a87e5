"""PG116 to PG118: plans of spending over the year (支出计划)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.model.finding import Severity
from perfgen.model.layout import Column
from perfgen.model.numbers import plain
from perfgen.model.records import Project

_ONE = Decimal(1)
_NAMED = 8
_THIRD_QUARTER = 9
"""The month at whose end the last quarter begins."""


@rule(
    "PG116",
    Severity.ERROR,
    title="支出计划的累计百分比下降、超过或不到 100%",
    reason="资金支出计划填的是到各个时点的累计百分比：只会增加，到年底应当是 100%。",
    good="3月底 10%，6月底 40%，10月底 80%，12月底 100%",
    bad="3月底 10%，6月底 40%，10月底 30%，12月底 95%",
)
def cumulative(case: Case) -> Iterator[Hit]:
    """R14: cumulative percents that fall, pass 100, or do not end there."""
    columns = _columns(case)
    for row in case.figures.projects:
        if row.whole.adjusted == 0 and not any(row.project.plan.values()):
            continue  # a project without money has nothing to plan
        beyond = list(_beyond(row.project, columns))
        yield from beyond
        if beyond:
            continue  # what falls after it, falls because of it
        yield from _falls(row.project, columns)
        last = columns[-1] if columns else None
        end = row.project.plan.get(_date(last)) if last else None
        if last and end is not None and end != _ONE:
            yield Hit(
                subject=row.name,
                message=f"{quoted(row.name)}的支出计划到{last.header}是 {_percent(end)}，"
                "应当是 100%",
                hint="填累计数；到年底应当支完",
                ref=row.project.cell(last.field),
            )


def _beyond(project: Project, columns: Sequence[Column]) -> Iterator[Hit]:
    for column in columns[:-1]:
        planned = project.plan.get(_date(column))
        if planned is not None and not 0 <= planned <= _ONE:
            yield Hit(
                subject=project.name,
                message=f"{quoted(project.name)}的支出计划到{column.header}是 {_percent(planned)}，"
                "累计百分比在 0% 和 100% 之间",
                hint="核对小数点；填到这个时点为止的累计数",
                ref=project.cell(column.field),
            )


def _falls(project: Project, columns: Sequence[Column]) -> Iterator[Hit]:
    filled = [column for column in columns if _date(column) in project.plan]
    for before, after in pairwise(filled):
        earlier, later = project.plan[_date(before)], project.plan[_date(after)]
        ends = after is columns[-1] and later != _ONE  # said of the end
        if later < earlier and not ends:
            yield Hit(
                subject=project.name,
                message=f"{quoted(project.name)}的支出计划到{after.header}是 {_percent(later)}，"
                f"少于{before.header}的 {_percent(earlier)}",
                hint="填到这个时点为止的累计数",
                ref=project.cell(after.field),
            )


_NOTABLE = 10
"""One small line that waits for the second half is how years go; a tenth of all is told."""


@rule(
    "PG117",
    Severity.INFO,
    title="半年计划是 0",
    reason="上半年一分不支的项目，资金要到下半年才用，年底容易支不完。确有季节性的不用改；"
    "只有一个项目、不到全部预算一成的不提。",
    good="全年预算数 26，半年计划执行数 10",
    bad="全年预算数 26，半年计划执行数 0",
)
def nothing_by_half(case: Case) -> Iterator[Hit]:
    """R33: lines without any spending planned by mid-year, told in one line."""
    lines = [line.line for line in case.figures.budget if not line.parts]
    idle = [line for line in lines if line.half_plan == 0 and (line.initial or 0) > 0]
    held, whole = (sum((line.initial or 0) for line in some) for some in (idle, lines))
    if len(idle) > 1 or (idle and held * _NOTABLE > whole):
        names = "、".join(line.name for line in idle[:_NAMED])
        header = case.header("budget", "half_plan")
        yield Hit(
            subject=header,
            message=f"{len(idle)} 个项目的{header}是 0（共 {len(lines)} 行）："
            f"{names}{'……' if len(idle) > _NAMED else ''}",
            hint="核对上半年是否确无支出，能提前的提前",
            ref=idle[0].cell("half_plan"),
        )


@rule(
    "PG118",
    Severity.INFO,
    title="支出全部安排在第四季度",
    reason="资金集中在年底支出，一旦拖延就会结转，也容易被认为突击花钱。",
    good="3月底 10%，6月底 40%，10月底 80%，12月底 100%",
    bad="3月底 0%，6月底 0%，10月底 0%，12月底 100%",
    most=3,
)
def all_at_the_end(case: Case) -> Iterator[Hit]:
    """R35: a plan that is 0 until the last quarter."""
    columns = _columns(case)
    if len(columns) < 2 or _month(columns[-2]) < _THIRD_QUARTER:
        return
    for project in case.report.projects:
        plan = [project.plan.get(_date(column)) for column in columns]
        if plan[-1] and not any(plan[:-1]) and plan[-2] is not None:
            yield Hit(
                subject=project.name,
                message=f"{quoted(project.name)}的支出计划到{columns[-2].header}还是 0%，"
                f"{_percent(plan[-1])}都在这以后支出",
                hint="核对支出计划，能提前的提前",
                ref=project.cell(columns[-2].field),
            )


def _columns(case: Case) -> list[Column]:
    sheet = case.layout.sheet_of("project")
    return [column for column in sheet.columns if column.field.startswith("plan.")] if sheet else []


def _date(column: Column) -> str:
    return column.field.partition(".")[2]


def _month(column: Column) -> int:
    """The month that a column stands for, by its role (plan.10), else by its header (10月底)."""
    found = re.fullmatch(r"\d{1,2}", _date(column)) or re.search(r"\d{1,2}(?=月)", column.header)
    return int(found.group()) if found else 0


def _percent(ratio: Decimal) -> str:
    return f"{plain(ratio * 100)}%"
