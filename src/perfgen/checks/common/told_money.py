"""What a report's sentences tell of money: read once, for all rules that look at it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from perfgen.checks.common.passages import Passage, prose
from perfgen.checks.common.subjects import money_reader
from perfgen.checks.once import once
from perfgen.checks.registry import Case
from perfgen.model.records import ROWS
from perfgen.prose.money import Figure, MoneyReader, Row
from perfgen.prose.text import folded

WHOLE_SECTIONS = frozenset({"section", "report", "score"})
"""Where sentences speak of the unit as a whole, and not of one task."""


def speaks_of_whole(passage: Passage) -> bool:
    """Return whether sentences here may mean the unit's whole budget without naming it."""
    return passage.kind not in ROWS or passage.kind in WHOLE_SECTIONS


def spoken_of(passage: Passage, reader: MoneyReader) -> Row | None:
    """Return what sentences mean where they name nothing: the unit's budget, or a row's."""
    if passage.kind == "project":
        return reader.row_named(folded(passage.subject))
    if passage.kind == "score" and _OF_A_PART.search(passage.subject):
        return None
    return reader.whole if speaks_of_whole(passage) else None


_OF_A_PART = re.compile("三公|公用|采购|人员|项目|楼堂|专项|接待|车辆|会议|培训")
"""A score of one part of the budget: what is noted beside it is not of the whole."""


@dataclass(frozen=True, slots=True)
class MoneySentence:
    """A sentence about money: its text, what it means where it names nothing, its numbers."""

    passage: Passage
    of: Row | None
    figures: tuple[Figure, ...]


def money_told(case: Case) -> tuple[MoneySentence, ...]:
    """Return what all sentences of a report tell in numbers, read once for all rules."""
    return once(case, _money_told)


def _money_told(case: Case) -> tuple[MoneySentence, ...]:
    reader = money_reader(case)
    return tuple(
        MoneySentence(passage, of, figures)
        for passage in prose(case)
        for of in (spoken_of(passage, reader),)
        for figures in reader.figures(passage.paragraphs, of=of)
    )
