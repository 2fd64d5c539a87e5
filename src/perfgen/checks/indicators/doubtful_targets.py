"""PG213, PG214: targets that contradict their name, or measure another thing (目标可疑)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfgen.checks.common.meant import (
    is_cost,
    less_is_meant,
    more_is_meant,
    operator_cell,
    unit_cell,
    unit_unlike_name,
)
from perfgen.checks.common.nature import is_percent
from perfgen.checks.indicators.bare_targets import FULL, without_unit
from perfgen.checks.indicators.result_days import odd_result_day
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.figures.comparison import Setting, compare
from perfgen.figures.deadlines import last_day, no_such_day
from perfgen.figures.deviation import IndicatorFigures, known_direction
from perfgen.figures.remarks import Remarks
from perfgen.model.finding import Severity
from perfgen.model.measure import Target
from perfgen.model.records import Indicator
from perfgen.model.units import is_exact

_TOLD = (Remarks.UNITS_DIFFER, Remarks.UNITS_UNSURE, Remarks.UNIT_SLIP)
_UP, _DOWN = frozenset({"≥", ">"}), frozenset({"≤", "<"})
_PERIODS = {"half": "半年", "full": "全年"}
_YEARS_AHEAD = 3
"""An indicator of this year may aim at a plan's end, but hardly later."""

_AFTER = re.compile(r"(?:[日号月底末]|\d{4}年)(?:以|之)?后(?:完成|办结|发放|到位)?$")


@rule(
    "PG213",
    Severity.WARNING,
    title="目标符号与指标的意思相反",
    reason="满意度、办结率、新建数量这类指标越多越好，用“≤”就成了做得越少越好；成本、时限、事故数用“≥”也一样。"
    "半年和全年的符号方向应当一致。名称看不出好坏的不提；填了指标方向的按方向核对（PG205）。",
    good="投诉办结率 ≥95%；单位成本 ≤180元；半年 ≥8条、全年 ≥15条",
    bad="投诉办结率 ≤95%；单位成本 ≥180元；半年 ≤8条、全年 ≥15条",
    most=8,
)
def turned_round(case: Case) -> Iterator[Hit]:
    """An operator against the name, or against that of the other period."""
    known = case.layout.rules.directions
    for indicator in case.report.indicators:
        if not (indicator.direction or known_direction(indicator.name, known)):
            yield from _turned(indicator)


def _turned(indicator: Indicator) -> Iterator[Hit]:
    held_down = less_is_meant(indicator) or is_cost(indicator)
    wrong = _DOWN if more_is_meant(indicator) else _UP if held_down else frozenset()
    better = "越大越好" if wrong is _DOWN else "越小越好"
    right = "≥" if wrong is _DOWN else "≤"
    for period, target in indicator.targets.items():
        if target.operator in wrong and not _is_limit(target):
            yield Hit(
                subject=indicator.name,
                message=f"{quoted(indicator.name)}的{_named(indicator, period)}目标是 "
                f"{target.text}，看名称是{better}的",
                hint=f"核对符号，是不是“{right}”；确实这样定的，在“说明事项”里说明",
                ref=operator_cell(indicator, period),
            )
            return
    half, full = indicator.targets.get("half"), indicator.target
    if half is None or full is None:
        return
    if (half.operator in _UP and full.operator in _DOWN) or (
        half.operator in _DOWN and full.operator in _UP
    ):
        odd = "half" if half.operator in _DOWN else "full"
        yield Hit(
            subject=indicator.name,
            message=f"{quoted(indicator.name)}的半年目标是 {half.text}，全年目标是 {full.text}，"
            "一个是至少，一个是至多",
            hint="核对两个符号",
            ref=operator_cell(indicator, odd),
        )


def _is_limit(target: Target) -> bool:
    """Whether a target bounds nothing but what cannot be exceeded (≤100%), or is 0."""
    number = target.measure.number
    if number is None:
        return _OUT_OF_MANY.fullmatch(target.measure.text) is None
    whole = is_percent(target.measure) and number >= 100 and target.operator in _DOWN
    return number == 0 or whole


