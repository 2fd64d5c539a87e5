"""What an opinion is about (满意度的对象): 家长对课后服务的满意度 is no 家长满意度 at large."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto

_ABOUT = re.compile(r"对([^,。;、\d]{1,16}?)的?(?:总体|整体|综合)?满意度")
_GENERAL = re.compile(
    "工作|服务|部门|单位|机关|我[局委办厅院校站所]|[全本我][省市县区镇乡局]|公共|政府|开展|提供|实施|"
    "项目|整体|总体|综合|各项|质量|成效|效果|情况|结果|水平|人员|及|和|与|的|[省市县区]|[局委办厅]"
)


class Object(Enum):
    """Whether two opinions are about one thing, as far as their words tell."""

    SAME = auto()
    UNSURE = auto()
    OTHER = auto()


def object_of(text: str) -> str:
    """Return what the last opinion of a text is about; empty where that is not said."""
    return next(iter(_ABOUT.findall(text)[-1:]), "")


def opinions_in(text: str) -> int:
    """Return how many different things the opinions of a text are about."""
    return len(set(_ABOUT.findall(text)))


def compared(said: str, name: str, own: Sequence[str]) -> Object:
    """Return whether an opinion in a sentence is about what an indicator's name says.

    `own` are words of the office's field: they make no difference in its own report.
    """
    ours, theirs = _specific(said, own), _specific(object_of(name), own)
    if not ours:
        return Object.SAME
    if not theirs:
        of_field = any(
            char in word for word in own for char in ours
        )  # 公园 where 园林 is the field
        return Object.SAME if of_field else Object.UNSURE
    pairs = {ours[place : place + 2] for place in range(len(ours) - 1)} or {ours}
    return Object.SAME if any(pair in theirs for pair in pairs) else Object.OTHER


def _specific(thing: str, own: Sequence[str]) -> str:
    for word in own:
        thing = thing.replace(word, "")
    return _GENERAL.sub("", thing)
