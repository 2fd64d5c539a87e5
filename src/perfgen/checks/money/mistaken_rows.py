"""PG121: rows that are no records: totals and notes that became lines, projects, indicators."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.model.finding import Mend, Severity
from perfgen.model.records import Record

_TOTAL = re.compile(
    r"(?:本页|以上|全部|各项|项目)?(?:合计|小计|总计|共计|累计|总合计)"
    r"(?:金额|数)?(?:[（(][^（）()]{0,8}[）)])?[：:]?"
)
_NOTE = re.compile(
    r"(?:注|备注|附注|说明|填表说明|填报说明|填表人|制表人|审核人|填报人|联系人|单位负责人)"
    r"[0-9一二三四五]{0,2}[：:]|※"
)
_PART = re.compile(r"其中(?:[：:]|$)|其[：:]")
"""What a row holds of the one above it: 其中：设备购置."""


@rule(
    "PG121",
    Severity.ERROR,
    title="像合计行或注释，却占了一行记录",
    reason="表里每一行都当作一个项目、一个指标来算：名称是“合计”“小计”的，钱会多算一遍，还会多印一张表；"
    "“注：……”“填表人：……”会印成一个项目，“其中：……”的钱在上一行里已经算过。"
    "合计由系统算，注和其中数写在说明列或正文里。",
    good="项目表里只有各个项目，没有合计行",
    bad="项目表最后一行：项目名称“合计”，预算数 386",
    most=8,
)
def not_records(case: Case) -> Iterator[Hit]:
    """Rows whose names are those of totals or notes, and which total nothing."""
    for kind, row, name in _leaves(case):
        text = re.sub(r"\s", "", unicodedata.normalize("NFKC", name))
        is_total = _TOTAL.fullmatch(text) is not None
        is_part = _PART.match(text) is not None and kind in ("budget", "project")
        if not is_total and not is_part and not _NOTE.match(text):
            continue
        what = "合计行" if is_total else "上一行的其中数" if is_part else "注释"
        hint = "删掉这一行，合计由系统计算" if is_total else "移到说明列或正文里，删掉这一行"
        if is_total and kind in ("budget", "fund", "score"):
            column = "类别" if kind == "budget" else "上级"
            hint += f"；要留的，改{column}，让它真的合计下面各行"
        yield Hit(
            subject=name,
            message=f"{quoted(name)}像是{what}，却当作一行记录计算和印出",
            hint=hint,
            ref=row.cell("name"),
            mend=Mend(record=row),
        )


def _leaves(case: Case) -> Iterator[tuple[str, Record, str]]:
    """The rows that no other row is part of, by kind, with their names."""
    parents = case.layout.rules.parents
    for line in case.figures.budget:
        is_kind_of_total = line.line.kind in parents.values()
        if not line.parts and not is_kind_of_total:
            yield "budget", line.line, line.name
    for fund in case.figures.funds:
        if not fund.parts:
            yield "fund", fund.fund, fund.name
    for item in case.figures.scores:
        if not item.parts:
            yield "score", item.item, item.name
    for project in case.report.projects:
        yield "project", project, project.name
    for indicator in case.report.indicators:
        yield "indicator", indicator, indicator.name
    for task in case.report.tasks:
        yield "task", task, task.name
