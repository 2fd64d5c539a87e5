"""Two wordings of one amount side by side (折合), and half-years that make a year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from perfgen.prose.money import Figure
from perfgen.prose.partitions import Unfit
from perfgen.prose.quantities import PERCENT, POINTS, Quantity
from perfgen.prose.spans import Span

_SAME_AMOUNT = re.compile(
    r"^(?:折合|约合|折算|合|即|约|约为|相当于|约等于|约折合|折合约|也就是|换算)(?:后)?(?:人民币)?(?:为|约|近)?$"
)
_FIRST = re.compile("^[^\\d]{0,24}上半年|^[^\\d]{0,10}1-6月")
_SECOND = re.compile("^下半年|^[^\\d]{0,4}下半年|7-12月")
_YEAR = re.compile("全年|全年度|年度|合计|共计|总计|累计|一共|共")
_TIME_WORDS = re.compile("全年度?|年度|合计|共计|总计|累计|一共|共|了|为|达|实现|完成")
_SPENT = re.compile("支出|执行|支付|拨付|使用|发放|兑付")
_SHORT = 16
_NO_SUM = re.compile(
    "比|较|同比|人均|日均|月均|平均|每|率|在册|在校|在编|在岗|存量|余额|达到|增至|目标|计划|预计"
)


def unequal(figures: Sequence[Figure]) -> Iterator[Unfit]:
    """Yield 6500万元，折合0.56亿元: the second amount is not the first one in another unit."""
    for first, second in pairwise(figures):
        one, other = first.quantity, second.quantity
        if not (one.is_money and other.is_money) or one.scale == other.scale:
            continue
        if not _SAME_AMOUNT.match(second.lead) or one.bound or not _side_by_side(first, second):
            continue
        wanted = one.value / other.scale
        if not Span.of(one).meets(_loose(other)):
            yield Unfit(other, wanted, f"{one.typed}换算")


def unfit_halves(figures: Sequence[Figure]) -> Iterator[Unfit]:
    """Yield 上半年620次，下半年708次，全年1318次: the halves are not the year."""
    for place in range(len(figures) - 2):
        three = figures[place : place + 3]
        kinds = {one.quantity.kind for one in three}
        if len(kinds) != 1 or kinds & {PERCENT, POINTS}:
            continue
        if any(one.quantity.bound or _NO_SUM.search(one.lead) for one in three):
            continue
        ordered = _halves_and_year(three)
        if ordered is None:
            continue
        halves, year = ordered
        if not Span.sum_of(halves).meets(Span.of(year)):
            sum_ = sum((one.value for one in halves), Decimal(0)) / year.scale
            yield Unfit(year, sum_, " + ".join(one.typed for one in halves))


def _halves_and_year(three: Sequence[Figure]) -> tuple[tuple[Quantity, Quantity], Quantity] | None:
    """Two halves and their year, in the order in which they may stand."""
    one, two, last = three
    halves_first = _FIRST.search(one.lead) and _SECOND.search(two.lead) and _YEAR.search(last.lead)
    if halves_first and _one_thing(one.lead + two.lead, last.lead):
        return (one.quantity, two.quantity), last.quantity
    year_first = _YEAR.search(one.lead) and _FIRST.search(two.lead) and _SECOND.search(last.lead)
    told = two.clause.opener in (",", ":", "(") or "其中" in two.lead
    if year_first and told and len(two.lead + last.lead) <= _SHORT:
        return (two.quantity, last.quantity), one.quantity
    return None


def halves_told(figures: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """Yield what was spent in both halves of the year, where the year itself is not told beside."""
    for place, (first, second) in enumerate(pairwise(figures)):
        both = first.quantity.is_money and second.quantity.is_money
        if not both or first.quantity.bound or second.quantity.bound:
            continue
        if not (_FIRST.search(first.lead) and _SECOND.search(second.lead)):
            continue
        if _NO_SUM.search(first.lead + second.lead) or not _SPENT.search(first.lead):
            continue
        around = (*figures[max(0, place - 1) : place], *figures[place + 2 : place + 3])
        if not any(one.quantity.is_money and _YEAR.search(one.lead) for one in around):
            yield first, second


def _one_thing(told: str, last: str) -> bool:
    """Whether the last number is of what was told before: it names nothing, or the same."""
    bare = _TIME_WORDS.sub("", last)
    pairs = [bare[place : place + 2] for place in range(len(bare) - 1)]
    return len(bare) < 2 or any(pair in told for pair in pairs)


def _side_by_side(first: Figure, second: Figure) -> bool:
    """Whether nothing but a mark stands between two numbers."""
    if first.clause is second.clause:
        return first.clause.text[first.quantity.end : second.quantity.start] == second.lead
    ends = first.quantity.end == len(first.clause.text)
    return ends and second.clause.opener in (",", "(") and second.quantity.start == len(second.lead)


def _loose(quantity: Quantity) -> Span:
    """A number that was rounded or cut off in its last place."""
    step = Decimal(1).scaleb(-quantity.decimals) * quantity.scale
    return Span(quantity.value - step, quantity.value + step)
