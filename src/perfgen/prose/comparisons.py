"""Sentences that compare a number with another year's or with a target (比上年的80家增加12家).

A comparison gives the change or the share, and often its base; what is compared stands before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import takewhile

from perfgen.prose.quantities import PERCENT, POINTS, Quantity, quantities
from perfgen.prose.wholes import is_in_parts, outside

_UP = "增加|增长|上升|提高|提升|增|多|高|扩大|上涨|超支|超出|超过|超额|超|净增|延长"
_DOWN = "减少|下降|降低|压减|压缩|缩减|缩短|少|低|减|降|节约|节省|净减"
_MORE = rf"(?:总体|净|实际|共|同比|略|仅)?(?P<way>{_UP}|{_DOWN})(?:了|约|完成)?(?:约)?$"
_YEAR_BEFORE = r"(?:上年度?|去年|前年|往年|年初|(?:19|20)\d\d年(?:度|底|末|同期)?)(?:同期|全年|末)?"
_AIM = (
    "(?:年初|全年|年度|既定|预定|原定|计划|绩效){0,2}"
    "(?:目标|计划|任务|预期|预算)(?:任务|目标|值|数|量)?"
)
_THAN = "(?:比|较|与|同|相较于?)"
_EXPLICIT = re.compile(
    rf"(?P<subject>[^,;()、\d]{{0,24}}?){_THAN}(?:{_YEAR_BEFORE}|{_AIM})(?P<noun>[^,;()\d]{{0,12}}?)(?:的|为|是|数)?$"
)
_FOLLOWS = re.compile(rf"^[^,;()\d]{{0,4}}(?:相比|相较|比较)?,?{_MORE}")
_IN_BRACKETS = re.compile(rf"^\((?:{_YEAR_BEFORE}|{_AIM})(?P<noun>[^,;()\d]{{0,8}}?)(?:为|是|:)?$")
_CHANGE = re.compile(rf"(?P<subject>[^,;()、\d]{{0,24}}?){_THAN}(?:{_YEAR_BEFORE}|{_AIM}){_MORE}")
_FROM_AIM = re.compile(
    rf"(?P<subject>[^,;()、\d]{{0,24}}?)(?:{_THAN}{_AIM}{_MORE}|(?:超出|超过|超额完成|超)(?:了)?{_AIM}(?:了)?$|超额(?:完成)?(?:了)?$)"
)
_OF_AIM = re.compile(
    rf"(?P<subject>[^,;()、\d]{{0,24}}?)(?:分别|均|已)?(?:完成|达到|为|占)(?:了)?{_AIM}(?:的)?(?:比例)?(?:为)?$"
)
_RATE = re.compile(
    r"(?P<subject>[^,;()、\d]{2,24}?)(?:任务|目标|计划|指标)?完成率(?:分别)?(?:为|达到|达|是|:)?$"
)
_AIM_LED = re.compile(rf"{_AIM}(?:为|是|:)?$")
_DOES = re.compile("(?:实际)?(?:完成|达到|实现|达)(?:了)?$")
_LESS = re.compile(_DOWN)
_CHANGES = re.compile(rf"{_UP}|{_DOWN}")
_IS_CHANGE = re.compile(rf"(?<!新)(?:{_UP}|{_DOWN})(?:了|约){{0,2}}$")
_IS_PART = re.compile("^[,;、()]?(?:其中|另有?|含|包括)")
_MARKS = ",;()、:。"
_NO_TIME = frozenset({"年", "月", "日", "天"})


class Kind(Enum):
    """What a comparison says: a change against a base, or a share of it."""

    CHANGE = auto()
    SHARE = auto()


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a sentence, with the words between it and the one before."""

    quantity: Quantity
    lead: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A change or a share that a sentence tells. `level` and `base` are there where it tells them.

    `subject` is what is compared, as far as the words right before it say; `of_aim` is True where
    the base is a target. `less` is True for a decrease.
    """

    kind: Kind
    said: Quantity
    subject: str
    level: Quantity | None
    base: Quantity | None
    of_aim: bool
    less: bool
    words: str


def numbers_in(sentence: str) -> list[Number]:
    """Return the numbers of a sentence, each with the words before it."""
    found = [one for one in quantities(sentence) if one.unit not in _NO_TIME]
    starts = [0, *(one.end for one in found)]
    return [
        Number(one, sentence[start : one.start]) for start, one in zip(starts, found, strict=False)
    ]


def comparisons(numbers: Sequence[Number]) -> Iterator[Comparison]:
    """Yield the comparisons of a sentence's numbers, each change or share once."""
    for place in range(len(numbers)):
        found = (
            _with_its_base(numbers, place)
            or _with_base_behind(numbers, place)
            or _of_target(numbers, place)
            or _in_percent_too(numbers, place)
            or _of_two_in_brackets(numbers, place)
        )
        if found is not None and not found.said.bound:
            yield found


