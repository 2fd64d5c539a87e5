"""Numbers that are told twice (同一件事说了两遍), and differ: which of them is the odd one out.

Two numbers are of one thing by their words, by the numbers beside them, or by their digits: the
weaker the words, the more must the one look like a slip of the other. A number that stands in
another place too is borne out (印证) and is not the odd one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from functools import lru_cache
from itertools import takewhile

from perfgen.model.numbers import plain
from perfgen.prose.deeds import STAGES
from perfgen.prose.meanings import deeds_in, specific_of, weight_of
from perfgen.prose.mentions import Mention
from perfgen.prose.quantities import PERCENT
from perfgen.prose.slips import is_slip, swapped_apart

_MOST_ALIKE = 40
"""So many numbers that look alike are compared with each other; a text of lists has more."""

_NAMED, _SURELY = 2, 4
"""So many characters besides the deed name a thing; `_SURELY` so well that no slip is needed."""
_SHORTENED = _HEAD = _RATE_WORD = 3
_WHOLE_RATE = 5
_LONG = 3
"""Numbers of so many digits are seldom alike by chance."""

_FIGURES = 9
"""The weight of a table's own figures: they are never the odd one."""

_NEAR = Decimal("0.8"), Decimal("1.25")
_FAR = Decimal(4)
"""How far off a number with the very same words may be, where the other is rather believed."""
_HALF, _TWICE = Decimal("0.5"), Decimal(2)


class Same(IntEnum):
    """How surely two numbers are said of one thing, by their words."""

    NO = 0
    TOUCHING = 1
    HELD = 2
    NAMED = 3


@dataclass(frozen=True, slots=True)
class Echo:
    """A number that is another one elsewhere."""

    wrong: Mention
    right: Mention


def echoes(told: Sequence[Mention]) -> Iterator[Echo]:
    """Yield the numbers that are told otherwise elsewhere, each once, with the other place."""
    index = _Index(told)
    done: set[int] = set()
    for one, other in index.pairs():
        if id(one) in done or id(other) in done:
            continue
        odd = index.odd_one(one, other)
        if odd is not None:
            done.add(id(odd))
            yield Echo(odd, other if odd is one else one)


class _Index:
    """The mentions of a report, by their words, neighbours and digits."""

    def __init__(self, told: Sequence[Mention]) -> None:
        self._told = told
        self._by_value: dict[Decimal, list[Mention]] = defaultdict(list)
        for one in told:
            self._by_value[abs(one.quantity.value)].append(one)
        self._borne_out: dict[int, bool] = {}

    def pairs(self) -> Iterator[tuple[Mention, Mention]]:
        """Yield pairs that may be one thing with two numbers, the surest first."""
        firm = [one for one in self._told if one.firm]
        seen: set[tuple[int, int]] = set()
        for keys in (_by_words, _by_neighbours, _by_digits, _by_head):
            groups: dict[tuple[str, ...], list[Mention]] = defaultdict(list)
            for one in firm:
                for key in keys(one):
                    groups[(one.quantity.kind, *key)].append(one)
            for group in groups.values():
                for place, one in enumerate(group[:_MOST_ALIKE]):
                    for other in group[place + 1 : _MOST_ALIKE]:
                        pair = (id(one), id(other))
                        if pair not in seen:
                            seen.add(pair)
                            yield one, other

    def odd_one(self, one: Mention, other: Mention) -> Mention | None:
        """Return which of two is not the other, and should be; None where nothing says so."""
        if one.place == other.place or (one.wanted != other.wanted and not _turned(one, other)):
            return None
        if min(one.weight, other.weight) >= _FIGURES:
            return None
        if one.quantity.is_(other.quantity.value) or other.quantity.is_(one.quantity.value):
            return None
        first, second = self._is_borne_out(one), self._is_borne_out(other)
        if first and second:
            return None
        odd, even = (
            (other, one) if first or (not second and one.weight > other.weight) else (one, other)
        )
        if odd.weight >= _FIGURES or abs(even.quantity.value) in odd.sums:
            return None  # with its neighbours it makes the other one: it is a part of that
        if not _are_one(odd, even, borne_out=first or second):
            return None
        return odd

    def _is_borne_out(self, one: Mention) -> bool:
        if one.weight >= _FIGURES:
            return True
        if id(one) not in self._borne_out:
            self._borne_out[id(one)] = any(
                other is not one and other.place != one.place and _bears_out(one, other)
                for other in self._by_value[abs(one.quantity.value)]
            )
        return self._borne_out[id(one)]


