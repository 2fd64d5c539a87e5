"""Live formulas of the budget table: adjusted budgets (调整预算数) and execution rates (执行率).

They follow the rules of computation step by step, so that a cell shows just what gets printed:
a blank total is the sum of its parts, the ledger's sums take the place of typed adjustments,
and the parent of a line is the nearest line above it of its kind's parent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from perfgen.model.layout import Rules
from perfgen.workbook.writing.calc import CalcSheet, Step
from perfgen.workbook.writing.expressions import (
    UNKNOWN,
    chosen,
    plain_text,
    quoted,
    source_cell,
)
from perfgen.workbook.writing.ledger_steps import Ledger, criterion, ledger_steps
from perfgen.workbook.writing.plan import HEADER_ROW, SheetPlan

_ANY_NUMBER = '">-1E+300"'
"""A criterion that every number meets and no text."""

PARENT_ROW = "#parent"
"""Among the steps, the one that says in which row a line's parent stands."""

_EXACT = 10
"""Decimals to which sums are cleaned of binary dust; no amount has more."""


def budget_steps(
    calc: CalcSheet, budget: SheetPlan, ledger: SheetPlan | None, rules: Rules
) -> Mapping[str, Step]:
    """Write the steps; return those that computed columns show, by the field of their role."""
    lines = _Lines(calc, budget, rules)
    entries = ledger_steps(calc, ledger, rules) if ledger else None
    initial = lines.given_or_sum("initial")
    adjustment = lines.adjustment(entries) if entries else lines.given_or_sum("adjustment")
    actual = lines.given_or_sum("actual")
    adjusted = lines.step("调整预算数", lambda row: _total(initial.at(row), adjustment.at(row)))
    rate = lines.step("执行率", lambda row: rate_of(actual.at(row), adjusted.at(row), rules))
    return {
        "initial": initial,
        "adjustment": adjustment,
        "actual": actual,
        "adjusted": adjusted,
        "execution_rate": rate,
        PARENT_ROW: lines.parent,
    }


def _total(first: str, second: str) -> str:
    """The sum of two cells: blank where both are blank, unknown where either is."""
    return (
        f"IF(OR({first}={UNKNOWN},{second}={UNKNOWN}),{UNKNOWN},"
        f'IF(AND({first}="",{second}=""),"",ROUND(SUM({first},{second}),{_EXACT})))'
    )


def rate_of(actual: str, adjusted: str, rules: Rules) -> str:
    """Return the formula of an execution rate from the cells of both amounts (执行率)."""
    blank = f'IF(N({adjusted})=0,"",0)' if rules.blank_actual == "zero" else '""'
    return (
        f"IF(OR({actual}={UNKNOWN},{adjusted}={UNKNOWN}),{UNKNOWN},"
        f'IF({actual}="",{blank},'
        f'IF(N({adjusted})=0,IF({actual}=0,"","—"),'
        f"ROUND({actual}/{adjusted},{rules.rate_decimals + 2}))))"
    )


class _Lines:
    """The budget lines: which line is part of which (上下级), and sums over parts."""

    def __init__(self, calc: CalcSheet, plan: SheetPlan, rules: Rules) -> None:
        self._calc = calc
        self._plan = plan
        self._parents = rules.parents
        self._name = self.step("预算项目", lambda row: plain_text(self._cell("name", row)))
        self._kind = self.step("类别", self._kind_of)
        self._latest = {
            kind: self._latest_line(kind) for kind in dict.fromkeys(rules.parents.values())
        }
        self.parent = self.step("上级所在行", self._parent_row)

    def step(self, label: str, formula: Callable[[int], str]) -> Step:
        """Write a step for each line."""
        return self._calc.add(label, formula, self._plan.last_calculated)

    def given_or_sum(self, field: str) -> Step:
        """Write the amounts of a column: the typed one, or where it is blank the sum of parts."""
        typed = self._typed(field)
        amount = typed
        for _ in range(self._depth()):
            parts = self._sum_of_parts(amount)

            def given(row: int, parts: Step = parts) -> str:
                return f'IF({typed.at(row)}="",{parts.at(row)},{typed.at(row)})'

            amount = self.step(f"{field} 取填写数或合计", given)
        return amount

    def adjustment(self, ledger: Ledger) -> Step:
        """Write the adjustments: the ledger's where it has rows, else as `given_or_sum`."""
        typed = self._typed("adjustment")
        key = self.step("台账查找条件", lambda row: criterion(self._name.at(row)))
        own = self.step(
            "台账合计",
            lambda row: f'IF({self._name.at(row)}="","",{ledger.of_line(key.at(row))})',
        )

        def without_parts(row: int) -> str:
            return f"IF({ledger.active},{own.at(row)},{typed.at(row)})"

        amount = self.step("追加追减数", without_parts)
        for _ in range(self._depth()):
            parts = self._sum_of_parts(amount)

            def with_parts(row: int, parts: Step = parts) -> str:
                given = f'IF({typed.at(row)}="",{parts.at(row)},{typed.at(row)})'
                return f"IF({ledger.active},{_total(own.at(row), parts.at(row))},{given})"

            amount = self.step("追加追减数，含下级", with_parts)
        return amount

    def _cell(self, field: str, row: int) -> str:
        return source_cell(self._plan, field, row)

    def _depth(self) -> int:
        """How many times sums must be taken for the topmost total to hold its lowest parts."""
        depths = [0]
        for kind in self._parents:
            depth, above = 0, self._parents.get(kind)
            while above is not None:
                depth, above = depth + 1, self._parents.get(above)
            depths.append(depth)
        return max(depths)

    def _kind_of(self, row: int) -> str:
        return f'IF({self._name.at(row)}="","",{plain_text(self._cell("kind", row))})'

    def _latest_line(self, kind: str) -> Step:
        """The row of the nearest line of `kind`, this row's own included; 0 where none is above."""
        return self._calc.add_running(
            f"到此为止的{kind}",
            lambda row, above: f"IF({self._kind.at(row)}={quoted(kind)},{row},N({above}))",
            self._plan.last_calculated,
        )

    def _parent_row(self, row: int) -> str:
        """The row of the parent: the nearest above, else the first below; blank without one."""
        results = {}
        for kind, parent in self._parents.items():
            above = f"N({self._latest[parent].at(row - 1)})"
            first = f'IFERROR(MATCH({quoted(parent)},{self._kind.column},0)+{HEADER_ROW - 1},"")'
            results[kind] = f"IF({above}>0,{above},{first})"
        return chosen(self._kind.at(row), results, '""')

    def _typed(self, field: str) -> Step:
        def typed(row: int) -> str:
            cell = self._cell(field, row)
            number = f'IF(ISNUMBER({cell}),{cell},IF({plain_text(cell)}="","",{UNKNOWN}))'
            return f'IF({self._name.at(row)}="","",{number})'

        return self.step(f"{field} 填写数", typed)

    def _sum_of_parts(self, amount: Step) -> Step:
        """The sum over a line's direct parts: blank where none has an amount."""

        def parts(row: int) -> str:
            of_line = f"{self.parent.column},{row},{amount.column}"
            return (
                f'IF({self._name.at(row)}="","",IF(COUNTIFS({of_line},{UNKNOWN})>0,{UNKNOWN},'
                f'IF(COUNTIFS({of_line},{_ANY_NUMBER})=0,"",'
                f"ROUND(SUMIF({of_line}),{_EXACT}))))"
            )

        return self.step("下级合计", parts)
