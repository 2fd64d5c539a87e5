"""Days on which results were reached that can hardly be (完成时间的年份)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfgen.checks.registry import Case, Hit, quoted
from perfgen.figures.deadlines import last_day
from perfgen.model.days import spoken_day
from perfgen.model.records import Indicator

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?:年|[-/.]\d|(?:0[1-9]|1[0-2])\d\d(?!\d))")
_LONGEST = 24
_OTHER_YEARS = re.compile(
    "规划|跨年|工期|分期|一期|二期|上年|以前年度|结转|累计|至今|以来|[—~～至到]"
)


def odd_result_day(indicator: Indicator, case: Case) -> Iterator[Hit]:
    """Yield a result's day that lies behind the report's own, or before its target's year."""
    target, actual = indicator.target, indicator.actual
    if target is None or actual is None or actual.number is not None:
        return
    text, year = actual.text, case.report.year
    if len(text) > _LONGEST or not _YEAR.search(text) or last_day(target.text, year) is None:
        return
    day, term = last_day(text, year), last_day(target.text, year)
    if day is None or term is None or _OTHER_YEARS.search(f"{indicator.name}{text}"):
        return
    dated = case.report.facts.get("date")
    if dated is not None and dated.value.strip() and day > case.report.day >= term:
        said = f"比成文日期（{spoken_day(case.report.day)}）还晚"
    elif day.year > year + 1:
        said = f"报告是 {year} 年度的"
    elif day.year < min(year, term.year) and not indicator.reason.strip():
        said = f"期限在 {term.year} 年，是不是年份写错了"
    else:
        return
    yield Hit(
        subject=indicator.name,
        message=f"{quoted(indicator.name)}完成“{text}”，{said}",
        hint="核对完成的年份",
        ref=indicator.cell("actual"),
    )
