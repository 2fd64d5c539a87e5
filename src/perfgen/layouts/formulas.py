"""The formulas of a declaration (公式): read, their names settled, in the order of computing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from perfgen.figures.formulas.kinds import KINDS, check_condition, check_kinds
from perfgen.figures.formulas.parsing import FormulaError, parse_formula
from perfgen.figures.formulas.settling import settle
from perfgen.layouts.faults import Faults
from perfgen.layouts.keys import Keys
from perfgen.model.formulas import Cell, Formula, Item, NamedCell, Parts, Requirement, Words, walk
from perfgen.model.layout import Column, Layout, Sheet
from perfgen.model.roles import OWN, ROLES

MOST_FORMULAS = 200
BLANKS, OVER_ZERO = ("blank", "zero"), ("dash", "blank", "zero")

COMPUTED_ANYWAY: Mapping[str, frozenset[str]] = {
    "budget": frozenset({"adjusted", "execution_rate"}),
    "fund": frozenset({"execution_rate"}),
    "project": frozenset({"execution_rate"}),
    "indicator": frozenset({"deviation"}),
}
"""Fields that perfgen works out by rules of its own."""

_COUNTS_ON: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("budget", "adjusted"): ("initial", "adjustment"),
    ("budget", "execution_rate"): ("initial", "adjustment", "actual"),
    ("fund", "execution_rate"): ("initial", "adjusted", "actual"),
    ("project", "execution_rate"): ("initial", "adjusted", "actual"),
    ("project", "mark"): ("initial", "adjusted", "actual"),
    ("indicator", "mark"): ("weight",),
    ("score", "score"): ("full",),
}
"""What those count on, so that a ring through them is found."""

_NUMBERS = frozenset({"amount", "number", "percent"})
_OWN = f"{OWN}."

Node = tuple[str, str]


def read_formula(keys: Keys, role: str) -> Formula | None:
    """Return a column's formula as it is written: its tree comes when all columns are known."""
    text = keys.text("formula", "")
    blanks = keys.choice("blanks", BLANKS, "blank")
    over_zero = keys.choice("over_zero", OVER_ZERO, "dash")
    record, _, field = role.partition(".")
    if not text:
        if blanks != "blank" or over_zero != "dash":
            raise keys.error("formula", "没有写，blanks 和 over_zero 只用于公式")
        return None
    return Formula(
        record=record, field=field, text=text, expression=Words(""), blanks=blanks,
        over_zero=over_zero,
    )  # fmt: skip


def read_sum(keys: Keys, formula: Formula | None) -> bool | None:
    """Return whether a blank of the column is the sum of the parts; None where nothing is said."""
    if "sum" not in keys.names():
        return None
    summed = keys.flag("sum")
    if summed and formula is not None:
        raise keys.error("sum", "与 formula 只能写一个")
    return summed


def read_requirement(keys: Keys, role: str) -> Requirement | None:
    """Return what must hold in each row, as it is written."""
    text = keys.text("must", "")
    note = keys.text("must_note", "")
    if not text:
        if note:
            raise keys.error("must", "没有写，must_note 是它的说明")
        return None
    record, _, field = role.partition(".")
    formula = Formula(record=record, field=field, text=text, expression=Words(""))
    return Requirement(formula=formula, note=note)


def _required(column: Column, sheet: Sheet, layout: Layout, keys: Keys, faults: Faults) -> Column:
    """The column with its condition as a tree."""
    if column.requirement is None:
        return column
    formula = column.requirement.formula
    with faults.noted():
        try:
            tree = settle(parse_formula(formula.text), sheet, layout)
            check_condition(tree, layout)
        except FormulaError as error:
            place = f"sheets“{sheet.name}”“{column.header}”.must"
            raise keys.error(place, f"{formula.text[:60]}：{error}") from error
        settled = replace(column.requirement, formula=replace(formula, expression=tree))
        return replace(column, requirement=settled)
    return column


def _summed(column: Column, sheet: Sheet, layout: Layout) -> Column:
    """The column, its blank totals summed where it says so; amounts of a tree always are."""
    own = column.field.startswith(_OWN) or sheet.record not in ROLES
    usual = own and column.kind == "amount" and not column.computed and _has_tree(sheet, layout)
    if column.formula is not None or not (usual if column.summed is None else column.summed):
        return column
    parts = Parts(Cell(sheet.record, column.field))
    return replace(
        column,
        formula=Formula(
            record=sheet.record, field=column.field, text="", expression=parts, given=True
        ),
    )


