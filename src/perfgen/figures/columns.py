"""What a row holds in a column (列的值): the figure where perfgen computes it, else its content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import reduce

from perfgen.figures.budget import LineFigures
from perfgen.figures.compute import Figures
from perfgen.figures.deviation import Deviation, IndicatorFigures
from perfgen.figures.funds import FundFigures
from perfgen.figures.ledger import LedgerRow
from perfgen.figures.projects import TOTAL, ProjectFigures
from perfgen.figures.rates import Rate, RateState
from perfgen.figures.scores import ScoreFigures
from perfgen.model.fields import attribute_of, key_of
from perfgen.model.measure import Measure, Target
from perfgen.model.records import Fact, Record, Report

Value = Decimal | Rate | Deviation | Target | Measure | date | str | None

_MONEY = frozenset({"initial", "adjustment", "adjusted", "actual", "half_plan", "execution_rate"})
_RECORDS: Mapping[type, str] = {
    LineFigures: "line", FundFigures: "fund", ProjectFigures: "project",
    IndicatorFigures: "indicator", ScoreFigures: "item", LedgerRow: "entry",
}  # fmt: skip
_OF_REPORT = {
    "budget": "budget", "fund": "funds", "project": "projects", "indicator": "indicators",
    "score": "scores",
}  # fmt: skip


def rows_of(record: str, report: Report, figures: Figures) -> Sequence[object]:
    """Return the rows of a record, in the report's order: their figures where they have any."""
    name = _OF_REPORT.get(record)
    rows: Sequence[object] = getattr(figures, name) if name else report.rows(record)
    return rows


def record_of(row: object) -> Record | None:
    """Return the record behind a row of figures; the row itself where it is a record."""
    if isinstance(row, Record):
        return row
    name = _RECORDS.get(type(row))
    record: Record | None = getattr(row, name) if name else None
    return record


def value_of(row: object, field: str) -> Value:
    """Return what a row, of figures or a record, holds in the column of this field."""
    name, _, source = field.partition(".")
    if isinstance(row, LineFigures | FundFigures) and name in _MONEY:
        return _figure(row, name)
    if isinstance(row, ProjectFigures):
        if name in _MONEY:
            return _figure(row.money.get(source or TOTAL), name)
        if name == "mark":
            return row.rate_score
    if isinstance(row, IndicatorFigures) and name in ("deviation", "mark"):
        return row.deviation if name == "deviation" else row.score
    if isinstance(row, ScoreFigures) and name in ("full", "score"):
        return row.full if name == "full" else row.score
    if isinstance(row, LedgerRow) and name == "amount":
        return row.amount
    record = record_of(row)
    return None if record is None else _held(record, field)


def _figure(row: object, name: str) -> Value:
    figure: Value = getattr(row, name, None)
    return figure


def _held(record: Record, field: str) -> Value:
    if isinstance(record, Fact):
        return record.value if record.content is None else record.content
    key = key_of(record, field)
    value: object = getattr(record, attribute_of(record, field), None)
    if isinstance(value, Mapping):
        value = value.get(key)
    if isinstance(value, tuple):
        return reduce(lambda text, line: text + "\n" + line, value, "")[1:]  # keeps the sources
    return value if isinstance(value, Decimal | Target | Measure | date | str) else None


def exact_ratio(row: object, rate: Rate) -> Decimal | None:
    """Return a rate before it was rounded; as it was typed where that is kept. None if blank."""
    if rate.state is not RateState.VALUE or rate.ratio is None:
        return None
    money = row.whole if isinstance(row, ProjectFigures) else row
    computed = getattr(money, "computed_rate", None)
    actual, base = getattr(money, "actual", None), getattr(money, "adjusted", None)
    if isinstance(row, FundFigures) and base is None:
        base = row.initial
    if computed is None or computed.ratio != rate.ratio or not base:
        return rate.ratio
    return Decimal(0) if actual is None else actual / base
