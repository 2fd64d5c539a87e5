"""A whole and its parts that would add up but for one slip (部分之和): 其中, brackets, lists.

`追加132.5万元：提标86万元，改造64.5万元` adds up with 46.5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfgen.model.numbers import half_up
from perfgen.prose.claims import Said
from perfgen.prose.quantities import PERCENT, POINTS, Quantity
from perfgen.prose.spans import Span
from perfgen.prose.workings import chance_of_slip

_LISTS = re.compile(
    "其中|包括|包含|分别(?:为|是)?|分为|主要(?:是|为|用于|集中)|集中在|由|:|\\(|[中里],|^[中里]"
)
_TOTAL = re.compile("(?:合计|共计|总计|共|总额|总数)[^,;:()]{0,4}$")
_APART = re.compile("另|此外|比|较|增|减|降|上年|去年|超|不含|每|均|目标|计划|还有")
_MOST_PARTS = 8
_OVER, _UNDER = Decimal("0.02"), Decimal("0.005")
"""How likely a slip may be by chance: where the parts are more than the whole, and where less."""


@dataclass(frozen=True, slots=True)
class PartSlip:
    """A number of a whole or its parts, and what it should be for them to add up."""

    said: Quantity
    wanted: Decimal
    shown: str


def part_slips(numbers: Sequence[Said], before: Sequence[Said] = ()) -> Iterator[PartSlip]:
    """Yield the slips in the lists of a sentence. `before` are wholes that may have been told."""
    for first in range(len(numbers) - 1):
        whole = _whole(numbers, first, before)
        if whole is None:
            continue
        parts = _parts(numbers, first, whole.quantity)
        if len(parts) < 2:
            continue
        slip = _slip(whole.quantity, parts, told=whole in numbers)
        if slip is not None:
            yield slip


def _whole(numbers: Sequence[Said], first: int, before: Sequence[Said]) -> Said | None:
    """The whole of a list that begins at a number: the number before it, or one told before."""
    part = numbers[first]
    if not _LISTS.search(part.lead) or _APART.search(part.lead) or part.quantity.bound:
        return None
    earlier = [one for one in numbers[:first] if one.quantity.unit not in (PERCENT, POINTS)]
    near = earlier[-1:] or list(before)
    same = [one for one in near if one.quantity.kind == part.quantity.kind]
    return same[-1] if same and not same[-1].quantity.bound else None


def _parts(numbers: Sequence[Said], first: int, whole: Quantity) -> list[Quantity]:
    parts: list[Quantity] = []
    for one in numbers[first : first + _MOST_PARTS]:
        quantity = one.quantity
        ends = parts and (_APART.search(one.lead) or _TOTAL.search(one.lead) or "其中" in one.lead)
        if quantity.kind != whole.kind or quantity.bound or quantity.about or ends:
            break
        parts.append(quantity)
    return parts


def _slip(whole: Quantity, parts: Sequence[Quantity], *, told: bool) -> PartSlip | None:
    """The one number that is a slip of what would make whole and parts add up."""
    beginnings = [parts[:many] for many in range(2, len(parts) + 1)]
    if any(Span.sum_of(some).meets(Span.of(whole)) for some in beginnings):
        return None
    if len({one.value for one in parts}) == 1:
        return None
    summed = sum((one.value for one in parts), Decimal(0))
    likely = _OVER if summed > whole.value else _UNDER
    found: list[PartSlip] = []
    for number in (*parts, *([whole] if told else [])):
        rest = whole.value - (summed - number.value) if number is not whole else summed
        wanted = rest / number.scale
        exact = wanted > 0 and half_up(wanted, number.decimals) == wanted
        chance = chance_of_slip(number, wanted) if exact else Decimal(0)
        if chance and chance * len(parts) <= likely:
            shown = " + ".join(one.typed for one in parts)
            found.append(PartSlip(number, wanted, f"{whole.typed}、{shown}"))
    return found[0] if len(found) == 1 else None
