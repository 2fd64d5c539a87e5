"""The officer's workbook, cell by cell: what a source's cell holds now, and whether it may change.

A cell may hold placeholders; what was printed in their place is a part that may not change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from perfgen.figures.quoting import CLOSE, COLONS, OPEN, Quote, Quoter, Unquotable
from perfgen.model.cells import CellRef
from perfgen.model.layout import Column, Layout, Sheet
from perfgen.original.carried import Original
from perfgen.original.content import bare, paragraphs_in
from perfgen.provenance.cells import Source
from perfgen.pulling.spans import Span, respan
from perfgen.workbook.opening import OpenedWorkbook
from perfgen.workbook.raw import RawCell, RawSheet, read_sheet
from perfgen.workbook.tables import HEADER_WITHIN, find_sheet, fold_header

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
        elif cell and cell.value not in (None, "") and not isinstance(cell.value, str):
            problem = "这一格填的是数或日期，请在工作簿里改"
        return FoundCell(refs, text, column, problem)

    def is_quoted(self, name: str) -> bool:
        """Return whether a placeholder of some sentence names this row."""
        if self._quotes is None:
            self._quotes = [
                _squash(cell.text)
                for sheet in self._layout.sheets
                for row in self._cells_of(sheet.name)
                for cell in row
                if OPEN in cell.text
            ]
        wanted = _squash(name)
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
        tokens = self._tokens(raw)
        if len(tokens) == 1:
            if _squash(raw) != _squash(printed):
                return None
            return Template(raw, printed, ())
        return _fitted(raw, tokens, printed)

    def _tokens(self, raw: str) -> list[_Token]:
        """The text cut at its placeholders: words and placeholders by turns, words at both ends."""
        tokens: list[_Token] = []
        place = start = 0
        while (found := raw.find(OPEN, place)) >= 0:
            quote = self._placeholder(raw, found)
            if quote:
                words = _Token(bare(raw[start:found]), bare(raw[start:found]), fixed=False)
                tokens += [words, _Token(raw[found : quote.end], quote.text, fixed=True)]
                start = quote.end
            place = quote.end if quote else found + 1
        return [*tokens, _Token(bare(raw[start:]), bare(raw[start:]), fixed=False)]

    def _placeholder(self, raw: str, start: int) -> Quote | None:
        """The placeholder that opens at `start`, and how it prints now; None for other brackets."""
        try:
            return self._quoter.read(raw, start)
        except Unquotable:
            close = raw.find(CLOSE, start)
            return Quote("", close + 1) if close >= 0 else None

    def _raw(self, name: str) -> RawSheet | None:
        if name not in self._sheets:
            names = [sheet.title for sheet in self._book.values.worksheets]
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


# --- rows ----------------------------------------------------------------------------------------


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
            hits += all(_squash(piece) in _squash(text) for piece in pieces)
    return hits


# --- placeholders --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Token:
    """A part of a cell's text, and how it prints. `fixed` says that it is a placeholder."""

    raw: str
    printed: str
    fixed: bool


@dataclass(frozen=True, slots=True)
class Template:
    """A text of the workbook and what was printed of it: by parts, if there are placeholders."""

    raw: str
    printed: str
    tokens: tuple[_Token, ...] = ()

    def after(self, new: str) -> str | None:
        """Return the text of the workbook that prints as `new`; None where a figure was touched."""
        if not self.tokens:
            return new if "\n" in self.raw or "\n" not in self.printed else self._unbroken(new)
        texts = respan([Span(token.printed, token.fixed) for token in self.tokens], new)
        if texts is None:
            return None
        placeholders = [token.raw for token in self.tokens if token.fixed]
        pairs = zip(texts, [*placeholders, ""], strict=True)
        return "".join(text + placeholder for text, placeholder in pairs)

    def _unbroken(self, new: str) -> str:
        """The new text without the line breaks that the layout put in."""
        return new.replace("\n", "") if new.count("\n") <= self.printed.count("\n") else new


def _fitted(raw: str, tokens: Sequence[_Token], printed: str) -> Template | None:
    """The template of a text with placeholders.

    Where the figures are others now, the text's own words must stand in what was printed, in
    order and in one way only.
    """
    if "".join(token.printed for token in tokens) == printed:
        return Template(raw, printed, tuple(tokens))
    words = [token.raw for token in tokens if not token.fixed]
    first = _places(words, printed, from_left=True)
    last = _places(words, printed, from_left=False)
    if first is None or first != last:
        return None
    found: list[_Token] = []
    for number, token in enumerate(tokens):
        if token.fixed:
            before = number // 2
            start, stop = first[before] + len(words[before]), first[before + 1]
            found.append(_Token(token.raw, printed[start:stop], fixed=True))
        else:
            found.append(token)
    return Template(raw, printed, tuple(found))


def _places(words: Sequence[str], printed: str, *, from_left: bool) -> list[int] | None:
    """Where each of the words stands, as far to one side as can be; the outer ones at the ends."""
    if not printed.startswith(words[0]) or not printed.endswith(words[-1]):
        return None
    inner = words[1:-1]
    start, stop = len(words[0]), len(printed) - len(words[-1])
    if start > stop:
        return None
    places: list[int] = []
    if from_left:
        for word in inner:
            found = printed.find(word, start, stop)
            if found < 0:
                return None
            places.append(found)
            start = found + len(word)
    else:
        for word in reversed(inner):
            found = printed.rfind(word, start, stop)
            if found < 0:
                return None
            places.insert(0, found)
            stop = found
    return [0, *places, len(printed) - len(words[-1])]


def _squash(text: str) -> str:
    return re.sub(r"\s", "", bare(text))
