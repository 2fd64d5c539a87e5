"""What else would vanish if one finding were mended: its change is tried out on the report."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from perfgen.model.finding import Finding, Mend
from perfgen.model.numbers import plain
from perfgen.model.records import ROWS, Record, Report

Check = Callable[[Report], Collection[Finding]]
"""The rules over a report once more, its figures computed anew."""

MOST_TRIES = 36
"""Runs of all rules that are spent on one workbook: what is tried first matters most."""

MOST_ROWS = 1500
"""Beyond so many rows nothing is tried: a run of all rules takes too long."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A finding, what would vanish with it, and the value that would do it, where it is a guess."""

    cause: Finding
    vanishing: tuple[Finding, ...]
    appearing: int
    guess: str = ""


def tries(findings: Sequence[Finding], report: Report, check: Check) -> Iterator[Tried]:
    """Yield what mending each finding would do; the first ones only, where there are many."""
    rows = sum(len(getattr(report, name)) for name in ROWS.values())
    if rows > MOST_ROWS or len(findings) < 2:
        return
    left = MOST_TRIES
    sure = [finding for finding in findings if finding.mend and not finding.mend.is_guess]
    guessed = [finding for finding in findings if finding.mend and finding.mend.is_guess]
    for finding in [*sure, *guessed]:
        mend = finding.mend
        best: Tried | None = None
        for value in mend.values if mend else ():
            if left <= 0 or mend is None:
                break
            left -= 1
            tried = _try(finding, mend, value, findings, report, check)
            if tried and (best is None or len(tried.vanishing) > len(best.vanishing)):
                best = tried
        if best is not None:
            yield best


def _try(
    finding: Finding,
    mend: Mend,
    value: object,
    findings: Sequence[Finding],
    report: Report,
    check: Check,
) -> Tried | None:
    before = {_key(one) for one in findings}
    after = {_key(one) for one in check(mended(report, mend, value))}
    vanishing = tuple(one for one in findings if one is not finding and _key(one) not in after)
    appearing = len(after - before)
    if mend.is_guess and (_key(finding) in after or appearing or not vanishing):
        return None
    said = mend.said or (plain(value) if isinstance(value, Decimal) else "")
    return Tried(finding, vanishing, appearing, said if mend.is_guess else "")


def _key(finding: Finding) -> tuple[str, str, str]:
    return finding.code, finding.subject, str(finding.ref or "")


def mended(report: Report, mend: Mend, value: object) -> Report:
    """Return the report with the change made."""
    if mend.record is None:
        return replace(report, day=value) if isinstance(value, date) else report
    for name in ROWS.values():
        rows: tuple[Record, ...] = getattr(report, name)
        if any(row is mend.record for row in rows):
            kept = (row for row in rows if mend.field or row is not mend.record)
            fields: dict[str, Any] = {mend.field: value} if mend.field else {}
            changed: dict[str, Any] = {
                name: tuple(
                    replace(row, **fields) if row is mend.record and fields else row for row in kept
                )
            }
            return replace(report, **changed)
    return report


def near_misses(amount: Decimal) -> tuple[Decimal, ...]:
    """Return what an amount may have been meant to be: its point shifted, two digits exchanged."""
    shifted = [amount / 10, amount / 100, amount * 10, amount / 10_000]
    written = plain(amount)
    digits = [place for place, sign in enumerate(written) if sign.isdigit()]
    swapped = []
    for one, other in pairwise(digits):
        if written[one] != written[other]:
            signs = list(written)
            signs[one], signs[other] = signs[other], signs[one]
            swapped.append(Decimal("".join(signs)))
    return (*swapped, *shifted)
