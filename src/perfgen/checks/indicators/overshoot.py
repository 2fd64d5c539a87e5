"""PG203, PG204: results far above their targets (完成值反常、超额完成)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfgen.checks.common.nature import (
    is_change,
    is_count,
    is_percent,
    is_rank,
    is_share,
    less_is_better,
    more_is_better,
)
from perfgen.checks.indicators.one_digit import is_confirmed
from perfgen.checks.indicators.ratios import disagrees, expected_rate
from perfgen.checks.registry import Case, Hit, Setting, quoted, rule
from perfgen.figures.deviation import comparable
from perfgen.model.finding import Severity
from perfgen.model.numbers import fixed, plain
from perfgen.model.records import Indicator

_HUNDRED = Decimal(100)
_POINTS = Decimal(10)
"""Percents that are so near to their target are not odd, many times it or not."""

_FEW_POINTS = Decimal(5)
"""An over-completion of so few points says nothing of a slack target."""

_PERIODS = ("half", "full")
_SHARES = frozenset({"%", "‰", "个百分点"})


@rule(
    "PG203",
    Severity.WARNING,
    title="完成值反常",
    reason="百分比达到目标的 150% 以上，数量达到目标的 3 倍以上，多半是单位、小数点或口径错了；"
    "覆盖率、满意度这类比率不会超过 100%。数字属实的，公开时会被追问，应当写清原因。",
    good="政府采购执行率目标 =100%，完成 96.5%",
    bad="政府采购执行率目标 =100%，完成 658.5%",
    settings={
        "percent": Setting.ratio("150%", "百分比的完成值达到目标的多少，算反常"),
        "volume": Setting.ratio("300%", "数量的完成值达到目标的多少，算反常"),
    },
    fixed={"百分比的完成值与目标相差不到这么多百分点的，不算反常": "10"},
)
def outliers(case: Case) -> Iterator[Hit]:
    """R22: a percent at 150% of its target, or above 100% where that cannot be."""
    for indicator in case.report.indicators:
        yield from _outlying(indicator, case)


def _outlying(indicator: Indicator, case: Case) -> Iterator[Hit]:
    yield from _impossible(indicator)
    if (said := _beyond(indicator, case)) and not disagrees(indicator, case):
        expected = expected_rate(indicator, case)
        in_text = not expected and indicator.actual and is_confirmed(indicator.actual, case)
        confirmed = f"（{expected.sum}，与预算表一致）" if expected else ""
        yield Hit(
            subject=indicator.name,
            message=f"{said}{confirmed}" + ("，完成值与正文一致" if in_text else ""),
            hint="写清原因，公开时会被追问"
            if confirmed
            else "核对目标有没有少写一位，再核对完成值的单位和口径"
            if in_text
            else "核对数字、单位和口径",
            ref=indicator.cell("target.full" if in_text else "actual"),
        )


_NEVER_NEGATIVE = re.compile(
    r"(?<!增长)(?<!增加)(?<!变动)(?<!调整)(?<!偏差)(?<!利润)(?<!收益)(?<!回报)(?<!变化)率$|人数|次数|数量|面积|长度|家数|户数|满意度"
)
_DAYS = re.compile(r"(?:开放|优良|运行|服务|营业|供[\u4e00-\u9fff]{1,2}|值守|达标)天数")
_DAYS_OF_YEAR = Decimal(366)


def _impossible(indicator: Indicator) -> Iterator[Hit]:
    """A result below 0 of what is counted, or of more days than a year has."""
    actual = indicator.actual
    number = actual.number if actual is not None else None
    said = ""
    if number is not None and number < 0 and not is_change(indicator):
        money = "元" in (actual.unit if actual else "")
        targets = [target.measure.number for target in indicator.targets.values()]
        aimed = [wanted for wanted in targets if wanted is not None]
        counted = _NEVER_NEGATIVE.search(indicator.name.strip()) or is_count(actual)
        if counted and aimed and min(aimed) >= 0 and not money:
            said = "不会是负数"
    elif number is not None and number > _DAYS_OF_YEAR and _DAYS.search(indicator.name):
        said = "一年没有这么多天"
    if actual is not None and said:
        yield Hit(
            subject=indicator.name,
            message=f"{quoted(indicator.name)}完成 {actual.text}，{said}",
            hint="核对数字和正负号",
            ref=indicator.cell("actual"),
        )
        return
    yield from _above_all(indicator)


def _above_all(indicator: Indicator) -> Iterator[Hit]:
    """A target or a result above 100%, of what is a part of a whole."""
    if not is_share(indicator):
        return
    values = [(f"target.{period}", indicator.targets.get(period)) for period in _PERIODS]
    measures = [(field, target.measure, target.text) for field, target in values if target]
    if indicator.actual:
        measures.append(("actual", indicator.actual, indicator.actual.text))
    for field, measure, text in measures:
        if is_percent(measure) and measure.number is not None and measure.number > _HUNDRED:
            what = "完成" if field == "actual" else "目标"
            yield Hit(
                subject=indicator.name,
                message=f"{quoted(indicator.name)}{what} {text}，这样的比率不会超过 100%",
                hint="核对数字和单位",
                ref=indicator.cell(field),
            )
            return


def _beyond(indicator: Indicator, case: Case) -> str:
    """How far a result is beyond the bounds, in words; empty where it is not."""
    target, actual = indicator.target, indicator.actual
    if target is None or actual is None or actual.number is None:
        return ""
    numbers = comparable(target.measure, actual)
    if numbers is None or (is_share(indicator) and actual.number > _HUNDRED):
        return ""
    wanted, reached = numbers
    said = f"{quoted(indicator.name)}目标 {target.text}，完成 {actual.text}"
    percent, bounds = is_percent(actual), case.settings
    if wanted == 0 and percent and actual.number / _HUNDRED >= bounds["percent"]:
        return f"{said}，超过 {plain(bounds['percent'] * _HUNDRED)}%"
    if wanted <= 0:
        return ""
    if not percent and (is_rank(indicator) or less_is_better(indicator, case.layout.rules)):
        return ""
    if percent and wanted > 0 and reached - wanted < _POINTS:
        return ""  # 4.6% where 3% was aimed at is no slip
    if percent and is_change(indicator) and reached / _HUNDRED < bounds["percent"]:
        return ""  # a growth of 8% where 5% was aimed at is much, and not odd
    ratio = reached / wanted
    if ratio < bounds["percent" if percent else "volume"]:
        return ""
    return f"{said}，是目标的 {fixed(ratio * _HUNDRED, 2)}%"


@rule(
    "PG204",
    Severity.WARNING,
    title="超额完成较多，目标可能定低了",
    reason="完成值超过目标 30% 以上，说明目标没有起到约束作用（财预〔2020〕10号："
    "指标值明显偏低造成的超额完成，要分析原因，可以适度调减分值）。只多 1 个的作提示。",
    good="目标 ≥50家，完成 52家",
    bad="目标 =30个，完成 52个，超额 73.33%",
    settings={"over": Setting.ratio("30%", "超额完成多少才提")},
    fixed={"百分比的完成值超过目标不到这么多百分点的不提": "5"},
    most=8,
)
def overcompleted(case: Case) -> Iterator[Hit]:
    """R24: over-completion, where PG203 does not speak of the same result."""
    of_outliers = case.of_rule("PG203")
    for indicator in case.report.indicators:
        target, actual = indicator.target, indicator.actual
        if target is None or actual is None:
            continue
        numbers = comparable(target.measure, actual)
        if numbers is None or numbers[0] <= 0 or not more_is_better(indicator, case.layout.rules):
            continue
        wanted, reached = numbers
        if actual.value.unit in _SHARES and is_change(indicator):
            continue  # 38% of growth where 10% was aimed at is good news, and no slack target
        if is_percent(target.measure) and reached - wanted < _FEW_POINTS:
            continue
        over = (reached - wanted) / wanted
        if over <= case.settings["over"] or any(_outlying(indicator, of_outliers)):
            continue
        by_one = not is_percent(actual) and (reached - wanted) * target.measure.scale <= 1
        yield Hit(
            subject=indicator.name,
            message=f"{quoted(indicator.name)}目标 {target.text}，完成 {actual.text}，"
            f"超额 +{fixed(over * _HUNDRED, 2)}%",
            hint="目标可能定低了：写明原因，下一年度按实际水平定目标",
            ref=indicator.cell("actual"),
            severity=Severity.INFO if by_one else None,
        )
