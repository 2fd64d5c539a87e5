"""What an officer edited in Word, found again and written back into the workbook (回填)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfgen.errors import DocumentError
from perfgen.original.content import Paragraph, row_text
from perfgen.pulling.aligning import align
from perfgen.pulling.matches import Match, RowText
from perfgen.pulling.numbered import with_numbers
from perfgen.pulling.other_edits import other_edits
from perfgen.pulling.reading import read_document

__all__ = ["UNKNOWN", "edited_paragraphs", "other_edits"]

UNKNOWN = "（文件里没有原文，看不出改了哪里）"


def edited_paragraphs(docx: bytes) -> list[tuple[str, str]]:
    """Return what was edited in a Word file that perfgen printed: (old text, new text) of each.

    What was added has no old text, what was deleted no new one; of a paragraph that was split or
    joined, the parts are lines. Words alone count: to open and save a file is no edit. A file that
    cannot be compared counts as edited, with one pair that says so.
    """
    try:
        edited = read_document(docx)
    except DocumentError as error:
        return [("", f"（{error.message}）")]
    if edited.original is None:
        return [("", UNKNOWN)]
    printed = edited.original.blocks
    aligned = align(printed, with_numbers(edited.blocks, printed))
    changes = [*_paragraphs(aligned.text)]
    for table in aligned.tables:
        if table.other_columns:
            changes.append((row_text(table.old.rows[0]), "\n".join(map(row_text, table.heads))))
            continue
        changes += _rows(table.rows)
        changes += [(row_text(row), row_text(now)) for row, now in table.misfits]
        for cell in table.cells:
            changes += _paragraphs(cell.matches)
    changes += [(row_text(table.rows[0]), row_text(table.rows[0])) for table in aligned.moved]
    changes += [(row_text(row), "") for table in aligned.lost for row in table.rows]
    changes += [("", row_text(row)) for table in aligned.added for row in table.rows]
    return [change for change in changes if any(change)]


def _paragraphs(matches: Sequence[Match[Paragraph]]) -> Iterator[tuple[str, str]]:
    for match in matches:
        if match.changed or match.moved:
            yield (
                "\n".join(paragraph.text for paragraph in match.old),
                "\n".join(paragraph.text for paragraph in match.new),
            )


def _rows(matches: Sequence[Match[RowText]]) -> Iterator[tuple[str, str]]:
    """Rows that are new, gone or moved; cells of the others are compared one by one."""
    for match in matches:
        if match.moved or not match.old or not match.new:
            yield (
                "\n".join(row_text(row.row) for row in match.old),
                "\n".join(row_text(row.row) for row in match.new),
            )
