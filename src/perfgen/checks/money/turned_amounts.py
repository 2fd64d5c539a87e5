"""PG519: a budget that is its own initial one with two digits exchanged (数字颠倒)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perfgen.checks.common.odd_part import told_in_text
from perfgen.checks.indicators.one_digit import turned
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.model.cells import CellRef
from perfgen.model.finding import Mend, Severity
from perfgen.model.numbers import plain
from perfgen.model.records import Project

_FEWEST_DIGITS = 3
"""Of 12 and 21 nobody can tell."""


@rule(
    "PG519",
    Severity.WARNING,
    title="两列的数只差两位颠倒",
    reason="同一个项目、同一个来源的年初预算数和全年预算数，只是相邻两位数字换了位置，多半有一个是抄写时写反的；"
    "真有调整的，很少正好这样。正文写到调整后的数的不提。",
    good="年初预算数 45.2，全年预算数 45.2",
    bad="年初预算数 45.2，全年预算数 54.2",
    most=5,
)
def turned_amounts(case: Case) -> Iterator[Hit]:
    """An adjusted budget whose digits are those of the initial one, two of them exchanged."""
    told = told_in_text(case)
    if case.report.adjustments:
        return
    for project in case.report.projects:
        for source, initial in project.initial.items():
            adjusted = project.adjusted.get(source)
            if adjusted is None or not _is_turned(initial, adjusted) or told(adjusted):
                continue
            yield Hit(
                subject=project.name,
                message=f"{quoted(project.name)}的{_header(case, 'adjusted', source)}是 "
                f"{plain(adjusted)}，{_header(case, 'initial', source)}是 {plain(initial)}，"
                "只是两位数字换了位置",
                hint="核对有没有写反；确有调整的，在“说明事项”里说明",
                ref=_cell(project, "adjusted", source),
                mend=Mend(
                    record=project,
                    field="adjusted",
                    values=({**project.adjusted, source: initial},),
                    is_guess=True,
                ),
            )


def _is_turned(initial: Decimal, adjusted: Decimal) -> bool:
    digits = plain(initial).replace(".", "")
    return len(digits) >= _FEWEST_DIGITS and adjusted in turned(initial)


def _header(case: Case, field: str, source: str) -> str:
    return case.header("project", f"{field}.{source}" if source else field)


def _cell(project: Project, field: str, source: str) -> CellRef | None:
    return project.cell(f"{field}.{source}" if source else field)
