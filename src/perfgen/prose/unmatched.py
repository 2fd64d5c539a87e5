"""Numbers of a text that no indicator has, beside indicators that the text does not tell (对不上).

A goal and its indicators are two lists of the same things. What stands in both is set aside; where
one number and one indicator of its unit are left over, and their words touch, they are one thing
with two numbers.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from perfgen.prose.echoes import Same, common_run, same, stages_of
from perfgen.prose.leads import is_narrower
from perfgen.prose.meanings import deeds_in, specific_of, without_vague
from perfgen.prose.mentions import Mention
from perfgen.prose.quantities import PERCENT
from perfgen.prose.slips import is_slip

_LEAST, _MOST = Decimal("0.05"), Decimal(20)
_THIRD, _THRICE = Decimal("0.34"), Decimal("2.95")
_TOUCHING, _NEAR = 2, 3
"""So many characters in a row must stand in both; in texts of many things more."""
_STOCK = re.compile("总[数量][达为]|截[至止]")
"""A whole stock: no indicator of one year's work has it."""
_COMMON_UNITS = frozenset({PERCENT, "个", "项", "次", "人", "名", "分"})
"""Units of which a text may tell anything."""
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
    elsewhere: Callable[[str], Sequence[Mention]],
    *,
    whole_unit: bool,
    of_its_own: bool,
    implied: str = "",
) -> Iterator[Unmatched]:
    """Yield the numbers of a text that are left over, each with the figure that is left over too.

    `figures` are what the text may tell, `known` all numbers that its things have; a number that
    is told `elsewhere` (asked for one unit), of what may be the same, is no slip. Where the text
    is that of the `whole_unit`, with indicators of many things, the words must be nearer; where it
    is not `of_its_own`, with indicators of its own project, the numbers must be so. `implied` is
    what a text speaks of without saying so.
    """
    numbers = _by_kind(told)
    of_kind = _by_kind(known)
    pairs: list[Unmatched] = []
    for kind, wanted in _by_kind(figures).items():
        here = numbers.get(kind, [])
        left = [one for one in wanted if not any(_is(one, said) for said in here)]
        if not left:
            continue
        over = [
            one
            for one in here
            if one.firm
            and not one.narrow
            and not one.change
            and not _STOCK.search(one.words)
            and not _is_share(one)
            and not any(_is(one, other) for other in of_kind.get(kind, []))
            and not any(_bears_out(one, other) for other in elsewhere(kind))
        ]
        pairs += [
            Unmatched(said, figure)
            for said in over
            for figure in left
            if _touch(said, figure, whole_unit=whole_unit, of_its_own=of_its_own)
            or _is_implied(said, figure, implied)
            or (of_its_own and _is_only_one_of_its_unit(said, figure, here, of_kind[kind]))
        ]
    for pair in pairs:
        if _is_only_one(pair, pairs):
            yield pair


def _is_share(one: Mention) -> bool:
    """Whether a number is told with its share of a whole: 汛期打捞4180吨，占全年的65.11%."""
    behind = one.sentence.partition(one.quantity.typed)[2]
    return _SHARE_BEHIND.match(behind) is not None


_SHARE_BEHIND = re.compile(
    r"[^,。;\d]{0,6}[,(]占(?!.{0,6}(?:目标|计划|任务|预算))[^,。;\d]{0,10}\d{1,3}(?:\.\d{1,4})?%"
)


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


def _is_implied(said: Mention, figure: Mention, implied: str) -> bool:
    """Whether a number without a thing of its own (建成18个) is of the thing that is implied."""
    if not implied or specific_of(said.whole) or said.quantity.unit == PERCENT:
        return False
    named = replace(said, lead=said.lead + implied, context="")
    thing = _weight(common_run(implied, figure.lead)) > _NEAR
    return (
        thing
        and bool(deeds_in(said.whole))
        and _touch(named, figure, whole_unit=False, of_its_own=True)
    )


