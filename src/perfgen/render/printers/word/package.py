"""The file: parts and their relationships, zipped so that the same parts give the same bytes."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from posixpath import dirname, join, relpath
from uuid import NAMESPACE_URL, uuid5

from perfgen.render.printers.word.xml import XML_HEAD, quoteattr

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_THEME_FAMILY = "application/vnd.openxmlformats-officedocument"
_CUSTOM_XML = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_CUSTOM_XML_PROPERTIES = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_DATE = (1980, 1, 1, 0, 0, 0)
MAIN = "word/document.xml"


@dataclass(slots=True)
class Part:
    """A file in the package, and its relationships as (type, target, whether it is outside)."""

    content_type: str
    blob: bytes
    relations: list[tuple[str, str, bool]] = field(default_factory=list)


class Package:
    """The parts of one document, beginning with an empty main part."""

    def __init__(self) -> None:
        """Begin with the main part; its contents come at the end."""
        self._parts: dict[str, Part] = {}
        self._top = Part("", b"")
        self._add(MAIN, f"{_WORD_TYPE}.document.main+xml", b"")
        self._relate(self._top, f"{RELATIONS}/officeDocument", MAIN)

    def set_main(self, xml: str) -> None:
        """Set the contents of word/document.xml."""
        self._parts[MAIN].blob = xml.encode()

    def add_word_part(self, name: str, kind: str, xml: str, family: str = _WORD_TYPE) -> str:
        """Add word/<name>.xml of a kind such as styles; return the relationship's id."""
        path = f"word/{name}.xml"
        self._add(path, f"{family}.{kind}+xml", xml.encode())
        return self._relate(self._parts[MAIN], f"{RELATIONS}/{kind}", path)

    def add_theme(self, xml: str) -> None:
        """Add the theme, which is of the drawing family of formats."""
        self.add_word_part("theme/theme1", "theme", xml, _THEME_FAMILY)

    def add_top_part(self, name: str, content_type: str, relation: str, xml: str) -> None:
        """Add a part that belongs to the whole package, such as docProps/core.xml."""
        self._add(name, content_type, xml.encode())
        self._relate(self._top, relation, name)

    def add_custom_xml(self, xml: str) -> None:
        """Add an XML part of our own, which Word and others keep as it is."""
        number = sum(name.startswith("customXml/itemProps") for name in self._parts) + 1
        name, about = f"customXml/item{number}.xml", f"customXml/itemProps{number}.xml"
        identifier = str(uuid5(NAMESPACE_URL, xml)).upper()
        properties = (
            f'{XML_HEAD}<ds:datastoreItem ds:itemID="{{{identifier}}}" xmlns:ds="{_CUSTOM_XML}">'
            "<ds:schemaRefs/></ds:datastoreItem>"
        )
        self._add(name, "application/xml", xml.encode())
        self._add(about, _CUSTOM_XML_PROPERTIES, properties.encode())
        self._relate(self._parts[MAIN], f"{RELATIONS}/customXml", name)
        self._relate(self._parts[name], f"{RELATIONS}/customXmlProps", about)

    def add_picture(self, blob: bytes, extension: str, content_type: str) -> str:
        """Add a picture; return the relationship's id. The same picture is stored once."""
        for name, part in self._parts.items():
            if part.blob == blob and name.startswith("word/media/"):
                return self._relate(self._parts[MAIN], f"{RELATIONS}/image", name)
        number = sum(name.startswith("word/media/") for name in self._parts) + 1
        name = f"word/media/image{number}.{extension}"
        self._add(name, content_type, blob)
        return self._relate(self._parts[MAIN], f"{RELATIONS}/image", name)

    def add_link(self, url: str) -> str:
        """Add a link to the outside; return the relationship's id."""
        return self._relate(self._parts[MAIN], f"{RELATIONS}/hyperlink", url, outside=True)

    def to_bytes(self) -> bytes:
        """Return the package as a ZIP file: fixed order, fixed dates."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for name, blob in self._files():
                info = zipfile.ZipInfo(name, _DATE)
                info.compress_type = zipfile.ZIP_DEFLATED
                info.create_system = 0
                archive.writestr(info, blob)
        return buffer.getvalue()

    def _files(self) -> list[tuple[str, bytes]]:
        files = [
            ("[Content_Types].xml", self._content_types()),
            ("_rels/.rels", _relations_xml(self._top, "")),
        ]
        for name, part in sorted(self._parts.items()):
            files.append((name, part.blob))
            if part.relations:
                folder = dirname(name)
                path = join(folder, "_rels", f"{name.removeprefix(folder + '/')}.rels")
                files.append((path, _relations_xml(part, folder)))
        return files

    def _content_types(self) -> bytes:
        overrides = "".join(
            f'<Override PartName="/{name}" ContentType="{part.content_type}"/>'
            for name, part in sorted(self._parts.items())
        )
        return (
            f'{XML_HEAD}<Types xmlns="{_CONTENT_TYPES}"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
        ).encode()

    def _add(self, name: str, content_type: str, blob: bytes) -> None:
        self._parts[name] = Part(content_type, blob)

    def _relate(self, part: Part, kind: str, target: str, *, outside: bool = False) -> str:
        relation = (kind, target, outside)
        if relation not in part.relations:
            part.relations.append(relation)
        return f"rId{part.relations.index(relation) + 1}"


def _relations_xml(part: Part, folder: str) -> bytes:
    items = []
    for number, (kind, target, outside) in enumerate(part.relations, 1):
        mode = ' TargetMode="External"' if outside else ""
        path = target if outside else relpath(target, folder or ".")
        items.append(
            f'<Relationship Id="rId{number}" Type="{kind}" Target={quoteattr(path)}{mode}/>'
        )
    return (
        f'{XML_HEAD}<Relationships xmlns="{_PACKAGE_RELATIONS}">{"".join(items)}</Relationships>'
    ).encode()
