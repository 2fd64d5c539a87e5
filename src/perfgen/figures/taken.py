"""What a rule of scoring takes from elsewhere in the workbook (取数): an item of the form, a cell.

`report.own.staff_rate` is an item of the form; `expense.三公经费.change` the column `change` of
the row 三公经费 of a table.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from perfgen.model.fields import content_of
from perfgen.model.measure import Measure
from perfgen.model.names import bare_name
from perfgen.model.numbers import plain
from perfgen.model.records import OwnRow, Record, Report

Taken = Callable[[str], Measure | None]
"""From where a rule takes its value to what stands there."""


def taken_from(report: Report) -> Taken:
    """Return the way to look up what rules take from this report."""

    def taken(path: str) -> Measure | None:
        record, _, rest = path.partition(".")
        if record == "report":
            fact = report.facts.get(rest)
            return _measure(fact.value if fact else None)
        name, _, field = rest.partition(".")
        wanted = bare_name(name)
        rows = (row for row in report.rows(record) if bare_name(_name_of(row)) == wanted)
        row = next(rows, None)
        return None if row is None else _measure(content_of(row, field))

    return taken


def _measure(content: object) -> Measure | None:
    text = plain(content) if isinstance(content, Decimal) else str(content or "")
    return Measure.parse(text) if text else None


def _name_of(row: Record) -> str:
    name = row.values.get("name", "") if isinstance(row, OwnRow) else getattr(row, "name", "")
    return str(name)
