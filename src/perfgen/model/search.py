"""Where in a report a piece of text stands (查找文字所在的单元格)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from perfgen.model.cells import CellRef
from perfgen.model.measure import Measure, Target
from perfgen.model.records import Record, Report


def find_text(report: Report, wanted: str) -> Iterator[CellRef]:
    """Yield each cell whose text holds `wanted`, sheet by sheet."""
    for record in all_records(report):
        for field, ref in record.cells.items():
            if wanted in _text(record, field):
                yield ref


def all_records(report: Report) -> Iterator[Record]:
    """Yield every record of a report, sheet by sheet."""
    yield from report.facts.values()
    yield from report.sections
    yield from report.budget
    yield from report.adjustments
    yield from report.tasks
    yield from report.indicators
    yield from report.waivers


def _text(record: Record, field: str) -> str:
    name, _, period = field.partition(".")
    name = {"text": "paragraphs", "target": "targets"}.get(name, name)
    value: object = getattr(record, name, "")
    if isinstance(value, Mapping):
        value = value.get(period, "")
    if isinstance(value, Target | Measure):
        return value.text
    return "\n".join(value) if isinstance(value, tuple) else str(value)
