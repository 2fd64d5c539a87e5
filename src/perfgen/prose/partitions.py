"""A whole and its parts in one sentence (整体与部分): N家中, A家、B家, the rest, shares and rates.

`修缮的17处中，已开放11处，其余6处` must add up; `受理120件，办结118件，办结率98.33%` must divide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfgen.model.numbers import half_up
from perfgen.prose.money import Figure
from perfgen.prose.quantities import PERCENT, Quantity
from perfgen.prose.slips import is_slip
from perfgen.prose.spans import Span, begin_with_all, hold_all
from perfgen.prose.words import Word

_ZERO, _HUNDRED = Decimal(0), Decimal(100)
_NEARLY = Decimal(6)
"""Percentage points."""

_MOST_BEFORE = 6

_AMONG = re.compile(r"^[^\d]{0,16}[中里]$")
_REST = re.compile(
    r"其余|余下|剩余的?(?!资金|预算)|剩下|其他|其它|另外?(?![有外]?计划)|另有|"
    r"(?:^|其中|[尚仍还均中有而])未(?!成年|来)"
)
_PARTLY = re.compile(r"^(?:其中|包括|含|包含|有)")
_UNDONE = re.compile("未(?!成年|来)|尚在|正在|没有")
_LEFT = re.compile("(?:还|尚)?(?:剩余?|剩下|余下?|其余|遗留|结余)(?!资金|预算)")
_DONE = re.compile(
    "完成|达标|达成|达到|办结|办理|整改|通过|合格|优良|就业|核销|使用|入住|签约|覆盖|解决|落实|兑现|验收|交付|修复|"
    "回复|答复|治愈|结案|审结|侦破|回收|利用|采纳|录用|支付|发放|销号|实现|批示|落地|转化|入选|开工|投产|结题|结项|"
    "立项|挂牌|持证|回访|检出|阳性|获奖|中标|留存|续约|调解|执结|撤诉|送达"
)
_RATE = re.compile(
    r"(?P<deed>[\u4e00-\u9fff]{2,4}?)(?:率|比例|比率)(?:为|达|达到|是|约|约为|超过)?$"
)
_OUTSIDE = re.compile("此外|不含|不在|不包括|不计|扣除|剔除|除去|超[过出额]|年初|[确原既预设]定的")
_SHARE = re.compile(
    r"^(?:约|仅|均)?占(?:比|比例)?(?:全部|总|所有)?(?:数|量|数量|额|人数|人次|总数|总量|总额|比重)?(?:的|为|达|达到|约|的比例为|的比重为)?$"
)
_TOTAL = re.compile(
    r"共|合计|总计|总|设|安排|计划|列|下达|确定|有|应|受理|收到|接到|排查|发现|申报|参加|发放"
)


@dataclass(frozen=True, slots=True)
class Unfit:
    """A number that does not fit its fellows. `sum_` shows how it was worked out."""

    said: Quantity
    expected: Decimal
    sum_: str


def unfit_parts(figures: Sequence[Figure]) -> Iterator[Unfit]:
    """Yield the numbers of a sentence that are no parts, shares or rates of its others."""
    for place in range(len(figures)):
        told = [*_among(figures, place), *_done_and_not(figures, place)]
        yield from told[:1]
        if figures[place].quantity.unit == PERCENT:
            yield from _bare_share(figures, place)
            yield from _rate(figures, place)


def tail_of(figures: Sequence[Figure], place: int) -> str:
    """Return the words between a number and the next one, or the end of its clause."""
    figure = figures[place]
    following = figures[place + 1] if place + 1 < len(figures) else None
    stop = len(figure.clause.text)
    if following is not None and following.clause is figure.clause:
        stop = following.quantity.start
    return figure.clause.text[figure.quantity.end : stop]


def _among(figures: Sequence[Figure], place: int) -> Iterator[Unfit]:
    """N家中，A家、B家: the parts are no more than the whole; with 其余 they are the whole."""
    whole = figures[place]
    after = figures[place + 1] if place + 1 < len(figures) else None
    if after is None or whole.quantity.bound or whole.quantity.unit == PERCENT:
        return
    among = _AMONG.match(tail_of(figures, place)) and after.clause is not whole.clause
    partly = _PARTLY.match(after.lead) is not None and not whole.has(Word.COMPARED)
    if not among and not partly:
        return
    parts, rest = _parts(figures, place, whole.quantity)
    if not parts or (partly and not among and not rest):
        return
    summed = sum((part.value for part in parts), _ZERO)
    if begin_with_all(parts, whole.quantity) or hold_all(parts, whole.quantity):
        return  # 另有2个: besides the whole
    if len(parts) > 1 and any(part.value == whole.quantity.value for part in parts):
        return  # 16处中, 增设护栏9处、完善标线16处: they overlap
    total = whole.quantity.value
    near = len(parts) >= 2 and summed >= total * Decimal("0.9")
    if summed > total or rest or near:
        shown = " + ".join(part.typed for part in parts)
        yield Unfit(whole.quantity, summed / whole.quantity.scale, shown)


def _parts(figures: Sequence[Figure], place: int, whole: Quantity) -> tuple[list[Quantity], bool]:
    """The numbers behind a whole that are its parts, and whether the rest is among them."""
    parts: list[Quantity] = []
    for number in range(place + 1, len(figures)):
        figure = figures[number]
        quantity = figure.quantity
        if quantity.unit == PERCENT and figure.has(Word.SHARE):
            continue
        strange = quantity.kind != whole.kind or quantity.bound
        if strange or figure.has(Word.COMPARED) or (parts and "其中" in figure.lead):
            break
        if _OUTSIDE.search(figure.lead) and not _REST.search(figure.lead):
            break
        parts.append(quantity)
        if _REST.search(figure.lead) and not _goes_on(figures, number):
            return parts, True
    return parts, False


def _goes_on(figures: Sequence[Figure], number: int) -> bool:
    """Whether a list goes on behind a number: 未签约8家、退出2家."""
    if number + 1 == len(figures):
        return False
    here, after = figures[number], figures[number + 1]
    same = after.quantity.kind == here.quantity.kind and not after.quantity.bound
    return same and after.clause.opener == "、" and after.clause.depth == here.clause.depth


def _done_and_not(figures: Sequence[Figure], place: int) -> Iterator[Unfit]:
    """共15项，完成14项，1项未完成: what was done and what was not are all of it."""
    three = [place, *(
        number for number in range(place + 1, len(figures))
        if figures[number].quantity.unit != PERCENT
    )][:3]  # fmt: skip
    if len(three) < 3 or three[2] > place + 3:
        return
    whole, done, undone = (figures[number] for number in three)
    kinds = {one.quantity.kind for one in (whole, done, undone)}
    if len(kinds) != 1 or any(one.quantity.bound for one in (whole, done, undone)):
        return
    if place and (_PARTLY.match(whole.clause.text) or _AMONG.match(tail_of(figures, place - 1))):
        return  # 28台，其中大型6台，验收25台，3台未验收
    told_done = done.lead + tail_of(figures, three[1])
    told_undone = undone.lead + tail_of(figures, three[2])
    if not (_DONE.search(told_done) and not _UNDONE.search(told_done)):
        return
    if not (_UNDONE.search(told_undone) or _LEFT.match(undone.lead)) or whole.has(
        Word.COMPARED, Word.OTHER_TIME
    ):
        return
    parts = (done.quantity, undone.quantity)
    if not Span.sum_of(parts).meets(Span.of(whole.quantity)):
        summed = sum((part.value for part in parts), _ZERO) / whole.quantity.scale
        yield Unfit(whole.quantity, summed, " + ".join(part.typed for part in parts))


# --- shares and rates ----------------------------------------------------------------------------


def _bare_share(figures: Sequence[Figure], place: int) -> Iterator[Unfit]:
    """4300人次中，乡村教师1150人次，占26.74%: a share of what was told right before."""
    figure = figures[place]
    if place < 2 or figure.quantity.bound or not _SHARE.match(figure.lead):
        return
    part, whole = figures[place - 1], figures[place - 2]
    among = _AMONG.match(tail_of(figures, place - 2)) and part.clause is not whole.clause
    if not among and not _PARTLY.match(part.lead):
        return
    if part.quantity.kind == whole.quantity.kind != PERCENT:
        yield from _ratio(figure.quantity, part.quantity, whole.quantity)


def _rate(figures: Sequence[Figure], place: int) -> Iterator[Unfit]:
    """受理投诉120件，办结118件，办结率98.33%: a rate of two numbers told right before."""
    figure = figures[place]
    named = _RATE.search(figure.lead)
    if named is None or place < 2 or figure.quantity.bound or len(figure.lead) > 12:
        return
    deed = named["deed"][-2:]
    if not _DONE.fullmatch(deed):
        return
    for number in range(place - 1, max(0, place - 3), -1):
        done, whole = figures[number], figures[number - 1]
        told = done.lead + tail_of(figures, number)
        if done.quantity.unit == PERCENT:
            continue
        if deed not in told or _UNDONE.search(told) or done.quantity.kind != whole.quantity.kind:
            continue
        if whole.quantity.value < done.quantity.value:
            continue
        sure = _TOTAL.search(whole.lead) is not None or "其中" in done.lead
        if _of_any_two(figure.quantity, figures[:place]):
            return
        if sure or _is_near_ratio(figure.quantity, done.quantity, whole.quantity):
            yield from _ratio(figure.quantity, done.quantity, whole.quantity)
            return


def _of_any_two(said: Quantity, before: Sequence[Figure]) -> bool:
    """Whether a rate is that of any two numbers told before it, of one kind."""
    some = [one.quantity for one in before[-_MOST_BEFORE:] if one.quantity.unit != PERCENT]
    return any(
        not list(_ratio(said, part, whole))
        for part in some
        for whole in some
        if part is not whole and part.kind == whole.kind and 0 < part.value < whole.value
    )


def _is_near_ratio(said: Quantity, part: Quantity, whole: Quantity) -> bool:
    """Whether a rate is so near to that of two numbers that it is meant for it."""
    wanted = part.value / whole.value * _HUNDRED if whole.value else _ZERO
    off = abs(said.value - wanted)
    return off <= _NEARLY or is_slip(said.value, half_up(wanted, said.decimals))


def _ratio(said: Quantity, part: Quantity, whole: Quantity) -> Iterator[Unfit]:
    if part.bound or whole.bound or not whole.value or part.value > whole.value:
        return
    low, high = Span.of(part).share_of(Span.of(whole))
    if said.is_(low) or said.is_(high) or low <= said.value <= high:
        return
    yield Unfit(said, part.value / whole.value * _HUNDRED, f"{part.typed} ÷ {whole.typed}")
