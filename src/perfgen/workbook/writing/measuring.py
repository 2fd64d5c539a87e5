"""How high rows must be for their texts, and how to say so without fixing it.

Excel and WPS fit a row to its wrapped text as soon as a cell of it is edited, and Excel also on
opening, but LibreOffice does not, and none does for merged cells. So rows carry an estimated
height, and not as a height set by hand, which would stop them from growing with their texts.
"""

from __future__ import annotations

import math
import re
import unicodedata
import zipfile
from io import BytesIO
from typing import BinaryIO

LINE_HEIGHT = 16.0
"""Points of one line of text of 11 points."""

_HIGHEST_ROW = 409.0
"""The most points that Excel gives a row."""

_FIXED_ROW = re.compile(rb'(<row [^>]*) customHeight="1"')


def text_width(text: str) -> int:
    """Return the width of one line in half-width characters: a Chinese character counts two."""
    return sum(2 if unicodedata.east_asian_width(char) in "FWA" else 1 for char in text)


def lines_needed(text: str, width: float) -> int:
    """Return the number of lines of `text` in a column `width` characters wide."""
    room = max(width - 1, 1)
    if 2 * len(text) <= room and "\n" not in text:
        return 1
    return sum(max(1, math.ceil(text_width(line) / room)) for line in text.split("\n"))


def height_of(lines: int, *, padding: float = 0) -> float:
    """Return the points of a row of so many lines."""
    return min(lines * LINE_HEIGHT + padding, _HIGHEST_ROW)


def let_rows_grow(workbook: bytes) -> bytes:
    """Return a workbook's file with its row heights as estimates, not as heights set by hand."""
    stream = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(workbook)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.infolist():
            content = source.read(part)
            if part.filename.startswith("xl/worksheets/"):
                content = _FIXED_ROW.sub(rb"\1", content)
            target.writestr(part, content)
    return stream.getvalue()


_CHUNK = 1024 * 1024


def copy_with_growing_rows(source: BinaryIO, target: BinaryIO) -> None:
    """Copy a workbook of any size with its row heights as estimates, a piece at a time."""
    with (
        zipfile.ZipFile(source) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            is_sheet = part.filename.startswith("xl/worksheets/")
            with old.open(part) as stream, new.open(_like(part), "w", force_zip64=True) as copy:
                rest = b""
                while piece := stream.read(_CHUNK):
                    rest += piece
                    whole = rest.rfind(b">") + 1 or len(rest)  # no tag is cut in two
                    ready, rest = rest[:whole], rest[whole:]
                    copy.write(_FIXED_ROW.sub(rb"\1", ready) if is_sheet else ready)
                copy.write(rest)


def _like(part: zipfile.ZipInfo) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(part.filename, part.date_time)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = part.external_attr
    return entry