def _with_its_base(numbers: Sequence[Number], place: int) -> Comparison | None:
    """比上年的80家增加12家, 与2022年支出1426万元相比，增加128万元: the base stands before it."""
    if not place:
        return None
    base, change = numbers[place - 1], numbers[place]
    told, more = _EXPLICIT.search(base.lead), _FOLLOWS.match(change.lead)
    if told is None or more is None or base.quantity.bound or _CHANGES.search(told["noun"]):
        return None
    subject = _bare(told["subject"]) or _bare(told["noun"])
    return Comparison(
        kind=Kind.CHANGE,
        said=change.quantity,
        subject=subject,
        level=_level(numbers, place - 1, base.quantity, subject),
        base=base.quantity,
        of_aim=_AIM_LED.search(base.lead.rstrip("的为是数")) is not None,
        less=_LESS.fullmatch(more["way"]) is not None,
        words=f"{base.lead[-12:].lstrip(_MARKS)}{base.quantity.typed}{change.lead}{change.quantity.typed}",
    )


def _with_base_behind(numbers: Sequence[Number], place: int) -> Comparison | None:
    """比上年增长2.3%（上年2086.3万元）: the base stands in brackets behind it."""
    if place + 1 == len(numbers):
        return None
    change, base = numbers[place], numbers[place + 1]
    told, behind = _CHANGE.search(change.lead), _IN_BRACKETS.match(base.lead)
    if told is None or behind is None or base.quantity.bound:
        return None
    subject = _bare(told["subject"])
    return Comparison(
        kind=Kind.CHANGE,
        said=change.quantity,
        subject=subject,
        level=_level(numbers, place, base.quantity, subject),
        base=base.quantity,
        of_aim=False,
        less=_LESS.fullmatch(told["way"]) is not None,
        words=f"{change.lead.lstrip(_MARKS)}{change.quantity.typed}{base.lead}{base.quantity.typed}",
    )


def _of_target(numbers: Sequence[Number], place: int) -> Comparison | None:
    """比目标多3项, 完成目标的104.2%, 大中修里程完成率107.5%: the base is a target."""
    number = numbers[place]
    change = _FROM_AIM.search(number.lead)
    share = number.quantity.unit == PERCENT and (
        _OF_AIM.search(number.lead) or _RATE.search(number.lead)
    )
    behind_aim = place > 0 and number.lead == "的" and number.quantity.unit == PERCENT
    if behind_aim and re.search(rf"(?:完成|达到|为|占)(?:了)?{_AIM}$", numbers[place - 1].lead):
        base = numbers[place - 1].quantity
        level = _level(numbers, place - 1, base, "")
        words = f"{numbers[place - 1].lead.lstrip(_MARKS)}{base.typed}的{number.quantity.typed}"
        return Comparison(Kind.SHARE, number.quantity, "", level, base, True, False, words)
    found = change or share
    if not found:
        return None
    subject = _bare(found["subject"])
    if "分别" in number.lead:
        subject = _first_of_several(number.lead)
    way = found.groupdict().get("way") or ""
    aim = next((one.quantity for one in numbers[:place] if _AIM_LED.search(one.lead)), None)
    done = place > 0 and _DOES.search(numbers[place - 1].lead) is not None
    several = "分别" in number.lead and not subject
    return Comparison(
        kind=Kind.CHANGE if change else Kind.SHARE,
        said=number.quantity,
        subject=subject,
        level=_first_level(numbers, place) if several else _level(numbers, place, aim, subject),
        base=aim if done else None,
        of_aim=True,
        less=_LESS.fullmatch(way) is not None,
        words=f"{number.lead.lstrip(_MARKS)}{number.quantity.typed}",
    )


_IN_PERCENT = re.compile(rf"^,(?:同比)?(?P<way>{_UP}|{_DOWN}|增幅|降幅|增长率)(?:了|约|为|达)?$")


