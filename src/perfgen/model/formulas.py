"""A layout's formulas (公式) as trees: what is computed from which columns, checked at loading.

`[实际支出数] / [调整预算数]` is an Operation over two Cells. Which record and field a name in
brackets means has been settled before a tree stands in a layout.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

UNDEFINED = "—"
"""What prints where a formula divides by 0, or counts on something that is no number."""


@dataclass(frozen=True, slots=True)
class Name:
    """What stands in brackets, before it is settled. `outer` is 本行[…], the row at hand."""

    text: str
    outer: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written; `percent` says that it was written with %.

    An amount of money bears its `unit` (5万元), for workbooks differ in theirs.
    """

    value: Decimal
    percent: bool = False
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A text in quotation marks."""

    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A column of the row at hand; `outer` is the row for which a sum over others is made."""

    record: str
    field: str
    outer: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the form sheet (基本信息)."""

    field: str


@dataclass(frozen=True, slots=True)
class NamedCell:
    """A column of the row with this name, such as [收支：三公经费：实际支出数]."""

    record: str
    row: str
    field: str


@dataclass(frozen=True, slots=True)
class Operation:
    """Two parts under one sign: + - × ÷, or a comparison = ≠ < ≤ > ≥."""

    sign: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Call:
    """A function of one row's values: 若, 最大, 最小, 四舍五入, 绝对值, 且, 或, 非."""

    name: str
    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Over:
    """合计, 计数 or 平均 of `value` over rows of `record`: those for which `condition` holds.

    Each of `keys` is an expression of those rows and one of the row at hand, which must be equal.
    """

    name: str
    record: str
    value: Expression
    condition: Expression | None = None
    keys: tuple[tuple[Expression, Expression], ...] = ()


@dataclass(frozen=True, slots=True)
class Parts:
    """下级合计: the sum of `value` over the rows that name the row at hand as their parent."""

    value: Expression


Expression = Name | Number | Words | Cell | Item | NamedCell | Operation | Call | Over | Parts

ADDING, SCALING = ("+", "-"), ("×", "÷")
COMPARING = ("=", "≠", "<", "≤", ">", "≥")


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """The formula of a column: its text, its tree, and how it treats blanks and a divisor of 0.

    `blanks` is `blank` (nothing comes of nothing) or `zero` (a blank counts as 0); `over_zero` is
    what something divided by 0 gives: `dash`, `blank` or `zero`. With `given`, what was typed is
    kept and the formula fills blanks alone.
    """

    record: str
    field: str
    text: str
    expression: Expression
    blanks: str = "blank"
    over_zero: str = "dash"
    given: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """What must hold in each row (应当), as a condition; `note` says it in the layout's words."""

    formula: Formula
    note: str = ""


def parts_of(expression: Expression) -> tuple[Expression, ...]:
    """Return the expressions right below this one."""
    if isinstance(expression, Operation):
        return expression.left, expression.right
    if isinstance(expression, Call):
        return expression.parts
    if isinstance(expression, Over):
        condition = () if expression.condition is None else (expression.condition,)
        return expression.value, *condition, *(part for key in expression.keys for part in key)
    return (expression.value,) if isinstance(expression, Parts) else ()


def walk(expression: Expression) -> Iterator[Expression]:
    """Yield the expression and all below it."""
    left = [expression]
    while left:
        one = left.pop()
        yield one
        left += reversed(parts_of(one))
