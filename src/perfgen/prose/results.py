"""Sentences that state an indicator's result or target in words of their own (指标完成值、目标值).

`新建步道7.3公里` is about 新建步道长度, `满意率91%` about 满意度. The
nearer the words, the farther off a number may be and still be meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from perfgen.model.numbers import decimals_of, half_up
from perfgen.prose.against import off_completion, off_target, off_year_before
from perfgen.prose.expected import (
    COMPARED,
    HALF,
    NOW,
    OTHER,
    PART,
    YEAR,
    Known,
    Purpose,
    Spoken,
    right_words,
    stated_values,
    when_of,
)
from perfgen.prose.explained import is_explained, is_own_rate
from perfgen.prose.leads import (
    adds,
    counts_new,
    is_elsewhere,
    is_link,
    is_narrower,
    is_stock,
    opens_with_targets,
    plans,
    plans_only,
    quotes_target,
    reaches,
    same_rate,
    says_completed,
    says_reached,
    steps,
    target_compared,
    tells_of_extreme,
    tells_of_grant,
    tells_of_later,
    tells_of_some,
    without_target_words,
    without_unit_of_account,
    year_change,
)
from perfgen.prose.meanings import Meaning, Near, plain, says_nothing, standard, without_object
from perfgen.prose.opinions import Object, compared, object_of, opinions_in
from perfgen.prose.quantities import PERCENT, Quantity, kind_of, quantities
from perfgen.prose.slips import is_slip
from perfgen.prose.text import Clause, sentences

_BELIEVED = {
    Near.FULLY: (Decimal("0.1"), Decimal(10)),
    Near.SHORT: (Decimal("0.5"), Decimal(2)),
    Near.ALIKE: (Decimal("0.8"), Decimal("1.25")),
}
"""How far off a number may be and still be meant, as a ratio."""
_LONGEST = 60
_AMONG = ("中", "里")
_PARTS = ("其中", "包括", "包含", "另", "此外", "除此", "扣除", "剔除", "不含")


@dataclass(frozen=True, slots=True)
class Told:
    """A number said of an indicator that is not right. `right` says what would be."""

    known: Known
    quantity: Quantity
    words: str
    right: str


Alike = list[tuple[Near, Known]]


class ResultReader:
    """Finds numbers that are said of an indicator and are not its result, or its target."""

    def __init__(self, known: Sequence[Known], year: int, own: Sequence[str] = ()) -> None:
        """Take the indicators that have numbers, and the report's year.

        `own` are words of the office's field: in its own report they make no difference.
        """
        self._year = year
        self._own = tuple(own)
        self._known = [(Meaning.of(one.name, one.unit, (*own, *one.also)), one) for one in known]
        self._by_kind: dict[str, list[tuple[Meaning, Known]]] = {}
        for pair in self._known:
            self._by_kind.setdefault(kind_of(pair[1].unit), []).append(pair)

    def read(self, paragraph: str, purpose: Purpose = Purpose.EITHER) -> Iterator[Told]:
        """Yield the wrong numbers of a paragraph. `purpose` says what its sentences are for."""
        if not self._known:
            return
        when = NOW
        for sentence in sentences(standard(paragraph)):
            spoken = Spoken(
                purpose, when if sentence.joined else NOW, planned=plans_only(sentence.text)
            )
            later, before, target = tells_of_later(sentence.text), "", False
            all_targets = opens_with_targets(sentence.text)
            spoken.opinions = opinions_in(sentence.text)
            told: list[Told] = []
            outside, depth = spoken.when, 0
            for clause in sentence.clauses:
                if depth and not clause.depth:  # 征集1500件(上半年700件), 数字化120万页
                    spoken.when = outside
                if clause.depth and not depth:
                    outside = spoken.when
                depth = clause.depth
                if "满意度" in clause.text:
                    spoken.opinion = object_of(clause.text)
                text = without_object(clause.text)
                spoken.when = when_of(text, self._year, spoken.when)
                spoken.opening = spoken.opening or spoken.when
                spoken.planned = plans(text, before=spoken.planned)
                target = all_targets or quotes_target(
                    text, opener=clause.opener, before=before, quoted=target
                )
                spoken.quoted = not later and (target or spoken.planned)
                before = text
                told += self._clause(replace(clause, text=YEAR.sub("本年", text)), spoken)
            yield from (
                one for one in told if not is_explained(one.quantity, one.known, spoken, one.words)
            )
            when = spoken.goes_on()

    def fitting(self, paragraph: str, purpose: Purpose) -> Iterator[Quantity]:
        """Yield the numbers of a paragraph that are surely an indicator's, and right."""
        for sentence in sentences(plain(paragraph)):
            spoken = Spoken(purpose)
            for clause in sentence.clauses:
                text = YEAR.sub("本年", clause.text)
                found = quantities(text)
                for place, quantity in enumerate(found):
                    lead = text[found[place - 1].end if place else 0 : quantity.start]
                    tail = text[quantity.end :] if place + 1 == len(found) else ""
                    alike = self._alike(lead, tail, quantity, spoken)
                    sure = (one for near, one in alike if near >= Near.SHORT)
                    values = (v for one in sure for v in stated_values(one, spoken, reached=True))
                    if any(quantity.is_(value) for value in values):
                        yield quantity

    def named(self, words: str) -> list[Known]:
        """Return the indicators that some words surely name: the nearest of them."""
        near = [(meaning.near(plain(words)), known) for meaning, known in self._known]
        best = max((one for one, _ in near), default=Near.NO)
        return [known for one, known in near if one == best] if best >= Near.SHORT else []

    def holding(self, words: str, kind: str) -> list[Known]:
        """Return the indicators of a kind of unit whose names hold all characters of some words."""
        same = (known for _, known in self._by_kind.get(kind, ()))
        return [one for one in same if all(char in one.name for char in words)]

    def _clause(self, clause: Clause, spoken: Spoken) -> Iterator[Told]:
        found = quantities(clause.text)
        spoken.numbers += found
        spoken.parted = spoken.parted or clause.text.startswith(_PARTS)
        spoken.listed = "分别" in clause.text or (spoken.listed and is_link(clause.text))
        if len(clause.text) <= _LONGEST:
            opened = [known for meaning, known in self._known if meaning.opens(clause.text)]
            if len(opened) == 1 and opened[0] is not spoken.known:
                spoken.known, spoken.stated = opened[0], None
        for place, quantity in enumerate(found):
            start = found[place - 1].end if place else 0
            lead = clause.text[start : quantity.start]
            tail = clause.text[quantity.end :] if place + 1 == len(found) else ""
            if place and lead in _OF_COUNTED and "占" in clause.text[: found[place - 1].start]:
                continue  # 占10个项目的62.5%
            if len(lead) + len(tail) <= _LONGEST:
                yield from self._quantity(clause, quantity, lead, tail, spoken)
        if found and clause.text.endswith(_AMONG):  # 4个不达标的司法所中, what follows are parts
            spoken.parted = True

    def _quantity(
        self, clause: Clause, quantity: Quantity, lead: str, tail: str, spoken: Spoken
    ) -> Iterator[Told]:
        if is_listed(lead, spoken) or (quantity.is_money and tells_of_grant(lead)):
            return
        compared = target_compared(lead)
        if compared is not None:
            yield from self._from_target(compared, quantity, spoken)
            return
        if says_completed(lead) and quantity.unit == PERCENT:
            yield from _wrong(off_completion(quantity, spoken), quantity, lead, spoken.known)
            return
        if year_change(lead) and not reaches(lead) and spoken.before is not None:
            yield from _wrong(off_year_before(quantity, spoken), quantity, lead, spoken.known)
            spoken.before = None
            return
        lead = without_unit_of_account(lead)
        if spoken.quoted:
            lead = without_target_words(lead)
        alike = self._alike(lead, tail, quantity, spoken)
        named = "".join(known.name for near, known in alike if near >= Near.SHORT)
        purpose = Purpose.WANTED if spoken.quoted else spoken.purpose
        of_now = spoken.when == COMPARED and reaches(lead) and spoken.before is not None
        other_time = spoken.when in (PART, OTHER, COMPARED) and not of_now
        averaged = quantity.unit != PERCENT and "平均" in lead and "平均" not in named
        front = clause.text[: quantity.start]
        of_some = quantity.unit == PERCENT and tells_of_some(front)
        of_one = averaged or tells_of_extreme(front)
        if other_time or of_one or of_some or is_elsewhere(lead, purpose, named):
            spoken.remember(alike, quantity)
            return
        if spoken.planned and not spoken.quoted and purpose_is_open(spoken):
            return
        if quantity.bound and not quantity.limit:
            return
        if alike:
            spoken.hear(*max(alike, key=lambda pair: pair[0]), quantity)
        if steps(lead) and not (named and adds(lead, named)):
            return
        if is_stock(lead, clause.text):  # a whole stock, or a slip in the year's number
            alike = [(Near.PARTLY, one) for _, one in alike]
        told = self._judged(alike, lead, quantity, spoken, part=spoken.parted)
        if told is not None:
            yield told

    def _from_target(self, name: str, quantity: Quantity, spoken: Spoken) -> Iterator[Told]:
        """比目标高1.4个百分点, 比计划多6人: against the result, or what was just said of it."""
        if spoken.when != NOW or quantity.bound:
            return
        named = [known for meaning, known in self._known if meaning.near(name) is Near.FULLY]
        if len(named) == 1:
            spoken.known, spoken.stated = named[0], None
        yield from _wrong(off_target(quantity, spoken), quantity, "比目标", spoken.known)

    def _alike(self, lead: str, tail: str, quantity: Quantity, spoken: Spoken) -> Alike:
        """The indicators that a number may be about, each with how near the words are."""
        alike: Alike = []
        same_unit = self._by_kind.get(quantity.kind, [])
        for meaning, known in same_unit:
            near = meaning.near(lead)
            if tail and near < Near.FULLY:
                near = max(near, meaning.near(lead + tail))
            if near:
                alike.append((near, known))
        about = spoken.known
        if spoken.quoted and says_nothing(lead):
            about = spoken.heard.get(quantity.kind)
        carried = about is not None and not spoken.parted and says_nothing(lead)
        if about is not None and reaches(lead) and counts_new(about.name):
            carried = (
                False  # 新建4个，总数由27个增加到31个: how many there are, and not the new ones
            )
        carried = carried and (spoken.quoted or not spoken.told(quantity))
        if about is not None and carried and quantity.kind == kind_of(about.unit):
            alike.append((Near.FULLY, about))
        if max((near for near, _ in alike), default=Near.NO) <= Near.PARTLY:
            ending = [known for meaning, known in same_unit if meaning.ends_like(lead)]
            if quantity.unit == PERCENT:
                ending = [known for known in ending if same_rate(lead, plain(known.name))]
            alike += [(Near.ALIKE, known) for known in ending if len(ending) == 1]
        return [pair for pair in alike if self._object(pair[1], spoken) is not Object.OTHER]

    def _object(self, known: Known, spoken: Spoken) -> Object:
        """Whether the opinion that was told is about what the indicator's is."""
        if not spoken.opinion or "满意度" not in plain(known.name):
            return Object.SAME
        said = compared(spoken.opinion, standard(known.name), self._own)
        one_of_many = said is Object.UNSURE and spoken.opinions > 1
        return Object.OTHER if one_of_many else said

    def _judged(
        self, alike: Alike, lead: str, quantity: Quantity, spoken: Spoken, *, part: bool
    ) -> Told | None:
        reached = says_reached(lead)
        values = [(one, stated_values(one, spoken, reached=reached)) for _, one in alike]
        if any(_fits(quantity, value, spoken) for _, known in values for value in known):
            return None
        able = [
            (near, known) for near, known in alike if stated_values(known, spoken, reached=reached)
        ]
        if not able:
            return None
        near, known = max(able, key=lambda pair: pair[0])
        if quantity.unit == PERCENT and is_narrower(lead, plain(known.name)):
            return None
        value = stated_values(known, spoken, reached=reached)[0]
        slip = is_slip(quantity.value, value)
        if near <= Near.ALIKE and not slip and is_own_rate(quantity, spoken.numbers):
            return None
        believed = Near.PARTLY if self._object(known, spoken) is Object.UNSURE else near
        if (part and near < Near.SHORT) or not _believed(believed, quantity.value, value):
            return None
        return Told(known, quantity, lead[-16:] + quantity.typed, right_words(known, spoken))


