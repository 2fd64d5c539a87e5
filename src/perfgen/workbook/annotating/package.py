"""The parts of an .xlsx package, their relationships and content types, to read and to change."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from perfgen.workbook.parts import USUAL_WORKBOOK, entries_of, folded

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_CONTENT_TYPES = "[Content_Types].xml"
_ILLEGAL = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

etree.register_namespace("r", OFFICE)  # the prefix that Excel writes, whoever asks for it

NEW_PART_DATE = (1980, 1, 1, 0, 0, 0)


def main(name: str) -> str:
    """Return the name of an element of SpreadsheetML, as lxml writes it."""
    return f"{{{MAIN}}}{name}"


def new_root(name: str, namespace: str = MAIN) -> etree._Element:
    """Return the root of a new part; its names have no prefix, as Excel writes them."""
    return etree.fromstring(f'<{name} xmlns="{namespace}"/>')


def local(element: etree._Element) -> str:
    """Return an element's name without its namespace; empty for comments and the like."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def child(parent: etree._Element, name: str) -> etree._Element | None:
    """Return the first child of this name."""
    return parent.find(main(name))


def add(parent: etree._Element, name: str, /, **attributes: str) -> etree._Element:
    """Append an element of SpreadsheetML."""
    return etree.SubElement(parent, main(name), attributes)


def insert_in_order(
    parent: etree._Element, element: etree._Element, before_it: frozenset[str]
) -> None:
    """Insert a child after the last of those that the schema puts before it."""
    place = 0
    for number, known in enumerate(parent, 1):
        if local(known) in before_it:
            place = number
    parent.insert(place, element)


def safe_text(text: str) -> str:
    """Return text that XML can hold, and in which Excel sees no escapes of its own."""
    return re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", _ILLEGAL.sub("�", text))


def set_text(element: etree._Element, text: str) -> None:
    """Set an element's text, with the spaces at its ends."""
    element.text = safe_text(text)
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship of a part: its id, the last word of its type, and the part it leads to."""

    id: str
    kind: str
    target: str


class Package:
    """An opened package. Parts are bytes; those that are changed as XML are written anew."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            self._entries = entries_of(archive)
            self._parts = {entry.filename: archive.read(entry.filename) for entry in self._entries}
        self._trees: dict[str, etree._Element] = {}
        self._as_read: dict[str, bytes] = {}

    def names(self) -> list[str]:
        """Return the names of all parts."""
        return list(self._parts)

    def part(self, name: str) -> bytes:
        """Return a part's bytes."""
        return self._parts[name]

    def put(self, name: str, content: bytes) -> None:
        """Set a part's bytes, new or not."""
        self._parts[name] = content

    def remove(self, name: str) -> None:
        """Drop a part and its content type; whoever leads to it is to be changed as well."""
        self._parts.pop(name, None)
        self._trees.pop(name, None)
        types = self._types()
        for override in list(types):
            if folded(override.get("PartName", "")) == folded(name):
                types.remove(override)

    def xml(self, name: str) -> etree._Element:
        """Return the root of a part, to be changed in place."""
        if name not in self._trees:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
            self._trees[name] = etree.fromstring(self._parts[name], parser)
            self._as_read[name] = etree.tostring(self._trees[name])
        return self._trees[name]

    def is_xml(self, name: str) -> bool:
        """Return whether a part has been asked for as XML."""
        return name in self._trees

    def new_part(self, name: str, root: etree._Element, content_type: str) -> str:
        """Add a part under the first free number: `xl/comments{}.xml`. Returns its name."""
        name = self.free_name(name)
        self._trees[name] = root
        self._parts[name] = b""
        types = self._types()
        override = etree.SubElement(types, f"{{{_TYPES}}}Override")
        override.set("PartName", f"/{name}")
        override.set("ContentType", content_type)
        return name

    def free_name(self, pattern: str) -> str:
        """Return the first name of this pattern that no part has, letters in either case."""
        taken = {folded(name) for name in self._parts}
        number = 1
        while folded(pattern.format(number)) in taken:
            number += 1
        return pattern.format(number)

    def default_type(self, extension: str, content_type: str) -> None:
        """State the content type of all parts with this extension, where nothing states it."""
        types = self._types()
        known = {default.get("Extension", "").lower() for default in types}
        if extension not in known:
            default = etree.Element(f"{{{_TYPES}}}Default")
            default.set("Extension", extension)
            default.set("ContentType", content_type)
            types.insert(0, default)

    def relations(self, part: str) -> Iterator[Relation]:
        """Yield the relationships of a part that stay inside the package."""
        name = self._relations_name(part)
        if name not in self._parts:
            return
        folder = posixpath.dirname(part.replace("\\", "/"))
        for relation in self.xml(name):
            if local(relation) == "Relationship" and relation.get("TargetMode") != "External":
                target = posixpath.join("/", folder, relation.get("Target", ""))
                kind = relation.get("Type", "").rpartition("/")[2]
                path = self._existing(posixpath.normpath(target).lstrip("/"))
                yield Relation(relation.get("Id", ""), kind, path)

    def workbook(self) -> str:
        """Return the name of the workbook's own part."""
        related = (one.target for one in self.relations("") if one.kind == "officeDocument")
        return next(related, self._existing(USUAL_WORKBOOK))

    def _types(self) -> etree._Element:
        return self.xml(self._existing(_CONTENT_TYPES))

    def _relations_name(self, part: str) -> str:
        folder, name = posixpath.split(part.replace("\\", "/"))
        return self._existing(posixpath.join(folder, "_rels", f"{name}.rels"))

    def _existing(self, path: str) -> str:
        """The part's name as the archive writes it: names are alike in either case."""
        if path in self._parts:
            return path
        return next((name for name in self._parts if folded(name) == folded(path)), path)

    def relate(self, part: str, kind: str, target: str) -> str:
        """Lead from a part to another, by a path from the package's root. Returns the id."""
        name = self._relations_name(part)
        if name not in self._parts:
            self._parts[name] = b""
            self._trees[name] = new_root("Relationships", _PACKAGE)
        root = self.xml(name)
        taken = {relation.get("Id") for relation in root}
        number = len(taken) + 1
        while f"rId{number}" in taken:
            number += 1
        relation = etree.SubElement(root, f"{{{_PACKAGE}}}Relationship")
        relation.set("Id", f"rId{number}")
        relation.set("Type", f"{OFFICE}/{kind}")
        relation.set("Target", f"/{target}")
        return f"rId{number}"

    def unrelate(self, part: str, relation: Relation) -> None:
        """Take a relationship of a part away."""
        root = self.xml(self._relations_name(part))
        for element in list(root):
            if element.get("Id") == relation.id:
                root.remove(element)

    def content(self) -> bytes:
        """Return the package: its old parts in their order, then the new ones."""
        stream = BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            dates = {entry.filename: entry.date_time for entry in self._entries}
            order = [*dict.fromkeys(name for name in dates if name in self._parts)]
            order += [name for name in self._parts if name not in dates]
            for name in order:
                info = zipfile.ZipInfo(name, dates.get(name, NEW_PART_DATE))
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, self._bytes(name))
        return stream.getvalue()

    def _bytes(self, name: str) -> bytes:
        tree = self._trees.get(name)
        if tree is None or etree.tostring(tree) == self._as_read.get(name):
            return self._parts[name]
        return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
