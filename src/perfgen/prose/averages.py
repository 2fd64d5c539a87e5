"""Averages of a sentence's own numbers (平均每座、人均、单价): an amount divided by a count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfgen.prose.money import Figure
from perfgen.prose.partitions import Unfit
from perfgen.prose.quantities import MARKS, PERCENT, POINTS, Quantity, kind_of
from perfgen.prose.slips import is_slip
from perfgen.prose.spans import Span
from perfgen.prose.words import Word

_EACH = re.compile(r"每(?:一)?(?P<unit>[\u4e00-\u9fff㎡]{1,4})")
_PER_HEAD = re.compile(r"(?P<unit>人|户|亩|村|校|件|次|场|车|镇|单|站|家|台)均")
_ON_AVERAGE = re.compile(
    r"平均(?:单价|成本|造价|价格|费用|支出|投入)?(?:为|约|是)?$|(?<!的)单价(?:为|约|是)?$"
)
_TOLD_WITH_IT = re.compile(
    "平均|均摊|支出|投入|补助|补贴|成本|费用|资助|约|为|是|达到?|仅|只有|使用|经费|资金|花费|改造|建设|修缮|培训|金额|发放|共|实际"
)
_NO_AVERAGE = re.compile(
    "标准|收入|可支配|生产总值|定额|限额|不超过|控制|上年|往年|去年|同期|比|较|由|从|目标|计划|预计|每年|每月|每天|每日|每季|"
    "日均|月均|年均|折算|原|增|减|降|升|提高|缩|延长|市场|票价"
)
_BROUGHT_ABOUT = re.compile(
    "带动|撬动|拉动|引导|吸引|创造|增收|节约|挽回|实现|贷款|产值|产出|交易|销售"
)
"""What was brought about is not what was spent on each."""

_LONGEST_REST = 4
_NOT_COUNTED = frozenset(
    {PERCENT, POINTS, MARKS, "年", "月", "日", "天", "个月", "倍", "小时", "分钟"}
)
_LEAST, _MOST = Decimal("0.4"), Decimal("2.5")


def unfit_averages(figures: Sequence[Figure]) -> Iterator[Unfit]:
    """Yield 7座桥改造支出1128万元，平均每座116.14万元: averages that their numbers do not give."""
    for figure in figures:
        unit = _counted_unit(figure)
        if unit is None or figure.quantity.bound or not figure.quantity.value:
            continue
        others = [one for one in figures if one is not figure and _may_take_part(one)]
        counts = [
            one.quantity
            for one in others
            if _is_count(one.quantity, unit, figure.quantity) or _is_named(one, unit, figure)
        ]
        totals = [
            one.quantity
            for one in others
            if one.quantity.kind == figure.quantity.kind
            and one.quantity not in counts
            and not _BROUGHT_ABOUT.search(one.lead)
        ]
        if len(counts) == 1 and len(totals) == 1 and not _is_given(figure.quantity, figures, unit):
            yield from _divided(figure.quantity, totals[0], counts[0])


def _is_given(said: Quantity, figures: Sequence[Figure], unit: str) -> bool:
    """Whether some amount and some count of the sentence give it: of a whole beside its parts."""
    numbers = [one.quantity for one in figures if one.quantity is not said]
    return any(
        said.is_(total.value / count.value)
        for count in numbers
        if count.value and _is_count(count, unit, said)
        for total in numbers
        if total.kind == said.kind
    )


def _counted_unit(figure: Figure) -> str | None:
    """The unit for each of which a number is told: 座 for 平均每座; "" for 平均单价; else None."""
    lead = figure.lead
    if _NO_AVERAGE.search(lead) or figure.has(Word.OTHER_TIME, Word.PLANNED):
        return None
    each = _EACH.search(lead) or _PER_HEAD.search(lead)
    if each is None:
        return "" if _ON_AVERAGE.search(lead) else None
    rest = _TOLD_WITH_IT.sub("", lead[each.end() :])
    unit = _TOLD_WITH_IT.sub("", each["unit"])
    return unit if unit and len(rest) <= _LONGEST_REST else None


def _may_take_part(figure: Figure) -> bool:
    kept_out = figure.has(Word.OTHER_TIME, Word.PLANNED, Word.SHARE, Word.PART, Word.OTHER_BASE)
    bare = figure.quantity.bound or figure.quantity.unit in _NOT_COUNTED
    return not kept_out and not bare and not _NO_AVERAGE.search(figure.lead)


def _is_count(quantity: Quantity, unit: str, average: Quantity) -> bool:
    if quantity.is_money or quantity.kind == average.kind or quantity.value <= 1:
        return False
    persons = unit == "人" and quantity.unit == "人次"
    return not unit or persons or kind_of(quantity.unit) == kind_of(unit)


def _is_named(figure: Figure, unit: str, average: Figure) -> bool:
    """Whether what is counted stands behind the number: 86个村，村均."""
    quantity = figure.quantity
    counted = not (quantity.is_money or quantity.kind == average.quantity.kind)
    behind = unit != "" and figure.clause.text.startswith(unit, quantity.end)
    return counted and behind and quantity.value > 1


def _divided(said: Quantity, total: Quantity, count: Quantity) -> Iterator[Unfit]:
    whole, parts = Span.of(total), Span.of(count)
    if parts.low <= 0:
        return
    low, high = whole.low / parts.high, whole.high / parts.low
    wanted = total.value / count.value
    if said.is_(low) or said.is_(high) or said.is_(wanted) or low <= said.value <= high:
        return
    near = wanted and _LEAST <= said.value / wanted <= _MOST
    if near or is_slip(said.value, wanted):
        yield Unfit(said, wanted / said.scale, f"{total.typed} ÷ {count.typed}")