_OF_COUNTED = ("的", "项目的", "任务的", "单位的", "企业的")


def is_listed(lead: str, spoken: Spoken) -> bool:
    """Whether a number is one of several that 分别 gives to names of their own."""
    return spoken.listed and ("分别" in lead or is_link(lead))


def purpose_is_open(spoken: Spoken) -> bool:
    """Whether a text tells of plans and of results, or of results only."""
    return spoken.purpose is not Purpose.WANTED


def _fits(quantity: Quantity, value: Decimal, spoken: Spoken) -> bool:
    """Whether a number says this value; a bound that is no target need only hold."""
    if quantity.is_(value) or _is_finer(quantity, value):
        return True
    if not quantity.limit or spoken.purpose is Purpose.WANTED or spoken.when == HALF:
        return False
    return value >= quantity.value if quantity.limit == "≥" else value <= quantity.value


def _is_finer(quantity: Quantity, value: Decimal) -> bool:
    """Whether a rate is the table's, written with one more decimal: 99.11% for 99.1%."""
    decimals = decimals_of(value)
    finer = quantity.unit == PERCENT and quantity.decimals > decimals > 0
    return finer and half_up(quantity.value, decimals) == value


def _believed(near: Near, said: Decimal, value: Decimal) -> bool:
    """Whether a number so far off is still meant for this value."""
    if not value or is_slip(said, value):
        return bool(value)
    if near is Near.PARTLY:
        return False
    low, high = _BELIEVED[near]
    return low <= abs(said / value) <= high


def _wrong(right: str | None, quantity: Quantity, lead: str, known: Known | None) -> Iterator[Told]:
    """The finding, where a number worked out from what is known is another one."""
    if right is not None and known is not None:
        yield Told(known, quantity, lead[-16:] + quantity.typed, right)
