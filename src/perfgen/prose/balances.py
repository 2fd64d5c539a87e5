"""Amounts of one sentence that belong together: 预算、支出、结余; 年初、追加、追减、调整后."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfgen.prose import words
from perfgen.prose.money import Figure
from perfgen.prose.partitions import Unfit
from perfgen.prose.spans import Span
from perfgen.prose.words import Word

_MORE = re.compile("加|增|净")
_LESS = re.compile("减|收回|核销|压缩|下调")
_PROVIDED = re.compile("安排(?:资金|经费)?$|下达(?:资金|经费)?$|预算(?:资金)?$")
_SAVED = re.compile(
    "^(?:共|累计|实际)?(?:节约|节省|节余|节支|尚余|还余|余)(?:资金|财政资金|经费)?(?:了)?$"
)
_BUDGETS = (words.INITIAL, words.ADJUSTED, words.BUDGET)
KEPT_OUT = (
    Word.PART,
    Word.COMPARED,
    Word.OTHER_TIME,
    Word.OTHER_BASE,
    Word.OTHER_MONEY,
    Word.SHARE,
)


def unfit_amounts(figures: Sequence[Figure]) -> Iterator[Unfit]:
    """Yield the balances and adjusted budgets that a sentence's own amounts do not give."""
    amounts = [one for one in figures if one.quantity.is_money]
    if len(amounts) < 3 or any(
        (one.has(*KEPT_OUT) and not _SAVED.match(one.lead)) or one.quantity.bound for one in amounts
    ):
        return
    yield from _balance(amounts)
    yield from _adjusted(amounts)


def _balance(amounts: Sequence[Figure]) -> Iterator[Unfit]:
    """预算180万元，实际支出171万元，结余9万元."""
    budgets = [one for one in amounts if one.column in _BUDGETS or _PROVIDED.search(one.lead)]
    spent = [one for one in amounts if one.column == words.ACTUAL]
    left = [one for one in amounts if one.column == words.BALANCE or _SAVED.match(one.lead)]
    if not budgets or len(spent) != 1 or len(left) != 1:
        return
    order = [amounts.index(one) for one in (budgets[0], spent[0], left[0])]
    if order != sorted(order):
        return
    rests = [Span.of(one.quantity).minus(Span.of(spent[0].quantity)) for one in budgets]
    said = left[0].quantity
    if any(rest.meets(Span.of(said)) for rest in rests):
        return
    wanted = (budgets[-1].quantity.value - spent[0].quantity.value) / said.scale
    if wanted < 0:  # more was spent than the opening budget: it was added to meanwhile
        return
    yield Unfit(said, wanted, f"{budgets[-1].quantity.typed} - {spent[0].quantity.typed}")


def without_net(changes: Sequence[Figure]) -> Sequence[Figure]:
    """Return changes without the last, where that is what the others come to: 净追加41.5万元."""
    others = changes[:-1]
    if len(others) < 2 or not _NET.search(changes[-1].lead):
        return changes
    last = changes[-1]
    sum_ = sum(
        (-one.quantity.value if _LESS.search(one.lead) else one.quantity.value for one in others),
        Decimal(0),
    )
    return others if last.quantity.is_(abs(sum_)) else changes


_NET = re.compile("净|合计|共计|总计|相抵|共")


def _adjusted(amounts: Sequence[Figure]) -> Iterator[Unfit]:
    """年初预算8420万元，追加536万元、追减76万元，调整后8880万元."""
    columns = [one.column for one in amounts]
    if words.INITIAL not in columns or words.ADJUSTED not in columns:
        return
    first, last = columns.index(words.INITIAL), columns.index(words.ADJUSTED)
    between = without_net(amounts[first + 1 : last])
    if not between or any(one.column != words.ADJUSTMENT for one in between):
        return
    sum_ = Span.of(amounts[first].quantity)
    shown = amounts[first].quantity.typed
    for one in between:
        span = Span.of(one.quantity)
        less = _LESS.search(one.lead) is not None
        if less and _MORE.search(one.lead):  # 追加追减净额: it may be either
            return
        sum_ = sum_.minus(span) if less else sum_.plus(span)
        shown += f" {'-' if less else '+'} {one.quantity.typed}"
    said = amounts[last].quantity
    if not sum_.meets(Span.of(said)):
        yield Unfit(said, sum_.middle / said.scale, shown)
