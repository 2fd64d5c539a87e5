"""The columns of a summary's sheets, and the rows that an entry has in each (汇总表的行)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfgen.model.finding import Severity
from perfgen.summary.copies import Copies
from perfgen.summary.entries import Entry

YES, NO = "是", "否"

Cell = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header, its width, how its numbers show, and whether it is totalled.

    `rate` names the columns whose quotient it is.
    """

    header: str
    width: float = 12
    style: str = "text"
    totalled: bool = False
    rate: tuple[str, str] | None = None


def _amount(header: str, *, totalled: bool = True) -> Column:
    return Column(header, 16, "amount", totalled)


_WHOSE = (Column("单位", 24), Column("年度", 8, "year"), Column("文件", 34))
COUNTED = Column("计入合计", 10, "centre")
_FILE = Column("来源文件", 36)
_RATE = Column("执行率", 10, "rate", rate=("支出数", "调整预算数"))

SUMMARY_COLUMNS = (
    *_WHOSE, _amount("年初预算数"), _amount("调整预算数"), _amount("支出数"), _RATE,
    Column("得分", 9, "marks"), Column("满分", 9, "marks"), Column("等级", 8, "centre"),
    Column("错误", 8, "count", totalled=True), Column("提醒", 8, "count", totalled=True),
    Column("提示", 8, "count", totalled=True), COUNTED, Column("口径", 14),
    Column("来源", 8, "centre"), _FILE, Column("备注", 60),
)  # fmt: skip
LINE_COLUMNS = (
    *_WHOSE, Column("预算项目", 40), Column("类别", 12), Column("重点任务", 20),
    Column("层级", 7, "count"), Column("末级", 7, "centre"), _amount("年初预算数"),
    _amount("调整数"), _amount("调整预算数"), _amount("支出数"), _RATE, COUNTED, _FILE,
)  # fmt: skip
INDICATOR_COLUMNS = (
    *_WHOSE, Column("项目", 20), Column("一级指标（类别）", 16), Column("二级指标", 20),
    Column("重点工作", 20), Column("指标名称", 34), Column("半年指标值", 14),
    Column("指标值", 16), Column("完成值", 16), Column("偏差情况", 11),
    Column("未达目标", 10, "centre"), Column("分值", 8, "marks"), Column("得分", 8, "marks"),
    Column("原因分析", 40), COUNTED, _FILE,
)  # fmt: skip
PROJECT_COLUMNS = (
    *_WHOSE, Column("项目", 36), Column("主管部门", 20), _amount("年初预算数"),
    _amount("调整预算数"), _amount("支出数"), _RATE, Column("得分", 9, "marks"),
    Column("满分", 9, "marks"), Column("等级", 8, "centre"), COUNTED, _FILE,
)  # fmt: skip

OWN_COLUMNS = (
    *_WHOSE, Column("表", 16), Column("行", 34), Column("列", 24), Column("数值", 16, "number"),
    Column("文字", 30), COUNTED, _FILE,
)  # fmt: skip


def _whose(entry: Entry) -> tuple[Cell, ...]:
    return entry.unit, entry.year, entry.document


def whole_row(place: int, copies: Copies) -> Sequence[Cell]:
    """Return an entry's row of the first sheet."""
    entry = copies.entries[place]
    found = entry.findings
    counts: list[Cell] = [found[severity] if found else None for severity in Severity]
    return (
        *_whose(entry), entry.money.initial, entry.money.adjusted, entry.money.actual, None,
        entry.mark, entry.full, entry.grade, *counts, NO if place in copies.counted else YES,
        entry.basis, entry.source, entry.file, copies.note_of(place),
    )  # fmt: skip


def line_rows(entry: Entry, counts: str) -> list[Sequence[Cell]]:
    """Return an entry's rows for its budget lines; `counts` says whether they count in totals."""
    return [
        (
            *_whose(entry), line.name, line.kind, line.group, line.level, _yes(line.leaf),
            line.money.initial, line.money.adjustment, line.money.adjusted, line.money.actual,
            line.money.rate, counts, entry.file,
        )
        for line in entry.lines
    ]  # fmt: skip


def indicator_rows(entry: Entry, counts: str) -> list[Sequence[Cell]]:
    """Return an entry's rows for its indicators; `counts` says whether they count in totals."""
    return [
        (
            *_whose(entry), row.project, row.category, row.subcategory, row.work, row.name,
            row.half, row.target, row.actual, row.deviation, _yes(row.missed), row.weight,
            row.mark, row.reason, counts, entry.file,
        )
        for row in entry.indicators
    ]  # fmt: skip


def project_rows(entry: Entry, counts: str) -> list[Sequence[Cell]]:
    """Return an entry's rows for its projects; `counts` says whether they count in totals."""
    return [
        (
            *_whose(entry), row.name, row.department, row.money.initial, row.money.adjusted,
            row.money.actual, row.money.rate, row.mark, row.full, row.grade, counts, entry.file,
        )
        for row in entry.projects
    ]  # fmt: skip


def own_rows(entry: Entry, counts: str) -> list[Sequence[Cell]]:
    """Return an entry's rows for the columns that only its layout has, a row for each cell."""
    return [
        (
            *_whose(entry), one.sheet, one.row, one.header, one.number, one.text, counts,
            entry.file,
        )
        for one in entry.own
    ]  # fmt: skip


def _yes(value: bool | None) -> str:
    return "" if value is None else YES if value else NO
