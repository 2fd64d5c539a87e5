"""Reading back the original text that a Word file carries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from lxml import etree

from perfgen.original.carried import NAMESPACE, VERSION, Origin, Original
from perfgen.original.content import Block, Cell, Paragraph, Row, Table
from perfgen.provenance.cells import Source
from perfgen.provenance.marks import COMPUTED


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
