"""A PDF or Word file that perfgen printed → the data that it carries.

Files come from anywhere: they are looked at before they are unpacked, and nothing in them is
followed to the outside.
"""

from __future__ import annotations

import logging
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from perfgen.disclosed.files import JSON_NAME, NAMESPACE
from perfgen.disclosed.reading import LARGEST
from perfgen.errors import DocumentError
from perfgen.files import reason
from perfgen.workbook.opening import MAX_FILE
from perfgen.workbook.parts import Parts, folded

SUFFIXES = (".pdf", ".docx")
_OWN_PART = re.compile(r"customxml/item[0-9]{1,4}\.xml")
_MOST_FILES = 500
_MOST_PARTS = 2000
_OTHER_PROGRAMS = ("xl/", "ppt/")
_WANTED = "取回数据用 perfgen 生成的 PDF 或 Word"
_AGAIN = "用 perfgen build 重新生成文件，生成的 PDF 和 Word 都带着数据"


def data_of_document(path: Path) -> bytes:
    """Return the JSON that a PDF or Word file carries, not yet read.

    Raises DocumentError where it carries none, or is no such file.
    """
    content = _read(path)
    if content.startswith(b"%PDF-") or b"%PDF-" in content[:1024]:
        found = _data_of_pdf(content, path.name)
    elif content.startswith(b"PK"):
        found = _data_of_word(content, path.name)
    else:
        raise DocumentError(
            f"{path.name} 不是 PDF 或 Word 文件（.docx）",
            hint=_WANTED,
        )
    if found is None:
        raise DocumentError(f"{path.name} 里没有带着数据", hint=_AGAIN)
    return found


def _read(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            what = "文件夹" if path.is_dir() else "设备或管道"
            raise DocumentError(f"{path} 是{what}，不是文件", hint="写上 PDF 或 Word 文件的文件名")
        if not path.is_file():
            raise DocumentError(f"找不到文件 {path}", hint="检查文件名和所在的文件夹")
        if path.stat().st_size > MAX_FILE:
            raise DocumentError(
                f"{path.name} 超过 {MAX_FILE // 1024 // 1024} MB 的上限", hint="确认文件没有弄错"
            )
        return path.read_bytes()
    except OSError as error:
        raise DocumentError(f"打不开 {path}（{reason(error)}）", hint="检查文件和权限") from error


# --- PDF -----------------------------------------------------------------------------------------


def _data_of_pdf(content: bytes, name: str) -> bytes | None:
    import pypdf  # noqa: PLC0415  (heavy: not for Word files)

    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL)  # what it says of broken files is said here, in Chinese
    try:
        reader = pypdf.PdfReader(BytesIO(content))
        if reader.is_encrypted:
            raise DocumentError(f"{name} 设了密码，读不出来", hint="用没有密码的文件")
        for specification in _specifications(reader):
            if _name_of(specification) == JSON_NAME:
                return _embedded(specification, name)
        return None
    except DocumentError:
        raise
    except Exception as error:  # pypdf raises whatever a broken file makes it stumble over
        raise DocumentError(f"{name} 不完整或已损坏", hint="重新拷贝或重新生成这个文件") from error
    finally:
        logger.setLevel(level)


def _specifications(reader: Any) -> Iterator[Any]:
    """Yield the files that a PDF is associated with, then those by name; a bounded number."""
    catalog = reader.trailer["/Root"].get_object()
    for count, item in enumerate(_items(catalog.get("/AF"))):
        if count == _MOST_FILES:
            return
        yield item.get_object()
    names = _object(_object(catalog.get("/Names")).get("/EmbeddedFiles"))
    waiting, seen = [names], 0
    while waiting and seen < _MOST_FILES:
        node = waiting.pop(0)
        seen += 1
        yield from (item.get_object() for item in _items(node.get("/Names"))[1::2][:_MOST_FILES])
        waiting += [_object(kid) for kid in _items(node.get("/Kids"))[:_MOST_FILES]]


def _items(value: Any) -> list[Any]:
    found = value.get_object() if value is not None else None
    return list(found) if isinstance(found, list) else []


def _object(value: Any) -> Any:
    found = value.get_object() if value is not None else None
    return found if isinstance(found, dict) else {}


def _name_of(specification: Any) -> str:
    if not isinstance(specification, dict):
        return ""
    return str(specification.get("/UF") or specification.get("/F") or "")


def _embedded(specification: Any, name: str) -> bytes:
    stream = _object(specification.get("/EF")).get("/F").get_object()
    size = _object(stream.get("/Params")).get("/Size", 0)
    if int(size) > LARGEST:
        raise DocumentError(f"{name} 带的数据过大，为安全起见不读", hint=_AGAIN)
    data: bytes = stream.get_data()
    return data


# --- Word ----------------------------------------------------------------------------------------


def _data_of_word(content: bytes, name: str) -> bytes | None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            main = Parts(archive).main("word/document.xml")
            if main is None or main.lower().lstrip("/").startswith(_OTHER_PROGRAMS):
                raise DocumentError(f"{name} 不是 Word 文件（.docx）", hint=_WANTED)
            for entry in entries[:_MOST_PARTS]:
                if not _OWN_PART.fullmatch(folded(entry.filename)):
                    continue
                if entry.file_size > LARGEST * 2:
                    raise DocumentError(f"{name} 带的数据过大，为安全起见不读", hint=_AGAIN)
                with archive.open(entry) as stream:
                    found = _data_in_part(stream.read(LARGEST * 2))
                if found is not None:
                    return found
            return None
    except DocumentError:
        raise
    except Exception as error:  # zipfile raises a dozen kinds of errors over broken archives
        raise DocumentError(
            f"{name} 不完整或已损坏", hint="用 Word 打开修复并另存一份，或从备份恢复"
        ) from error


def _data_in_part(xml: bytes) -> bytes | None:
    if NAMESPACE.encode() not in xml:
        return None
    try:
        root = fromstring(xml, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError):
        return None
    return (root.text or "").encode() if root.tag == f"{{{NAMESPACE}}}report" else None
