"""What small hostile workbooks do: make openpyxl build millions of cells, or match for minutes.

Found in the bytes of the parts, before openpyxl sees them.
"""

from __future__ import annotations

import re
import zipfile

from openpyxl.utils.cell import range_boundaries

MAX_COVERED = 200_000
"""Cells under merged cells, links and comments: openpyxl makes an object for each of them."""

_COVERING = re.compile(rb"(?:mergeCell|hyperlink|comment)\s[^<>]*?ref\s*=\s*[\"']([A-Za-z0-9:$]+)")
_ENDLESS_FORMAT = re.compile(rb"formatCode\s*=\s*[\"'][^\"'<>]{2000}")
"""Excel allows 255 characters; openpyxl's time grows with the square of the length."""

_UTF_16 = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


def find_hazard(archive: zipfile.ZipFile) -> str | None:
    """Return what is dangerous in a workbook, as words for the officer; None for a usual one."""
    covered = 0
    for name in archive.namelist():
        if name.endswith("sharedStrings.xml"):
            continue
        part = archive.read(name)
        if part.startswith(_UTF_16):  # nothing writes it, and the patterns could not read it
            return "有异常的编码"
        if _ENDLESS_FORMAT.search(part):
            return "有长得异常的数字格式"
        covered += sum(_area(found.group(1).decode("ascii")) for found in _COVERING.finditer(part))
        if covered > MAX_COVERED:
            return f"合并的单元格、链接或批注盖住了 {covered} 个格子"
    return None


def _area(ref: str) -> int:
    left, top, right, bottom = range_boundaries(ref)
    columns = abs((right or _LAST_COLUMN) - (left or 1)) + 1
    rows = abs((bottom or _LAST_ROW) - (top or 1)) + 1
    return int(columns * rows)
