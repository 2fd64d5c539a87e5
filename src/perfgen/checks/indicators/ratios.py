"""PG112 to PG114: rates among the indicators that follow from the budget table (预算类指标)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from perfgen.checks.common.amounts import Whole, whole_budget
from perfgen.checks.common.nature import is_percent
from perfgen.checks.registry import Case, Hit, Setting, quoted, rule
from perfgen.model.finding import Severity
from perfgen.model.names import bare_name
from perfgen.model.numbers import decimals_of, fixed, half_up, plain
from perfgen.model.records import Indicator

_HUNDRED = Decimal(100)
_LAST_DIGIT = Decimal("0.01")

_BEFORE = re.compile(r"^(?:部门|单位|整体|年度|全年|支出)*(?=预算|结转)")
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]$")


@dataclass(frozen=True, slots=True)
class Expected:
    """What the budget table gives for an indicator: percents, and the sum that gives them.

    `either_sign` is True where some write a rate without its sign (预算调整率 5% for a cut).
    """

    percent: Decimal
    sum: str
    either_sign: bool = False

    def agrees(self, stated: Decimal) -> bool:
        """Return whether a stated number of percents is this one, at the decimals it has."""
        wanted = half_up(self.percent, decimals_of(stated))
        return stated == wanted or (self.either_sign and abs(stated) == abs(wanted))


def expected_rate(indicator: Indicator, case: Case) -> Expected | None:
    """Return what the table gives for an indicator; None where it is no such rate."""
    name = _BEFORE.sub("", _BRACKETS.sub("", bare_name(indicator.name)))
    rate = _RATES.get(name)
    if rate is None:
        return None
    whole = _whole(indicator, case)
    return rate(whole) if whole else None


def _whole(indicator: Indicator, case: Case) -> Whole | None:
    """The money of the indicator's project, where it has one, else that of the unit."""
    projects = case.figures.projects
    if not projects:
        return whole_budget(case)
    mine = [row for row in projects if indicator.project in ("", row.name)]
    if len(mine) != 1:
        return None
    money = mine[0].whole
    changed = None
    if mine[0].project.adjusted and money.adjusted is not None and money.initial is not None:
        changed = money.adjusted - money.initial
    return Whole(
        names=(mine[0].name,),
        initial=money.initial,
        adjustment=changed,
        adjusted=money.adjusted,
        actual=money.actual,
    )


def _share(
    part: Decimal | None, of: Decimal | None, how: str, *, either_sign: bool = False
) -> Expected | None:
    if part is None or not of:
        return None
    ratio = part / of * _HUNDRED
    divided = f"{how}÷" if how.endswith("）") else f"{how} ÷"
    return Expected(ratio, f"{divided} {plain(of)} = {fixed(ratio, 2)}%", either_sign)


def _executed(whole: Whole) -> Expected | None:
    return _share(whole.actual, whole.adjusted, plain(whole.actual or Decimal(0)))


def _adjusted(whole: Whole) -> Expected | None:
    changed = whole.adjustment
    return _share(changed, whole.initial, plain(changed or Decimal(0)), either_sign=True)


def _left(whole: Whole) -> Expected | None:
    if whole.adjusted is None or whole.actual is None:
        return None
    how = f"（{plain(whole.adjusted)} - {plain(whole.actual)}）"
    return _share(whole.adjusted - whole.actual, whole.adjusted, how)


def _off(whole: Whole) -> Expected | None:
    if whole.initial is None or whole.actual is None:
        return None
    how = f"（{plain(whole.actual)} - {plain(whole.initial)}）"
    return _share(whole.actual - whole.initial, whole.initial, how, either_sign=True)


_RATES = {
    "预算执行率": _executed,
    "预算调整率": _adjusted,
    "结转结余率": _left,
    "预算偏差率": _off,
}
_DEFINITIONS: Mapping[str, str] = {
    "预算执行率": "实际支出数 ÷ 调整预算数",
    "预算调整率": "追加追减数 ÷ 年初预算数",
    "结转结余率": "（调整预算数 - 实际支出数）÷ 调整预算数",
    "预算偏差率": "（实际支出数 - 年初预算数）÷ 年初预算数",
}


def disagrees(indicator: Indicator, case: Case) -> bool:
    """Return whether an indicator's result is another than the budget table gives."""
    actual = indicator.actual
    expected = expected_rate(indicator, case)
    if expected is None or actual is None or actual.number is None or not is_percent(actual):
        return False
    return not expected.agrees(actual.number)


_A_LITTLE = 5
"""A target of ≥45% is kept by a plan of 46%; by one of 60% it says nothing."""


