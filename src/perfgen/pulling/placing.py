"""Edits of a document → changes of cells, and what is left to the officer (写回哪一格).

Each printed paragraph knows its cell; an edit becomes that cell's new text. Nothing is guessed:
figures, the layout's own words, rows and whatever has no place are listed, and left.
"""

from __future__ import annotations

from collections.abc import Sequence

from perfgen.model.records import Report
from perfgen.original.carried import Original
from perfgen.pulling.cell_changes import CellChanges
from perfgen.pulling.cells import Cells
from perfgen.pulling.changes import DIFFERENT, OTHERWISE, ROW_WHOLE, Change, Left, Placed
from perfgen.pulling.matches import Aligned
from perfgen.pulling.moved_rows import relocated
from perfgen.pulling.placing_tables import Fill, TablePlacer
from perfgen.pulling.placing_text import TextPlacer
from perfgen.pulling.printed_sources import PrintedSources


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
    tables.whole_tables(aligned.lost, aligned.added)
    made = CellChanges(cells, report, left, OTHERWISE if same_input else DIFFERENT)
    changes = [
        change
        for number, runs in text.runs.items()
        if (source := sources[number]) is not None
        for change in made.of_cell(source, runs)
    ]
    for fill in tables.fills():
        changes = _whole_row(fill, changes, left)
    return Placed(tuple(changes), tuple(left), tuple(made.already))


def _whole_row(fill: Fill, changes: Sequence[Change], left: list[Left]) -> list[Change]:
    """The changes without those of a row that cannot be filled whole."""
    cells = {(source.sheet, source.row, source.column) for source in fill.cells}
    own = [c for c in changes if (c.ref.sheet, c.ref.row, c.ref.column) in cells]
    if not own or (not fill.failed and len(own) == len(cells)):
        return list(changes)
    left += [Left(where="", old=c.old, new=c.new, why=ROW_WHOLE, ref=c.ref) for c in own]
    return [change for change in changes if change not in own]
