"""Totals of several items told in the sentences before (前面几项的合计): 以上三项合计416.02万元.

Prices are left out; what stands in brackets behind an amount explains it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from perfgen.prose.beside import Misfit
from perfgen.prose.quantities import Quantity, quantities
from perfgen.prose.slips import is_slip
from perfgen.prose.spans import Span

_PRICE = re.compile(
    r"(?:平均|单价|标准|按|约)?(?:每|人均|户均|亩均|次均|场均|均价|单价)[^,;:()、。\d]{0,12}"
    r"\d{1,9}(?:\.\d{1,6})?(?:万|亿)?元(?:/[\u4e00-\u9fff])?"
)
_EXPLAINED = re.compile(r"(?<=元)\([^()]{0,120}\)")
_TOTAL = re.compile(
    r"(?:以上|上述)?(?P<count>[两二三四五六七八])(?:项|块|部分|笔|类)(?:支出|费用|资金|经费)?"
    r"(?:合计|共计|总计|共)(?:支出|为|是|安排|使用|需)?$"
)
_COUNTS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8}
_MOST = 10


def without_prices(text: str) -> str:
    """Return a folded text without prices, and without brackets that explain an amount."""
    return _EXPLAINED.sub("", _PRICE.sub("", text))


def unfit_totals_of_items(text: str) -> Iterator[Misfit]:
    """Yield the totals of a folded text that no so many of the amounts before them make."""
    bare = without_prices(text)
    amounts = [one for one in quantities(bare) if one.is_money]
    for place, said in enumerate(amounts):
        found = _TOTAL.search(bare[max(0, said.start - 20) : said.start])
        if found is None or said.bound or said.about:
            continue
        many = _COUNTS[found["count"]]
        before = amounts[max(0, place - _MOST) : place]
        if len(before) < many or _fits(said, before, many):
            continue
        last = before[-many:]
        summed = sum((one.value for one in last), Decimal(0))
        if _is_near(said, summed) and len(before) <= many + 1:
            shown = " + ".join(one.typed for one in last)
            yield Misfit(said, summed / said.scale, shown)


def _fits(said: Quantity, before: Sequence[Quantity], many: int) -> bool:
    whole = Span.of(said)
    return any(Span.sum_of(some).meets(whole) for some in combinations(before, many)) or any(
        Span.sum_of(before[start:stop]).meets(whole)
        for start in range(len(before))
        for stop in range(start + 1, len(before) + 1)
    )


_LEAST = Decimal("0.7")


def _is_near(said: Quantity, summed: Decimal) -> bool:
    return is_slip(said.value, summed) or _LEAST <= said.value / summed <= 1 / _LEAST
