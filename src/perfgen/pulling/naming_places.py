"""How an officer is told where in the document something stands (在文件里的位置)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfgen.original.content import Block, Paragraph, Row, Table, row_text
from perfgen.pulling.changes import MOVED
from perfgen.pulling.matches import Paragraphs


def words_of(paragraphs: Sequence[Paragraph]) -> str:
    """Return the words of paragraphs, a line for each."""
    return "\n".join(paragraph.text for paragraph in paragraphs)


def about(heading: str, match: Paragraphs) -> str:
    """Return where in the running text something stands: below which heading."""
    if heading:
        return f"“{shortened(heading)}”下"
    return f"“{shortened(words_of(match.old or match.new))}”"


def moved_below(heading: str) -> str:
    """Return that a paragraph stands below another heading now."""
    return f"挪到了“{shortened(heading)}”下；请在工作簿里挪" if heading else MOVED


def in_table(before: str, row: Row | None = None) -> str:
    """Return which table, by the paragraph above it, and which row, by its first words."""
    table = f"“{shortened(before)}”的表" if before else "表里"
    label = next((cell.text for cell in row or () if cell.text and not cell.merged), "")
    return f"{table}，“{shortened(label)}”一行" if label else table


def head_of(table: Table) -> str:
    """Return the words of a table's first row."""
    return row_text(table.rows[0]) if table.rows else ""


def shortened(text: str, length: int = 24) -> str:
    """Return the beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1]}…"


def what_stands_before(blocks: Sequence[Block]) -> Iterator[tuple[int, str]]:
    """Yield for each table (by its id) the paragraph above it."""
    before = ""
    for block in blocks:
        if isinstance(block, Table):
            yield id(block), before
        elif block.bare:
            before = block.text
