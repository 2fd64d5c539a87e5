"""Execution rates (执行率) of the budget table, as ratios: 0.9904 is 99.04%."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from perfgen.model.numbers import half_up


class RateState(Enum):
    """Whether a rate is a number, blank (空白), or undefined (分母为 0 而有支出)."""

    VALUE = "value"
    BLANK = "blank"
    UNDEFINED = "undefined"


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate: `ratio` is None unless `state` is VALUE."""

    state: RateState
    ratio: Decimal | None = None


BLANK = Rate(RateState.BLANK)
UNDEFINED = Rate(RateState.UNDEFINED)


def execution_rate(
    actual: Decimal | None,
    adjusted: Decimal | None,
    *,
    decimals: int = 2,
    blank_is_zero: bool = False,
) -> Rate:
    """Return actual / adjusted (执行率 = 实际支出数 / 调整预算数), rounded half-up as a percent.

    Adjusted 0 (or blank) with actual 0: blank; with actual not 0: undefined. A blank actual is
    blank, or counts as 0 where the layout says so (`blank_is_zero`).
    """
    if actual is None:
        if not blank_is_zero or adjusted is None:
            return BLANK
        actual = Decimal(0)
    if not adjusted:
        return BLANK if actual == 0 else UNDEFINED
    return Rate(RateState.VALUE, half_up(actual / adjusted, decimals + 2))
