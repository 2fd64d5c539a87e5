"""Changes → the page 调整对照表 (项目 | 内容 | 调整前 | 调整后 | 增减 | 增减率), for the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from perfgen.comparing.changes import Change, Changes, RowChange, as_number, kind_of
from perfgen.comparing.showing import amount_text, signed
from perfgen.comparing.snapshot import Entry, Snapshot
from perfgen.layouts import templates_folder
from perfgen.model.layout import Layout
from perfgen.model.numbers import fixed, plain
from perfgen.render.page.template import shared_page

LONG = 200
"""A row with a longer text may be split over pages."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of the table, as it prints. Rates and texts have no difference."""

    name: str
    header: str
    old: str
    new: str
    difference: str = ""
    rate: str = ""

    @property
    def long(self) -> bool:
        """Return whether the row may be split over pages."""
        return max(len(self.old), len(self.new)) > LONG


@dataclass(frozen=True, slots=True)
class TableSheet:
    """The changes of one sheet: of figures, and of texts."""

    name: str
    amounts: tuple[TableRow, ...]
    texts: tuple[TableRow, ...]


def comparison_page(changes: Changes, new: Snapshot, layout: Layout, day: date) -> str:
    """Return the page that prints the changes."""
    names = dict.fromkeys(row.entry.sheet for row in changes.rows)
    signs = _Signs.of(layout)
    sheets = [
        _sheet(name, [r for r in changes.rows if r.entry.sheet == name], signs) for name in names
    ]
    return shared_page(
        "comparison.html.j2", layout, new.amount_unit, {"new": new, "sheets": sheets, "day": day}
    )


def comparison_layout(layout: Layout) -> Layout:
    """Return the layout by which the table prints: the shared look and its own widths."""
    shared = templates_folder() / "_shared"
    return replace(
        layout, folder=shared, styles=(shared / "gongwen.css", shared / "comparison.css")
    )


@dataclass(frozen=True, slots=True)
class _Signs:
    """How the ledger's amounts count (调整类型): a 追减 of 6 is -6, as the annex prints it."""

    amount: str
    kind: str
    by_kind: Mapping[str, Decimal]

    @classmethod
    def of(cls, layout: Layout) -> _Signs:
        sheet = layout.sheet_of("adjustment")
        found = [sheet.column(field) if sheet else None for field in ("amount", "type")]
        amount, kind = (column.header if column else "" for column in found)
        return cls(amount, kind, layout.rules.adjustment_signs)

    def signed(self, row: RowChange, change: Change) -> Change:
        """Return the change with both amounts as they count."""
        if row.entry.record != "adjustment" or change.header != self.amount:
            return change
        return replace(
            change, old=self._text(row.old, change.old), new=self._text(row.new, change.new)
        )

    def _text(self, entry: Entry | None, text: str) -> str:
        sign = self.by_kind.get(entry.entered.get(self.kind, ""), 1) if entry else 1
        try:
            return plain(Decimal(text) * sign) if text else text
        except InvalidOperation:
            return text


def _sheet(name: str, rows: Iterable[RowChange], signs: _Signs) -> TableSheet:
    amounts: list[TableRow] = []
    texts: list[TableRow] = []
    for row in rows:
        for change in _all_changes(row):
            shown = _table_row(row, signs.signed(row, change))
            (amounts if change.amount or _is_rate(change) else texts).append(shown)
    return TableSheet(name, tuple(amounts), tuple(texts))


def _all_changes(row: RowChange) -> Iterable[Change]:
    """The changes of a row; a new or a lost row changes all that it holds."""
    kind = kind_of(row)
    if kind in ("new", "gone"):
        entry = row.entry
        for header, value in {**entry.entered, **entry.computed}.items():
            old, new = ("", value) if kind == "new" else (value, "")
            yield Change(header, old, new, header in entry.entered, header in entry.numbers)
        return
    if row.renamed and row.old and row.new:
        yield Change("名称", row.old.name, row.new.name, typed=True)
    yield from row.changes


def _table_row(row: RowChange, change: Change) -> TableRow:
    name = row.entry.name
    if not change.amount:
        return TableRow(name, change.header, change.old, change.new)
    difference = change.difference
    return TableRow(
        name,
        change.header,
        amount_text(change.old),
        amount_text(change.new),
        "" if difference is None else signed(difference),
        _rate(change.old, difference),
    )


def _rate(old: str, difference: Decimal | None) -> str:
    """The change in percent of what was; blank where there was nothing."""
    before = as_number(old or "0")
    if not before or difference is None:
        return ""
    try:
        return f"{fixed(difference / before * 100, 2)}%"
    except InvalidOperation:  # more digits than any report has
        return ""


def _is_rate(change: Change) -> bool:
    return all(value == "" or value.endswith("%") for value in (change.old, change.new))
