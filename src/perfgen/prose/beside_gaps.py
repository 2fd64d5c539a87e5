"""What lies between two numbers that stand beside it (两个数的差), and what they make together.

`由62%提高到95%,提高33个百分点`, `计划换1500个,实际换1140个,少换360个`,
`压减240万元,增加840万元,净增600万元`, `在建成12座的基础上再建20座,累计32座`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfgen.prose.beside import Misfit, Told, is_in
from perfgen.prose.claims import Claim, Way
from perfgen.prose.quantities import PERCENT, POINTS, Quantity
from perfgen.prose.spans import Span

_HUNDRED = Decimal(100)
_FROM = re.compile("(?:由|从)[^,;()]{0,16}$")
_TO = re.compile(
    "^(?:的)?[^,;()\\d]{0,6}?(?:增加|增长|提高|提升|上升|扩大|扩|延长|下降|减少|降低|降|压缩|压减|缩短|缩减|减|增|升|回落)?(?:到|至|为)(?:了)?$"
)
_CHANGED = re.compile(
    "^[,;(]?(?:了|同比|共|累计|总体|比(?:上年|去年|年初|原来|之前|(?:实施|改造|建设|整治|治理|项目实施)前))?(?:净)?"
    "(?:增加|增长|提高|提升|上升|扩大|延长|下降|减少|降低|降|压缩|压减|缩短|缩减|减|增|升|回落|多出?|少|增幅|降幅|升幅|增速)(?:了|为|达|约)?$"
)
_PLANNED = re.compile("(?:计划|目标|任务|应|预算|预计|年初|核定|编制|需|拟|设计)[^,;()]{0,8}$")
_REACHED = re.compile(
    "(?:实际|完成|到位|接入|实有|已|仅|只|达到|在职|建成|决算|支出|到货|开展|签订)[^,;()]{0,6}$"
)
_BETWEEN = re.compile(
    "^[,;(]?(?:还|尚|仍|相)?(?:少|差|缺|缺口|短缺|欠|超|超出|超过|超额|多|节约|结余|剩余?)[^,;()\\d]{0,5}$"
)
_OF_ELSE = re.compile("上年|去年|同期|其中|每|均|全省|全市|平均|指标|权重")
_NET = re.compile("净(?:增|减|追加|调增|调减)[^,;()\\d]{0,4}$")
_MORE = re.compile("增加?|追加|新增|调增|调入|上升")
_FEWER = re.compile("减少?|压减|退出|调减|追减|核减|收回|注销|调出|下降")
_FIRST = re.compile("(?:基础上|基础之上)")
_AGAIN = re.compile("(?:再|又|新)[^,;()\\d]{0,8}$")
_SO_FAR = re.compile("累计[^,;()\\d]{0,8}$")
_OFF = Decimal(20)


def unfit_gaps(told: Told, claim: Claim) -> Iterator[Misfit]:
    """Yield a difference or a growth that the two numbers right before it do not give."""
    if claim.said.about or claim.way not in (Way.DIFFERENCE, Way.GROWTH):
        return
    if _NET.search(claim.piece):
        yield from _net(told, claim.place)
    else:
        yield from _from_to(told, claim)
        yield from _short_of(told, claim)


def _from_to(told: Told, claim: Claim) -> Iterator[Misfit]:
    """由上年的1460人减少到1085人,减少375人: what lies between the two."""
    said, place = claim.said, claim.place
    before = told.before(place, 2)
    if len(before) < 2 or before[0] != place - 1 or not _CHANGED.match(told.lead(place)):
        return
    late, early = told.of(before[0]), told.of(before[1])
    if not _TO.match(told.lead(before[0])) or not _FROM.search(told.lead(before[1])):
        return
    if late.kind != early.kind or late.bound or early.bound or late.value == early.value:
        return
    low, high = sorted((early, late), key=lambda one: one.value)
    gap = Span.of(high).minus(Span.of(low))
    if said.unit == PERCENT and early.unit != PERCENT and early.value:
        rate = abs(late.value / early.value - 1) * _HUNDRED
        span = Span.of(late).share_of(Span.of(early))
        ends = sorted(abs(one - _HUNDRED) for one in span)
        if not is_in(said, ends[0], ends[1]) and not said.is_(rate):
            yield Misfit(said, rate, f"{late.typed} ÷ {early.typed} - 1")
    alike = said.kind == early.kind or (said.unit == POINTS and early.unit == PERCENT)
    if alike and not is_in(said, gap.low, gap.high):
        yield Misfit(said, gap.middle / said.scale, f"{high.typed} - {low.typed}")


def _short_of(told: Told, claim: Claim) -> Iterator[Misfit]:
    """计划换1500个,实际换1140个,完成率76%,少换360个: what was planned, without what was done."""
    said, place = claim.said, claim.place
    if not _BETWEEN.match(told.lead(place)) or said.unit in (PERCENT, POINTS):
        return
    before = [at for at in told.before(place) if told.of(at).unit != PERCENT][:2]
    if len(before) < 2 or before[1] < place - 3:
        return
    done, planned = told.of(before[0]), told.of(before[1])
    leads = told.lead(before[0]), told.lead(before[1])
    turned = _PLANNED.search(leads[0]) and not _PLANNED.search(leads[1])
    if turned and not _OF_ELSE.search(leads[0] + leads[1]):
        done, planned, leads = planned, done, (leads[1], leads[0])
    if not _PLANNED.search(leads[1]) or _OF_ELSE.search(f"{leads[0]}{leads[1]}{told.lead(place)}"):
        return
    if not (turned or _REACHED.search(leads[0])):
        return
    if len({said.kind, done.kind, planned.kind}) > 1 or done.bound or planned.bound:
        return
    less, more = sorted((done, planned), key=lambda one: one.value)
    gap = Span.of(more).minus(Span.of(less))
    near = gap.middle > 0 and 1 / _OFF <= said.value / gap.middle <= _OFF
    if near and not is_in(said, gap.low, gap.high):
        yield Misfit(said, gap.middle / said.scale, f"{more.typed} - {less.typed}")


def _net(told: Told, place: int) -> Iterator[Misfit]:
    """压减240万元,增加840万元,净增加600万元: one up and one down right before it."""
    said = told.of(place)
    pair = told.before(place, 2)
    if len(pair) < 2 or pair[0] != place - 1 or pair[1] != place - 2:
        return
    some = [told.of(at) for at in pair]
    if any(one.kind != said.kind or one.bound for one in some):
        return
    ways = [
        (_MORE.search(told.lead(at)) is not None, _FEWER.search(told.lead(at)) is not None)
        for at in pair
    ]
    alone = all(told.of(at).kind != said.kind for at in range(place - 2))
    if sorted(ways) != [(False, True), (True, False)] or not alone:
        return  # 出生18只、调入22只、调出13只: all changes make the net one
    less, more = sorted(some, key=lambda one: one.value)
    gap = Span.of(more).minus(Span.of(less))
    if gap.middle > 0 and not is_in(said, gap.low, gap.high):
        yield Misfit(said, gap.middle / said.scale, f"{more.typed} - {less.typed}")


_RISES = re.compile("(?:增加|增长|提高|提升|上升|扩大|延长|增|升)(?:到|至|为)(?:了)?$")
_FALLS = re.compile("(?:下降|减少|降低|降|压缩|压减|缩短|缩减|减|回落)(?:到|至|为)(?:了)?$")


def unfit_ways(told: Told) -> Iterator[Misfit]:
    """Yield a number that goes the other way than is said: 由58%提高到50%."""
    for place in range(1, len(told.numbers)):
        early, late = told.of(place - 1), told.of(place)
        if early.kind != late.kind or early.bound or not _FROM.search(told.lead(place - 1)):
            continue
        lead = told.lead(place)
        rises, falls = _RISES.search(lead), _FALLS.search(lead)
        if not _TO.match(lead) or (rises and late.value >= early.value):
            continue
        if rises or (falls and late.value > early.value):
            way = "提高" if rises else "下降"
            yield Misfit(late, early.number, f"由{early.typed}{way}到{late.typed}", other_way=True)


_ROUNDS = re.compile(
    "每个?(?P<period>半年|季度?|月)(?![^,;()\\d]{0,8}(?:至少|不少于|不低于|要求|应))[^,;()\\d]{0,10}$"
)
_OF_THE_YEAR = re.compile("^[,;(]?(?:全年|一年|年内|全年度)[^,;()\\d]{0,8}$")
_IN_A_YEAR = {"半年": 2, "季度": 4, "季": 4, "月": 12}


def unfit_rounds(told: Told) -> Iterator[Misfit]:
    """Yield a year's number that is not that of its rounds: 每季度检查1次,全年4次."""
    for place in range(1, len(told.numbers)):
        each, said = told.of(place - 1), told.of(place)
        found = _ROUNDS.search(told.lead(place - 1))
        of_year = _OF_THE_YEAR.match(told.lead(place)) is not None
        if found is None or not of_year or each.kind != said.kind or said.bound or said.is_money:
            continue
        many = _IN_A_YEAR[found["period"]]
        wanted = each.value * many
        if (
            not (each.about or each.bound)
            and said.value != wanted
            and wanted
            and not _is_rate(said)
        ):
            yield Misfit(said, wanted / said.scale, f"{each.typed} × {many}")


def _is_rate(one: Quantity) -> bool:
    return one.unit in (PERCENT, POINTS)


def unfit_totals(told: Told) -> Iterator[Misfit]:
    """Yield a total so far that is not what there was, and what came to it."""
    for place in range(2, len(told.numbers)):
        said = told.of(place)
        if said.bound or said.about or not _SO_FAR.search(told.lead(place)):
            continue
        same = [at for at in told.before(place, 6) if told.of(at).kind == said.kind]
        again = [at for at in same if _AGAIN.search(told.lead(at))]
        first = [
            at for at in same if at < len(told.numbers) - 1 and _FIRST.search(told.lead(at + 1))
        ]
        if len(again) != 1 or len(first) != 1 or again == first:
            continue
        parts = [told.of(first[0]), told.of(again[0])]
        summed = Span.sum_of(parts)
        if not summed.meets(Span.of(said)):
            shown = " + ".join(one.typed for one in parts)
            yield Misfit(said, summed.middle / said.scale, shown)
