"""PG205: the operators of targets (目标符号)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfgen.checks.common.meant import less_is_meant, more_is_meant, operator_cell
from perfgen.checks.common.nature import (
    direction,
    is_change,
    is_count,
    is_percent,
    is_satisfaction,
    is_share,
    more_is_better,
    stays_within_all,
)
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.figures.deviation import comparable
from perfgen.model.finding import Severity
from perfgen.model.measure import Target
from perfgen.model.records import Indicator

_HUNDRED = Decimal(100)
_PERIODS = {"half": "半年", "full": "全年"}
_FEW = 3
"""Targets without an operator that are named one by one; beyond, they are counted."""


@rule(
    "PG205",
    Severity.WARNING,
    title="目标符号缺少或不合适",
    reason="符号决定怎样才算完成。满意度、底线型的数量用“=”，超过了也算偏差，应当用“≥”；"
    "“≥0”总是成立，等于没有目标；数字目标没有符号，多了少了都说不清。数量只多 1 个的作提示。",
    good="受扶持企业的满意度 ≥80%",
    bad="受扶持企业的满意度 =80%",
    most=8,
)
def operators(case: Case) -> Iterator[Hit]:
    """R25: an operator that is odd or always true, or none at all."""
    missing: list[tuple[Indicator, str, Target]] = []
    for indicator in case.report.indicators:
        for period, target in indicator.targets.items():
            is_open = target.measure.number is not None and target.operator is None
            plain = indicator.actual is None and (
                more_is_meant(indicator) or less_is_meant(indicator)
            )  # in a plan, 新建公厕 40座 says enough
            if is_open and not plain and not _is_all(indicator, target):
                missing.append((indicator, period, target))
        hits = (_satisfaction(indicator), _vacuous(indicator), _against(indicator, case),
                _floor(indicator, case))  # fmt: skip
        yield from [hit for hit in hits if hit][:1]
    yield from _without(missing)


def _texts(indicator: Indicator, periods: Sequence[str]) -> str:
    """The targets of these periods, each with its period's name where there are several."""
    if len(indicator.targets) == 1:
        return indicator.targets[periods[0]].text
    return "，".join(
        f"{_PERIODS.get(period, '')} {indicator.targets[period].text}".strip() for period in periods
    )


def _satisfaction(indicator: Indicator) -> Hit | None:
    """`=80%` on satisfaction; at 100 there is nothing above to be lost."""
    if not is_satisfaction(indicator):
        return None
    odd = [
        period
        for period, target in indicator.targets.items()
        if target.operator in ("=", "≤", "<")
        and target.measure.number is not None
        and target.measure.number != _HUNDRED
    ]
    if not odd:
        return None
    target = indicator.targets[odd[-1]]
    return Hit(
        subject=indicator.name,
        message=f"满意度{quoted(indicator.name)}的目标是 {_texts(indicator, odd)}，"
        "越高越好，应当用“≥”",
        hint=f"改成 ≥{target.measure.text}",
        ref=operator_cell(indicator, odd[-1]),
    )


def _vacuous(indicator: Indicator) -> Hit | None:
    """What is always true: `≥0家`, `≤100%` of a part of a whole."""
    for period, target in indicator.targets.items():
        number = target.measure.number
        if number is None:
            continue
        at_least = target.operator == "≥" and number <= 0 and not _may_be_negative(indicator)
        at_most = target.operator == "≤" and number >= _HUNDRED and _is_part(indicator, target)
        if at_least or at_most:
            return Hit(
                subject=indicator.name,
                message=f"{quoted(indicator.name)}的目标是 {_texts(indicator, [period])}，"
                "总是成立，等于没有目标",
                hint="填一个要努力才能达到的数；这一期确实没有任务的，写“=0”",
                ref=indicator.cell(f"target.{period}"),
            )
    return None


def _may_be_negative(indicator: Indicator) -> bool:
    money = any("元" in target.measure.unit for target in indicator.targets.values())
    percent = any(is_percent(target.measure) for target in indicator.targets.values())
    return is_change(indicator) or money or (percent and not stays_within_all(indicator))


def _is_part(indicator: Indicator, target: Target) -> bool:
    return is_percent(target.measure) and stays_within_all(indicator)


def _is_all(indicator: Indicator, target: Target) -> bool:
    """Whether a target is all there can be (100%), none (0起), or was just reached."""
    if target.measure.number == 0:
        return True
    if target.measure.number != _HUNDRED or not is_percent(target.measure):
        return False
    actual = indicator.actual
    return is_share(indicator) or (actual is not None and actual.number == _HUNDRED)


def _against(indicator: Indicator, case: Case) -> Hit | None:
    """`≤` where more is better, or `≥` where less is, by the direction that is known."""
    way = direction(indicator, case.layout.rules)
    wrong = {"正向": ("≤", "<"), "反向": ("≥", ">")}.get(way, ())
    for period, target in indicator.targets.items():
        if target.operator in wrong:
            named_so = less_is_meant(indicator) if way == "正向" else more_is_meant(indicator)
            typed = indicator.cell("direction") if indicator.direction and named_so else None
            return Hit(
                subject=indicator.name,
                message=f"{quoted(indicator.name)}的目标是 {_texts(indicator, [period])}，"
                f"指标方向却是{way}（{'越大越好' if way == '正向' else '越小越好'}）",
                hint="看名称，目标符号没有错，核对指标方向" if typed else "核对目标符号和指标方向",
                ref=typed or operator_cell(indicator, period),
            )
    return None


def _floor(indicator: Indicator, case: Case) -> Hit | None:
    """`=30个`, and more were done: the number was meant as a floor."""
    target, actual = indicator.target, indicator.actual
    if target is None or actual is None or target.operator != "=":
        return None
    rate = is_percent(target.measure) and is_share(indicator) and more_is_meant(indicator)
    if not rate and not is_count(target.measure):
        return None
    numbers = comparable(target.measure, actual)
    if numbers is None or numbers[1] <= numbers[0]:
        return None
    if not more_is_better(indicator, case.layout.rules):
        return None
    by_one = rate or (numbers[1] - numbers[0]) * target.measure.scale <= 1
    return Hit(
        subject=indicator.name,
        message=f"{quoted(indicator.name)}的目标是 {target.text}，完成了 {actual.text}，"
        "可见是底线，应当用“≥”",
        hint=f"改成 ≥{target.measure.text}",
        ref=indicator.cell("target.full"),
        severity=Severity.INFO if by_one else None,
    )


def _without(missing: Sequence[tuple[Indicator, str, Target]]) -> Iterator[Hit]:
    if len(missing) > _FEW:
        indicator, period, target = missing[0]
        yield Hit(
            subject="目标符号",
            message=f"{len(missing)} 个数字目标没有符号，例如{quoted(indicator.name)}的 "
            f"{target.text}",
            hint="逐个补上 ≥、≤ 或 =",
            ref=indicator.cell(f"target.{period}"),
        )
        return
    for indicator, period, target in missing:
        yield Hit(
            subject=indicator.name,
            message=f"{quoted(indicator.name)}的目标 {target.text} 没有符号，"
            "不知道是至少、至多还是正好",
            hint="补上 ≥、≤ 或 =",
            ref=indicator.cell(f"target.{period}"),
        )
