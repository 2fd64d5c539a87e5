"""PG128: what was read in another way than it stands (读取)."""

from __future__ import annotations

from collections.abc import Iterator

from perfgen.checks.registry import Case, Hit, rule
from perfgen.model.finding import Severity


@rule(
    "PG128",
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
