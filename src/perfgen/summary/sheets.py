"""The entries → a workbook (汇总表): one row for each report, and all lines, indicators, projects.

Totals stand above the headers, so that sorting and filtering leave them alone; they are live
formulas over what the filter shows, and count each report once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from perfgen.model.cells import column_letters
from perfgen.model.finding import Severity
from perfgen.summary.entries import UNIT, Entry, Money, counted, shared_projects
from perfgen.summary.gathering import Gathered, Unread
from perfgen.workbook.writing.measuring import height_of, let_rows_grow, lines_needed

SUMMARY, LINES, INDICATORS, PROJECTS, UNREAD = "汇总", "预算项目", "绩效指标", "项目", "未读取"
YES, NO = "是", "否"

_CREATED = datetime(2000, 1, 1)  # fixed: the same reports give the same bytes
_HEADER = 2
_FIRST = _HEADER + 1
_LONGEST = 32767

Cell = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: its header, its width, how its numbers show, and whether it is totalled.

    `rate` names the columns whose quotient it is.
    """

    header: str
    width: float = 12
    style: str = "text"
    totalled: bool = False
    rate: tuple[str, str] | None = None


def _amount(header: str, *, totalled: bool = True) -> _Column:
    return _Column(header, 16, "amount", totalled)


_WHOSE = (_Column("单位", 24), _Column("年度", 8, "year"), _Column("文件", 34))
_COUNTED = _Column("计入合计", 10, "centre")
_FILE = _Column("来源文件", 36)
_RATE = _Column("执行率", 10, "rate", rate=("支出数", "调整预算数"))

_SUMMARY = (
    *_WHOSE, _amount("年初预算数"), _amount("调整预算数"), _amount("支出数"), _RATE,
    _Column("得分", 9, "marks"), _Column("满分", 9, "marks"), _Column("等级", 8, "centre"),
    _Column("错误", 8, "count", totalled=True), _Column("提醒", 8, "count", totalled=True),
    _Column("提示", 8, "count", totalled=True), _COUNTED, _Column("口径", 14),
    _Column("来源", 8, "centre"), _FILE, _Column("备注", 60),
)  # fmt: skip
_LINES = (
    *_WHOSE, _Column("预算项目", 40), _Column("类别", 12), _Column("重点任务", 20),
    _Column("层级", 7, "count"), _Column("末级", 7, "centre"), _amount("年初预算数"),
    _amount("调整数"), _amount("调整预算数"), _amount("支出数"), _RATE, _COUNTED, _FILE,
)  # fmt: skip
_INDICATORS = (
    *_WHOSE, _Column("项目", 20), _Column("一级指标（类别）", 16), _Column("二级指标", 20),
    _Column("重点工作", 20), _Column("指标名称", 34), _Column("半年指标值", 14),
    _Column("指标值", 16), _Column("完成值", 16), _Column("偏差情况", 11),
    _Column("未达目标", 10, "centre"), _Column("分值", 8, "marks"), _Column("得分", 8, "marks"),
    _Column("原因分析", 40), _COUNTED, _FILE,
)  # fmt: skip
_PROJECTS = (
    *_WHOSE, _Column("项目", 36), _Column("主管部门", 20), _amount("年初预算数"),
    _amount("调整预算数"), _amount("支出数"), _RATE, _Column("得分", 9, "marks"),
    _Column("满分", 9, "marks"), _Column("等级", 8, "centre"), _COUNTED, _FILE,
)  # fmt: skip


def summary_bytes(gathered: Gathered) -> bytes:
    """Return the workbook; the same entries give the same bytes."""
    entries, copies = gathered.entries, counted(gathered.entries)
    stream = BytesIO()
    with Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": "预算绩效报告汇总", "created": _CREATED})
        styles = _styles(book)
        whole = [_whole(entry, place, entries, copies) for place, entry in enumerate(entries)]
        _write(book, styles, SUMMARY, f"预算绩效报告汇总（{UNIT}）", _SUMMARY, whole,
               set(copies))  # fmt: skip
        for name, columns, rows_of in (
            (LINES, _LINES, _line_rows), (INDICATORS, _INDICATORS, _indicator_rows),
            (PROJECTS, _PROJECTS, _project_rows),
        ):  # fmt: skip
            rows: list[Sequence[Cell]] = []
            second: set[int] = set()
            for place, entry in enumerate(entries):
                found = rows_of(entry, NO if place in copies else YES)
                if place in copies:
                    second |= set(range(len(rows), len(rows) + len(found)))
                rows += found
            if rows:
                unit = "" if name == INDICATORS else f"（{UNIT}）"
                _write(book, styles, name, f"全部{name}{unit}", columns, rows, second)
        if gathered.unread:
            _write_unread(book, styles, gathered.unread)
    return let_rows_grow(stream.getvalue())


