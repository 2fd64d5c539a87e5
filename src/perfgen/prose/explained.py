"""Numbers that are not an indicator's own, and that their sentence explains (句中说得通的数).

`新建18.5公里、维护12.7公里，合计31.2公里`: each is a part of the result.
`612件中538件，适用率87.9%`: it is the rate of two numbers told before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfgen.prose.expected import Known, Spoken, number_of
from perfgen.prose.quantities import PERCENT, Quantity

MOST_PARTS = 8
_MOST_NUMBERS = 120
"""No sentence tells more; what holds more is a list or no text at all."""

_HUNDRED = Decimal(100)


_ADDED = ("新增", "净增", "增加", "再增", "新添")


def is_explained(said: Quantity, known: Known, spoken: Spoken, lead: str = "") -> bool:
    """Return whether a number is a part of the result or target, by its share or its fellows.

    `lead` are the words before it: what a year added is no level that is told beside it.
    """
    if len(spoken.numbers) > _MOST_NUMBERS:
        return False
    values = [number_of(one) for one in (known.result, *known.targets.values()) if one]
    if said.unit == PERCENT:
        return False
    added = any(word in lead and word not in known.name for word in _ADDED)
    if added and any(one.is_(value) for one in spoken.numbers for value in values):
        return True  # 新增14个村达标，累计达到85个, where the indicator is the 85
    shares = [one for one in spoken.numbers if one.unit == PERCENT and not one.bound]
    is_share = any(  # 调解186件, 占总数的4.44%: a part of the result
        share.is_(said.value / value * _HUNDRED)
        for share in shares
        for value in values
        if 0 < said.value < value
    )
    return is_share or adds_up(spoken.numbers, said, values)


def adds_up(numbers: Sequence[Quantity], said: Quantity, values: Sequence[Decimal]) -> bool:
    """Return whether neighbours of one kind, `said` among them, make one of these values."""
    alike = [one for one in numbers if one.kind == said.kind and not one.bound]
    return any(
        abs(sum((one.value for one in run), Decimal(0)) - value) <= _rounding(run)
        for run in _runs_with(alike, said)
        for value in values
    )


def is_sum_of_next(numbers: Sequence[Quantity], said: Quantity) -> bool:
    """Return whether those right behind a number make it: 62万元由甲48万元、乙14万元承担."""
    place = next((at for at, one in enumerate(numbers) if one is said), len(numbers))
    behind = numbers[place + 1 : place + 1 + MOST_PARTS]
    return any(
        abs(sum((one.value for one in behind[:many]), Decimal(0)) - said.value)
        <= _rounding(behind[:many])
        for many in range(2, len(behind) + 1)
        if all(one.kind == said.kind and not one.bound for one in behind[:many])
    )


def makes_another(numbers: Sequence[Quantity], said: Quantity) -> bool:
    """Return whether a number and its neighbours make another one of their sentence."""
    others = {one.value for one in numbers if one is not said and one.kind == said.kind}
    return any(sum_ in others for sum_ in sums_with(numbers, said))


def sums_with(numbers: Sequence[Quantity], said: Quantity) -> Iterator[Decimal]:
    """Yield what a number makes with its neighbours of one kind."""
    alike = [one for one in numbers if one.kind == said.kind and not one.bound]
    for run in _runs_with(alike, said):
        yield sum((one.value for one in run), Decimal(0))


def _runs_with(numbers: Sequence[Quantity], said: Quantity) -> Iterator[Sequence[Quantity]]:
    """Two and more neighbours, one of which is `said`."""
    place = next((at for at, one in enumerate(numbers) if one is said), None)
    if place is None:
        return
    for start in range(max(0, place - MOST_PARTS), place + 1):
        for stop in range(max(place + 1, start + 2), min(len(numbers), start + MOST_PARTS) + 1):
            yield numbers[start:stop]


def _rounding(run: Sequence[Quantity]) -> Decimal:
    """What rounding may take from a sum: half of the last place of each scaled number."""
    scaled = [one for one in run if one.scale != 1 or one.decimals]
    return sum((Decimal(1).scaleb(-one.decimals) * one.scale / 2 for one in scaled), Decimal(0))


def is_own_rate(said: Quantity, before: Sequence[Quantity]) -> bool:
    """Return whether a rate is that of two numbers of one kind told before it."""
    if said.unit != PERCENT or said.bound:
        return False
    counts = [one for one in before if one.unit != PERCENT and not one.bound][-MOST_PARTS:]
    return any(
        said.is_(part.value / whole.value * _HUNDRED)
        for part in counts
        for whole in counts
        if part.kind == whole.kind and 0 < part.value < whole.value
    )
