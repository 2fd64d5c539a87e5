"""Figures that know which record's figure they are, so that a page says which of them it prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from typing import Any, TypeVar

from perfgen.figures import Figures
from perfgen.figures.deviation import Deviation
from perfgen.figures.rates import Rate
from perfgen.model.fields import attribute_of, key_of
from perfgen.model.formulas import Formula
from perfgen.model.records import ROWS, Record, Report
from perfgen.provenance.marks import Traced, TracedDecimal

R = TypeVar("R", bound=Record)

FigureKey = tuple[str, int, str]
"""A record's kind, its place among them, and the figure: ("budget", 3, "initial")."""

Figure = Decimal | Rate | Deviation | str


@dataclass(frozen=True, slots=True)
class _NumberedRate(Rate):
    source: int = 0


@dataclass(frozen=True, slots=True)
class _NumberedDeviation(Deviation):
    source: int = 0


@dataclass(frozen=True, slots=True)
class Numbered:
    """The figures with their numbers: `keys[0]` belongs to the number `first`.

    `values` are the figures, `typed` the sources of those that were typed.
    """

    figures: Figures
    first: int
    keys: Sequence[FigureKey]
    values: Mapping[FigureKey, Figure]
    typed: Mapping[FigureKey, int]


@dataclass(frozen=True, slots=True)
class Results:
    """A report whose results of formulas are numbered, and those results."""

    report: Report
    keys: Sequence[FigureKey] = ()
    values: Mapping[FigureKey, Figure] = field(default_factory=dict)


def number_results(report: Report, formulas: Sequence[Formula], first: int) -> Results:
    """Return the report, each result of a formula with a number of its own from `first` on."""
    numberer = _Numberer(first)
    for formula in formulas:
        kind = formula.record
        if kind == "report" or (kind not in ROWS and kind not in report.own):
            continue
        rows = tuple(
            numberer.result(row, kind, place, formula.field)
            for place, row in enumerate(report.rows(kind))
        )
        if kind in report.own:
            report = replace(report, own={**report.own, kind: rows})  # type: ignore[dict-item]
        else:
            changed: dict[str, Any] = {ROWS[kind]: rows}
            report = replace(report, **changed)
    return Results(report, numberer.keys, numberer.values)


def number_figures(
    figures: Figures, report: Report, first: int, results: Results | None = None
) -> Numbered:
    """Return the figures, each with a number of its own from `first` on, behind `results`."""
    numberer = _Numberer(first)
    if results is not None:
        numberer.keys += results.keys
        numberer.values |= results.values
    indicators = numberer.rows("indicator", figures.indicators)
    ledger = {id(row): place for place, row in enumerate(report.adjustments)}
    numbered = replace(
        figures,
        budget=numberer.rows("budget", figures.budget),
        funds=numberer.rows("fund", figures.funds),
        scores=numberer.rows("score", figures.scores),
        indicators=indicators,
        projects=numberer.rows("project", figures.projects),
        ledger=tuple(
            numberer.row("adjustment", ledger[id(row.entry)], row) for row in figures.ledger
        ),
    )
    return Numbered(numbered, first, numberer.keys, numberer.values, numberer.typed)


_OWN_NAMES = {("indicator", "computed"): "mark"}
"""Figures that a record knows by another name."""

_NO_FIGURES = frozenset({"level"})


class _Numberer:
    def __init__(self, first: int) -> None:
        self._first = first
        self._done: dict[int, Any] = {}
        self._places: dict[int, int] = {}
        self.keys: list[FigureKey] = []
        self.values: dict[FigureKey, Figure] = {}
        self.typed: dict[FigureKey, int] = {}

    def result(self, row: R, kind: str, place: int, field: str) -> R:
        """The record with the result of one formula numbered."""
        name = attribute_of(row, field)
        now: Any = getattr(row, name, None)
        key = key_of(row, field)
        held = now.get(key) if isinstance(now, Mapping) else now
        numbered = self._value((kind, place, field), held)
        if numbered is held:
            return row
        changed: dict[str, Any] = {
            name: {**now, key: numbered} if isinstance(now, Mapping) else numbered
        }
        return replace(row, **changed)

    def rows(self, kind: str, rows: Sequence[Any]) -> tuple[Any, ...]:
        self._places.update({id(row): place for place, row in enumerate(rows)})
        return tuple(self.row(kind, place, row) for place, row in enumerate(rows))

    def row(self, kind: str, place: int, row: Any) -> Any:
        """The figures of one record; parts that stand elsewhere, too, are numbered once."""
        if id(row) not in self._done:
            changes = {
                one.name: self._field(kind, place, one.name, getattr(row, one.name))
                for one in fields(row)
                if one.name not in _NO_FIGURES
            }
            self._done[id(row)] = replace(row, **changes)
        return self._done[id(row)]

    def _field(self, kind: str, place: int, name: str, value: Any) -> Any:
        if name == "parts":
            return tuple(self.row(kind, self._places[id(part)], part) for part in value)
        if name == "indicators":
            return tuple(self._done[id(row)] for row in value)
        if name == "money":
            return {source: self._money(kind, place, source, money)
                    for source, money in value.items()}  # fmt: skip
        return self._value((kind, place, _OWN_NAMES.get((kind, name), name)), value)

    def _money(self, kind: str, place: int, source: str, money: Any) -> Any:
        end = f".{source}" if source else ""
        return replace(
            money,
            **{
                one.name: self._value((kind, place, one.name + end), getattr(money, one.name))
                for one in fields(money)
            },
        )

    def _value(self, key: FigureKey, value: Any) -> Any:
        if isinstance(value, Decimal):
            made: Any = TracedDecimal.of(value, self._number(key, value))
            if isinstance(value, TracedDecimal) and value.source < self._first:
                self.typed[key] = value.source
            return made
        if isinstance(value, Rate):
            return _NumberedRate(value.state, value.ratio, self._number(key, value))
        if isinstance(value, Deviation):
            return _NumberedDeviation(
                value.ratio, value.measured, value.kept, self._number(key, value)
            )
        if isinstance(value, str) and value:
            if isinstance(value, Traced) and len(value.pieces) == 1:
                self._note_cell(key, value.pieces[0][1])
            return Traced.of(value, self._number(key, value))
        return value

    def _note_cell(self, key: FigureKey, source: int | None) -> None:
        if source is not None and source < self._first:
            self.typed[key] = source

    def _number(self, key: FigureKey, value: Figure) -> int:
        self.keys.append(key)
        self.values[key] = value
        return self._first + len(self.keys) - 1
