"""A Word file as a package of parts, looked at before it is unzipped or parsed (打开 Word 文件).

It may come from anywhere: limits as for workbooks, no entities, nothing hostile opened.
"""

from __future__ import annotations

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

MAIN = "word/document.xml"
_DOCTYPE = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_SAVE_AS = "用 Word 或 WPS 打开，另存为“Word 文档（*.docx）”再用"


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


def read_parts(content: bytes, name: str, wanted: Callable[[str], bool]) -> Mapping[str, bytes]:
    """Return the main part of a Word document, and those others whose names are wanted.

    Raises DocumentError where it is no sound .docx.
    """
    _look_at(content, name)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _check_size(archive, len(content), name)
            return {part: archive.read(part) for part in _names(archive, name, wanted)}
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


def _names(archive: zipfile.ZipFile, name: str, wanted: Callable[[str], bool]) -> Iterator[str]:
    names = archive.namelist()
    if MAIN not in names:
        kinds = {"xl/workbook.xml": "工作簿", "content.xml": "ODF 文档"}
        kind = next((kind for part, kind in kinds.items() if part in names), "")
        what = f"是{kind}，" if kind else ""
        raise DocumentError(f"{name} {what}不是 Word 文档（.docx）", hint=_SAVE_AS)
    yield MAIN
    yield from (part for part in names if part != MAIN and wanted(part))


def parse_part(xml: bytes, name: str) -> etree._Element:
    """Return the tree of a part. Raises DocumentError where it is broken, or has entities."""
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
