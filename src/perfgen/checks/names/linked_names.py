"""Tables that list the same things, and the one name in them that was written otherwise (PG310)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations

_COMMON, _SHARE = 2, 0.6
"""Two columns list the same things where so many names, and so much of the shorter, agree."""

_LIKE = 0.6
"""How like two lone names must be: 防洪排涝能力提升, 防洪排涝能力建设."""

_LIKE_APART = 0.7
_LIKE_ONLY, _SURELY_SAME = 0.5, 3
"""How like they must be where all other names, and so many at least, stand in both columns."""

_LINES, _TASKS = "budget.name", {"task.name", "indicator.work"}
"""Budget lines are no tasks: 职工法律援助 may be a line of the task 职工法律服务."""

_LONE = 2
"""More names without a namesake than these, and the columns list different things."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A column of names: each name without marks, in the order of its rows."""

    column: str
    names: tuple[str, ...]


def odd_names(columns: Sequence[Listed]) -> Iterator[tuple[str, str, str, str]]:
    """Yield a name and its column, and the other name and column for the same thing.

    The first is the one that fewer columns have.
    """
    times = Counter(name for column in columns for name in set(column.names))
    told: set[frozenset[str]] = set()
    for one, other in combinations(columns, 2):
        if one.column.partition(".")[0] == other.column.partition(".")[0]:
            continue
        for ours, theirs in _pairs(one, other):
            if frozenset((ours, theirs)) in told:
                continue
            told.add(frozenset((ours, theirs)))
            if times[ours] <= times[theirs]:
                yield ours, one.column, theirs, other.column
            else:
                yield theirs, other.column, ours, one.column


def _pairs(one: Listed, other: Listed) -> Iterator[tuple[str, str]]:
    """The lone names of two columns that list the same things, and that are most like."""
    ours, theirs = dict.fromkeys(one.names), dict.fromkeys(other.names)
    common = [name for name in ours if name in theirs]
    fewest = min(len(ours), len(theirs))
    if len(common) < _COMMON or len(common) < _SHARE * fewest or fewest - len(common) > _LONE:
        return
    lone = [name for name in ours if name not in theirs]
    others = [name for name in theirs if name not in ours]
    for name in lone:
        only = len(lone) == len(others) == 1 and len(common) >= _SURELY_SAME
        best = _most_like(name, others, _LIKE_ONLY if only else _LIKE)
        if best and (only or _most_like(best, lone) == name):
            apart = _LINES in (one.column, other.column) and _TASKS & {one.column, other.column}
            if not apart or _likeness(name, best) >= _LIKE_APART:
                yield name, best


def _most_like(name: str, others: Sequence[str], least: float = _LIKE) -> str:
    likeness = {other: _likeness(name, other, least) for other in others}
    best = max(likeness, key=likeness.__getitem__, default="")
    return best if best and likeness[best] >= least else ""


def _likeness(one: str, other: str, least: float = _LIKE) -> float:
    """How like two names are; one within the other is a shorter name of it, or a part of it."""
    if one in other or other in one:
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0.0
    return matcher.ratio()
