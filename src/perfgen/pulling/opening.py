"""A Word file as a package of parts, looked at before it is unzipped or parsed (打开 Word 文件).

It may come from anywhere: limits as for workbooks, no entities, nothing hostile opened.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import NoReturn

from lxml import etree

from perfgen.errors import DocumentError
from perfgen.files import reason
from perfgen.original.carried import PROPERTY
from perfgen.workbook.opening import MAX_FILE, MAX_RATIO, MAX_UNZIPPED, SMALL
from perfgen.workbook.parts import Parts, folded

MAIN = "word/document.xml"
_ONE_OF_A_KIND = ("styles", "numbering", "footnotes", "endnotes", "comments")
_STRICT = "http://purl.oclc.org/ooxml/"
_SCHEMAS = "http://schemas.openxmlformats.org"
_USUAL = {
    f"{_STRICT}wordprocessingml/main": f"{_SCHEMAS}/wordprocessingml/2006/main",
    f"{_STRICT}officeDocument/relationships": f"{_SCHEMAS}/officeDocument/2006/relationships",
    f"{_STRICT}officeDocument/math": f"{_SCHEMAS}/officeDocument/2006/math",
    f"{_STRICT}officeDocument/customProperties":
        f"{_SCHEMAS}/officeDocument/2006/custom-properties",
    f"{_STRICT}officeDocument/docPropsVTypes": f"{_SCHEMAS}/officeDocument/2006/docPropsVTypes",
    f"{_STRICT}drawingml/main": f"{_SCHEMAS}/drawingml/2006/main",
    f"{_STRICT}drawingml/chart": f"{_SCHEMAS}/drawingml/2006/chart",
    f"{_STRICT}drawingml/wordprocessingDrawing":
        f"{_SCHEMAS}/drawingml/2006/wordprocessingDrawing",
}  # fmt: skip
"""What a file is told apart by: it was saved as “Strict Open XML 文档”."""

_DOCTYPE = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_SAVE_AS = "用 Word 或 WPS 打开，另存为“Word 文档（*.docx）”再用"


def open_document(path: Path) -> bytes:
    """Return the bytes of a Word file. Raises DocumentError where there is none to be read."""
    try:
        if path.exists() and not path.is_file():
            what = "文件夹" if path.is_dir() else "设备或管道"
            raise DocumentError(f"{path} 是{what}，不是 Word 文件", hint="写上 Word 文件的文件名")
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


def read_parts(content: bytes, name: str, wanted: Callable[[str], bool]) -> Mapping[str, bytes]:
    """Return the main part of a Word document, and those others whose names are wanted.

    Raises DocumentError where it is no sound .docx.
    """
    _look_at(content, name)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _check_size(archive, len(content), name)
            return {part: archive.read(stored) for part, stored in _names(archive, name)
                    if part == MAIN or wanted(part)}  # fmt: skip
    except DocumentError:
        raise
    except Exception as error:  # zipfile raises a dozen kinds of errors over broken archives
        raise DocumentError(
            f"{name} 不完整或已损坏", hint="用 Word 打开修复并另存一份，或从备份恢复"
        ) from error


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


def _names(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[str, str]]:
    """The parts under the names that Word usually gives them, each with its name in the file.

    Some programs call the main part document2.xml, or have folders of their own: what a part is
    stands in the relationships.
    """
    parts = Parts(archive)
    main = parts.main(MAIN)
    if main is None or "xl/workbook.xml" in parts:
        kinds = {"xl/workbook.xml": "工作簿", "content.xml": "ODF 文档"}
        kind = next((kind for part, kind in kinds.items() if part in parts), "")
        what = f"是{kind}，" if kind else ""
        raise DocumentError(f"{name} {what}不是 Word 文档（.docx）", hint=_SAVE_AS)
    folder = f"{posixpath.dirname(folded(main))}/"
    known = {
        folded(relation.part): f"word/{relation.kind}.xml"
        for relation in parts.relations(main)
        if relation.kind in _ONE_OF_A_KIND
    }
    known[folded(main)] = MAIN
    for stored in archive.namelist():
        part = folded(stored)
        if part.startswith(folder) and part not in known:
            part = stored.replace("\\", "/").lstrip("/")
            yield f"word/{part[len(folder) :]}", stored
        else:
            yield known.get(part, stored.replace("\\", "/").lstrip("/")), stored


def parse_part(xml: bytes, name: str) -> etree._Element:
    """Return the tree of a part. Raises DocumentError where it is broken, or has entities."""
    if _DOCTYPE.search(xml[:4096]):
        _refuse(name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise DocumentError(
            f"{name} 已损坏，读不出来", hint="用 Word 打开修复并另存一份"
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:  # in UTF-16, or behind a long comment
        _refuse(name)
    strict = any((uri or "").startswith(_STRICT) for uri in root.nsmap.values())
    return _transitional(root) if strict else root


def _transitional(root: etree._Element) -> etree._Element:
    """A part of a “Strict Open XML 文档” with the names that all other Word files have."""
    xml = etree.tostring(root, encoding="UTF-8")
    for strict, usual in _USUAL.items():
        xml = xml.replace(f'="{strict}"'.encode(), f'="{usual}"'.encode())
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))


def _refuse(name: str) -> NoReturn:
    raise DocumentError(
        f"{name} 里有 Word 文档不该有的声明，为安全起见不打开", hint="用 Word 打开，另存一份"
    )


def read_properties(xml: bytes) -> dict[str, str]:
    """Return what perfgen noted among the document's own properties, without `perfgen-`."""
    try:
        root = parse_part(xml, "") if xml else None
    except DocumentError:
        return {}
    found: dict[str, str] = {}
    for item in root if root is not None else ():
        name = item.get("name", "")
        if name.startswith(f"{PROPERTY}-") and len(item):
            found[name.removeprefix(f"{PROPERTY}-")] = item[0].text or ""
    return found
