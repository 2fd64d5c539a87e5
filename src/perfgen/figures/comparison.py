"""A result beside its target (完成值与目标值): both in one unit, or why they cannot be compared.

`compare` is the one place that judges a pair. It gives the two numbers of a ratio, or whether
the target was met where there is no ratio (ranks, days, words), or neither; what is to be said of
the pair goes along as remarks, which rules turn into findings.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from perfgen.figures.deadlines import kept, last_day, no_such_day
from perfgen.figures.number_comparison import compare_quantities
from perfgen.figures.remarks import Compared, Remark, Remarks
from perfgen.model.degrees import (
    class_of_water,
    degree_reached,
    is_at_least,
    is_denied,
    is_said_within,
)
from perfgen.model.measure import Measure, Target
from perfgen.model.readings import (
    Meaning,
    bare_words,
    growth_left,
    is_done,
    is_whole_year,
    is_within_budget,
    meaning,
)
from perfgen.model.standings import standing_of
from perfgen.model.values import Kind, Value, fold_value
from perfgen.model.vocabulary import SIGNS

_ALL = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is known beside target and result: the year, the direction, the indicator's name."""

    year: int = 0
    direction: str = ""
    name: str = ""
    tolerance: Decimal = Decimal("0.1")


def compare(target: Target, actual: Measure, setting: Setting) -> Compared:
    """Return how a result stands to its target."""
    wanted = replace(
        target.measure.value, operator=target.operator or target.measure.value.operator
    )
    reached = actual.value
    kinds = {wanted.kind, reached.kind}
    if is_whole_year(target.text) and is_whole_year(actual.text):
        return Compared.kept()
    day = _by_day(target, wanted, actual, reached, setting)
    if day is not None:
        return day
    standing = _standings(target, actual)
    if standing is not None:
        return standing
    if Kind.RANK in kinds:
        return _ranks(wanted, reached)
    if kinds & {Kind.CLOCK, Kind.RATIO} and kinds <= {Kind.CLOCK, Kind.RATIO}:
        return _clocks(wanted, reached)
    if kinds <= {Kind.NUMBER, Kind.RANGE} and not wanted.several:
        return compare_quantities(
            wanted, reached, setting.direction, setting.name, setting.year, setting.tolerance
        )
    return _in_words(target, wanted, actual, reached, setting)


def _standings(target: Target, actual: Measure) -> Compared | None:
    """Two words on one scale, 省级 and 国家级; None where they stand on none, or on two."""
    wanted, reached = standing_of(target.text), standing_of(actual.text)
    if wanted is None or reached is None or wanted.scale != reached.scale:
        return None
    return Compared.kept() if reached.place >= wanted.place else Compared.missed()


def same_words(target: str, actual: str) -> bool:
    """Return whether two texts say the same, spaces, widths and stops aside."""
    return fold_value(target) == fold_value(actual)


# --- days ----------------------------------------------------------------------------------------


def _by_day(
    target: Target, wanted: Value, actual: Measure, reached: Value, setting: Setting
) -> Compared | None:
    """A day that was set, and the day on which it was done; None where no day was set."""
    if not _may_be_day(wanted) or last_day(target.text, setting.year) is None:
        return None
    for text in (target.text, actual.text):
        if wrong := no_such_day(text, setting.year):
            return Compared(remarks=(Remark(Remarks.NO_SUCH_DAY, wrong),))
    if same_words(target.measure.text, actual.text):
        return Compared.kept()
    said = meaning(actual.text)
    if said is Meaning.NOT_DONE and last_day(actual.text, setting.year) is None:
        return Compared.missed()
    if said in (Meaning.IN_TIME, Meaning.DONE, Meaning.FULL) or is_done(target.text, actual.text):
        return Compared.kept(Remark(Remarks.GIVE_DAY))
    if not _may_be_day(reached):
        return None
    in_time = kept(target.text, actual.text, setting.year)
    if in_time is not None:
        return Compared.kept() if in_time else Compared.missed()
    return Compared(same=False) if last_day(actual.text, setting.year) else None


def _may_be_day(value: Value) -> bool:
    """Whether a value may name a day: words do, and eight digits (20240630)."""
    if value.kind is Kind.WORDS:
        return True
    return value.is_number and not value.own_unit and 19490101 <= value.low <= 20991231


# --- ranks, clock times, ratios ------------------------------------------------------------------

_PLACES = frozenset({"", "名", "位", "位次", "名次"})


def _ranks(wanted: Value, reached: Value) -> Compared:
    """A place in a ranking: the lower the better. 全省 and 全市 are two rankings."""
    if same_words(wanted.text, reached.text):
        return Compared.kept()
    places = [value.kind is Kind.RANK or _is_place(value) for value in (wanted, reached)]
    if not all(places) or ("%" in (wanted.unit, reached.unit) and wanted.unit != reached.unit):
        return Compared(remarks=(Remark(Remarks.NO_PLACE),))
    if wanted.subject and reached.subject and wanted.subject != reached.subject:
        return Compared(remarks=(Remark(Remarks.OTHER_RANKING),))
    if reached.low <= wanted.low:
        return Compared.kept()
    if reached.operator == "≤":  # 前10 may be the third, too
        return Compared(remarks=(Remark(Remarks.NO_PLACE),))
    return Compared.missed()


