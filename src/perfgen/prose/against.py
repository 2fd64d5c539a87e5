"""Numbers worked out against a target or another year: how far above, which part, what change."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from perfgen.model.numbers import half_up
from perfgen.model.numbers import plain as plain_number
from perfgen.prose.expected import FULL, HALF_YEAR, Known, Spoken, number_of
from perfgen.prose.quantities import PERCENT, POINTS, Quantity, kind_of

_HUNDRED = Decimal(100)

Right = str | None
"""The words that say what would be right; None where a number is right, or nothing is known."""


def off_completion(quantity: Quantity, spoken: Spoken) -> Right:
    """完成目标任务的103.8%: the result, or what was just said of it, against the target."""
    if spoken.known is None or spoken.stated is None:
        return None
    values = (spoken.known.value, spoken.stated.value)
    rates = [value / target * _HUNDRED for value in values for target in _targets(spoken.known)]
    if not rates or any(quantity.is_(rate) for rate in rates):
        return None
    return f"按目标和完成值算是 {plain_number(half_up(rates[0], 2))}%"


def off_target(quantity: Quantity, spoken: Spoken) -> Right:
    """比目标高1.4个百分点, 比计划多6人: the result's distance from its target."""
    known = spoken.known
    if known is None or known.result is None:
        return None
    values = [known.value, *([spoken.stated.value] if spoken.stated else [])]
    targets = _targets(known)
    if _same_kind(quantity, known):
        wanted = [abs(value - target) for value in values for target in targets]
    elif quantity.unit == PERCENT:
        wanted = [abs(value / target - 1) * _HUNDRED for value in values for target in targets]
    else:
        return None
    return _unless_right(quantity, wanted, f"完成值 {known.result.text} 与目标的差是")


def off_year_before(quantity: Quantity, spoken: Spoken) -> Right:
    """2023年210场，今年增加15场: what the table has, against the number of the year before."""
    known, before = spoken.known, spoken.before
    if known is None or before is None or not _same_kind(quantity, known):
        return None
    now = [known.value, *_targets(known)]
    if spoken.stated is not None and quantity.is_(abs(spoken.stated.value - before.value)):
        return None  # 执行率96.86%, 比上年94.87%提高1.99个百分点: it fits what was just said
    if any(quantity.is_(value) for value in now):  # 2022年底共5600个，今年新增845个: a stock before
        return None
    wanted = [abs(value - before.value) for value in now if value]
    shown = (known.result or known.targets[FULL]).text
    return _unless_right(quantity, wanted, f"表里是 {shown}，与 {before.typed}的差是")


def _unless_right(quantity: Quantity, wanted: Iterable[Decimal], words: str) -> Right:
    values = list(wanted)
    if not values or any(quantity.is_(value) for value in values):
        return None
    return f"{words} {plain_number(half_up(values[0] / quantity.scale, 2))}"


def _targets(known: Known) -> list[Decimal]:
    full = (number_of(one) for period, one in known.targets.items() if period != HALF_YEAR)
    return [value for value in full if value]


def _same_kind(quantity: Quantity, known: Known) -> bool:
    points = quantity.unit == POINTS and known.unit == PERCENT
    return points or quantity.kind == kind_of(known.unit)
