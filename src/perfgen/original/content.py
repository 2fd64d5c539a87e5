"""The words of a Word document as they are compared: paragraphs, and tables by rows and cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Parts = tuple[tuple[str, int | None], ...]
"""The parts of a printed paragraph, each with the number of its source: None for fixed words, 0
for a computed figure, else a cell."""

_SPACES = re.compile("[ \t\xa0\u2002\u2003]+")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. `numbers` are those of the bookmarks on it that perfgen wrote.

    As printed it has one number and its parts; read back it may have several, or none, and
    `empty_marks` are the bookmarks that no longer hold anything. `odd` names what is in it that
    text cannot say (隐藏文字, 符号), `loose` what is only said in another way (制表符 → a space).
    `auto` is the number that Word puts before it by itself, counted in the list `counts_in`.
    """

    text: str
    numbers: tuple[int, ...] = ()
    parts: Parts = ()
    empty_marks: tuple[int, ...] = ()
    odd: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    auto: str = ""
    counts_in: str = ""

    @property
    def bare(self) -> str:
        """Return the text as it is compared."""
        return bare(self.text)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the grid. `continues` says that it belongs to a cell merged from above.

    `odd` names what stands in it besides paragraphs: another table.
    """

    column: int
    span: int
    continues: bool
    merged: bool
    paragraphs: tuple[Paragraph, ...]
    odd: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Return the cell's words, a line for each paragraph."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs if paragraph.bare)


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table, row by row."""

    rows: tuple[Row, ...]


Block = Paragraph | Table


def bare(text: str) -> str:
    """Return a text as it is compared: white space collapsed, nothing invisible."""
    text = _SPACES.sub(" ", _INVISIBLE.sub("", text))
    return "\n".join(line.strip(" \u3000") for line in text.split("\n")).strip("\n")


def paragraphs_in(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    """Yield all paragraphs in order, those of cells too."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            yield from (p for row in block.rows for cell in row for p in cell.paragraphs)


def row_text(row: Row) -> str:
    """Return a row's words on one line, as an officer is told of it."""
    texts = (" ".join(cell.text.split()) for cell in row if not cell.continues)
    return "│".join(text for text in texts if text)
