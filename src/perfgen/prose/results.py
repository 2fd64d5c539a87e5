"""Sentences that state an indicator's result in words of their own (指标完成值).

`新建步道7.3公里` is about 新建步道长度, `满意率91%` about 满意度. An indicator and a clause are compared
by the characters that carry their meaning; words for one deed count as one, and words that change
nothing as none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum

from perfgen.model.measure import Measure
from perfgen.prose import deeds
from perfgen.prose.quantities import Quantity, quantities
from perfgen.prose.slips import is_slip
from perfgen.prose.text import Clause, folded, sentences


class Near(IntEnum):
    """How near the words of a clause are to an indicator's name."""

    NO = 0
    PARTLY = 1
    ALIKE = 2
    FULLY = 3


@dataclass(frozen=True, slots=True)
class Known:
    """An indicator as sentences may tell it. `values` are its result and its targets."""

    name: str
    unit: str
    result: Measure
    targets: tuple[Measure, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A number said of an indicator that is not its result."""

    known: Known
    quantity: Quantity
    words: str
    near: Near


_DEEDS = {word: chr(0xE000 + row) for row, group in enumerate(deeds.DEEDS) for word in group}
_LONGEST_FIRST = sorted(_DEEDS, key=len, reverse=True)
_DEED = re.compile("|".join(re.escape(word) for word in _LONGEST_FIRST))
_STANDARD = re.compile("|".join(sorted(deeds.STANDARD, key=len, reverse=True)))
_NEUTRAL = re.compile("|".join(sorted(deeds.NEUTRAL, key=len, reverse=True)))
_COUNTERS = tuple(sorted(deeds.COUNTERS, key=len, reverse=True))
_IS_DEED = re.compile("[\ue000-\uf8ff]")
_ELSEWHERE = re.compile("|".join(deeds.ELSEWHERE))
_STOCK = re.compile("|".join(sorted(deeds.STOCK, key=len, reverse=True)))
_THIS_YEAR = re.compile("全年|本年|年内|当年|今年")
_STEP = re.compile("由|从|增加|减少|净增|较|比(?!例|率|重|赛|对)|同比|占|下降|高于|低于|扣|达到或")
_REACHED = re.compile("达到|达成|完成|实现|实际|建成")
_OPINION = re.compile(r"对[^,。;\d]{1,16}的?(?=满意度)")
"""家长对教育工作的满意度 is 家长满意度."""
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")


@dataclass(frozen=True, slots=True)
class _Meaning:
    """An indicator's name, reduced to what it counts."""

    known: Known
    content: str
    tail: str

    @property
    def deed(self) -> str:
        """Return the deed that it names, if any."""
        return next(iter(_IS_DEED.findall(self.content)), "")


class ResultReader:
    """Finds numbers that are said of an indicator and are not its result."""

    def __init__(self, known: Sequence[Known], year: int) -> None:
        """Take the indicators that have a number as their result, and the report's year."""
        self._year = year
        self._meanings = [_meaning(one) for one in known]

    def read(self, paragraph: str) -> Iterator[Told]:
        """Yield the wrong numbers of a paragraph."""
        if not self._meanings:
            return
        for sentence in sentences(_plain(paragraph)):
            past = False
            for clause in sentence.clauses:
                past = self._other_time(clause.text, past)
                if not past:
                    yield from self._clause(clause, part=clause.text.startswith("其中"))

    def _other_time(self, clause: str, before: bool) -> bool:
        years = [int(year) for year in _YEAR.findall(clause)]
        if years:
            return self._year not in years
        return before and _THIS_YEAR.search(clause) is None

    def _clause(self, clause: Clause, *, part: bool) -> Iterator[Told]:
        found = quantities(clause.text)
        for place, quantity in enumerate(found):
            start = found[place - 1].end if place else 0
            following = found[place + 1].start if place + 1 < len(found) else len(clause.text)
            lead, tail = clause.text[start : quantity.start], clause.text[quantity.end : following]
            if quantity.bound or _ELSEWHERE.search(lead) or _steps(lead):
                continue
            if len(lead) + len(tail) > 60 or _is_stock(lead, clause.text):
                continue
            told = self._judged(lead, tail if place + 1 == len(found) else "", quantity)
            if told is not None and (not part or told.near is Near.FULLY):
                yield told

    def _judged(self, lead: str, tail: str, quantity: Quantity) -> Told | None:
        alike: list[tuple[Near, Known]] = []
        for one in self._meanings:
            if not _same_unit(quantity, one.known):
                continue
            near = max(_near(one, lead), _near(one, lead + tail)) if tail else _near(one, lead)
            if near:
                alike.append((near, one.known))
        if max((near for near, _ in alike), default=Near.NO) <= Near.PARTLY:
            alike += [(Near.ALIKE, known) for known in self._shortened(lead, quantity)]
        if not alike:
            return None
        reached = _REACHED.search(lead) is not None
        if any(_is_value(quantity, known, reached=reached) for _, known in alike):
            return None
        near, known = max(alike, key=lambda pair: pair[0])
        value = _result(known)
        ratio = abs(quantity.value / value) if value else Decimal(0)
        believed = {
            Near.FULLY: Decimal("0.1") <= ratio <= 10,
            Near.ALIKE: is_slip(quantity.value, value)
            or Decimal("0.8") <= ratio <= Decimal("1.25"),
            Near.PARTLY: is_slip(quantity.value, value),
        }
        if not (believed[near] or is_slip(quantity.value, value)):
            return None
        return Told(known, quantity, lead[-16:] + quantity.typed, near)


    def _shortened(self, lead: str, quantity: Quantity) -> list[Known]:
        """The one indicator whose name ends as these words do: 巡查140次 for 日常巡查次数."""
        said = _bare(_content(lead))
        if len(said) < 2 and not _IS_DEED.match(said):
            return []
        alike = [one for one in self._meanings if _same_unit(quantity, one.known)
                 and _bare(one.content).endswith(said) and said]  # fmt: skip
        return [alike[0].known] if len(alike) == 1 else []


def _plain(text: str) -> str:
    bare = folded(text).replace("级以上", "级")
    return _OPINION.sub("", _STANDARD.sub(lambda word: deeds.STANDARD[word.group()], bare))


def _steps(lead: str) -> bool:
    """Whether a number is a difference or the first of two (由80, 较上年增加)."""
    bare = lead.removesuffix("增长").removesuffix("下降").removesuffix("同比")
    return _STEP.search(bare) is not None


def _is_stock(lead: str, clause: str) -> bool:
    return _STOCK.search(lead) is not None and _THIS_YEAR.search(clause) is None


def _result(known: Known) -> Decimal:
    return (known.result.number or Decimal(0)) * known.result.scale


def _is_value(quantity: Quantity, known: Known, *, reached: bool) -> bool:
    """Whether a number is the result, or (where nothing is said to be reached) a target."""
    values = (known.result,) if reached else (known.result, *known.targets)
    return any(
        value.number is not None and quantity.is_(value.number * value.scale) for value in values
    )


def _same_unit(quantity: Quantity, known: Known) -> bool:
    unit = Quantity("", Decimal(0), Decimal(1), known.unit, 0, 0, 0)
    return quantity.kind == unit.kind


def _meaning(known: Known) -> _Meaning:
    name = _plain(known.name)
    name = re.sub(r"\([^()]{0,20}\)", "", name)
    if known.unit not in ("%", "‰"):
        counters = (*_COUNTERS, known.unit)
        name = next((name[: -len(c)] for c in counters if name.endswith(c)), name)
    name = name.removesuffix("的")
    for word in ("开展", "举办", "组织", "完成", "实施"):
        name = name.removeprefix(word)
    content = _content(name)
    return _Meaning(known, content, content[-2:])


def _content(words: str) -> str:
    """The characters that carry the meaning; each deed is one."""
    return _DEED.sub(lambda word: _DEEDS[word.group()], words)


def _near(one: _Meaning, words: str) -> Near:
    content = _content(words)
    wanted, there = Counter(one.content), Counter(content)
    covered = sum((wanted & there).values())
    if not wanted or len(one.content) < 2 or not covered:
        return Near.NO
    said = set(_IS_DEED.findall(content))
    if one.deed and said and one.deed not in said:
        return Near.NO
    share = Decimal(covered) / len(one.content)
    rest = _extra(content, wanted)
    if share == 1 and (not rest or _described(one.content, content)):
        return Near.FULLY
    if share >= Decimal("0.75") and not rest:
        return Near.ALIKE
    same_tail = one.tail in content or (
        one.deed != "" and one.deed in said and one.tail[-1:] in content
    )
    if share >= Decimal("0.4") and same_tail and covered >= 2:
        return Near.PARTLY
    return Near.NO


def _described(name: str, content: str) -> bool:
    """Whether the name stands as it is, behind a description that ends in 的, before the number."""
    front, there, back = content.rpartition(name)
    return there != "" and front.endswith("的") and not _NEUTRAL.sub("", back)


def _extra(content: str, wanted: Counter[str]) -> str:
    """What is said beyond the indicator's own characters and words that change nothing."""
    return "".join(char for char in _bare(content) if char not in wanted)


def _bare(content: str) -> str:
    return _NEUTRAL.sub("", content)
