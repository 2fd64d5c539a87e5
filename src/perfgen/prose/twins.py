"""Numbers that are slips of others, by their digits (看着像笔误的数): 3650本 for 3560本.

Next to no two numbers of one unit differ by chance in the order of two digits alone. So where the
digits say that much, a few words in common are enough; the less they say, the more words it takes.
Words that stand beside many numbers of a report say little, those beside few of them much.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from math import log2
from types import MappingProxyType

from perfgen.prose.echoes import Echo, Same, same, same_rate, stages_of
from perfgen.prose.meanings import bare_words, deeds_in
from perfgen.prose.mentions import Mention
from perfgen.prose.quantities import PERCENT
from perfgen.prose.slip_kinds import Slip, are_two_things, keys_of, slip_of

_FIGURES = 9
"""The weight of a table's own figures: they are never the odd one."""

_LONG, _TWO = 3, 2
"""Numbers of so many digits are seldom alike by chance; of two digits many are."""

_UNSAID = re.compile(
    "[的了已共达为是将把其该均、,及和与等在全年]|不低于|不少于|不超过|以上|以内|以下|"
    "支出|资金|预算|经费|费用|安排|用于|使用|执行|金额|万元"
)
_EACH = re.compile("均|每|单价|标准")
_DEED = re.compile("[\ue000-\uf8ff]")
_WORKED_OUT = re.compile(
    "合计|合共|共计|总计|[两三四五六七八九十]项|结余|剩余|余|节约|节省|相差|差额|净"
)

_CONTEXT, _BOTH_CONTEXTS, _SENTENCES = 0.7, 0.4, 0.3
"""What a word counts that stands only in the clause before the one number, or before both, or
anywhere in both sentences."""

_LONG_NEIGHBOUR, _SHORT_NEIGHBOUR = 4.0, 1.5
"""What a number counts that stands beside both."""

_OTHER_MONEY = re.compile(
    "收入|合同|中标|成交|控制价|评审价|造价|概算|估算|送审|审定|投资|挽回|贷款|产值|收缴|罚没|收费"
)
"""Amounts that no table of the budget has."""

_SHARE = re.compile(r"占[^,。;\d]{0,8}(\d{1,3}(?:\.\d{1,4})?)%")

_UNIT = 0.5
"""What the unit counts, by how rare it is in the report."""

_OTHER_HEADS = 0.5
"""What words in common still count where what is counted has two names."""

_LONGEST = 300
"""So many characters of a sentence are looked at."""

_MOST_WORDS = 0.6
"""What part of the words must be found again, by what they say."""

_TURNED = frozenset({Slip.TURNED_LONG, Slip.TURNED, Slip.TURNED_SHORT})
_OF_SOME = re.compile("最[大小多少高低长短早快]|其中|[一1][家所个处名户座]")

_OFTEN = 2
"""Told in so many other places, a number is the right one."""


@dataclass(frozen=True, slots=True)
class _Said:
    """The pairs of characters around a number, in the clause before it, and in its sentence."""

    own: frozenset[str]
    before: frozenset[str]
    sentence: frozenset[str]


def twins(
    told: Sequence[Mention], topics: Mapping[int, str] = MappingProxyType({})
) -> Iterator[Echo]:
    """Yield the numbers that stand nowhere else and are a slip of one that is told elsewhere.

    `topics` say by the mention's id what its whole text is about.
    """
    index = _Index(told, topics)
    for one in told:
        odd = one.weight < _FIGURES and _may_be_odd(one)
        if odd and not index.is_borne_out(one) and not index.is_part(one):
            right = index.meant(one)
            if right is not None:
                yield Echo(one, right)


def _may_be_odd(one: Mention) -> bool:
    quantity = one.quantity
    return (one.firm or not quantity.bound) and not quantity.about


