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
from perfgen.keeping.program_notes import ABOUT, canonical, filled_in
from perfgen.keeping.resaved import is_only_saved

LABELS = {".docx": "Word改稿"}
"""What the new name says of a document; of others that they were put aside (另存)."""
OTHER_LABEL = "另存"

_MOST_UNZIPPED = 100 * 1024 * 1024
_TYPES = "[Content_Types].xml"


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
        return _parts(written) == _parts(found) or is_only_saved(written, found)
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
        parts = {name: canonical(name, archive.read(name)) for name in names if name != ABOUT}
        about = filled_in(archive.read(ABOUT)) if ABOUT in names else b""
    return parts | {_TYPES: _types(parts), ABOUT: about}


def _types(parts: dict[str, bytes]) -> bytes:
    """What kind each part is, said of all kinds of files or of this one."""
    said = {str(entry.get("PartName") or entry.get("Extension")): entry.get("ContentType")
            for entry in etree.fromstring(parts[_TYPES])}  # fmt: skip
    kinds = [(name, said.get(f"/{name}") or said.get(name.rpartition(".")[2])) for name in parts]
    return repr(sorted(kinds, key=str)).encode()
