"""Edits of a document → changes of cells, and what is left to the officer (写回哪一格).

Each printed paragraph knows its cell; an edit becomes that cell's new text. Nothing is guessed:
figures, the layout's own words, rows and whatever has no place are listed, and left.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from perfgen.model.records import Report
from perfgen.original.carried import Original
from perfgen.original.content import Table, bare, row_text
from perfgen.pulling.cell_changes import CellChanges
from perfgen.pulling.cells import Cells
from perfgen.pulling.changes import (
    DIFFERENT,
    OTHERWISE,
    ROW_WHOLE,
    TEXT_IN_TABLE,
    Change,
    Left,
    Placed,
)
from perfgen.pulling.matches import Aligned
from perfgen.pulling.moved_rows import relocated
from perfgen.pulling.placing_tables import Fill, TablePlacer
from perfgen.pulling.placing_text import TextPlacer
from perfgen.pulling.printed_sources import PrintedSources

_PLACEHOLDER = re.compile("【[^【】]{0,200}】")


def place(
    original: Original, aligned: Aligned, cells: Cells, report: Report, *, same_input: bool
) -> Placed:
    """Return which cells change, and what is left.

    `same_input` says that the workbook still says what the document was printed from.
    """
    left: list[Left] = []
    sources = PrintedSources(original.sources if same_input else relocated(original, cells))
    text = TextPlacer(sources, cells, report, left)
    tables = TablePlacer(text, sources, original.blocks, left)
    text.container(aligned.text)
    for match in aligned.tables:
        tables.table(match)
    tables.whole_tables(aligned.lost, aligned.added, aligned.moved)
    made = CellChanges(cells, report, left, OTHERWISE if same_input else DIFFERENT)
    changes = [
        change
        for number, runs in text.runs.items()
        if (source := sources[number]) is not None
        for change in made.of_cell(source, runs)
    ]
    changes = _without_text_in_tables(changes, aligned.added, left)
    for fill in tables.fills():
        changes = _whole_row(fill, changes, left)
    return Placed(tuple(changes), tuple(left), tuple(made.already))


def _without_text_in_tables(
    changes: Sequence[Change], added: Sequence[Table], left: list[Left]
) -> list[Change]:
    """The changes without those that would take out text which stands in a new table now."""
    words = bare("\n".join(row_text(row) for table in added for row in table.rows))
    kept = [
        change for change in changes
        if any(all(piece in words for piece in pieces) for pieces in _taken_out(change))
    ]  # fmt: skip
    groups = {change.group for change in kept} - {0}
    kept += [change for change in changes if change.group in groups and change not in kept]
    left += [Left(where="", old=c.old, new=c.new, why=TEXT_IN_TABLE, ref=c.ref) for c in kept]
    return [change for change in changes if change not in kept]


def _taken_out(change: Change) -> list[list[str]]:
    """The lines of a cell that its new text has not, as they are compared, each in the pieces
    between its placeholders: another text stands there in print.
    """
    now = bare(change.new)
    lines = ([bare(piece) for piece in _PLACEHOLDER.split(line)] for line in change.old.split("\n"))
    gone = ([piece for piece in pieces if piece and piece not in now] for pieces in lines)
    return [pieces for pieces in gone if pieces]


def _whole_row(fill: Fill, changes: Sequence[Change], left: list[Left]) -> list[Change]:
    """The changes without those of a row that cannot be filled whole."""
    cells = {(source.sheet, source.row, source.column) for source in fill.cells}
    own = [c for c in changes if (c.ref.sheet, c.ref.row, c.ref.column) in cells]
    if not own or (not fill.failed and len(own) == len(cells)):
        return list(changes)
    left += [Left(where="", old=c.old, new=c.new, why=ROW_WHOLE, ref=c.ref) for c in own]
    return [change for change in changes if change not in own]
