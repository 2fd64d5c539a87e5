"""PG104 to PG106: typed figures that differ from the computed ones (手填的数)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perfgen.checks.common.amounts import is_same
from perfgen.checks.registry import Case, Hit, rule
from perfgen.figures.rates import Rate
from perfgen.model.finding import Mend, Severity
from perfgen.model.numbers import fixed, plain
from perfgen.model.records import BudgetLine, Fund, Project


@rule(
    "PG104",
    Severity.ERROR,
    title="手填的调整预算数与计算不符",
    reason="调整预算数 = 年初预算数 + 追加追减数。报告上印计算的数，手填的不同说明有一个数填错了。",
    good="年初 40，追加 67.33，调整预算数 107.33",
    bad="年初 40，追加 67.33，手填调整预算数 117.33",
)
def typed_adjusted(case: Case) -> Iterator[Hit]:
    """R07: a typed adjusted budget that differs from the one computed."""
    for line in case.figures.budget:
        typed = line.line.adjusted
        if typed is not None and line.adjusted is not None and not is_same(typed, line.adjusted):
            yield Hit(
                subject=line.name,
                message=f"{line.name}手填的{case.header('budget', 'adjusted')}是 {plain(typed)}，"
                f"按年初加追加追减是 {plain(line.adjusted)}",
                hint="核对年初预算数和追加追减数；这一列可以清空，由系统计算",
                ref=line.line.cell("adjusted"),
                mend=Mend(record=line.line, field="adjusted"),
            )


@rule(
    "PG105",
    Severity.ERROR,
    title="手填的执行率与计算不符",
    reason="执行率 = 实际支出数 ÷ 调整预算数，保留两位小数。报告上印计算的数；"
    "已经公开、要照填的数印的，在“说明事项”里说明。",
    good="实际 98，调整预算 100，执行率 98.00%",
    bad="实际 98，调整预算 100，手填执行率 99.00%",
    fixed={"手填与计算相差不到末位的一半，不提": "0.005 个百分点（两位小数时）"},
)
def typed_rate(case: Case) -> Iterator[Hit]:
    """R08: a typed execution rate that differs from the one computed."""
    decimals = case.layout.rules.rate_decimals
    half_unit = Decimal("0.5").scaleb(-decimals - 2)
    rows: list[tuple[BudgetLine | Fund | Project, Rate]] = [
        *((line.line, line.computed_rate) for line in case.figures.budget),
        *((fund.fund, fund.computed_rate) for fund in case.figures.funds),
        *((row.project, row.whole.computed_rate) for row in case.figures.projects),
    ]
    for row, rate in rows:
        typed, computed = row.execution_rate, rate.ratio
        if typed is None or computed is None or abs(typed - computed) <= half_unit:
            continue
        yield Hit(
            subject=row.name,
            message=f"{row.name}手填的执行率是 {plain(typed * 100)}%，"
            f"计算是 {fixed(computed * 100, decimals)}%",
            hint="核对实际支出数和预算数；这一列可以清空，由系统计算；"
            "要照填的数印，在“说明事项”里说明",
            ref=row.cell("execution_rate"),
        )


@rule(
    "PG106",
    Severity.ERROR,
    title="追加追减数与预算调整台账不符",
    reason="登记了预算调整台账的，追加追减数以台账合计为准。手填的不同，说明台账漏登或手填有误。",
    good="台账：追加 500、追减 20；追加追减数 480 或留空",
    bad="台账：追加 500、追减 20；手填追加追减数 500",
)
def typed_adjustment(case: Case) -> Iterator[Hit]:
    """R07: a typed adjustment that differs from the sum of the ledger."""
    if not case.report.adjustments:
        return
    for line in case.figures.budget:
        typed = line.line.adjustment
        summed = line.adjustment or Decimal(0)
        if typed is not None and not is_same(typed, summed):
            yield Hit(
                subject=line.name,
                message=f"{line.name}手填的{case.header('budget', 'adjustment')}是 {plain(typed)}，"
                f"预算调整台账合计 {plain(summed)}",
                hint="补登台账，或清空手填的数",
                ref=line.line.cell("adjustment"),
                mend=Mend(record=line.line, field="adjustment"),
            )
