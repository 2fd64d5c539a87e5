"""What a Word file carries with it: the text of each paragraph as printed, and where it is from.

It lies in a custom XML part, which Word, WPS and LibreOffice keep as it is. Where a detour through
another format loses it, a property of the document still says what it was printed from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from lxml import etree

from perfgen import __version__
from perfgen.model.fields import content_of
from perfgen.model.layout import Layout
from perfgen.model.records import Report
from perfgen.model.search import all_records
from perfgen.model.traced import COMPUTED, marked_words_only, parts_of
from perfgen.pulling.content import Block, Cell, Paragraph, Parts, Row, Table
from perfgen.pulling.fields import Source
from perfgen.render.elements import parse_page
from perfgen.render.text import page_text
from perfgen.render.word.recording import Printed, PrintedTable, Stamp, Stamper
from perfgen.render.word.xml import XML_HEAD, escape, quoteattr

NAMESPACE = "urn:perfgen:original"
VERSION = "1"
PROPERTY = "perfgen"
"""Names of the document's properties begin with it: perfgen-input, perfgen-layout …"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a document was printed from: `input` is a hash of the workbook's content."""

    layout: str
    schema: int
    workbook: str
    input: str
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Original:
    """A document as it was printed."""

    origin: Origin
    sources: tuple[Source | None, ...]
    blocks: tuple[Block, ...]


def content_hash(report: Report) -> str:
    """Return one hash for what a workbook says, however and wherever it was saved."""
    digest = hashlib.sha256()
    for record in all_records(report):
        for field, ref in record.cells.items():
            content = content_of(record, field) if _has(record, field) else None
            digest.update(f"{ref.sheet}!{ref.row},{ref.column}={content}\n".encode())
    return digest.hexdigest()


def _has(record: object, field: str) -> bool:
    return field.partition(".")[0] != "extra"


def stamper(
    marked: str, sources: Sequence[Source | None], report: Report, layout: Layout
) -> Stamper:
    """Return what makes a document carry its original text; `marked` is its page with marks."""
    origin = Origin(
        layout=layout.id,
        schema=layout.schema,
        workbook=report.workbook,
        input=content_hash(report),
        as_of=report.as_of,
    )

    def stamp(printed: Printed) -> Stamp:
        texts = page_text(parse_page(marked_words_only(marked)))
        return Stamp(_Writer(printed, [parts_of(text) for text in texts], sources).xml(origin),
                     _properties(origin))  # fmt: skip

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


def read_original(xml: bytes) -> Original | None:
    """Return what a part holds; None where it is not perfgen's, or of a later version."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(xml, parser)
        if root.tag != _tag("original") or root.get("version") != VERSION:
            return None
        return _read(root)
    except (etree.XMLSyntaxError, KeyError, ValueError, IndexError):
        return None


def _read(root: etree._Element) -> Original:
    day = root.get("as-of")
    origin = Origin(
        layout=_said(root, "layout"),
        schema=int(_said(root, "schema")),
        workbook=_said(root, "workbook"),
        input=_said(root, "input"),
        as_of=date.fromisoformat(day) if day else None,
    )
    reader = _Reader(root[0])
    blocks = tuple(reader.blocks(root[1]))
    return Original(origin, tuple(reader.sources), blocks)


class _Reader:
    def __init__(self, columns: etree._Element) -> None:
        self._columns = list(columns)
        self._count = 0
        self._known: dict[str, int] = {str(COMPUTED): COMPUTED}
        self.sources: list[Source | None] = [None]

    def blocks(self, body: etree._Element) -> Iterator[Block]:
        for element in body:
            if element.tag == _tag("p"):
                yield self._paragraph(element)
            else:
                yield Table(tuple(self._row(row) for row in element))

    def _row(self, row: etree._Element) -> Row:
        return tuple(
            Cell(
                column=int(_said(cell, "k")),
                span=int(cell.get("w", "1")),
                continues=cell.get("m") == "1",
                merged="m" in cell.attrib,
                paragraphs=tuple(self._paragraph(element) for element in cell),
            )
            for cell in row
        )

    def _paragraph(self, element: etree._Element) -> Paragraph:
        self._count += 1
        parts: list[tuple[str, int | None]] = [(element.text or "", None)]
        for child in element:
            parts += [(child.text or "", self._source(_said(child, "n"))), (child.tail or "", None)]
        kept = tuple(part for part in parts if part[0])
        return Paragraph("".join(text for text, _ in kept), (self._count,), kept)

    def _source(self, name: str) -> int:
        if name not in self._known:
            column, _, row = name.partition(".")
            head = self._columns[int(column) - 1]
            self._known[name] = len(self.sources)
            self.sources.append(
                Source(
                    _said(head, "sheet"),
                    int(row),
                    int(_said(head, "number")),
                    _said(head, "field"),
                    head.get("figure") == "1",
                )
            )
        return self._known[name]


def _said(element: etree._Element, name: str) -> str:
    """An attribute that must be there."""
    value = element.get(name)
    if value is None:
        raise KeyError(name)
    return value


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
