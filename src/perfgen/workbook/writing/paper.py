"""How a sheet prints: A4, as wide as one can read, the header on every page, number below."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from perfgen.workbook.writing.styles import FONT

_A4 = 9

_UPRIGHT, _ACROSS = 93, 137
"""Half-width characters of 11 points that an A4 page holds side by side, upright and turned."""

_SMALLEST = 0.6
"""The scale below which print is too small to read: 11 points become 6.6."""

_WIDEST_REPEATED = 50
"""Columns up to the name stand on every page of a table that is cut, unless they are this wide."""


def set_paper(worksheet: Any, *, landscape: bool, repeat_header: bool, width: float = 0) -> None:
    """Set the page of a worksheet whose columns are `width` characters wide in all.

    A sheet too wide for an upright page is turned, one too wide for a turned page is cut into
    several: print stays large enough to read.
    """
    worksheet.set_paper(_A4)
    landscape = landscape or width * _SMALLEST > _UPRIGHT
    if landscape:
        worksheet.set_landscape()
    worksheet.fit_to_pages(pages_across(width) if landscape else 1, 0)
    worksheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
    worksheet.center_horizontally()
    worksheet.set_header(f'&C&"{FONT},Regular"&12&A')
    worksheet.set_footer(f'&C&"{FONT},Regular"&10第 &P 页，共 &N 页')
    if repeat_header:
        worksheet.repeat_rows(0)


def pages_across(width: float) -> int:
    """Return how many turned pages side by side a table needs to be readable."""
    return max(1, math.ceil(width * _SMALLEST / _ACROSS))


def repeat_names(worksheet: Any, widths: Sequence[float], name: int) -> None:
    """Let the columns up to the name (counted from 0) stand on every page of a cut table."""
    if pages_across(sum(widths)) > 1 and sum(widths[: name + 1]) <= _WIDEST_REPEATED:
        worksheet.repeat_columns(0, name)
