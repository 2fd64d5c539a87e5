"""PG127: a typed deviation that differs from the computed one (手填的偏差情况)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.model.finding import Severity
from perfgen.model.numbers import decimals_of, fixed, half_up

_PERCENT = re.compile(r"([-+]?\d{1,9}(?:\.\d{1,6})?)\s{0,3}%")


@rule(
    "PG127",
    Severity.WARNING,
    title="手填的偏差情况与计算不符",
    reason="偏差 =（完成值 - 目标值）÷ 目标值。报告上印计算的数，手填的不同说明有一个数填错了，"
    "或者当地另有算法（版式的 deviation 一项可以改）。",
    good="目标 100%，完成 99.04%，偏差 -0.96%",
    bad="目标 100%，完成 99.04%，手填偏差 0.96%",
    most=8,
)
def typed_deviation(case: Case) -> Iterator[Hit]:
    """R20: a deviation typed over the computed column that is another."""
    for row in case.figures.indicators:
        typed, computed = _percent(row.indicator.deviation), row.deviation
        if typed is None or computed is None:
            continue
        wanted = computed.ratio * 100
        if half_up(wanted, decimals_of(typed)) == typed:
            continue
        decimals = case.layout.rules.deviation_decimals if computed.measured else 0
        yield Hit(
            subject=row.indicator.name,
            message=f"{quoted(row.indicator.name)}手填的{case.header('indicator', 'deviation')}是 "
            f"{row.indicator.deviation.strip()}，计算是 {fixed(wanted, decimals)}%",
            hint="核对目标值和完成值；这一列可以清空，由系统计算",
            ref=row.indicator.cell("deviation"),
        )


def _percent(text: str) -> Decimal | None:
    written = unicodedata.normalize("NFKC", text).strip().replace("−", "-")
    found = _PERCENT.fullmatch(written)
    return Decimal(found[1]) if found else None