@rule(
    "PG112",
    Severity.WARNING,
    title="预算执行率的半年目标与支出计划不一致",
    reason="半年的预算执行率目标应当等于支出预算表的半年计划执行数 ÷ 全年预算数，两处是同一个计划。"
    "保留两位小数后相差不到 0.5 个百分点的不提；目标写“≥”的，计划多出不到 5 个百分点的也不提。",
    good="半年计划 9949.62，全年预算 20948.46，半年目标 =47.5%",
    bad="半年计划 9949.62，全年预算 20948.46，半年目标 =47%（应为 47.50%）",
    settings={"points": Setting.ratio("0.5%", "半年目标与计划相差这么多（百分点）的才提")},
)
def half_target(case: Case) -> Iterator[Hit]:
    """R10: the half-year target of 预算执行率 against the plan of the table."""
    whole = whole_budget(case)
    planned = _share(whole.half_plan, whole.initial, plain(whole.half_plan or Decimal(0))) if (
        whole
    ) else None  # fmt: skip
    if planned is None:
        return
    for indicator in case.report.indicators:
        target = indicator.targets.get("half")
        if target is None or not _is_rate(indicator, "预算执行率"):
            continue
        number = target.measure.number
        if number is None or not is_percent(target.measure):
            continue
        off = abs(half_up(planned.percent, 2) - number)
        kept = target.operator == "≥" and 0 <= planned.percent - number < _A_LITTLE
        if off / _HUNDRED >= case.settings["points"] and not kept:
            yield Hit(
                subject=indicator.name,
                message=f"{quoted(indicator.name)}的半年目标是 {target.text}，按支出计划是 "
                f"{planned.sum}，相差 {fixed(off, 2)} 个百分点",
                hint="改目标值，或核对半年计划执行数",
                ref=indicator.cell("target.half"),
            )


def _is_rate(indicator: Indicator, name: str) -> bool:
    return _BEFORE.sub("", _BRACKETS.sub("", bare_name(indicator.name))) == name


@rule(
    "PG113",
    Severity.ERROR,
    title="预算执行率、预算调整率与预算表不符",
    reason="这两个指标的完成值就是预算表算出来的数：预算执行率 = 实际支出数 ÷ 调整预算数，"
    "预算调整率 = 追加追减数 ÷ 年初预算数。按完成值自己的小数位数比较；只差末位 0.01 的只作提醒。",
    good="实际支出 51124.43，调整预算 51621.82，预算执行率 99.04%",
    bad="实际支出 51124.43，调整预算 51621.82，预算执行率 98.04%",
    fixed={"只差这么多百分点的只作提醒": "0.01"},
)
def rates_of_the_table(case: Case) -> Iterator[Hit]:
    """R11: 预算执行率 and 预算调整率 that are not those of the budget table."""
    yield from _stated_otherwise(case, ("预算执行率", "预算调整率"))


@rule(
    "PG114",
    Severity.WARNING,
    title="结转结余率、预算偏差率与预算表不符",
    reason="结转结余率 =（调整预算数 - 实际支出数）÷ 调整预算数，预算偏差率 =（实际支出数 - "
    "年初预算数）÷ 年初预算数。当地另有规定算法的，在“说明事项”里说明。",
    good="实际 51124.43，年初 17358.25，预算偏差率 194.53%",
    bad="实际 51124.43，年初 17358.25，预算偏差率 197.39%（照抄了预算调整率）",
)
def derived_rates(case: Case) -> Iterator[Hit]:
    """R12: 结转结余率 and 预算偏差率 that are not what the table gives."""
    yield from _stated_otherwise(case, ("结转结余率", "预算偏差率"))


def _stated_otherwise(case: Case, names: tuple[str, ...]) -> Iterator[Hit]:
    for indicator in case.report.indicators:
        name = next((name for name in names if _is_rate(indicator, name)), None)
        actual, expected = indicator.actual, expected_rate(indicator, case)
        if name is None or actual is None or actual.number is None or expected is None:
            continue
        if not disagrees(indicator, case):
            continue
        close = abs(actual.number - half_up(expected.percent, 2)) <= _LAST_DIGIT
        copied = _copied_from(indicator, case)
        yield Hit(
            subject=indicator.name,
            message=f"{quoted(indicator.name)}的完成值是 {actual.text}，按预算表是 "
            f"{expected.sum}{copied}",
            hint=f"核对完成值和预算表；{name} = {_DEFINITIONS[name]}",
            ref=indicator.cell("actual"),
            severity=Severity.WARNING if close else None,
        )


def _copied_from(indicator: Indicator, case: Case) -> str:
    """Which other rate of the table the stated one is."""
    for other in case.report.indicators:
        same = other.actual and indicator.actual and other.actual.text == indicator.actual.text
        if other is indicator or not same or other.project != indicator.project:
            continue
        if expected_rate(other, case) and not disagrees(other, case):
            return f"；填的与{quoted(other.name)}的完成值相同"
    return ""
