"""A formula's figures, row by row (求值): exact until the column's own rounding at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, Overflow, localcontext

from perfgen.figures.budget import parent_lines
from perfgen.figures.columns import exact_ratio, record_of, rows_of, value_of
from perfgen.figures.compute import Figures
from perfgen.figures.deviation import Deviation
from perfgen.figures.formulas import values
from perfgen.figures.formulas.values import Value
from perfgen.figures.rates import Rate, RateState
from perfgen.figures.trees import Tree
from perfgen.model.formulas import (
    ADDING,
    COMPARING,
    UNDEFINED,
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
from perfgen.model.layout import Layout
from perfgen.model.measure import Measure, Target
from perfgen.model.names import bare_name
from perfgen.model.numbers import WORKING, YUAN
from perfgen.model.records import BudgetLine, Report

_LARGEST = 400
"""Figures of more digits than that are no figures of a form."""


class Evaluator:
    """Works out the formulas of one layout for one report, one formula after another."""

    def __init__(self, report: Report, figures: Figures, layout: Layout) -> None:
        """Look at what was typed and at what perfgen computes anyway."""
        self._report = report
        self._figures = figures
        self._layout = layout
        self._rows: dict[str, Sequence[object]] = {}
        self._trees: dict[str, Tree] = {}
        self._done: dict[tuple[str, str], list[Value]] = {}
        self._sums: dict[int, Mapping[tuple[Value, ...], Value]] = {}

    def work_out(self, formula: Formula) -> list[Value]:
        """Return the exact results of a formula, for each row of its record (one for a form)."""
        results = self.tried(formula)
        self._done[formula.record, formula.field] = results
        return results

    def tried(self, formula: Formula) -> list[Value]:
        """Return the results of a formula that fills no column, such as a condition."""
        rows = self._rows_of(formula.record)
        with localcontext() as context:
            context.prec = WORKING
            context.Emax, context.Emin = _LARGEST, -_LARGEST
            if formula.given:
                return self._given_or_sums(formula, rows)
            return [_Row(self, formula, place).value() for place in range(len(rows))]

    def _given_or_sums(self, formula: Formula, rows: Sequence[object]) -> list[Value]:
        """What was typed, else the sum of the parts, from the lowest level up."""
        found = [self.held(formula.record, place, formula.field) for place in range(len(rows))]
        tree = self.tree(formula.record)
        for place in sorted(range(len(rows)), key=tree.level, reverse=True):
            if found[place] is None:
                below = [found[child] for child in tree.children(place)]
                found[place] = values.over_rows("合计", below)
        return found

    def held(self, record: str, place: int, field: str) -> Value:
        """Return what a row holds in a column: a formula's result, a figure, or its content."""
        done = self._done.get((record, field))
        if done is not None:
            return done[place] if place < len(done) else None
        row = self._rows_of(record)[place]
        return _plain(value_of(row, field), row)

    def item(self, field: str) -> Value:
        """Return what an item of the form holds."""
        done = self._done.get(("report", field))
        if done is not None:
            return done[0]
        if field == "amount_unit":
            return self._report.amount_unit
        fact = self._report.facts.get(field)
        return None if fact is None else _plain(value_of(fact, field), fact)

    def in_unit(self, number: Number) -> Decimal:
        """Return a number of the formula; an amount in the workbook's own unit."""
        if not number.unit:
            return number.value
        return number.value * YUAN[number.unit] / YUAN[self._report.amount_unit]

    def named(self, cell: NamedCell) -> Value:
        """Return a column of the one row with this name; nothing where there is no such row."""
        wanted = bare_name(cell.row)
        rows = self._rows_of(cell.record)
        places = [place for place, row in enumerate(rows) if _name(row) == wanted]
        return self.held(cell.record, places[0], cell.field) if len(places) == 1 else None

    def over(self, part: Over, formula: Formula, keys: tuple[Value, ...]) -> Value:
        """Return a sum over the rows of another table, or of this one."""
        sums = self._sums.get(id(part))
        if sums is None:
            sums = self._sums[id(part)] = self._grouped(part, formula)
        nothing = Decimal(0) if part.name == "计数" else None
        return sums.get(tuple(map(_folded, keys)), nothing)

    def _grouped(self, part: Over, formula: Formula) -> Mapping[tuple[Value, ...], Value]:
        groups: dict[tuple[Value, ...], list[Value]] = {}
        for place in range(len(self._rows_of(part.record))):
            row = _Row(self, formula, place)
            if part.condition is None or row.of(part.condition) is True:
                key = tuple(_folded(row.of(inner)) for inner, _ in part.keys)
                groups.setdefault(key, []).append(row.of(part.value))
        return {key: values.over_rows(part.name, found) for key, found in groups.items()}

    def tree(self, record: str) -> Tree:
        """Return which row of a record is part of which."""
        if record not in self._trees:
            self._trees[record] = self._tree(record)
        return self._trees[record]

    def _tree(self, record: str) -> Tree:
        rows = [record_of(row) for row in self._rows_of(record)]
        lines = [row for row in rows if isinstance(row, BudgetLine)]
        if lines:
            return Tree(tuple(parent_lines(lines, self._layout.rules.parents)))
        names = [str(value_of(row, "name") or "") for row in rows]
        return Tree.by_name(names, [str(value_of(row, "parent") or "") for row in rows])

    def _rows_of(self, record: str) -> Sequence[object]:
        if record not in self._rows:
            rows = rows_of(record, self._report, self._figures)
            self._rows[record] = [self._report] if record == "report" else rows
        return self._rows[record]


