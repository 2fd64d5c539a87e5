"""Rows of a layout's own that name their parent (上级), as a table prints them.

`{% for item in own.expense | tree %}` gives each row before its parts, with its level.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from perfgen.figures.columns import value_of
from perfgen.figures.trees import Tree


@dataclass(frozen=True, slots=True)
class Branch:
    """A row: how many stand above it (0 at the top), its place among its like, how many parts."""

    row: object
    level: int
    number: int
    parts: int


def branches(rows: Sequence[object]) -> tuple[Branch, ...]:
    """Return the rows, each before its parts; those without a parent stand at the top."""
    names = [str(value_of(row, "name") or "") for row in rows]
    parents = [str(value_of(row, "parent") or "") for row in rows]
    below = Tree.by_name(names, parents)

    def beneath(places: Sequence[int], level: int) -> Iterator[Branch]:
        for number, place in enumerate(places, 1):
            parts = below.children(place)
            yield Branch(rows[place], level, number, len(parts))
            yield from beneath(parts, level + 1)

    tops = [place for place in range(len(rows)) if below.parents[place] is None]
    return tuple(beneath(tops, 0))
