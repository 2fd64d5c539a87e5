"""An edited Word file → its words, with the bookmarks on each paragraph (改过的 Word 文件).

Only whole paragraphs are read: programs put bookmarks where they like. Tracked changes count as
accepted. A file that comes from anywhere is looked at before it is unzipped or parsed.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import NoReturn

from lxml import etree

from perfgen.errors import DocumentError
from perfgen.files import reason
from perfgen.original.carried import PROPERTY, Original
from perfgen.original.content import Block, Cell, Paragraph, Row, Table
from perfgen.original.reading import read_original
from perfgen.render.printers.word.recording import BOOKMARK
from perfgen.workbook.opening import MAX_FILE, MAX_RATIO, MAX_UNZIPPED, SMALL

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAIN = "word/document.xml"
_OURS = re.compile(rf"{BOOKMARK}([0-9]{{1,7}})")
_DOCTYPE = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_MOST_COLUMNS = 64
_SAVE_AS = "用 Word 或 WPS 打开，另存为“Word 文档（*.docx）”再用"

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


def open_document(path: Path) -> bytes:
    """Return the bytes of a Word file. Raises DocumentError where there is none to be read."""
    try:
        if not path.is_file():
            raise DocumentError(f"找不到 Word 文件 {path}", hint="检查文件名和所在的文件夹")
        if path.name.startswith("~$"):
            raise DocumentError(
                f"{path.name} 是 Word 打开文件时的临时锁文件",
                hint=f"改用 {path.name.removeprefix('~$')}",
            )
        if path.stat().st_size > MAX_FILE:
            raise DocumentError(
                f"{path.name} 超过 {MAX_FILE // 1024 // 1024} MB 的上限", hint="删掉里面的图片"
            )
        return path.read_bytes()
    except OSError as error:
        raise DocumentError(f"打不开 {path}（{reason(error)}）", hint="检查文件和权限") from error


def read_document(content: bytes, name: str = "这个文件") -> Edited:
    """Return the words of a Word document and what it carries with it.

    Raises DocumentError where it is no sound .docx.
    """
    _look_at(content, name)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _check_size(archive, len(content), name)
            parts = {part: archive.read(part) for part in _wanted(archive, name)}
    except DocumentError:
        raise
    except Exception as error:  # zipfile raises a dozen kinds of errors over broken archives
        raise DocumentError(
            f"{name} 不完整或已损坏", hint="用 Word 打开修复并另存一份，或从备份恢复"
        ) from error
    body = _parse(parts.pop(_MAIN), name).find(f"{_W}body")
    if body is None:
        raise DocumentError(f"{name} 里没有正文", hint="用 Word 打开，另存一份")
    original = next(filter(None, (read_original(parts[part]) for part in sorted(parts)
                                  if part.startswith("customXml/"))), None)  # fmt: skip
    reader = _Reader()
    blocks = tuple(reader.blocks(body))
    properties = _properties(parts.get("docProps/custom.xml", b""))
    return Edited(blocks, original, properties, reader.tracked)


def _look_at(content: bytes, name: str) -> None:
    if not content:
        raise DocumentError(f"{name} 是空文件", hint="重新保存或重新拷贝")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise DocumentError(f"{name} 是旧格式（.doc）或设了打开密码", hint=_SAVE_AS)
    if not content.startswith(b"PK"):
        raise DocumentError(f"{name} 不是 Word 文档（.docx）", hint=_SAVE_AS)


def _check_size(archive: zipfile.ZipFile, size: int, name: str) -> None:
    unzipped = sum(entry.file_size for entry in archive.infolist())
    if unzipped > MAX_UNZIPPED or (unzipped > SMALL * 20 and unzipped / size > MAX_RATIO):
        raise DocumentError(
            f"{name} 解压后过大（{unzipped // 1024 // 1024} MB），为安全起见不打开",
            hint="来历不明的文件不要使用",
        )


def _wanted(archive: zipfile.ZipFile, name: str) -> Iterator[str]:
    names = archive.namelist()
    if _MAIN not in names:
        kinds = {"xl/workbook.xml": "工作簿", "content.xml": "ODF 文档"}
        kind = next((kind for part, kind in kinds.items() if part in names), "")
        what = f"是{kind}，" if kind else ""
        raise DocumentError(f"{name} {what}不是 Word 文档（.docx）", hint=_SAVE_AS)
    yield _MAIN
    for part in names:
        own = part.startswith("customXml/") and part.endswith(".xml") and part.count("/") == 1
        if (own and "itemProps" not in part) or part == "docProps/custom.xml":
            yield part


def _parse(xml: bytes, name: str) -> etree._Element:
    if _DOCTYPE.search(xml[:4096]) or xml.startswith((b"\xff\xfe", b"\xfe\xff")):
        _refuse(name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise DocumentError(
            f"{name} 已损坏，读不出来", hint="用 Word 打开修复并另存一份"
        ) from error


def _refuse(name: str) -> NoReturn:
    raise DocumentError(
        f"{name} 里有 Word 文档不该有的声明，为安全起见不打开", hint="用 Word 打开，另存一份"
    )


def _properties(xml: bytes) -> dict[str, str]:
    try:
        root = _parse(xml, "") if xml else None
    except DocumentError:
        return {}
    found: dict[str, str] = {}
    for item in root if root is not None else ():
        name = item.get("name", "")
        if name.startswith(f"{PROPERTY}-") and len(item):
            found[name.removeprefix(f"{PROPERTY}-")] = item[0].text or ""
    return found


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
