"""What a worked out number may come from (推算的依据), and whether it is a slip of what they give.

The more numbers it may come from, the more likely one of them gives something alike by chance: so
the more there are, the nearer a slip must be before it is believed. Which numbers are likelier is
told by their bonds: where they stand, and what their words share with those of the claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import factorial

from perfgen.model.numbers import half_up, plain
from perfgen.prose.claims import Claim, Way
from perfgen.prose.data import data
from perfgen.prose.quantities import PERCENT, POINTS, Quantity, kind_of
from perfgen.prose.spans import Span

_ZERO, _HALF, _HUNDRED = Decimal(0), Decimal("0.5"), Decimal(100)
_COUNTED_AS = {
    word: frozenset(kind_of(unit) for unit in units)
    for word, units in data("claims.toml")["counted_as"].items()
}
_OF_A_YEAR = {
    "天": (365, 366), "日": (365, 366), "月": (12,), "个月": (12,), "季": (4,), "季度": (4,),
}  # fmt: skip
_PERSONS = frozenset({"人", "人次"})
_NEAR = Decimal("0.5"), Decimal(2)
_FARTHEST = Decimal(11)
_SHIFTS = (Decimal(10), Decimal("0.1"))
_LEAST_SHIFTED = 3
_MOST_OPERANDS = 48
_SURER = 3
"""By how much the numbers of a slip must be surer than those of a working that fits."""

_LIKELY = ((5, Decimal("0.02")), (3, Decimal("0.015")), (0, Decimal("0.008")))
"""How likely it may be that a right number looks like a slip of some unrelated working, by bond."""


@dataclass(frozen=True, slots=True)
class Operand:
    """A number that others may be worked out from, with its bond to the claim that asks.

    It is `named` where their words share something; `pairs` are its own. `row` names the row of a
    table, `aimed` ones are targets. `summed` ones only explain, and accuse none; `far` ones stand
    in other texts.
    """

    span: Span
    kind: str
    shown: str
    bond: int = 0
    row: str = ""
    named: bool = False
    pairs: frozenset[str] = frozenset()
    summed: bool = False
    far: bool = False
    aimed: bool = False


@dataclass(frozen=True, slots=True)
class Working:
    """What numbers give in the way that a claim says, in the claim's unit, and how likely it is."""

    low: Decimal
    high: Decimal
    shown: str
    bond: int
    summed: bool = False

    @property
    def middle(self) -> Decimal:
        """Return the number in the middle."""
        return (self.low + self.high) / 2


def kinds_of(claim: Claim) -> frozenset[str]:
    """Return the kinds of numbers from which a claim may be worked out, as far as it says."""
    if claim.way is Way.AVERAGE:
        persons = _PERSONS if claim.kind in _PERSONS else {claim.kind}
        return counts_of(claim.unit) | persons
    return frozenset({PERCENT if claim.said.unit == POINTS else claim.kind})


def counts_of(unit: str) -> frozenset[str]:
    """Return the kinds of numbers that count what a word stands for."""
    return _COUNTED_AS.get(unit, frozenset({kind_of(unit)}))


def workings(claim: Claim, operands: Sequence[Operand]) -> Iterator[Working]:
    """Yield what the operands give in the way of a claim, two by two."""
    if claim.of_years:
        operands = [one for one in operands if not one.aimed]
    if claim.way is Way.AVERAGE:
        yield from _averages(claim, operands)
    elif claim.way is Way.DIFFERENCE:
        (kind,) = kinds_of(claim)
        yield from _of_pairs(claim, [one for one in operands if one.kind == kind])
    else:
        kinds = dict.fromkeys(one.kind for one in operands)  # in their order, at every run
        for kind in (one for one in kinds if one not in (PERCENT, POINTS)):
            yield from _of_pairs(claim, [one for one in operands if one.kind == kind])


