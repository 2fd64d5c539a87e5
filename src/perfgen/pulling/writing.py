"""New texts into a copy of the officer's workbook: only these cells change (写回工作簿).

The sheet's XML is changed cell by cell and everything else is copied byte for byte, so that
nothing of the officer's is lost: validations, text boxes, macros, pictures, formats.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from io import BytesIO

from lxml import etree

from perfgen.model.cells import CellRef, column_letters
from perfgen.pulling.rich_text import Part, fill, parts_of, restyled
from perfgen.workbook.parts import Parts, entries_of

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHARED = "sharedStrings"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_BEFORE_CALCULATION = (
    "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets",
    "functionGroups", "externalReferences", "definedNames",
)  # fmt: skip


def rewritten(workbook: bytes, texts: Mapping[CellRef, str]) -> bytes:
    """Return the workbook with these texts in their cells."""
    with zipfile.ZipFile(BytesIO(workbook)) as archive:
        known = Parts(archive)
        book = known.name_of(known.workbook() or "")
        parts = _sheet_parts(archive, known, book)
        strings = _Strings(archive, known, book)
        by_part: dict[str, dict[CellRef, str]] = {}
        for ref, text in texts.items():
            by_part.setdefault(parts[ref.sheet], {})[ref] = text
        changed = {
            name: _sheet(archive.read(name), cells, strings) for name, cells in by_part.items()
        }
        changed[book] = _calculated_on_loading(archive.read(book))
        buffer = BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as copy:
            for entry in entries_of(archive):
                content = changed.get(entry.filename)
                copy.writestr(entry, archive.read(entry) if content is None else content)
    return buffer.getvalue()


def _sheet_parts(archive: zipfile.ZipFile, parts: Parts, book: str) -> dict[str, str]:
    """The part of each sheet, by its title."""
    targets = {relation.id: relation.part for relation in parts.relations(book)}
    sheets = _parsed(archive.read(book)).iter(_tag("sheet"))
    return {
        sheet.get("name", ""): parts.name_of(targets[sheet.get(f"{{{_RELATIONS}}}id", "")])
        for sheet in sheets
    }


def _calculated_on_loading(xml: bytes) -> bytes:
    """The workbook part, so that Excel computes formulas anew that look at what has changed."""
    root = _parsed(xml)
    found = root.find(_tag("calcPr"))
    if found is None:
        found = etree.Element(_tag("calcPr"))
        before = [child for child in root if _name(child) in _BEFORE_CALCULATION]
        root.insert(root.index(before[-1]) + 1 if before else 0, found)
    found.set("fullCalcOnLoad", "1")
    return _bytes(root)


class _Strings:
    """The texts that the sheets share; read where a cell is written that holds one."""

    def __init__(self, archive: zipfile.ZipFile, parts: Parts, book: str) -> None:
        self._archive = archive
        self._names = [
            parts.name_of(relation.part)
            for relation in parts.relations(book)
            if relation.kind == _SHARED and relation.part in parts
        ]
        self._items: list[etree._Element] | None = None

    def parts(self, cell: etree._Element) -> list[Part] | None:
        """The parts of a cell's text where they look different."""
        kind = cell.get("t")
        if kind == "inlineStr":
            own = cell.find(_tag("is"))
            return None if own is None else parts_of(own)
        number = cell.findtext(_tag("v")) or ""
        if kind != "s" or not number.isdecimal():
            return None
        items = self._shared()
        return parts_of(items[int(number)]) if int(number) < len(items) else None

    def _shared(self) -> list[etree._Element]:
        if self._items is None:
            root = _parsed(self._archive.read(self._names[-1])) if self._names else None
            self._items = root.findall(_tag("si")) if root is not None else []
        return self._items


def _sheet(xml: bytes, texts: Mapping[CellRef, str], strings: _Strings) -> bytes:
    root = _parsed(xml)
    data = root.find(_tag("sheetData"))
    assert data is not None, "a sheet has data"
    _number(data)
    rows = {int(row.get("r", "0")): row for row in data}
    for ref, text in sorted(texts.items()):
        row = rows.get(ref.row)
        if row is None:
            row = rows[ref.row] = _new_row(data, ref.row)
        _write(_cell(row, ref), text, strings)
    return _bytes(root)


def _number(data: etree._Element) -> None:
    """Say of each row and cell where it stands: some programs leave out what follows."""
    row_number = 0
    for row in data:
        row_number = int(row.get("r") or row_number + 1)
        row.set("r", str(row_number))
        column = 0
        for cell in row:
            column = _column(cell.get("r", "")) or column + 1
            cell.set("r", f"{column_letters(column)}{row_number}")


def _new_row(data: etree._Element, number: int) -> etree._Element:
    row = etree.Element(_tag("row"), r=str(number))
    behind = (n for n, other in enumerate(data) if int(other.get("r", "0")) > number)
    data.insert(next(behind, len(data)), row)
    return row


def _cell(row: etree._Element, ref: CellRef) -> etree._Element:
    for place, cell in enumerate(row):
        column = _column(cell.get("r", ""))
        if column == ref.column:
            return cell
        if column > ref.column:
            return _new_cell(row, place, ref)
    return _new_cell(row, len(row), ref)


def _new_cell(row: etree._Element, place: int, ref: CellRef) -> etree._Element:
    cell = etree.Element(_tag("c"), r=f"{column_letters(ref.column)}{ref.row}")
    row.insert(place, cell)
    return cell


def _column(address: str) -> int:
    number = 0
    for letter in address.rstrip("0123456789"):
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _write(cell: etree._Element, text: str, strings: _Strings) -> None:
    """Put a text into a cell: a text whatever it looks like, never a number or a formula."""
    parts = strings.parts(cell)
    for child in list(cell):
        cell.remove(child)
    if "t" in cell.attrib:
        del cell.attrib["t"]
    if not text:
        return
    cell.set("t", "inlineStr")
    string = etree.SubElement(cell, _tag("is"))
    if parts:
        fill(string, restyled(parts, _ESCAPED.sub("_x005F_", text)))
        return
    words = etree.SubElement(string, _tag("t"))
    words.set(_SPACE, "preserve")
    words.text = _ESCAPED.sub("_x005F_", text)


def _parsed(xml: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
    )
    return etree.fromstring(xml, parser)


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _tag(name: str) -> str:
    return f"{{{_MAIN}}}{name}"