def _is_place(value: Value) -> bool:
    return value.is_number and value.unit in _PLACES and not value.change and not value.period


def _clocks(wanted: Value, reached: Value) -> Compared:
    if same_words(wanted.text, reached.text):
        return Compared.kept()
    is_clock = wanted.kind is Kind.CLOCK and reached.kind is Kind.CLOCK
    if not is_clock or not (wanted.own_unit or wanted.operator):
        return Compared(remarks=(Remark(Remarks.RATIO),))  # 1:15 and 1:14: which one is better?
    late = reached.low < wanted.low if wanted.operator in ("≥", ">") else reached.low > wanted.low
    return Compared.missed() if late else Compared.kept()


# --- words ---------------------------------------------------------------------------------------


def _in_words(
    target: Target, wanted: Value, actual: Measure, reached: Value, setting: Setting
) -> Compared:
    """One of both is words. Lists know what many of them say; else they are the same or not."""
    if same_words(target.measure.text, actual.text.lstrip(SIGNS)):
        return Compared.kept()
    asked, said = meaning(target.measure.text), meaning(actual.text)
    if wanted.kind is not Kind.WORDS and not wanted.several:
        return _number_in_words(wanted, actual, said, setting)
    if reached.kind in (Kind.NUMBER, Kind.RANGE) and not wanted.several:
        return _words_in_number(target.measure.text, asked, reached, setting)
    if said is Meaning.NOT_DONE:
        return Compared.missed()
    if asked is Meaning.ZERO and said is Meaning.ZERO:
        return Compared.kept()
    if said in (Meaning.DONE, Meaning.IN_TIME) or (said is asked and said is not None):
        return Compared.kept()
    if is_denied(target.measure.text, actual.text):
        return Compared.missed()
    water = class_of_water(target.measure.text), class_of_water(actual.text)
    if water[0] is not None and water[1] is not None:
        return Compared.kept() if water[1] <= water[0] else Compared.missed()
    if _says_the_same(target.measure.text, actual.text):
        return Compared.kept()
    reached_degree = degree_reached(target.measure.text, actual.text)
    if reached_degree is not None:
        return Compared.kept() if reached_degree else Compared.missed()
    if is_said_within(target.measure.text, actual.text):
        return Compared.kept()
    return Compared(same=False)  # what differs: 100%, and nobody knows whether for the worse


def _says_the_same(asked: str, said: str) -> bool:
    """Whether the words of a result are those of its target in another form."""
    within_budget = is_within_budget(asked) and is_within_budget(said)
    same = bare_words(asked) == bare_words(said)
    return same or within_budget or is_done(asked, said) or is_at_least(asked, said)


def _number_in_words(
    wanted: Value, actual: Measure, said: Meaning | None, setting: Setting
) -> Compared:
    """A number was asked for, and words were given: ≤3起 / 未发生, ≥10家 / 已完成."""
    if said is Meaning.FULL and wanted.is_percent:
        return _as_number(wanted, _number(_ALL, "%"), setting)
    if said is Meaning.ZERO and wanted.kind in (Kind.NUMBER, Kind.RANGE):
        return _as_number(wanted, _number(Decimal(0), wanted.unit), setting)
    if said is Meaning.NOT_DONE:
        return replace(Compared.missed(), remarks=(Remark(Remarks.GIVE_NUMBER_MISSED),))
    if said is not None and said is not Meaning.ZERO:
        return Compared.kept(Remark(Remarks.GIVE_NUMBER))
    return Compared(remarks=(Remark(Remarks.WORDS_FOR_NUMBER),))


def _words_in_number(
    asked_words: str, asked: Meaning | None, reached: Value, setting: Setting
) -> Compared:
    """Words were asked for, and a number was given: 全覆盖 / 100%, 零事故 / 0起."""
    share = reached.is_percent or (reached.unit == "" and reached.high == 1)
    if reached.is_percent and reached.low == _ALL and bare_words(asked_words) in reached.subject:
        return Compared.kept()  # 验收合格 / 验收合格率100%
    most = growth_left(asked_words)
    if most is not None and (reached.is_percent or reached.change or reached.high == 0):
        grown = reached.high * (reached.change or 1)
        return Compared.kept() if grown < 0 or grown == most else Compared.missed()
    if asked is Meaning.ZERO:
        return Compared.kept() if reached.high == 0 else Compared.missed()
    if asked in (Meaning.FULL, Meaning.DONE, Meaning.IN_TIME) and share:
        return _as_number(_number(_ALL, "%", operator="≥"), reached, setting)
    return Compared(remarks=(Remark(Remarks.NUMBER_FOR_WORDS),))


def _number(number: Decimal, unit: str, operator: str | None = None) -> Value:
    return Value(kind=Kind.NUMBER, low=number, high=number, unit=unit, own_unit=True,
                 operator=operator)  # fmt: skip


def _as_number(wanted: Value, reached: Value, setting: Setting) -> Compared:
    """A pair where words stand for a number: what is just met prints 0%, as words do."""
    found = compare_quantities(
        wanted, reached, setting.direction, setting.name, setting.year, setting.tolerance
    )
    if found.wanted is not None and found.wanted == found.reached and found.met is not False:
        return Compared.kept(*found.remarks)
    return found
