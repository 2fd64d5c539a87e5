"""PG206, PG208: values with two numbers in them, and targets of 0 (目标值与完成值)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfgen.checks.common.nature import direction, is_percent, less_is_better
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.model.finding import Severity
from perfgen.model.measure import Measure, Target, normalise
from perfgen.model.numbers import fixed
from perfgen.model.records import Indicator
from perfgen.model.values import Kind

_HUNDRED = Decimal(100)
_YEAR = r"(?:19|20)\d\d"
_NO_QUANTITY = re.compile(
    rf"《[^《》]{{0,200}}》|[〔【\[（(]{_YEAR}[〕】\]）)]\d{{0,6}}号?|{_YEAR}[-—~～至]{_YEAR}年?|"
    rf"{_YEAR}(?:年度?|[-/.]\d{{1,2}}(?:[-/.]\d{{1,2}})?|(?![\d.,%家个人次场户件份项万亿元吨亩]))|"
    r"\d{1,2}月(?:\d{1,2}[日号])?|第\d{1,9}|\d{1,9}个?(?:工作日|日|天|周|月|小时|分钟)|"
    r"[（(]满分\d{1,4}分?[）)]|[A-Za-z]\d{1,9}|\d{1,9}[A-Za-z]{1,9}|\d{1,9}[:：]\d{1,9}"
)
"""Numbers that are no amounts: years, days, ordinals, lengths of time, titles, ratios."""

_RANGE = re.compile(
    r"(?<![\d.])(\d{1,15}(?:\.\d{1,9})?)[%\u4e00-\u9fff]{0,2}[-~～—至到](\d{1,15}(?:\.\d{1,9})?)"
)
_QUANTITY = re.compile(r"\d+(?:\.\d+)?")


def quantities(measure: Measure) -> list[Decimal]:
    """Return the amounts that a text names: 市级20家，其中省级10家 → 20, 10."""
    value = measure.value
    if value.kind in (Kind.NUMBER, Kind.RANGE) and not value.several:
        return [value.low]
    text = _NO_QUANTITY.sub(" ", normalise(measure.text).replace(",", "，"))
    text = _RANGE.sub(r"\1", text)
    return [Decimal(number) for number in _QUANTITY.findall(text)]


@rule(
    "PG206",
    Severity.WARNING,
    title="一个值里有两个数",
    reason="一个指标一个数，才能计算偏差。两个数写在一格里只能按文字比较：不同就是 100%。",
    good="市级外资总部申报数量 ≥20家；省级外资总部申报数量 ≥10家",
    bad="外资总部申报数量：市级20家，其中省级10家",
)
def several_numbers(case: Case) -> Iterator[Hit]:
    """R27: two numbers in one target, or in the result of a target that is a number."""
    for indicator in case.report.indicators:
        for period, target in indicator.targets.items():
            wanted = quantities(target.measure)
            if len(wanted) > 1:
                yield _compound(indicator, period, wanted)
                break
        else:
            target_ = indicator.target
            actual = indicator.actual
            if target_ is None or actual is None or target_.measure.number is None:
                continue
            if len(quantities(actual)) > 1:
                yield Hit(
                    subject=indicator.name,
                    message=f"{quoted(indicator.name)}的目标是 {target_.text}，"
                    f"完成值“{actual.text}”里有 {len(quantities(actual))} 个数，不能与目标比较",
                    hint="只填与目标对应的一个数，其余写进来源或原因",
                    ref=indicator.cell("actual"),
                )


def _compound(indicator: Indicator, period: str, wanted: list[Decimal]) -> Hit:
    target, actual = indicator.targets[period], indicator.actual
    reached = quantities(actual) if actual else []
    apart = ""
    if len(reached) == len(wanted) and all(wanted):
        each = [
            f"{fixed((got - aim) / aim * _HUNDRED, 2)}%"
            for aim, got in zip(wanted, reached, strict=True)
        ]
        apart = f"，拆开后偏差分别是 {'、'.join(each)}"
    done = f"，完成“{actual.text}”，偏差只能按文字比较" if actual else ""
    return Hit(
        subject=indicator.name,
        message=f"{quoted(indicator.name)}的目标“{target.text}”里有 {len(wanted)} 个数{done}",
        hint=f"拆成 {len(wanted)} 个指标{apart}",
        ref=indicator.cell(f"target.{period}"),
    )


@rule(
    "PG208",
    Severity.WARNING,
    title="目标是 0，偏差算不出来",
    reason="偏差 =（完成值 - 目标值）÷ 目标值，目标是 0 时没有意义，报告上只能印 100%。"
    "越小越好的指标（“三公经费”变动率、结转结余率、事故数）目标可以是 0，超过了就是没有达到，"
    "写了原因的不提。",
    good="新认定基地数量 ≥3家",
    bad="新认定基地数量 =0家，完成 2家，偏差印作 100%",
)
def zero_targets(case: Case) -> Iterator[Hit]:
    """R29: a target of 0 with another result, where 0 was not meant as a bound."""
    for indicator in case.report.indicators:
        target, actual = indicator.target, indicator.actual
        if target is None or actual is None or target.measure.number != 0:
            continue
        vacuous = target.operator in ("≥", ">")  # PG205 speaks of that
        if vacuous or not actual.number:
            continue
        if less_is_better(indicator, case.layout.rules):
            yield from _happened(indicator, target, actual, case)
            continue
        yield Hit(
            subject=indicator.name,
            message=f"{quoted(indicator.name)}的目标是 {target.text}，完成 {actual.text}，"
            "目标是 0，偏差没有意义，印作 100%",
            hint="写明原因；下一年度定一个大于 0 的目标",
            ref=indicator.cell("target.full"),
        )


def _happened(indicator: Indicator, target: Target, actual: Measure, case: Case) -> Iterator[Hit]:
    """`=0起`, and it happened: no operator or direction says that it is missed, and no reason."""
    judged = target.operator != "=" or direction(indicator, case.layout.rules)
    if judged or indicator.reason.strip() or is_percent(actual):
        return
    yield Hit(
        subject=indicator.name,
        message=f"{quoted(indicator.name)}的目标是 {target.text}，完成 {actual.text}，没有达到，"
        "也没有写原因",
        hint="核对完成值；属实的，写明原因，并按规定扣分",
        ref=indicator.cell("actual"),
    )
