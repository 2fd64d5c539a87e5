"""Figures of a table that several texts tell otherwise, and none tells so (几处文字都与表不同).

One text that differs from a table may be wrong; where two and more agree, the table is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfgen.prose.echoes import Same, same, same_rate
from perfgen.prose.mentions import Mention
from perfgen.prose.quantities import PERCENT

_FEWEST = 2
"""So many texts must agree, and one of them name the thing in the table's words."""

_NEAR = Decimal("0.8"), Decimal("1.25")
_LEAST, _MOST = Decimal("0.4"), Decimal("2.5")


@dataclass(frozen=True, slots=True)
class Outvoted:
    """A table's figure, and the number that the texts have instead, in each of them."""

    figure: Mention
    told: tuple[Mention, ...]


def outvoted(
    figures: Sequence[Mention], told: Sequence[Mention], own: Sequence[frozenset[Decimal]]
) -> Iterator[Outvoted]:
    """Yield the figures that no text tells, where several texts tell one other number of them.

    `own` are, figure by figure, the values that its row has for other periods: what a text tells
    of a target may be another period's.
    """
    by_kind: dict[str, list[Mention]] = defaultdict(list)
    for one in told:
        by_kind[one.quantity.kind].append(one)
    for figure, values in zip(figures, own, strict=True):
        alike = [one for one in by_kind[figure.quantity.kind] if same(one, figure) >= Same.TOUCHING]
        if not figure.quantity.value or any(_is(one, figure) for one in alike):
            continue
        others: dict[Decimal, list[Mention]] = defaultdict(list)
        for one in alike:
            value = abs(one.quantity.value)
            if _may_be_it(one, figure) and value not in values:
                others[value].append(one)
        found = [some for some in others.values() if _agree(some, figure)]
        if len(found) == 1:
            yield Outvoted(figure, tuple(found[0]))


def _is(one: Mention, figure: Mention) -> bool:
    first, second = one.quantity, figure.quantity
    return first.is_(second.value) or second.is_(first.value)


def _may_be_it(one: Mention, figure: Mention) -> bool:
    """Whether a number is said of now and of the whole, and is not too far off."""
    ratio = abs(one.quantity.value / figure.quantity.value)
    said = one.firm and not one.narrow and one.wanted == figure.wanted
    if one.quantity.unit == PERCENT and not same_rate(one, figure):
        return False  # 学员满意度 is not 家长满意度
    return said and _LEAST <= ratio <= _MOST and abs(figure.quantity.value) not in one.sums


def _agree(told: Sequence[Mention], figure: Mention) -> bool:
    """Whether a number stands in several texts, in the table's words or near its number."""
    texts = {one.place[:1] for one in told}
    ratio = abs(told[0].quantity.value / figure.quantity.value)
    near = not figure.wanted and _NEAR[0] <= ratio <= _NEAR[1]
    named = any(same(one, figure) >= Same.HELD for one in told)
    return len(texts) >= _FEWEST and (named or near)