def _averages(claim: Claim, operands: Sequence[Operand]) -> Iterator[Working]:
    kinds = counts_of(claim.unit)
    counts = [one for one in operands if one.kind in kinds and one.span.low > 1]
    year = (Decimal(many) for many in _OF_A_YEAR.get(claim.unit, ()))
    counts += [Operand(Span(many, many), "", f"{plain(many)}") for many in year]
    for total in operands:
        alike = total.kind == claim.kind or {total.kind, claim.kind} == _PERSONS
        if not alike or total.span.low <= claim.said.value:
            continue
        for count in counts:
            if count is not total and not (total.far and count.far):
                low, high = total.span.low / count.span.high, total.span.high / count.span.low
                yield _working(claim, low, high, f"{total.shown} ÷ {count.shown}", total, count)


def _of_pairs(claim: Claim, operands: Sequence[Operand]) -> Iterator[Working]:
    some = operands[:_MOST_OPERANDS]
    for place, one in enumerate(some):
        for other in some[:place]:
            strange = (one.far and other.far) or not (claim.open or one.named or other.named)
            if not strange and one.span.middle != other.span.middle:
                yield from _of_two(claim, one, other)


def _of_two(claim: Claim, one: Operand, other: Operand) -> Iterator[Working]:
    less, more = (one, other) if one.span.middle < other.span.middle else (other, one)
    if claim.way is Way.DIFFERENCE:
        gap = more.span.minus(less.span)
        yield _working(claim, gap.low, gap.high, f"{more.shown} - {less.shown}", one, other)
        return
    growth = ((less, more),) if claim.less else ((more, less),)
    for part, whole in growth if claim.way is Way.GROWTH else ((less, more), (more, less)):
        if whole.span.low <= 0 or (claim.way is not Way.GROWTH and part.aimed > whole.aimed):
            continue  # no rate is a target's share of its result
        low, high = part.span.share_of(whole.span)
        shown = f"{part.shown} ÷ {whole.shown}"
        if claim.way is Way.GROWTH:
            low, high = sorted((abs(low - _HUNDRED), abs(high - _HUNDRED)))
            shown = f"{shown} - 1"
        yield _working(claim, low, high, shown, one, other)


def _working(
    claim: Claim, low: Decimal, high: Decimal, shown: str, one: Operand, other: Operand
) -> Working:
    scale = claim.said.scale
    bond = one.bond + other.bond
    if one.row and other.row:
        bond += 1 if one.row == other.row else -2
    only_explains = one.summed or other.summed or (claim.way is Way.SHARE and _unlike(one, other))
    return Working(low / scale, high / scale, shown, bond, only_explains)


def _unlike(one: Operand, other: Operand) -> bool:
    """Whether two counts are in units of two things: 60家 are no share of 61件, but of 61个."""
    first, second = (_UNIT.sub("", each.shown) for each in (one, other))
    return first != second and one.kind == _THINGS and not {first, second} & _ANY_THING


_UNIT = re.compile(r"^[^\d]*[\d.]+[百千万亿]{0,2}")
_THINGS, _ANY_THING = "个", {"个", "项", ""}


# --- whether a number is one of them, or a slip ---------------------------------------------------


def fits(said: Quantity, working: Working) -> bool:
    """Return whether a number is what a working gives, rounding aside."""
    number = abs(said.number)
    step = said.step if said.about or said.decimals else _HALF
    return working.low - step <= number <= working.high + step


def slip_of(said: Quantity, found: Sequence[Working]) -> Working | None:
    """Return the working that a number is most likely a slip of; none where chance explains it."""
    fitting = max((one.bond for one in found if fits(said, one)), default=None)
    rivals = _distinct(said, found)
    best: tuple[Decimal, Working] | None = None
    for place, one in enumerate(rivals, start=1):
        chance = _chance(said, one) * place
        if chance and chance <= _likely(one) and (best is None or chance < best[0]):
            best = chance, one
    if best is None or (fitting is not None and fitting + _SURER > best[1].bond):
        return None
    return best[1]


