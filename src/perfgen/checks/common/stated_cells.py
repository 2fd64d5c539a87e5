"""Which cell of a table a sentence's number contradicts, and what it would then hold (表里哪一格).

A sentence and a table that differ say nothing of which of the two is wrong. So the cell is only a
guess: it is told where its change makes other findings vanish, too, and no new one appear.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfgen.checks.common.amounts import whole_budget
from perfgen.checks.common.odd_part import is_key_slip
from perfgen.checks.registry import Case
from perfgen.figures.budget import LineFigures
from perfgen.figures.funds import FundFigures
from perfgen.figures.projects import TOTAL
from perfgen.model.cells import CellRef
from perfgen.model.finding import Mend
from perfgen.model.measure import Measure
from perfgen.model.numbers import YUAN, plain
from perfgen.model.records import Indicator, Record
from perfgen.prose import words
from perfgen.prose.money import Statement
from perfgen.prose.quantities import kind_of
from perfgen.prose.results import Told
from perfgen.prose.slips import is_slip

_FIELDS: Mapping[str, tuple[str, ...]] = {
    words.INITIAL: ("initial",),
    words.ADJUSTMENT: ("adjustment",),
    words.ADJUSTED: ("adjusted", "initial"),
    words.BUDGET: ("initial", "adjusted"),
    words.ACTUAL: ("actual",),
    words.SPENT: ("actual", "initial"),
    "": ("actual", "initial"),
}
"""The columns that a column's amounts are typed in, or follow from."""


@dataclass(frozen=True, slots=True)
class _Typed:
    """An amount that somebody typed: where, and what a change of it would be."""

    record: Record
    field: str
    value: Decimal
    ref: CellRef | None
    source: str = ""

    def changed(self, value: Decimal) -> Mend:
        """Return the change to another amount, as a guess."""
        meant: Decimal | Mapping[str, Decimal] = value
        typed = getattr(self.record, self.field)
        if isinstance(typed, Mapping):
            meant = {**typed, self.source: value}
        return Mend(record=self.record, field=self.field, values=(meant,), is_guess=True,
                    cell=self.ref, said=plain(value))  # fmt: skip


def amount_in_doubt(statement: Statement, known: Sequence[Decimal], case: Case) -> Mend | None:
    """Return the change of the only cell that would make a sentence's amount right."""
    quantity = statement.quantity
    if not quantity.is_money or quantity.about or quantity.bound:
        return None
    yuan = YUAN[case.report.amount_unit]
    cells = [
        cell
        for field in _FIELDS.get(statement.column, ())
        for cell in _cells(statement.row.name, field, case, whole=statement.row.whole)
    ]
    offs = [(quantity.value - value) / yuan for value in known]
    for is_likely in (is_key_slip, is_slip):
        found = {
            cell.ref: cell.changed(cell.value + off)
            for cell in cells
            for off in offs
            if off and is_likely(cell.value, cell.value + off)
        }
        if found:
            return next(iter(found.values())) if len(found) == 1 else None
    return None


def result_in_doubt(told: Told, case: Case) -> Mend | None:
    """Return the change of an indicator's result to what a sentence says, where one is a slip."""
    result, quantity = told.known.result, told.quantity
    if result is None or result.number is None or quantity.about or quantity.bound:
        return None
    if kind_of(quantity.unit) != kind_of(result.base_unit):
        return None
    meant = quantity.value / result.scale
    rows = [row for row in case.figures.indicators if row.indicator.name == told.known.name]
    if len(rows) != 1 or meant == result.number:
        return None
    deviates = rows[0].deviation is not None and rows[0].deviation.ratio != 0
    unexplained = rows[0].adverse is not False and not rows[0].indicator.reason.strip()
    if not (deviates and unexplained) and not is_slip(meant, result.number):
        return None
    return changed_result(rows[0].indicator, meant)


def changed_result(indicator: Indicator, meant: Decimal) -> Mend | None:
    """Return the change of a result to another number, as a guess."""
    actual = indicator.actual
    if actual is None:
        return None
    value = Measure.parse(plain(meant), unit=actual.unit)
    return Mend(record=indicator, field="actual", values=(value,), is_guess=True,
                cell=indicator.cell("actual"), said=value.text)  # fmt: skip


def _cells(name: str, field: str, case: Case, *, whole: bool) -> Iterator[_Typed]:
    """The typed amounts that the amount of a row follows from, its own before all others."""
    of_lines = whole and whole_budget(case) is not None  # otherwise they are only some of it
    of_funds = whole and not of_lines
    lines = [
        line
        for line in case.figures.budget
        if name in (line.name, line.line.group) or (of_lines and line.level == 0)
    ]
    funds = [
        fund for fund in case.figures.funds if fund.name == name or (of_funds and fund.level == 0)
    ]
    for row in [*_with_parts(lines), *_with_parts(funds)]:
        record = row.line if isinstance(row, LineFigures) else row.fund
        typed = getattr(record, field, None)
        if isinstance(typed, Decimal):
            yield _Typed(record, field, typed, record.cell(field))
    for project in case.figures.projects:
        amounts = getattr(project.project, field, {})
        of_all = of_funds and not funds
        if (of_all or project.name == name) and isinstance(amounts, Mapping):
            for source, amount in amounts.items():
                ref = project.project.cell(f"{field}.{source}" if source != TOTAL else field)
                yield _Typed(project.project, field, amount, ref, source)


def _with_parts(
    rows: Sequence[LineFigures | FundFigures],
) -> Iterator[LineFigures | FundFigures]:
    for row in rows:
        yield row
        yield from _with_parts(row.parts)
