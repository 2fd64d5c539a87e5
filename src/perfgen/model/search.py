"""Where in a report a piece of text stands (查找文字所在的单元格)."""

from __future__ import annotations

from collections.abc import Iterator

from perfgen.model.cells import CellRef
from perfgen.model.fields import content_of
from perfgen.model.records import ROWS, Record, Report


def find_text(report: Report, wanted: str) -> Iterator[CellRef]:
    """Yield each cell whose text holds `wanted`, sheet by sheet."""
    for record in all_records(report):
        for field, ref in record.cells.items():
            if wanted in str(content_of(record, field) or ""):
                yield ref


def all_records(report: Report) -> Iterator[Record]:
    """Yield every record of a report, sheet by sheet."""
    yield from report.facts.values()
    for name in (*ROWS, *report.own):
        yield from report.rows(name)
