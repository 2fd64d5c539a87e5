"""A record's content by the field of a role: what its cell holds, whatever the record is.

The workbook's words: a target as it prints (`≥6次`), paragraphs joined by line breaks, an amount
as a Decimal. It is what a cell of that role would be filled with.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from perfgen.model.measure import Measure, Target
from perfgen.model.records import Fact, Indicator, OwnRow, Record

Content = str | Decimal | date | None

_ATTRIBUTES: Mapping[str, str] = {"target": "targets", "date": "day"}
_WITHIN_TARGET = frozenset({"operator", "measure_unit"})
"""Columns whose content has become part of the target: `≥6次` has its sign and its unit."""

_STATED = frozenset({"operator", "target", "actual"})
"""Columns whose content is kept as it was typed, where a layout prints them apart."""


def content_of(record: Record, field: str) -> Content:
    """Return what the record holds for `field` (`actual`, `target.half`, `plan.06`); None if blank.

    None, too, for what perfgen alone computes: nobody filled it.
    """
    if isinstance(record, OwnRow):
        held = record.values.get(field)
        return None if held == "" else held
    if isinstance(record, Fact):
        return record.value or None
    if field.partition(".")[0] in _WITHIN_TARGET and not is_apart(record):
        return None
    return _plain(getattr(record, attribute_of(record, field), None), key_of(record, field))


def attribute_of(record: Record, field: str) -> str:
    """Return the attribute of a record that holds the content of `field`."""
    if isinstance(record, OwnRow):
        return "values"
    if isinstance(record, Fact):
        return "value"
    name = field.partition(".")[0]
    if is_apart(record) and name in _STATED:
        return "stated"
    if is_apart(record) and name == "measure_unit":
        return "unit"
    if name == "text" and hasattr(record, "paragraphs"):
        return "paragraphs"
    return _ATTRIBUTES.get(name, name)


def is_apart(record: Record) -> bool:
    """Return whether an indicator keeps what stands in the columns of its target, as typed."""
    return isinstance(record, Indicator) and bool(record.stated)


def key_of(record: Record, field: str) -> str:
    """Return the key of `field` where its attribute is a mapping: `target.half` → half."""
    if isinstance(record, OwnRow):
        return field
    name, _, qualifier = field.partition(".")
    if is_apart(record) and name in ("operator", "actual"):
        return name
    return qualifier or ("full" if name == "target" else "")


def _plain(value: object, key: str) -> Content:
    if isinstance(value, Mapping):
        value = value.get(key)
    if isinstance(value, Target | Measure):
        return value.text or None
    if isinstance(value, tuple):
        return "\n".join(value) or None
    if value is None or isinstance(value, Decimal | date):
        return value
    return str(value) or None
