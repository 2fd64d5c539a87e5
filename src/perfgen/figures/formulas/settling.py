"""What the names in a formula mean (名称): the columns of its own table, of the form, of others.

All that is wrong with a formula's names is said at once.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from perfgen.figures.formulas.parsing import FormulaError
from perfgen.model.formulas import (
    Call,
    Cell,
    Expression,
    Item,
    Name,
    NamedCell,
    Operation,
    Over,
    Parts,
    walk,
)
from perfgen.model.headers import fold_header
from perfgen.model.layout import Column, Layout, Sheet

_OVER = frozenset({"合计", "计数", "平均"})
_FORM = "report"


def settle(expression: Expression, sheet: Sheet, layout: Layout) -> Expression:
    """Return the formula of a column of `sheet` with every name settled.

    Raises FormulaError with all names that mean nothing, or may not stand where they do.
    """
    settler = _Settler(sheet, layout)
    settled = settler.settled(expression, _Scope(sheet))
    if settler.faults:
        raise FormulaError("；".join(dict.fromkeys(settler.faults)))
    return settled


@dataclass(frozen=True, slots=True)
class _Scope:
    """Where a name stands: among the rows of `sheet`, summed over for those of `outer`."""

    sheet: Sheet
    outer: Sheet | None = None


@dataclass(slots=True)
class _Settler:
    home: Sheet
    layout: Layout
    faults: list[str] = field(default_factory=list)

    def settled(self, part: Expression, scope: _Scope) -> Expression:
        if isinstance(part, Name):
            return self._name(part, scope)
        if isinstance(part, Operation):
            left, right = self.settled(part.left, scope), self.settled(part.right, scope)
            return Operation(part.sign, left, right)
        if isinstance(part, Call):
            if part.name in _OVER or part.name == "下级合计":
                return self._over(part, scope)
            return Call(part.name, tuple(self.settled(one, scope) for one in part.parts))
        return part

    def _over(self, call: Call, scope: _Scope) -> Expression:
        if scope.outer is not None:
            self.faults.append(f"“{call.name}”里不能再写“{call.name}”，里面的另写成一列")
            return call
        if call.name == "下级合计":
            if scope.sheet.column("parent") is None and not self._has_kinds(scope.sheet):
                self.faults.append(f"“{scope.sheet.name}”没有上级一列，不能用下级合计")
            return Parts(self.settled(call.parts[0], scope))
        table = self._table_of(call, scope)
        if table.kind != "table":
            self.faults.append(f"“{call.name}”要写明是哪张表的列：[表名：列名]")
            return call
        inner = _Scope(table, scope.sheet)
        value = self.settled(call.parts[0], inner)
        condition = self.settled(call.parts[1], inner) if len(call.parts) > 1 else None
        if any(_looks_out(part) for part in walk(value)):
            self.faults.append(f"“本行”只能写在{call.name}的条件里")
        keys, rest = [], None
        for one in _conjuncts(condition):
            key = _key(one)
            if key is not None:
                keys.append(key)
            elif any(_looks_out(part) for part in walk(one)):
                self.faults.append("条件里的“本行”只能写成 [列] = 本行[列]")
            else:
                rest = one if rest is None else Call("且", (rest, one))
        return Over(call.name, table.record, value, rest, tuple(keys))

    def _has_kinds(self, sheet: Sheet) -> bool:
        return sheet.record == "budget" and bool(self.layout.rules.parents)

    def _table_of(self, call: Call, scope: _Scope) -> Sheet:
        """The table that is summed over: the one that a name says, else the formula's own."""
        for part in walk(call):
            if isinstance(part, Name) and not part.outer:
                for sheet, _ in self._other_sheets(part.text):
                    return sheet
        return scope.sheet

    def _name(self, name: Name, scope: _Scope) -> Expression:
        if name.outer and scope.outer is None:
            self.faults.append(f"“本行[{name.text}]”只能写在合计的条件里")
            return name
        sheet = scope.outer if name.outer and scope.outer else scope.sheet
        column = _headed(sheet, name.text)
        if column is not None:
            if sheet.record == _FORM:
                return Item(column.field)
            return Cell(sheet.record, column.field, outer=name.outer)
        form = self.layout.sheet_of(_FORM)
        item = _headed(form, name.text) if form else None
        if item is not None:
            return Item(item.field)
        return self._elsewhere(name, scope)

    def _elsewhere(self, name: Name, scope: _Scope) -> Expression:
        for sheet, rest in self._other_sheets(name.text):
            column = _headed(sheet, rest)
            if column is not None:
                if sheet.record == _FORM:
                    return Item(column.field)
                if scope.outer is not None and sheet.record == scope.sheet.record:
                    return Cell(sheet.record, column.field)
                self.faults.append(
                    f"[{name.text}] 是另一张表的一列，要放在合计里，或写明哪一行："
                    f"[{sheet.name}：行的名称：{rest}]"
                )
                return name
            for row, header in _splits(rest):
                column = _headed(sheet, header)
                if column is not None and sheet.column("name") is not None:
                    return NamedCell(sheet.record, row, column.field)
        self.faults.append(self._unknown(name, scope))
        return name

    def _other_sheets(self, text: str) -> Iterator[tuple[Sheet, str]]:
        for before, rest in _splits(text):
            for sheet in self.layout.sheets:
                if sheet.record and fold_header(sheet.name) == fold_header(before):
                    yield sheet, rest

    def _unknown(self, name: Name, scope: _Scope) -> str:
        headers = [column.header for column in scope.sheet.columns]
        form = self.layout.sheet_of(_FORM)
        headers += [column.header for column in form.columns] if form else []
        near = difflib.get_close_matches(name.text, headers, n=1, cutoff=0.5)
        guess = (
            f"，是不是 [{near[0]}]？"
            if near
            else f"；“{scope.sheet.name}”有 " + "、".join(f"[{header}]" for header in headers[:12])
        )
        return f"没有 [{name.text}] 这一列{guess}"


def _headed(sheet: Sheet, text: str) -> Column | None:
    wanted = fold_header(text)
    return next((column for column in sheet.columns if fold_header(column.header) == wanted), None)


def _splits(text: str) -> Iterator[tuple[str, str]]:
    """The text cut at each of its colons in turn."""
    for found in re.finditer("[：:]", text):
        yield text[: found.start()].strip(), text[found.end() :].strip()


def _conjuncts(condition: Expression | None) -> Iterator[Expression]:
    if isinstance(condition, Call) and condition.name == "且":
        for part in condition.parts:
            yield from _conjuncts(part)
    elif condition is not None:
        yield condition


def _looks_out(part: Expression) -> bool:
    return isinstance(part, Cell) and part.outer


def _key(part: Expression) -> tuple[Expression, Expression] | None:
    """What must be equal in the rows summed over, and in the row at hand."""
    if not isinstance(part, Operation) or part.sign != "=":
        return None
    left, right = part.left, part.right
    if _looks_out(left):
        left, right = right, left
    inner = not any(_looks_out(one) for one in walk(left))
    return (left, right) if inner and _looks_out(right) else None
