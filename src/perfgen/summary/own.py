"""What a layout's own columns and formulas hold, as a summary lists it (自有列): one row a cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from perfgen.figures.columns import value_of
from perfgen.model.layout import Column, Layout, Sheet
from perfgen.model.numbers import YUAN
from perfgen.model.records import Record, Report
from perfgen.model.roles import OWN, ROLES
from perfgen.render.page.cells import printed


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnEntry:
    """A cell: its table, its row's name, its header; a number where it is one, else a text.

    An amount is in the summary's unit.
    """

    sheet: str
    row: str
    header: str
    number: Decimal | None = None
    text: str = ""


def own_entries(report: Report, layout: Layout, unit: str) -> Iterator[OwnEntry]:
    """Yield what is filled or computed in columns that only this layout has."""
    scale = YUAN[report.amount_unit] / YUAN[unit]
    for sheet in layout.sheets:
        if sheet.kind == "guide" or sheet.record == "waiver":
            continue
        for column in sheet.columns:
            if column.private or not _is_own(sheet, column):
                continue
            for row, held in _rows(report, sheet, column):
                value = value_of(held, column.field)
                if isinstance(value, Decimal):
                    number = value * scale if column.kind == "amount" else Decimal(value)
                    yield OwnEntry(sheet=sheet.name, row=row, header=column.header, number=number)
                elif value not in (None, ""):
                    text = printed(value, column, layout.rules, report.amount_unit)
                    yield OwnEntry(sheet=sheet.name, row=row, header=column.header, text=text)


def _is_own(sheet: Sheet, column: Column) -> bool:
    """Whether a column is the layout's own, and more than words of a table of its own."""
    if column.formula is not None or column.field.startswith(f"{OWN}."):
        return True
    return sheet.record not in ROLES and column.kind not in ("text", "long", "choice")


def _rows(report: Report, sheet: Sheet, column: Column) -> Iterator[tuple[str, Record]]:
    if sheet.kind == "form":
        fact = report.facts.get(column.field)
        if fact is not None:
            yield "", fact
        return
    for record in report.rows(sheet.record):
        yield str(value_of(record, "name") or ""), record