_OUT_OF_MANY = re.compile(r"\d{1,6}(?:\.\d{1,3})?/(?:10|1|百|千)?[万千]")
"""So many of ten thousand: 12/10万."""


def _named(indicator: Indicator, period: str) -> str:
    return _PERIODS.get(period, "") if len(indicator.targets) > 1 else ""


@rule(
    "PG214",
    Severity.WARNING,
    title="目标的单位或日期不对",
    reason="办结率的单位是百分号，不是“件”；长度不会是多少座；半年和全年是同一个指标，单位应当一样。"
    "日期要是日历上有的，也应当在本年度前后；别的期限都在本年度，只有一个写到下一年的，多半写错了年份。",
    good="投诉办结率 ≥95%；半年 ≥3条，全年 ≥8条；12月15日前",
    bad="投诉办结率 =100件；半年 ≥3辆，全年 ≥8条；2月30日前",
    most=8,
    fixed={"目标里的日期，最晚": "年度之后 3 年"},
)
def other_units(case: Case) -> Iterator[Hit]:
    """A target in a unit that its name or its other period denies, or on a day that is none."""
    bare = {id(indicator) for indicator in without_unit(case)}
    for row in case.figures.indicators:
        indicator = row.indicator
        hits = (
            *_no_number(indicator),
            *_unlike_names(row),
            *_unlike_periods(indicator),
            *_days(indicator, case),
            *_later_years(indicator, case),
            *odd_result_day(indicator, case),
        )
        if not hits and id(indicator) in bare and indicator.target is not None:
            hits = (_bare(indicator, indicator.target),)
        yield from hits[:1]


def _no_number(indicator: Indicator) -> Iterator[Hit]:
    """A target that is only a sign and a unit: the number was lost."""
    for period, target in indicator.targets.items():
        text = target.measure.text.strip()
        if target.operator and target.measure.number is None and (not text or is_exact(text)):
            yield Hit(
                subject=indicator.name,
                message=f"{quoted(indicator.name)}的{_named(indicator, period)}目标是"
                f"“{target.text}”，没有写数字",
                hint="补上目标的数字",
                ref=indicator.cell(f"target.{period}"),
            )


def _bare(indicator: Indicator, target: Target) -> Hit:
    return Hit(
        subject=indicator.name,
        message=f"{quoted(indicator.name)}的目标 {target.text} 没有单位，别的数字目标都写了",
        hint="补上计量单位",
        ref=unit_cell(indicator, FULL),
    )


def _unlike_names(row: IndicatorFigures) -> Iterator[Hit]:
    indicator = row.indicator
    for period, target in indicator.targets.items():
        measure = target.measure
        if measure.number is None or not unit_unlike_name(indicator, measure.value.unit):
            continue
        yield Hit(
            subject=indicator.name,
            message=f"{quoted(indicator.name)}的{_named(indicator, period)}目标是 {target.text}，"
            f"单位“{measure.value.unit}”与名称不合",
            hint="核对计量单位",
            ref=unit_cell(indicator, period),
        )
    actual = indicator.actual
    if actual is None or actual.number is None or row.compared.has(*_TOLD):
        return  # PG207 says so
    if actual.value.own_unit and unit_unlike_name(indicator, actual.value.unit):
        yield Hit(
            subject=indicator.name,
            message=f"{quoted(indicator.name)}完成 {actual.text}，"
            f"单位“{actual.value.unit}”与名称不合",
            hint="核对计量单位",
            ref=indicator.cell("actual"),
        )


def _unlike_periods(indicator: Indicator) -> Iterator[Hit]:
    half, full = indicator.targets.get("half"), indicator.target
    if half is None or full is None or half.measure.number is None or full.measure.number is None:
        return
    ours, theirs = half.measure.value, full.measure.value
    compared = compare(full, half.measure, Setting())
    differ = compared.has(Remarks.UNITS_DIFFER, Remarks.UNITS_UNSURE)
    missing = bool(ours.unit) != bool(theirs.unit)
    slipped = ours.unit != theirs.unit and ours.low == theirs.low and not missing
    other_size = slipped and compared.numbers is not None and len(set(compared.numbers)) > 1
    if not (differ or missing or other_size):
        return
    odd = "full" if missing and not theirs.unit else "half"
    said = "有一个没有单位" if missing else "单位不同"
    yield Hit(
        subject=indicator.name,
        message=f"{quoted(indicator.name)}的半年目标是 {half.text}，全年目标是 {full.text}，{said}",
        hint="两个目标写同一个单位",
        ref=indicator.cell(f"target.{odd}"),
    )


