"""Edited tables: rows that came and went, and the cells of the others (放回表格)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from perfgen.model.cells import CellRef
from perfgen.original.content import Block, Cell, Row, Table, row_text
from perfgen.provenance.cells import Source
from perfgen.pulling.changes import LABEL_EMPTY, MOVED, TYPED_FIGURE, Left
from perfgen.pulling.matches import CellMatch, TableMatch
from perfgen.pulling.naming_places import head_of, in_table, what_stands_before
from perfgen.pulling.placing_text import TextPlacer
from perfgen.pulling.printed_sources import PrintedSources


class TablePlacer:
    """Hands the paragraphs of cells to a TextPlacer; `left` takes what concerns whole rows."""

    def __init__(
        self,
        text: TextPlacer,
        sources: PrintedSources,
        printed: Sequence[Block],
        left: list[Left],
    ) -> None:
        """Know what was printed."""
        self._text = text
        self._sources = sources
        self._before = dict(what_stands_before(printed))
        self._left = left

    def table(self, table: TableMatch) -> None:
        """Note the edits of a table that is still there."""
        columns = self._columns(table.old)
        before = self._before.get(id(table.old), "")
        for match in table.rows:
            old = row_text(match.old[0].row) if match.old else ""
            new = row_text(match.new[0].row) if match.new else ""
            if (old or new) and (match.moved or not old or not new):
                why = (
                    "表里的行" + MOVED if old and new
                    else "表里删了一行；要删，请在工作簿里删" if old
                    else "表里加了一行；要加，请在工作簿里加"
                )  # fmt: skip
                ref = self._sources.ref_of(match.old[0].row) if match.old else None
                self._left.append(Left(where=in_table(before), old=old, new=new, why=why, ref=ref))
        for cell in table.cells:
            self._table_cell(cell, columns, in_table(before, cell.row))

    def whole_tables(self, lost: Sequence[Table], added: Sequence[Table]) -> None:
        """Leave the tables that are gone, and those that are new."""
        for table in lost:
            self._left.append(
                Left(where=in_table(self._before.get(id(table), "")), old=head_of(table), new="",
                     why="整张表删了；表由工作簿生成")
            )  # fmt: skip
        for table in added:
            self._left.append(
                Left(where="新加的表", old="", new=head_of(table), why="工作簿里没有这张表")
            )

    def _table_cell(
        self, cell: CellMatch, columns: Mapping[tuple[int, int], Source], where: str
    ) -> None:
        if cell.old.merged and cell.old.text and not cell.new.text:
            # Where a row of a merged label is deleted, Word may leave the label empty.
            self._left.append(Left(where=where, old=cell.old.text, new="", why=LABEL_EMPTY))
            return
        empty = None
        if not cell.old.text and cell.new.text:
            empty = self._behind_empty(cell.old, cell.row, columns)
            if empty is not None and empty.figure:
                ref = CellRef("", empty.sheet, empty.row, empty.column)
                self._left.append(Left(where=where, old="", new=cell.new.text,
                                       why=TYPED_FIGURE, ref=ref))  # fmt: skip
                return
        self._text.container(cell.matches, where, empty=empty, is_cell=True)

    def _columns(self, table: Table) -> dict[tuple[int, int], Source]:
        """What the columns of a table print: the source that most of its cells have."""
        found: dict[tuple[int, int], Counter[Source]] = defaultdict(Counter)
        for row in table.rows:
            for cell in row:
                for source in self._sources.known(cell):
                    found[cell.column, cell.span][replace(source, row=0)] += 1
        return {place: known.most_common(1)[0][0] for place, known in found.items()}

    def _behind_empty(
        self, cell: Cell, row: Row, columns: Mapping[tuple[int, int], Source]
    ) -> Source | None:
        """The workbook's cell behind a printed cell that was empty: its row's, its column's."""
        column = columns.get((cell.column, cell.span))
        if column is None or not column.column:
            return None
        others = [other for other in row if not other.merged]
        rows = {source.row for other in others for source in self._sources.known(other)
                if source.sheet == column.sheet}  # fmt: skip
        return replace(column, row=rows.pop()) if len(rows) == 1 else None
