"""Opening a workbook that may come from anywhere: look before unzipping, and name what it is.

The limits and signatures follow measurements of real and hostile files: a normal large workbook
unzips to 8 times its size, a bomb to 122 times.

Then only what reports need is read: values, formulas, merged ranges and number formats, whatever
the rest of the package holds.
"""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import olefile

from perfgen.errors import WorkbookError
from perfgen.files import reason
from perfgen.workbook.hidden import CALC_SHEET, LISTS_SHEET
from perfgen.workbook.limits import USUAL, Counter, Limits
from perfgen.workbook.parts import MAIN, STRICT, BadPart, Parts
from perfgen.workbook.stored_sheets import SheetReader, StoredSheet
from perfgen.workbook.stored_styles import read_styles
from perfgen.workbook.stored_texts import read_shared_texts

MAX_FILE = 50 * 1024 * 1024
MAX_UNZIPPED = 100 * 1024 * 1024
MAX_RATIO = 60
MAX_PARTS = 20_000
SMALL = 1024 * 1024

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SAVE_AS = "用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”再用"
_UNZIP = "先解压，再用里面的 .xlsx 工作簿"
_ARCHIVE = "压缩包"
_LOCKED = 1
"""The flag of a zip's entry that has a password."""


@dataclass(frozen=True, slots=True)
class WorkbookFile:
    """A workbook as it comes (工作簿文件): its bytes, and the name that messages call it by."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class OpenedWorkbook:
    """An opened workbook: its sheets by title, in order, and the texts of its defined names.

    `from_1904` is True where it counts days from 1904, as old Macs do.
    """

    name: str
    sheets: Mapping[str, StoredSheet]
    names: Mapping[str, str]
    from_1904: bool = False


def open_workbook(workbook: Path | WorkbookFile, limits: Limits = USUAL) -> OpenedWorkbook:
    """Return the opened workbook.

    Raises WorkbookError, saying what the file is and what to do, where it is no sound .xlsx, or
    holds more than `limits`.
    """
    file = read_file(workbook) if isinstance(workbook, Path) else workbook
    look_at(file)
    with _damage_named(file.name), zipfile.ZipFile(BytesIO(file.content)) as archive:
        return _read(file.name, Parts(archive), Counter(file.name, limits))


def look_at(file: WorkbookFile) -> None:
    """Look what a file is, before anything of it is read.

    Raises WorkbookError where it is no .xlsx, is not whole, or unzips to too much.
    """
    name, content = file.name, file.content
    if not content:
        raise WorkbookError(f"{name} 是空文件", hint="重新保存或重新拷贝这个工作簿")
    if content.startswith(_OLE):
        raise _ole_error(name, content)
    if not content.startswith(b"PK"):
        raise _text_error(name, content[:512])
    with _damage_named(name):
        _look_into_zip(name, content)


@contextmanager
def _damage_named(name: str) -> Iterator[None]:
    try:
        yield
    except BadPart as error:
        raise WorkbookError(
            f"{name} 已损坏，读不出来（{error}）",
            hint="用 Excel 或 WPS 打开修复并另存一份；打不开就用备份",
        ) from error


def _read(name: str, parts: Parts, counter: Counter) -> OpenedWorkbook:
    part = parts.workbook()
    assert part is not None, "it was looked at before"
    root = parts.root(part)
    related = {relation.id: relation for relation in parts.relations(part)}
    by_kind = {relation.kind: relation.part for relation in related.values()}
    texts = by_kind.get("sharedStrings")
    reader = SheetReader(
        read_shared_texts(parts, texts) if texts else (),
        read_styles(parts, by_kind.get("styles")),
        counter,
    )
    sheets: dict[str, StoredSheet] = {}
    for sheet in root.iterfind(f"{MAIN}sheets/{MAIN}sheet"):
        counter.add("sheets")
        title = sheet.get("name", "")
        relation = related.get(sheet.get(_RELATION, ""))
        if relation is None:
            raise BadPart(f"工作表“{title}”的内容不在文件里")
        if title in sheets:
            raise BadPart(f"有两张工作表都叫“{title}”")
        if relation.kind == "worksheet" and title not in (CALC_SHEET, LISTS_SHEET):
            sheets[title] = reader.read(parts, relation.part, title)
    names = {
        element.get("name", ""): element.text or ""
        for element in root.iterfind(f"{MAIN}definedNames/{MAIN}definedName")
        if element.get("localSheetId") is None
    }
    properties = root.find(f"{MAIN}workbookPr")
    from_1904 = properties is not None and properties.get("date1904", "0") in ("1", "true", "on")
    return OpenedWorkbook(name, sheets, names, from_1904)


def read_file(path: Path) -> WorkbookFile:
    """Return a workbook's name and bytes, read once: what is looked at is what is opened.

    Raises WorkbookError where there is no file, or none that may be read.
    """
    if path.name.startswith("~$"):
        raise WorkbookError(
            f"{path.name} 是 Excel 打开文件时的临时锁文件，不是工作簿",
            hint=f"改用 {path.name.removeprefix('~$')}",
        )
    if not path.stem.strip("."):  # its documents would be named after a folder
        raise WorkbookError(f"文件名“{path.name}”里只有点", hint="换一个名字再用")
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise WorkbookError(f"{path} 是文件夹，不是工作簿", hint="写上工作簿的文件名")
        if not stat.S_ISREG(found.st_mode):
            raise WorkbookError(f"{path} 不是普通文件，不能当工作簿打开", hint="写上工作簿的文件名")
        if found.st_size > MAX_FILE:
            raise WorkbookError(
                f"{path.name} 有 {found.st_size // 1024 // 1024} MB，"
                f"超过 {MAX_FILE // 1024 // 1024} MB 的上限",
                hint="删掉里面的图片和不用的工作表",
            )
        return WorkbookFile(path.name, path.read_bytes())
    except FileNotFoundError:
        raise WorkbookError(f"找不到工作簿 {path}", hint=_nearby(path)) from None
    except PermissionError as error:
        raise WorkbookError(
            f"没有权限打开 {path.name}",
            hint="如果它正在 Excel 或 WPS 里打开，先关闭；再检查文件的权限",
        ) from error
    except OSError as error:
        raise WorkbookError(
            f"打不开 {path}（{reason(error)}）", hint="检查文件名和所在的文件夹"
        ) from error


def _nearby(path: Path) -> str:
    folder = path.parent
    found = sorted(folder.glob("*.xlsx"))[:5] if folder.is_dir() else []
    names = [file.name for file in found if file.is_file() and not file.name.startswith("~$")]
    return f"这个文件夹里有：{'、'.join(names)}" if names else "检查文件名和所在的文件夹"


def _ole_error(name: str, content: bytes) -> WorkbookError:
    kinds = {"WordDocument": "Word 文档（.doc）", "PowerPoint Document": "演示文稿（.ppt）"}
    try:
        with olefile.OleFileIO(BytesIO(content)) as ole:
            if ole.exists("EncryptedPackage"):
                return WorkbookError(
                    f"{name} 设了打开密码，读不了",
                    hint="在 Excel 里“文件 → 信息 → 保护工作簿 → 用密码进行加密”清空密码后保存",
                )
            kind = next((kind for stream, kind in kinds.items() if ole.exists(stream)), None)
    except Exception as error:  # olefile raises whatever the broken part made it raise
        raise _incomplete(name) from error
    kind = kind or "旧格式（.xls 或 .et）"
    return WorkbookError(f"{name} 是{kind}，不是 .xlsx", hint=_SAVE_AS)


def _text_error(name: str, head: bytes) -> WorkbookError:
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"mime-version")):
        kind = "网页表格（HTML）"
    elif start.startswith(b"<?xml"):
        kind = "XML 表格"
    elif start.startswith(b"%pdf"):
        kind = "PDF 文件"
    elif b"\x00" not in head or head.startswith((b"\xff\xfe", b"\xfe\xff")):
        kind = "文本文件（如 CSV）"
    else:
        kind = "其他格式的文件"
    return WorkbookError(f"{name} 其实是{kind}，不是 .xlsx 工作簿", hint=_SAVE_AS)


def _incomplete(name: str) -> WorkbookError:
    return WorkbookError(f"{name} 不完整或已损坏（可能没有传完）", hint="重新拷贝，或从备份恢复")


def _look_into_zip(name: str, content: bytes) -> None:
    if content.count(b"PK\x01\x02") > MAX_PARTS:  # before Python makes an object for each
        raise WorkbookError(
            f"{name} 里有几万个文件，不像是工作簿，为安全起见不打开",
            hint="把内容复制到新填报工作簿里；来历不明的文件不要使用",
        )
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _check_size(name, archive, len(content))
            if any(entry.flag_bits & _LOCKED for entry in archive.infolist()):
                raise WorkbookError(f"{name} 是设了密码的压缩包，读不了", hint=_UNZIP)
            broken = archive.testzip()
            kind = None if broken else _kind_of(archive)
    except (WorkbookError, BadPart):
        raise
    except Exception as error:  # zipfile raises a dozen kinds of errors over broken archives
        raise _incomplete(name) from error
    if broken:
        part = "".join(char if char.isprintable() else "?" for char in broken)
        raise WorkbookError(f"{name} 已损坏（{part} 校验不符）", hint="重新拷贝，或从备份恢复")
    if kind:
        hint = _UNZIP if kind == _ARCHIVE else _SAVE_AS
        raise WorkbookError(f"{name} 是{kind}，不是 .xlsx 工作簿", hint=hint)


def _check_size(name: str, archive: zipfile.ZipFile, size: int) -> None:
    unzipped = sum(entry.file_size for entry in archive.infolist())
    ratio = unzipped / size
    if unzipped > MAX_UNZIPPED or (unzipped > SMALL * 20 and ratio > MAX_RATIO):
        raise WorkbookError(
            f"{name} 解压后过大（{unzipped // 1024 // 1024} MB），为安全起见不打开",
            hint="把内容复制到新填报工作簿里；来历不明的文件不要使用",
        )


def _kind_of(archive: zipfile.ZipFile) -> str | None:
    """What an archive is; None for a workbook that can be read."""
    parts = Parts(archive)
    kinds = {"word/document.xml": "Word 文档", "ppt/presentation.xml": "演示文稿",
             "xl/workbook.bin": ".xlsb 工作簿", "content.xml": "ODF 文档"}  # fmt: skip
    kind = next((kind for name, kind in kinds.items() if name in parts), None)
    part = None if kind else parts.workbook()
    if part is None:
        return kind or _ARCHIVE
    tag = parts.root(part).tag
    if tag == f"{STRICT}workbook":
        return "“Strict Open XML 电子表格”（严格格式）"
    return None if tag == f"{MAIN}workbook" else "其他格式的文件"
