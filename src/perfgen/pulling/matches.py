"""What became of the parts of a printed document: the result of aligning it (对照结果)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from perfgen.original.content import Cell, Paragraph, Row, Table


class Compared(Protocol):
    """What is compared: by its words."""

    @property
    def bare(self) -> str:
        """Return the words as they are compared."""


@dataclass(frozen=True, slots=True)
class RowText:
    """A row as it is compared: the words of its cells that are not merged, and its bookmarks."""

    row: Row
    bare: str
    numbers: tuple[int, ...]
    empty_marks: tuple[int, ...] = ()


T = TypeVar("T", Paragraph, RowText)


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """What belongs together: none on one side is added or deleted, several are split or joined.

    `moved` says that it stands out of its order now.
    """

    old: tuple[T, ...]
    new: tuple[T, ...]
    moved: bool = False

    @property
    def changed(self) -> bool:
        """Return whether the words differ."""
        if len(self.old) == len(self.new):
            return [item.bare for item in self.old] != [item.bare for item in self.new]
        return True


Paragraphs = Match[Paragraph]


@dataclass(frozen=True, slots=True)
class CellMatch:
    """A cell of a matched row, and what became of its paragraphs."""

    row: Row
    old: Cell
    new: Cell
    matches: tuple[Paragraphs, ...]


@dataclass(frozen=True, slots=True)
class TableMatch:
    """A table and what became of its rows; `cells` are those of the rows that are still there.

    Where `other_columns` is True, no cell is known; `misfits` are rows (old, new) whose cells are
    not. `heads` is what became of its first row. It became `parts` tables, or one with others: so
    many were `joined`.
    """

    old: Table
    rows: tuple[Match[RowText], ...]
    cells: tuple[CellMatch, ...]
    heads: tuple[Row, ...] = ()
    other_columns: bool = False
    misfits: tuple[tuple[Row, Row], ...] = ()
    parts: int = 1
    joined: int = 1


@dataclass(frozen=True, slots=True)
class Aligned:
    """A whole document: its text in the new order, its tables, those gone, new and moved."""

    text: tuple[Paragraphs, ...]
    tables: tuple[TableMatch, ...]
    lost: tuple[Table, ...] = ()
    added: tuple[Table, ...] = ()
    moved: tuple[Table, ...] = ()
