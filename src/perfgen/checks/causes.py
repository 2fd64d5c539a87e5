"""One slip, one thing to mend (同因归并): findings that follow from another stand under it.

What would vanish with a finding is tried out (`mending.py`). Where a rule knows no change to try,
rows that belong together decide: a missed target explains the missing reason in its row, a score
out of bounds those above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from perfgen.checks.mending import Check, tries
from perfgen.figures import Figures
from perfgen.model.cells import CellRef
from perfgen.model.finding import Finding, Severity
from perfgen.model.records import Report

_ORDER = {severity: place for place, severity in enumerate(Severity)}

_OF_AN_INDICATOR = frozenset({"PG202", "PG204", "PG505", "PG506", "PG509"})
"""What follows, in an indicator's row, from a doubtful target or result."""

_OF_TABLE_RATES = frozenset({"PG113", "PG114", "PG115"})
_OF_MARKS = frozenset({"PG503", "PG505", "PG506"})
"""What follows, in an indicator's row, from full marks (分值) that do not add up."""

_IN_SENTENCES = frozenset({"PG301", "PG314", "PG317"})
"""Sentences that state an indicator's result otherwise: they follow from a doubtful one."""

_OF_THE_WHOLE = frozenset({"PG109", "PG112", "PG113", "PG114"})
"""Sums and rates of the whole budget: where several are off at once, the table is."""

_OF_A_LINE = ("PG103", "PG102", "PG106", "PG119")
"""What may be wrong in one line so that the whole is off, the surest first."""

_OF_UNITS = frozenset({"PG128", "PG132"})
"""An amount's unit: once it is right, much else is."""

_LINE_BEFORE_TOTAL = ("PG102", "PG103", "PG115", "PG107", "PG201")
_TOTALS = frozenset({"PG101", "PG109", "PG112"})
"""What is wrong in one line, and the totals that are off with it."""

_SAID_OF_MONEY = frozenset({"PG301", "PG313", "PG314"})
_TABLES_OF_MONEY = frozenset(
    {"PG101", "PG102", "PG103", "PG106", "PG107", "PG108", "PG109", "PG119", "PG511", "PG512"}
)
_ABOUT_MONEY = (
    _TABLES_OF_MONEY | _SAID_OF_MONEY | {"PG104", "PG105", "PG115", "PG119", "PG123", "PG126"}
    | {"PG112", "PG113", "PG114", "PG132", "PG317"}
)  # fmt: skip

_OF_SCORES = frozenset({"PG501", "PG503", "PG504"})
_CAUSES_OF_SCORES = ("PG507", "PG505", "PG504", "PG503", "PG501")


@dataclass(frozen=True, slots=True)
class Cause:
    """A finding that is the first to mend, and those that follow from it."""

    finding: Finding
    follows: tuple[Finding, ...] = ()

    @property
    def severity(self) -> Severity:
        """Return the gravest severity of the finding and of what follows from it."""
        return min((one.severity for one in (self.finding, *self.follows)), key=_ORDER.__getitem__)


def by_cause(
    findings: Sequence[Finding], report: Report, figures: Figures, check: Check
) -> tuple[tuple[Finding, ...], tuple[Cause, ...]]:
    """Return the findings, and the same by cause: the gravest first, then the most far-reaching.

    A finding whose slip could be guessed says so in its hint.
    """
    known = _Links(list(findings))
    for tried in sorted(
        tries(findings, report, check),
        key=lambda one: (one.appearing - len(one.vanishing), _ORDER[one.cause.severity]),
    ):
        cause = tried.cause
        if tried.guess and known.is_free(cause):
            cause = known.told(
                cause, f"是不是 {tried.guess}？改成它，另外 {len(tried.vanishing)} 处也对得上"
            )
        for one in tried.vanishing:
            known.link(cause, one)
    for cause, follower in [*_in_rows(known.findings), *_of_scores(known.findings, figures)]:
        known.link(cause, follower)
    for cause, follower in _of_the_whole(known):
        known.link(cause, follower)
    for cause, follower in _of_money(known):
        known.link(cause, follower)
    causes = known.causes()
    return tuple(known.findings), tuple(
        sorted(causes, key=lambda one: (_ORDER[one.severity], -len(one.follows)))
    )