# --- rows ----------------------------------------------------------------------------------------


def _whose(entry: Entry) -> tuple[Cell, ...]:
    return entry.unit, entry.year, entry.document


def _whole(
    entry: Entry, place: int, entries: Sequence[Entry], copies: Mapping[int, int]
) -> Sequence[Cell]:
    found = entry.findings
    counts: list[Cell] = [found[severity] if found else None for severity in Severity]
    return (
        *_whose(entry), entry.money.initial, entry.money.adjusted, entry.money.actual, None,
        entry.mark, entry.full, entry.grade, *counts, NO if place in copies else YES, entry.basis,
        entry.source, entry.file, note_of(place, entries, copies),
    )  # fmt: skip


def note_of(place: int, entries: Sequence[Entry], copies: Mapping[int, int]) -> str:
    """Return what is to be said of an entry: that it is a second copy, and whether it differs."""
    entry = entries[place]
    if place not in copies:
        shared = shared_projects(place, entries, copies)
        told = [
            f"项目“{name}”也在 {file} 里，合计里计了两次，请核对" for name, file in shared.items()
        ]
        return "；".join(filter(None, [*told, entry.note]))
    kept = entries[copies[place]]
    same = _amounts(entry.money) == _amounts(kept.money) and entry.mark == kept.mark
    differs = "" if same else "；两份的数字不一致，请核对"
    said = f"重复：与 {kept.file} 是同一份报告，不计入合计{differs}"
    return f"{said}。{entry.note}" if entry.note else said


def _amounts(money: Money) -> tuple[Decimal | None, ...]:
    return money.initial, money.adjusted, money.actual


def _line_rows(entry: Entry, counts: str) -> list[Sequence[Cell]]:
    return [
        (
            *_whose(entry), line.name, line.kind, line.group, line.level, _yes(line.leaf),
            line.money.initial, line.money.adjustment, line.money.adjusted, line.money.actual,
            line.money.rate, counts, entry.file,
        )
        for line in entry.lines
    ]  # fmt: skip


def _indicator_rows(entry: Entry, counts: str) -> list[Sequence[Cell]]:
    return [
        (
            *_whose(entry), row.project, row.category, row.subcategory, row.work, row.name,
            row.half, row.target, row.actual, row.deviation, _yes(row.missed), row.weight,
            row.mark, row.reason, counts, entry.file,
        )
        for row in entry.indicators
    ]  # fmt: skip


def _project_rows(entry: Entry, counts: str) -> list[Sequence[Cell]]:
    return [
        (
            *_whose(entry), row.name, row.department, row.money.initial, row.money.adjusted,
            row.money.actual, row.money.rate, row.mark, row.full, row.grade, counts, entry.file,
        )
        for row in entry.projects
    ]  # fmt: skip


def _yes(value: bool | None) -> str:
    return "" if value is None else YES if value else NO


# --- sheets --------------------------------------------------------------------------------------


def _write(
    book: Any,
    styles: Mapping[str, Any],
    name: str,
    title: str,
    columns: Sequence[_Column],
    rows: Sequence[Sequence[Cell]],
    second: set[int],
) -> None:
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, title, styles["title"])
    sheet.set_row(_HEADER, 30)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(_HEADER, place, column.header, styles["header"])
    for number, row in enumerate(rows, _FIRST):
        faint = "faint-" if number - _FIRST in second else ""
        sheet.set_row(number, _height(columns, row))
        for place, (column, value) in enumerate(zip(columns, row, strict=True)):
            style = styles[faint + column.style]
            if name == SUMMARY and column.rate:
                _write_rate(sheet, number, place, columns, row, style)
            else:
                _write_cell(sheet, number, place, value, style)
    _write_totals(sheet, columns, rows, styles)
    last = _HEADER + max(len(rows), 1)
    sheet.autofilter(_HEADER, 0, last, len(columns) - 1)
    sheet.freeze_panes(_FIRST, 1)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER)


def _height(columns: Sequence[_Column], row: Sequence[Cell]) -> float:
    texts = zip(columns, row, strict=True)
    return height_of(
        max(lines_needed(cell, column.width) if isinstance(cell, str) else 1
            for column, cell in texts)
    )  # fmt: skip


def _write_cell(sheet: Any, row: int, column: int, value: Cell, style: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, str):
        sheet.write_string(row, column, value[:_LONGEST], style)
    else:
        sheet.write_number(row, column, float(value), style)


def _write_rate(
    sheet: Any, number: int, place: int, columns: Sequence[_Column], row: Sequence[Cell], style: Any
) -> None:
    actual, adjusted = _of_rate(columns, place)
    cells = [f"{column_letters(one + 1)}{number + 1}" for one in (actual, adjusted)]
    formula = f'=IF(OR({cells[0]}="",N({cells[1]})=0),"",{cells[0]}/{cells[1]})'
    spent, planned = row[actual], row[adjusted]
    known = isinstance(spent, Decimal) and isinstance(planned, Decimal) and planned
    value = float(spent / planned) if known else ""  # type: ignore[operator]
    sheet.write_formula(number, place, formula, style, value)


