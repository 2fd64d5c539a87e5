"""Two numbers, ranges or frequencies beside each other: one unit, one sense, and a judgement."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from decimal import Decimal

from perfgen.figures.remarks import Compared, Remark, Remarks
from perfgen.model.units import (
    CALENDAR,
    CLOCK_TIME,
    WORKING_DAYS,
    UnlikeUnits,
    converted,
    read_unit,
)
from perfgen.model.values import Kind, Vague, Value
from perfgen.model.vocabulary import TIMES_A_YEAR

_HUNDRED = Decimal(100)
_FAR = 20
"""So many times more or less than the target, in another unit: perhaps a slip of it."""

_NEAR = 4
"""The numbers alone, as typed, are alike within this factor."""

_PERCENT_AGAINST_RATIO = 10
_FALLING = re.compile(r"下降|降低|减少|压减|压降|降幅|缩短|缩减")
_DAYS_OF_MONTH = Decimal(28), Decimal(31)
_DAYS_OF_YEAR = Decimal(365), Decimal(366)


@dataclass(frozen=True, slots=True)
class _Pair:
    """Target and result on the way to one unit."""

    wanted: Value
    reached: Value
    remarks: tuple[Remark, ...] = ()

    def noting(self, name: Remarks, detail: str = "") -> _Pair:
        """Return the pair with one remark more."""
        return replace(self, remarks=(*self.remarks, Remark(name, detail)))


def compare_quantities(
    wanted: Value, reached: Value, direction: str, name: str, year: int, tolerance: Decimal
) -> Compared:
    """Return how one number or range stands to another."""
    if wanted.subject and reached.subject and wanted.subject != reached.subject:
        return Compared(remarks=(Remark(Remarks.OTHER_SUBJECT),))
    pair = _parts_noted(_in_one_sense(_Pair(wanted, reached), name))
    pair = _by_the_year(pair, year)
    try:
        pair = _in_one_unit(pair)
    except UnlikeUnits as unlike:
        return _unlike(pair, unlike, direction)
    if pair.reached.kind is Kind.RANGE:
        return _range_result(pair, direction, tolerance)
    return _judged(pair, direction, tolerance)


def _in_one_sense(pair: _Pair, name: str) -> _Pair:
    """Growth and decline: along the target's word, so that 下降5% is more than 下降3%."""
    wanted, reached = pair.wanted, pair.reached
    sense = wanted.change or (-1 if reached.change and _FALLING.search(name) else 1)
    if reached.change:
        reached = _times(reached, Decimal(reached.change * sense))
    elif wanted.change == -1 and reached.high < 0:
        reached = _times(reached, Decimal(-1))  # 下降3%, and a change of -5%
    at_least = wanted.change or wanted.vague is Vague.OVER
    if at_least and not wanted.operator and wanted.kind is Kind.NUMBER:
        wanted = replace(wanted, operator="≥")
    return replace(pair, wanted=wanted, reached=reached)


def _times(value: Value, factor: Decimal) -> Value:
    low, high = sorted((value.low * factor, value.high * factor))
    return replace(value, low=low, high=high)


def _parts_noted(pair: _Pair) -> _Pair:
    for value in (pair.wanted, pair.reached):
        if value.parts and value.kind is Kind.NUMBER and sum(value.parts) != value.low:
            pair = pair.noting(Remarks.PARTS, f"{sum(value.parts)}")
    return pair


def _by_the_year(pair: _Pair, year: int) -> _Pair:
    """每月1次 beside 12次: both by the year, unless both are by the same period."""
    wanted, reached = pair.wanted, pair.reached
    if (wanted.period, wanted.every) == (reached.period, reached.every):
        return pair
    if wanted.period and not reached.period and wanted.low <= reached.high < 2 * wanted.low:
        pair = pair.noting(Remarks.PERIOD, wanted.period)
    return replace(
        pair,
        wanted=_times(wanted, _a_year(wanted, year)),
        reached=_times(reached, _a_year(reached, year)),
    )


def _a_year(value: Value, year: int) -> Decimal:
    if not value.period or value.unit in ("%", "‰"):
        return Decimal(1)
    leap = value.period == "天" and year and calendar.isleap(year)
    return (TIMES_A_YEAR[value.period] + (1 if leap else 0)) / value.every


# --- units ---------------------------------------------------------------------------------------


def _in_one_unit(pair: _Pair) -> _Pair:
    """Both in the target's unit. Raises UnlikeUnits."""
    wanted, reached = pair.wanted, pair.reached
    if wanted.unit == reached.unit:
        return _same_unit(pair)
    if "%" in (wanted.unit, reached.unit) and "" in (wanted.unit, reached.unit):
        return _ratio_and_percent(pair)
    ours, theirs = wanted.measured_in, reached.measured_in
    if not ours.name or not theirs.name:
        return _without_unit(pair)
    moved = replace(
        reached,
        low=converted(reached.low, theirs, ours),
        high=converted(reached.high, theirs, ours),
    )
    if ours != theirs and _is_slip(wanted, reached, moved):
        pair = pair.noting(Remarks.UNIT_SLIP, f"{wanted.unit}、{reached.unit}")
    return replace(pair, reached=moved)