class _Links:
    """Which finding stands under which, while it is being worked out."""

    def __init__(self, findings: list[Finding]) -> None:
        """Start with every finding its own cause."""
        self.findings = findings
        self._above: dict[int, int] = {}
        self._places = {_key(finding): place for place, finding in enumerate(findings)}

    def told(self, finding: Finding, hint: str) -> Finding:
        """Return the finding with a further hint in front of its own, in the cell to mend."""
        place = self._place(finding)
        told = replace(finding, hint=f"{hint}；{finding.hint}")
        cell = finding.mend.cell if finding.mend else None
        if cell is not None and cell != finding.ref:
            message = f"多半是这一格填错：{finding.message}（{finding.ref}）"
            told = replace(told, message=message, ref=cell)
        self.findings[place] = told
        self._places[_key(told)] = place
        return told

    def link(self, cause: Finding, follower: Finding) -> None:
        """Put a finding under another, unless it has a cause or would be its own."""
        above, below = self._root(self._place(cause)), self._place(follower)
        if below not in self._above and above != below:
            self._above[below] = above

    def is_free(self, finding: Finding) -> bool:
        """Return whether a finding stands under no other."""
        return self._place(finding) not in self._above

    def causes(self) -> Iterator[Cause]:
        """Yield each finding that stands under none, with all below it."""
        below: dict[int, list[Finding]] = {}
        for place in sorted(self._above):
            below.setdefault(self._root(place), []).append(self.findings[place])
        for place, finding in enumerate(self.findings):
            if place not in self._above:
                yield Cause(finding, tuple(below.get(place, ())))

    def _root(self, place: int) -> int:
        while place in self._above:
            place = self._above[place]
        return place

    def _place(self, finding: Finding) -> int:
        return self._places[_key(finding)]


def _key(finding: Finding) -> tuple[str, str, CellRef | None, str]:
    """What makes a finding itself, whatever its hint says."""
    return finding.code, finding.subject, finding.ref, finding.message


def _row(ref: CellRef | None) -> tuple[str, int] | None:
    return (ref.sheet, ref.row) if ref else None


def _in_rows(findings: Sequence[Finding]) -> Iterator[tuple[Finding, Finding]]:
    """Within one row: what is no record, and a doubtful target or result, before the rest."""
    rows: dict[tuple[str, int], list[Finding]] = {}
    told = [finding for finding in findings if finding.code in _IN_SENTENCES]
    for finding in findings:
        if row := _row(finding.ref):
            rows.setdefault(row, []).append(finding)
    for same in rows.values():
        if mistaken := next((one for one in same if one.code in ("PG121", "PG111")), None):
            yield from ((mistaken, one) for one in same if one is not mistaken)
            continue
        blank = next((one for one in same if one.code == "PG201"), None)
        yield from ((blank, one) for one in same if blank and one.code == "PG506")
        yield from ((blank, one) for one in told if blank and one.subject == blank.subject)
        of_indicator = [one for one in same if one.code in _OF_AN_INDICATOR]
        weighed = next((one for one in same if one.code == "PG501"), None)
        yield from ((weighed, one) for one in same if weighed and one.code in _OF_MARKS)
        doubtful = [
            one
            for one in same
            if (one.code.startswith("PG2") or one.code in _OF_TABLE_RATES)
            and one.code not in (*_OF_AN_INDICATOR, "PG201")
            and one.severity is not Severity.INFO
        ]
        doubtful.sort(key=lambda one: (one.code != "PG207", one.code == "PG115"))
        first = doubtful[0] if doubtful else (of_indicator[0] if of_indicator else None)
        if first is not None:
            further = (*doubtful, *of_indicator)
            yield from ((first, one) for one in further if one is not first)
            yield from ((first, one) for one in told if one.subject == first.subject)


def _of_scores(findings: Sequence[Finding], figures: Figures) -> Iterator[tuple[Finding, Finding]]:
    """In the tree of scores: what is wrong below, before what is then wrong above it."""
    rows = {_row(item.item.cell("name")): item for item in figures.scores}
    above = {part.name: item.name for item in figures.scores for part in item.parts}
    scored = [one for one in findings if _row(one.ref) in rows and one.code.startswith("PG5")]
    scored.sort(key=lambda one: _rank(one.code))
    for cause in scored:
        name = rows[_row(cause.ref)].name
        higher = set()
        while name := above.get(name, ""):
            higher.add(name)
        for one in scored:
            if one is cause:
                continue
            here = rows[_row(one.ref)].name
            is_above = one.code in _OF_SCORES and here in higher
            is_beside = _row(one.ref) == _row(cause.ref) and _rank(cause.code) < _rank(one.code)
            if is_above or is_beside:
                yield cause, one