def _of_rate(columns: Sequence[_Column], place: int) -> tuple[int, int]:
    headers = [column.header for column in columns]
    rate = columns[place].rate
    assert rate is not None, "only columns of rates come here"
    return headers.index(rate[0]), headers.index(rate[1])


def _write_totals(
    sheet: Any,
    columns: Sequence[_Column],
    rows: Sequence[Sequence[Cell]],
    styles: Mapping[str, Any],
) -> None:
    """The row above the headers: SUBTOTAL row by row leaves out what the filter hides."""
    if not rows or not any(column.totalled for column in columns):
        return
    headers = [column.header for column in columns]
    conditions = [headers.index(_COUNTED.header)]
    if "末级" in headers:
        conditions.append(headers.index("末级"))
    leaves = "末级、" if "末级" in headers else ""
    sheet.write_string(1, 0, f"合计（{leaves}不含重复、不含筛选掉的）", styles["total"])
    last = _FIRST + len(rows)
    counts = [all(row[one] == YES for one in conditions) for row in rows]
    sums: dict[int, Decimal] = {}
    for place, column in enumerate(columns):
        letters = column_letters(place + 1)
        style = styles[f"total-{column.style}"]
        if column.totalled:
            amounts = [row[place] for row, wanted in zip(rows, counts, strict=True) if wanted]
            sums[place] = sum(
                (Decimal(value) for value in amounts if isinstance(value, Decimal | int)),
                Decimal(0),
            )
            first = f"{letters}${_FIRST + 1}"
            shown = f"SUBTOTAL(109,OFFSET({first},ROW({first}:{letters}${last})-ROW({first}),0))"
            wanted = "".join(
                f",--(${column_letters(one + 1)}${_FIRST + 1}:"
                f'${column_letters(one + 1)}${last}="{YES}")'
                for one in conditions
            )
            sheet.write_formula(
                1, place, f"=SUMPRODUCT({shown}{wanted})", style, float(sums[place])
            )
        elif column.rate:
            actual, adjusted = _of_rate(columns, place)
            cells = [f"{column_letters(one + 1)}2" for one in (actual, adjusted)]
            value = float(sums[actual] / sums[adjusted]) if sums[adjusted] else ""
            sheet.write_formula(
                1, place, f'=IF({cells[1]}=0,"",{cells[0]}/{cells[1]})', style, value
            )


def _write_unread(book: Any, styles: Mapping[str, Any], unread: Sequence[Unread]) -> None:
    sheet = book.add_worksheet(UNREAD)
    sheet.set_tab_color("#C00000")
    sheet.write_string(0, 0, f"没有读取的文件（{len(unread)} 个），不在汇总之内", styles["title"])
    for place, (header, width) in enumerate((("文件", 40), ("原因", 80), ("建议", 50))):
        sheet.set_column(place, place, width)
        sheet.write_string(_HEADER, place, header, styles["header"])
    for number, one in enumerate(unread, _FIRST):
        for place, text in enumerate((one.file, one.message, one.hint)):
            _write_cell(sheet, number, place, text, styles["text"])
    sheet.autofilter(_HEADER, 0, _HEADER + len(unread), 2)
    sheet.freeze_panes(_FIRST, 0)


_NUMBERS = {
    "amount": "#,##0.00####", "rate": "0.00%", "marks": "0.##", "count": "0", "year": "0",
}  # fmt: skip


def _styles(book: Any) -> Mapping[str, Any]:
    face: dict[str, Any] = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
    cell = {**face, "border": 1, "border_color": "#BFBFBF"}
    looks: dict[str, dict[str, Any]] = {
        "text": {"text_wrap": True},
        "centre": {"align": "center"},
        **{name: {"num_format": number} for name, number in _NUMBERS.items()},
    }
    looks["year"]["align"] = looks["count"]["align"] = "center"
    styles = {
        "title": book.add_format({**face, "bold": True, "font_size": 14}),
        "header": book.add_format(
            {**cell, "bold": True, "text_wrap": True, "align": "center", "bg_color": "#1F4E79",
             "font_color": "#FFFFFF"}
        ),
        "total": book.add_format({**face, "bold": True}),
    }  # fmt: skip
    for name, look in looks.items():
        styles[name] = book.add_format({**cell, **look})
        styles[f"faint-{name}"] = book.add_format({**cell, **look, "font_color": "#808080"})
        styles[f"total-{name}"] = book.add_format(
            {**cell, **look, "bold": True, "bg_color": "#DDEBF7"}
        )
    return styles
