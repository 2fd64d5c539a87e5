"""Placeholders in the officer's sentences → figures of the tables (文字里的引用).

So a sentence never disagrees with its table: after an adjustment both change together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from perfgen.figures.compute import Figures, compute
from perfgen.figures.quoting import CLOSE, OPEN, Quoter, Unquotable
from perfgen.figures.sources import sources
from perfgen.model.cells import CellRef, Problem
from perfgen.model.layout import Layout
from perfgen.model.measure import Measure
from perfgen.model.records import ROWS, Fact, Indicator, OwnRow, OwnValue, Record, Report, ScoreItem
from perfgen.model.roles import OWN

R = TypeVar("R", bound=Record)

TEXTS: Mapping[str, tuple[str, ...]] = {
    "section": ("paragraphs",),
    "duty": ("text",),
    "fund": ("note",),
    "adjustment": ("note",),
    "task": ("content", "result"),
    "project": ("purpose", "goals", "achieved"),
    "indicator": ("description", "basis", "evidence", "reason"),
    "score": ("reason", "note"),
}
"""The fields of each record that may hold placeholders: what is printed and names nothing."""

_SQUARE = re.compile(r"[\[［]([^：:\[\]［］]{1,20})[：:][^\[\]［］]*[：:][^\[\]［］]*[\]］]")

_CELLS = {"paragraphs": "text"}


def fill_references(
    report: Report, figures: Figures, layout: Layout
) -> tuple[Report, Figures, list[Problem]]:
    """Return the report with every placeholder replaced, its figures, and what names nothing.

    Results and the bases of scores are filled first, from the money alone; sentences then see
    every figure.
    """
    if not _holds_any(report):
        return report, figures, []
    money = {
        word: source
        for word, source in sources(report, figures, layout).items()
        if source.name not in _judged_sheets(layout)
    }
    filler = _Filler(Quoter(money, layout.rules, report.amount_unit))
    report = replace(
        report,
        indicators=tuple(filler.result(row) for row in report.indicators),
        scores=tuple(filler.basis(row) for row in report.scores),
    )
    figures = compute(report, layout.rules)
    everything = sources(report, figures, layout)
    filler.quoter = Quoter(everything, layout.rules, report.amount_unit)
    filled: dict[str, Any] = {
        ROWS[record]: tuple(
            filler.own_columns(filler.texts(row, TEXTS[record])) for row in report.rows(record)
        )
        for record in TEXTS
    }
    facts = {name: filler.fact(fact) for name, fact in report.facts.items()}
    own = {name: tuple(filler.own(row) for row in rows) for name, rows in report.own.items()}
    report = replace(report, facts=facts, own=own, **filled)
    return report, compute(report, layout.rules), filler.problems


def _judged_sheets(layout: Layout) -> set[str]:
    return {sheet.name for sheet in layout.sheets if sheet.record in ("indicator", "score")}


def _holds_any(report: Report) -> bool:
    held = repr((report.facts, *(getattr(report, name) for name in ROWS.values()), report.own))
    return OPEN in held or _SQUARE.search(held) is not None


class _Filler:
    """Fills the records one by one and keeps what could not be filled."""

    def __init__(self, quoter: Quoter) -> None:
        self.quoter = quoter
        self.problems: list[Problem] = []

    def fill(self, text: str, ref: CellRef | None) -> str:
        """Return the text with its placeholders replaced; one that names nothing stays."""
        done = ""
        place = 0
        while (start := text.find(OPEN, place)) >= 0:
            done += text[place:start]
            place = start + 1
            try:
                quote = self.quoter.read(text, start)
            except Unquotable as error:
                self.problems.append(Problem(error.message, error.hint, ref))
                quote = None
            if quote is None:
                done += OPEN
            else:
                done += quote.text
                place = quote.end
        self._other_brackets(text, ref)
        return done + text[place:]

    def _other_brackets(self, text: str, ref: CellRef | None) -> None:
        """Square brackets around what reads like a placeholder would be printed as they are."""
        for matched in _SQUARE.finditer(text):
            if matched.group(1).strip() in self.quoter.sources:
                self.problems.append(
                    Problem(
                        f"“{matched.group()}”用了方括号，不会换成表里的数",
                        f"改用{OPEN}{CLOSE}",
                        ref,
                    )
                )

    def texts(self, row: R, fields: tuple[str, ...]) -> R:
        """Return the record with its texts filled."""
        changes: dict[str, object] = {}
        for field in fields:
            value: object = getattr(row, field)
            ref = row.cell(_CELLS.get(field, field))
            if isinstance(value, tuple):
                changes[field] = tuple(self.fill(text, ref) for text in value)
            else:
                changes[field] = self.fill(str(value), ref)
        return replace(row, **changes)  # type: ignore[arg-type]  # names of the record's own

    def fact(self, fact: Fact) -> Fact:
        """Return an item of the form with its text filled."""
        return replace(fact, value=self.fill(fact.value, fact.cell("value")))

    def own(self, row: OwnRow) -> OwnRow:
        """Return a row of the layout's own with its texts filled."""
        return replace(row, values=self._filled(row.values, row, ""))

    def own_columns(self, row: R) -> R:
        """Return a record with the texts of the layout's own columns filled."""
        if not any(isinstance(held, str) for held in row.own.values()):
            return row
        return replace(row, own=self._filled(row.own, row, f"{OWN}."))

    def _filled(
        self, held: Mapping[str, OwnValue], row: Record, before: str
    ) -> Mapping[str, OwnValue]:
        return {
            name: self.fill(value, row.cell(before + name)) if isinstance(value, str) else value
            for name, value in held.items()
        }

    def result(self, row: Indicator) -> Indicator:
        """Return an indicator with its result filled (完成值)."""
        if row.actual is None or OPEN not in row.actual.text:
            return row
        text = self.fill(row.actual.text, row.cell("actual"))
        return replace(row, actual=Measure.parse(text, unit=row.unit))

    def basis(self, row: ScoreItem) -> ScoreItem:
        """Return an item of the scores with its basis filled (计分依据)."""
        if row.basis is None or OPEN not in row.basis.text:
            return row
        return replace(row, basis=Measure.parse(self.fill(row.basis.text, row.cell("basis"))))
