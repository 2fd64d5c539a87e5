"""Rows under merged labels, any number of levels deep (合并单元格).

`{% for row in indicators | merged("indicator.category", "indicator.subcategory") %}` gives each
row with the labels that begin there; a label ends where one on its left does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Label:
    """A merged cell: its text, the rows that it spans, and its level from 1 on the left."""

    text: str
    rows: int
    level: int


@dataclass(frozen=True, slots=True)
class MergedRow:
    """One row: what it holds, and the labels whose cells begin in it, from left to right."""

    row: object
    labels: tuple[Label, ...]


def merged(rows: Sequence[object], *keys: str) -> tuple[MergedRow, ...]:
    """Return `rows`, each with the labels that begin there.

    A key is an attribute's path (`indicator.category`). Rows must stand under their labels, as in
    the workbook: equal labels that are not neighbours are two cells.
    """
    texts = [tuple(_text(row, key) for key in keys) for row in rows]
    return tuple(MergedRow(row, tuple(_labels_of(texts, place))) for place, row in enumerate(rows))


def _labels_of(texts: Sequence[tuple[str, ...]], place: int) -> list[Label]:
    """The labels that begin in a row: those that differ from the row above, and all after them."""
    own = texts[place]
    same = 0
    if place:
        above = texts[place - 1]
        while same < len(own) and own[same] == above[same]:
            same += 1
    return [
        Label(own[level], _span(texts, place, level + 1), level + 1)
        for level in range(same, len(own))
    ]


def _span(texts: Sequence[tuple[str, ...]], place: int, depth: int) -> int:
    last = place
    while last + 1 < len(texts) and texts[last + 1][:depth] == texts[place][:depth]:
        last += 1
    return last - place + 1


def _text(row: object, key: str) -> str:
    return str(value_at(row, key))


def value_at(row: object, key: str) -> object:
    """Return what stands at a path of attributes and keys (`money.fiscal.actual`).

    Empty where a key is missing; raises AttributeError for an unknown attribute.
    """
    value: object = row
    for name in key.split("."):
        if not isinstance(value, Mapping):
            value = getattr(value, name)
        elif name in value:
            value = value[name]
        else:
            return ""
    return value
