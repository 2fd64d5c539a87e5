"""Printed tables aligned with edited ones: which is which, row by row, cell by cell (对照表格).

Rows are compared by their cells that are not merged, cells by the columns of the grid.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from perfgen.original.content import Cell, Row, Table, bare, row_text
from perfgen.pulling.aligning_text import align_paragraphs
from perfgen.pulling.likeness import ALIKE, likeness_of_counts, pairs_of_characters
from perfgen.pulling.matches import CellMatch, RowText, TableMatch
from perfgen.pulling.ordering import in_order
from perfgen.pulling.pairing import paired


def pair_tables(old: Sequence[Table], new: Sequence[Table]) -> dict[int, int]:
    """Return which table is which: by the bookmarks in it, else by its words, in order."""
    pairs: dict[int, int] = {}
    owner = {number: place for place, table in enumerate(old) for number in _numbers(table)}
    taken: set[int] = set()
    for place, table in enumerate(new):
        known = Counter(owner[number] for number in _numbers(table) if number in owner)
        for one, _ in known.most_common():
            if one not in pairs:
                pairs[one] = place
                taken.add(place)
                break
    left_old = [place for place in range(len(old)) if place not in pairs]
    left_new = [place for place in range(len(new)) if place not in taken]
    scored = [(one, other, likeness_of_counts(_table_words(old[one]), _table_words(new[other])))
              for one in left_old for other in left_new]  # fmt: skip
    for one, other, score in sorted(scored, key=lambda entry: -entry[2]):
        if score >= ALIKE and one not in pairs and other not in taken:
            pairs[one] = other
            taken.add(other)
    return pairs


def _numbers(table: Table) -> Iterator[int]:
    for row in table.rows:
        for cell in row:
            for paragraph in cell.paragraphs:
                yield from paragraph.numbers


def _table_words(table: Table) -> Counter[str]:
    return pairs_of_characters("\n".join(row_text(row) for row in table.rows))


def align_table(old: Table, new: Table) -> TableMatch:
    """Return what became of a table's rows, and of the cells of those that are still there."""
    before = [_row_text(row) for row in old.rows]
    after = [_row_text(row) for row in new.rows]
    pairs = paired(before, after)
    rows = in_order(before, after, [([one], [other]) for one, other in sorted(pairs.items())])
    same_grid = _columns(old) == _columns(new)
    cells = tuple(
        cell
        for one, other in sorted(pairs.items())
        for cell in _cells(old.rows[one], new.rows[other], same_grid=same_grid)
    )
    return TableMatch(old, new, rows, cells)


def _columns(table: Table) -> int:
    return max((cell.column + cell.span for row in table.rows for cell in row), default=0)


def _row_text(row: Row) -> RowText:
    own = [cell for cell in row if not cell.merged] or [c for c in row if not c.continues]
    numbers = [n for cell in row for p in cell.paragraphs for n in p.numbers]
    return RowText(row, "\n".join(bare(cell.text) for cell in own), tuple(numbers))


def _cells(old: Row, new: Row, *, same_grid: bool) -> Iterator[CellMatch]:
    """The cells that both rows have and that begin in them."""
    if len(old) == len(new) and not same_grid:
        pairs: Iterable[tuple[Cell, Cell]] = zip(old, new, strict=True)
    else:
        places = {cell.column: cell for cell in new}
        pairs = ((cell, places[cell.column]) for cell in old if cell.column in places)
    for one, other in pairs:
        if not one.continues and not other.continues:
            yield CellMatch(old, one, other, align_paragraphs(one.paragraphs, other.paragraphs))
