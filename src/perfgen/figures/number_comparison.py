"""Two numbers, ranges or frequencies beside each other: one unit, one sense, and a judgement."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from perfgen.figures.judgement import Pair, judged, met_by_operator
from perfgen.figures.periods import by_each, by_one_period, by_the_year, is_of_all
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

_HUNDRED = Decimal(100)
_FAR, _FAR_AND_MISSED = 20, 5
"""So many times more or less than the target, in another unit: perhaps a slip of it."""

_NEAR = 4
"""The numbers alone, as typed, are alike within this factor."""

_PERCENT_AGAINST_RATIO = 10
_FALLING = re.compile(r"下降|降低|减少|压减|压降|降幅|缩短|缩减")
_DAYS_OF_MONTH = Decimal(28), Decimal(31)
_DAYS_OF_YEAR = Decimal(365), Decimal(366)


def compare_quantities(
    wanted: Value, reached: Value, direction: str, name: str, year: int, tolerance: Decimal
) -> Compared:
    """Return how one number or range stands to another."""
    if not (wanted.subject in reached.subject or reached.subject in wanted.subject):
        return Compared(remarks=(Remark(Remarks.OTHER_SUBJECT),))
    if is_of_all(wanted, reached):
        return Compared(remarks=(Remark(Remarks.OTHER_SUBJECT),))
    pair = _parts_noted(_in_one_sense(Pair(wanted, reached), name))
    pair = by_the_year(by_one_period(by_each(pair, name)), year)
    if any(remark.name is Remarks.PERIOD for remark in pair.remarks):
        return Compared(remarks=pair.remarks)
    try:
        pair = _in_one_unit(pair, direction)
    except UnlikeUnits as unlike:
        return _unlike(pair, unlike, direction)
    if pair.reached.kind is Kind.RANGE:
        return _range_result(pair, direction, tolerance)
    return judged(pair, direction, tolerance)


def _in_one_sense(pair: Pair, name: str) -> Pair:
    """Growth and decline: along the target's word, so that 下降5% is more than 下降3%."""
    wanted, reached = pair.wanted, pair.reached
    sense = wanted.change or (-1 if reached.change and _FALLING.search(name) else 1)
    if reached.change:
        reached = reached.times(Decimal(reached.change * sense))
    elif wanted.change == -1 and reached.high < 0:
        reached = reached.times(Decimal(-1))  # 下降3%, and a change of -5%
    at_least = wanted.change or wanted.vague is Vague.OVER
    if at_least and not wanted.operator and wanted.kind is Kind.NUMBER:
        wanted = replace(wanted, operator="≥")
    return replace(pair, wanted=wanted, reached=reached)


def _parts_noted(pair: Pair) -> Pair:
    for value in (pair.wanted, pair.reached):
        if value.parts and value.kind is Kind.NUMBER and sum(value.parts) != value.low:
            pair = pair.noting(Remarks.PARTS, f"{sum(value.parts)}")
    return pair


# --- units ---------------------------------------------------------------------------------------


def _in_one_unit(pair: Pair, direction: str) -> Pair:
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
    if ours != theirs and _is_slip(wanted, reached, moved, direction):
        pair = pair.noting(Remarks.UNIT_SLIP, f"{wanted.unit}、{reached.unit}")
    return replace(pair, reached=moved)


def _is_slip(wanted: Value, typed: Value, moved: Value, direction: str) -> bool:
    """Whether the numbers are alike as typed, and far apart once the units count.

    18天 beside ≤24小时 is; 8小时 beside ≤3天 is what was hoped for.
    """
    missed = met_by_operator(wanted.low, moved.low, wanted.operator, direction) is False
    return (
        typed.low > 0
        and wanted.low > 0
        and not _within(moved.low, wanted.low, _FAR_AND_MISSED if missed else _FAR)
        and _within(typed.low, wanted.low, _NEAR)
    )


def _within(one: Decimal, other: Decimal, factor: int) -> bool:
    return other <= one * factor and one <= other * factor


def _same_unit(pair: Pair) -> Pair:
    wanted, reached = pair.wanted, pair.reached
    if wanted.unit == "%" and not reached.own_unit and _looks_like_ratio(reached, wanted):
        return pair.noting(Remarks.SMALL_PERCENT, f"{reached.low}")
    if _is_bare(wanted, reached):
        return replace(pair, reached=reached.times(1 / wanted.measured_in.scale)).noting(
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


def _ratio_and_percent(pair: Pair) -> Pair:
    wanted, reached = pair.wanted, pair.reached
    if wanted.unit == "" and _looks_like_ratio(wanted, reached):
        detail = f"{wanted.low}"
        wanted = replace(wanted.times(_HUNDRED), unit="%")
        return replace(pair, wanted=wanted).noting(Remarks.RATIO_TARGET, detail)
    if reached.unit == "" and _looks_like_ratio(reached, wanted):
        detail = f"{reached.low}"
        reached = replace(reached.times(_HUNDRED), unit="%")
        return replace(pair, reached=reached).noting(Remarks.RATIO_READ, detail)
    unit = wanted.unit or reached.unit
    return replace(pair, wanted=replace(wanted, unit=unit))


def _without_unit(pair: Pair) -> Pair:
    """One of both has no unit: it is taken to be in the other's, 万 and all, if that can be."""
    wanted, reached = pair.wanted, pair.reached
    ours, theirs = wanted.measured_in, reached.measured_in
    if ours.name == theirs.name or (ours.scale == theirs.scale == 1 and reached.unit):
        return replace(pair, reached=reached.times(theirs.scale / ours.scale))
    if not reached.unit and _is_bare(wanted, reached):
        return replace(pair, reached=reached.times(1 / ours.scale)).noting(
            Remarks.BARE_NUMBER, wanted.unit
        )
    if not wanted.unit and _is_bare(reached, wanted):
        return replace(pair, reached=reached.times(theirs.scale)).noting(
            Remarks.BARE_NUMBER, reached.unit
        )
    if not reached.unit and 0 < reached.low * _HUNDRED < wanted.low:
        pair = pair.noting(Remarks.UNIT_SLIP, f"{wanted.unit}、没有单位")
    both_named = bool(wanted.unit and reached.unit)
    return replace(pair, reached=reached.times(theirs.scale / ours.scale)) if both_named else pair


def _is_bare(scaled: Value, bare: Value) -> bool:
    """1.2万人 beside 12500: more than hundredfold, so that 万 was left out."""
    scale = scaled.measured_in.scale
    if scale <= 100 or bare.own_unit or scaled.low <= 0:
        return False
    return bare.low / scaled.low >= scale / 100


# --- what cannot be compared ---------------------------------------------------------------------


def _unlike(pair: Pair, unlike: UnlikeUnits, direction: str) -> Compared:
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
        met_by_operator(aim, result, wanted.operator, direction)
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


def _range_result(pair: Pair, direction: str, tolerance: Decimal) -> Compared:
    """A result that is a range itself: it tells something only where both ends do the same."""
    wanted, reached = pair.wanted, pair.reached
    if wanted.kind is Kind.RANGE and wanted.low <= reached.low and reached.high <= wanted.high:
        return Compared(wanted.low, wanted.low, met=True, remarks=pair.remarks)
    ends = [
        judged(replace(pair, reached=replace(reached, kind=Kind.NUMBER, low=end, high=end)),
                direction, tolerance).met
        for end in (reached.low, reached.high)
    ]  # fmt: skip
    met = ends[0] if ends[0] is ends[1] else None
    return Compared(met=met, remarks=(*pair.remarks, Remark(Remarks.RANGE_RESULT)))