class _Row:
    """One row for which a formula is worked out."""

    def __init__(self, evaluator: Evaluator, formula: Formula, place: int) -> None:
        self._evaluator = evaluator
        self._formula = formula
        self._place = place

    def value(self) -> Value:
        try:
            return self.of(self._formula.expression)
        except Overflow:
            return UNDEFINED

    def of(self, part: Expression) -> Value:
        found = self._of(part)
        return Decimal(0) if found is None and self._fills(part) else found

    def _fills(self, part: Expression) -> bool:
        return self._formula.blanks == "zero" and isinstance(part, Cell | Item | NamedCell)

    def _of(self, part: Expression) -> Value:
        evaluator = self._evaluator
        if isinstance(part, Number):
            return evaluator.in_unit(part)
        if isinstance(part, Words):
            return part.text
        if isinstance(part, Cell):
            return evaluator.held(part.record, self._place, part.field)
        if isinstance(part, Item):
            return evaluator.item(part.field)
        if isinstance(part, NamedCell):
            return evaluator.named(part)
        if isinstance(part, Operation):
            return self._operation(part)
        if isinstance(part, Call):
            return self._call(part)
        if isinstance(part, Over):
            keys = tuple(self.of(outer) for _, outer in part.keys)
            return evaluator.over(part, self._formula, keys)
        if isinstance(part, Parts):
            children = evaluator.tree(self._formula.record).children(self._place)
            below = [_Row(evaluator, self._formula, child).of(part.value) for child in children]
            return values.over_rows("合计", below)
        return None

    def _operation(self, part: Operation) -> Value:
        left, right = self.of(part.left), self.of(part.right)
        if part.sign in COMPARING:
            return values.compared(left, right, part.sign)
        if part.sign in ADDING:
            fixed = isinstance(part.left, Number) or isinstance(part.right, Number)
            if fixed and (left is None or right is None):
                return None
            return values.added(left, right, part.sign)
        return values.scaled(left, right, part.sign, self._formula.over_zero)

    def _call(self, part: Call) -> Value:
        if part.name == "若":
            return self._chosen(part)
        found = [self.of(one) for one in part.parts]
        if part.name == "且":
            return values.every(found)
        if part.name == "或":
            return values.some(found)
        if part.name == "非":
            return None if found[0] is None else not found[0]
        if part.name == "四舍五入":
            return values.rounded(found[0], found[1])
        if part.name == "绝对值":
            return abs(found[0]) if isinstance(found[0], Decimal) else found[0]
        literal = [isinstance(one, Number) for one in part.parts]
        return values.extreme(found, literal, largest=part.name == "最大")

    def _chosen(self, part: Call) -> Value:
        held = self.of(part.parts[0])
        if held is True:
            return self.of(part.parts[1])
        return self.of(part.parts[2]) if held is False and len(part.parts) > 2 else None


def _plain(value: object, row: object) -> Value:
    """A column's content as a formula counts with it."""
    if isinstance(value, Rate):
        return UNDEFINED if value.state is RateState.UNDEFINED else exact_ratio(row, value)
    if isinstance(value, Deviation):
        return value.ratio
    if isinstance(value, Target):
        value = value.measure
    if isinstance(value, Measure):
        return value.text if value.number is None else value.number * value.scale
    if isinstance(value, Decimal):
        return Decimal(value)
    return value if isinstance(value, date) else (str(value or "") or None)


def _name(row: object) -> str:
    return bare_name(str(value_of(row, "name") or ""))


def _folded(value: Value) -> Value:
    return bare_name(value) if isinstance(value, str) else value
