"""The guide sheet (填报说明): what to do, what the colours mean, and every column explained."""

from __future__ import annotations

from typing import Any

from perfgen.model.layout import Column, Layout, Sheet
from perfgen.workbook.writing.hints import how_needed, how_to_fill, sentences
from perfgen.workbook.writing.measuring import height_of, lines_needed
from perfgen.workbook.writing.paper import set_paper
from perfgen.workbook.writing.plan import SheetPlan
from perfgen.workbook.writing.styles import (
    COMPUTED_COLOUR,
    EXPECTED_COLOUR,
    MISSING_COLOUR,
    OPTIONAL_COLOUR,
    REQUIRED_COLOUR,
    Styles,
)

_WIDTHS = (16, 34, 10, 78)
_HEADERS = ("工作表", "列", "必填", "怎样填")
_HOW_TO_RUN = (
    "怎样运行：保存并关上这个工作簿，打开它所在的文件夹。"
    "Windows：点一下窗口上方的地址栏，输入 cmd 后按回车；"
    "Mac 和 Linux：在文件夹里右击，选“打开终端”。在出来的窗口里输入 perfgen build 加空格，"
    "把工作簿拖进窗口，按回车。先检查的，把 build 换成 check。"
)
_LEGEND = (
    (MISSING_COLOUR, "黄色单元格：必填或应填，还没有填"),
    (COMPUTED_COLOUR, "灰色单元格：自动计算，不用填"),
    (REQUIRED_COLOUR, "深蓝表头：必填，不填就不能生成报告"),
    (EXPECTED_COLOUR, "蓝色表头：应填，不填会在报告里留空"),
    (OPTIONAL_COLOUR, "浅蓝表头：选填"),
)


def write_guide(
    worksheet: Any, sheet: Sheet, layout: Layout, plans: tuple[SheetPlan, ...], styles: Styles
) -> None:
    """Write the guide and protect it."""
    for place, width in enumerate(_WIDTHS):
        worksheet.set_column(place, place, width)
    worksheet.hide_gridlines(2)
    row = _write_opening(worksheet, sheet, layout, styles)
    row = _write_legend(worksheet, row, styles)
    _write_columns(worksheet, row, plans, styles)
    set_paper(worksheet, landscape=sheet.landscape, repeat_header=False)
    worksheet.set_selection(0, 0, 0, 0)
    if sheet.protected:
        worksheet.protect("", {"format_columns": True, "format_rows": True})


def _write_opening(worksheet: Any, sheet: Sheet, layout: Layout, styles: Styles) -> int:
    worksheet.set_row(0, 34)
    worksheet.merge_range(0, 0, 0, len(_WIDTHS) - 1, layout.title, styles.title())
    row = 1
    for text in (*(sheet.help or layout.description).splitlines(), _HOW_TO_RUN):
        _write_across(worksheet, row, 0, text, styles.paragraph())
        row += 1
    return row + 1


def _write_across(worksheet: Any, row: int, first: int, text: str, look: Any) -> None:
    """Write a text over merged cells, the row as high as it needs: Excel does not find out."""
    width = sum(_WIDTHS[first:])
    worksheet.set_row(row, height_of(lines_needed(text, width), padding=6))
    worksheet.merge_range(row, first, row, len(_WIDTHS) - 1, text, look)


def _write_legend(worksheet: Any, row: int, styles: Styles) -> int:
    for colour, meaning in _LEGEND:
        worksheet.write_blank(row, 0, None, styles.swatch(colour))
        _write_across(worksheet, row, 1, meaning, styles.paragraph())
        row += 1
    return row + 1


def _write_columns(worksheet: Any, row: int, plans: tuple[SheetPlan, ...], styles: Styles) -> None:
    for place, header in enumerate(_HEADERS):
        look = styles.header(Column(header=header, role="", expected=True))
        worksheet.write_string(row, place, header, look)
    worksheet.set_row(row, 24)
    row += 1
    for plan in plans:
        row = _write_sheet(worksheet, row, plan, styles)


def _write_sheet(worksheet: Any, row: int, plan: SheetPlan, styles: Styles) -> int:
    sheet = plan.sheet
    tip = f"打开“{sheet.name}”"
    worksheet.write_url(row, 0, f"internal:{plan.quoted}!A1", styles.link(), sheet.name, tip)
    optional = "" if sheet.required else "选填"
    _write_across(worksheet, row, 1, sentences(optional, sheet.help), styles.band())
    row += 1
    for column in sheet.columns:
        lines = max(
            lines_needed(text, width)
            for text, width in zip((column.header, how_to_fill(column)), _WIDTHS[1::2], strict=True)
        )
        worksheet.set_row(row, height_of(lines, padding=3))
        worksheet.write_blank(row, 0, None, styles.plain())
        worksheet.write_string(row, 1, column.header, styles.plain(bold=True))
        worksheet.write_string(row, 2, how_needed(column), styles.plain(centred=True))
        worksheet.write_string(row, 3, how_to_fill(column), styles.plain())
        row += 1
    return row
