"""Edited tables: rows that came and went, and the cells of the others (放回表格)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from perfgen.model.cells import CellRef
from perfgen.original.content import Block, Cell, Row, Table, row_text
from perfgen.provenance.cells import Source
from perfgen.pulling.changes import (
    LABEL_EMPTY,
    MOVED,
    OTHER_CELLS,
    OTHER_COLUMNS,
    TYPED_FIGURE,
    Left,
)
from perfgen.pulling.matches import CellMatch, TableMatch
from perfgen.pulling.naming_places import head_of, in_table, what_stands_before
from perfgen.pulling.oddities import cannot_say
from perfgen.pulling.placing_text import TextPlacer
from perfgen.pulling.printed_sources import PrintedSources


@dataclass(slots=True)
class Fill:
    """What was filled into the empty cells of one row; `failed` says that not all can be written.

    A row goes into the workbook whole, or not at all.
    """

    cells: list[Source] = field(default_factory=list)
    failed: bool = False


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
        self._fills: dict[int, Fill] = {}

    def table(self, table: TableMatch) -> None:
        """Note the edits of a table that is still there."""
        columns = self._columns(table.old)
        before = self._before.get(id(table.old), "")
        self._divided(table, before)
        if table.other_columns:
            self._left.append(Left(where=in_table(before), old=head_of(table.old),
                                   new=row_text(table.heads[0]), why=OTHER_COLUMNS))  # fmt: skip
            return
        for row, now in table.misfits:
            self._left.append(Left(where=in_table(before, row), old=row_text(row),
                                   new=row_text(now), why=OTHER_CELLS,
                                   ref=self._sources.ref_of(row)))  # fmt: skip
        for match in table.rows:
            old = row_text(match.old[0].row) if match.old else ""
            new = row_text(match.new[0].row) if match.new else ""
            if match.moved or not match.old or not match.new:
                why = (
                    "表里的行" + MOVED if match.old and match.new
                    else "表里删了一行；要删，请在工作簿里删" if match.old
                    else "表里加了一行；要加，请在工作簿里加"
                )  # fmt: skip
                ref = self._sources.ref_of(match.old[0].row) if match.old else None
                self._left.append(Left(where=in_table(before), old=old, new=new, why=why, ref=ref))
        for cell in table.cells:
            self._table_cell(cell, columns, in_table(before, cell.row))

    def _divided(self, table: TableMatch, before: str) -> None:
        """One line for a table that was divided, or joined with others; its rows are known."""
        if table.parts > 1 or table.joined > 1:
            how = f"{table.joined}张表并成了一张" if table.joined > 1 else "一张表拆成了几张"
            self._left.append(
                Left(where=in_table(before), old=head_of(table.old), new=head_of(table.old),
                     why=f"{how}；怎样分表由版式定，表里的文字照常写回")
            )  # fmt: skip

    def whole_tables(
        self, lost: Sequence[Table], added: Sequence[Table], moved: Sequence[Table]
    ) -> None:
        """Leave the tables that are gone, those that are new, and those that were moved."""
        for table in moved:
            head = head_of(table)
            self._left.append(
                Left(where=in_table(self._before.get(id(table), "")), old=head, new=head,
                     why="整张表挪到了别处；表排在哪里由版式定")
            )  # fmt: skip
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
        if cell.new.odd:
            if cell.old.text != cell.new.text:
                self._left.append(Left(where=where, old=cell.old.text, new=cell.new.text,
                                       why=cannot_say(cell.new.odd)))  # fmt: skip
            return
        empty = None
        filled = not cell.old.text and bool(cell.new.text)
        known = len(self._left)
        if filled:
            empty = self._behind_empty(cell.old, cell.row, columns)
            if empty is not None and empty.figure:
                ref = CellRef("", empty.sheet, empty.row, empty.column)
                self._left.append(Left(where=where, old="", new=cell.new.text,
                                       why=TYPED_FIGURE, ref=ref))  # fmt: skip
                self._fills.setdefault(id(cell.row), Fill()).failed = True
                return
        self._text.container(cell.matches, where, empty=empty, is_cell=True)
        if filled:
            fill = self._fills.setdefault(id(cell.row), Fill())
            fill.failed = fill.failed or len(self._left) > known
            fill.cells += [empty] if empty is not None else []

    def fills(self) -> list[Fill]:
        """Return what was filled in, row by row."""
        return list(self._fills.values())

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