def _rank(code: str) -> int:
    return _CAUSES_OF_SCORES.index(code) if code in _CAUSES_OF_SCORES else len(_CAUSES_OF_SCORES)


def _of_money(known: _Links) -> Iterator[tuple[Finding, Finding]]:
    """Amounts that were read in another unit, or do not add up, before all that states them."""
    free = [one for one in known.findings if known.is_free(one)]
    units = sorted(
        (one for one in free if one.code in _OF_UNITS and _is_grave(one)), key=lambda one: one.code
    )
    if units:
        unit = units[0]
        yield from ((unit, one) for one in free if one.code in _ABOUT_MONEY and one is not unit)
        return
    lines = [one for one in free if one.code in _LINE_BEFORE_TOTAL and _is_grave(one)
             and (one.code != "PG201" or _AN_AMOUNT.search(one.message))]  # fmt: skip
    for line in lines:
        yield from ((line, one) for one in free
                    if one.code in _TOTALS and _sheet(one) == _sheet(line))  # fmt: skip
    blank = next((one for one in lines if one.code == "PG201"), None)
    yield from ((blank, one) for one in free if blank and one.code in _OF_THE_WHOLE)
    tables = [one for one in free if one.code in _TABLES_OF_MONEY and _is_grave(one)]
    if tables or lines:
        first = lines[0] if lines else tables[0]
        yield from ((first, one) for one in free if one.code in _SAID_OF_MONEY and one.ref)
    for stated in [one for one in free if one.code in ("PG301", "PG313")]:
        yield from ((stated, one) for one in free
                    if one.code == "PG314" and _is_derived(one, stated))  # fmt: skip
    ledger = [one for one in free if one.code == "PG106"]
    yield from ((cause, one) for cause in ledger for one in free
                if one.code == "PG102" and _row(one.ref) == _row(cause.ref))  # fmt: skip
    named = [one for one in free if one.code == "PG401"]
    yield from ((cause, one) for cause in named for one in free
                if one.code == "PG402" and one.ref == cause.ref)  # fmt: skip
    twice = [one for one in free if one.code == "PG111"]
    yield from ((cause, one) for cause in twice for one in free
                if one.code.startswith("PG2") and one.subject == cause.subject)  # fmt: skip
    scores = [one for one in free
              if one.code in (*_CAUSES_OF_SCORES, "PG508") and _is_grave(one)]  # fmt: skip
    if scores:
        yield from ((scores[0], one) for one in free if one.code == "PG315")


_AN_AMOUNT = re.compile("没有填“[^”]{0,12}(?:预算数|支出数|支出|金额|执行数)[^”]{0,12}”$")
_FIGURE = re.compile(r"\d{1,12}(?:\.\d{1,6})?(?:[万亿]?元|%)?")


def _is_derived(derived: Finding, stated: Finding) -> bool:
    """Whether a sum or a share in a text is off because of a number that stands there, too."""
    if derived.code == stated.code or derived.ref != stated.ref:
        return False
    said = stated.message.partition("，表里")[0]
    return bool(set(_FIGURE.findall(said)) & set(_FIGURE.findall(derived.message)))


def _is_grave(finding: Finding) -> bool:
    return finding.severity is not Severity.INFO


def _sheet(finding: Finding) -> str:
    return finding.ref.sheet if finding.ref else ""


def _of_the_whole(known: _Links) -> Iterator[tuple[Finding, Finding]]:
    """Several rates of the whole that are off at once: a line's doing, or all of one cause."""
    off = [one for one in known.findings if one.code in _OF_THE_WHOLE and known.is_free(one)]
    if len(off) < 2:
        return
    lines = [
        one
        for code in _OF_A_LINE
        for one in known.findings
        if one.code == code and known.is_free(one) and one.severity is not Severity.INFO
    ]
    cause = lines[0] if lines else off[0]
    yield from ((cause, one) for one in off if one is not cause)
