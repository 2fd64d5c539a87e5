"""Numbers of a text that no indicator has, beside indicators that the text does not tell (对不上).

A goal and its indicators are two lists of the same things. What stands in both is set aside; where
one number and one indicator of its unit are left over, and their words touch, they are one thing
with two numbers.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfgen.prose.echoes import Same, common_run, same, stages_of
from perfgen.prose.leads import is_narrower
from perfgen.prose.meanings import deeds_in, specific_of, without_vague
from perfgen.prose.mentions import Mention
from perfgen.prose.quantities import PERCENT
from perfgen.prose.slips import is_slip

_LEAST, _MOST = Decimal("0.05"), Decimal(20)
_TOUCHING, _NEAR = 2, 3
"""So many characters in a row must stand in both; in texts of many things more."""
_RATE_WORD = re.compile("[\u4e00-\u9fff\ue000-\uf8ff]{0,2}[率度]$|占比$|比[例重]$|增长$|下降$")
_OF_MONEY = re.compile("(?:执行|支出|支付|结余|结转|完成|到位|使用)率|进度")
"""Rates of money: another rule holds them against the tables."""


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A number of a text, and what an indicator has instead."""

    said: Mention
    figure: Mention


def unmatched(
    told: Sequence[Mention],
    figures: Sequence[Mention],
    known: Sequence[Mention],
    elsewhere: Sequence[Mention],
    *,
    whole_unit: bool,
) -> Iterator[Unmatched]:
    """Yield the numbers of a text that are left over, each with the figure that is left over too.

    `figures` are what the text may tell, `known` all numbers that its things have; a number that
    is told `elsewhere`, of what may be the same, is no slip. Where the text is that of the
    `whole_unit`, with indicators of many things, the words must be nearer.
    """
    numbers = _by_kind(told)
    of_kind = _by_kind(known)
    borne_out = _by_kind(elsewhere)
    pairs: list[Unmatched] = []
    for kind, wanted in _by_kind(figures).items():
        here = numbers.get(kind, [])
        left = [one for one in wanted if not any(_is(one, said) for said in here)]
        over = [
            one
            for one in here
            if one.firm
            and not one.narrow
            and not one.change
            and not any(_is(one, other) for other in of_kind.get(kind, []))
            and not any(_bears_out(one, other) for other in borne_out.get(kind, []))
        ]
        pairs += [
            Unmatched(said, figure)
            for said in over
            for figure in left
            if _touch(said, figure, whole_unit=whole_unit)
        ]
    for pair in pairs:
        if _is_only_one(pair, pairs):
            yield pair


def _is_only_one(pair: Unmatched, pairs: Sequence[Unmatched]) -> bool:
    """Whether neither the number nor the figure may be another one."""
    figures = {one.figure.quantity.value for one in pairs if one.said is pair.said}
    numbers = {one.said.quantity.value for one in pairs if one.figure is pair.figure}
    first = next(one for one in pairs if one.said is pair.said)
    return len(figures) == len(numbers) == 1 and first is pair


def _by_kind(some: Sequence[Mention]) -> dict[str, list[Mention]]:
    found: dict[str, list[Mention]] = defaultdict(list)
    for one in some:
        found[one.quantity.kind].append(one)
    return found


def _is(one: Mention, other: Mention) -> bool:
    """Whether two numbers are one; a fall of 5.6% is told without the table's minus."""
    first, second = one.quantity, other.quantity
    values = abs(first.value), abs(second.value)
    return (
        first.is_(second.value)
        or second.is_(first.value)
        or (min(values) > 0 and len(set(values)) == 1)
    )


def _bears_out(one: Mention, other: Mention) -> bool:
    return other.place != one.place and _is(one, other) and same(one, other) >= Same.TOUCHING


def _touch(said: Mention, figure: Mention, *, whole_unit: bool) -> bool:
    """Whether a number may be said of a figure: words in common, and none that part them."""
    ratio = abs(said.quantity.value / figure.quantity.value) if figure.quantity.value else 0
    if not _LEAST <= ratio <= _MOST:
        return False
    stages, others = stages_of(said.words), stages_of(figure.words)
    if stages and others and stages.isdisjoint(others):
        return False
    first, second = deeds_in(said.whole), deeds_in(figure.lead)
    if first and second and first.isdisjoint(second):
        return False
    words = (said.whole,) if whole_unit else (said.whole, said.context + said.lead)
    if said.quantity.unit == PERCENT:
        slip = is_slip(said.quantity.value, figure.quantity.value)
        apart = whole_unit and not slip and is_narrower(said.words, figure.words)
        return not apart and any(_one_rate(one, figure.lead) for one in words)
    if whole_unit and figure.lead[-2:] not in said.whole:
        return False
    least = _NEAR if whole_unit else _TOUCHING
    return any(_weight(common_run(one, figure.lead)) >= least for one in words)


def _weight(run: str) -> int:
    """How many characters of a run say what is counted: 人员 and 单位 say nothing."""
    return specific_of(without_vague(run))


def _one_rate(said: str, name: str) -> bool:
    """Whether two rates are of one thing: what stands before 合格率 is shared, or left out."""
    kind = _RATE_WORD.search(name)
    word = kind.group() if kind else ""
    if _OF_MONEY.search(said) or (word and word not in said):
        return False
    front, own = said.rpartition(word)[0] if word else said, name.removesuffix(word)
    if word and not front:
        return True
    return _weight(common_run(front, own)) >= _TOUCHING
