"""Growth that a level, its increase, and a base told beside them give (增加 b，增长 c%)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfgen.prose.money import Figure
from perfgen.prose.partitions import Unfit
from perfgen.prose.quantities import MARKS, PERCENT, POINTS, Quantity
from perfgen.prose.spans import Span
from perfgen.prose.wholes import outside_brackets, whole_of_parts
from perfgen.prose.words import Word

_HUNDRED = Decimal(100)
_UP = "增加|增长|上升|提高|提升|扩大|上涨|新增|净增|增|多|升|延长"
_DOWN = "减少|下降|降低|压减|压缩|缩短|缩减|净减|减|降|少|节约|节省"
_COMPARES = re.compile("比|较|同期|上年|往年|去年|年初|原来|改造前|整治前|相比")
_DIFFERENCE = re.compile(rf"(?:{_UP}|{_DOWN})了?(?:约)?$")
_LESS = re.compile(rf"(?:{_DOWN})了?(?:约)?$")
_RATE = re.compile(
    rf"^(?:同比|环比|较上年|比上年|较往年|比往年|较去年|比去年|较年初|比年初)?(?:净|实际)?(?:{_UP}|{_DOWN}|增幅|降幅|涨幅|减幅|增速|增长率|幅度)"
    r"(?:率|幅度|比例|速度)?(?:了|为|达到|达|约|是)?$"
)
_BASE = re.compile(
    r"(?:上年|往年|去年|前年|同期|上年度|年初|原来|改造前|整治前)[^增减升降\d]{0,12}$"
)
_FROM = re.compile(r"(?:由|从)[^,。]{0,14}$")
_TARGET = re.compile("目标|计划|任务|要求|标准")
_NO_LEVEL = frozenset({PERCENT, POINTS, MARKS})


def unfit_growth(figures: Sequence[Figure]) -> Iterator[Unfit]:
    """Yield the growth rates and increases that a sentence's own numbers do not give."""
    for place in range(1, len(figures)):
        before, here = figures[place - 1], figures[place]
        if here.quantity.bound or before.quantity.bound or _TARGET.search(before.lead + here.lead):
            continue
        if _is_rate(here) and _is_difference(before):
            yield from _rate_of(figures, place)
        elif _is_rate(before) and _is_bare_difference(here):
            yield from _increase_of(figures, place)


def _is_rate(figure: Figure) -> bool:
    return figure.quantity.unit == PERCENT and _RATE.match(figure.lead) is not None


def _is_difference(figure: Figure) -> bool:
    """Whether a number is an increase against something: 比上年增加0.4万吨, 较上年多12个."""
    if figure.quantity.unit in _NO_LEVEL:
        return False
    return _DIFFERENCE.search(figure.lead) is not None and not _FROM.search(figure.lead)


def _is_bare_difference(figure: Figure) -> bool:
    return _is_difference(figure) and len(figure.lead) <= 4


def _rate_of(figures: Sequence[Figure], place: int) -> Iterator[Unfit]:
    said, change = figures[place].quantity, figures[place - 1]
    base = _base(figures, place - 1)
    level = _level(figures, place - 1)
    moved = Span.of(change.quantity)
    wanted: list[tuple[Span, str]] = []
    if base is not None:
        wanted.append((Span.of(base), base.typed))
    elif level is not None and _COMPARES.search(change.lead):
        now, sign = Span.of(level), -1 if _LESS.search(change.lead) else 1
        old = now.minus(moved) if sign > 0 else now.plus(moved)
        shown = f"（{level.typed} {'-' if sign > 0 else '+'} {change.quantity.typed}）"
        wanted += [(old, shown), (now, level.typed)]
    if not wanted or any(_is_share(said, moved, whole) for whole, _ in wanted):
        return
    whole, shown = wanted[0]
    if whole.middle > 0:
        rate = change.quantity.value / whole.middle * _HUNDRED
        yield Unfit(said, rate, f"{change.quantity.typed} ÷ {shown}")


def _increase_of(figures: Sequence[Figure], place: int) -> Iterator[Unfit]:
    """接待48.6万人次，同比增长8%，增加6.3万人次."""
    if place < 2:
        return
    rate, said = figures[place - 1], figures[place].quantity
    level = figures[place - 2]
    fits = level.quantity.kind == said.kind and not level.quantity.bound
    if not fits or level.has(Word.COMPARED) or _FROM.search(level.lead) or said.unit in _NO_LEVEL:
        return
    now, moved = Span.of(level.quantity), Span.of(said)
    less = _LESS.search(figures[place].lead) is not None
    olds = (now.plus(moved) if less else now.minus(moved), now)
    if any(_is_share(rate.quantity, moved, old) for old in olds):
        return
    share = rate.quantity.value / _HUNDRED
    divisor = 1 - share if less else 1 + share
    if divisor > 0:
        wanted = level.quantity.value * share / divisor
        shown = f"按{level.quantity.typed}和{rate.quantity.typed}推算"
        yield Unfit(said, wanted / said.scale, shown)


def _base(figures: Sequence[Figure], place: int) -> Quantity | None:
    """The number of another year that is told before an increase, of its kind."""
    kind = figures[place].quantity.kind
    for figure in reversed(figures[max(0, place - 3) : place]):
        same = figure.quantity.kind == kind and not figure.quantity.bound
        if same and _BASE.search(figure.lead) and not _DIFFERENCE.search(figure.lead):
            return figure.quantity
    return None


def _level(figures: Sequence[Figure], place: int) -> Quantity | None:
    """The number right before an increase that it led to; the whole, where parts stand between."""
    at = outside_brackets(figures, place)
    whole = whole_of_parts(figures, at) if at >= 0 else None
    if at < 0:
        return None
    before = figures[at if whole is None else whole]
    apart = before.has(Word.COMPARED, Word.OTHER_TIME, Word.SHARE) or _FROM.search(before.lead)
    same = before.quantity.kind == figures[place].quantity.kind and not before.quantity.bound
    return before.quantity if same and not apart else None


def _is_share(said: Quantity, part: Span, whole: Span) -> bool:
    low, high = part.share_of(whole)
    return said.is_(low) or said.is_(high) or low <= abs(said.value) <= high
