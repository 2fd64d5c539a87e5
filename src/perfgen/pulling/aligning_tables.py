"""Printed tables aligned with edited ones, row by row, cell by cell (对照表格).

Rows are compared by their cells that are not merged; cells by their place in rows whose shape is
still the printed one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from perfgen.original.content import Row, Table, bare
from perfgen.pulling.aligning_text import align_paragraphs
from perfgen.pulling.matches import CellMatch, Match, RowText, TableMatch
from perfgen.pulling.ordering import in_order
from perfgen.pulling.pairing import paired
from perfgen.pulling.table_shape import shape_of


def align_tables(old: Sequence[Table], new: Sequence[Table]) -> Iterator[TableMatch]:
    """Yield what became of each printed table of a group: of its rows, and of their cells."""
    old_rows = list(chain.from_iterable(table.rows for table in old))
    new_rows = list(chain.from_iterable(table.rows for table in new))
    before, after = [_row_text(row) for row in old_rows], [_row_text(row) for row in new_rows]
    pairs = paired(before, after)
    matches = in_order(before, after, [([one], [other]) for one, other in sorted(pairs.items())])
    owners = [number for number, table in enumerate(old) for _ in table.rows]
    by_table = _by_table(matches, {id(text): owners[n] for n, text in enumerate(before)})
    start = 0
    for number, table in enumerate(old):
        stop = start + len(table.rows)
        own = {one: other for one, other in pairs.items() if start <= one < stop}
        shape = shape_of(old_rows, new_rows, own)
        fitting = {} if shape.columns else {o: n for o, n in own.items() if o not in shape.rows}
        cells = tuple(
            cell
            for one, other in sorted(fitting.items())
            for cell in _cells(old_rows[one], new_rows[other])
        )
        misfits = tuple((old_rows[one], new_rows[own[one]]) for one in sorted(shape.rows))
        yield TableMatch(
            table, tuple(by_table.get(number, ())), cells,
            heads=tuple(new_rows[other] for _, other in sorted(own.items())[:1]),
            other_columns=shape.columns, misfits=misfits,
            parts=len(new) if len(new) > 1 and not number else 1,
            joined=len(old) if len(old) > 1 and not number else 1,
        )  # fmt: skip
        start = stop


def _by_table(
    matches: Sequence[Match[RowText]], owners: dict[int, int]
) -> dict[int, list[Match[RowText]]]:
    """The matches of each printed table; a new row belongs to the table of the row above it."""
    found: dict[int, list[Match[RowText]]] = {}
    current = 0
    for match in matches:
        current = owners[id(match.old[0])] if match.old else current
        found.setdefault(current, []).append(match)
    return found


def _row_text(row: Row) -> RowText:
    own = [cell for cell in row if not cell.merged] or [c for c in row if not c.continues]
    numbers = [n for cell in row for p in cell.paragraphs for n in p.numbers]
    return RowText(row, "\n".join(bare(cell.text) for cell in own), tuple(numbers))


def _cells(old: Row, new: Row) -> Iterator[CellMatch]:
    """The cells of a row that begin in it."""
    for one, other in zip(old, new, strict=True):
        if not one.continues and not other.continues:
            yield CellMatch(old, one, other, align_paragraphs(one.paragraphs, other.paragraphs))
