"""PG121, PG122: what was read in another way than it stands, and rows that are none (读取)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.model.finding import Severity
from perfgen.model.records import Indicator, Project, Record, Task


@rule(
    "PG121",
    Severity.INFO,
    title="读取时作了换算或略去",
    reason="表里写的单位与金额单位不同的，换算以后再算；划了删除线的文字不印。"
    "照表里的样子读会差一万倍，所以逐处说明，由单位核对。",
    good="金额单位是万元，表头“年初预算数”，填 12.5",
    bad="金额单位是万元，表头“年初预算数（元）”，填 125000",
)
def read_otherwise(case: Case) -> Iterator[Hit]:
    """Amounts that were converted, texts that were left out."""
    for notice in case.report.notices:
        yield Hit(
            subject=notice.subject,
            message=notice.message,
            hint=notice.hint,
            ref=notice.ref,
            severity=Severity.WARNING if notice.grave else None,
        )


_TOTAL = re.compile(
    r"(?:[一二三四五六七八九十]、?)?(?:合计|小计|总计|共计|累计|总和)(?:[（(].{0,12}[)）])?"
)
_NOTE = re.compile(r"(?:注|备注|说明|填表说明|填报说明|附注|注意)\s*\d?\s*[：:.、]")


@rule(
    "PG122",
    Severity.WARNING,
    title="像是合计行或注释行",
    reason="项目、指标和任务的表里，每一行都当作一个项目、指标或任务，会各印一张表、各算一次。",
    good="项目：老旧小区改造；河道清淤",
    bad="项目：老旧小区改造；河道清淤；合计；注：不含上年结转",
)
def no_records(case: Case) -> Iterator[Hit]:
    """Totals and notes below a table, which were read as rows of it."""
    rows: tuple[Project | Indicator | Task, ...] = (
        *case.report.projects, *case.report.indicators, *case.report.tasks,
    )  # fmt: skip
    for row in rows:
        name = "".join(row.name.split())
        kind = "合计" if _TOTAL.fullmatch(name) else "注释" if _NOTE.match(name) else ""
        if kind:
            yield Hit(
                subject=row.name,
                message=f"{quoted(row.name)}像是{kind}行，却当作一行{_thing(row)}读了",
                hint="删掉这一行；合计由 perfgen 计算，注释写在表外",
                ref=row.cell("name"),
            )


def _thing(row: Record) -> str:
    return {Project: "项目", Indicator: "指标", Task: "任务"}.get(type(row), "内容")
