"""Documents that are not as a build wrote them: where they go before new ones come (改稿另存)."""

from __future__ import annotations

import filecmp
import os
import shutil
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from lxml import etree

from perfgen.errors import OutputError
from perfgen.files import reason
from perfgen.keeping.folder import is_plain_file

LABELS = {".docx": "Word改稿"}
"""What the new name says of a document; of others that they were put aside (另存)."""
OTHER_LABEL = "另存"

_MOST_UNZIPPED = 100 * 1024 * 1024
_ABOUT = "docProps/app.xml"
"""What programs note of themselves and count; and what a person filled in: company, manager."""

_COUNTED = frozenset({
    "Application", "AppVersion", "Template", "TotalTime", "Pages", "Words", "Characters", "Lines",
    "Paragraphs", "CharactersWithSpaces", "DocSecurity", "ScaleCrop", "LinksUpToDate",
    "SharedDoc", "HyperlinksChanged", "HeadingPairs", "TitlesOfParts",
})  # fmt: skip
"""What of it a program writes by itself whenever it saves."""
_TYPES = "[Content_Types].xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_DATES = "{http://purl.org/dc/terms/}"
_TRACES = frozenset({
    f"{_W}proofErr", f"{_W}lastRenderedPageBreak",
    f"{_CORE}lastModifiedBy", f"{_CORE}revision", f"{_DATES}modified",
})  # fmt: skip
"""What a program notes for itself: where it checked the spelling, where a page ended, when and
how often it saved."""


def put_aside(document: Path) -> tuple[Path, bool]:
    """Give a document a second name, 自评（Word改稿）.docx; return it, and whether it is new.

    A copy that was put aside before serves again. Raises OutputError where it cannot be done.
    """
    for path in _names(document):
        try:
            if is_plain_file(path) and _is_same_file(path, document):
                return path, False
            if not os.path.lexists(path):
                _copy(document, path)
                return path, True
        except OSError as error:
            raise OutputError(
                f"{document.name} 改过，不能另存为 {path.name}（{reason(error)}），没有重新生成",
                hint="如果它正在 Word 或 WPS 里打开，先关闭；再检查权限和磁盘空间",
            ) from error
    raise AssertionError("names do not end")


def same_content(written: bytes, found: bytes) -> bool:
    """Return whether two documents hold the same, however they were packed.

    Where it cannot be told, they do not: all parts must be equal as XML, formatting included.
    """
    if written == found:
        return True
    try:
        return _parts(written) == _parts(found)
    except Exception:  # zipfile and lxml raise a dozen kinds of errors over broken files
        return False


def _names(document: Path) -> Iterator[Path]:
    label = LABELS.get(document.suffix, OTHER_LABEL)
    count = 1
    while True:
        number = "" if count == 1 else str(count)
        yield document.with_name(f"{document.stem}（{label}{number}）{document.suffix}")
        count += 1


def _is_same_file(one: Path, other: Path) -> bool:
    return one.samefile(other) or filecmp.cmp(one, other, shallow=False)


def _copy(document: Path, path: Path) -> None:
    """The new document takes the old one's name, not its bytes: a second name is enough."""
    try:
        path.hardlink_to(document)
    except OSError:  # a file system without hard links
        with document.open("rb") as old, path.open("xb") as new:
            shutil.copyfileobj(old, new)
            new.flush()
            os.fsync(new.fileno())


def _parts(content: bytes) -> dict[str, bytes]:
    """The parts of a package by name, XML in its canonical form."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > _MOST_UNZIPPED:
            raise ValueError("too large to be compared")
        names = archive.namelist()
        if len(set(names)) != len(names):
            raise ValueError("a part stands twice")
        parts = {name: _canonical(name, archive.read(name)) for name in names if name != _ABOUT}
        about = _filled_in(archive.read(_ABOUT)) if _ABOUT in names else b""
    return parts | {_TYPES: _types(parts), _ABOUT: about}


def _filled_in(part: bytes) -> bytes:
    """What a person filled in of the document's properties; nothing where there is nothing."""
    root = _parsed(part)
    said = [etree.tostring(child, method="c14n") for child in root
            if not isinstance(child.tag, str)
            or (etree.QName(child).localname not in _COUNTED
            and (len(child) or (child.text or "").strip()))]  # fmt: skip
    return b"".join(sorted(said))


def _parsed(part: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(part, parser)


def _types(parts: dict[str, bytes]) -> bytes:
    """What kind each part is, said of all kinds of files or of this one."""
    said = {str(entry.get("PartName") or entry.get("Extension")): entry.get("ContentType")
            for entry in etree.fromstring(parts[_TYPES])}  # fmt: skip
    kinds = [(name, said.get(f"/{name}") or said.get(name.rpartition(".")[2])) for name in parts]
    return repr(sorted(kinds, key=str)).encode()


def _is_trace(element: etree._Element) -> bool:
    """Whether an element is only what a program noted: it holds no other content.

    Who saved a file, when, and how often is said in a word; the marks among the text are empty.
    """
    if element.tag not in _TRACES or len(element) or (element.tail or "").strip():
        return False
    return str(element.tag).startswith((_CORE, _DATES)) or not (element.text or "").strip()


def _canonical(name: str, part: bytes) -> bytes:
    if not name.endswith((".xml", ".rels")):
        return part
    root = _parsed(part)
    for element in list(root.iter(etree.Element)):
        for attribute in [key for key in element.attrib if str(key).startswith(f"{_W}rsid")]:
            del element.attrib[attribute]
        parent = element.getparent()
        if parent is not None and _is_trace(element):
            parent.remove(element)
    if name.endswith(".rels"):  # a list, in whatever order
        root[:] = sorted(root, key=lambda entry: sorted(map(str, entry.attrib.values())))
    return etree.tostring(root, method="c14n")
