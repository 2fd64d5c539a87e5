"""Which figures a formula may put together (单位): money with money, rates with rates.

Mixed units are told when the layout is loaded, not when an officer waits for the report.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from perfgen.figures.formulas.parsing import FormulaError
from perfgen.model.formulas import (
    ADDING,
    COMPARING,
    Call,
    Cell,
    Expression,
    Item,
    NamedCell,
    Number,
    Operation,
    Over,
    Parts,
    Words,
)
from perfgen.model.layout import Column, Layout, Sheet

MONEY, RATE, NUMBER, DAY, WORDS, TRUTH = "金额", "百分数", "数", "日期", "文字", "条件"
ANY = "比值"
"""A number without a unit: written in the formula, or one figure divided by another of its kind."""

_OF_KIND = {
    "amount": MONEY, "percent": RATE, "number": NUMBER, "target": NUMBER, "measure": NUMBER,
    "year": NUMBER, "date": DAY,
}  # fmt: skip
_OF_FIELD = {"deviation": RATE}
_FIT = {
    "amount": {MONEY}, "percent": {RATE, ANY}, "number": {NUMBER, ANY}, "text": {WORDS},
    "long": {WORDS}, "choice": {WORDS}, "date": {DAY},
}  # fmt: skip

KINDS = tuple(_FIT)
"""The kinds of columns that may have a formula."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """What a part of a formula is: its kind, and what a plain number counts (人, 辆), if said."""

    kind: str
    counts: str = ""

    def __str__(self) -> str:
        return f"{self.kind}（{self.counts}）" if self.counts else self.kind


def check_kinds(expression: Expression, column: Column, layout: Layout) -> None:
    """Raise FormulaError where units are mixed, or the result is not what the column holds."""
    checker = _Checker(layout)
    unit = checker.unit(expression)
    fitting = _FIT.get(column.kind, set())
    if unit.kind not in fitting and not (column.kind == "amount" and _is_zero(expression)):
        kinds = [kind for kind, fit in _FIT.items() if unit.kind in fit]
        hint = f"，kind 应当是 {'、'.join(kinds)}" if kinds else "，要用若(…)写明两种结果"
        checker.faults.append(f"的结果是{unit}，这一列的 kind 是 {column.kind}{hint}")
    if checker.faults:
        raise FormulaError("；".join(dict.fromkeys(checker.faults)))


def check_condition(expression: Expression, layout: Layout) -> None:
    """Raise FormulaError where an expression is no condition, or mixes units."""
    checker = _Checker(layout)
    unit = checker.unit(expression)
    if unit.kind != TRUTH:
        checker.faults.append(f"应当是条件，例如 [甲] = [乙]，现在是{unit}")
    if checker.faults:
        raise FormulaError("；".join(dict.fromkeys(checker.faults)))


@dataclass(slots=True)
class _Checker:
    layout: Layout
    faults: list[str] = field(default_factory=list)

    def unit(self, part: Expression) -> _Unit:
        if isinstance(part, Number):
            return _Unit(RATE if part.percent else MONEY if part.unit else ANY)
        if isinstance(part, Words):
            return _Unit(WORDS)
        if isinstance(part, Cell | NamedCell):
            return self._of(self.layout.sheet_of(part.record), part.field)
        if isinstance(part, Item):
            return self._of(self.layout.sheet_of("report"), part.field)
        if isinstance(part, Operation):
            return self._operation(part)
        if isinstance(part, Call):
            return self._call(part)
        if isinstance(part, Over):
            return self._over(part)
        return self.unit(part.value) if isinstance(part, Parts) else _Unit(ANY)

    def _of(self, sheet: Sheet | None, field_name: str) -> _Unit:
        column = sheet.column(field_name) if sheet else None
        if column is None:
            return _Unit(ANY)
        kind = _OF_FIELD.get(column.field) or _OF_KIND.get(column.kind, WORDS)
        return _Unit(kind, column.printing.unit if column.kind == "number" else "")

    def _over(self, part: Over) -> _Unit:
        unit = self.unit(part.value)
        if part.condition is not None:
            self._wanted(part.condition, TRUTH, "合计的条件")
        for inner, outer in part.keys:
            self._same(self.unit(inner), self.unit(outer), "=")
        if part.name == "计数":
            return _Unit(NUMBER)
        if unit.kind in (WORDS, TRUTH, DAY):
            self.faults.append(f"{part.name}里是{unit}，应当是数")
        return unit

    def _call(self, part: Call) -> _Unit:
        if part.name in ("且", "或", "非"):
            for one in part.parts:
                self._wanted(one, TRUTH, f"{part.name}(…)里")
            return _Unit(TRUTH)
        if part.name == "四舍五入":
            digits = part.parts[1]
            whole = isinstance(digits, Number) and digits.value == digits.value.to_integral_value()
            if not whole or not isinstance(digits, Number) or not 0 <= digits.value <= 10:
                self.faults.append("四舍五入的第二项应当是 0 到 10 的整数")
            return self._figure(part.parts[0], part.name)
        if part.name == "绝对值":
            return self._figure(part.parts[0], part.name)
        parts = part.parts
        if part.name == "若":
            self._wanted(parts[0], TRUTH, "若(…)的第一项")
            parts = parts[1:]
        units = [self.unit(one) for one in parts if not _is_zero(one)] or [_Unit(ANY)]
        found = units[0]
        for other in units[1:]:
            found = self._same(found, other, part.name)
        return found

    def _figure(self, part: Expression, name: str) -> _Unit:
        unit = self.unit(part)
        if unit.kind in (WORDS, TRUTH, DAY):
            self.faults.append(f"{name}(…)里是{unit}，应当是数")
        return unit

    def _wanted(self, part: Expression, kind: str, where: str) -> None:
        unit = self.unit(part)
        if unit.kind != kind:
            self.faults.append(f"{where}应当是{kind}，现在是{unit}")

    def _operation(self, part: Operation) -> _Unit:
        left, right = self.unit(part.left), self.unit(part.right)
        if part.sign in COMPARING:
            blank = Words("") in (part.left, part.right)
            if not blank and not _is_zero(part.left) and not _is_zero(part.right):
                self._same(left, right, part.sign)
            return _Unit(TRUTH)
        if part.sign in ADDING:
            if left.kind == right.kind == DAY and part.sign == "-":
                return _Unit(NUMBER)
            if left.kind == DAY and right.kind in (NUMBER, ANY):
                return _Unit(DAY)
            if _is_zero(part.left) or _is_zero(part.right):
                return right if _is_zero(part.left) else left
            return self._numbers(self._same(left, right, part.sign), part.sign)
        self._numbers(left, part.sign)
        self._numbers(right, part.sign)
        return self._scaled(left, right, part.sign)

    def _numbers(self, unit: _Unit, sign: str) -> _Unit:
        if unit.kind in (WORDS, TRUTH, DAY):
            self.faults.append(f"{unit}不能用 {sign}")
        return unit

    def _scaled(self, left: _Unit, right: _Unit, sign: str) -> _Unit:
        if sign == "÷":
            if left.kind == right.kind and left.kind in (MONEY, NUMBER):
                return _Unit(ANY)
            if left.kind == MONEY:
                return left
            return _Unit(RATE if left.kind == right.kind == RATE else _stronger(left, right))
        if left.kind == right.kind == MONEY:
            self.faults.append("金额不能乘金额")
        if MONEY in (left.kind, right.kind):
            return _Unit(MONEY)
        if ANY in (left.kind, right.kind) and RATE in (left.kind, right.kind):
            return _Unit(ANY)
        return _Unit(left.kind if left.kind == right.kind else _stronger(left, right))

    def _same(self, left: _Unit, right: _Unit, sign: str) -> _Unit:
        """The unit of two parts that must be of one kind; a plain number goes with any rate."""
        if left.kind == right.kind:
            if left.counts and right.counts and left.counts != right.counts:
                self.faults.append(f"{left}和{right}单位不同，不能用 {sign}")
            return left if left.counts else right
        numbers = {RATE, NUMBER, ANY}
        if ANY in (left.kind, right.kind) and {left.kind, right.kind} <= numbers:
            return right if left.kind == ANY else left
        bare = {left.kind, right.kind} == {MONEY, ANY}
        hint = "；金额要和金额比，数后写上单位，例如 5万元" if bare else ""
        self.faults.append(f"{left}和{right}不能放在一起用 {sign}{hint}")
        return left


def _stronger(left: _Unit, right: _Unit) -> str:
    for kind in (NUMBER, RATE):
        if kind in (left.kind, right.kind):
            return kind
    return ANY


def _is_zero(part: Expression) -> bool:
    return isinstance(part, Number) and part.value == 0