def _is_only_one_of_its_unit(
    said: Mention, figure: Mention, here: Sequence[Mention], known: Sequence[Mention]
) -> bool:
    """Whether a project's text and its indicators have one number each of a unit: 户, 台, 公里.

    A deed must be shared, or nothing be said of what the number counts.
    """
    unit = said.quantity.unit
    if unit != figure.quantity.unit or unit in _COMMON_UNITS or said.quantity.is_money:
        return False
    numbers = [one for one in here if one.quantity.unit == unit]
    things = {one.words for one in known if one.quantity.unit == unit}
    deeds, others = deeds_in(said.whole), deeds_in(figure.lead)
    bare = not specific_of(said.lead) and not specific_of(said.tail)
    return (
        len(numbers) == len(things) == 1
        and (not deeds.isdisjoint(others) or (bare and not (deeds and others)))
        and _may_be(said, figure)
    )


def _is_short_for(said: Mention, figure: Mention) -> bool:
    """Whether some words are short for a figure's: 临展 for 临时展览, 监测站网 for 监测站点网络."""
    short, long = said.lead, figure.lead
    if said.tail or not _TOUCHING <= len(short) < len(long) or short[0] != long[0]:
        return False
    rest = iter(long)
    return short[-1] in long[-2:] and all(char in rest for char in short)


def _may_be(said: Mention, figure: Mention) -> bool:
    """Whether a number is not too far off, and no whole of which the figure is a part."""
    value = figure.quantity.value
    ratio = abs(said.quantity.value / value) if value else 0
    return _THIRD <= ratio <= _THRICE and abs(value) not in said.sums


def _touch(said: Mention, figure: Mention, *, whole_unit: bool, of_its_own: bool) -> bool:
    """Whether a number may be said of a figure: words in common, and none that part them."""
    ratio = abs(said.quantity.value / figure.quantity.value) if figure.quantity.value else 0
    if not _LEAST <= ratio <= _MOST or abs(figure.quantity.value) in said.sums:
        return False
    slip = is_slip(said.quantity.value, figure.quantity.value)
    if not (of_its_own or slip or _THIRD <= ratio <= _THRICE):
        return False
    stages, others = stages_of(said.words), stages_of(figure.words)
    if stages and others and stages.isdisjoint(others):
        return False
    first, second = deeds_in(said.whole), deeds_in(figure.lead)
    if first and second and first.isdisjoint(second):
        return False
    words = (said.whole,) if whole_unit else (said.whole, said.context + said.lead)
    if said.quantity.unit == PERCENT:
        apart = whole_unit and not slip and is_narrower(said.words, figure.words)
        alike = any(_one_rate(one, figure.lead) for one in words)
        return not apart and alike and not (whole_unit and _is_bare(said, figure))
    if _holds(said, figure, whole_unit=whole_unit):
        return True
    if of_its_own and _is_short_for(said, figure):
        return True
    if whole_unit and figure.lead[-2:] not in said.whole:
        return False
    least = _NEAR if whole_unit else _TOUCHING
    return any(_weight(common_run(one, figure.lead)) >= least for one in words)


def _is_bare(said: Mention, figure: Mention) -> bool:
    """Whether a rate is told without its thing, and what stands before is another: 三公……控制率."""
    kind = _RATE_WORD.search(figure.lead)
    word = kind.group() if kind else ""
    own = figure.lead.removesuffix(word)
    bare = word != "" and not said.lead.rpartition(word)[0]
    return bare and own != "" and _weight(common_run(said.context, own)) < _TOUCHING


def _holds(said: Mention, figure: Mention, *, whole_unit: bool) -> bool:
    """Whether all words of the figure stand before the number, or all of the number's in it."""
    long, short = Counter(said.whole), Counter(figure.lead)
    if not figure.lead or not said.whole:
        return False
    heads = figure.lead[-2:] in said.whole
    if heads and not short - long and not whole_unit:  # else it may be a part: 幼儿教师 of 教师
        return True
    return not long - short and specific_of(said.lead) > _NEAR


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
