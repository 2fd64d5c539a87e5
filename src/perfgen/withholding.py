"""What is not for the public (不公开的内容): columns that a layout calls private, left blank."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeVar

from perfgen.model.fields import attribute_of, key_of
from perfgen.model.layout import Layout
from perfgen.model.records import ROWS, OwnRow, Record, Report

R = TypeVar("R", bound=Record)


def without_private(report: Report, layout: Layout) -> Report:
    """Return the report with the cells of private columns blank (联系电话)."""
    private = {
        sheet.record: {column.field for column in sheet.columns if column.private}
        for sheet in layout.sheets
    }
    if not any(private.values()):
        return report
    facts = {
        name: replace(fact, value="", content=None)
        if name in private.get("report", set())
        else fact
        for name, fact in report.facts.items()
    }
    rows: dict[str, Any] = {
        name: tuple(_blanked(row, private[kind]) for row in report.rows(kind))
        for kind, name in ROWS.items()
        if private.get(kind)
    }
    own = {
        kind: tuple(_blanked(row, private.get(kind, set())) for row in held)
        for kind, held in report.own.items()
    }
    return replace(report, facts=facts, own=own, **rows)


def _blanked(row: R, fields: Collection[str]) -> R:
    changes: dict[str, Any] = {}
    for field in fields:
        name = attribute_of(row, field)
        key = key_of(row, field)
        held = changes.get(name, getattr(row, name, None))
        if isinstance(held, Mapping):
            changes[name] = (
                {**held, key: ""}
                if isinstance(row, OwnRow)
                else {other: value for other, value in held.items() if other != key}
            )
        elif isinstance(held, str):
            changes[name] = ""
        elif isinstance(held, tuple):
            changes[name] = ()
        elif isinstance(held, Decimal):
            changes[name] = None
    return replace(row, **changes) if changes else row