def _in_percent_too(numbers: Sequence[Number], place: int) -> Comparison | None:
    """比预算多1.2万元，超支1.30%: one change in two ways, against the level less the change."""
    if not place or numbers[place].quantity.unit != PERCENT:
        return None
    said, change = numbers[place], numbers[place - 1].quantity
    told = _of_target(numbers, place - 1)
    more = _IN_PERCENT.match(said.lead)
    if more is None or told is None or told.kind is not Kind.CHANGE or told.level is None:
        return None
    level = told.level
    if change.kind != level.kind or change.scale != level.scale:
        return None
    number = level.number + change.number if told.less else level.number - change.number
    base = replace(
        level, number=number, typed=f"{level.typed}{'加' if told.less else '减'}{change.typed}"
    )
    words = f"{said.lead.lstrip(_MARKS)}{said.quantity.typed}"
    return Comparison(Kind.CHANGE, said.quantity, "", level, base, True, told.less, words)


def _of_two_in_brackets(numbers: Sequence[Number], place: int) -> Comparison | None:
    """阳性率为13.68%（1860份/1.36万份）: the two numbers of a rate stand behind it."""
    if place + 2 >= len(numbers) or numbers[place].quantity.unit != PERCENT:
        return None
    rate, part, whole = (one.quantity for one in numbers[place : place + 3])
    marks = numbers[place + 1].lead, numbers[place + 2].lead
    if marks not in (("(", "/"), ("(", "÷")) or part.kind != whole.kind:
        return None
    words = f"{rate.typed}({part.typed}{marks[1]}{whole.typed})"
    return Comparison(Kind.SHARE, rate, "", part, whole, False, False, words)


def _level(
    numbers: Sequence[Number], place: int, base: Quantity | None, subject: str
) -> Quantity | None:
    """The number that is compared: of the subject that is named again, or the one right before."""
    before = [one for one in numbers[:place] if _may_be_level(one, base)]
    if subject:
        named = [one for one in before if _ends_alike(one.lead, subject)]
        return named[-1].quantity if len(named) == 1 else None
    leads = [one.lead for one in numbers[: place + 1]]
    at = outside(leads, place)
    right = None if at < 0 or is_in_parts(leads, at) else numbers[at]
    return right.quantity if right is not None and right in before else None


def _may_be_level(number: Number, base: Quantity | None) -> bool:
    quantity = number.quantity
    same = base is None or quantity.kind == base.kind
    if _IS_CHANGE.search(number.lead) or _IS_PART.match(
        number.lead
    ):  # 比预算节约0.8万元, 比上年的6.4万元下降…
        return False
    return same and not quantity.bound and quantity.unit != POINTS and quantity is not base


def _ends_alike(lead: str, subject: str) -> bool:
    """Whether the words before a number name the subject: 年末项目支出 for 项目支出."""
    bare = _bare(re.sub(r"(?:共|合计|达到|达|为|是|完成|实现|约)+$", "", lead))
    return len(subject) >= _SHORTEST and bool(bare) and bare.endswith(subject)


def _first_level(numbers: Sequence[Number], place: int) -> Quantity | None:
    """3.92万颗、2.65万人次，分别完成目标的108.89%、110.42%: the first of those before it."""
    first = place - _listed_from(numbers, place)
    there = first >= 0 and _may_be_level(numbers[first], None)
    return numbers[first].quantity if there else None


def _listed_from(numbers: Sequence[Number], place: int) -> int:
    """How many numbers of one unit a list holds that begins at a place."""
    unit = numbers[place].quantity.unit
    more = takewhile(
        lambda one: one.quantity.unit == unit and re.fullmatch("[、,和及与]", one.lead),
        numbers[place + 1 :],
    )
    return 1 + sum(1 for _ in more)


def _first_of_several(lead: str) -> str:
    """The first of the names that 分别 gives numbers to: 甲、乙分别完成目标的."""
    piece = re.split("[,;:。]", lead.partition("分别")[0])[-1]
    return _bare(re.split("、|和|与|及", piece)[0])


_SHORTEST = 2
_FILLERS = re.compile("^(?:其中|同时|此外|另外|全年|年末|截至年末|本年|今年|实际|并|且|均|也|而)+")


def _bare(words: str) -> str:
    """What some words name, without marks and words that only lead to it."""
    piece = re.split(f"[{_MARKS}]", words.rstrip(_MARKS))[-1]
    return _FILLERS.sub("", piece)
