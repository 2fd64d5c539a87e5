"""PG317: values that cannot be, and reasons that deny what the table shows (不合情理)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfgen.checks.common.nature import is_change, is_percent, is_share
from perfgen.checks.common.passages import Passage, prose
from perfgen.checks.indicators.reasons import contradicts, copied, denies_itself
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.figures.deviation import IndicatorFigures
from perfgen.model.finding import Severity
from perfgen.model.numbers import fixed
from perfgen.prose.quantities import MARKS, MONEY, PERCENT, POINTS, quantities
from perfgen.prose.reason_ways import denied_reasons
from perfgen.prose.text import folded, sentences

_AT_MOST_ALL = re.compile(
    r"(?:满意度|满意率|合格率|达标率|覆盖率|及时率|完好率|优良率|准确率|知晓率|普及率|破损率|公开率|回访率|落实率|办结率|"
    r"检出率|成功率|签约率|接种率|免疫密度|建档率|正确率|出勤率|在岗率|通过率|有效率|参保率|利用率|入学率|巩固率|支付率)"
    r"(?:均|已|高)?(?:为|是|达到|达|提升到|提高到|升至|:)?$"
)
_SATISFIED = re.compile("(?<!不)满意(?:度|率)(?:为|是|达到|达|:)?$")
_HARDLY = Decimal(30)
_EXECUTED = re.compile(
    "(?<!非税收入)(?:预算|支出|资金)(?:执行率|支出率|支付率|执行进度|支付进度|支出进度)(?:已)?(?:为|是|达到|达|:)?$"
)
_OVERSPENT = Decimal(130)
_COUNTED = frozenset({MONEY, PERCENT, POINTS, MARKS, "‰", "倍"})
_NO_DEVIATION = re.compile(
    "无偏差|没有偏差|未出现偏差|不存在偏差|无明显偏差|与目标一致|与指标值一致|按目标完成|达到目标值|已达到目标|"
    "已完成目标|达到预期目标|全面完成目标|已达目标"
)
_ONLY_DONE = re.compile(
    r"^(?:该|本|此)?(?:项|项目|指标|工作|任务|目标){0,2}(?:已|均|全部|全面|如期|按期|按时|按计划|按要求|"
    r"按时间节点|保质保量|顺利){0,4}(?:完成|落实)(?:到位|任务|工作|年度任务)?[。.!]?$"
)
"""A reason that only says that all is done: nothing explains why less was done."""

_NONE_AT_ALL = re.compile(
    "无偏差|没有偏差|未出现偏差|不存在偏差|无明显偏差|与目标一致|与指标值一致"
)
_NOTABLE = Decimal("0.05")
_SHORT = re.compile(
    "未达到?目标|未完成目标|低于目标|低于预期|没有达到目标|未达预期|少于目标|少于计划|少于预期"
)
_BEYOND = re.compile("超额完成|超过目标|高于目标|超出目标|高于预期|超出预期|多于计划|超过预期")
_ONE_PERCENT = Decimal("0.01")


@rule(
    "PG317",
    Severity.WARNING,
    title="不可能的数，或与偏差矛盾的原因",
    reason="次数、人数不会是负的，满意度、合格率、覆盖率不会超过 100%，"
    "满意度低到三成以下多半少写了一位；"
    "偏差 -30% 的指标，原因里写“无偏差”“超额完成”，读的人不知道该信哪一个。",
    good="偏差 -30.00%，原因“两期培训改到下年”",
    bad="偏差 -30.00%，原因“按目标完成，无偏差”或只写“已完成”；“下乡指导-12次”",
)
def impossible_values(case: Case) -> Iterator[Hit]:
    """Values that cannot be, and reasons that say the opposite of the deviation."""
    rows = {row.indicator.cell("reason"): row for row in case.figures.indicators}
    for passage in prose(case):
        for typed, why in _impossible(passage.text):
            yield Hit(
                subject=passage.subject,
                message=f"{quoted(passage.shown)}里写{quoted(typed)}，{why}",
                hint="核对数字、正负号和单位",
                ref=passage.ref,
            )
        yield from _other_way(passage)
        row = rows.get(passage.ref) if passage.field == "reason" else None
        if row is not None and passage.kind == "indicator":
            yield from _denied(row, passage)
    yield from _targets(case)
    yield from _bases(case)
    for row, other in copied(case.figures.indicators):
        yield Hit(
            subject=row.indicator.name,
            message=f"{quoted(row.indicator.name)}的原因与{quoted(other.indicator.name)}的一字不差，"
            "说的是那一项",
            hint="是不是复制以后忘了改；写这个指标自己的原因",
            ref=row.indicator.cell("reason"),
        )


_WHY_LESS = re.compile("(?:执行率|支出率|进度)[^|]{0,6}(?:低于|偏低|不足)|未完成|未达")
"""Heads of columns that ask why less was done."""


def _other_way(passage: Passage) -> Iterator[Hit]:
    """Reasons that explain the opposite: 结余24万元，原因是补助标准提高."""
    less = _WHY_LESS.search(f"{passage.header}|{passage.field}") is not None
    for result, reason in denied_reasons(passage.text, less=less):
        yield Hit(
            subject=passage.subject,
            message=f"{quoted(passage.shown)}里说{quoted(result)}，原因写的却是{quoted(reason)}，正好相反",
            hint="核对结果和原因",
            ref=passage.ref,
        )


def _targets(case: Case) -> Iterator[Hit]:
    """Targets above all there is, and counts below nothing: 覆盖率 ≥196%, 培训 -12次."""
    for indicator in case.report.indicators:
        for period, target in indicator.targets.items():
            number, percent = target.measure.number, is_percent(target.measure)
            if number is None:
                continue
            whole = is_share(indicator) or _OF_ALL.search(indicator.name.strip())
            why = ""
            if percent and number > _ALL and whole and not is_change(indicator):
                why = "这个比率不会超过 100%"
            elif number < 0 and percent and whole and not is_change(indicator):
                why = "这个比率不会小于 0"
            if why:
                yield Hit(
                    subject=indicator.name,
                    message=f"{quoted(indicator.name)}的目标是 {target.text}，{why}",
                    hint="核对数字和单位",
                    ref=indicator.cell(f"target.{period}") or indicator.cell("target"),
                )


_PART_OF_ALL = re.compile(
    "满意度|满意率|合格率|达标率|覆盖率|及时率|公开率|完好率|利用率|办结率|结案率|入学率|知晓率"
)


def _bases(case: Case) -> Iterator[Hit]:
    """What an item is scored by (计分依据): no satisfaction is above 100%."""
    for item in case.figures.scores:
        basis = item.item.basis
        if basis is None or not is_percent(basis) or item.parts:
            continue
        number = basis.number or Decimal(0)
        if _PART_OF_ALL.search(item.name) and not 0 <= number <= _ALL:
            yield Hit(
                subject=item.name,
                message=f"{quoted(item.name)}的{case.header('score', 'basis')}是 {basis.text}，"
                "不会小于 0，也不会超过 100%",
                hint="核对数字和单位",
                ref=item.item.cell("basis"),
            )


_ALL = Decimal(100)
_OF_ALL = re.compile(
    "(?:保证|追回|运转|运行|支付|到位|规范|完整|覆盖|处置|开放|正常|预算执行|资金执行)率$|[时整规范全确]性$"
)


def _impossible(text: str) -> Iterator[tuple[str, str]]:
    for sentence in sentences(text):
        for clause in sentence.clauses:
            start = 0
            for quantity in quantities(clause.text):
                lead = clause.text[start : quantity.start]
                start = quantity.end
                shown = lead[-10:] + quantity.typed
                if quantity.number < 0 and quantity.unit not in _COUNTED:
                    yield shown, "个数不会是负的"
                elif quantity.unit != PERCENT or quantity.bound:
                    continue
                elif quantity.number > 100 and _AT_MOST_ALL.search(lead):
                    yield shown, "不会超过 100%"
                elif quantity.number > _OVERSPENT and _EXECUTED.search(lead):
                    yield shown, "执行率不会这么高"
                elif 0 <= quantity.number < _HARDLY and _SATISFIED.search(lead):
                    yield shown, "低得不合情理"


def _denied(row: IndicatorFigures, passage: Passage) -> Iterator[Hit]:
    deviation, actual = row.deviation, row.indicator.actual
    opposite = denies_itself(row, passage.text)
    if opposite and actual is not None:
        yield Hit(
            subject=row.indicator.name,
            message=f"{quoted(row.indicator.name)}完成 {actual.text}，"
            f"原因里却写着{quoted(opposite)}",
            hint="核对完成值和原因哪一个对",
            ref=passage.ref,
        )
        return
    if deviation is None or not deviation.measured:
        return
    said = folded(passage.text)
    ratio = deviation.ratio
    for form, wrong in (
        (_ONLY_DONE, ratio <= -_ONE_PERCENT and row.adverse is not False),
        (_NO_DEVIATION, abs(ratio) >= _ONE_PERCENT and (row.adverse or ratio < 0)),
        (_NONE_AT_ALL, ratio >= _NOTABLE),
        (_SHORT, row.adverse is False and ratio > 0),
        (_BEYOND, bool(row.adverse) and ratio < 0),
    ):
        found = form.search(said)
        if found and wrong:
            yield Hit(
                subject=row.indicator.name,
                message=f"{quoted(row.indicator.name)}的偏差是 {fixed(ratio * 100, 2)}%，"
                f"原因里却写着{quoted(found.group())}",
                hint="核对完成值和原因哪一个对",
                ref=passage.ref,
            )
            return
    if denied := contradicts(row, passage.text):
        yield Hit(
            subject=row.indicator.name,
            message=f"{quoted(row.indicator.name)}的偏差是 {fixed(ratio * 100, 2)}%，"
            f"原因里却写着{quoted(denied)}",
            hint="核对完成值和原因哪一个对",
            ref=passage.ref,
        )
