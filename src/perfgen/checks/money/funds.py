"""PG109: sources of money sum to their total, and income equals spending (收支平衡)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from perfgen.checks.common.amounts import CENT, is_same, whole_budget
from perfgen.checks.common.odd_part import odd_part, told_in_text
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.figures.budget import total
from perfgen.figures.funds import FundFigures
from perfgen.model.finding import Mend, Severity
from perfgen.model.numbers import plain
from perfgen.model.records import BudgetLine, Fund, Record

_COLUMNS: dict[str, Callable[[FundFigures], Decimal | None]] = {
    "initial": lambda fund: fund.initial,
    "adjusted": lambda fund: fund.adjusted,
    "actual": lambda fund: fund.actual,
}


@rule(
    "PG109",
    Severity.ERROR,
    title="收入合计与各来源之和、与支出总额不符",
    reason="资金总额等于各来源之和；一本预算收支平衡，收入总额等于支出总额。"
    "尾差不超过每项 0.01 的只作提醒。",
    good="资金总额 20948.46 = 财政拨款 20948.46；基本支出 4744.96 + 项目支出 16203.5 = 20948.46",
    bad="资金总额 20948.46，而财政拨款 20000 + 其他资金 900 = 20900",
    fixed={"收支、合计相差，每个加数不到这么多的只作提醒": "0.01"},
)
def income(case: Case) -> Iterator[Hit]:
    """R01: a given total that is not the sum of its sources; income that is not the spending."""
    for fund in case.figures.funds:
        for field, value in _COLUMNS.items():
            stated, parts = value(fund), [value(part) for part in fund.parts]
            summed = total(parts)
            if stated is None or summed is None or is_same(stated, summed):
                continue
            if stated > summed and _names_only_some(fund):
                continue
            yield Hit(
                subject=fund.name,
                message=f"{fund.name}的{case.header('fund', field)}是 {plain(stated)}，"
                f"各来源合计 {plain(summed)}，相差 {plain(stated - summed)}",
                hint="核对各来源的数；合计留空则自动求和",
                ref=fund.fund.cell(field),
                severity=_small(stated - summed, parts),
                mend=Mend(record=fund.fund, field=field),
            )
    yield from _balance(case)


def _names_only_some(fund: FundFigures) -> bool:
    """Whether the parts are only some of the whole, by their words (其中：……)."""
    return any(part.name.strip().startswith("其中") for part in fund.parts)


def _small(off: Decimal, parts: Sequence[Decimal | None]) -> Severity | None:
    there = [part for part in parts if part is not None]
    return Severity.WARNING if abs(off) <= CENT * len(there) else None


def _balance(case: Case) -> Iterator[Hit]:
    """Income against spending, where one table has a single total and the other is whole."""
    tops = [fund for fund in case.figures.funds if fund.level == 0]
    whole = whole_budget(case)
    if len(tops) != 1 or whole is None:
        return
    top = tops[0]
    for field, stated, spent in (
        ("initial", top.initial, whole.initial),
        ("adjusted", top.adjusted, whole.adjusted),
    ):
        if stated is None or spent is None or is_same(stated, spent):
            continue
        named = whole.names[0] if len(whole.names) == 1 else " + ".join(whole.names)
        hit = Hit(
            subject=top.name,
            message=f"收入{quoted(top.name)}的{case.header('fund', field)}是 {plain(stated)}，"
            f"支出（{named}）是 {plain(spent)}，相差 {plain(stated - spent)}",
            hint="核对收入和支出，两边应当相等",
            ref=top.fund.cell(field),
            severity=_small(stated - spent, [stated, spent]),
        )
        yield hit if hit.severity else _of_one_row(hit, field, stated, spent, case)


def _of_one_row(hit: Hit, field: str, stated: Decimal, spent: Decimal, case: Case) -> Hit:
    """The finding at the one source or line that is off, where it can be told."""
    told = told_in_text(case)
    funds = [fund for fund in case.figures.funds if not fund.parts]
    lines = [line for line in case.figures.budget if not line.parts]
    sides: tuple[tuple[Sequence[Record], Sequence[Decimal | None], Decimal], ...] = (
        ([one.fund for one in funds], [getattr(one, field) for one in funds], spent),
        ([one.line for one in lines], [getattr(one, field) for one in lines], stated),
    )
    found = [
        (rows[odd.place], odd)
        for rows, values, wanted in sides
        if total(values) in (stated, spent) and (odd := odd_part(values, wanted, told))
    ]
    if len(found) != 1 or getattr(found[0][0], field, None) != found[0][1].typed:
        return hit
    row, odd = found[0]
    name = row.name if isinstance(row, Fund | BudgetLine) else ""
    return replace(
        hit,
        message=hit.message + odd.said(name),
        hint=f"核对{name}的数，再核对收入和支出",
        ref=row.cell(field) or hit.ref,
        mend=Mend(record=row, field=field, values=(odd.meant,)),
    )
