"""PG124, PG125: the days of the ledger and of the report (日期, 文号, 成文日期)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.model.cells import CellRef
from perfgen.model.days import spoken_day
from perfgen.model.finding import Mend, Severity
from perfgen.model.records import Adjustment

_NUMBERED_YEAR = re.compile(r"[〔\[【(]\s{0,2}((?:19|20)\d{2})\s{0,2}年?\s{0,2}[〕\]】)]")
_LATEST_MONTH_OF_A_PLAN = 12
_EARLIEST_MONTH_OF_A_REVIEW = 11
_YEARS_TO_REVIEW = 2


@rule(
    "PG124",
    Severity.WARNING,
    title="台账的日期、文号不在本年度",
    reason="预算调整是本年度里的事：日期和文号的年份应当就是报告的年度，两者也应当一致。"
    "上年结转可以用上一年的文号。年份写错，按日期截取、按文号配平都会漏掉这一行。",
    good="2023 年度：2023-06-15，苏财预〔2023〕28号",
    bad="2024 年度：2023-06-15，苏财预〔2024〕28号",
    most=8,
    fixed={"“上年结转”可以用哪一年的日期和文号": "本年度或上一年"},
)
def ledger_days(case: Case) -> Iterator[Hit]:
    """R68: a ledger's row with a day or a document of another year, or after the report."""
    for row in case.report.adjustments:
        yield from _of_row(row, case)


def _of_row(row: Adjustment, case: Case) -> Iterator[Hit]:
    year, numbered = case.report.year, _document_year(row.document)
    earliest = year - 1 if "结转" in row.type else year
    day = row.day
    document = f"{case.header('adjustment', 'document')} {row.document}"
    ref: CellRef | None = row.cell("date")
    if day and numbered and day.year != numbered:
        message = f"日期是 {spoken_day(day)}，{document} 却是 {numbered} 年的"
        if day.year == year:
            ref = row.cell("document") or ref
    elif day and not earliest <= day.year <= year:
        message = f"日期是 {spoken_day(day)}，报告是 {year} 年度的"
    elif numbered and not earliest <= numbered <= year:
        message, ref = f"{document} 不是 {year} 年度的", row.cell("document")
    elif day and _has_own_day(case) and case.report.day.year >= year and day > case.report.day:
        message = f"日期是 {spoken_day(day)}，比成文日期（{spoken_day(case.report.day)}）还晚"
    else:
        return
    yield Hit(
        subject=row.line,
        message=f"{quoted(row.line)}{row.type}的{message}",
        hint="核对日期和文号的年份",
        ref=ref,
    )


def _document_year(number: str) -> int | None:
    found = _NUMBERED_YEAR.search(unicodedata.normalize("NFKC", number))
    return int(found[1]) if found else None


@rule(
    "PG125",
    Severity.WARNING,
    title="成文日期与年度对不上",
    reason="自评在年度结束以后做，成文日期多在下一年的上半年；目标表在年度开始前后做，不会晚于这一年。"
    "“说明事项”的有效期也按成文日期判断，日期写错，说明会失效。",
    good="2023 年度的自评报告，成文日期 2024-04-26",
    bad="2023 年度的自评报告，成文日期 2023-04-26",
    fixed={
        "自评的成文日期，最早": "年度的 11 月",
        "自评的成文日期，最晚": "年度之后第二年",
        "目标表的成文日期": "上一年 6 月至年度末",
    },
)
def report_day(case: Case) -> Iterator[Hit]:
    """R69: a review dated before its year has passed, or years later; a plan dated after it."""
    if not _has_own_day(case):
        return
    year, day = case.report.year, case.report.day
    if _looks_back(case):
        early = day < date(year, _EARLIEST_MONTH_OF_A_REVIEW, 1)
        wrong = early or day.year > year + _YEARS_TO_REVIEW
        when = "年度还没有结束" if early else "已经过去好几年"
    else:
        wrong = not date(year - 1, 6, 1) <= day <= date(year, _LATEST_MONTH_OF_A_PLAN, 31)
        when = "目标应当在年度开始前后确定"
    if wrong:
        item = case.header("report", "date")
        yield Hit(
            subject=item,
            message=f"{item}是 {spoken_day(day)}，报告是 {year} 年度的，{when}",
            hint="核对成文日期和年度",
            ref=case.report.facts["date"].cell("value"),
            mend=Mend(record=None, values=(date(year, 12, 31),)),
        )


def _has_own_day(case: Case) -> bool:
    fact = case.report.facts.get("date")
    return fact is not None and bool(fact.value.strip())


def _looks_back(case: Case) -> bool:
    """Whether the layout asks for what was done, spent or scored: a review, not a plan."""
    if case.layout.sheet_of("score") is not None:
        return True
    for record in ("indicator", "budget", "project", "fund"):
        sheet = case.layout.sheet_of(record)
        if sheet is not None and sheet.column("actual") is not None:
            return True
    return False
