"""A number as it may be meant (数的范围): rounding to its last place makes no difference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfgen.prose.quantities import Quantity

_ZERO, _HALF, _HUNDRED = Decimal(0), Decimal("0.5"), Decimal(100)


@dataclass(frozen=True, slots=True)
class Span:
    """A number from `low` to `high`. Amounts and scaled counts are right to half of their last
    place; plain counts are exact.
    """

    low: Decimal
    high: Decimal

    @classmethod
    def of(cls, quantity: Quantity) -> Span:
        """Return the span of a number as it is written."""
        exact = quantity.scale == 1 and not quantity.decimals and not quantity.is_money
        step = quantity.step if quantity.about or quantity.decimals else _HALF
        half = _ZERO if exact and not quantity.about else step * quantity.scale
        return cls(quantity.value - half, quantity.value + half)

    @classmethod
    def sum_of(cls, quantities: Sequence[Quantity]) -> Span:
        """Return the span of a sum."""
        spans = [cls.of(one) for one in quantities]
        return cls(sum((one.low for one in spans), _ZERO), sum((one.high for one in spans), _ZERO))

    def meets(self, other: Span) -> bool:
        """Return whether both may be the same number."""
        return self.low <= other.high and other.low <= self.high

    def minus(self, other: Span) -> Span:
        """Return the span of a difference."""
        return Span(self.low - other.high, self.high - other.low)

    def share_of(self, whole: Span) -> tuple[Decimal, Decimal]:
        """Return the least and the greatest percentage that this may be of a whole."""
        if whole.low <= 0:
            return _ZERO, _ZERO
        return self.low / whole.high * _HUNDRED, self.high / whole.low * _HUNDRED

    def plus(self, other: Span) -> Span:
        """Return the span of a sum of two."""
        return Span(self.low + other.low, self.high + other.high)

    @property
    def middle(self) -> Decimal:
        """Return the number in the middle."""
        return (self.low + self.high) / 2

    @property
    def shown(self) -> str:
        """Return the middle, as a message shows it."""
        return format(self.middle.normalize(), "f")


def hold_all(parts: Sequence[Quantity], whole: Quantity) -> bool:
    """Return whether some neighbours make a whole: 28台，其中大型6台，已验收25台，3台未验收."""
    runs = (
        parts[start:stop]
        for start in range(len(parts))
        for stop in range(start + 2, len(parts) + 1)
    )
    return len(parts) <= _FEW and any(Span.sum_of(run).meets(Span.of(whole)) for run in runs)


_FEW = 12


def begin_with_all(parts: Sequence[Quantity], whole: Quantity) -> bool:
    """Return whether the first of some numbers make a whole: 12个，其中甲7个、乙5个，完成11个."""
    least = min(2, len(parts))
    beginnings = (parts[:many] for many in range(least, len(parts) + 1))
    return any(Span.sum_of(some).meets(Span.of(whole)) for some in beginnings)
