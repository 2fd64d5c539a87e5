"""Live formulas of the columns that a layout computes itself (公式列).

Each part of a formula is a step of its own on the calculation sheet, so that no cell holds more
than one sign or function. They follow the same rules as the figures: a blank gives a blank, what
is divided by 0 gives —, and where only perfgen can tell the cell says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from perfgen.model.formulas import (
    ADDING,
    COMPARING,
    Call,
    Cell,
    Expression,
    Formula,
    Item,
    NamedCell,
    Number,
    Operation,
    Over,
    Parts,
    Words,
)
from perfgen.model.headers import stated_unit
from perfgen.model.layout import Column, Layout
from perfgen.model.numbers import FEN_DECIMALS, YUAN
from perfgen.workbook.writing.budget_steps import PARENT_ROW
from perfgen.workbook.writing.calc import CalcSheet, Step
from perfgen.workbook.writing.expressions import UNKNOWN, any_of, chosen, quoted
from perfgen.workbook.writing.formula_signs import (
    between_rows,
    chosen_part,
    compared,
    extreme,
    joined,
    signed,
)
from perfgen.workbook.writing.ledger_steps import criterion
from perfgen.workbook.writing.plan import HEADER_ROW, SheetPlan
from perfgen.workbook.writing.typed_steps import TypedSteps

_DEEPEST = 4
"""Levels of parts that the formulas add up, as for sources of money."""

_At = Callable[[int], str]
"""A part of a formula: its reference, or its literal, for a row."""

Standard = Callable[[SheetPlan], Mapping[str, Step]]


class FormulaSteps:
    """Writes the steps of formulas once, in whatever order they are asked for."""

    def __init__(
        self, calc: CalcSheet, plans: Sequence[SheetPlan], layout: Layout, standard: Standard
    ) -> None:
        """Write to `calc`. `standard` gives the steps of what perfgen computes on a sheet."""
        self._calc = calc
        self._plans = {plan.sheet.record: plan for plan in plans}
        self._layout = layout
        self._formulas = {(one.record, one.field): one for one in layout.formulas}
        self._exact: dict[tuple[str, str], Step] = {}
        self._typed = TypedSteps(calc, self._yuan)
        self._standard_of = standard
        self._standard: dict[str, Mapping[str, Step]] = {}

    def of(self, plan: SheetPlan) -> Mapping[str, Step]:
        """Return the steps that a sheet's computed columns show, by field."""
        found = dict(self._standards(plan))
        for column in plan.columns:
            formula = column.formula
            if formula is not None and not formula.given:
                found[column.field] = self._shown(formula, column, plan)
        return found

    def _standards(self, plan: SheetPlan) -> Mapping[str, Step]:
        record = plan.sheet.record
        if record not in self._standard:
            self._standard[record] = self._standard_of(plan)
        return self._standard[record]

    def _shown(self, formula: Formula, column: Column, plan: SheetPlan) -> Step:
        """The result rounded, in rows that hold something."""
        exact = self._exact_step(formula)
        filled = self._typed.filled(plan)
        decimals = self._decimals(column)

        stated = stated_unit(column.header) if column.kind == "amount" else ""
        scale = f"*{self._yuan()}/{YUAN[stated]:f}" if stated else ""

        def shown(row: int) -> str:
            cell = exact.at(row)
            result = f"IF(ISNUMBER({cell}),ROUND({cell}{scale},{decimals}),{cell})"
            return f'IF({filled.at(row)}=0,"",{result})'

        return self._calc.add(column.header, shown, self._typed.last_row(plan))

    def _literal(self, number: Number) -> str:
        """A number of the formula; an amount in the unit of money that the form says."""
        if not number.unit:
            return format(number.value, "f")
        yuan = number.value * YUAN[number.unit]
        return f"({yuan:f}/{self._yuan()})"

    def _yuan(self) -> str:
        """How many 元 the workbook's unit of money has."""
        return self._by_unit({name: f"{one:f}" for name, one in YUAN.items()})

    def _by_unit(self, results: Mapping[str, str]) -> str:
        """What depends on the workbook's unit of money (金额单位)."""
        usual = results[self._layout.rules.amount_unit]
        form = self._plans.get("report")
        unit = self._typed.item(form, "amount_unit") if form else None
        if unit is None:
            return usual
        return chosen(unit, results, usual)

    def _decimals(self, column: Column) -> str:
        wanted = column.printing.decimals
        if column.kind == "percent":
            return str((self._layout.rules.rate_decimals if wanted is None else wanted) + 2)
        if column.kind != "amount":
            return str(2 if wanted is None else wanted)
        return self._by_unit({name: str(decimals) for name, decimals in FEN_DECIMALS.items()})

    def _exact_step(self, formula: Formula) -> Step:
        key = formula.record, formula.field
        if key not in self._exact:
            plan = self._plans[formula.record]
            if formula.given:
                self._exact[key] = self._given_or_sums(formula, plan)
            else:
                part = self._part(formula.expression, formula, plan)
                last = self._typed.last_row(plan)
                self._exact[key] = self._calc.add(f"{formula.field} 公式", part, last)
        return self._exact[key]

    def _given_or_sums(self, formula: Formula, plan: SheetPlan) -> Step:
        typed = self._typed.number(plan, formula.field)
        amount = typed
        for _ in range(_DEEPEST):
            below = self._sums_of_parts(amount, plan)

            def given(row: int, below: Step = below) -> str:
                return f'IF({typed.at(row)}="",{below.at(row)},{typed.at(row)})'

            amount = self._calc.add("取填写数或合计", given, self._typed.last_row(plan))
        return amount

    def _sums_of_parts(self, value: Step, plan: SheetPlan) -> Step:
        by_row = self._standards(plan).get(PARENT_ROW)
        parent = self._typed.text(plan, "parent") if by_row is None else by_row
        name = self._typed.text(plan, "name")

        def parts(row: int) -> str:
            key = criterion(name.at(row)) if by_row is None else str(row)
            own = f'{name.at(row)}=""'
            return f'IF({own},"",{between_rows("合计", value, [(parent, key)])})'

        return self._calc.add("下级合计", parts, self._typed.last_row(plan))

    def _step(self, label: str, formula: _At, plan: SheetPlan) -> _At:
        return self._calc.add(label, formula, self._typed.last_row(plan)).at

    def _part(self, part: Expression, formula: Formula, plan: SheetPlan) -> _At:
        """A part of a formula for the rows of `plan`."""
        if isinstance(part, Number):
            return lambda _: self._literal(part)
        if isinstance(part, Words):
            return lambda _: quoted(part.text)
        if isinstance(part, Cell):
            return self._filled(self._column(part.record, part.field).at, formula, plan)
        if isinstance(part, Item):
            return self._filled(self._item(part, plan), formula, plan)
        if isinstance(part, NamedCell):
            return self._filled(self._named(part, plan), formula, plan)
        if isinstance(part, Operation):
            return self._operation(part, formula, plan)
        if isinstance(part, Over):
            return self._over(part, formula, plan)
        if isinstance(part, Parts):
            value = self._as_step(part.value, formula, plan)
            return self._sums_of_parts(value, plan).at
        assert isinstance(part, Call), part
        return self._call(part, formula, plan)

    def _filled(self, at: _At, formula: Formula, plan: SheetPlan) -> _At:
        """A cell, a blank one as 0 where the formula says so."""
        if formula.blanks != "zero":
            return at
        return self._step("空白作 0", lambda row: f'IF({at(row)}="",0,{at(row)})', plan)

    def _column(self, record: str, field: str) -> Step:
        formula = self._formulas.get((record, field))
        if formula is not None:
            return self._exact_step(formula)
        plan = self._plans[record]
        known = self._standards(plan).get(field)
        return known or self._typed.value(plan, field)

    def _item(self, item: Item, plan: SheetPlan) -> _At:
        formula = self._formulas.get(("report", item.field))
        if formula is not None:
            step = self._exact_step(formula)
            return self._step("表单项", lambda _: step.at(HEADER_ROW + 1), plan)
        text = self._typed.item_value(self._plans["report"], item.field)
        return self._step("表单项", lambda _: text, plan)

    def _named(self, cell: NamedCell, plan: SheetPlan) -> _At:
        there = self._plans[cell.record]
        value, name = self._column(cell.record, cell.field), self._typed.text(there, "name")
        wanted = quoted(cell.row)
        found = f'IFERROR(INDEX({value.column},MATCH({wanted},{name.column},0)),"")'
        return self._step(f"{cell.row}", lambda _: found, plan)

    def _operation(self, part: Operation, formula: Formula, plan: SheetPlan) -> _At:
        left = self._part(part.left, formula, plan)
        right = self._part(part.right, formula, plan)
        if part.sign in COMPARING:
            blank = Words("") in (part.left, part.right)
            return self._step(
                "比较", lambda row: compared(left(row), right(row), part.sign, blank=blank), plan
            )
        fixed = isinstance(part.left, Number) or isinstance(part.right, Number)
        lenient = part.sign in ADDING and part.sign == "+" and not fixed
        return self._step(
            "运算",
            lambda row: signed(
                left(row), right(row), part.sign, lenient=lenient, over_zero=formula.over_zero
            ),
            plan,
        )

    def _call(self, call: Call, formula: Formula, plan: SheetPlan) -> _At:
        parts = [self._part(one, formula, plan) for one in call.parts]
        if call.name == "若":
            otherwise = parts[2] if len(parts) > 2 else lambda _: '""'
            return self._step(
                call.name,
                lambda row: chosen_part(parts[0](row), parts[1](row), otherwise(row)),
                plan,
            )
        if call.name in ("最大", "最小"):
            own = [at for at, one in zip(parts, call.parts, strict=True)
                   if not isinstance(one, Number)]  # fmt: skip
            return self._step(
                call.name,
                lambda row: extreme([at(row) for at in parts], [at(row) for at in own or parts],
                                    "MAX" if call.name == "最大" else "MIN"),
                plan,
            )  # fmt: skip
        return self._step(call.name, lambda row: joined(call.name, [at(row) for at in parts]), plan)

    def _as_step(self, part: Expression, formula: Formula, plan: SheetPlan) -> Step:
        at = self._part(part, formula, plan)
        return self._calc.add("各行", at, self._typed.last_row(plan))

    def _over(self, part: Over, formula: Formula, plan: SheetPlan) -> _At:
        there = self._plans[part.record]
        value = self._part(part.value, formula, there)
        held = None if part.condition is None else self._part(part.condition, formula, there)

        def counted(row: int) -> str:
            cell = value(row)
            result = f'IF({cell}="","",1)' if part.name == "计数" else cell
            if held is None:
                return result
            return f'IF({held(row)}={UNKNOWN},{UNKNOWN},IF({held(row)}=TRUE,{result},""))'

        filled = self._typed.filled(there)
        masked = self._calc.add(
            "计入的行", lambda row: f'IF({filled.at(row)}=0,"",{counted(row)})',
            self._typed.last_row(there),
        )  # fmt: skip
        keys = [(self._as_step(inner, formula, there), self._part(outer, formula, plan))
                for inner, outer in part.keys]  # fmt: skip

        def summed(row: int) -> str:
            result = between_rows(part.name, masked,
                                  [(step, criterion(at(row))) for step, at in keys])  # fmt: skip
            if not keys:
                return result
            blank = any_of([f'{at(row)}=""' for _, at in keys])
            return f'IF({blank},"",{result})'

        return self._step(part.name, summed, plan)
