"""How often, and for each of what (频次、人均): targets and results brought to one period."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from perfgen.figures.judgement import Pair
from perfgen.figures.remarks import Remarks
from perfgen.model.units import read_unit
from perfgen.model.values import Value
from perfgen.model.vocabulary import TIMES_A_YEAR


def is_of_all(wanted: Value, reached: Value) -> bool:
    """每村1名 beside 126名: the target is of one, the result may well be of all."""
    for_each = wanted.subject.startswith("每") and not reached.subject
    return for_each and reached.low > _FEW * wanted.low > 0 and not reached.measured_in.per


_FEW = 5


def by_one_period(pair: Pair) -> Pair:
    """每日800人次 beside 860人次/日 or 日均860人次: by the day both, they compare as they are."""
    ours, theirs = _period(pair.wanted), _period(pair.reached)
    same = ours == theirs and pair.wanted.every == pair.reached.every
    yearly = {ours, theirs} == {"", "年"} and not pair.wanted.period + pair.reached.period
    if (ours and same) or yearly:
        bare = [replace(one, unit=_without_period(one.unit), period="", average="")
                for one in (pair.wanted, pair.reached)]  # fmt: skip
        return replace(pair, wanted=bare[0], reached=bare[1])
    return pair


def by_each(pair: Pair, name: str) -> Pair:
    """亩均增收200元, and 215元/亩: the words say per what, where the other's unit does."""
    wanted, reached = pair.wanted, pair.reached
    ours, theirs = wanted.measured_in.per, reached.measured_in.per
    if theirs and not ours and _says_each(theirs, f"{wanted.subject} {name}"):
        return replace(pair, reached=replace(reached, unit=_without_per(reached.unit)))
    if ours and not theirs and _says_each(ours, f"{reached.subject} {name}"):
        return replace(pair, wanted=replace(wanted, unit=_without_per(wanted.unit)))
    return pair


def _says_each(per: str, words: str) -> bool:
    return any(each in words for each in (f"{per}均", f"每{per}", f"单{per}"))


def _without_per(unit: str) -> str:
    return unit.replace("每", "/").rpartition("/")[0]


def _period(value: Value) -> str:
    return value.period or value.average or _PER_TIME.get(value.measured_in.per, "")


def _without_period(unit: str) -> str:
    head, slash, per = unit.replace("每", "/").rpartition("/")
    return head if slash and read_unit(per).name in _PER_TIME else unit


_PER_TIME: Mapping[str, str] = {
    "天": "天", "日": "天", "周": "周", "月": "月", "季度": "季度", "季": "季度", "年": "年",
}  # fmt: skip


def by_the_year(pair: Pair, year: int) -> Pair:
    """每月1次 beside 12次: both by the year, unless both are by the same period."""
    wanted, reached = pair.wanted, pair.reached
    if (wanted.period, wanted.every) == (reached.period, reached.every):
        return pair
    once = wanted.low <= 2 * reached.high < 4 * wanted.low and _a_year(wanted, year) > 1
    if wanted.period and not reached.period and once:
        pair = pair.noting(Remarks.PERIOD, wanted.period)
    return replace(
        pair,
        wanted=wanted.times(_a_year(wanted, year)),
        reached=reached.times(_a_year(reached, year)),
    )


def _a_year(value: Value, year: int) -> Decimal:
    if not value.period or value.unit in ("%", "‰"):
        return Decimal(1)
    leap = value.period == "天" and year and calendar.isleap(year)
    return (TIMES_A_YEAR[value.period] + (1 if leap else 0)) / value.every
