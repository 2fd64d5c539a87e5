"""Rows in groups and their sums (分组和小计): one table of many projects, subtotals by office.

`{% for group in projects | grouped("project.department") %}` and, in it,
`{{ group.rows | total("whole.actual") | amount }}`.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import chain
from typing import Any

from perfgen.figures.budget import total
from perfgen.figures.rates import Rate, execution_rate
from perfgen.model.layout import Rules
from perfgen.render.page.merging import value_at
from perfgen.render.page.view import Group, grouped


def grouped_by(rows: Sequence[Any], key: str) -> tuple[Group[Any], ...]:
    """Return rows gathered under what stands at `key`, in the order of their first row."""
    return grouped(rows, lambda row: str(value_at(row, key)))


def summed(rows: Sequence[Any], *keys: str) -> Decimal | None:
    """Return the sum of what stands at these keys; None where every one is blank."""
    found = chain.from_iterable((value_at(row, key) for key in keys) for row in rows)
    return total([value if isinstance(value, Decimal) else None for value in found])


def share_of(actual: Decimal | None, whole: Decimal | None, rules: Rules) -> Rate:
    """Return a rate of two sums (执行率), rounded as the layout says."""
    blank_is_zero = rules.blank_actual == "zero"
    return execution_rate(actual, whole, decimals=rules.rate_decimals, blank_is_zero=blank_is_zero)
