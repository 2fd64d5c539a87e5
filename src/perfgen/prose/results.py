"""Sentences that state an indicator's result in words of their own (指标完成值).

`新建步道7.3公里` is about 新建步道长度, `满意率91%` about 满意度. The
nearer the words, the farther off a number may be and still be meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfgen.model.measure import Measure
from perfgen.model.numbers import half_up
from perfgen.model.numbers import plain as plain_number
from perfgen.prose import deeds
from perfgen.prose.meanings import Meaning, Near, plain, says_nothing
from perfgen.prose.quantities import PERCENT, Quantity, kind_of, quantities
from perfgen.prose.slips import is_slip
from perfgen.prose.text import Clause, sentences


@dataclass(frozen=True, slots=True)
class Known:
    """An indicator as sentences may tell it: its name, its unit, its result and its targets."""

    name: str
    unit: str
    result: Measure
    targets: tuple[Measure, ...] = ()

    @property
    def value(self) -> Decimal:
        """Return the result as a number without scale: 21000 for 2.1万亩."""
        return (self.result.number or Decimal(0)) * self.result.scale


@dataclass(frozen=True, slots=True)
class Told:
    """A number said of an indicator that is not right. `right` says what would be."""

    known: Known
    quantity: Quantity
    words: str
    right: str


_ELSEWHERE = re.compile("|".join(deeds.ELSEWHERE))
_STOCK = re.compile("|".join(sorted(deeds.STOCK, key=len, reverse=True)))
_THIS_YEAR = re.compile("全年|本年|年内|当年|今年")
_STEP = re.compile("由|从|增加|减少|净增|较|比(?!例|率|重|赛|对)|同比|占|下降|高于|低于|扣|达到或")
_REACHED = re.compile("达到|达成|完成|实现|实际|建成")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_COMPLETED = re.compile(
    "(?:完成|达到|占|为)(?:年度|全年|年初|本年|既定)?(?:预期)?(?:目标|任务|计划|指标)(?:任务|值|数|量|目标)?的?$|"
    "(?:目标|任务|计划)(?:任务)?完成率(?:为|达|达到)?$"
)
_FAR, _CLOSE = (Decimal("0.1"), Decimal(10)), (Decimal("0.8"), Decimal("1.25"))
_LONGEST = 60


@dataclass(slots=True)
class _About:
    """What the clauses before were about: an indicator, and the number said of it."""

    known: Known | None = None
    stated: Quantity | None = None


class ResultReader:
    """Finds numbers that are said of an indicator and are not its result."""

    def __init__(self, known: Sequence[Known], year: int, own: Sequence[str] = ()) -> None:
        """Take the indicators that have a number as their result, and the report's year.

        `own` are words of the office's field: in its own report they make no difference.
        """
        self._year = year
        self._known = [(Meaning.of(one.name, one.unit, own), one) for one in known]
        self._by_kind: dict[str, list[tuple[Meaning, Known]]] = {}
        for pair in self._known:
            self._by_kind.setdefault(kind_of(pair[1].unit), []).append(pair)

    def read(self, paragraph: str) -> Iterator[Told]:
        """Yield the wrong numbers of a paragraph."""
        if not self._known:
            return
        for sentence in sentences(plain(paragraph)):
            past = False
            about = _About()
            for clause in sentence.clauses:
                past = self._other_time(clause.text, past)
                if not past:
                    yield from self._clause(clause, about)

    def _other_time(self, clause: str, before: bool) -> bool:
        years = [int(year) for year in _YEAR.findall(clause)]
        if years:
            return self._year not in years
        return before and _THIS_YEAR.search(clause) is None

    def _clause(self, clause: Clause, about: _About) -> Iterator[Told]:
        found = quantities(clause.text)
        if not found and len(clause.text) <= _LONGEST:
            opened = [known for meaning, known in self._known if meaning.opens(clause.text)]
            about.known = opened[0] if len(opened) == 1 else about.known
        for place, quantity in enumerate(found):
            start = found[place - 1].end if place else 0
            last = place + 1 == len(found)
            lead = clause.text[start : quantity.start]
            tail = clause.text[quantity.end :] if last else ""
            if len(lead) + len(tail) > _LONGEST or quantity.bound:
                continue
            if quantity.unit == PERCENT and _COMPLETED.search(lead):
                yield from self._completion(lead, quantity, about)
                continue
            alike = self._alike(lead, tail, quantity, about)
            if alike:
                about.known, about.stated = max(alike, key=lambda pair: pair[0])[1], quantity
            if _ELSEWHERE.search(lead) or _steps(lead):
                continue
            if _is_stock(lead, clause.text):  # a whole stock, or a slip in the year's number
                alike = [(Near.PARTLY, one) for _, one in alike]
            told = _judged(alike, lead, quantity, part=clause.text.startswith("其中"))
            if told is not None:
                yield told

    def _alike(
        self, lead: str, tail: str, quantity: Quantity, about: _About
    ) -> list[tuple[Near, Known]]:
        """The indicators that a number may be about, each with how near the words are."""
        alike: list[tuple[Near, Known]] = []
        same_unit = self._by_kind.get(quantity.kind, [])
        for meaning, known in same_unit:
            near = meaning.near(lead)
            if tail and near < Near.FULLY:
                near = max(near, meaning.near(lead + tail))
            if near:
                alike.append((near, known))
        if about.known is not None and says_nothing(lead) and _same_unit(quantity, about.known):
            alike.append((Near.FULLY, about.known))
        if max((near for near, _ in alike), default=Near.NO) <= Near.PARTLY:
            ending = [known for meaning, known in same_unit if meaning.ends_like(lead)]
            alike += [(Near.ALIKE, known) for known in ending if len(ending) == 1]
        return alike

    def _completion(self, lead: str, quantity: Quantity, about: _About) -> Iterator[Told]:
        """完成目标任务的103.8%: the result, or what was just said of it, against the target."""
        if about.known is None or about.stated is None:
            return
        targets = [t.number * t.scale for t in about.known.targets if t.number]
        values = (about.known.value, about.stated.value)
        rates = [value / target * 100 for value in values for target in targets if target]
        if rates and not any(quantity.is_(rate) for rate in rates):
            right = f"按目标和完成值算是 {plain_number(half_up(rates[0], 2))}%"
            yield Told(about.known, quantity, lead[-16:] + quantity.typed, right)


def _judged(
    alike: Sequence[tuple[Near, Known]], lead: str, quantity: Quantity, *, part: bool
) -> Told | None:
    if not alike:
        return None
    reached = _REACHED.search(lead) is not None
    if any(_is_value(quantity, known, reached=reached) for _, known in alike):
        return None
    near, known = max(alike, key=lambda pair: pair[0])
    if (part and near < Near.FULLY) or not _believed(near, quantity.value, known.value):
        return None
    right = f"完成值是 {known.result.text}"
    return Told(known, quantity, lead[-16:] + quantity.typed, right)


def _believed(near: Near, said: Decimal, value: Decimal) -> bool:
    """Whether a number so far off is still meant for this value."""
    if not value or is_slip(said, value):
        return bool(value)
    if near is Near.PARTLY:
        return False
    low, high = _FAR if near is Near.FULLY else _CLOSE
    return low <= abs(said / value) <= high


def _steps(lead: str) -> bool:
    """Whether a number is a difference or the first of two (由80, 较上年增加)."""
    return (
        _STEP.search(lead.removesuffix("增长").removesuffix("下降").removesuffix("同比"))
        is not None
    )


def _is_stock(lead: str, clause: str) -> bool:
    return _STOCK.search(lead) is not None and _THIS_YEAR.search(clause) is None


def _is_value(quantity: Quantity, known: Known, *, reached: bool) -> bool:
    """Whether a number is the result, or (where nothing is said to be reached) a target."""
    values = (known.result,) if reached else (known.result, *known.targets)
    return any(
        value.number is not None and quantity.is_(value.number * value.scale) for value in values
    )


def _same_unit(quantity: Quantity, known: Known) -> bool:
    return quantity.kind == kind_of(known.unit)
