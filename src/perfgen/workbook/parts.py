"""The parts of an .xlsx file that reading needs: found by their relationships, read as XML.

Nothing else of the package is looked at: whatever its looks, pictures and properties hold, Excel
opens it, and so do we.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
USUAL_WORKBOOK = "xl/workbook.xml"

MOST_TAGS = 2_000_000
"""Tags in one part: each costs memory, whatever it says."""

_PIECE = 1 << 20
_OFFICE = "officeDocument"
_SAFE: dict[str, Any] = {
    "resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False,
    "remove_comments": True, "remove_pis": True,
}  # fmt: skip


class BadPart(Exception):
    """A part that is missing or is no XML; the sentence names it."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship: its id, the last word of its type, and the part that it leads to."""

    id: str
    kind: str
    part: str


class Parts:
    """The parts of an opened archive, by names in either case."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        """Look through the names of the archive.

        Raises BadPart where two parts of one name say different things.
        """
        self._archive = archive
        self._names: dict[str, str] = {}
        known: dict[str, tuple[int, int]] = {}
        for entry in archive.infolist():
            name, said = folded(entry.filename), (entry.CRC, entry.file_size)
            if known.setdefault(name, said) != said:
                raise BadPart(f"有两份不一样的 {_shown(entry.filename)}")
            self._names.setdefault(name, entry.filename)

    def __contains__(self, name: str) -> bool:
        """Return whether there is such a part."""
        return folded(name) in self._names

    def name_of(self, part: str) -> str:
        """Return a part's name as the archive writes it. Raises BadPart where it is missing."""
        try:
            return self._names[folded(part)]
        except KeyError:
            raise BadPart(f"缺少 {_shown(part)}") from None

    def workbook(self) -> str | None:
        """Return the name of the workbook's own part, or None where the file is none."""
        return self.main(USUAL_WORKBOOK)

    def main(self, usual: str) -> str | None:
        """Return the name of the part that the package is about, or None where there is none."""
        named = [relation.part for relation in self.relations("") if relation.kind == _OFFICE]
        return next((name for name in (*named, usual) if name in self), None)

    def relations(self, part: str) -> Sequence[Relation]:
        """Return the relationships of a part (of the package, where it is empty)."""
        folder, name = posixpath.split(part)
        file = posixpath.join(folder, "_rels", f"{name}.rels")
        if file not in self:
            return ()
        return [
            Relation(
                id=element.get("Id", ""),
                kind=element.get("Type", "").rpartition("/")[2],
                part=posixpath.normpath(posixpath.join("/", folder, element.get("Target", ""))),
            )
            for element in self.elements(file, _RELATIONSHIP)
            if element.get("TargetMode") != "External"
        ]

    def elements(self, name: str, *tags: str, root: str = "") -> Iterator[Any]:
        """Yield the elements of these names, each with what is in it; then it is forgotten.

        Raises BadPart; also at the end, where the part is another thing than `root`.
        """
        try:
            with self._archive.open(self._names[folded(name)]) as stream:
                self._count_tags(name)
                yield from _elements(stream, tags, root, name)
        except KeyError as error:
            raise BadPart(f"缺少 {_shown(name)}") from error
        except etree.XMLSyntaxError as error:
            raise _not_xml(name, error) from error

    def root(self, name: str, tag: str = "") -> Any:
        """Return a part as a tree. Raises BadPart; also where it is another thing than `tag`."""
        try:
            self._count_tags(name)
            root = etree.fromstring(
                self._archive.read(self._names[folded(name)]), etree.XMLParser(**_SAFE)
            )
        except KeyError as error:
            raise BadPart(f"缺少 {_shown(name)}") from error
        except etree.XMLSyntaxError as error:
            raise _not_xml(name, error) from error
        _refuse_types(root)
        _check_root(root, tag, name)
        return root

    def _count_tags(self, name: str) -> None:
        tags = 0
        with self._archive.open(self._names[folded(name)]) as stream:
            while piece := stream.read(_PIECE):
                tags += piece.count(b"<")
        if tags > 2 * MOST_TAGS:  # one to open, one to close
            raise BadPart(f"{_shown(name)} 大得异常（超过 {MOST_TAGS} 个元素）")


def _elements(stream: Any, tags: Sequence[str], root: str, name: str) -> Iterator[Any]:
    """The elements that `tags` name, each freed once it was looked at."""
    first = True
    parsing = etree.iterparse(stream, events=("end",), tag=tags, **_SAFE)
    for _, element in parsing:
        if first:
            _refuse_types(element)
        first = False
        yield element
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]
    _check_root(parsing.root, root, name)


def _check_root(root: Any, tag: str, name: str) -> None:
    """Nothing is found in a part that is something else; that is not to be taken for empty."""
    if tag and root.tag != tag:
        raise BadPart(f"{_shown(name)} 里是别的内容")


def _refuse_types(element: Any) -> None:
    """Nothing that writes workbooks declares a document type, in which bombs of entities stand."""
    if element.getroottree().docinfo.internalDTD is not None:
        raise BadPart("含有文档类型声明（DTD）")


def _not_xml(name: str, error: etree.XMLSyntaxError) -> BadPart:
    return BadPart(f"{_shown(name)} 第 {error.lineno or 1} 行不是合格的 XML")


def entries_of(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Return the entries of an archive, the first of each name: nobody changes its second copy."""
    first: dict[str, zipfile.ZipInfo] = {}
    for entry in archive.infolist():
        first.setdefault(folded(entry.filename), entry)
    return list(first.values())


def folded(name: str) -> str:
    """Return a part's name as it is compared: either case, either slash, none in front."""
    return name.replace("\\", "/").lstrip("/").lower()


def _shown(name: str) -> str:
    return "".join(char if char.isprintable() else "?" for char in name.lstrip("/"))[:100]