def _days(indicator: Indicator, case: Case) -> Iterator[Hit]:
    year = case.report.year
    for period, target in indicator.targets.items():
        text = target.measure.text
        if target.measure.number is not None:
            continue
        wrong, said = no_such_day(text, year), ""
        day = last_day(text, year)
        if wrong and (day is None or not _compared(indicator)):
            said = f"没有“{wrong}”这一天"
        elif day is not None and _is_day(text) and not year <= day.year <= year + _YEARS_AHEAD:
            said = f"报告是 {year} 年度的"
        elif _AFTER.search(text):
            said = "期限写成了“后”，什么时候都算完成"
        if said:
            yield Hit(
                subject=indicator.name,
                message=f"{quoted(indicator.name)}的{_named(indicator, period)}目标是"
                f"“{target.text}”，{said}",
                hint="核对日期",
                ref=indicator.cell(f"target.{period}"),
            )


def _compared(indicator: Indicator) -> bool:
    """Whether the result is filled in: then PG207 says that the day is none."""
    return indicator.actual is not None


_LONG_TERM = re.compile(
    "规划|中长期|跨年|总体|建设期|工期|分期|二期|三年|五年|长期|两年|次年|下一?年|翌年"
)
_OF_THE_YEAR = re.compile("年度(?:工作)?(?:计划|任务|安排|目标|要点)|本年|当年|年内|全年")
_EARLY_MONTHS = 3
"""What is done after the year is often due by its first quarter (次年3月底前)."""


def _later_years(indicator: Indicator, case: Case) -> Iterator[Hit]:
    """A day of a later year, where all other days of targets are of the report's own."""
    year = case.report.year
    for period, target in _of_the_year(indicator):
        text = target.measure.text
        day = last_day(text, year) if _is_own_day(target) else None
        if day is None or day.year <= year or (day.year == year + 1 and day.month <= _EARLY_MONTHS):
            continue
        if _LONG_TERM.search(f"{indicator.name}{indicator.description}{text}"):
            continue
        others = [
            last_day(other.measure.text, year)
            for row in case.report.indicators
            for _, other in _of_the_year(row)
            if row is not indicator and _is_own_day(other)
        ]
        of_year = _OF_THE_YEAR.search(f"{indicator.basis}{indicator.description}")
        if all(other is not None and other.year == year for other in others) and (
            others or of_year
        ):
            said = f"别的期限都在 {year} 年" if others else f"报告是 {year} 年度的"
            yield Hit(
                subject=indicator.name,
                message=f"{quoted(indicator.name)}的{_named(indicator, period)}目标是"
                f"“{target.text}”，{said}",
                hint="核对年份；跨年度的项目，在指标名称或说明里写明",
                ref=indicator.cell(f"target.{period}"),
            )


def _of_the_year(indicator: Indicator) -> Iterator[tuple[str, Target]]:
    """The targets of this year, not those of a project's whole term (实施期)."""
    return ((name, target) for name, target in indicator.targets.items() if name in _PERIODS)


def _is_own_day(target: Target) -> bool:
    return target.measure.number is None and _is_day(target.measure.text)


_SOME_YEAR = re.compile(r"(?:19|20)\d\d(?:年|[-/.])")
_LONGEST_DAY = 24
_BASE = re.compile("比|较|基期|以来|基础上|年度?水平|不低于20|同期")


def _is_day(text: str) -> bool:
    """Whether a target is a day and no comparison with another year (较2020年下降)."""
    short = len(text) <= _LONGEST_DAY and _BASE.search(text) is None
    return short and _SOME_YEAR.search(text) is not None