def _likely(working: Working) -> Decimal:
    return next((likely for bond, likely in _LIKELY if working.bond >= bond), _ZERO)


def meant(claim: Claim, operands: Sequence[Operand]) -> Working | None:
    """Return what a number must be, where its words name the two that it comes from.

    `党员占志愿者的48.4%` names both; of an average there is one total and one count.
    """
    near = [one for one in operands if not one.summed and not one.far and not one.aimed]
    near = near if claim.said.unit == POINTS else [one for one in near if one.kind != PERCENT]
    slots = claim.slots
    if claim.way is Way.AVERAGE and "均" in claim.piece:
        found = _distinct(claim.said, list(workings(claim, near)))
    elif slots is not None and slots[1]:
        one, other = (_of_words(words, near) for words in slots)
        one = one if slots[0] else [each for each in near if each.bond >= _RIGHT_BEFORE][:1]
        kinds = {each.kind for each in (*one, *other)}
        same = len(kinds) == 1 or kinds == _PERSONS
        pairs = len(one) == len(other) == 1 and same and one[0].span != other[0].span
        found = list(_of_two(claim, one[0], other[0]))[:1] if pairs else []
    else:
        return None
    if len(found) != 1 or fits(claim.said, found[0]):
        return None
    low, high = _NEAR
    return found[0] if low <= abs(claim.said.number) / found[0].middle <= high else None


_RIGHT_BEFORE = 3


def _of_words(words: frozenset[str], operands: Sequence[Operand]) -> list[Operand]:
    """The numbers whose words share most with some words: one of each value."""
    shared = [(len(one.pairs & words), one) for one in operands]
    most = max((many for many, _ in shared), default=0)
    found = {one.span.middle: one for many, one in shared if many == most and most}
    return list(found.values())


def _distinct(said: Quantity, found: Sequence[Working]) -> list[Working]:
    """One working of each value that is of the size of a number, the surest ones first."""
    size = abs(said.number)
    values: dict[Decimal, Working] = {}
    for one in sorted(found, key=lambda each: -each.bond):
        middle = one.middle
        if not one.summed and middle and size / _FARTHEST <= middle <= size * _FARTHEST:
            values.setdefault(half_up(middle, said.decimals), one)
    return list(values.values())


def _chance(said: Quantity, working: Working) -> Decimal:
    """How likely a number at random would look like a slip of this; 0 where it does not."""
    wanted = half_up(working.middle, said.decimals)
    shifted = (half_up(working.middle * by, said.decimals) for by in _SHIFTS)
    digits = plain(abs(said.number)).replace(".", "").strip("0")
    if len(digits) >= _LEAST_SHIFTED and abs(said.number) in shifted:
        return Decimal(2) / (Decimal(9) * Decimal(10) ** (len(digits) - 1))
    return chance_of_slip(said, wanted, exact=working.middle == wanted)


def chance_of_slip(said: Quantity, wanted: Decimal, *, exact: bool = True) -> Decimal:
    """Return how likely a number at random would be as near to the wanted one as this; else 0.

    Zeros at the end of an exact number say nothing: of round numbers many are alike.
    """
    first, second = (
        plain(abs(one).scaleb(said.decimals)).partition(".")[0] for one in (said.number, wanted)
    )
    if len(first) != len(second) or abs(int(first) - int(second)) <= 1:  # rounded otherwise
        return _ZERO
    bare = max(len(first.rstrip("0")), len(second.rstrip("0")))
    digits = bare if exact else len(first)
    apart = [place for place, (a, b) in enumerate(zip(first, second, strict=True)) if a != b]
    every = Decimal(9) * Decimal(10) ** (digits - 1)
    if sorted(first) != sorted(second):
        return Decimal(9 * digits) / every if len(apart) == 1 else _ZERO
    if len(apart) > 2:
        return Decimal(factorial(digits)) / every
    near = apart[1] - apart[0] == 1
    return Decimal(digits - 1 if near else digits * (digits - 1) // 2) / every
