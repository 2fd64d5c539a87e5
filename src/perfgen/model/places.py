"""Which row of the workbook a cell belongs to, in words by which an officer knows it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from perfgen.model.cells import CellRef
from perfgen.model.fields import content_of, is_apart
from perfgen.model.layout import Layout, Sheet
from perfgen.model.numbers import plain
from perfgen.model.records import ROWS, Fact, OwnRow, Record, Report

_GROUPS = ("project", "category", "kind", "parent", "duty", "group")
"""Fields that say what a row belongs to: the first that is filled is shown before its name."""

_NAMES = ("name", "line", "subject", "text", "work", "subcategory")
_NAME_LENGTH, _GROUP_LENGTH, _VALUE_LENGTH = 24, 12, 36

_QUOTED = re.compile(r"[“‘]([^“”‘’]+)[”’]")
_FIGURE = re.compile(r"\d[\d.,]*\d%?|\d%?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A row and one of its cells: what the row belongs to, its name, the cell's header and value.

    `header` is empty where the cell is none of the layout's columns; `computed` says that perfgen
    fills the column itself, so that an empty cell of it is no blank.
    """

    row: int
    group: str
    name: str
    header: str
    value: str
    computed: bool = False

    def shown(self, about: str = "") -> str:
        """Return the row in a line. Of a long text, the part that `about` speaks of is shown."""
        parts = [_beginning(self.group, _GROUP_LENGTH), _beginning(self.name, _NAME_LENGTH)]
        if self.header:
            nothing = "（自动计算）" if self.computed else "（空）"
            parts.append(f"{self.header}：{_excerpt(self.value, about) or nothing}")
        return " │ ".join(part for part in parts if part)


class Places:
    """The rows of one report, found by their cells."""

    def __init__(self, report: Report, layout: Layout, *, mask: Callable[[str], str] = str) -> None:
        """Know the rows of `report`. `mask` hides in a text what must not be shown (脱敏)."""
        self._mask = mask
        self._rows: dict[tuple[str, int], tuple[Record, Sheet]] = {}
        for record, sheet in _records(report, layout):
            for ref in record.cells.values():
                self._rows[ref.sheet, ref.row] = record, sheet

    def find(self, ref: CellRef | None) -> Place | None:
        """Return the row that a cell stands in; None where nothing was read from that row."""
        found = self._rows.get((ref.sheet, ref.row)) if ref else None
        if ref is None or found is None:
            return None
        record, sheet = found
        field = _shown_field(sheet, record, ref)
        column, value = sheet.column(field), _value(record, field)
        group, name = _group_and_name(record)
        return Place(
            row=ref.row,
            group="" if group in (name, value) else self._mask(group),
            name="" if name == value else self._mask(name),
            header=column.header if column else "",
            value=self._mask(value),
            computed=column is not None and column.computed,
        )


def _records(report: Report, layout: Layout) -> Iterator[tuple[Record, Sheet]]:
    form = next((sheet for sheet in layout.sheets if sheet.kind == "form"), None)
    if form is not None:
        yield from ((fact, form) for fact in report.facts.values())
    for kind in (*ROWS, *report.own):
        sheet = layout.sheet_of(kind)
        if sheet is not None:
            yield from ((record, sheet) for record in report.rows(kind))


def _shown_field(sheet: Sheet, record: Record, ref: CellRef) -> str:
    if isinstance(record, Fact):
        return record.name
    field = next((field for field, cell in record.cells.items() if cell == ref), "")
    within_target = field in ("operator", "measure_unit") and not is_apart(record)
    if within_target:  # both have become part of it
        return "target.full" if sheet.column("target.full") else "target"
    return field


def _value(record: Record, field: str) -> str:
    value = content_of(record, field)
    return _one_line(plain(value) if isinstance(value, Decimal) else str(value or ""))


def _group_and_name(record: Record) -> tuple[str, str]:
    if isinstance(record, Fact):
        return "", ""
    if isinstance(record, OwnRow):
        texts = (text for field in record.cells if (text := _value(record, field)))
        return "", next(texts, "")
    return _first(record, _GROUPS), _first(record, _NAMES)


def _first(record: Record, fields: tuple[str, ...]) -> str:
    texts = (getattr(record, field, "") for field in fields)
    return next((_one_line(text) for text in texts if isinstance(text, str) and text), "")


def _one_line(text: str) -> str:
    return re.sub(r"\s*\n\s*", " ", text).strip()


def _beginning(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _excerpt(text: str, about: str) -> str:
    """The beginning of a text, or the part of it around the first thing that `about` names."""
    if len(text) <= _VALUE_LENGTH:
        return text
    named = [*_QUOTED.findall(about), *sorted(_FIGURE.findall(about), key=len, reverse=True)]
    at = next((place for words in named if (place := text.find(words)) >= 0), 0)
    start = max(0, min(at - _VALUE_LENGTH // 3, len(text) - _VALUE_LENGTH))
    end = start + _VALUE_LENGTH
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"
