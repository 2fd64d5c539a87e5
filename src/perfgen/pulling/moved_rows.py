"""Rows of the workbook that stand elsewhere now than when they were printed (挪动的行)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from perfgen.original.carried import Original
from perfgen.original.content import paragraphs_in
from perfgen.provenance.cells import Source
from perfgen.pulling.cells import Cells
from perfgen.pulling.placeholders import squashed


def relocated(original: Original, cells: Cells) -> list[Source | None]:
    """Return the sources of a document, in a workbook whose rows may stand elsewhere by now.

    A row is known by what was printed from it: by all of it, or it is not taken for another.
    """
    printed: dict[tuple[str, int], dict[int, list[str]]] = {}
    for paragraph in paragraphs_in(original.blocks):
        for text, number in paragraph.parts:
            source = original.sources[number] if number else None
            if source is not None and source.column and not source.figure:
                row = printed.setdefault((source.sheet, source.row), {})
                row.setdefault(number or 0, []).append(text)
    places: dict[tuple[str, int], int] = {}
    shifts: dict[str, int] = {}
    for (sheet, number), texts in printed.items():
        guess = number + shifts.get(sheet, 0)
        place = _row_now(sheet, (number, guess), texts, original, cells)
        places[sheet, number] = number if place is None else place
        if place is not None:
            shifts[sheet] = place - number
    return [
        source and replace(source, row=places.get((source.sheet, source.row), source.row))
        for source in original.sources
    ]


def _row_now(
    sheet: str,
    guesses: Sequence[int],
    texts: Mapping[int, list[str]],
    original: Original,
    cells: Cells,
) -> int | None:
    """The row that a row's texts stand in now; None where no row has most of them, or several."""
    known = {number: texts for number, texts in texts.items() if _tells(original, cells, number)}
    for guess in guesses:
        if known and _hits(known, guess, original, cells) == len(known):
            return guess
    scores = {row: _hits(known, row, original, cells) for row in cells.rows(sheet)}
    most = max(scores.values(), default=0)
    best = [row for row, score in scores.items() if score == most]
    return best[0] if len(best) == 1 and most * 2 > len(known) else None


def _tells(original: Original, cells: Cells, number: int) -> bool:
    """Whether a source tells its row from others: a label that is filled down does not."""
    source = original.sources[number]
    column = cells.column(source) if source else None
    return column is None or not column.fill_down


def _hits(texts: Mapping[int, list[str]], row: int, original: Original, cells: Cells) -> int:
    hits = 0
    for number, pieces in texts.items():
        source = original.sources[number]
        if source is not None:
            text = cells.find(replace(source, row=row)).text
            hits += all(squashed(piece) in squashed(text) for piece in pieces)
    return hits
