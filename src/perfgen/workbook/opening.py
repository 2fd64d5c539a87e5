"""Opening a workbook that may come from anywhere: look before unzipping, and name what it is.

The limits and signatures follow measurements of real and hostile files: a normal large workbook
unzips to 8 times its size, a bomb to 122 times.
"""

from __future__ import annotations

import warnings
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

import olefile
import openpyxl
from openpyxl.workbook.workbook import Workbook
from openpyxl.xml import DEFUSEDXML

from perfgen.errors import WorkbookError

MAX_FILE = 50 * 1024 * 1024
MAX_UNZIPPED = 100 * 1024 * 1024
MAX_RATIO = 60
SMALL = 1024 * 1024

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS = "用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”再用"


@dataclass(frozen=True, slots=True)
class OpenedWorkbook:
    """A workbook seen twice: what its cells show, and the formulas behind them."""

    path: Path
    values: Workbook
    formulas: Workbook


def open_workbook(path: Path) -> OpenedWorkbook:
    """Return the opened workbook.

    Raises WorkbookError, saying what the file is and what to do, where it is no sound .xlsx.
    """
    _look_at(path)
    if not DEFUSEDXML:
        raise WorkbookError("缺少 defusedxml，不能安全地读取工作簿", hint="重新安装 perfgen")
    try:
        with warnings.catch_warnings():
            # openpyxl warns of what it drops (extended validations and the like); reading
            # needs none of it.
            warnings.simplefilter("ignore")
            return OpenedWorkbook(
                path=path,
                values=openpyxl.load_workbook(path, data_only=True),
                formulas=openpyxl.load_workbook(path),
            )
    except PermissionError as error:
        raise _locked(path) from error
    except Exception as error:  # openpyxl raises whatever the broken part made it raise
        raise WorkbookError(
            f"{path.name} 已损坏，读不出来（{type(error).__name__}）",
            hint="用 Excel 或 WPS 打开修复并另存一份；打不开就用备份",
        ) from error


def _look_at(path: Path) -> None:
    if path.name.startswith("~$"):
        raise WorkbookError(
            f"{path.name} 是 Excel 打开文件时的临时锁文件，不是工作簿",
            hint=f"改用 {path.name.removeprefix('~$')}",
        )
    if path.is_dir():
        raise WorkbookError(f"{path} 是文件夹，不是工作簿", hint="写上工作簿的文件名")
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(512)
    except FileNotFoundError:
        raise WorkbookError(f"找不到工作簿 {path}", hint=_nearby(path)) from None
    except PermissionError as error:
        raise _locked(path) from error
    if size == 0:
        raise WorkbookError(f"{path.name} 是空文件", hint="重新保存或重新拷贝这个工作簿")
    if size > MAX_FILE:
        raise WorkbookError(
            f"{path.name} 有 {size // 1024 // 1024} MB，超过 {MAX_FILE // 1024 // 1024} MB 的上限",
            hint="删掉里面的图片和不用的工作表",
        )
    if head.startswith(_OLE):
        raise _ole_error(path)
    if not head.startswith(b"PK"):
        raise _text_error(path, head)
    _look_into_zip(path)


def _nearby(path: Path) -> str:
    folder = path.parent
    found = sorted(folder.glob("*.xlsx"))[:5] if folder.is_dir() else []
    names = [file.name for file in found if not file.name.startswith("~$")]
    return f"这个文件夹里有：{'、'.join(names)}" if names else "检查文件名和所在的文件夹"


def _locked(path: Path) -> WorkbookError:
    return WorkbookError(
        f"没有权限打开 {path.name}", hint="如果它正在 Excel 或 WPS 里打开，先关闭；再检查文件的权限"
    )


def _ole_error(path: Path) -> WorkbookError:
    with olefile.OleFileIO(str(path)) as ole:
        encrypted = ole.exists("EncryptedPackage")
    if encrypted:
        return WorkbookError(
            f"{path.name} 设了打开密码，读不了",
            hint="在 Excel 里“文件 → 信息 → 保护工作簿 → 用密码进行加密”清空密码后保存",
        )
    return WorkbookError(f"{path.name} 是旧格式（.xls 或 .et），不是 .xlsx", hint=_SAVE_AS)


def _text_error(path: Path, head: bytes) -> WorkbookError:
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table")):
        kind = "网页表格（HTML）"
    elif start.startswith(b"<?xml"):
        kind = "XML 表格"
    elif start.startswith(b"%pdf"):
        kind = "PDF 文件"
    elif b"\x00" not in head:
        kind = "文本文件（如 CSV）"
    else:
        kind = "其他格式的文件"
    return WorkbookError(f"{path.name} 其实是{kind}，不是 .xlsx 工作簿", hint=_SAVE_AS)


def _look_into_zip(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            unzipped = sum(entry.file_size for entry in archive.infolist())
            broken = archive.testzip() if unzipped <= MAX_UNZIPPED else None
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise WorkbookError(
            f"{path.name} 不完整或已损坏（可能没有传完）", hint="重新拷贝，或从备份恢复"
        ) from error
    ratio = unzipped / max(path.stat().st_size, 1)
    if unzipped > MAX_UNZIPPED or (unzipped > SMALL * 20 and ratio > MAX_RATIO):
        raise WorkbookError(
            f"{path.name} 解压后过大（{unzipped // 1024 // 1024} MB），为安全起见不打开",
            hint="把内容复制到新填报工作簿里；来历不明的文件不要使用",
        )
    if broken:
        raise WorkbookError(
            f"{path.name} 已损坏（{broken} 校验不符）", hint="重新拷贝，或从备份恢复"
        )
    if "xl/workbook.xml" not in names:
        kinds = {"word/document.xml": "Word 文档", "ppt/presentation.xml": "演示文稿",
                 "xl/workbook.bin": ".xlsb 工作簿", "content.xml": "ODF 文档"}  # fmt: skip
        kind = next((kind for name, kind in kinds.items() if name in names), "压缩包")
        raise WorkbookError(f"{path.name} 是{kind}，不是 .xlsx 工作簿", hint=_SAVE_AS)
