"""Targets that are a bare number where all others have a unit (缺单位)."""

from __future__ import annotations

import re

from perfgen.checks.common.nature import is_change, is_rank
from perfgen.checks.registry import Case
from perfgen.model.records import Indicator
from perfgen.model.values import Kind

FULL = "full"
_COUNTS = re.compile(
    r"(?:人数|人次|户数|家数|件数|起数|场次|次数|数量|面积|长度|里程|吨数|重量|期数|套数|个数|成本|费用|经费|金额)$"
)
"""Names that surely want a unit."""

_OTHERS = 3
"""Targets with a unit beside which a bare number is odd."""

_PART = 5
"""At most every so manieth target may lack its unit; beyond, the office writes them so."""


def without_unit(case: Case) -> list[Indicator]:
    """Return the indicators whose target lost its unit: few among many that have one."""
    numbers = [
        (indicator, target.measure)
        for indicator in case.report.indicators
        if (target := indicator.targets.get(FULL)) and target.measure.value.kind is Kind.NUMBER
    ]
    bare = [
        indicator
        for indicator, measure in numbers
        if not measure.value.unit
        and measure.number != 0
        and _COUNTS.search(indicator.name.strip())
        and not is_rank(indicator)
        and not is_change(indicator)
    ]
    others = sum(bool(measure.value.unit) for _, measure in numbers)
    return bare if others >= max(_OTHERS, _PART * len(bare)) else []
