"""PG51x: the money of each project adds up (项目资金)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.figures.budget import total
from perfgen.figures.projects import TOTAL, ProjectFigures
from perfgen.model.finding import Mend, Severity
from perfgen.model.numbers import fixed, plain

_CENT = Decimal("0.01")
_DUST = Decimal("0.000000001")
"""What the 15 digits of a formula leave between a total and its parts."""


@rule(
    "PG511",
    Severity.ERROR,
    title="项目资金总额不等于各来源合计",
    reason="年度资金总额等于当年财政拨款、上年结转资金和其他资金之和，年初预算数、全年预算数、全年执行数都如此。"
    "总额留空时由系统求和；填了的以填的数为准，并在这里核对。尾差不超过每项 0.01 的只作提醒。",
    good="年度资金总额 605.2 = 当年财政拨款 560 + 上年结转资金 45.2",
    bad="年度资金总额 600，而当年财政拨款 560 + 上年结转资金 45.2 = 605.2",
    fixed={"总额与各来源之和相差，每个来源不到这么多的只作提醒": "0.01"},
)
def sources(case: Case) -> Iterator[Hit]:
    """R03: a project's typed total that is not the sum of its sources."""
    for row in case.figures.projects:
        project = row.project
        columns: Mapping[str, Mapping[str, Decimal]] = {
            "initial": project.initial, "adjusted": project.adjusted, "actual": project.actual,
        }  # fmt: skip
        for field, amounts in columns.items():
            stated = amounts.get(TOTAL)
            parts = [amount for source, amount in amounts.items() if source]
            summed = total(parts)
            if stated is None or summed is None or abs(stated - summed) <= _DUST:
                continue
            off = stated - summed
            yield Hit(
                subject=project.name,
                message=f"{quoted(project.name)}的{case.header('project', field)}是 "
                f"{plain(stated)}，各来源合计 {plain(summed)}，相差 {plain(off)}",
                hint="核对各来源的数；总额留空则自动求和",
                ref=project.cell(field),
                mend=Mend(
                    record=project,
                    field=field,
                    values=({source: amount for source, amount in amounts.items() if source},),
                ),
                severity=Severity.WARNING if abs(off) <= _CENT * len(parts) else None,
            )


@rule(
    "PG512",
    Severity.ERROR,
    title="项目支出超过全年预算",
    reason="没有预算不得支出（预算法第十三条）。执行率超过 100% 多半是没有填预算调整，或数字填错。"
    "执行率得分最多是满分，超支不会加分。",
    good="全年预算数 605.2，全年执行数 597.5",
    bad="全年预算数 600，全年执行数 625",
)
def overspent(case: Case) -> Iterator[Hit]:
    """R05, R09: more spent than budgeted, as a whole or, where that is right, from one source."""
    sheet = case.layout.sheet_of("project")
    if sheet is None or not any(column.field.startswith("actual") for column in sheet.columns):
        return  # a plan: nothing is spent yet
    for row in case.figures.projects:
        over = [
            source
            for source, money in row.money.items()
            if (money.actual or Decimal(0)) > (money.adjusted or Decimal(0))
        ]
        if TOTAL in over:
            over = [_blamed(row, over)]
        for source in over:
            yield from _over(row, source, case)


def _blamed(row: ProjectFigures, over: Sequence[str]) -> str:
    """The only source that is overspent, where the total only sums up; else the total."""
    sources = [source for source in over if source != TOTAL]
    summed = TOTAL not in row.project.actual
    return sources[0] if summed and len(sources) == 1 else TOTAL


def _over(row: ProjectFigures, source: str, case: Case) -> Iterator[Hit]:
    money = row.money[source]
    field = f"actual.{source}".rstrip(".")
    actual, adjusted = money.actual or Decimal(0), money.adjusted or Decimal(0)
    if source == TOTAL and not adjusted and row.rate_full is not None:
        return  # no rate, no marks: PG506 speaks of that
    rate = f"，执行率 {fixed(actual / adjusted * 100, 2)}%" if adjusted > 0 else ""
    whole = row.whole
    if source != TOTAL and (whole.actual or 0) > (whole.adjusted or 0):
        rate += f"；合计 {plain(whole.actual or Decimal(0))}，全年预算合计 "
        rate += plain(whole.adjusted or Decimal(0))
    yield Hit(
        subject=row.name,
        message=f"{quoted(row.name)}的{case.header('project', field)}是 {plain(actual)}，"
        f"超过全年预算 {plain(adjusted)}{rate}",
        hint="核对执行数，或补填调整后的全年预算数",
        ref=row.project.cell(field) or row.project.cell("name"),
    )
