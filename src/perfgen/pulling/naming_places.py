"""How an officer is told where in the document something stands (在文件里的位置)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfgen.original.content import Block, Paragraph, Row, Table, row_text
from perfgen.pulling.matches import Paragraphs


def words_of(paragraphs: Sequence[Paragraph]) -> str:
    """Return the words of paragraphs, a line for each."""
    return "\n".join(paragraph.text for paragraph in paragraphs)


def about(heading: str, match: Paragraphs) -> str:
    """Return where in the running text something stands: below which heading."""
    if heading:
        return f"“{_short(heading)}”下"
    return f"“{_short(words_of(match.old or match.new))}”"


def in_table(before: str, row: Row | None = None) -> str:
    """Return which table, by the paragraph above it, and which row, by its first words."""
    table = f"“{_short(before)}”的表" if before else "表里"
    label = next((cell.text for cell in row or () if cell.text and not cell.merged), "")
    return f"{table}，“{_short(label)}”一行" if label else table


def head_of(table: Table) -> str:
    """Return the words of a table's first row."""
    return row_text(table.rows[0]) if table.rows else ""


def _short(text: str, length: int = 24) -> str:
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
