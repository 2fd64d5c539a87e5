"""PG206 to PG208: targets and results that cannot be compared (目标值与完成值)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfgen.checks.nature import is_percent, less_is_better
from perfgen.checks.registry import Case, Hit, Setting, quoted, rule
from perfgen.figures.deadlines import last_day
from perfgen.figures.deviation import comparable, fold
from perfgen.model.finding import Severity
from perfgen.model.measure import Measure, normalise
from perfgen.model.numbers import fixed
from perfgen.model.records import Indicator
from perfgen.model.units import is_known

_ALIKE = frozenset({"个", "家", "项", "人", "名", "位", "次", "场", "件", "份", "篇", "处"})
"""Everyday units of counting that stand for one another: 个 and 家."""

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
    if measure.number is not None:
        return [measure.number]
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
    "PG207",
    Severity.WARNING,
    title="完成值与目标的单位或写法不同",
    reason="单位不同（家和万元）就不能计算偏差。文字目标的完成值用同样的词，做了什么写在来源和原因里；"
    "写成一句话的只作提示。",
    good="目标 ≥10家，完成 12家；目标“有序推进”，完成“有序推进”",
    bad="目标 ≥10家，完成 12万元；目标“有序推进”，完成“行动已经结束，后续持续推进。”",
    settings={
        "length": Setting(Decimal(10), "文字目标的完成值超过多少个字，算写成了一句话"),
    },
)
def units(case: Case) -> Iterator[Hit]:
    """R28: units that differ, words against a number, a sentence for a word."""
    sheet = case.layout.sheet_of("indicator")
    judged = sheet is not None and sheet.column("attainment") is not None
    vocabulary = {
        fold(target.measure.text)
        for indicator in case.report.indicators
        for target in indicator.targets.values()
    }
    for indicator in case.report.indicators:
        target, actual = indicator.target, indicator.actual
        if target is None or actual is None or fold(target.measure.text) == fold(actual.text):
            continue
        aim = f" {target.text}" if target.measure.number is not None else f"“{target.text}”"
        said = f"{quoted(indicator.name)}的目标是{aim}，完成值是“{actual.text}”，"
        if problem := _incomparable(target.measure, actual):
            yield Hit(
                subject=indicator.name,
                message=f"{said}{problem}",
                hint="按目标的单位填一个数",
                ref=indicator.cell("actual"),
            )
        elif not judged and _is_sentence(indicator, vocabulary, case):
            yield Hit(
                subject=indicator.name,
                message=f"{said}没有用目标的说法，偏差按 100% 计",
                hint=f"完成值填“{target.measure.text}”或没有达到的程度，情况写在原因和来源里",
                ref=indicator.cell("actual"),
                severity=Severity.INFO,
            )


def _incomparable(wanted: Measure, reached: Measure) -> str:
    if wanted.number is None:
        return ""
    if reached.number is None:
        return "" if len(quantities(reached)) > 1 else "不是一个数，不能与目标比较"
    if comparable(wanted, reached) is None:
        return f"单位不同（{wanted.unit}、{reached.unit}）"
    if _other_thing(wanted.base_unit, reached.base_unit):
        return f"计量单位写法不同（{wanted.unit}、{reached.unit}），请核对是不是一回事"
    ratio = is_percent(wanted) and not reached.unit and wanted.number > 1
    if ratio and 0 < abs(reached.number) <= 1:
        return f"没有单位，是不是 {fixed(reached.number * _HUNDRED, 2)}%"
    return ""


def _other_thing(unit: str, other: str) -> bool:
    """Whether two units of counting look like two things: 台 and 套, but not 次 and 场次."""
    if not unit or not other or is_known(unit) or is_known(other):
        return False
    return not (unit in other or other in unit or {unit, other} <= _ALIKE)


def _is_sentence(indicator: Indicator, vocabulary: set[str], case: Case) -> bool:
    """Whether words were asked for, and a sentence was given that is no such word."""
    target, actual = indicator.target, indicator.actual
    if target is None or actual is None or target.measure.number is not None:
        return False
    longest = int(case.settings["length"])
    asked, given = fold(target.measure.text), fold(actual.text)
    by_date = last_day(target.measure.text, case.report.year) is not None
    if by_date or quantities(target.measure) or len(asked) > longest:
        return False
    return len(given) > longest and given not in vocabulary


@rule(
    "PG208",
    Severity.WARNING,
    title="目标是 0，偏差算不出来",
    reason="偏差 =（完成值 - 目标值）÷ 目标值，目标是 0 时没有意义，报告上只能印 100%。"
    "越小越好的指标（“三公经费”变动率、结转结余率）目标可以是 0，超过了就是没有达到，不提。",
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
        if vacuous or not actual.number or less_is_better(indicator, case.layout.rules):
            continue
        yield Hit(
            subject=indicator.name,
            message=f"{quoted(indicator.name)}的目标是 {target.text}，完成 {actual.text}，"
            "目标是 0，偏差没有意义，印作 100%",
            hint="写明原因；下一年度定一个大于 0 的目标",
            ref=indicator.cell("target.full"),
        )
