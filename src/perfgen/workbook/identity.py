"""Which layout a workbook was made for (版式标识).

perfgen writes the layout's id and schema version as defined names and on a small `_meta` sheet;
either survives what Excel, WPS and LibreOffice do on saving.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from perfgen.errors import WorkbookError
from perfgen.model.layout import Layout
from perfgen.workbook.opening import OpenedWorkbook
from perfgen.workbook.tables import find_sheet

LAYOUT_NAME = "_perfgen_layout"
SCHEMA_NAME = "_perfgen_schema"
META_SHEET = "_meta"


def stated_layout(book: OpenedWorkbook) -> str | None:
    """Return the layout id that the workbook carries, or None."""
    return _stated(book, LAYOUT_NAME)


def stated_schema(book: OpenedWorkbook) -> int | None:
    """Return the schema version that the workbook carries, or None."""
    text = _stated(book, SCHEMA_NAME)
    return int(text) if text and re.fullmatch(r"[0-9]{1,6}", text) else None


def _stated(book: OpenedWorkbook, name: str) -> str | None:
    text = book.names.get(name, "").lstrip("=").strip().strip('"')
    if text and "!" not in text:
        return text
    sheet = book.sheets.get(META_SHEET)
    if sheet is None:
        return None
    return next((sheet.value(row, 2) for row in range(1, 21) if sheet.value(row, 1) == name), None)


def guess_layout(book: OpenedWorkbook, layouts: Sequence[Layout]) -> Layout:
    """Return the layout whose required sheets the workbook has, most of all.

    Raises WorkbookError where no layout fits, or several fit alike.
    """
    names = list(book.sheets)
    scores: dict[str, int] = {}
    for layout in layouts:
        wanted = [sheet for sheet in layout.sheets if sheet.required and sheet.kind != "guide"]
        hits = [sheet for sheet in wanted if find_sheet(names, sheet.name)]
        if wanted and len(hits) * 2 >= len(wanted):
            scores[layout.id] = len(hits)
    best = [
        layout for layout in layouts if scores.get(layout.id) == max(scores.values(), default=0)
    ]
    if len(best) == 1:
        return best[0]
    raise WorkbookError(
        f"{book.name} 不是 perfgen 的填报工作簿（认不出版式）",
        hint="用 perfgen init 生成填报工作簿；若是自己另建的，用 --layout 写明版式",
    )
