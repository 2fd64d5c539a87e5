"""Words that stand on a scale (等次): 优秀 above 合格, 国家级 above 省级, 五星级 above 四星级.

Numbered classes (二级, 3级) stand on none: with some the first is the best, with others the worst.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from perfgen.model import vocabulary as words
from perfgen.model.readings import bare_words
from perfgen.model.values import fold_value

_LONGEST = 24
_AT_LEAST = re.compile(
    r"(?:不低于|达到或高于|达到|获评|评定为|评为|获得|获|为|[≥>=]){0,2}(?P<words>.{1,18}?)"
    r"(?:及以上|或以上|含以上|以上)?(?:等次|等级|标准|水平|称号|荣誉)?(?:及以上|或以上|以上)?"
)
_SEATS: Mapping[str, int] = {
    seat: place
    for place, seats in enumerate(
        (
            "乡级 镇级 乡镇级 街道级",
            "县级 区级 区县级 县区级 县市区级 旗级",
            "市级 地市级 设区市级 州级",
            "省级 省部级 自治区级",
            "国家级",
        ),
        start=1,
    )
    for seat in seats.split()
}
_SEAT = re.compile(
    rf"(?P<seat>{'|'.join(sorted(_SEATS, key=len, reverse=True))})(?P<what>[\u4e00-\u9fff]{{0,12}})"
)
_SATISFIED: Mapping[str, int] = {
    "非常满意": 4, "很满意": 4, "十分满意": 4, "满意": 3, "比较满意": 2, "较满意": 2,
    "较为满意": 2, "基本满意": 1, "一般": 0, "不满意": -1, "不太满意": -1,
}  # fmt: skip
_STARS = re.compile(r"(?P<stars>[一二三四五1-5])星级?")
_LETTERS = re.compile(r"(?P<many>[1-5]?)(?P<letters>A{1,5}|[BCD])级?")
_PRIZE = re.compile(r"(?P<prize>[特一二三四])等奖")
_STEM = re.compile(r"(?P<stem>[甲乙丙丁])[级等]")
_DIGITS = "一二三四五"


@dataclass(frozen=True, slots=True)
class Standing:
    """A place on a scale: the higher, the better. Only places on one scale compare."""

    scale: str
    place: int


def standing_of(text: str) -> Standing | None:
    """Return where a text stands (优秀, 省级示范校, 4A级), 及以上 aside; None for all others."""
    folded = fold_value(text)
    found = _AT_LEAST.fullmatch(folded) if len(folded) <= _LONGEST else None
    if found is None:
        return None
    grade = words.GRADES.get(bare_words(folded))
    if grade is None:
        grade = words.GRADES.get(bare_words(found.group("words")))
    return Standing("等次", grade) if grade is not None else _on_a_scale(found.group("words"))


def _on_a_scale(word: str) -> Standing | None:
    if word in _SATISFIED:
        return Standing("满意", _SATISFIED[word])
    if seat := _SEAT.fullmatch(word):
        return Standing(f"级别{seat.group('what')}", _SEATS[seat.group("seat")])
    if stars := _STARS.fullmatch(word):
        number = stars.group("stars")
        return Standing("星级", int(number) if number.isdigit() else _DIGITS.index(number) + 1)
    letters = _LETTERS.fullmatch(word)
    if letters and len(word) > 1:
        return _letters(letters.group("many"), letters.group("letters"))
    if prize := _PRIZE.fullmatch(word):
        return Standing("奖项", -"特一二三四".index(prize.group("prize")))
    if stem := _STEM.fullmatch(word):
        return Standing("甲乙", -"甲乙丙丁".index(stem.group("stem")))
    return None


def _letters(many: str, letters: str) -> Standing | None:
    """4A and AAAA are one; B stands below A."""
    if letters.startswith("A"):
        return None if many and len(letters) > 1 else Standing("A级", int(many or len(letters)))
    return None if many else Standing("A级", 1 - "ABCD".index(letters))
