"""The officer's workbook, cell by cell: what a source's cell holds now, and whether it may change.

A label may stand in several cells; formulas, numbers and dates are never written over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from perfgen.figures.quoting import CLOSE, COLONS, OPEN, Quoter
from perfgen.model.cells import CellRef
from perfgen.model.headers import fold_header
from perfgen.model.layout import Column, Layout, Sheet
from perfgen.provenance.cells import Source
from perfgen.pulling.placeholders import Template, Token, squashed, template_of, tokens_of
from perfgen.workbook.opening import OpenedWorkbook
from perfgen.workbook.raw import RawCell, RawSheet, read_sheet
from perfgen.workbook.tables import HEADER_WITHIN, find_sheet

LONGEST = 32_767
"""The most characters that a cell of Excel holds."""


@dataclass(frozen=True, slots=True)
class FoundCell:
    """The cell of a source: its text, all cells that hold it, or why it cannot be written.

    A label that stands for several rows may stand in several cells.
    """

    refs: tuple[CellRef, ...]
    text: str
    column: Column | None = None
    problem: str = ""

    @property
    def ref(self) -> CellRef:
        """Return the first cell."""
        return self.refs[0]


class Cells:
    """Finds the cells of sources in one workbook."""

    def __init__(self, book: OpenedWorkbook, layout: Layout, quoter: Quoter) -> None:
        self._book = book
        self._layout = layout
        self._quoter = quoter
        self._sheets: dict[str, RawSheet] = {}
        self._tokens: dict[str, Sequence[Token]] = {}
        self._quotes: list[str] | None = None

    def column(self, source: Source) -> Column | None:
        """Return the layout's column of a source; None for an officer's own."""
        record, _, field = source.field.partition(".")
        sheet = self._sheet_of(record)
        return sheet.column(field) if sheet else None

    def is_long(self, source: Source) -> bool:
        """Return whether a source's cell holds paragraphs."""
        column = self.column(source)
        return column is not None and column.kind == "long"

    def find(self, source: Source) -> FoundCell:
        """Return what the source's cell holds now."""
        raw = self._raw(source.sheet)
        ref = CellRef(self._book.name, source.sheet, source.row, source.column)
        if raw is None:
            return FoundCell((ref,), "", problem=f"工作簿里没有“{source.sheet}”这张表")
        place = source.column or _place_of_header(raw, source.header)
        if not place:
            return FoundCell((ref,), "", problem=f"工作簿里没有“{source.header}”这一列")
        ref = CellRef(self._book.name, raw.name, source.row, place)
        column = self.column(source)
        refs = _label_cells(raw, ref) if column is not None and column.fill_down else (ref,)
        return self._found(raw.at(refs[0].row, refs[0].column), refs, column)

    def _found(
        self, cell: RawCell | None, refs: tuple[CellRef, ...], column: Column | None
    ) -> FoundCell:
        text = cell.text if cell else ""
        problem = ""
        if column is not None and column.computed:
            problem = "这一列是自动计算的"
        elif cell and cell.formula:
            problem = "这一格是公式，请在工作簿里改"
        elif cell and cell.struck:
            problem = "这一格里有划掉的字，请在工作簿里改"
        elif cell and cell.value not in (None, "") and not isinstance(cell.value, str):
            problem = "这一格填的是数或日期，请在工作簿里改"
        return FoundCell(refs, text, column, problem)

    def is_quoted(self, name: str) -> bool:
        """Return whether a placeholder of some sentence names this row."""
        if self._quotes is None:
            self._quotes = [
                squashed(cell.text)
                for sheet in self._layout.sheets
                for row in self._cells_of(sheet.name)
                for cell in row
                if OPEN in cell.text
            ]
        wanted = squashed(name)
        return any(
            f"{colon}{wanted}{end}" in text
            for text in self._quotes
            for colon in COLONS
            for end in (*COLONS, CLOSE)
        )

    def _cells_of(self, sheet: str) -> Iterator[Iterable[RawCell]]:
        raw = self._raw(sheet)
        if raw is not None:
            yield from (cells.values() for cells in raw.rows.values())

    def rows(self, sheet: str) -> Sequence[int]:
        """Return the numbers of a sheet's rows that hold something."""
        raw = self._raw(sheet)
        return tuple(raw.rows) if raw else ()

    def template(self, raw: str, printed: str) -> Template | None:
        """Return how `raw` became what was printed; None where it did not."""
        tokens = self._tokens.get(raw)
        if tokens is None:  # a text is looked at once for each line that was printed of it
            tokens = self._tokens[raw] = tokens_of(self._quoter, raw)
        return template_of(tokens, raw, printed)

    def _raw(self, name: str) -> RawSheet | None:
        if name not in self._sheets:
            names = list(self._book.sheets)
            found = find_sheet(names, name)
            if found is None:
                return None
            self._sheets[name] = read_sheet(self._book, found)
        return self._sheets[name]

    def _sheet_of(self, record: str) -> Sheet | None:
        if record == "report":
            return next((sheet for sheet in self._layout.sheets if sheet.kind == "form"), None)
        return self._layout.sheet_of(record)


def _label_cells(raw: RawSheet, ref: CellRef) -> tuple[CellRef, ...]:
    """The cells that hold the label of a row: the one above that it is filled from, and those
    below that say the same.
    """
    row = ref.row
    while row > 1 and _is_blank(raw.at(row, ref.column)):
        row -= 1
    text = _shown(raw.at(row, ref.column))
    last = max(raw.rows, default=row)
    rows = [row]
    for below in range(row + 1, last + 1):
        said = _shown(raw.at(below, ref.column))
        if said == text:
            rows.append(below)
        elif said:
            break
    return tuple(CellRef(ref.workbook, ref.sheet, number, ref.column) for number in rows)


def _is_blank(cell: RawCell | None) -> bool:
    return not _shown(cell)


def _shown(cell: RawCell | None) -> str:
    return cell.text if cell else ""


def _place_of_header(raw: RawSheet, header: str) -> int:
    """The column under a header, or beside an item of the form."""
    for row in [number for number in raw.rows if number <= HEADER_WITHIN]:
        for place, cell in raw.rows[row].items():
            if fold_header(cell.text) == fold_header(header):
                return place
    return 0
