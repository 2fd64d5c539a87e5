"""Which row is part of which (上下级), where rows name their parent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tree:
    """Rows as a tree: each row's parent as an index, None for a row at the top."""

    parents: tuple[int | None, ...]

    @classmethod
    def by_name(cls, names: Sequence[str], parents: Sequence[str]) -> Tree:
        """Return the tree of rows that name their parent; an unknown name stands for none.

        The reader refuses unknown names, names used twice and rings, so none are lost here.
        """
        places = {name: index for index, name in enumerate(names)}
        return cls(tuple(places.get(parent) if parent else None for parent in parents))

    def children(self, index: int) -> list[int]:
        """Return the direct parts of a row, in their order."""
        return [child for child, parent in enumerate(self.parents) if parent == index]

    def level(self, index: int) -> int:
        """Return how many rows stand above a row: 0 at the top."""
        level = 0
        parent = self.parents[index]
        while parent is not None:
            level += 1
            parent = self.parents[parent]
        return level
