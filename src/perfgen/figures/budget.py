"""The budget table (预算信息): totals, adjustments, adjusted budgets, execution rates.

Rules: adjusted = initial + adjustment (调整预算数 = 年初预算数 + 追加追减数); a total that is left
blank is the sum of its parts, a given one is kept; where the ledger has rows, it decides the
adjustments.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

from perfgen.figures.kept import NOTHING_KEPT, Kept
from perfgen.figures.ledger import ledger_sums
from perfgen.figures.rates import Rate, execution_rate
from perfgen.model.layout import Rules
from perfgen.model.records import Adjustment, BudgetLine


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFigures:
    """The figures of one budget line, in the workbook's unit. None prints blank.

    `level` is 0 for a line without a parent; `parts` are its direct parts, in their order.
    `again` is True for a further line of the same total (总额 and 合计): it has the same parts, and
    is counted once. `execution_rate` is what gets printed, `computed_rate` what the rule gives.
    """

    line: BudgetLine
    level: int
    parts: tuple[LineFigures, ...]
    half_plan: Decimal | None
    initial: Decimal | None
    adjustment: Decimal | None
    adjusted: Decimal | None
    actual: Decimal | None
    execution_rate: Rate
    computed_rate: Rate
    again: bool = False

    @property
    def name(self) -> str:
        """Return the line's name (预算项目)."""
        return self.line.name


def budget_figures(
    lines: Sequence[BudgetLine],
    adjustments: Sequence[Adjustment],
    rules: Rules,
    *,
    kept: Kept = NOTHING_KEPT,
) -> tuple[LineFigures, ...]:
    """Return the figures of all lines, in the order of `lines`."""
    parents = parent_lines(lines, rules.parents)
    again = totals_again(lines, parents, rules.parents)
    parents = [again.get(parent, parent) if parent is not None else None for parent in parents]
    ledger = ledger_sums(adjustments, rules.adjustment_signs) if adjustments else None
    children: dict[int, list[int]] = {}
    for index, parent in enumerate(parents):
        if parent is not None:
            children.setdefault(parent, []).append(index)
    done: dict[int, LineFigures] = {}

    def figures(index: int) -> LineFigures:
        if index not in done:
            below = children.get(again.get(index, index), ())
            line = _line(
                lines[index],
                _level(index, parents),
                tuple(figures(child) for child in below),
                ledger,
                rules,
            )
            printed = kept.rate(line.line, line.computed_rate)
            done[index] = replace(line, execution_rate=printed, again=index in again)
        return done[index]

    return tuple(figures(index) for index in range(len(lines)))


def parent_lines(lines: Sequence[BudgetLine], parents: Mapping[str, str]) -> list[int | None]:
    """Return each line's parent as an index: the nearest line above of the parent's kind.

    Where there is none above (an officer sorted the rows), the first one below it.
    """
    first: dict[str, int] = {}
    for index, line in enumerate(lines):
        first.setdefault(line.kind, index)
    latest: dict[str, int] = {}
    found: list[int | None] = []
    for index, line in enumerate(lines):
        wanted = parents.get(line.kind)
        found.append(latest.get(wanted, first.get(wanted)) if wanted else None)
        latest[line.kind] = index
    return found


def totals_again(
    lines: Sequence[BudgetLine], found: Sequence[int | None], parents: Mapping[str, str]
) -> dict[int, int]:
    """Return the further lines of the whole (a second 总额), each with the first one's index.

    Lines of the topmost kind that each have a full set of parts are totals of their own.
    """
    again: dict[int, int] = {}
    for kind in set(parents.values()) - set(parents):
        tops = [index for index, line in enumerate(lines) if line.kind == kind]
        held = [
            {line.kind for line, parent in zip(lines, found, strict=True) if parent == top}
            for top in tops
        ]
        apart = any(one & other for one, other in combinations(held, 2))
        if any(held) and not apart:
            again |= dict.fromkeys(tops[1:], tops[0])
    return again


def _level(index: int, parents: Sequence[int | None]) -> int:
    level = 0
    parent = parents[index]
    while parent is not None:
        level += 1
        parent = parents[parent]
    return level


def _line(
    line: BudgetLine,
    level: int,
    parts: tuple[LineFigures, ...],
    ledger: Mapping[str, Decimal] | None,
    rules: Rules,
) -> LineFigures:
    initial = _given_or_sum(line.initial, [part.initial for part in parts])
    below = [part.adjustment for part in parts]
    if ledger is None:
        adjustment = _given_or_sum(line.adjustment, below)
    else:
        adjustment = total([ledger.get(line.name), *below])
    adjusted = total([initial, adjustment])
    actual = _given_or_sum(line.actual, [part.actual for part in parts])
    rate = execution_rate(
        actual,
        adjusted,
        decimals=rules.rate_decimals,
        blank_is_zero=rules.blank_actual == "zero",
    )
    return LineFigures(
        line=line,
        level=level,
        parts=parts,
        half_plan=_given_or_sum(line.half_plan, [part.half_plan for part in parts]),
        initial=initial,
        adjustment=adjustment,
        adjusted=adjusted,
        actual=actual,
        execution_rate=rate,
        computed_rate=rate,
    )


def _given_or_sum(given: Decimal | None, parts: Sequence[Decimal | None]) -> Decimal | None:
    return total(parts) if given is None else given


def total(amounts: Sequence[Decimal | None]) -> Decimal | None:
    """Return the sum of the amounts that are there; None where none is."""
    there = [amount for amount in amounts if amount is not None]
    return sum(there, Decimal(0)) if there else None
