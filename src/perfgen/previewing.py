"""The pages to look at (预览): each as a picture, and where what stands on it came from.

A spot is a box on a page, and knows the cells whose texts it prints and the figures that were
computed for it; so a finding's cell is found on the page, and a figure's way is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lxml import etree

from perfgen.build import Request, Say, cells_named, read_computed, silent
from perfgen.checks.persons.personal import masked_text
from perfgen.model.cells import CellRef
from perfgen.model.layout import Column, Layout
from perfgen.model.numbers import plain
from perfgen.model.places import Places
from perfgen.model.records import Fact, Record, Report
from perfgen.model.roles import usual_name
from perfgen.provenance.cells import Source
from perfgen.provenance.figures import FigureKey
from perfgen.provenance.marks import marked_words_only, parts_of
from perfgen.render.documents import print_pictures
from perfgen.render.page.elements import CELLS, HEADINGS, parse_page
from perfgen.render.page.marked import MarkedPage, marked_page
from perfgen.workbook.opening import WorkbookFile

_SPOTS = CELLS | HEADINGS | {"p", "li", "caption"}
_NUMBERS = frozenset({"amount", "number", "percent", "target", "measure", "date"})
"""Kinds of columns from which figures are computed."""

BLANK = "工作簿里这一格没有填，由这一行和有关的行算出"
LAYOUT = "按版式的规则算出"
FORMULA = "按版式的公式算出："


@dataclass(frozen=True, slots=True)
class Entered:
    """A cell from which a figure is computed: its header, its content and its place."""

    header: str
    value: str
    cell: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a printed text or figure came from: its cell, or how it was computed.

    `cell` is empty where the figure stands in no cell; `row` is the row as an officer knows it.
    """

    text: str
    sheet: str
    cell: str
    line: int
    row: str
    header: str
    computed: bool
    how: str = ""
    entered: tuple[Entered, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A box on a page, in points from its corner, and the origins (by place) of what it prints."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    origins: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """The pages as SVG pictures, the spots on them, and the origins of what they print.

    `faithful` where the PDF's own printer made them; another one may break lines elsewhere.
    """

    pages: Sequence[bytes]
    spots: tuple[Spot, ...]
    origins: tuple[Origin, ...]
    faithful: bool = True


def preview(workbook: WorkbookFile, request: Request, *, say: Say = silent) -> Preview:
    """Return the pages of a workbook's document, as Typst prints them; nothing is checked.

    Raises what `build.load` and `build.print_report` raise.
    """
    layout, report, _ = read_computed(workbook, request, say=say)
    say("排版")
    page = marked_page(report, layout, request.annexes)
    with cells_named(report):
        printed = print_pictures(page.plain, page.layout, fonts=request.fonts, say=say)
    marked = parse_page(marked_words_only(page.source))
    elements = zip(printed.page.root.iter(), marked.root.iter(), strict=True)
    marks = {plain: element for plain, element in elements if plain.tag in _SPOTS}
    origins = _Origins(page, report, layout)
    spots = tuple(
        Spot(
            page=place.page,
            left=place.left,
            top=place.top,
            right=place.right,
            bottom=place.bottom,
            origins=found,
        )
        for place in printed.places
        if place.element in marks and (found := tuple(origins.of(marks[place.element])))
    )
    faithful = (request.printer or layout.printer) == "typst"
    return Preview(printed.pictures, spots, tuple(origins.found), faithful)


class _Origins:
    """Numbers the origins as they are met: each text or figure once for each wording."""

    def __init__(self, page: MarkedPage, report: Report, layout: Layout) -> None:
        self._page, self._report, self._layout = page, report, layout
        self._places = Places(report, layout, mask=masked_text)
        self._known: dict[tuple[int, str], int] = {}
        self.found: list[Origin] = []

    def of(self, element: etree._Element) -> Iterator[int]:
        """Yield the number of each origin of what an element prints, once."""
        text = "".join(map(str, element.itertext()))
        for key in dict.fromkeys((number, words) for words, number in parts_of(text) if number):
            if key not in self._known:
                origin = self._origin(*key)
                if origin is None:
                    continue
                self._known[key] = len(self.found)
                self.found.append(origin)
            yield self._known[key]

    def _origin(self, number: int, text: str) -> Origin | None:
        figures = self._page.figures
        if number < figures.first:
            source = self._page.sources[number]
            return self._typed(source, text) if source else None
        key = figures.keys[number - figures.first]
        typed = self._page.sources[figures.typed[key]] if key in figures.typed else None
        return self._typed(typed, text) if typed else self._computed(key, text)

    def _typed(self, source: Source, text: str) -> Origin:
        ref = CellRef(self._report.workbook, source.sheet, source.row, source.column)
        place = self._places.find(ref)
        return Origin(
            text=masked_text(text),
            sheet=source.sheet,
            cell=ref.address if source.column else "",
            line=source.row,
            row=place.shown() if place else "",
            header=place.header if place and place.header else source.header,
            computed=False,
        )

    def _computed(self, key: FigureKey, text: str) -> Origin | None:
        kind, place, name = key
        rows = self._report.rows(kind)
        if place >= len(rows):
            return None
        record, sheet = rows[place], self._layout.sheet_of(kind)
        column = sheet.column(name) if sheet else None
        own = record.cell(name)
        first = own or next(iter(record.cells.values()), None)
        if first is None:
            return None
        how = self._how(kind, name, column)
        return Origin(
            text=text,
            sheet=first.sheet,
            cell=own.address if own else "",
            line=first.row,
            row=self._name(record),
            header=column.header if column else usual_name(kind, name),
            computed=True,
            how=how,
            entered=tuple(self._behind(record, key, sheet.columns if sheet else (), how)),
        )

    def _how(self, kind: str, name: str, column: Column | None) -> str:
        """How a figure was computed, in the words of its layout."""
        formulas = self._layout.formulas
        formula = next((f for f in formulas if (f.record, f.field) == (kind, name)), None)
        if formula is not None:
            return f"{FORMULA}{formula.text}"
        if column is None:
            return LAYOUT
        return column.help if column.computed else BLANK

    def _name(self, record: Record) -> str:
        if isinstance(record, Fact):
            return record.name
        ref = next(iter(record.cells.values()))
        place = self._places.find(ref)
        if place is None:
            return ""
        parts = (place.group, place.name or place.value)
        return " │ ".join(part for part in parts if part)

    def _behind(
        self, record: Record, key: FigureKey, columns: Sequence[Column], how: str
    ) -> Iterator[Entered]:
        """What a figure comes from: the columns that its way names, else the row's numbers."""
        kind, number, name = key
        others = [column for column in columns if column.field != name]
        named = [column for column in others if column.header in how]
        for column in named or [one for one in others if not one.computed]:
            ref = record.cells.get(column.field)
            figure = self._page.figures.values.get((kind, number, column.field))
            if column.computed and isinstance(figure, Decimal):
                yield Entered(column.header, plain(Decimal(figure)), ref.address if ref else "")
            elif ref is not None and column.kind in _NUMBERS:
                place = self._places.find(ref)
                if place is not None and place.value:
                    yield Entered(column.header, place.value, ref.address)
