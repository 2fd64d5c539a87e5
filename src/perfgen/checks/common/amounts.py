"""Amounts as the rules compare them: what rounding explains, and the budget as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfgen.checks.registry import Case
from perfgen.figures.budget import LineFigures, total

CENT = Decimal("0.01")
"""What rounding may explain, for each addend (每个加数允许的尾差)."""

DUST = Decimal("0.000000001")
"""Below any money: what the 15 digits of a formula (=100/3) leave between a total and its parts."""


def is_same(one: Decimal, other: Decimal) -> bool:
    """Return whether two amounts are the same, but for what formulas leave."""
    return abs(one - other) <= DUST


def first_causes(lines: Sequence[LineFigures], field: str) -> list[LineFigures]:
    """The lines but those totals, left blank in `field`, that only sum up another of them."""
    known = {id(line) for line in lines}
    return [
        line
        for line in lines
        if getattr(line.line, field) is not None
        or not any(id(part) in known for part in line.parts)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """The amounts of a whole budget. None where an amount is not known in full.

    `names` are the lines that it was summed from.
    """

    names: tuple[str, ...]
    half_plan: Decimal | None = None
    initial: Decimal | None = None
    adjustment: Decimal | None = None
    adjusted: Decimal | None = None
    actual: Decimal | None = None


def whole_budget(case: Case) -> Whole | None:
    """Return the unit's budget as a whole; None where the table holds some of its lines only.

    A table whose lines have no kinds (总额, 项目支出) is a choice of projects, no whole.
    """
    tops = [line for line in case.figures.budget if line.level == 0 and not line.again]
    if not tops or not case.layout.rules.parents or not any(line.parts for line in tops):
        return None
    adjustments = [line.adjustment for line in tops]
    return Whole(
        names=tuple(line.name for line in tops),
        half_plan=_in_full([line.half_plan for line in tops]),
        initial=_in_full([line.initial for line in tops]),
        adjustment=total(adjustments),
        adjusted=_in_full([line.adjusted for line in tops]),
        actual=_in_full([line.actual for line in tops]),
    )


def _in_full(amounts: Sequence[Decimal | None]) -> Decimal | None:
    return None if None in amounts else total(amounts)
