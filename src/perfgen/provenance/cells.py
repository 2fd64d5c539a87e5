"""Which cell each printed text came from: the texts of a report, each with its cell's number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from perfgen.model.cells import CellRef
from perfgen.model.fields import attribute_of, key_of
from perfgen.model.formulas import Formula
from perfgen.model.measure import Measure, Target
from perfgen.model.records import ROWS, Fact, Record, Report
from perfgen.provenance.marks import Traced, TracedDecimal

EXTRA = "extra:"
"""Before the header of a column without a role, whose column is found when it is written."""


@dataclass(frozen=True, slots=True)
class Source:
    """A cell from which something is printed. `field` is its role: `task.result`.

    `column` is 0 where only the header is known; `figure` says that it holds a number.
    """

    sheet: str
    row: int
    column: int
    field: str
    figure: bool = False

    @property
    def header(self) -> str:
        """Return the header of a column without a role; empty for any other."""
        _, _, name = self.field.partition(".")
        return name.removeprefix(EXTRA) if name.startswith(EXTRA) else ""


@dataclass(frozen=True, slots=True)
class TracedReport:
    """A report whose texts know their sources. `sources[0]` is none: cells count from 1."""

    report: Report
    sources: tuple[Source | None, ...]


def trace(report: Report, formulas: Sequence[Formula] = ()) -> TracedReport:
    """Return the report, every text and every amount with the number of its cell.

    What `formulas` gave came from no cell.
    """
    computed = {(one.record, one.field) for one in formulas if not one.given}
    return _Tracer(frozenset(computed)).whole(report)


class _Tracer:
    def __init__(self, computed: frozenset[tuple[str, str]]) -> None:
        self._sources: list[Source | None] = [None]
        self._computed = computed

    def whole(self, report: Report) -> TracedReport:
        changes: dict[str, Any] = {
            name: tuple(self._record(row, kind) for row in report.rows(kind))
            for kind, name in ROWS.items()
        }
        changes["own"] = {
            kind: tuple(self._record(row, kind) for row in rows)
            for kind, rows in report.own.items()
        }
        changes["facts"] = {name: self._fact(fact) for name, fact in report.facts.items()}
        unit = changes["facts"].get("unit")
        if unit is not None and unit.value == report.unit:
            changes["unit"] = unit.value
        return TracedReport(replace(report, **changes), tuple(self._sources))

    def _fact(self, fact: Fact) -> Fact:
        ref = fact.cell("value")
        if ref is None or not fact.value:
            return fact
        field, content = f"report.{fact.name}", fact.content
        computed = ("report", fact.name) in self._computed
        number = self._number(ref, field, figure=computed)
        if isinstance(content, Decimal):
            content = TracedDecimal.of(content, number)
        return replace(fact, value=Traced.of(fact.value, number), content=content)

    def _record(self, record: Record, kind: str) -> Record:
        changes: dict[str, Any] = {}
        for field, ref in record.cells.items():
            if (kind, field) in self._computed:
                continue
            name = attribute_of(record, field)
            before = changes.get(name, getattr(record, name, None))
            if isinstance(before, Mapping):
                key = key_of(record, field)
                if _filled(before.get(key)):
                    after = self._value(before[key], ref, f"{kind}.{field}")
                    changes[name] = {**before, key: after}
            elif _filled(before):
                changes[name] = self._value(before, ref, f"{kind}.{field}")
        first = next(iter(record.cells.values()), None)
        if first is not None and record.extra:
            changes["extra"] = {
                header: self._extra(text, first, kind, header)
                for header, text in record.extra.items()
            }
        return replace(record, **changes)

    def _extra(self, text: str, beside: CellRef, kind: str, header: str) -> str:
        if not text:
            return text
        return self._text(text, replace(beside, column=0), f"{kind}.{EXTRA}{header}")

    def _value(self, value: object, ref: CellRef, field: str) -> object:
        if isinstance(value, str):
            return self._text(value, ref, field)
        if isinstance(value, tuple):
            number = self._number(ref, field)
            return tuple(Traced.of(line, number) for line in value)
        if isinstance(value, Decimal):
            return TracedDecimal.of(value, self._number(ref, field, figure=True))
        if isinstance(value, Measure):
            return replace(value, text=self._text(value.text, ref, field))
        if isinstance(value, Target):
            number = self._number(ref, field)
            words = Traced.of(value.measure.text, number)
            whole = Traced.of(value.text, number)
            return replace(value, measure=replace(value.measure, text=words), as_typed=whole)
        return value

    def _text(self, text: str, ref: CellRef, field: str) -> Traced:
        return Traced.of(text, self._number(ref, field))

    def _number(self, ref: CellRef, field: str, *, figure: bool = False) -> int:
        self._sources.append(Source(ref.sheet, ref.row, ref.column, field, figure))
        return len(self._sources) - 1


def _filled(value: object) -> bool:
    """Whether a cell holds something: a 0 is an amount like any other."""
    return isinstance(value, Decimal) or bool(value)
