"""Which layout a workbook was made for (版式标识).

perfgen writes the layout's id and schema version as defined names and on a small `_meta` sheet;
either survives what Excel, WPS and LibreOffice do on saving.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from openpyxl.workbook.workbook import Workbook

from perfgen.errors import WorkbookError
from perfgen.model.layout import Layout
from perfgen.workbook.opening import OpenedWorkbook
from perfgen.workbook.tables import find_sheet

LAYOUT_NAME = "_perfgen_layout"
SCHEMA_NAME = "_perfgen_schema"
META_SHEET = "_meta"


def stated_layout(book: OpenedWorkbook) -> str | None:
    """Return the layout id that the workbook carries, or None."""
    return _from_names(book.formulas, LAYOUT_NAME) or _from_meta(book.values, LAYOUT_NAME)


def stated_schema(book: OpenedWorkbook) -> int | None:
    """Return the schema version that the workbook carries, or None."""
    text = _from_names(book.formulas, SCHEMA_NAME) or _from_meta(book.values, SCHEMA_NAME)
    return int(text) if text and re.fullmatch(r"[0-9]{1,6}", text) else None


def _from_names(book: Workbook, name: str) -> str | None:
    defined = book.defined_names.get(name)
    text = str(defined.attr_text or "").lstrip("=").strip().strip('"') if defined else ""
    return text if text and "!" not in text else None


def _from_meta(book: Workbook, name: str) -> str | None:
    sheet = next((sheet for sheet in book.worksheets if sheet.title == META_SHEET), None)
    if sheet is None:
        return None
    for key, value in sheet.iter_rows(
        min_row=1, max_row=20, min_col=1, max_col=2, values_only=True
    ):
        if key == name and value is not None:
            return str(value)
    return None


def guess_layout(book: OpenedWorkbook, layouts: Sequence[Layout]) -> Layout:
    """Return the layout whose required sheets the workbook has, most of all.

    Raises WorkbookError where no layout fits, or several fit alike.
    """
    names = [sheet.title for sheet in book.values.worksheets]
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
