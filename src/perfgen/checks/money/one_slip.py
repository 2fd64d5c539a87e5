"""PG126: several rates of the budget are off at once: the cell that explains them all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from perfgen.checks.indicators.ratios import disagrees, expected_rate
from perfgen.checks.mending import mended, near_misses
from perfgen.checks.registry import Case, Hit, rule
from perfgen.figures.budget import budget_figures
from perfgen.model.cells import CellRef
from perfgen.model.finding import Mend, Severity
from perfgen.model.numbers import plain
from perfgen.model.records import Adjustment, BudgetLine

_MOST_ROWS = 80
"""Lines and rows of the ledger beyond which no cell is looked for."""

_EXPLAINED_BY = frozenset({"PG101", "PG104", "PG106", "PG107", "PG121"})
"""Errors of the budget table itself: where one stands, it comes first."""


@rule(
    "PG126",
    Severity.WARNING,
    title="几个比率同时对不上，多半是这一格填错",
    reason="预算执行率、预算调整率、结转结余率、预算偏差率都由预算表算出。几个同时对不上，而某一格的数换成"
    "颠倒两位、移动小数点、改变加减以后全部对得上的，多半就是那一格填错了。",
    good="甲项目年初 1200，预算调整率 4.45%、预算执行率 98.99%，都与预算表一致",
    bad="甲项目年初填成 2100，预算调整率、预算执行率都对不上；改回 1200 就都一致",
    last=True,
)
def one_cell(case: Case) -> Iterator[Hit]:
    """A cell of the budget or the ledger which, mended, makes all stated rates agree."""
    rows = len(case.report.budget) + len(case.report.adjustments)
    if rows > _MOST_ROWS or any(
        one.code in _EXPLAINED_BY and one.severity is Severity.ERROR for one in case.found
    ):
        return
    stated = [row for row in case.report.indicators if expected_rate(row, case) is not None]
    off = [row for row in stated if disagrees(row, case)]
    if len(off) < 2:
        return
    found = [slip for slip in _slips(case) if _all_agree(slip, case)]
    if len({slip.mend.record.cell(slip.field) for slip in found if slip.mend.record}) != 1:
        return
    slip = found[0]
    names = "、".join(row.name for row in off)
    what = "，加减反了" if slip.meant == -slip.typed else f"，如果是 {plain(slip.meant)}"
    yield Hit(
        subject=slip.name,
        message=f"{slip.name}的{case.header(slip.kind, slip.field)}是 {plain(slip.typed)}{what}，"
        f"改过来，{names}就都对得上",
        hint="核对这一格；确实没有填错的，再核对各个比率",
        ref=_cell(slip),
        mend=slip.mend,
    )


def _cell(slip: _Slip) -> CellRef | None:
    """The cell of the amount; where 追加 and 追减 were confused, that of the ledger's type."""
    row = slip.mend.record
    if row is None:
        return None
    is_turned = isinstance(row, Adjustment) and slip.meant == -slip.typed and slip.typed > 0
    turned = row.cell("type") if is_turned else None
    return turned or row.cell(slip.field)


@dataclass(frozen=True, slots=True)
class _Slip:
    """One cell, what was typed there and what may have been meant."""

    kind: str
    name: str
    field: str
    typed: Decimal
    meant: Decimal
    mend: Mend


def _slips(case: Case) -> Iterator[_Slip]:
    for figures in case.figures.budget:
        if not figures.parts:
            yield from _of_row("budget", figures.line, figures.name, ("initial", "actual"))
            if not case.report.adjustments:
                yield from _of_row("budget", figures.line, figures.name, ("adjustment",))
    for row in case.report.adjustments:
        yield from _of_row("adjustment", row, f"{row.line}{row.type}", ("amount",))


def _of_row(
    kind: str, row: BudgetLine | Adjustment, name: str, fields: tuple[str, ...]
) -> Iterator[_Slip]:
    for field in fields:
        typed = getattr(row, field)
        if not isinstance(typed, Decimal) or not typed:
            continue
        turned = (-typed,) if field in ("adjustment", "amount") else ()
        for meant in (*turned, *near_misses(typed)):
            mend = Mend(record=row, field=field, values=(meant,))
            yield _Slip(kind, name, field, typed, meant, mend)


def _all_agree(slip: _Slip, case: Case) -> bool:
    report = mended(case.report, slip.mend, slip.meant)
    budget = budget_figures(report.budget, report.adjustments, case.layout.rules)
    tried = replace(case, report=report, figures=replace(case.figures, budget=budget))
    return not any(disagrees(row, tried) for row in report.indicators)
