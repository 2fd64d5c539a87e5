"""How a sheet prints: A4, one page wide, the header on every page, name above, number below."""

from __future__ import annotations

from typing import Any

from perfgen.workbook.writing.styles import FONT

_A4 = 9


def set_paper(worksheet: Any, *, landscape: bool, repeat_header: bool) -> None:
    """Set the page of a worksheet."""
    worksheet.set_paper(_A4)
    if landscape:
        worksheet.set_landscape()
    worksheet.fit_to_pages(1, 0)
    worksheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
    worksheet.center_horizontally()
    worksheet.set_header(f'&C&"{FONT},Regular"&12&A')
    worksheet.set_footer(f'&C&"{FONT},Regular"&10第 &P 页，共 &N 页')
    if repeat_header:
        worksheet.repeat_rows(0)
