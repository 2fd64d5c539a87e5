"""Numbers that texts tell elsewhere, found again by the words before them (别处写的同一个数)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from perfgen.prose.comparisons import numbers_in
from perfgen.prose.quantities import PERCENT, POINTS, Quantity
from perfgen.prose.text import sentences

_HAN = re.compile("[\u4e00-\u9fff]+")
_COUNTED = re.compile("(?:数量|总量|里程|面积|长度|场次|人数|人次|户数|家数|次数|个数|数)$")
_WHAT_IT_IS = re.compile("(?:工程|项目|任务|工作|活动)$")
_TAIL = re.compile(
    "(?:共计|合计|累计|总计|达到|达|共|为|是|完成|实现|不少于|不低于|不超过|以上|约|了|至|到|有|力争|目标|计划|实际|全年|年末|新增|净增)+$"
)
_AIMED = re.compile("目标|计划|力争|确保|要求|不低于|不少于|预期|拟")
_AGAINST_AIMS = re.compile(
    "(?:完成|达到|比|较|超出|超过|超额完成|高于|低于)(?:了)?(?:全年|年度|年初|预期|既定){0,2}(?:目标|计划|任务|要求)"
)
"""A result that is only compared with its target."""

_SHORTEST, _RUN = 3, 3


@dataclass(frozen=True, slots=True)
class Level:
    """A number and the words before it. `aimed` is True where its sentence tells of a target."""

    words: str
    quantity: Quantity
    aimed: bool


class ToldLevels:
    """The numbers of a report's texts, by their kind and the words before them."""

    def __init__(self, texts: Iterable[tuple[str, bool]]) -> None:
        """Take the texts, each with whether it is one of goals."""
        self._levels: dict[str, list[Level]] = {}
        for text, goals in texts:
            setting = goals
            for sentence in sentences(text):
                setting = _sets(sentence.text, setting, goals=goals)
                aims = _AIMED.search(_AGAINST_AIMS.sub("", sentence.text))
                aimed = setting or aims is not None
                for number in numbers_in(sentence.text):
                    words = words_of(number.lead)
                    quantity = number.quantity
                    if len(words) >= _SHORTEST and quantity.unit != POINTS:
                        level = Level(words, quantity, aimed)
                        self._levels.setdefault(quantity.kind, []).append(level)

    def of(self, words: str, kind: str) -> list[Level]:
        """Return the numbers of a kind whose words are these, or end or begin as they do."""
        asked = words_of(words)
        if len(asked) < _SHORTEST:
            return []
        return [one for one in self._levels.get(kind, ()) if _alike(asked, one.words)]

    def named(self, words: str) -> list[Level]:
        """Return the numbers of any kind but rates whose words are these."""
        kinds = [kind for kind in self._levels if kind != PERCENT]
        return [level for kind in kinds for level in self.of(words, kind)]


_GOALS_BEGIN = re.compile(r"^[^,。\d]{0,8}目标(?:为|是|:|$)")
_RESULTS_BEGIN = re.compile("完成情况|年末结果|结果:|实际完成|从完成|截至|全年(?:实现|完成|共)")


def _sets(sentence: str, before: bool, *, goals: bool) -> bool:
    """Whether goals are being told: from 年度目标: on, until results begin."""
    if _RESULTS_BEGIN.search(sentence):
        return goals
    return before or _GOALS_BEGIN.search(sentence) is not None


def words_of(lead: str) -> str:
    """Return the last words before a number that name what it counts."""
    pieces = _HAN.findall(lead)
    return subject_of(_TAIL.sub("", pieces[-1]))[-_LONGEST:] if pieces else ""


_LONGEST = 12


def subject_of(words: str) -> str:
    """Return what some words name, without whose it is and words of counting.

    公路养护任务的大中修里程 is 大中修.
    """
    last = words.rsplit("的", maxsplit=1)[-1]
    for form in (_COUNTED, _WHAT_IT_IS):
        shorter = form.sub("", last)
        last = shorter if len(shorter) >= _SHORTEST else last
    return last


def _alike(one: str, other: str) -> bool:
    """Whether both end in the same words, nearly all of the shorter one."""
    run = 0
    for a, b in zip(reversed(one), reversed(other), strict=False):
        if a != b:
            break
        run += 1
    return run >= _RUN and run * 5 >= min(len(one), len(other)) * 4
