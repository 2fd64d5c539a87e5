"""An edited Word file → its words, with the bookmarks on each paragraph (改过的 Word 文件).

Only whole paragraphs are read: programs put bookmarks where they like. Tracked changes count as
accepted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from perfgen.errors import DocumentError
from perfgen.original.carried import Original
from perfgen.original.content import Block, Cell, Paragraph, Row, Table
from perfgen.original.reading import read_original
from perfgen.pulling.opening import MAIN, parse_part, read_parts, read_properties
from perfgen.render.printers.word.recording import BOOKMARK

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OURS = re.compile(rf"{BOOKMARK}([0-9]{{1,7}})")
_MOST_COLUMNS = 64

_LEFT_OUT = frozenset(
    f"{_W}{name}"
    for name in (
        "del", "moveFrom", "rPr", "pPr", "tblPr", "instrText", "delText", "footnoteReference",
        "endnoteReference", "commentReference", "annotationRef", "object", "pict", "txbxContent",
    )
)  # fmt: skip
"""What holds no words of the text, or words that are gone once changes are accepted."""
_DRAWING, _FALLBACK = f"{_W}drawing", "Fallback"
_SAID = {
    f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-",
}  # fmt: skip
_TRACKED = frozenset(f"{_W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))


@dataclass(frozen=True, slots=True)
class Edited:
    """A document as it was read back. `original` is None where the file no longer has it."""

    blocks: tuple[Block, ...]
    original: Original | None
    properties: Mapping[str, str] = field(default_factory=dict)
    tracked: bool = False


def read_document(content: bytes, name: str = "这个文件") -> Edited:
    """Return the words of a Word document and what it carries with it.

    Raises DocumentError where it is no sound .docx.
    """
    parts = read_parts(content, name, _is_carried)
    body = parse_part(parts[MAIN], name).find(f"{_W}body")
    if body is None:
        raise DocumentError(f"{name} 里没有正文", hint="用 Word 打开，另存一份")
    original = next(filter(None, (read_original(parts[part]) for part in sorted(parts)
                                  if part.startswith("customXml/"))), None)  # fmt: skip
    reader = _Reader()
    blocks = tuple(reader.blocks(body))
    properties = read_properties(parts.get("docProps/custom.xml", b""))
    return Edited(blocks, original, properties, reader.tracked)


def _is_carried(part: str) -> bool:
    own = part.startswith("customXml/") and part.endswith(".xml") and part.count("/") == 1
    return (own and "itemProps" not in part) or part == "docProps/custom.xml"


@dataclass(slots=True)
class _Words:
    """The words of a paragraph as they come, and the bookmarks among them."""

    texts: list[str] = field(default_factory=list)
    marks: dict[str, tuple[int, int]] = field(default_factory=dict)
    closed: dict[int, bool] = field(default_factory=dict)
    length: int = 0

    def say(self, text: str) -> None:
        self.texts.append(text)
        self.length += len(text)


class _Reader:
    def __init__(self) -> None:
        self.tracked = False
        self._open: _Words | None = None

    def blocks(self, body: etree._Element) -> Iterator[Block]:
        """Yield paragraphs and tables, those within content controls and the like too."""
        for element in body:
            if element.tag == f"{_W}p":
                paragraph = self._paragraph(element)
                if paragraph is not None:
                    yield paragraph
            elif element.tag == f"{_W}tbl":
                yield self._table(element)
            elif element.tag in _TRACKED:
                self.tracked = True
                if element.tag not in _LEFT_OUT:
                    yield from self.blocks(element)
            elif element.tag not in _LEFT_OUT and isinstance(element.tag, str):
                yield from self.blocks(element)

    def _paragraph(self, element: etree._Element) -> Paragraph | None:
        """A paragraph; None where its end was deleted, so that it goes on with the next one."""
        words = self._open or _Words()
        self._open = None
        self._words(element, words)
        mark = element.find(f"{_W}pPr/{_W}rPr")
        if mark is not None and any(child.tag in _TRACKED for child in mark):
            self.tracked = True
            if mark.find(f"{_W}del") is not None or mark.find(f"{_W}moveFrom") is not None:
                self._open = words
                return None
        numbers = tuple(words.closed)
        empty = tuple(number for number, full in words.closed.items() if not full)
        return Paragraph("".join(words.texts), numbers, (), empty)

    def _words(self, element: etree._Element, words: _Words) -> None:
        for child in element:
            tag = child.tag
            if tag == f"{_W}t":
                words.say(child.text or "")
            elif tag in _SAID:
                if child.get(f"{_W}type") not in ("page", "column"):
                    words.say(_SAID[str(tag)])
            elif tag == f"{_W}bookmarkStart":
                self._start(child, words)
            elif tag == f"{_W}bookmarkEnd":
                self._end(child, words)
            elif isinstance(tag, str):
                self.tracked = self.tracked or tag in _TRACKED
                if tag not in _LEFT_OUT and tag != _DRAWING and not tag.endswith(_FALLBACK):
                    self._words(child, words)

    def _start(self, mark: etree._Element, words: _Words) -> None:
        ours = _OURS.fullmatch(mark.get(f"{_W}name", ""))
        if ours:
            number = int(ours.group(1))
            words.marks[mark.get(f"{_W}id", "")] = number, words.length
            words.closed.setdefault(number, True)

    def _end(self, mark: etree._Element, words: _Words) -> None:
        number, start = words.marks.get(mark.get(f"{_W}id", ""), (0, -1))
        if number and start == words.length:
            words.closed[number] = False

    def _table(self, table: etree._Element) -> Table:
        rows = []
        for row in _within(table, f"{_W}tr"):
            about = row.find(f"{_W}trPr")
            change = None if about is None else about.find(f"{_W}del")
            self.tracked = self.tracked or (
                about is not None and any(child.tag in _TRACKED for child in about)
            )
            if change is None:
                rows.append(self._row(row, about))
        return Table(tuple(rows))

    def _row(self, row: etree._Element, about: etree._Element | None) -> Row:
        cells: list[Cell] = []
        column = _number(about, "gridBefore", 0)
        for cell in _within(row, f"{_W}tc"):
            properties = cell.find(f"{_W}tcPr")
            merge = None if properties is None else properties.find(f"{_W}vMerge")
            span = _number(properties, "gridSpan", 1)
            blocks = tuple(self.blocks(cell))
            cells.append(
                Cell(
                    column=column,
                    span=span,
                    continues=merge is not None and merge.get(f"{_W}val") != "restart",
                    merged=merge is not None,
                    paragraphs=tuple(_only_paragraphs(blocks)),
                )
            )
            column += span
        return tuple(cells)


def _within(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield the rows of a table or the cells of a row, those in content controls too."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag not in (f"{_W}tbl", f"{_W}tr", f"{_W}tc", f"{_W}del"):
            yield from _within(child, tag)


def _only_paragraphs(blocks: tuple[Block, ...]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:  # a table that somebody put into a cell: its words count as the cell's
            for row in block.rows:
                for cell in row:
                    yield from cell.paragraphs


def _number(about: etree._Element | None, name: str, default: int) -> int:
    found = None if about is None else about.find(f"{_W}{name}")
    text = "" if found is None else found.get(f"{_W}val", "")
    return min(int(text), _MOST_COLUMNS) if text.isdigit() and len(text) < 4 else default
