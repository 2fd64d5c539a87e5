"""Signs and functions on the values of cells (运算): a blank stays a blank, a gap is never 0."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal, DecimalException
from typing import TypeGuard

from perfgen.model.formulas import UNDEFINED
from perfgen.model.names import bare_name
from perfgen.model.numbers import half_up, without_dust

Value = Decimal | date | str | bool | None
"""A number or ratio, a day, a text (UNDEFINED among them), true or false, or nothing."""


def added(left: Value, right: Value, sign: str) -> Value:
    """Return the sum or the difference. A blank adds nothing; without either there is no sum.

    A difference needs both: what was spent before nobody filled it in is not 0.
    """
    if left is None or right is None:
        there = right if left is None else left
        return there if sign == "+" else None
    if isinstance(left, date) and isinstance(right, date):
        return Decimal((left - right).days)
    if isinstance(left, date) and _is_number(right):
        return _moved(left, right if sign == "+" else -right)
    if not _is_number(left) or not _is_number(right):
        return UNDEFINED
    return left + right if sign == "+" else left - right


def _moved(day: date, days: Decimal) -> Value:
    try:
        return day + timedelta(days=int(days))
    except OverflowError:
        return UNDEFINED


def scaled(left: Value, right: Value, sign: str, over_zero: str) -> Value:
    """Return the product or the quotient; blank where either is.

    0 divided by 0 is blank, anything else divided by 0 undefined, unless the formula says another.
    """
    if left is None or right is None:
        return None
    if not _is_number(left) or not _is_number(right):
        return UNDEFINED
    try:
        if sign == "×":
            return left * right
        if right == 0:
            if over_zero == "zero":
                return Decimal(0)
            return None if over_zero == "blank" or left == 0 else UNDEFINED
        return left / right
    except DecimalException:
        return UNDEFINED


def compared(left: Value, right: Value, sign: str) -> Value:
    """Return whether a comparison holds; nothing where one side is blank, unless "" is meant."""
    if "" in (left, right):
        same = (left in (None, "")) == (right in (None, ""))
        return {"=": same, "≠": not same}.get(sign)
    if left is None or right is None:
        return None
    if isinstance(left, str) and isinstance(right, str) and UNDEFINED not in (left, right):
        one, other = bare_name(left), bare_name(right)
        return {"=": one == other, "≠": one != other}.get(sign)
    if _is_number(left) and _is_number(right):
        order = without_dust(left).compare(without_dust(right))
    elif isinstance(left, date) and isinstance(right, date):
        order = Decimal((left > right) - (left < right))
    else:
        return None
    return {
        "=": order == 0, "≠": order != 0, "<": order < 0, "≤": order <= 0, ">": order > 0,
        "≥": order >= 0,
    }[sign]  # fmt: skip


def every(parts: Sequence[Value]) -> Value:
    """Return 且: false where one is, unknown where one is."""
    return False if False in parts else None if None in parts else True


def some(parts: Sequence[Value]) -> Value:
    """Return 或: true where one is, unknown where one is."""
    return True if True in parts else None if None in parts else False


def extreme(parts: Sequence[Value], literal: Sequence[bool], *, largest: bool) -> Value:
    """Return 最大 or 最小; a number written in the formula alone makes none of blanks."""
    there = [part for part in parts if part is not None]
    own = [part for part, fixed in zip(parts, literal, strict=True) if not fixed]
    if not there or (own and all(part is None for part in own)):
        return None
    numbers = [part for part in there if _is_number(part)]
    days = [part for part in there if isinstance(part, date)]
    choose = max if largest else min
    if len(numbers) == len(there):
        return choose(numbers)
    return choose(days) if len(days) == len(there) else UNDEFINED


def rounded(value: Value, decimals: Value) -> Value:
    """Return 四舍五入."""
    if value is None or not _is_number(decimals):
        return None
    return half_up(without_dust(value), int(decimals)) if _is_number(value) else UNDEFINED


def over_rows(name: str, values: Sequence[Value]) -> Value:
    """Return 合计, 计数 or 平均 of the values that are there; blank where none is."""
    if name == "计数":
        return Decimal(sum(value not in (None, "") for value in values))
    numbers = [value for value in values if _is_number(value)]
    if not numbers:
        return None
    total = sum(numbers, Decimal(0))
    return total if name == "合计" else total / len(numbers)


def _is_number(value: Value) -> TypeGuard[Decimal]:
    return isinstance(value, Decimal)