def _bears_out(one: Mention, other: Mention) -> bool:
    """Whether an equal number elsewhere is likely said of the same thing."""
    alike = one.quantity.kind == other.quantity.kind
    if len(one.digits) >= _LONG:
        return alike or len(one.digits) > _LONG
    return alike and same(one, other) >= Same.TOUCHING


def _by_words(one: Mention) -> Iterator[tuple[str, ...]]:
    for words in one.wordings:
        if weight_of(words) >= 2:
            yield ("".join(sorted(words)),)


def _by_neighbours(one: Mention) -> Iterator[tuple[str, ...]]:
    for typed in one.beside:
        yield (typed,)


def _by_digits(one: Mention) -> Iterator[tuple[str, ...]]:
    """The digits sorted, and with each left out in its turn: slips of one number share a key."""
    digits = plain(abs(one.quantity.value)).replace(".", "").lstrip("0")
    if len(digits) < 2:
        return
    yield ("".join(sorted(digits)),)
    if len(digits) >= _LONG:
        for place in range(len(digits)):
            yield (digits[:place] + "*" + digits[place + 1 :],)


def _by_head(one: Mention) -> Iterator[tuple[str, ...]]:
    """The last word before a number, or the first behind it: what is counted."""
    if not one.quantity.is_money:
        yield (one.head,)


def _are_one(odd: Mention, even: Mention, *, borne_out: bool) -> bool:
    """Whether two different numbers are likely meant to be the same.

    `borne_out` says that `even` stands in another place, too.
    """
    said, right = odd.quantity, even.quantity
    apart = swapped_apart(said.value, right.value)
    digits = min(len(odd.digits), len(even.digits))
    near = same(odd, even)
    if near is Same.NO:
        return (
            borne_out
            and apart == 1
            and digits >= _LONG
            and not (odd.context + odd.whole or said.is_money)
        )
    if said.unit == PERCENT and near is not Same.NAMED:
        return near is Same.HELD and apart == 1 and digits >= _LONG and same_rate(odd, even)
    together = not odd.beside.isdisjoint(even.beside)
    close = bool(right.value) and _HALF <= abs(said.value / right.value) <= _TWICE
    slip = is_slip(said.value, right.value)
    counts = (one for one in odd.beside & even.beside if not one.endswith("元"))
    one_deed = not deeds_in(odd.whole).isdisjoint(deeds_in(even.whole))
    linked = one_deed and any(_digits_of(one) >= _LONG for one in counts)
    if near is Same.NAMED:
        surely = min(specific_of(one.lead or one.tail) for one in (odd, even))
        believed = (even.weight > odd.weight or borne_out) and not (odd.narrow or even.narrow)
        close = close or (believed and _is_within(said.value, right.value, _FAR))
        alike = close and (surely >= _SURELY or together or _one_digit(odd, even))
        return slip or (alike and not said.is_money)
    if linked and close and not said.is_money and odd.narrow == even.narrow:
        return True
    if odd.narrow != even.narrow or (odd.narrow and digits < _LONG):
        return False
    if near is Same.HELD:
        if borne_out and _is_near(said.value, right.value) and _shortened(odd, even):
            return True
        return apart > 0 or (slip and digits >= _LONG) or (together and close)
    return (
        (apart == 1 and digits >= _LONG)
        or (together and slip)
        or (apart > 0 and _deed_only(odd, even))
    )


def _turned(one: Mention, other: Mention) -> bool:
    """Whether one row's goal and its result are one number with its digits turned about.

    In running text a plan may be any number; the cells of a table are written side by side.
    """
    if min(one.weight, other.weight) <= 1:
        return False
    turned = swapped_apart(one.quantity.value, other.quantity.value) > 0
    return turned and not one.quantity.is_money and same(one, other) >= Same.HELD


def _digits_of(typed: str) -> int:
    """How many digits a number has, as it is written."""
    return sum(char.isdigit() for char in typed)


def _is_within(said: Decimal, right: Decimal, far: Decimal) -> bool:
    """Whether one number is no more than so many times the other."""
    return bool(said and right) and 1 / far <= abs(said / right) <= far


