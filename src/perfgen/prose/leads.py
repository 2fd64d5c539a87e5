"""What the words before a number say of it: a difference, a stock, another time, a bare result."""

from __future__ import annotations

import re

from perfgen.prose import deeds
from perfgen.prose.expected import Purpose

_ELSEWHERE = re.compile("|".join(deeds.ELSEWHERE))
_WANTED = re.compile("|".join(deeds.WANTED))
_STOCK = re.compile("|".join(sorted(deeds.STOCK, key=len, reverse=True)))
_THIS_YEAR = re.compile("全年|本年|年内|当年|今年")
_DONE_TO = re.compile("完成|得到|通过|实施|接受|参加|受益|更换")
_STEP = re.compile(
    "由|从|增加|减少|净增|较|(?<!占)比(?!例|率|重|赛|对)|同比|占(?!比)|下降|(?<!不)高于|(?<!不)低于|扣|达到或"
)
_REACHED = re.compile("达到|达成|完成|实现|实际|建成|[为是]$")
_COMPLETED = re.compile(
    "(?:完成|达到|占|为)(?:年度|全年|年初|本年|既定)?(?:预期)?(?:目标|任务|计划|指标)(?:任务|值|数|量|目标)?的?$|"
    "(?:目标|任务|计划)(?:任务)?完成率(?:为|达|达到)?$"
)
_EACH = re.compile(
    "(?:为|是|达|达到|按)?(?:每[人户亩吨家个件次批月年天日平方米公里名]{1,3}){1,2}(?:为|是)?$"
)
_TARGET = (
    "(?:年度|年初|全年|预期|既定|原定|绩效|工作){0,3}"
    "(?:目标|计划|任务|指标|标准|要求|预期)(?:值|数|任务|目标)?"
)
_BEYOND = "(?:提前|高出|高于|超出|超过|超额|提高|增加|高|超|多|低于|低|少|差|降低)"
_TARGET_COMPARED = re.compile(
    rf"(?:比|较|与){_TARGET}(?:相比)?(?:还|又)?{_BEYOND}(?:出|了|完成)?(?:约)?$|"
    rf"(?:高于|高出|超过|超出|超额完成|超|低于|低|多于|少于|优于|不及)(?:了)?{_TARGET}(?:的)?(?:约)?$"
)
_CHANGED = re.compile(
    r"^(?:到)?(?:今年|本年度?|当年|(?:19|20)\d\d年度?)?(?:计划|预计|拟|将|预期)?(?:比上年|较上年|比去年|较去年|同比|再|又)?"
    r"(?:计划|预计|拟|将)?(?:净)?(?:增加|新增|增长|减少|多|少|提高|下降|降低|提升|上升|压减|增|减)(?:了|到)?(?:约)?$"
)


def is_elsewhere(lead: str, purpose: Purpose, name: str = "") -> bool:
    """Return whether a number is of another time or place, or only wanted where results stand.

    Words that are part of the indicator's own name (人均) say nothing of that.
    """
    if purpose is not Purpose.WANTED and _WANTED.search(lead):
        return True
    return any(found.group() not in name for found in _ELSEWHERE.finditer(lead))


def without_unit_of_account(lead: str) -> str:
    """Return the words before a number without 每人每月 at their end, which only says of what."""
    return _EACH.sub("", lead)


def steps(lead: str) -> bool:
    """Return whether a number is a difference or the first of two (由80, 较上年增加)."""
    bare = lead.removesuffix("增长").removesuffix("下降").removesuffix("同比")
    return _STEP.search(bare) is not None


def adds(lead: str, name: str) -> bool:
    """Return whether 增加 is what an indicator itself counts: 学位增加1260个 for 新增学位."""
    compared = re.search("较|比|由|从|同比", lead)
    return "增加" in lead and compared is None and name.startswith(("新增", "增加", "新建"))


def is_stock(lead: str, clause: str) -> bool:
    """Return whether a whole stock is told (累计达到46个), and not what the year added."""
    found = _STOCK.search(lead)
    if found is None or (found.group() == "共有" and _DONE_TO.search(clause)):
        return False  # 共有6座危桥完成改造: not how many there are
    return _THIS_YEAR.search(clause) is None


def says_reached(lead: str) -> bool:
    """Return whether something is said to be reached, and not only wanted."""
    return _REACHED.search(lead) is not None


def says_completed(lead: str) -> bool:
    """Return whether a rate is that of a target (完成目标任务的)."""
    return _COMPLETED.search(lead) is not None


def target_compared(lead: str) -> str | None:
    """Return what stands before 比目标高 and the like; None where nothing is compared so."""
    found = _TARGET_COMPARED.search(lead)
    return lead[: found.start()] if found else None


def year_change(lead: str) -> bool:
    """Return whether a number is a change against the year spoken of before (今年增加)."""
    return _CHANGED.match(lead) is not None
