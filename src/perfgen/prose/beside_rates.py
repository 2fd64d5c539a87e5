"""A rate and the two numbers that it comes from, side by side (比率与它的两个数).

`排查隐患9450条,整改9366条,整改率99.11%`, `签约18.6万人,签约率62%(常住人口30万人)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from perfgen.model.numbers import half_up, plain
from perfgen.prose.beside import Misfit, Told, is_in, rest_of, share
from perfgen.prose.claims import Claim, Way
from perfgen.prose.quantities import PERCENT, POINTS, Quantity
from perfgen.prose.workings import chance_of_slip

_ZERO, _HUNDRED = Decimal(0), Decimal(100)
_NAME = re.compile(
    "(?P<deed>[\u4e00-\u9fff]{2})(?:任务|目标|计划)?(?:率|比例|比率)(?:仅|只有|约|已|均|也)?(?:为|是|达到?|有)?$"
)
_PARTS_DEED = {
    "完成": "完成|完工|建成|竣工|实际|完|到位|批复|已|交付|接入|安装|更换|换",
    "执行": "支出|执行|支付|使用",
}
_WANTED = re.compile(
    "计划|目标|任务|应|需|拟|年初|设计|核定|申报|受理|排查|发现|总|共|发放|收到|参加|预算"
)
_UNDONE = re.compile("没有?|未|不|缺|差|剩|其余|余下")
_NO_RATE = re.compile(
    "满意|增长|上年|去年|同期|目标|要求|标准|序时|不低于|平均|全省|全市|全国|截至|季度|半年"
)
_NOT_OF_TWO = re.compile("[比较]|占|其中|分别")
_OF_QUALITY = re.compile("知晓|支持|合格|优良|优秀|良好|正确|准确|及时|有效|覆盖")
"""Rates that are often told beside counts that they are not of."""

_LIKELY = Decimal("0.01")
_MOST_OFF = Decimal(25)
_LEAST = 3


def unfit_rates(told: Told, claim: Claim) -> Iterator[Misfit]:
    """Yield a rate that the numbers of its deed, right beside it, do not give."""
    said, place = claim.said, claim.place
    named = _NAME.search(claim.piece)
    if claim.way is Way.DIFFERENCE or said.unit != PERCENT or named is None or said.about:
        return
    listed = claim.number.lead.startswith("、")
    if listed or _NO_RATE.search(claim.piece) or _NOT_OF_TWO.search(claim.piece):
        return
    some = _beside(told, place)
    if any(is_in(said, *span) for span in _all_rates(told, some)):
        return
    found, most = _of_deed(told, place, named["deed"]), _MOST_OFF
    if (found is None or _is_far(said, *found)) and not _OF_QUALITY.search(claim.piece):
        found, most = _slipped(told, place, said), _HUNDRED
    if found is not None:
        part, whole = found
        wanted = part.value / whole.value * _HUNDRED
        if abs(wanted - said.value) <= most:
            yield Misfit(said, wanted, f"{part.typed} ÷ {whole.typed}")


def _is_far(said: Quantity, part: Quantity, whole: Quantity) -> bool:
    return abs(part.value / whole.value * _HUNDRED - said.value) > _MOST_OFF


def _beside(told: Told, place: int) -> list[int]:
    """The numbers that a rate may come from: those before it, and those in brackets behind it."""
    before = [at for at in range(max(0, place - 6), place) if _counts(told.of(at))]
    behind = range(place + 1, min(place + 3, len(told.numbers)))
    return [*before, *(at for at in behind if _counts(told.of(at)))]


def _counts(one: Quantity) -> bool:
    return one.unit not in (PERCENT, POINTS) and one.value > 0 and "/" not in one.unit


def _all_rates(told: Told, some: Sequence[int]) -> Iterator[tuple[Decimal, Decimal]]:
    """What any two numbers give, and what they leave; and what sums of two give."""
    numbers = [told.of(at) for at in some]
    for one in numbers:
        for other in numbers:
            if one is not other and one.kind == other.kind:
                span = share(one, other)
                yield span
                yield rest_of(span)
    for first in range(len(numbers) - 1):
        pair = numbers[first : first + 2]
        if pair[0].kind == pair[1].kind:
            summed = sum((one.value for one in pair), _ZERO)
            for other in numbers:
                if other.kind == pair[0].kind:
                    exact = summed / other.value * _HUNDRED, other.value / summed * _HUNDRED
                    yield from ((one, one) for one in exact)


def _of_deed(told: Told, place: int, deed: str) -> tuple[Quantity, Quantity] | None:
    """The part that the rate's deed names, and the whole beside it."""
    deeds = re.compile(f"{deed}|{_PARTS_DEED[deed]}" if deed in _PARTS_DEED else deed)
    before = [at for at in told.before(place) if _counts(told.of(at))]
    behind = told.in_brackets_behind(place)[:1]
    for number, at in enumerate(before[:3]):
        around = told.lead(at).rpartition(")")[2]
        if not deeds.search(around) or _UNDONE.search(around):
            continue
        rest = [*behind, *before[number + 1 : number + 2]]
        for other in rest:
            part, whole = told.of(at), told.of(other)
            wanted = other in behind or _WANTED.search(told.lead(other)) is not None
            same = part.kind == whole.kind and not part.bound and not whole.bound
            if same and wanted and not _NO_RATE.search(told.lead(other).replace("目标", "")):
                return part, whole
        return None
    return None


