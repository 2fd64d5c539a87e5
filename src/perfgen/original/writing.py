"""Writing the original text into a Word file: each paragraph as printed, and where it is from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from perfgen import __version__
from perfgen.model.records import Report
from perfgen.original.carried import NAMESPACE, PROPERTY, VERSION, Origin, content_hash
from perfgen.original.content import Parts
from perfgen.provenance.cells import Source
from perfgen.provenance.marks import COMPUTED, marked_words_only, parts_of
from perfgen.render.page.elements import parse_page
from perfgen.render.page.marked import MarkedPage
from perfgen.render.page.text import page_text
from perfgen.render.printers.word.recording import Printed, PrintedTable, Stamp, Stamper
from perfgen.render.printers.word.xml import XML_HEAD, escape, quoteattr


def stamper(page: MarkedPage, report: Report) -> Stamper:
    """Return what makes a Word file of this page carry its original text."""

    def stamp(printed: Printed) -> Stamp:
        origin = Origin(
            layout=page.layout.id,
            schema=page.layout.schema,
            workbook=report.workbook,
            input=content_hash(report),
            as_of=report.as_of,
        )
        texts = page_text(parse_page(marked_words_only(page.by_cells)))
        writer = _Writer(printed, [parts_of(text) for text in texts], page.sources)
        return Stamp(writer.xml(origin), _properties(origin))

    return stamp


def _properties(origin: Origin) -> dict[str, str]:
    return {
        f"{PROPERTY}-input": origin.input,
        f"{PROPERTY}-layout": f"{origin.layout}/{origin.schema}",
        f"{PROPERTY}-workbook": origin.workbook,
        f"{PROPERTY}-version": __version__,
    } | ({f"{PROPERTY}-as-of": origin.as_of.isoformat()} if origin.as_of else {})


class _Writer:
    """Writes the part; each printed paragraph takes its parts from the page, in order."""

    def __init__(
        self, printed: Printed, page: Sequence[Parts], sources: Sequence[Source | None]
    ) -> None:
        self._printed = printed
        self._sources = sources
        self._parts = _by_paragraph(list(_texts(printed)), page)
        self._columns: dict[tuple[str, int, str, bool], int] = {}
        self._place = 0

    def xml(self, origin: Origin) -> str:
        body = "".join(
            self._paragraph(block) if isinstance(block, str) else self._table(block)
            for block in self._printed.blocks
        )
        as_of = f' as-of="{origin.as_of.isoformat()}"' if origin.as_of else ""
        return (
            f'{XML_HEAD}<original xmlns="{NAMESPACE}" version="{VERSION}"'
            f' perfgen="{__version__}" layout={quoteattr(origin.layout)}'
            f' schema="{origin.schema}" workbook={quoteattr(origin.workbook)}'
            f' input="{origin.input}"{as_of}>{self._heads()}<text>{body}</text></original>'
        )

    def _table(self, table: PrintedTable) -> str:
        rows = []
        for row in table.rows:
            cells = []
            for cell in row:
                about = f' k="{cell.column}"' + (f' w="{cell.span}"' if cell.span > 1 else "")
                texts = "".join(self._paragraph(text) for text in cell.texts)
                merged = ' m="1"' if cell.continues else ' m="0"' if cell.merged else ""
                cells.append(f"<c{about}{merged}>{texts}</c>" if texts else f"<c{about}{merged}/>")
            rows.append(f"<r>{''.join(cells)}</r>")
        return f"<t>{''.join(rows)}</t>"

    def _paragraph(self, text: str) -> str:
        parts = self._parts[self._place]
        self._place += 1
        if not text:
            return "<p/>"
        return f"<p>{''.join(self._part(*part) for part in parts)}</p>"

    def _part(self, text: str, source: int | None) -> str:
        if source is None:
            return escape(text)
        cell = self._sources[source]
        if cell is None:
            return f'<a n="{COMPUTED}">{escape(text)}</a>'
        key = cell.sheet, cell.column, cell.field, cell.figure
        column = self._columns.setdefault(key, len(self._columns) + 1)
        return f'<a n="{column}.{cell.row}">{escape(text)}</a>'

    def _heads(self) -> str:
        """The columns from which something was printed: a source is such a column and a row."""
        columns = "".join(
            f'<column sheet={quoteattr(sheet)} number="{number}" field={quoteattr(field)}'
            f' figure="{int(figure)}"/>'
            for sheet, number, field, figure in self._columns
        )
        return f"<columns>{columns}</columns>"


def _texts(printed: Printed) -> Iterator[str]:
    for block in printed.blocks:
        if isinstance(block, str):
            yield block
        else:
            yield from (text for row in block.rows for cell in row for text in cell.texts)


def _by_paragraph(texts: Sequence[str], page: Sequence[Parts]) -> list[Parts]:
    """The parts of each printed paragraph. Page and document say the same in the same order; a
    paragraph that differs all the same has fixed words only, and is never written back.
    """
    said = [("".join(text for text, _ in parts)) for parts in page]
    if said == list(texts):
        return list(page)
    found: list[Parts] = [((text, None),) for text in texts]
    matcher = SequenceMatcher(None, said, texts, autojunk=False)
    for here, there, count in matcher.get_matching_blocks():
        found[there : there + count] = page[here : here + count]
    return found
