"""An edited Word file → its words, with the bookmarks on each paragraph (改过的 Word 文件).

Only whole paragraphs are read: programs put bookmarks where they like. Tracked changes count as
accepted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from perfgen.errors import DocumentError
from perfgen.original.carried import Original
from perfgen.original.content import Block, Cell, Paragraph, Row, Table
from perfgen.original.reading import read_original
from perfgen.pulling.automatic_numbers import AutomaticNumbers, Number
from perfgen.pulling.opening import MAIN, parse_part, read_parts, read_properties
from perfgen.pulling.reading_words import (
    GONE,
    TRACKED,
    UNKNOWN_CONTENT,
    WordReader,
    Words,
    shows_prompt,
)
from perfgen.pulling.styles import STYLES, Styles, W, switched_on, value_of

NESTED = "套在格里的表"
BULLET = "项目符号"

_NUMBERING = "word/numbering.xml"
_MOST_COLUMNS = 64
_NO_BLOCKS = GONE | {f"{W}{name}" for name in ("sectPr", "tblPr", "tcPr", "sdtPr", "altChunk")}


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
    parts = read_parts(content, name, _is_wanted)
    body = parse_part(parts[MAIN], name).find(f"{W}body")
    if body is None:
        raise DocumentError(f"{name} 里没有正文", hint="用 Word 打开，另存一份")
    original = next(filter(None, (read_original(parts[part]) for part in sorted(parts)
                                  if part.startswith("customXml/"))), None)  # fmt: skip
    styles = Styles(_tree(parts, STYLES, name))
    numbering = _tree(parts, _NUMBERING, name)
    blocks, reader = _blocks(body, styles, numbering, follows_fields=True)
    if reader.fields:  # a field that never ends would swallow all that follows
        blocks, reader = _blocks(body, styles, numbering, follows_fields=False)
    properties = read_properties(parts.get("docProps/custom.xml", b""))
    return Edited(blocks, original, properties, reader.tracked)


def _is_wanted(part: str) -> bool:
    own = part.startswith("customXml/") and part.endswith(".xml") and part.count("/") == 1
    carried = own and "itemProps" not in part
    return carried or part in ("docProps/custom.xml", STYLES, _NUMBERING)


def _tree(parts: Mapping[str, bytes], part: str, name: str) -> etree._Element | None:
    return parse_part(parts[part], name) if part in parts else None


def _blocks(
    body: etree._Element,
    styles: Styles,
    numbering: etree._Element | None,
    *,
    follows_fields: bool,
) -> tuple[tuple[Block, ...], WordReader]:
    words = WordReader(styles, follows_fields=follows_fields)
    reader = _Reader(words, AutomaticNumbers(numbering, styles))
    return (*reader.blocks(body), *reader.rest()), words


class _Reader:
    def __init__(self, words: WordReader, numbers: AutomaticNumbers) -> None:
        self._words = words
        self._numbers = numbers
        self._open: Words | None = None

    def blocks(self, body: etree._Element) -> Iterator[Block]:
        """Yield paragraphs and tables, those within content controls and the like too."""
        for element in body:
            if element.tag == f"{W}p":
                paragraph = self._paragraph(element)
                if paragraph is not None:
                    yield paragraph
            elif element.tag == f"{W}tbl":
                yield from self.rest()
                yield self._table(element)
            elif element.tag == f"{W}sdt" and shows_prompt(element):
                continue
            elif isinstance(element.tag, str) and not element.tag.endswith("}Fallback"):
                self._note_tracked(element)
                if element.tag not in _NO_BLOCKS:
                    yield from self.blocks(element)

    def _note_tracked(self, element: etree._Element) -> None:
        self._words.tracked = self._words.tracked or element.tag in TRACKED

    def rest(self) -> Iterator[Paragraph]:
        """Yield the paragraph that should go on, where none follows: its words stay."""
        words, self._open = self._open, None
        if words is not None:
            yield _told(words, None)

    def _paragraph(self, element: etree._Element) -> Paragraph | None:
        """A paragraph; None where the next one is the rest of it."""
        words = self._open or Words()
        self._open = None
        self._words.read(element, words)
        if self._goes_on(element):
            self._open = words
            return None
        return _told(words, self._numbers.before(element))

    def _goes_on(self, paragraph: etree._Element) -> bool:
        """Whether its end was deleted, or it is the next one's first letter (首字下沉)."""
        about = paragraph.find(f"{W}pPr")
        mark = None if about is None else about.find(f"{W}rPr")
        frame = None if about is None else about.find(f"{W}framePr")
        if frame is not None and frame.get(f"{W}dropCap", "none") != "none":
            return True
        if mark is None or not any(child.tag in TRACKED for child in mark):
            return False
        self._words.tracked = True
        return mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None

    def _table(self, table: etree._Element) -> Table:
        rows = []
        for row in _within(table, f"{W}tr"):
            about = row.find(f"{W}trPr")
            gone = about is not None and about.find(f"{W}del") is not None
            if about is not None:
                for child in about:
                    self._note_tracked(child)
            if not gone and switched_on(about, "hidden") is not True:
                rows.append(self._row(row, about))
        return Table(tuple(rows))

    def _row(self, row: etree._Element, about: etree._Element | None) -> Row:
        cells: list[Cell] = []
        column = _number(about, "gridBefore", 0)
        for element in _within(row, f"{W}tc"):
            properties = element.find(f"{W}tcPr")
            if properties is not None and properties.find(f"{W}cellDel") is not None:
                self._words.tracked = True
                continue
            cell = self._cell(element, properties, column)
            if cells and value_of(properties, "hMerge") == "continue":
                cells[-1] = _joined(cells[-1], cell)
            else:
                cells.append(cell)
            column += cell.span
        return tuple(cells)

    def _cell(
        self, element: etree._Element, properties: etree._Element | None, column: int
    ) -> Cell:
        merge = None if properties is None else properties.find(f"{W}vMerge")
        merged, continues = merge is not None, False
        if merge is not None:
            continues = merge.get(f"{W}val") != "restart"
        tracked = None if properties is None else properties.find(f"{W}cellMerge")
        if tracked is not None:
            self._words.tracked = True
            merged = merged or tracked.get(f"{W}vMerge") is not None
            continues = continues or tracked.get(f"{W}vMerge") == "cont"
        blocks = (*self.blocks(element), *self.rest())
        odd = (NESTED,) if any(isinstance(block, Table) for block in blocks) else ()
        return Cell(
            column=column,
            span=_number(properties, "gridSpan", 1),
            continues=continues,
            merged=merged,
            paragraphs=tuple(block for block in blocks if isinstance(block, Paragraph)),
            odd=(UNKNOWN_CONTENT, *odd) if _is_foreign(element) else odd,
        )


