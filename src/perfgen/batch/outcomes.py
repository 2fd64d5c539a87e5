"""What became of each workbook, and of all of them (结果)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from perfgen.batch.jobs import Row, Trouble
from perfgen.checks import find_rule
from perfgen.model.finding import Severity

COMMONEST = 10
"""Rules that the table names, those that found most first."""


class Verdict(StrEnum):
    """What became of a workbook."""

    BUILT = "已生成"
    UNCHANGED = "没有变化"
    CHECKED = "已检查"
    REFUSED = "不通过"
    FAILED = "未完成"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One workbook's line of the table. `row` is None where it could not be read."""

    workbook: Path
    verdict: Verdict
    row: Row | None = None
    files: tuple[Path, ...] = ()
    aside: tuple[Path, ...] = ()
    pages: int | None = None
    notices: tuple[str, ...] = ()
    trouble: Trouble | None = None
    seconds: float = 0.0

    def found(self, severity: Severity) -> int | None:
        """Return how many findings of this severity stand; None where nothing was read."""
        return self.row.findings.get(severity.value, 0) if self.row else None


@dataclass(frozen=True, slots=True)
class Common:
    """A rule that found something in many workbooks."""

    code: str
    severity: Severity
    title: str
    findings: int
    workbooks: int


def failed(workbook: Path, trouble: Trouble, seconds: float = 0.0) -> Outcome:
    """Return the outcome of a workbook of which nothing came."""
    return Outcome(workbook=workbook, verdict=Verdict.FAILED, trouble=trouble, seconds=seconds)


def exit_code(outcomes: Sequence[Outcome]) -> int:
    """Return 2 where a workbook could not be done, else 1 where one was refused, else 0."""
    verdicts = {outcome.verdict for outcome in outcomes}
    return 2 if Verdict.FAILED in verdicts else 1 if Verdict.REFUSED in verdicts else 0


def tally(outcomes: Sequence[Outcome]) -> dict[Verdict, int]:
    """Return how many workbooks each verdict has; those that none has are left out."""
    counts = Counter(outcome.verdict for outcome in outcomes)
    return {verdict: counts[verdict] for verdict in Verdict if counts[verdict]}


def commonest(outcomes: Sequence[Outcome], most: int = COMMONEST) -> tuple[Common, ...]:
    """Return the rules that found most, over all workbooks."""
    findings: Counter[str] = Counter()
    workbooks: Counter[str] = Counter()
    for outcome in outcomes:
        rules = outcome.row.rules if outcome.row else {}
        findings.update(rules)
        workbooks.update(rules.keys())
    ordered = sorted(findings, key=lambda key: (-findings[key], -workbooks[key], key))
    return tuple(_common(key, findings[key], workbooks[key]) for key in ordered[:most])


def _common(key: str, findings: int, workbooks: int) -> Common:
    severity, _, code = key.partition(" ")
    rule = find_rule(code)
    return Common(code, Severity(severity), rule.title if rule else "", findings, workbooks)


def notices_of(outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    """Return what the officer should know of the documents, each sentence once."""
    return tuple(dict.fromkeys(notice for one in outcomes for notice in one.notices))
