"""Numbers of a sentence that follow from others (推算的数): growth, differences, shares, sums.

What rounding explains is no difference: amounts and scaled counts are taken to be right to half of
the last place that is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from perfgen.model.numbers import plain
from perfgen.prose import words
from perfgen.prose.money import Figure
from perfgen.prose.quantities import PERCENT, POINTS, Quantity, kind_of
from perfgen.prose.spans import Span, begin_with_all, hold_all
from perfgen.prose.wholes import is_average, outside_brackets, whole_of_parts
from perfgen.prose.words import Word

MOST_FIGURES = 120
"""No sentence tells more; what holds more is a list or no text at all."""

_ZERO, _HUNDRED = Decimal(0), Decimal(100)

_FROM = re.compile(r"(?:由|从)[^,。]{0,14}$")
_CHANGED = (
    "增加", "增长", "上升", "提高", "提升", "扩大", "上涨", "调增", "新增", "下降", "减少",
    "降低", "压减", "调减", "压缩", "缩短", "缩减", "调整", "发展", "达", "增", "升", "提", "降",
    "减", "变",
)  # fmt: skip
_TO = re.compile(rf"(?:{'|'.join(_CHANGED)})?(?:至|到|为)(?:了|本年|本年的|今年|今年的|目前的?)*$")
_LESS = re.compile("下降|减少|降低|压减|调减|压缩|缩短|缩减|降|减|少|低")
_GROWTH = re.compile(
    r"^(?:同比|环比|较上年|比上年|净|实际|较往年|比往年)?(?:增长|增幅|增加|上升|提高|提升|下降|降幅|减少|降低|增速|涨幅|"
    r"减幅|压减|压缩|缩短|缩减|延长|扩大|调增|调减|增长率|多|少|快|慢|提速|节约|节省)(?:率|幅度|比例)?(?:了|为|达到|达|约|是)?$"
)
_GROWTH_BEFORE = re.compile(
    "(?:同比|较上年|比上年|较往年|比往年|较去年|比去年)(?:增长|增加|上升|提高|下降|减少|降低)了?$"
)
_OF_BEFORE = re.compile(r"(?:上年|去年|往年|上年度|前年|同期)(?:的|同期|同期的|为|数|实际)*$")
_OTHER_YEAR = re.compile("^(?:上年度?|去年|往年|前年)(?!同期)(?![^,]{0,16}(?:增|减|升|降))")
_THIS_YEAR = re.compile(
    "^(?:本年度?|今年|当年)(?:为|是|有|共|达|达到|则?为|下降为|下降到|上升到|上升为|完成|实现)?$"
)
_AGAINST = re.compile(rf"^(?:而|比|较|高于|低于|超过|多于|少于|相比|对比)?{_OF_BEFORE.pattern}")
"""With another thing named before it (漏损率由上年的), it is the level of that thing."""
_DIFFERENCE = re.compile(
    r"^(?:净|共|实际)?(?:增加|减少|增长|下降|多|少|新增|调增|调减|压减|提高|降低|上升|高|低|缩短|净增|净减)了?$"
)
SAVED = re.compile("(?:节约|节省|节支|压减|减少|增加|下降|多|少|超)(?:了|支)?$")  # no level
_TOTAL = re.compile(
    r"^(?:四项|两项|三项|以上|各项|几项)?(?:合计|共计|总计|累计|总共|共|一共|合计共|全部|总数)"
    r"(?:为|达|达到|支出|投入|追加|追减|调增|调减|核减|压减|增加|减少|安排|下达|拨付|发放|执行|预算){0,2}$"
)
OUTSIDE = re.compile(
    "^(?:另|此外|除此|同时|还)|不含|不在|不包括|不计|扣除|剔除|除去|以外|之外|职数|超[过出额]|年初|[确核原既预设]定|目标|计划|任务(?!设|下设|安排|支出|涉及|包括)"
)
"""What stands behind these is no part of the whole: a target, or something counted besides it."""
_PARTS = re.compile("^(?:其中|包括|包含|分别为|分别是|分别)")


@dataclass(frozen=True, slots=True)
class Derived:
    """A number that does not follow from the others. `sum_` shows how it was worked out."""

    said: Quantity
    expected: Decimal
    sum_: str


def derived_wrongly(figures: Sequence[Figure]) -> Iterator[Derived]:
    """Yield the numbers of a sentence that do not follow from its others."""
    if len(figures) > MOST_FIGURES:
        return
    yield from _growth(figures)
    yield from _closing_totals(figures)
    yield from _opening_totals(figures)


# --- growth and differences ----------------------------------------------------------------------


def _growth(figures: Sequence[Figure]) -> Iterator[Derived]:
    for place in range(1, len(figures)):
        pair = _from_to(figures, place)
        if pair is None:
            continue
        old, new = pair
        if place > 1 and _GROWTH_BEFORE.search(
            figures[place - 2].lead
        ):  # 下降20%，由620起减少到496起
            unit = figures[place].quantity.unit
            told = figures[place - 2]
            here = told.quantity.unit == PERCENT != unit and _FROM.search(figures[place - 1].lead)
            wrong = _off_growth(old, new, replace(told, lead="增长"), unit) if here else None
            if wrong is not None:
                yield wrong
        for later in figures[place + 1 : place + 3]:
            if _FROM.search(later.lead):  # another change begins, and has its own difference
                break
            wrong = _off_growth(old, new, later, figures[place].quantity.unit)
            if wrong is not None:
                yield wrong


def _from_to(figures: Sequence[Figure], place: int) -> tuple[Span, Span] | None:
    """The two levels of a change whose second number, or difference, stands at `place`."""
    here, before = figures[place], figures[place - 1]
    apart = before.clause.depth > here.clause.depth or is_average(before.lead, here.lead)
    if apart and _AGAINST.match(here.lead):
        at = outside_brackets(figures, place)  # 640万元(甲400万元、乙240万元)，较上年的580万元
        before = figures[at] if at >= 0 else before
    if before.quantity.kind != here.quantity.kind or before.quantity.bound or here.quantity.bound:
        return None
    first, second = Span.of(before.quantity), Span.of(here.quantity)
    if _FROM.search(before.lead) and _TO.search(here.lead):
        return first, second
    if _AGAINST.match(here.lead) and not _FROM.search(before.lead):
        part = before.has(Word.PART) or whole_of_parts(figures, place - 1) is not None
        return None if part or SAVED.search(before.lead) else (second, first)
    if _OTHER_YEAR.match(before.lead) and _THIS_YEAR.match(here.lead):
        return first, second
    if not _DIFFERENCE.match(here.lead):
        return None
    sign = -1 if _LESS.search(here.lead) else 1
    moved = second if sign > 0 else Span(-second.high, -second.low)
    if _OF_BEFORE.search(before.lead):
        return first, Span(first.low + moved.low, first.high + moved.high)
    return None


def _off_growth(old: Span, new: Span, later: Figure, unit: str) -> Derived | None:
    lead, said = later.lead, later.quantity
    if said.bound or not _GROWTH.match(lead):
        return None
    change = Span(new.low - old.high, new.high - old.low)
    relative = said.unit == PERCENT and unit != PERCENT
    if relative:
        if old.low <= 0:
            return None
        low, high = change.low / old.high * _HUNDRED, change.high / old.low * _HUNDRED
        if change.low < 0:
            low = change.low / old.low * _HUNDRED
        middle = ((new.low + new.high) / (old.low + old.high) - 1) * _HUNDRED
    elif said.unit == (POINTS if unit == PERCENT else unit) or said.kind == kind_of(unit):
        low, high, middle = change.low, change.high, change.middle
    else:
        return None
    if within(said, low, high) or (unit == PERCENT and said.unit == PERCENT):
        return None
    divided = f"÷ {old.shown}" if relative else ""
    sum_ = f"{new.shown} - {old.shown}"
    return Derived(said, abs(middle) / said.scale, f"（{sum_}）{divided}" if divided else sum_)


def within(said: Quantity, low: Decimal, high: Decimal) -> bool:
    """Return whether a number, as it is written, lies between two, whatever their signs."""
    low, high = sorted((abs(low), abs(high))) if low * high > 0 else (_ZERO, max(-low, high))
    return said.is_(low) or said.is_(high) or low <= abs(said.value) <= high


# --- sums ----------------------------------------------------------------------------------------


def _closing_totals(figures: Sequence[Figure]) -> Iterator[Derived]:
    """甲3座、乙2座，共7座: the total behind its parts."""
    for place, figure in enumerate(figures):
        counted = place > 1 and _is_count(figures[place - 1], figure)
        lead = figure.lead if not counted or _TOTAL.match(figure.lead) else ""
        if figure.clause.depth or not _TOTAL.match(lead) or figure.quantity.bound:
            continue
        parts = _run_before(figures, place, first=place - counted)
        if counted and len(parts) != figures[place - 1].quantity.value:
            continue
        if len(parts) >= 2 and not _sums_up_more(figures[:place], figure.quantity):
            yield from _off_sum(figure.quantity, parts)


def _sums_up_more(before: Sequence[Figure], total: Quantity) -> bool:
    """Whether a total is that of more, or of fewer, numbers right before it than its run."""
    alike = [one.quantity for one in reversed(before) if one.quantity.kind == total.kind]
    spans = [Span.sum_of(alike[:many]) for many in range(2, len(alike) + 1)]
    return any(span.meets(Span.of(total)) for span in spans)


def _is_count(before: Figure, total: Figure) -> bool:
    """两项合计12152万元: the number right before a total counts its parts."""
    same = before.clause is total.clause and before.quantity.unit in ("项", "个", "笔", "类")
    return same and before.quantity.scale == 1 and before.quantity.value <= 9 and not before.lead


def _run_before(figures: Sequence[Figure], place: int, *, first: int) -> list[Quantity]:
    """The numbers of one unit before a total, back to whatever else is told."""
    total = figures[place].quantity
    parts: list[Quantity] = []
    for figure in reversed(figures[:first]):
        if figure.clause.depth:
            continue
        quantity = figure.quantity
        strange = quantity.unit != total.unit or quantity.bound or _TOTAL.match(figure.lead)
        if not strange and "分别" in figure.lead:  # the first of those that are told one by one
            parts.append(quantity)
            break
        if strange or figure.has(Word.COMPARED, Word.SHARE, Word.OTHER_TIME):
            break
        if OUTSIDE.search(figure.lead):
            return []
        parts.append(quantity)
        if figure.has(Word.PART):  # 其中甲7个、乙6个，共13个: here the parts begin
            break
    columns = {figure.column for figure in figures[max(0, place - len(parts)) : place]}
    columns -= {"", words.SPENT}
    return parts if len(columns) <= 1 else []


def _opening_totals(figures: Sequence[Figure]) -> Iterator[Derived]:
    """12辆，其中轿车5辆、客车3辆; 3次（线上2次、线下1次）: the total before its parts."""
    for place, figure in enumerate(figures[:-1]):
        following = figures[place + 1]
        bracket = following.clause.depth > figure.clause.depth and following.clause.opener == "("
        bracket = bracket and figure.clause.goes_right_before(following.clause)
        named = _PARTS.match(following.lead) is not None
        if figure.clause.depth > following.clause.depth:  # 9600批次(上半年4300批次), 其中……
            continue
        if not (bracket or named) or figure.quantity.bound or figure.has(Word.COMPARED):
            continue
        if named and following.has(Word.COMPARED):  # 32场，分别比上年多18场、26场: no parts
            continue
        parts = _run_after(figures, place, bracket=bracket)
        if len(parts) < 2 or begin_with_all(parts, figure.quantity):
            continue
        if _LOST.search(following.lead) and not _LOST.search(figure.lead):
            continue  # 得93.5分，扣分的有甲(扣2分)、乙(扣4.5分): what is missing, and no parts
        if hold_all(parts, figure.quantity) or _fits_signed(
            figures[place : place + 1 + len(parts)]
        ):
            continue
        summed = sum((part.value for part in parts), _ZERO)
        total = figure.quantity.value
        exact = (
            bracket and not named and figure.quantity.unit != PERCENT
        ) or "分别" in following.lead
        missing = len(parts) >= 3 and figure.quantity.scale == 1 and not figure.quantity.is_money
        near = summed >= total * Decimal("0.9")
        complete = figure.quantity.unit != PERCENT and (
            is_numbered_off(figures, place, len(parts)) or _slipped(figure.quantity, parts)
        )
        if summed > total and _may_overlap(figures[place + 1 :], parts):
            continue
        if summed > total or exact or complete or (missing and near):
            yield from _off_sum(figure.quantity, parts)


_LOST = re.compile("扣|[失丢]分?$|减分")
_CUT = re.compile("减|扣|收回|核销|压缩|冲抵|调出|划出|退")


def _fits_signed(figures: Sequence[Figure]) -> bool:
    """Whether parts make the first number, those that are cut taken off: 净调增(追加…、压减…)."""
    whole, *parts = figures
    cut = [one.quantity for one in parts if _CUT.search(one.lead)]
    added = [one.quantity for one in parts if not _CUT.search(one.lead)]
    if not cut or not added or _CUT.search(whole.lead):
        return False
    return Span.sum_of(added).minus(Span.sum_of(cut)).meets(Span.of(whole.quantity))


def _may_overlap(figures: Sequence[Figure], parts: Sequence[Quantity]) -> bool:
    """Whether a part may be of the one before: 专任教师648人、“双师型”教师534人."""
    nouns = [_noun(one) for one in figures[: len(parts)]]
    return any(
        len(noun) > 1 and noun == before and later.value <= earlier.value
        for noun, before, later, earlier in zip(nouns[1:], nouns, parts[1:], parts, strict=False)
    )


def _noun(figure: Figure) -> str:
    """The last word before a number: of several kinds of one thing it is the same."""
    return figure.lead.rstrip("为有是共达")[-2:] if figure.quantity.unit in ("人", "名") else ""


def _turns(part: Figure, figure: Figure) -> bool:
    """Whether a number behind parts is another column's: 其中甲120万元、乙80万元，已支付352万元."""
    return figure.column in (words.ACTUAL, words.BALANCE) and figure.column != part.column