def _told(words: Words, number: Number | None) -> Paragraph:
    numbers = tuple(words.closed)
    empty = tuple(number for number, full in words.closed.items() if not full)
    if number is not None and number.bullet and not number.ours:
        words.loose[BULLET] = None
    counted = number is not None and not number.bullet and not number.ours
    return Paragraph(
        "".join(words.texts), numbers, (), empty, tuple(words.odd), tuple(words.loose),
        number.text if number and counted else "", number.list if number and counted else "",
    )  # fmt: skip


def _is_foreign(cell: etree._Element) -> bool:
    """Whether a document of another kind was put into a cell."""
    return cell.find(f"{W}altChunk") is not None


def _joined(one: Cell, other: Cell) -> Cell:
    """Two cells that older programs show as one."""
    return replace(one, span=one.span + other.span, paragraphs=(*one.paragraphs, *other.paragraphs))


def _within(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield the rows of a table or the cells of a row, those in content controls too."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag not in (f"{W}tbl", f"{W}tr", f"{W}tc", f"{W}del"):
            yield from _within(child, tag)


def _number(about: etree._Element | None, name: str, default: int) -> int:
    text = value_of(about, name)
    return min(int(text), _MOST_COLUMNS) if text.isdecimal() and len(text) < 4 else default