def _is_slip(wanted: Value, typed: Value, moved: Value) -> bool:
    """Whether the numbers are alike as typed, and far apart once the units count."""
    return (
        typed.low > 0
        and wanted.low > 0
        and not _within(moved.low, wanted.low, _FAR)
        and _within(typed.low, wanted.low, _NEAR)
    )


def _within(one: Decimal, other: Decimal, factor: int) -> bool:
    return other <= one * factor and one <= other * factor


def _same_unit(pair: _Pair) -> _Pair:
    wanted, reached = pair.wanted, pair.reached
    if wanted.unit == "%" and not reached.own_unit and _looks_like_ratio(reached, wanted):
        return pair.noting(Remarks.SMALL_PERCENT, f"{reached.low}")
    if _is_bare(wanted, reached):
        return replace(pair, reached=_times(reached, 1 / wanted.measured_in.scale)).noting(
            Remarks.BARE_NUMBER, wanted.unit
        )
    return pair


def _looks_like_ratio(number: Value, percent: Value) -> bool:
    """0.96 beside 95%: a hundredth of what would be expected."""
    return (
        0 < abs(number.low) <= 1
        and abs(percent.low) >= _PERCENT_AGAINST_RATIO * abs(number.low)
        and number.kind is Kind.NUMBER
    )


def _ratio_and_percent(pair: _Pair) -> _Pair:
    wanted, reached = pair.wanted, pair.reached
    if wanted.unit == "" and _looks_like_ratio(wanted, reached):
        detail = f"{wanted.low}"
        wanted = replace(_times(wanted, _HUNDRED), unit="%")
        return replace(pair, wanted=wanted).noting(Remarks.RATIO_TARGET, detail)
    if reached.unit == "" and _looks_like_ratio(reached, wanted):
        detail = f"{reached.low}"
        reached = replace(_times(reached, _HUNDRED), unit="%")
        return replace(pair, reached=reached).noting(Remarks.RATIO_READ, detail)
    unit = wanted.unit or reached.unit
    return replace(pair, wanted=replace(wanted, unit=unit))


def _without_unit(pair: _Pair) -> _Pair:
    """One of both has no unit: it is taken to be in the other's, 万 and all, if that can be."""
    wanted, reached = pair.wanted, pair.reached
    ours, theirs = wanted.measured_in, reached.measured_in
    if ours.name == theirs.name or ours.scale == theirs.scale == 1:
        return replace(pair, reached=_times(reached, theirs.scale / ours.scale))
    if not reached.unit and _is_bare(wanted, reached):
        return replace(pair, reached=_times(reached, 1 / ours.scale)).noting(
            Remarks.BARE_NUMBER, wanted.unit
        )
    if not wanted.unit and _is_bare(reached, wanted):
        return replace(pair, reached=_times(reached, theirs.scale)).noting(
            Remarks.BARE_NUMBER, reached.unit
        )
    both_named = bool(wanted.unit and reached.unit)
    return replace(pair, reached=_times(reached, theirs.scale / ours.scale)) if both_named else pair


def _is_bare(scaled: Value, bare: Value) -> bool:
    """1.2万人 beside 12500: more than hundredfold, so that 万 was left out."""
    scale = scaled.measured_in.scale
    if scale <= 100 or bare.own_unit or scaled.low <= 0:
        return False
    return bare.low / scaled.low >= scale / 100


# --- what cannot be compared ---------------------------------------------------------------------


def _unlike(pair: _Pair, unlike: UnlikeUnits, direction: str) -> Compared:
    wanted, reached = pair.wanted, pair.reached
    units = f"{wanted.unit or '没有单位'}、{reached.unit or '没有单位'}"
    dimensions = {value.measured_in.dimension for value in (wanted, reached)}
    if dimensions == {CALENDAR, CLOCK_TIME}:
        met = _by_days(wanted, reached, direction)
        return Compared(met=met, remarks=(*pair.remarks, Remark(Remarks.CALENDAR, units)))
    if WORKING_DAYS in dimensions and dimensions <= {WORKING_DAYS, CLOCK_TIME, CALENDAR}:
        return Compared(remarks=(*pair.remarks, Remark(Remarks.WORKING_DAYS, units)))
    name = Remarks.UNITS_DIFFER if unlike.sure else Remarks.UNITS_UNSURE
    return Compared(remarks=(*pair.remarks, Remark(name, units)))


def _by_days(wanted: Value, reached: Value, direction: str) -> bool | None:
    """Whether a target in months was met in days, or the other way, where any month tells so."""
    low, high = _days_of(wanted)
    few, many = _days_of(reached)
    results = {
        _by_operator(aim, result, wanted.operator, direction)
        for aim in (low, high)
        for result in (few, many)
    }
    return results.pop() if len(results) == 1 else None


