"""Numbers that texts tell elsewhere, found again by the words before them (别处写的同一个数)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from perfgen.prose.comparisons import numbers_in
from perfgen.prose.quantities import POINTS, Quantity
from perfgen.prose.text import sentences

_HAN = re.compile("[\u4e00-\u9fff]+")
_TAIL = re.compile(
    "(?:共计|合计|累计|总计|达到|达|共|为|是|完成|实现|不少于|不低于|不超过|以上|约|了|至|到|有|力争|目标|计划|实际|全年|年末|新增|净增)+$"
)
_AIMED = re.compile("目标|计划|力争|确保|要求|不低于|不少于|预期|拟")
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
            for sentence in sentences(text):
                aimed = goals or _AIMED.search(sentence.text) is not None
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


def words_of(lead: str) -> str:
    """Return the last words before a number that name what it counts."""
    pieces = _HAN.findall(lead)
    return _TAIL.sub("", pieces[-1])[-_LONGEST:] if pieces else ""


_LONGEST = 12


def _alike(one: str, other: str) -> bool:
    """Whether both end in the same words, nearly all of the shorter one."""
    run = 0
    for a, b in zip(reversed(one), reversed(other), strict=False):
        if a != b:
            break
        run += 1
    return run >= _RUN and run * 5 >= min(len(one), len(other)) * 4
