"""What a fill-in workbook is called, and which year's fixed rows stand in it."""

from __future__ import annotations

import re

from perfgen.model.layout import Layout


def file_name(layout: Layout, unit: str | None, year: int | None) -> str:
    """Such as `苏州市商务局2023年度部门整体支出预算绩效自评报告.xlsx`; documents take its name."""
    period = f"{year}年度" if year else ""
    name = f"{unit or ''}{period}{layout.document}"
    return re.sub(r'[\\/:*?"<>|\s]+', "_", name) + ".xlsx"


def ready_year(layout: Layout, year: int | None) -> int | None:
    """Return the year whose fixed rows stand in the workbook; None where the layout has none."""
    rows = layout.ready_rows(year)
    return next((known for known, ready in layout.ready.items() if ready is rows), None)


def about_ready(year: int | None, ready: int) -> str:
    """Return what the officer should know where the fixed rows are not those of `year`."""
    if year is None:
        return f"没有写年度，统一的内容按 {ready} 年度列出；其他年度请用 --year"
    return f"没有 {year} 年度统一的内容，列出的是 {ready} 年度的，请对照当年通知核对"
