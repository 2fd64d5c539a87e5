"""汇总.xlsx: the table of a batch as a workbook, with links to workbooks and documents."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from perfgen.batch.outcomes import Common, Outcome, Verdict, commonest
from perfgen.characters import xml_text
from perfgen.model.finding import Severity

RESULTS, COMMON, TROUBLES = "结果", "常见问题", "未完成"

MOST_LINKS = 60_000
"""Excel opens a sheet with 65,530 links; a few are left for the officer's own."""

_CREATED = datetime(2000, 1, 1)  # fixed: the same outcomes give the same bytes
_HEADER = 2
_LONGEST = 32_767
_LONGEST_LINK = 2_000

_COLUMNS = (
    ("工作簿", 40), ("单位", 26), ("年度", 8), ("结果", 11), ("错误", 8), ("提醒", 8), ("提示", 8),
    ("已说明", 8), ("调整预算数", 16), ("支出数", 16), ("执行率", 10), ("得分", 9), ("页数", 8),
    ("报告", 40), ("其他文件", 40), ("秒", 8), ("说明", 60),
)  # fmt: skip
_COMMON = (("规则", 10), ("级别", 8), ("内容", 44), ("发现", 9), ("工作簿", 9))
_TROUBLES = (("工作簿", 40), ("原因", 70), ("位置", 70), ("建议", 50))

Styles = Mapping[str, Any]


def results_bytes(outcomes: Sequence[Outcome], home: Path) -> bytes:
    """Return the workbook; links lead from the folder `home`, in which it will lie."""
    stream = BytesIO()
    with Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": "批量生成结果", "created": _CREATED})
        styles = _styles(book)
        _write_results(book, styles, outcomes, home)
        if found := commonest(outcomes, most=1000):
            _write_common(book, styles, found)
        if troubles := [one for one in outcomes if one.verdict is Verdict.FAILED]:
            _write_troubles(book, styles, troubles)
    return _with_slashes(stream.getvalue())


def _write_results(book: Any, styles: Styles, outcomes: Sequence[Outcome], home: Path) -> None:
    title = f"批量结果：{len(outcomes)} 个工作簿（金额单位：万元）"
    sheet = _sheet(book, styles, RESULTS, title, _COLUMNS)
    links = 0
    for number, outcome in enumerate(outcomes, _HEADER + 1):
        links += _write_link(sheet, number, 0, outcome.workbook, home, styles, links)
        for place, (value, style) in enumerate(_values(outcome), 1):
            _write(sheet, number, place, value, styles[style])
        place = len(_values(outcome)) + 1
        first, others = outcome.files[:1], outcome.files[1:]
        if first:
            links += _write_link(sheet, number, place, first[0], home, styles, links)
        said = "、".join(_below(file, home) for file in others)
        _write(sheet, number, place + 1, said, styles["text"])
        _write(sheet, number, place + 2, Decimal(f"{outcome.seconds:.1f}"), styles["marks"])
        _write(sheet, number, place + 3, _remark(outcome), styles["text"])
    _close(sheet, len(outcomes), len(_COLUMNS))


def _values(outcome: Outcome) -> Sequence[tuple[str | int | Decimal | None, str]]:
    row = outcome.row
    verdict = "bad" if outcome.verdict in (Verdict.FAILED, Verdict.REFUSED) else "centre"
    return (
        (row.unit if row else "", "text"),
        (row.year if row else None, "count"),
        (outcome.verdict.value, verdict),
        *((outcome.found(severity), "count") for severity in Severity),
        (row.waived if row else None, "count"),
        (_number(row.budget) if row else None, "amount"),
        (_number(row.actual) if row else None, "amount"),
        (_number(row.rate) if row else None, "rate"),
        (_number(row.score) if row else None, "marks"),
        (outcome.pages, "count"),
    )


def _remark(outcome: Outcome) -> str:
    told = [outcome.trouble.message] if outcome.trouble else []
    told += [f"改过的文件保留在 {file.name}" for file in outcome.aside]
    return "；".join(told)


def _number(text: str) -> Decimal | str | None:
    return Decimal(text) if text not in ("", "—") else text or None