_HALVES = (("线上", "线下"), ("上半年", "下半年"), ("城镇", "农村"), ("城市", "农村"),
           ("室内", "室外"), ("省内", "省外"), ("境内", "境外"))  # fmt: skip
"""Two parts that leave nothing over."""

_SERIES = ("一二三四五六", "甲乙丙丁戊", "ABCDE", "123456")


def is_numbered_off(figures: Sequence[Figure], place: int, count: int) -> bool:
    """Return whether parts are told as a full series: 一等奖、二等奖、三等奖; 甲类、乙类."""
    leads = [figure.lead for figure in figures[place + 1 : place + 1 + count]]
    if len(leads) == 2 and any(one in leads[0] and two in leads[1] for one, two in _HALVES):
        return True
    return any(
        len(leads) > 1 and all(sign in lead for sign, lead in zip(series, leads, strict=False))
        for series in _SERIES
        if len(leads) <= len(series)
    )


def _slipped(total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether the sum would be right if one part's digits were in another order (12500, 21500)."""
    missing = total.value - sum((part.value for part in parts), _ZERO)
    return missing != 0 and any(
        _same_digits(part.number, part.number + missing / part.scale) for part in parts
    )


def _same_digits(one: Decimal, other: Decimal) -> bool:
    first, second = (plain(number).replace(".", "").strip("0") for number in (one, other))
    return len(first) >= 2 and other > 0 and sorted(first) == sorted(second) and first != second


def _run_after(figures: Sequence[Figure], place: int, *, bracket: bool) -> list[Quantity]:
    """The parts behind a total: of its unit, one after the other."""
    total = figures[place]
    parts: list[Quantity] = []
    for figure in figures[place + 1 :]:
        inside = figure.clause.depth > total.clause.depth
        same = figure.quantity.unit == total.quantity.unit and not figure.quantity.bound
        ends = figure.has(Word.COMPARED, Word.SHARE) or _TOTAL.match(figure.lead) is not None
        told = bool(parts) and (ends or _turns(figures[place + 1], figure))
        if bracket and not inside:
            break
        if not same or told or figure.quantity.unit == PERCENT or (parts and "其中" in figure.lead):
            return [] if bracket else parts
        if figure.clause.opener not in ("、", ",", ":", "(") or (not bracket and inside):
            break
        if OUTSIDE.search(figure.lead):
            break
        parts.append(figure.quantity)
    return parts


def _off_sum(total: Quantity, parts: Sequence[Quantity]) -> Iterator[Derived]:
    spans = [Span.of(part) for part in (total, *parts)]
    low = sum((span.low for span in spans[1:]), _ZERO)
    high = sum((span.high for span in spans[1:]), _ZERO)
    if spans[0].low <= high and low <= spans[0].high:
        return
    summed = sum((part.value for part in parts), _ZERO) / total.scale
    yield Derived(total, summed, " + ".join(part.typed for part in reversed(parts)))