class _Index:
    """The numbers of a report by unit and digits, and how rare the words around them are."""

    def __init__(self, told: Sequence[Mention], topics: Mapping[int, str]) -> None:
        self._topics = topics
        self._said: dict[int, _Said] = {}
        self._by_digits: dict[tuple[str, str], list[Mention]] = defaultdict(list)
        self._by_kind: dict[str, list[Mention]] = defaultdict(list)
        self._by_value: dict[tuple[str, Decimal], list[Mention]] = defaultdict(list)
        self._by_typed: dict[str, dict[str, list[Mention]]] = defaultdict(dict)
        beside: dict[str, set[tuple[str, Decimal]]] = defaultdict(set)
        for one in told:
            said = self._said[id(one)] = _said(one, topics.get(id(one), ""))
            value = (_kind(one), abs(one.quantity.value))
            self._by_kind[_kind(one)].append(one)
            self._by_value[value].append(one)
            self._by_typed[_kind(one)].setdefault(one.quantity.typed, []).append(one)
            for key in keys_of(one):
                self._by_digits[_kind(one), key].append(one)
            for pair in said.own | said.before | said.sentence:
                beside[pair].add(value)
        self._rarity = {
            pair: log2(1 + len(self._by_value) / len(values)) for pair, values in beside.items()
        }
        kinds = Counter(kind for kind, _ in self._by_value)
        self._units = {kind: log2(1 + len(self._by_value) / many) for kind, many in kinds.items()}

    def is_borne_out(self, one: Mention) -> bool:
        """Return whether the number stands in another place, or is a rounded one of there."""
        said = one.quantity
        long = said.is_money or len(one.digits) >= _LONG
        return any(
            other is not one
            and other.place != one.place
            and (long or same(one, other) >= Same.TOUCHING)
            for some in self._by_typed[_kind(one)].values()
            if said.is_(some[0].quantity.value) or some[0].quantity.is_(said.value)
            for other in some
        )

    def is_part(self, one: Mention) -> bool:
        """Return whether the number makes one that is told with those beside it."""
        return any(
            len(whole.digits) >= _LONG or whole.place[:1] == one.place[:1]
            for value in one.sums
            for whole in self._by_value.get((_kind(one), value), ())
        )

    def meant(self, one: Mention) -> Mention | None:
        """Return the number that is likely meant: the one with most words in common."""
        best, most = None, 0.0
        for other in self._alike(one):
            slip = slip_of(one, other)
            if slip is None or other.place == one.place or not _may_be_one(one, other, slip):
                continue
            if slip is Slip.NEAR and not self._is_told_often(one, other):
                continue
            if self._stands_beside(one, other) or self._is_of_another(one, other):
                continue
            if slip not in _TURNED and not self._is_one_thing(one, other, slip):
                continue
            weight = self._in_common(one, other)
            if weight >= max(slip.value, most) and self._is_more(one, other):
                best, most = other, weight
        return best

    def _alike(self, one: Mention) -> Iterable[Mention]:
        """The numbers of its unit: those with its digits, and those with its words."""
        kind = _kind(one)
        some = {id(other): other for key in keys_of(one) for other in self._by_digits[kind, key]}
        pairs = self._said[id(one)].own
        for other in self._by_kind[kind] if one.firm else ():
            if not pairs.isdisjoint(self._said[id(other)].own):
                some.setdefault(id(other), other)
        return some.values()

    def _stands_beside(self, one: Mention, other: Mention) -> bool:
        """Whether the other number stands in this one's own sentence, too: they are two things."""
        value = (_kind(other), abs(other.quantity.value))
        return any(some.place == one.place for some in self._by_value.get(value, ()))

    def _is_of_another(self, one: Mention, other: Mention) -> bool:
        """Whether two amounts stand in the texts of two things that have their own money."""
        here, there = (self._topics.get(id(some), "") for some in (one, other))
        apart = bool(here and there) and here not in there and there not in here
        return apart and one.quantity.is_money and other.weight < _FIGURES

    def _is_one_thing(self, one: Mention, other: Mention, slip: Slip) -> bool:
        """Whether the words of the one are found again around the other: 自助借还 is not 借还."""
        if _OF_SOME.search(one.sentence.partition(one.quantity.typed)[0]):
            return False
        shorter = self._is_found(one, other)
        return shorter or (slip is not Slip.NEAR and self._is_found(other, one))

    def _is_found(self, one: Mention, other: Mention) -> bool:
        here, there = self._said[id(one)], self._said[id(other)]
        around = there.own | there.before | there.sentence
        return self._weight(here.own & around) >= _MOST_WORDS * self._weight(here.own)

    def _is_told_often(self, one: Mention, other: Mention) -> bool:
        """Whether a number stands in several places, always of the same thing as the one here."""
        if same(one, other) < Same.HELD:
            return False
        places = {
            some.place[:2]
            for some in self._by_value[_kind(other), abs(other.quantity.value)]
            if some is not other and some.place != other.place and same(some, other) >= Same.HELD
        }
        return len(places) >= _OFTEN

    def _is_more(self, one: Mention, other: Mention) -> bool:
        """Whether the other one is rather believed: a table's, a table's text, or told twice."""
        if other.weight != one.weight:
            return other.weight > one.weight or self.is_borne_out(other)
        return self.is_borne_out(other) or other.place < one.place

    def _in_common(self, one: Mention, other: Mention) -> float:
        """How much the words say that stand around both numbers."""
        here, there = self._said[id(one)], self._said[id(other)]
        own = here.own & there.own
        half = ((here.own & there.before) | (here.before & there.own)) - own
        far = (here.before & there.before) - own - half
        weight = (
            self._weight(own) + _CONTEXT * self._weight(half) + _BOTH_CONTEXTS * self._weight(far)
        )
        whole = here.sentence & (there.sentence | there.own | there.before)
        weight += _SENTENCES * self._weight(whole - own - half - far)
        if weight:
            weight += _UNIT * self._units.get(_kind(one), 0.0)
        if _other_heads(one, other) and not one.quantity.is_money:
            weight *= _OTHER_HEADS
        return weight + _of_neighbours(one.beside & other.beside)

    def _weight(self, pairs: Iterable[str]) -> float:
        return sum(self._rarity.get(pair, 0.0) for pair in pairs)


