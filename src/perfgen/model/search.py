"""Where in a report a piece of text stands (查找文字所在的单元格)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from perfgen.model.cells import CellRef
from perfgen.model.measure import Measure, Target
from perfgen.model.records import ROWS, OwnRow, Record, Report, Section


def find_text(report: Report, wanted: str) -> Iterator[CellRef]:
    """Yield each cell whose text holds `wanted`, sheet by sheet."""
    for record in all_records(report):
        for field, ref in record.cells.items():
            if wanted in _text(record, field):
                yield ref


def all_records(report: Report) -> Iterator[Record]:
    """Yield every record of a report, sheet by sheet."""
    yield from report.facts.values()
    for name in (*ROWS, *report.own):
        yield from report.rows(name)


def _text(record: Record, field: str) -> str:
    name, _, qualifier = field.partition(".")
    if isinstance(record, OwnRow):
        return record.values.get(field, "")
    name = {"target": "targets"}.get(name, name)
    if isinstance(record, Section) and name == "text":
        name = "paragraphs"
    value: object = getattr(record, name, "")
    if isinstance(value, Mapping):
        value = value.get(qualifier, "")
    if isinstance(value, Target | Measure):
        return value.text
    return "\n".join(value) if isinstance(value, tuple) else str(value)
