"""Live formulas of execution rates beside the budget table: sources of money, and projects.

They follow the same rules as the figures: a blank amount is the sum of its parts, and where no
adjusted amount is known the rate is taken of the initial one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from perfgen.model.layout import Rules
from perfgen.workbook.writing.budget_steps import rate_of
from perfgen.workbook.writing.calc import CalcSheet, Step
from perfgen.workbook.writing.expressions import UNKNOWN, plain_text, source_cell
from perfgen.workbook.writing.plan import SheetPlan

_ANY_NUMBER = '">-1E+300"'
_EXACT = 10
_DEEPEST = 4
"""Levels of sources that the formulas add up: 资金总额, 财政拨款, 一般公共预算资金 and one more."""

_AMOUNTS = ("initial", "adjusted", "actual")


def fund_steps(calc: CalcSheet, plan: SheetPlan, rules: Rules) -> Mapping[str, Step]:
    """Write the steps of the sources of money; return the one that the rate column shows."""

    def step(label: str, formula: Callable[[int], str]) -> Step:
        return calc.add(label, formula, plan.last_calculated)

    name = step("资金来源", lambda row: plain_text(source_cell(plan, "name", row)))
    parent = step("上级", lambda row: plain_text(source_cell(plan, "parent", row)))

    def given_or_sum(field: str) -> Step:
        typed = step(f"{field} 填写数", lambda row: _typed(source_cell(plan, field, row)))
        amount = typed
        for _ in range(_DEEPEST if plan.letters(field) else 0):

            def with_parts(row: int, below: Step = amount) -> str:
                parts = f"{parent.column},{name.at(row)},{below.column}"
                summed = (
                    f'IF(OR({name.at(row)}="",COUNTIFS({parts},{_ANY_NUMBER})=0),"",'
                    f"ROUND(SUMIF({parts}),{_EXACT}))"
                )
                return f'IF({typed.at(row)}="",{summed},{typed.at(row)})'

            amount = step(f"{field} 取填写数或合计", with_parts)
        return amount

    amounts = {field: given_or_sum(field) for field in _AMOUNTS}
    rate = _rate(step, amounts, replace(rules, blank_actual="blank"))
    return {**amounts, "execution_rate": rate}


def project_steps(calc: CalcSheet, plan: SheetPlan, rules: Rules) -> Mapping[str, Step]:
    """Write the steps of the projects; return the one that the rate column shows."""

    def step(label: str, formula: Callable[[int], str]) -> Step:
        return calc.add(label, formula, plan.last_calculated)

    def whole(field: str) -> Step:
        sources = [c.field for c in plan.columns if c.field.startswith(f"{field}.")]
        return step(f"{field} 总额", lambda row: _given_or_sum(plan, field, sources, row))

    amounts = {field: whole(field) for field in _AMOUNTS}
    return {**amounts, "execution_rate": _rate(step, amounts, rules)}


def _given_or_sum(plan: SheetPlan, field: str, sources: Sequence[str], row: int) -> str:
    typed = _typed(source_cell(plan, field, row))
    cells = ",".join(source_cell(plan, source, row) for source in sources)
    summed = f'IF(COUNT({cells})=0,"",ROUND(SUM({cells}),{_EXACT}))' if cells else '""'
    return f'IF({typed}="",{summed},{typed})'


def _typed(cell: str) -> str:
    return f'IF(ISNUMBER({cell}),{cell},IF({plain_text(cell)}="","",{UNKNOWN}))'


def _rate(
    step: Callable[[str, Callable[[int], str]], Step], amounts: Mapping[str, Step], rules: Rules
) -> Step:
    def budget(row: int) -> str:
        adjusted = amounts["adjusted"].at(row)
        return f'IF({adjusted}="",{amounts["initial"].at(row)},{adjusted})'

    base = step("预算数", budget)
    return step("执行率", lambda row: rate_of(amounts["actual"].at(row), base.at(row), rules))
