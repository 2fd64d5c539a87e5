"""What a sentence may mean by a number: the result, the year's target, or that of mid-year."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum, auto

from perfgen.model.measure import Measure
from perfgen.prose.meanings import Near
from perfgen.prose.quantities import Quantity

FULL = "full"
HALF_YEAR = "half"


class Purpose(Enum):
    """What the sentences of a text are for (目标、完成情况，或两者都有)."""

    EITHER = auto()
    WANTED = auto()
    REACHED = auto()


@dataclass(frozen=True, slots=True)
class Known:
    """An indicator as sentences may tell it: its name, its unit, its result and its targets.

    `also` are words with which other tables name the same thing (中小学 for 中小学体育场地改造).
    """

    name: str
    unit: str
    result: Measure | None
    targets: Mapping[str, Measure] = field(default_factory=dict)
    also: tuple[str, ...] = ()

    @property
    def value(self) -> Decimal:
        """Return the result as a number without scale, the year's target where there is none."""
        measure = self.result or self.targets.get(FULL)
        return number_of(measure) if measure else Decimal(0)


_LEAST, _MOST = Decimal("0.6"), Decimal("1.6")
NOW, HALF, PART, OTHER = "now", "half", "part", "other"
"""When a clause speaks of: the report's year, its first half, another part of it, another year."""
COMPARED = "compared"
"""A clause that compares with another year (由2022年的9.8%降至8.6%); what follows is of now."""

YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年度?")
_THIS_YEAR = re.compile("全年|本年|年内|当年|今年|年底|年末")
_HALF_YEAR = re.compile(
    "上半年|(?<!下)半年度?|6月(?:底|末|30日)|年中(?!追|调|预|增|减|压|核|下|执)"
)
_PART_OF_YEAR = re.compile(
    r"[一二三四1-4]季度|截[至止](?!到?(?:本年度?|当年|今年|全年|(?:19|20)\d\d年度?)?"
    r"(?:年?底|年?末|12月(?!(?:[12]?\d)日)|目前))|下半年|"
    r"(?<!\d)(?:[1-5]|[7-9]|10|11)月(?:底|末|份)(?![之以]?前)|(?<!上年)(?<!去年)(?<![较比])同期"
)
_COMPARES = re.compile(r"(?:由|从|比|较|与|同|和|相比|高于|低于|超过)(?:19|20)\d\d年")
_YEAR_BEFORE = re.compile("(?<![较比])(?P<compared>[由从与同和])?(?:上年|去年|前[一两三]年)")


def when_of(clause: str, year: int, before: str) -> str:
    """Return when a clause speaks of; what the clauses before it said goes on."""
    years = [int(one) for one in YEAR.findall(clause)]
    if years and year not in years:
        return COMPARED if len(_COMPARES.findall(clause)) == len(years) else OTHER
    if _HALF_YEAR.search(clause):
        return HALF
    if before_that := _YEAR_BEFORE.search(clause):
        return COMPARED if before_that["compared"] else OTHER
    if _PART_OF_YEAR.search(clause):
        return PART
    if years or _THIS_YEAR.search(clause) or before == COMPARED:
        return NOW
    return before


@dataclass(slots=True)
class Spoken:
    """What a sentence is for, when it speaks of, and what was said in it so far.

    `known` and `stated` are the indicator that the clauses before were about and the number said
    of it, `before` the number that it had in another year; `parted` is True behind 其中 and 另,
    `listed` while each number has a name of its own (分别), `planned` while only plans are told,
    `quoted` while targets are told of among results; `heard` are the indicators by unit so far,
    `opinion` is what the last 满意度 was about, `opinions` how many such things the sentence has,
    `opening` the time that the first clause spoke of, `numbers` all numbers so far.
    """

    purpose: Purpose
    when: str = NOW
    known: Known | None = None
    stated: Quantity | None = None
    before: Quantity | None = None
    parted: bool = False
    listed: bool = False
    quoted: bool = False
    heard: dict[str, Known] = field(default_factory=dict)
    opinion: str = ""
    opening: str = ""
    planned: bool = False
    opinions: int = 0
    numbers: list[Quantity] = field(default_factory=list)

    def goes_on(self) -> str:
        """Return the time that goes on behind a semicolon: that of all that was said before it."""
        return self.when if self.opening == self.when else NOW

    def told(self, quantity: Quantity) -> bool:
        """Return whether the indicator's own number was said already, and rightly."""
        known, stated = self.known, self.stated
        if known is None or stated is None or stated is quantity:
            return False
        values = [known.value, *(number_of(one) for one in known.targets.values())]
        return any(stated.is_(value) for value in values)

    def hear(self, near: Near, known: Known, quantity: Quantity) -> None:
        """Keep what a number was told of, for what is said of it next."""
        if near >= Near.SHORT or not _RATE_OF_MONEY.search(known.name):
            self.known, self.stated = known, quantity
            self.heard[quantity.kind] = known

    def remember(self, alike: Sequence[tuple[Near, Known]], quantity: Quantity) -> None:
        """Keep a number of another year for what is said of its change."""
        near = [known for one, known in alike if one >= Near.ALIKE]
        near = near or [known for _, known in alike if _is_near(quantity, known)]
        sure = {id(known) for one, known in alike if one >= Near.SHORT}
        near = [
            known for known in near if id(known) in sure or not _RATE_OF_MONEY.search(known.name)
        ]
        if len(near) == 1 and self.when in (OTHER, COMPARED) and not quantity.bound:
            self.known, self.stated, self.before = near[0], None, quantity


_RATE_OF_MONEY = re.compile("(?:执行|支出|支付|完成|到位|使用|结转|结余)率$")
"""政府采购执行率 is not meant by any 执行率 of about its size, of the budget or of a project."""


def _is_near(quantity: Quantity, known: Known) -> bool:
    """Whether a number may be that of another year, by its size."""
    return bool(known.value) and _LEAST <= quantity.value / known.value <= _MOST


def number_of(measure: Measure) -> Decimal:
    """Return a measure as a number without scale: 21000 for 2.1万亩."""
    return (measure.number or Decimal(0)) * measure.scale


def stated_values(known: Known, spoken: Spoken, *, reached: bool) -> tuple[Decimal, ...]:
    """Return the values that a number said of an indicator may be; the likeliest one first."""
    targets = known.targets
    if spoken.when == HALF:
        half = targets.get(HALF_YEAR)
        return (number_of(half),) if half and known.result is None else ()
    full = tuple(number_of(one) for period, one in targets.items() if period != HALF_YEAR)
    result = (number_of(known.result),) if known.result else ()
    if spoken.quoted:
        return (*full, *result) if full else ()
    if spoken.purpose is Purpose.WANTED:
        return full or result
    if spoken.purpose is Purpose.REACHED or (reached and result):
        return result or full
    return (*result, *full)


def right_words(known: Known, spoken: Spoken) -> str:
    """Return what would be right, for a message: 的完成值是 8460人次."""
    half = spoken.when == HALF
    target = known.targets.get(HALF_YEAR if half else FULL)
    wanted = spoken.quoted or spoken.purpose is Purpose.WANTED
    if known.result is not None and not (wanted and target):
        return f"的完成值是 {known.result.text}"
    if target is None:
        target = next(iter(known.targets.values()))
    return f"的{'半年' if half else ''}目标是 {target.text}"
