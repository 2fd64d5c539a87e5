"""What was printed, in order, so that an edited document can be compared with it (原文).

Each paragraph gets a bookmark with a short hidden name that counts from one; the texts, and the
cells that they stand in, are kept for whoever wants to store them in the file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

BOOKMARK = "_pg"


def bookmark_name(number: int) -> str:
    """Return the name of a paragraph's bookmark; Word does not show names with an underscore."""
    return f"{BOOKMARK}{number:04d}"


@dataclass(slots=True)
class PrintedCell:
    """A cell of the grid: its first column, how many it covers, and its paragraphs.

    `merged` says that it covers several rows, `continues` that it began in a row above.
    """

    column: int
    span: int
    merged: bool = False
    continues: bool = False
    texts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class PrintedTable:
    """A table, row by row."""

    rows: list[list[PrintedCell]] = field(default_factory=list)


@dataclass(slots=True)
class Printed:
    """Everything that was printed: paragraphs and tables in order."""

    blocks: list[str | PrintedTable] = field(default_factory=list)
    count: int = 0
    _cell: PrintedCell | None = None

    def paragraph(self, text: str) -> int:
        """Note a paragraph, in the open cell if there is one; return its number."""
        if self._cell is None:
            self.blocks.append(text)
        else:
            self._cell.texts.append(text)
        self.count += 1
        return self.count

    def table(self) -> PrintedTable:
        """Begin a table."""
        table = PrintedTable()
        self.blocks.append(table)
        return table

    def cell(self, table: PrintedTable, cell: PrintedCell) -> None:
        """Begin a cell of the table's last row."""
        self._cell = cell
        table.rows[-1].append(self._cell)

    def end_table(self) -> None:
        """Leave the table."""
        self._cell = None


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a document carries with it: an XML part of its own, and properties by name."""

    xml: str
    properties: Mapping[str, str]


Stamper = Callable[[Printed], Stamp]
