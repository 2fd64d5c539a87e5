"""Changes that texts tell with both ends, and claims of the same change alone (前后两个数与变化).

`由上年的1460人减少到1085人` and, elsewhere, `受威胁群众比上年少375人`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from perfgen.prose.beside import Told
from perfgen.prose.claims import Claim, Way, linking_pairs
from perfgen.prose.quantities import PERCENT, POINTS, Quantity

_YEAR = "(?:上年度?|去年|上一年度?|(?:19|20)\\d\\d年)(?:底|末|同期)?"
_FROM = re.compile("(?:由|从)[^,;()]{0,16}$")
_TO = re.compile(
    "^的?[^,;()\\d]{0,6}?(?:增加|增长|提高|提升|上升|扩大|扩|延长|下降|减少|降低|降|压缩|压减|缩短|缩减|减|增|升)?(?:到|至|为)了?$"
)
_BASE = re.compile(f"^\\({_YEAR}[^,;()\\d]{{0,8}}?(?:为|是|:)?$")
_AGAINST = re.compile(f"[比较]{_YEAR}(?:的|为)$")
_CHANGE = re.compile("增|减|多|少|升|降|超|差|节约|结余|提高|下降|每|均|其中|占")
_ALONE = re.compile(
    f"(?:[比较]{_YEAR}|[两二三四五]年|同比)[^,;()\\d]{{0,8}}?(?:净|共|累计)?"
    "(?:增加|增长|提高|提升|上升|扩大|延长|下降|减少|降低|降|压缩|压减|缩短|缩减|减|增|多|少)(?:了|出|约)?[^,;()\\d]{0,3}$"
)
_WAYS = re.compile(
    "增加|增长|提高|提升|上升|扩大|延长|下降|减少|降低|压缩|压减|缩短|缩减|比|较|上年|去年|同比"
)
_NAMED = 24
_NO_LEVEL = frozenset({POINTS})


@dataclass(frozen=True, slots=True)
class Change:
    """What a number was and what it became, with the words that say of what."""

    early: Quantity
    late: Quantity
    pairs: frozenset[str]


def changes(told: Told) -> Iterator[Change]:
    """Yield the changes of a sentence that tells both ends."""
    for place in range(1, len(told.numbers)):
        here, lead = told.of(place), told.lead(place)
        before = told.of(place - 1)
        words = told.text[max(0, told.start(place - 1) - _NAMED) : told.start(place)]
        if _FROM.search(told.lead(place - 1)) and _TO.match(lead):
            if here.kind == before.kind and not (here.bound and before.bound):
                yield Change(before, here, _pairs(words))
        elif _BASE.match(lead) or _AGAINST.search(lead):
            late = _level(told, place)
            if late is not None:
                front = told.text[max(0, told.start(late) - _NAMED) : told.start(late)]
                yield Change(here, told.of(late), _pairs(front + told.lead(place)))


def _level(told: Told, place: int) -> int | None:
    """The number that has its base at a place: the nearest one before it that is no change."""
    kind = told.of(place).kind
    for at in told.before(place, 5):
        same = told.of(at).kind == kind and told.of(at).unit not in _NO_LEVEL
        if same and not _CHANGE.search(told.lead(at)):
            return at
    return None


def is_told_alone(told: Told, claim: Claim) -> bool:
    """Return whether a change is told without its ends: 比上年增加340万人次."""
    said = claim.said
    if claim.way not in (Way.DIFFERENCE, Way.GROWTH) or not _ALONE.search(claim.piece):
        return False
    if claim.place and (said.unit == PERCENT or not words_of(claim)):
        return False  # 接待2.35万人次，同比增长8.3%: of what stands right before
    kind = PERCENT if said.unit == POINTS else said.kind
    if "分别" in claim.piece:
        return False
    near = (told.of(at).kind for at in told.before(claim.place, 2))
    return kind not in near or not claim.place


def _pairs(words: str) -> frozenset[str]:
    return linking_pairs(_WAYS.sub("|", words))


def words_of(claim: Claim) -> frozenset[str]:
    """Return the pairs of characters that say of what a change is told."""
    return _pairs(claim.piece)