def _slipped(told: Told, place: int, said: Quantity) -> tuple[Quantity, Quantity] | None:
    """The two numbers right before a rate, where it is a slip of what they give."""
    before = [at for at in told.before(place) if _counts(told.of(at))][:2]
    if len(before) < 2 or told.of(before[0]).kind != told.of(before[1]).kind:
        return None
    one, other = sorted((told.of(at) for at in before), key=lambda each: each.value)
    if one.bound or other.bound or one.value == other.value:
        return None
    wanted = half_up(one.value / other.value * _HUNDRED, said.decimals)
    digits = len(str(said.number).replace(".", ""))
    chance = chance_of_slip(said, wanted) if digits >= _LEAST else _ZERO
    if chance and chance <= _LIKELY:
        return one, other
    turned = said.decimals > 1 and (
        _gives_turned(said, one, other) or _gives_turned(said, other, one)
    )
    return (one, other) if turned else None


def _gives_turned(said: Quantity, one: Quantity, other: Quantity) -> bool:
    """Whether a rate is that of two numbers, one of them with two digits changed about.

    结业84人，通过45人，通过率93.75%: of 48.
    """
    digits = plain(one.number)
    for at in range(len(digits) - 1):
        pair = digits[at : at + 2]
        if "." in pair or pair[0] == pair[1]:
            continue
        number = Decimal(f"{digits[:at]}{pair[1]}{pair[0]}{digits[at + 2 :]}")
        turned = replace(one, number=number)
        if number and any(
            is_in(said, *span) for span in (share(turned, other), share(other, turned))
        ):
            return True
    return False


_BARE = re.compile("^\\($")
_OF_WHOLE = re.compile("预算|计划|总|共|目标|安排|应")


def unfit_bracketed(told: Told) -> Iterator[Misfit]:
    """Yield a bare rate in brackets that is a slip of that of the amount before it.

    预算5250万元，支出4990.8万元(90.56%).
    """
    for place in range(2, len(told.numbers)):
        said = told.of(place)
        if said.unit != PERCENT or said.bound or not _BARE.match(told.lead(place)):
            continue
        part = told.of(place - 1)
        wholes = [
            told.of(at)
            for at in told.before(place - 1, 3)
            if told.of(at).kind == part.kind and _OF_WHOLE.search(told.lead(at))
        ]
        if not _counts(part) or any(is_in(said, *share(part, one)) for one in wholes):
            continue
        for whole in wholes:
            wanted = part.value / whole.value * _HUNDRED
            chance = chance_of_slip(said, half_up(wanted, said.decimals))
            if said.decimals and chance and chance <= _LIKELY:
                yield Misfit(said, wanted, f"{part.typed} ÷ {whole.typed}")
                break