def same_rate(odd: Mention, even: Mention) -> bool:
    """Whether two rates have one name, and the odd one is of nothing narrower."""
    if odd.lead[-_RATE_WORD:] != even.lead[-_RATE_WORD:] or odd.narrow or even.narrow:
        return False
    if len(even.lead) >= _WHOLE_RATE and odd.lead.endswith(even.lead):
        return True  # 查出问题整改率 for 问题整改率
    more = Counter(odd.lead) - Counter(even.context + even.lead)
    return not specific_of("".join(more)) and len(odd.context + odd.lead) > _RATE_WORD


def _one_digit(one: Mention, other: Mention) -> bool:
    """Whether numbers of two digits and more differ in one of them."""
    first, second = one.digits, other.digits
    if one.quantity.unit == PERCENT or weight_of(one.lead) <= _NAMED:
        return False
    if not len(first) == len(second) >= 2:
        return False
    return sum(a != b for a, b in zip(first, second, strict=True)) == 1


def _deed_only(one: Mention, other: Mention) -> bool:
    """Whether both tell of one deed and of nothing else: 造林4.8万亩."""
    return one.lead == other.lead != "" and not specific_of(one.lead) and not one.tail


def _is_near(said: Decimal, right: Decimal) -> bool:
    return bool(right) and _NEAR[0] <= abs(said / right) <= _NEAR[1]


def _shortened(odd: Mention, even: Mention) -> bool:
    """Whether the odd one's words are the other's, some left out: 示范村 for 乡村建设示范村."""
    said = odd.wordings[0]
    return specific_of(said) >= _SHORTENED and any(
        len(said) <= len(words) and not Counter(said) - Counter(words) for words in even.wordings
    )


def same(one: Mention, other: Mention) -> Same:
    """Return how surely the words around two numbers name one thing."""
    stages, others = stages_of(one.words), stages_of(other.words)
    if stages and others and stages.isdisjoint(others):
        return Same.NO
    far = stages != others  # then what stands before must not make them alike
    first_words, second_words = (
        (some.lead, some.whole) if far and not some.change else some.wordings
        for some in (one, other)
    )
    near = max(_near(first, second) for first in first_words for second in second_words)
    if near is Same.NO:
        return near
    first, second = deeds_in(one.whole), deeds_in(other.whole)
    if near < Same.NAMED and first and second and first.isdisjoint(second):
        return Same.NO
    if near is Same.TOUCHING and _one_head(one, other) >= _HEAD:
        return Same.HELD
    if near is Same.TOUCHING and not (_head_in(one, other) or _head_in(other, one)):
        return Same.NO
    return near


def _one_head(one: Mention, other: Mention) -> int:
    """How long the run is with which both name what is counted: 社区服务点58个, 58个服务点."""
    if not one.lead and not other.lead:
        return 0
    said, there = (one, other) if one.lead else (other, one)
    if there.lead:
        shared = (a == b for a, b in zip(reversed(said.lead), reversed(there.lead), strict=False))
        return sum(1 for _ in takewhile(bool, shared))
    ends = (length for length in range(len(said.lead), 0, -1))
    return next((length for length in ends if there.tail.startswith(said.lead[-length:])), 0)


def _head_in(one: Mention, other: Mention) -> bool:
    """Whether what is counted is spoken of there too."""
    return weight_of(one.head) >= _NAMED and one.head in other.context + other.whole


@lru_cache(maxsize=4096)
def stages_of(words: str) -> frozenset[int]:
    """Return which stages of one work the words tell of: what comes in is not what is settled."""
    return frozenset(
        place for place, stage in enumerate(STAGES) if any(word in words for word in stage)
    )


@lru_cache(maxsize=8192)
def _near(first: str, second: str) -> Same:
    if not first or not second:
        return Same.NO
    short, long = sorted((first, second), key=len)
    if sorted(short) == sorted(long):
        return Same.NAMED if specific_of(short) >= _NAMED else Same.TOUCHING
    if weight_of(common_run(short, long)) < 2:
        return Same.NO
    held = not Counter(short) - Counter(long)
    return Same.HELD if held and specific_of(short) > _NAMED else Same.TOUCHING


def common_run(first: str, second: str) -> str:
    """Return the run of characters that stands in both and says most."""
    best = ""
    for start in range(len(first)):
        for end in range(start + 1, len(first) + 1):
            if first[start:end] not in second:
                break
            best = max(best, first[start:end], key=weight_of)
    return best