def _of_neighbours(typed: Iterable[str]) -> float:
    long = [sum(char.isdigit() for char in one) >= _LONG for one in typed]
    return max((_LONG_NEIGHBOUR if one else _SHORT_NEIGHBOUR for one in long), default=0.0)


def _may_be_one(one: Mention, other: Mention, slip: Slip) -> bool:
    """Whether nothing says that the two are of two things."""
    if abs(other.quantity.value) in one.sums or abs(one.quantity.value) in other.sums:
        return False
    stages, others = stages_of(one.words), stages_of(other.words)
    if stages and others and stages.isdisjoint(others):
        return False
    if one.quantity.unit == PERCENT and not (one.firm and other.firm and same_rate(one, other)):
        return False
    if one.elsewhen or other.elsewhen:
        return False
    of_a_table = one.quantity.is_money and other.weight >= _FIGURES
    if _is_other_money(one, other) or _is_told_share(one, other):
        return False
    if one.wanted != other.wanted and min(one.weight, other.weight) <= 1 and not of_a_table:
        return False  # in running text a plan may be any number
    first, second = deeds_in(one.whole), deeds_in(other.whole)
    if first and second and first.isdisjoint(second) and not one.quantity.is_money:
        return False  # 走访企业206家, 培训企业260家
    if slip in (Slip.TURNED, Slip.TURNED_LONG):
        return True
    if are_two_things(one, other) and not one.quantity.is_money and slip is Slip.TURNED_SHORT:
        return False
    if not other.firm and other.weight < _FIGURES:
        return False
    if not one.firm or one.wanted != other.wanted or _is_each(one) != _is_each(other):
        return slip is Slip.TURNED_SHORT and one.firm and _is_each(one) == _is_each(other)
    return not (first and second and first.isdisjoint(second))


def _is_other_money(one: Mention, other: Mention) -> bool:
    """Whether an amount is a sum or a rest, near to any by chance, or none of the budget's."""
    if not one.quantity.is_money:
        return False
    of_a_table = other.weight >= _FIGURES
    summed = _WORKED_OUT.search(one.words) is not None
    return summed or (of_a_table and _OTHER_MONEY.search(one.words) is not None)


def _is_told_share(one: Mention, other: Mention) -> bool:
    """Whether a number is the share of the other that its sentence tells: 346万元, 占总额的10%."""
    return any(
        one.quantity.is_(other.quantity.value * Decimal(share) / 100)
        for share in _SHARE.findall(one.sentence)
    )


def _kind(one: Mention) -> str:
    """The unit of a number; a price (元/人) is told as 每人……元, too."""
    return one.quantity.kind.partition("/")[0]


def _is_each(one: Mention) -> bool:
    """Whether a number is of a part, or of each one."""
    return one.narrow or _EACH.search(one.words) is not None


def _other_heads(one: Mention, other: Mention) -> bool:
    """Whether each counts something that the other does not speak of: 蔬菜412批次, 水果421批次."""
    return (
        len(one.head) == len(other.head) == _TWO
        and one.head not in other.context + other.whole
        and other.head not in one.context + one.whole
    )


def _said(one: Mention, topic: str) -> _Said:
    own = _pairs(one.lead) | _pairs(one.tail)
    before = _pairs(one.context) | _pairs(one.context + one.lead) | _pairs(bare_words(topic, ()))
    return _Said(own, before - own, _pairs_of_sentence(one.sentence))


@lru_cache(maxsize=2048)
def _pairs_of_sentence(sentence: str) -> frozenset[str]:
    return _pairs(bare_words(sentence[:_LONGEST], ()))


def _pairs(words: str) -> frozenset[str]:
    """The pairs of characters that say something, and the deeds."""
    bare = _UNSAID.sub("", words)
    pairs = {bare[place : place + 2] for place in range(len(bare) - 1)}
    return frozenset(pairs) | frozenset(_DEED.findall(bare))