def _write_common(book: Any, styles: Styles, found: Sequence[Common]) -> None:
    sheet = _sheet(book, styles, COMMON, "最常见的问题", _COMMON)
    for number, one in enumerate(found, _HEADER + 1):
        values = (one.code, one.severity.label, one.title, one.findings, one.workbooks)
        for place, value in enumerate(values):
            style = "count" if isinstance(value, int) else "text"
            _write(sheet, number, place, value, styles[style])
    _close(sheet, len(found), len(_COMMON))


def _write_troubles(book: Any, styles: Styles, troubles: Sequence[Outcome]) -> None:
    sheet = _sheet(book, styles, TROUBLES, f"没有完成的 {len(troubles)} 个", _TROUBLES)
    sheet.set_tab_color("#C00000")
    for number, outcome in enumerate(troubles, _HEADER + 1):
        trouble = outcome.trouble
        where = "\n".join(trouble.places) if trouble else ""
        values = (str(outcome.workbook), trouble.message if trouble else "", where,
                  trouble.hint if trouble else "")  # fmt: skip
        for place, value in enumerate(values):
            _write(sheet, number, place, value, styles["text"])
    _close(sheet, len(troubles), len(_TROUBLES))


# --- cells ---------------------------------------------------------------------------------------


def _sheet(
    book: Any, styles: Styles, name: str, title: str, columns: Sequence[tuple[str, int]]
) -> Any:
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, title, styles["title"])
    for place, (header, width) in enumerate(columns):
        sheet.set_column(place, place, width)
        sheet.write_string(_HEADER, place, header, styles["header"])
    return sheet


def _close(sheet: Any, rows: int, columns: int) -> None:
    sheet.autofilter(_HEADER, 0, _HEADER + max(rows, 1), columns - 1)
    sheet.freeze_panes(_HEADER + 1, 1)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER)


def _write(sheet: Any, row: int, column: int, value: Any, style: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, str):
        sheet.write_string(row, column, xml_text(value)[:_LONGEST], style)
    else:
        sheet.write_number(row, column, float(value), style)


def _write_link(
    sheet: Any, row: int, column: int, file: Path, home: Path, styles: Styles, links: int
) -> int:
    """Write a file's name, as a link where there is room for one; return how many were written."""
    said = xml_text(_below(file, home))
    address = "external:" + said.replace("%", "%25").replace("#", "%23")
    if links >= MOST_LINKS or len(address) > _LONGEST_LINK:
        _write(sheet, row, column, said, styles["text"])
        return 0
    sheet.write_url(row, column, address, styles["link"], said[:_LONGEST])
    return 1


def _with_slashes(content: bytes) -> bytes:
    """The workbook, its links with slashes, which every system understands, for backslashes."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for entry in old.infolist():
            part = old.read(entry)
            if entry.filename.endswith("sheet1.xml.rels"):
                part = part.replace(b"\\", b"/")
            new.writestr(entry, part)
    return stream.getvalue()


def _below(file: Path, home: Path) -> str:
    """A file as it is found from a folder; on another drive by its whole path."""
    try:
        return Path(os.path.relpath(file, home)).as_posix()
    except ValueError:
        return str(file.absolute())


def _styles(book: Any) -> Styles:
    face: dict[str, Any] = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
    cell = {**face, "border": 1, "border_color": "#BFBFBF"}
    centred = {**cell, "align": "center"}
    looks = {
        "title": {**face, "bold": True, "font_size": 14},
        "header": {**centred, "bold": True, "text_wrap": True, "bg_color": "#1F4E79",
                   "font_color": "#FFFFFF"},
        "text": {**cell, "text_wrap": True},
        "link": {**cell, "font_color": "#0563C1", "underline": 1},
        "centre": centred,
        "bad": {**centred, "font_color": "#C00000", "bold": True},
        "count": {**centred, "num_format": "0"},
        "amount": {**cell, "num_format": "#,##0.00####"},
        "rate": {**cell, "num_format": "0.00%"},
        "marks": {**cell, "num_format": "0.##"},
    }  # fmt: skip
    return {name: book.add_format(look) for name, look in looks.items()}
