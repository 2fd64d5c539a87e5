"""The whole that a sentence goes on with behind its parts (其中…、…，较上年…).

`资金306万元，其中中央180万元、市级126万元，较上年增加16万元`: what is compared is the 306; so it is
where the parts stand in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from perfgen.prose.money import Figure
from perfgen.prose.words import Word

_MOST_PARTS = 10
_GOES_ON = (",", "、", ":", "")


def outside_brackets(figures: Sequence[Figure], place: int) -> int:
    """Return the place of the last figure before one that is not in brackets beside it; or -1."""
    here = figures[place]
    for at in range(place - 1, -1, -1):
        figure = figures[at]
        aside = at and is_average(figure.lead, here.lead) and _alike(figure, figures[at - 1])
        if figure.clause.depth <= here.clause.depth and not aside:
            return at
    return -1


def _alike(one: Figure, other: Figure) -> bool:
    return one.quantity.kind == other.quantity.kind


def whole_of_parts(figures: Sequence[Figure], last: int) -> int | None:
    """Return the place of the whole whose parts end at `last`; None where there is none."""
    kind = figures[last].quantity.kind
    for at in range(last, max(0, last - _MOST_PARTS), -1):
        figure = figures[at]
        if figure.quantity.kind != kind or figure.clause.opener not in _GOES_ON:
            return None
        if figure.has(Word.PART):
            whole = outside_brackets(figures, at)
            return whole if whole >= 0 and figures[whole].quantity.kind == kind else None
    return None


def outside(leads: Sequence[str], place: int) -> int:
    """Return the place of the last number before one that stands outside brackets; or -1.

    `leads` are the words before each number of a sentence.
    """
    depth = 0
    for at in range(place, 0, -1):
        depth += leads[at].count(")") - leads[at].count("(")
        if depth <= 0 and not (at > 1 and is_average(leads[at - 1], leads[place])):
            return at - 1
    return -1


def is_in_parts(leads: Sequence[str], last: int) -> bool:
    """Return whether the number at `last` is one of parts that 其中 opens before it."""
    for at in range(last, max(0, last - _MOST_PARTS), -1):
        if _OPENS_PARTS.match(leads[at]):
            return True
        if not leads[at].startswith("、"):
            return False
    return False


def is_average(lead: str, following: str = "") -> bool:
    """Return whether a number is told for each day or person, and the one behind it is not.

    客运量1568万人次，日均4.28万人次，较上年1443万人次增长: what is compared is the first.
    """
    return _AVERAGE.search(lead) is not None and _AVERAGE.search(following) is None


_AVERAGE = re.compile("[日月年人户场亩次班校村期天周]均|平均|每[\u4e00-\u9fff]{1,3}$|均$")
_OPENS_PARTS = re.compile("^[,;、(]?(?:其中|包括|含|分别为|分别是)")