def _days_of(value: Value) -> tuple[Decimal, Decimal]:
    """The fewest and the most days of a length of time."""
    unit = value.measured_in
    if unit.dimension == CLOCK_TIME:
        days = converted(value.low, unit, read_unit("天"))
        return days, days
    years, months = divmod(converted(value.low, unit, read_unit("个月")), 12)
    short, long = (years * of_year for of_year in _DAYS_OF_YEAR)
    return short + months * _DAYS_OF_MONTH[0], long + months * _DAYS_OF_MONTH[1]


def _range_result(pair: _Pair, direction: str, tolerance: Decimal) -> Compared:
    """A result that is a range itself: it tells something only where both ends do the same."""
    wanted, reached = pair.wanted, pair.reached
    if wanted.kind is Kind.RANGE and wanted.low <= reached.low and reached.high <= wanted.high:
        return Compared(wanted.low, wanted.low, met=True, remarks=pair.remarks)
    ends = [
        _judged(replace(pair, reached=replace(reached, kind=Kind.NUMBER, low=end, high=end)),
                direction, tolerance).met
        for end in (reached.low, reached.high)
    ]  # fmt: skip
    met = ends[0] if ends[0] is ends[1] else None
    return Compared(met=met, remarks=(*pair.remarks, Remark(Remarks.RANGE_RESULT)))


# --- the judgement -------------------------------------------------------------------------------


def _judged(pair: _Pair, direction: str, tolerance: Decimal) -> Compared:
    wanted, reached = pair.wanted, pair.reached
    pair = _remarked(pair)
    number = reached.low
    if wanted.kind is Kind.RANGE:
        return _beside_range(pair, direction)
    aim = wanted.low
    if reached.vague is Vague.NEAR and number == aim:
        return Compared(remarks=(*pair.remarks, Remark(Remarks.BLURRED_UNSURE)))
    alike = number == aim and wanted.vague is reached.vague is not Vague.NONE
    met = alike or _met(wanted, reached, direction, tolerance)
    if met is None and number < aim and _slipped(pair):
        met = False  # a thousandth of what was aimed at, whatever was meant
    if reached.vague is not Vague.NONE:
        name = Remarks.BLURRED if met else Remarks.BLURRED_UNSURE
        pair = pair.noting(name)
    return Compared(aim, number, met=met, operator=wanted.operator, remarks=pair.remarks)


def _slipped(pair: _Pair) -> bool:
    return any(remark.name is Remarks.UNIT_SLIP for remark in pair.remarks)


def _remarked(pair: _Pair) -> _Pair:
    if pair.reached.operator in ("≥", "≤", ">", "<") and pair.reached.kind is Kind.NUMBER:
        within_time = pair.wanted.measured_in.dimension in (CLOCK_TIME, CALENDAR, WORKING_DAYS)
        if not within_time or pair.reached.operator != "≤":
            pair = pair.noting(Remarks.AS_TARGET)
    negative = pair.wanted.kind is Kind.NUMBER and pair.wanted.low < 0
    if negative and pair.wanted.low != pair.reached.low:
        pair = pair.noting(Remarks.NEGATIVE_TARGET)
    return pair


def _beside_range(pair: _Pair, direction: str) -> Compared:
    """Inside a range is met; outside, the nearer bound counts."""
    wanted, number = pair.wanted, pair.reached.low
    if wanted.low <= number <= wanted.high:
        return Compared(number or Decimal(1), number or Decimal(1), met=True, remarks=pair.remarks)
    above = number > wanted.high
    aim = wanted.high if above else wanted.low
    if above:
        met = {"正向": True, "反向": False, "适中": False}.get(direction)
    else:
        met = direction == "反向"
    return Compared(aim, number, met=met, remarks=pair.remarks)


def _met(wanted: Value, reached: Value, direction: str, tolerance: Decimal) -> bool | None:
    aim, number = wanted.low, reached.low
    if wanted.vague in (Vague.ABOUT, Vague.NEAR) and aim:
        if abs(number - aim) <= abs(aim) * tolerance:
            return True
        if not wanted.operator and not direction:
            return None if number > aim else False
    if reached.vague is Vague.OVER:
        ends = {
            _by_operator(aim, end, wanted.operator, direction)
            for end in (number, number + _last_place(number) * Decimal("0.99"))
        }
        return ends.pop() if len(ends) == 1 else None
    return _by_operator(aim, number, wanted.operator, direction)


def _last_place(number: Decimal) -> Decimal:
    """What 余 may add at the most: 100 to 100余, 10 to 120余, 0.1 to 1.2万余."""
    exponent = number.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def _by_operator(
    aim: Decimal, number: Decimal, operator: str | None, direction: str
) -> bool | None:
    match operator, direction:
        case "≥", _:
            return number >= aim
        case ">", _:
            return number > aim
        case "≤", _:
            return number <= aim
        case "<", _:
            return number < aim
        case _, "正向":
            return number >= aim
        case _, "反向":
            return number <= aim
        case _, "适中":
            return number == aim
    return True if number == aim else None
