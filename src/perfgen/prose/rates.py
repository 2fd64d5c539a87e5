"""Rates of amounts that their own sentence states (执行率): 预算900万元，支出846万元，支出率96%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfgen.prose import words
from perfgen.prose.derived import Derived, within
from perfgen.prose.money import Figure
from perfgen.prose.quantities import PERCENT
from perfgen.prose.spans import Span
from perfgen.prose.words import Word

_ZERO, _HUNDRED = Decimal(0), Decimal(100)
_BUDGETS = (words.INITIAL, words.ADJUSTED, words.BUDGET)
_SPENT = re.compile(
    "^(?:实际|已|共|全年|累计|年末){0,2}(?:采购|支付|使用|结算|拨付|支出|执行|发放|兑付|缴付)(?:了|金额|资金|经费|数|额|共){0,2}$"
)
"""Words of one kind of spending, where no table has a column of that name: 采购预算…，实际采购…."""
_NOT_FAR = Decimal("1.3")
_OF_IT = re.compile("^的(?:比例|比重|份额)?(?:为|是|达|约)?$")


def unfit_rates(figures: Sequence[Figure]) -> Iterator[Derived]:
    """Yield the rates that the amounts of their own sentence do not give."""
    for place, figure in enumerate(figures):
        if figure.quantity.unit != PERCENT or figure.quantity.bound:
            continue
        if figure.column == words.RATE:
            yield from _execution(figures, place)
        elif _OF_IT.match(figure.lead) and place > 1:
            yield from _share_of(*figures[place - 2 : place + 1])


def _execution(figures: Sequence[Figure], place: int) -> Iterator[Derived]:
    """预算900万元，支出846万元，支出率96%."""
    figure = figures[place]
    if figure.has(Word.COMPARED, Word.SHARE, Word.OTHER_TIME, Word.UNKNOWN, Word.NAME):
        return
    before = [one for one in figures[:place] if one.quantity.is_money][-3:]
    budgets = [one for one in before if one.column in _BUDGETS]
    spent = [one for one in before if one.column == words.ACTUAL or _SPENT.match(one.lead)]
    if len(spent) != 1 or not budgets or any(one.quantity.bound for one in before):
        return
    if any(one.has(Word.PART, Word.COMPARED) for one in before):
        return
    if _is_of_the_row(figure, before) or follows_from_amounts(figures, place):
        return
    actual_span = Span.of(spent[0].quantity)
    rates = [actual_span.share_of(Span.of(one.quantity)) for one in budgets]
    if not any(within(figure.quantity, low, high) for low, high in rates):
        yield _off(figure, spent[0], budgets[-1])


def _is_of_the_row(figure: Figure, before: Sequence[Figure]) -> bool:
    """Whether a rate is one that the tables have of its row, or may be of another row."""
    row = figure.row
    if row is None:
        return False
    if any(one.row is not row for one in before):
        return True
    known = row.values.get(words.RATE, ())
    return any(figure.quantity.is_(value * _HUNDRED) for value in known)


def _share_of(part: Figure, whole: Figure, share: Figure) -> Iterator[Derived]:
    """合计667万元，占项目预算680万元的98.09%."""
    said = share.quantity
    alike = part.quantity.kind == whole.quantity.kind != PERCENT
    told = whole.has(Word.SHARE) and share.clause is whole.clause
    vague = part.quantity.bound or whole.quantity.bound or not whole.quantity.value
    if not (alike and told) or vague or part.has(Word.COMPARED, Word.OTHER_TIME):
        return
    if part.quantity.value > whole.quantity.value * _NOT_FAR:
        return  # more than all of it: most likely no part of it
    if not within(said, *Span.of(part.quantity).share_of(Span.of(whole.quantity))):
        yield _off(share, part, whole)


def _off(rate: Figure, part: Figure, whole: Figure) -> Derived:
    one, all_ = part.quantity, whole.quantity
    expected = one.value / all_.value * _HUNDRED if all_.value else _ZERO
    return Derived(rate.quantity, expected, f"{one.typed} ÷ {all_.typed}")


def follows_from_amounts(figures: Sequence[Figure], place: int) -> bool:
    """Return whether a rate is that of two amounts before it, or of one and several together.

    The base may be told in words of its own (连同上年续用的), and may be summed from what is told.
    """
    said = figures[place].quantity
    spans = [Span.of(one.quantity) for one in figures[:place] if one.quantity.is_money]
    spans = spans[-_MOST_BASES:]
    sums = [first.plus(second) for number, first in enumerate(spans) for second in spans[:number]]
    return any(
        within(said, *part.share_of(whole))
        for part in spans
        for whole in (*spans, *sums)
        if part is not whole and whole.low > 0
    )


_MOST_BASES = 6
