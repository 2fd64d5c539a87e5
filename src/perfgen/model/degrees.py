"""Words that say how much (程度) or which class (类别): 明显提高, 有所改善, Ⅲ类及以上."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from perfgen.model.values import fold_value

_LONGEST = 24

_DEGREES: Mapping[str, int] = {
    "显著": 3, "明显": 3, "大幅": 3, "大幅度": 3, "极大": 3, "较明显": 2, "较为明显": 2, "较大": 2,
    "较好": 2, "较大幅度": 2, "有所": 1, "一定": 1, "一定程度": 1, "略有": 1, "小幅": 1, "逐步": 1,
}  # fmt: skip
"""The more, the higher. 有效 and 持续 say no degree, and stand in no list."""

_ALIKE: tuple[frozenset[str], ...] = tuple(
    frozenset(words.split())
    for words in (
        "提升 提高 增强 改善 改进 增长 优化 好转 增加 进步 变好 上升 向好",
        "下降 降低 减少 减轻 缩减 压减 缓解",
    )
)
_VERBS = "|".join(sorted((verb for family in _ALIKE for verb in family), key=len, reverse=True))
_WORDS = "|".join(sorted(_DEGREES, key=len, reverse=True))
_TALK = r"(?:得到|取得|实现|效果|成效|作用|成果)?"
_DEGREE = re.compile(
    rf"{_TALK}了?(?:(?P<before>{_WORDS})地?(?P<verb>{_VERBS})?|(?P<first>{_VERBS})(?P<behind>{_WORDS}))"
    rf"{_TALK}"
)

_CLASSES: Mapping[str, int] = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5}
_CLASS = re.compile(
    r"(?:地表水|水质|水体)?(?:稳定)?(?:达到|达|保持在?|不低于|优于|好于|为|[≥=])?(?:地表水|国家)?(?P<worse>劣)?"
    r"(?P<class>III|II|IV|I|V)类(?:水质|水体|水)?(?:标准)?(?:及以上|或以上|以上)?(?:标准|水质)?"
)
_AT_LEAST = re.compile(
    r"(?:不低于|至少|达到)?(?P<words>.{1,12}?)(?:及以上|或以上|以上)?(?:等次|等级|标准)?"
)


@dataclass(frozen=True, slots=True)
class Degree:
    """How much (3 much, 1 somewhat), and what changed; an empty verb leaves that open."""

    size: int
    verb: str


def degree_of(text: str) -> Degree | None:
    """Return what 明显提高, 提升显著 or 显著 says; None for all other words."""
    folded = fold_value(text)
    found = _DEGREE.fullmatch(folded) if len(folded) <= _LONGEST else None
    if found is None:
        return None
    size = _DEGREES[found.group("before") or found.group("behind")]
    return Degree(size, found.group("verb") or found.group("first") or "")


def degree_reached(wanted: str, reached: str) -> bool | None:
    """Return whether 显著提升 meets 明显提高; None where the words say different things.

    较明显 beside 明显 is left open: one word less is not yet a failure.
    """
    asked, given = degree_of(wanted), degree_of(reached)
    if asked is None or given is None or not _of_one_kind(asked.verb, given.verb):
        return None
    if given.size >= asked.size:
        return True
    return False if asked.size - given.size > 1 else None


def _of_one_kind(one: str, other: str) -> bool:
    return not one or not other or any(one in family and other in family for family in _ALIKE)


def class_of_water(text: str) -> int | None:
    """Return a class of water quality (水质类别), 1 the best: Ⅲ类 is 3, 劣Ⅴ类 is 6."""
    folded = fold_value(text)
    found = _CLASS.fullmatch(folded) if len(folded) <= _LONGEST else None
    if found is None:
        return None
    return _CLASSES[found.group("class")] + (1 if found.group("worse") else 0)


def is_at_least(wanted: str, reached: str) -> bool:
    """Return whether a result is the very word that was asked for as the least: A级以上, A级."""
    found = _AT_LEAST.fullmatch(fold_value(wanted)) if len(wanted) <= _LONGEST else None
    return found is not None and found.group("words") == fold_value(reached)


def is_denied(wanted: str, reached: str) -> bool:
    """Return whether a result denies the word that was asked for: 合规, 不合规."""
    asked, given = fold_value(wanted), fold_value(reached)
    return given in {f"{word}{asked}" for word in ("不", "未", "没有", "非", "不够", "未能")}


_MOST_BEFORE = 10
_LEAST_SAID = 2
_CHANGES_IT = re.compile(
    rf"[不未没无非难欠缺全均都仅只尚拟较更略稍\d]|部分|基本|正在|多数|大多|大部|少数|个别|一些|{_WORDS}"
)


def is_said_within(wanted: str, reached: str) -> bool:
    """Return whether one text says the other, behind nothing but a name: 机构正常运转, 正常运转."""
    short, long = sorted((fold_value(wanted), fold_value(reached)), key=len)
    before = long.removesuffix(short)
    return (
        _LEAST_SAID <= len(short) < len(long) <= len(short) + _MOST_BEFORE
        and long.endswith(short)
        and not _CHANGES_IT.search(before)
    )
