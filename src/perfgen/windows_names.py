"""Names and paths that Windows refuses (文件名和路径): said before it does strange things.

Windows takes CON.docx for the console, drops dots and spaces at a name's end, and finds no file
whose whole path is longer than 259 characters.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

MOST = 259
"""Characters of a whole path, unless a setting of Windows allows more."""

_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f]')
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])[ ]*(\..*)?", re.I)


def fault_of_name(name: str) -> str:
    """Return, in Chinese, why Windows has no file or folder of this name; nothing where it may."""
    if _RESERVED.fullmatch(name):
        return f"“{name}”是 Windows 保留的设备名，不能作文件名"
    if found := _FORBIDDEN.search(name):
        sign = found.group() if found.group() > " " else "控制字符"
        return f"“{name}”里有 Windows 文件名不允许的 {sign}"
    if name not in (".", "..") and name.endswith((".", " ")):
        return f"“{name}”以点或空格结尾，Windows 会悄悄去掉"
    return ""


def fault_of_place(path: Path, *, system: str = sys.platform) -> str:
    """Return, in Chinese, why nothing can be written there on Windows; elsewhere nothing."""
    if system != "win32":
        return ""
    parts = path.parts[1:] if path.anchor else path.parts
    return next(filter(None, map(fault_of_name, parts)), "")


def is_too_long(path: Path, *, system: str = sys.platform) -> bool:
    """Return whether Windows may refuse a path, or one of a temporary file beside it, as too long.

    `path` is absolute. Whether it does depends on a setting, so this explains a refusal and is
    none itself.
    """
    temporary = len(str(path.parent)) + len("/.perfgen-12345678.tmp")
    return system == "win32" and max(len(str(path)), temporary) > MOST