def with_settled_formulas(layout: Layout, keys: Keys) -> Layout:
    """Return the layout with every formula as a tree, and all of them in the order of computing.

    Raises LayoutError with all that is wrong in any of them.
    """
    faults = Faults()
    sheets = tuple(
        replace(sheet, columns=tuple(_settled(column, sheet, layout, keys, faults)
                                     for column in sheet.columns))
        for sheet in layout.sheets
    )  # fmt: skip
    found = [
        (sheet, column)
        for sheet in sheets
        for column in sheet.columns
        if column.formula is not None
    ]
    if len(found) > MOST_FORMULAS:
        raise keys.error("sheets", f"公式有 {len(found)} 个，超过 {MOST_FORMULAS} 个的上限")
    faults.raise_all()
    return replace(layout, sheets=sheets, formulas=tuple(_in_order(found, keys)))


def _settled(column: Column, sheet: Sheet, layout: Layout, keys: Keys, faults: Faults) -> Column:
    column = _required(_summed(column, sheet, layout), sheet, layout, keys, faults)
    formula = column.formula
    if formula is None:
        return column
    place = f"sheets“{sheet.name}”“{column.header}”.{'sum' if formula.given else 'formula'}"
    with faults.noted():
        _check_column(column, sheet, layout, keys, place)
        if formula.given:
            return column
        try:
            tree = settle(parse_formula(formula.text), sheet, layout)
            check_kinds(tree, column, layout)
        except FormulaError as error:
            raise keys.error(place, f"{formula.text[:60]}：{error}") from error
        return replace(column, formula=replace(formula, expression=tree))
    return column


def _check_column(column: Column, sheet: Sheet, layout: Layout, keys: Keys, place: str) -> None:
    if column.field in COMPUTED_ANYWAY.get(sheet.record, ()):
        raise keys.error(
            place,
            f"这一列由 perfgen 计算；要另外算的，role 写 {sheet.record}.own.名称",
        )
    own = column.field.startswith(_OWN) or sheet.record not in ROLES
    if not own and column.kind not in _NUMBERS:
        raise keys.error(place, f"只能写在数、金额、百分数的列和 {sheet.record}.own.名称 上")
    if column.field in ("name", "parent", "extra"):
        raise keys.error(place, f"不能写在 role 为 {column.role} 的列上")
    if column.kind not in KINDS or (column.formula and column.formula.given
                                    and column.kind not in _NUMBERS):  # fmt: skip
        raise keys.error(place, f"不能用于 kind 为 {column.kind} 的列")
    if column.formula and column.formula.given and not _has_tree(sheet, layout):
        raise keys.error(
            place, f"“{sheet.name}”没有 role 为 {sheet.record}.parent 的列，没有下级可加"
        )


def _has_tree(sheet: Sheet, layout: Layout) -> bool:
    by_kind = sheet.record == "budget" and bool(layout.rules.parents)
    return by_kind or sheet.column("parent") is not None


def _in_order(found: list[tuple[Sheet, Column]], keys: Keys) -> Iterator[Formula]:
    """The formulas, each behind those that it counts on. Raises LayoutError for a ring."""
    formulas = {(sheet.record, column.field): column.formula for sheet, column in found}
    names = {(sheet.record, column.field): (sheet, column) for sheet, column in found}
    done: dict[Node, bool] = {}
    for start in formulas:
        left: list[tuple[Node, bool]] = [(start, False)]
        while left:
            node, leaving = left.pop()
            if leaving:
                done[node] = True
                formula = formulas.get(node)
                if formula is not None:
                    yield formula
            elif node not in done:
                done[node] = False
                left.append((node, True))
                for needed in _needed(node, formulas):
                    if done.get(needed) is False:
                        ring = names.get(needed) or names[start]
                        raise keys.error(
                            f"sheets“{ring[0].name}”“{ring[1].header}”.formula",
                            "绕成了圈：算它要用到它自己",
                        )
                    left.append((needed, False))


def _needed(node: Node, formulas: Mapping[Node, Formula | None]) -> Iterator[Node]:
    """What a formula, or a figure of perfgen's own, counts on."""
    formula = formulas.get(node)
    if formula is None:
        yield from ((node[0], field) for field in _COUNTS_ON.get(node, ()))
        return
    for part in walk(formula.expression):
        if isinstance(part, Cell | NamedCell):
            needed = (part.record, part.field)
        elif isinstance(part, Item):
            needed = ("report", part.field)
        else:
            continue
        if not (formula.given and needed == node):
            yield needed
