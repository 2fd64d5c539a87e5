"""PG132: amounts that were typed in another unit than 金额单位 says (万元、元、亿元)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from perfgen.checks.common.amounts import whole_budget
from perfgen.checks.common.passages import plain_text, prose
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.model.cells import CellRef
from perfgen.model.finding import Severity
from perfgen.model.numbers import YUAN, plain

_MYRIAD = Decimal(10_000)
_LEAST, _MOST = Decimal("0.3"), Decimal("1.3")
"""What is spent of a budget, once the unit is right."""

_SPOKEN = ("万元", "亿元", "元")


@dataclass(frozen=True, slots=True)
class _Amounts:
    """What a row plans and spends, with the cells of both."""

    name: str
    planned: Decimal
    spent: Decimal
    planned_at: CellRef | None
    spent_at: CellRef | None


@rule(
    "PG132",
    Severity.WARNING,
    title="金额的单位像是填错了",
    reason="表里的金额照“金额单位”印出。正文里写“200万元”，表里却是 2000000 万元；"
    "预算 1860000，支出 178.56：多半是元和万元弄混了，差一万倍。",
    good="金额单位“元”，预算 2000000，正文“预算200万元”",
    bad="金额单位“万元”，预算 2000000，正文“预算200万元”",
    most=8,
    fixed={"支出乘或除以一万以后，是预算的": "30% 至 130%"},
)
def other_unit(case: Case) -> Iterator[Hit]:
    """The unit of the workbook, or of one amount beside its budget, ten thousand times off."""
    unit = case.report.amount_unit
    meant = _meant_unit(case)
    if meant:
        fact = case.report.facts.get("amount_unit")
        header = case.header("report", "amount_unit")
        yield Hit(
            subject=header,
            message=f"{header}是{quoted(unit)}，正文里的金额与表里的数要按{quoted(meant)}才对得上",
            hint=f"核对{header}，是不是{quoted(meant)}",
            ref=fact.cell("value") if fact else None,
        )
        return
    for row in _rows(case):
        yield from _of_row(row)


def _of_row(row: _Amounts) -> Iterator[Hit]:
    ratio = row.spent / row.planned
    if _LEAST <= ratio * _MYRIAD <= _MOST:
        said, ref = "支出少写了一万倍", row.spent_at
    elif _LEAST <= ratio / _MYRIAD <= _MOST:
        said, ref = "预算少写了一万倍", row.planned_at
    else:
        return
    yield Hit(
        subject=row.name,
        message=f"{quoted(row.name)}的预算是 {plain(row.planned)}，支出是 {plain(row.spent)}，"
        f"像是{said}",
        hint="核对单位：元还是万元",
        ref=ref,
    )


def _rows(case: Case) -> Iterator[_Amounts]:
    for line in case.figures.budget:
        if not line.parts and line.adjusted and line.actual and line.adjusted > 0:
            yield _Amounts(line.name, line.adjusted, line.actual,
                           line.line.cell("initial"), line.line.cell("actual"))  # fmt: skip
    for fund in case.figures.funds:
        planned = fund.adjusted or fund.initial
        if not fund.parts and planned and fund.actual and planned > 0:
            yield _Amounts(fund.name, planned, fund.actual,
                           fund.fund.cell("adjusted"), fund.fund.cell("actual"))  # fmt: skip
    for row in case.figures.projects:
        project = row.project
        for source, spent in project.actual.items():
            field = "adjusted" if project.adjusted.get(source) else "initial"
            planned = getattr(project, field).get(source)
            if source and planned and spent and planned > 0:
                yield _Amounts(row.name, planned, spent, project.cell(f"{field}.{source}"),
                               project.cell(f"actual.{source}"))  # fmt: skip


def _meant_unit(case: Case) -> str:
    """The unit in which the sentences tell the totals, where it is surely another one."""
    totals = _totals(case)
    text = plain_text("\n".join(passage.text for passage in prose(case)))
    if not totals or not any(unit in text for unit in _SPOKEN):
        return ""
    told = {unit: sum(_is_told(total, unit, text) for total in totals) for unit in YUAN}
    others = [unit for unit, times in told.items() if times and unit != case.report.amount_unit]
    if told.get(case.report.amount_unit, 0) or len(others) != 1:
        return ""
    return others[0]


def _is_told(total: Decimal, unit: str, text: str) -> bool:
    """Whether an amount of this unit stands in the text, in whichever unit it is told."""
    return any(
        _stands(plain(total * YUAN[unit] / YUAN[spoken]) + spoken, text) for spoken in _SPOKEN
    )


def _stands(amount: str, text: str) -> bool:
    start = text.find(amount)
    while start > 0 and (text[start - 1].isdigit() or text[start - 1] in ".,"):
        start = text.find(amount, start + 1)
    return start >= 0


def _totals(case: Case) -> tuple[Decimal, ...]:
    """The amounts that sentences tell first: the whole budget's, else the projects'."""
    whole = whole_budget(case)
    amounts: list[Decimal | None] = []
    if whole is not None:
        amounts += [whole.initial, whole.adjusted, whole.actual]
    tops = [fund for fund in case.figures.funds if fund.level == 0]
    for top in tops:
        amounts += [top.initial, top.adjusted, top.actual]
    for row in case.figures.projects:
        amounts += [row.whole.initial, row.whole.adjusted, row.whole.actual]
    known: Mapping[Decimal, None] = dict.fromkeys(
        amount for amount in amounts if amount is not None and amount >= _LEAST_TOLD
    )
    return tuple(known)


_LEAST_TOLD = Decimal(1)
