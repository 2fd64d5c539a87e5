"""From the year's targets to the start of the self-evaluation (由目标表起草自评表).

What both layouts have comes along by its role; the later layout's `[carry]` says the rest. What
finds no place is counted, column by column: nothing is dropped in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from perfgen.model.carrying import Copy
from perfgen.model.fields import content_of
from perfgen.model.layout import Layout, Rules, Sheet
from perfgen.model.measure import Target
from perfgen.model.numerals import numbered
from perfgen.model.records import Fact, Indicator, Record, Report
from perfgen.workbook.writing import CellValue, Content

Row = Mapping[str, CellValue]
"""One row: field of its role → content; the officer's own columns under their headers."""

OWN = "own:"
"""Before the header of an officer's own column, to tell it from a field."""

NOT_CARRIED = frozenset({"waiver", "adjustment"})
"""Explained findings and adjustments belong to the workbook that they were written in."""


@dataclass(frozen=True, slots=True)
class LeftOver:
    """A column of the source that found no place, and how many of its cells are filled."""

    sheet: str
    header: str
    count: int


@dataclass(frozen=True, slots=True)
class Carried:
    """The content of the new workbook: rows by sheet, how many came along, and what did not."""

    content: Content
    counts: Mapping[str, int]
    left: tuple[LeftOver, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _FormRow(Record):
    """The items of the form as one row, to copy from."""

    facts: Mapping[str, Fact]


@dataclass(slots=True)
class _Used:
    """Which cells came along: items of the form by field, others by record and field.

    `dropped` counts, by sheet and header, rows without what the new sheet must have.
    """

    facts: set[str] = field(default_factory=set)
    cells: set[tuple[int, str]] = field(default_factory=set)
    dropped: dict[tuple[str, str], int] = field(default_factory=dict)


def carry(report: Report, source: Layout, target: Layout) -> Carried:
    """Return what a workbook of `target` takes over from `report`, a workbook of `source`."""
    used = _Used()
    ready = target.ready_rows(report.year)
    content: dict[str, Sequence[Mapping[str, CellValue]]] = dict(ready)
    counts: dict[str, int] = {}
    for sheet in target.sheets:
        if sheet.kind == "form":
            content[sheet.name] = [_by_header(_facts(report, sheet, used), sheet)]
        elif sheet.kind == "table" and sheet.record not in NOT_CARRIED:
            rows = _rows(report, source, target, sheet, used)
            if rows:
                counts[sheet.name] = len(rows)
                before = [dict(row) for row in target.carrying.first.get(sheet.record, ())]
                content[sheet.name] = _beside_ready(
                    [_by_header(row, sheet) for row in [*before, *rows]],
                    ready.get(sheet.name, ()),
                    sheet,
                    keep=sheet.record in target.carrying.keeps_ready,
                )
    return Carried(content, counts, tuple(_left_over(report, source, used)))


def _facts(report: Report, sheet: Sheet, used: _Used) -> Row:
    known: Mapping[str, CellValue] = {
        "unit": report.unit, "year": str(report.year), "amount_unit": report.amount_unit,
    }  # fmt: skip
    row: dict[str, CellValue] = {}
    for column in sheet.columns:
        fact = report.facts.get(column.field)
        if column.field in known:
            row[column.field] = known[column.field]
            used.facts.add(column.field)
        elif fact is not None and fact.value and column.field != "date":
            row[column.field] = fact.value
            used.facts.add(column.field)
    return row


def _rows(report: Report, source: Layout, target: Layout, sheet: Sheet, used: _Used) -> list[Row]:
    """The rows of one sheet: those of the same record, then those made from others."""
    rows = _same_record(report, source, target, sheet, used)
    for copy in target.carrying.copies:
        if copy.record == sheet.record:
            rows += _copied(report, copy, used)
    names = target.carrying.values
    return [
        {
            field: names.get(f"{sheet.record}.{field}", {}).get(str(value), value)
            for field, value in row.items()
        }
        for row in rows
    ]


def _same_record(
    report: Report, source: Layout, target: Layout, sheet: Sheet, used: _Used
) -> list[Row]:
    origin = source.sheet_of(sheet.record)
    if origin is None or origin.kind != "table":
        return []
    shared = [
        column.field
        for column in sheet.columns
        if not column.computed and origin.column(column.field)
    ]
    if not any(column.required and column.field in shared for column in sheet.columns):
        return []
    needed = [column for column in sheet.columns if column.required and column.field in shared]
    rows: list[Row] = []
    for record in report.rows(sheet.record):
        row: dict[str, CellValue] = {field: content_of(record, field) for field in shared}
        if isinstance(record, Indicator):
            row |= _fitted_targets(record, row, sheet, target.rules)
        row |= {OWN + header: text for header, text in record.extra.items()}
        missing = next((column for column in needed if not row[column.field]), None)
        if missing is None:
            rows.append(row)
            used.cells |= {(id(record), field) for field in shared}
        else:
            place = (origin.name, f"没有“{missing.header}”的行")
            used.dropped[place] = used.dropped.get(place, 0) + 1
    return rows


def _fitted_targets(
    indicator: Indicator, row: Mapping[str, CellValue], sheet: Sheet, rules: Rules
) -> Mapping[str, CellValue]:
    """A target in the columns that the sheet has for it: ≥12家 in one, or ≥, 12 and 家 apart."""
    has_operator = sheet.column("operator") is not None
    fitted: dict[str, CellValue] = {}
    for column in row:
        name, _, period = column.partition(".")
        target = indicator.targets.get(period or "full") if name == "target" else None
        if target is None:
            continue
        if not has_operator:
            fitted[column] = target.text
        elif rules.target_columns == "apart" and not indicator.stated:
            value = _apart(target, fitted, has_unit=sheet.column("measure_unit") is not None)
            if value is not None:
                fitted[column] = value
    return fitted


def _apart(target: Target, fitted: dict[str, CellValue], *, has_unit: bool) -> str | None:
    """Put a target's sign and unit in their columns; return its number, None where it has none."""
    measure = target.measure
    if measure.number is None or target.as_typed is not None:
        return None
    sign, unit = target.operator or "", measure.unit
    if fitted.setdefault("operator", sign) != sign:
        return None  # another period has another sign: it stays in its own cell
    if not has_unit:
        return measure.text
    fitted.setdefault("measure_unit", unit)
    return measure.text.removesuffix(unit)


def _copied(report: Report, copy: Copy, used: _Used) -> list[Row]:
    rows: list[Row] = []
    for record in _origins(report, copy.of):
        if not all(content_of(record, name) in values for name, values in copy.where.items()):
            continue
        taken = {field: _content(record, origin) for field, origin in copy.fields.items()}
        row = {**copy.fixed, **taken}
        used.facts |= set(copy.fields.values()) if copy.of == "report" else set()
        used.cells |= {(id(record), origin) for origin in copy.fields.values()}
        if any(taken.values()) and not (copy.distinct and row in rows):
            rows.append(row)
    return [_joined(rows, copy)] if copy.join and rows else rows


def _origins(report: Report, record: str) -> Sequence[Record]:
    """The rows to copy from; the form counts as one row."""
    return [_FormRow(facts=report.facts)] if record == "report" else report.rows(record)


def _content(record: Record, field: str) -> CellValue:
    if isinstance(record, _FormRow):
        fact = record.facts.get(field)
        return fact.value if fact else None
    return content_of(record, field)


def _joined(rows: Sequence[Row], copy: Copy) -> Row:
    texts = {
        field: "\n".join(
            numbered(str(row[field]), place) if copy.numbered else str(row[field])
            for place, row in enumerate(rows, 1)
            if row.get(field)
        )
        for field in copy.fields
    }
    return {**copy.fixed, **texts}


def _by_header(row: Row, sheet: Sheet) -> Mapping[str, CellValue]:
    headers = {column.field: column.header for column in sheet.columns}
    return {
        headers.get(field, field.removeprefix(OWN)): value
        for field, value in row.items()
        if value is not None
    }


def _beside_ready(
    rows: list[Mapping[str, CellValue]],
    ready: Iterable[Mapping[str, CellValue]],
    sheet: Sheet,
    *,
    keep: bool,
) -> list[Mapping[str, CellValue]]:
    """The rows in place of the ready ones, or where these are kept, each in its name's place."""
    name = sheet.column("name")
    if not keep or name is None:
        return rows
    kept: list[Mapping[str, CellValue]] = []
    for row in ready:
        same = [own for own in rows if own.get(name.header) == row.get(name.header)]
        kept += same or [row]
    return kept + [row for row in rows if row not in kept]


def _left_over(report: Report, source: Layout, used: _Used) -> Iterable[LeftOver]:
    for sheet in source.sheets:
        if sheet.kind == "guide" or sheet.record in NOT_CARRIED:
            continue
        for column in sheet.columns:
            if column.computed:
                continue
            if sheet.kind == "form":
                fact = report.facts.get(column.field)
                left = int(bool(fact and fact.value and column.field not in used.facts))
            else:
                left = sum(
                    content_of(row, column.field) not in (None, "")
                    and (id(row), column.field) not in used.cells
                    for row in report.rows(sheet.record)
                )
            if left:
                yield LeftOver(sheet.name, column.header, left)
    for (name, what), count in used.dropped.items():
        yield LeftOver(name, what, count)
