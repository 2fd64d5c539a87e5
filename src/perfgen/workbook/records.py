"""Rows of fields → the model's records. The only place that knows which record has which fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from perfgen.model.layout import Rules
from perfgen.model.measure import Measure, Target, normalise, spell_operator
from perfgen.model.names import MISSING
from perfgen.model.records import (
    Adjustment,
    BudgetLine,
    Duty,
    Fund,
    Indicator,
    OwnRow,
    OwnValue,
    Project,
    Record,
    ScoreItem,
    Section,
    Task,
    Waiver,
)
from perfgen.model.roles import OWN
from perfgen.workbook.problems import Reading
from perfgen.workbook.tables import Row

R = TypeVar("R", bound=Record)

_OWN = f"{OWN}."


def build_records(
    rows: Sequence[Row], build: Callable[[Row, Reading], R | None], reading: Reading
) -> tuple[R, ...]:
    """Return the records of these rows; rows whose required fields are missing are left out.

    Nothing is lost by that: each such row has its problem, and a workbook with problems is not
    built.
    """
    return tuple(record for row in rows if (record := build(row, reading)) is not None)


def budget_line(row: Row, reading: Reading) -> BudgetLine | None:
    """Return a budget line (预算项目)."""
    name = _text(row, "name")
    if not name:
        return None
    return BudgetLine(
        name=name,
        kind=_text(row, "kind"),
        group=_text(row, "group"),
        half_plan=_decimal(row, "half_plan"),
        initial=_decimal(row, "initial"),
        adjustment=_decimal(row, "adjustment"),
        adjusted=_decimal(row, "adjusted"),
        actual=_decimal(row, "actual"),
        execution_rate=_decimal(row, "execution_rate"),
        **_common(row),
    )


def fund(row: Row, reading: Reading) -> Fund | None:
    """Return a source or use of money as a whole (收入预算, 收支情况)."""
    name = _text(row, "name")
    if not name:
        return None
    return Fund(
        name=name,
        parent=_text(row, "parent"),
        initial=_decimal(row, "initial"),
        adjusted=_decimal(row, "adjusted"),
        actual=_decimal(row, "actual"),
        execution_rate=_decimal(row, "execution_rate"),
        note=_text(row, "note"),
        **_common(row),
    )


def adjustment(row: Row, reading: Reading, rules: Rules) -> Adjustment | None:
    """Return a row of the adjustment ledger (预算调整).

    Only an amount of a type that must balance (调剂) has a sign of its own.
    """
    amount, kind = _decimal(row, "amount"), _text(row, "type")
    if amount is None or not _text(row, "line") or not kind:
        return None
    if amount < 0 and kind not in rules.balanced_types:
        reading.problem(
            "金额：应当填正数，加减由“调整类型”决定", _without_sign(rules), ref=row.cells["amount"]
        )
    return Adjustment(
        line=_text(row, "line"),
        type=kind,
        amount=amount,
        day=_date(row, "date"),
        document=_text(row, "document"),
        note=_text(row, "note"),
        **_common(row),
    )


def _without_sign(rules: Rules) -> str:
    """What to do about a negative amount: the types that subtract, and those that have a sign."""
    cuts = "、".join(f"“{kind}”" for kind, sign in rules.adjustment_signs.items() if sign < 0)
    moves = "、".join(f"“{kind}”" for kind in rules.balanced_types)
    return (
        "去掉负号"
        + (f"，类型选{cuts}" if cuts else "")
        + (f"；在项目之间转移的，类型选{moves}，调出填负数" if moves else "")
    )


def duty(row: Row, reading: Reading) -> Duty | None:
    """Return a main duty of the unit (主要职能)."""
    text = _text(row, "text")
    return Duty(text=text, **_common(row)) if text else None


def task(row: Row, reading: Reading) -> Task | None:
    """Return a key task (重点任务)."""
    name = _text(row, "name")
    if not name:
        return None
    return Task(
        name=name,
        duty=_text(row, "duty"),
        content=_text(row, "content"),
        result=_text(row, "result"),
        **_common(row),
    )


def project(row: Row, reading: Reading) -> Project | None:
    """Return a project (项目)."""
    name = _text(row, "name")
    if not name:
        return None
    return Project(
        name=name,
        code=_text(row, "code"),
        department=_text(row, "department"),
        implementer=_text(row, "implementer"),
        purpose=_text(row, "purpose"),
        initial=_qualified(row, "initial"),
        adjusted=_qualified(row, "adjusted"),
        actual=_qualified(row, "actual"),
        plan=_qualified(row, "plan"),
        execution_rate=_decimal(row, "execution_rate"),
        mark=_decimal(row, "mark"),
        goals=_paragraphs(row, "goals"),
        achieved=_text(row, "achieved"),
        **_common(row),
    )


def indicator(row: Row, reading: Reading, rules: Rules) -> Indicator | None:
    """Return a performance indicator (绩效指标) with its targets by period.

    A row with labels and nothing else keeps the empty row of a level that nobody filled.
    """
    name = _text(row, "name")
    if not name:
        heading = _LABELS | _MARKS
        said = [field for field in row.values if field not in heading and _text(row, field)]
        if said and "name" in row.cells:
            reading.problem(
                "没有填指标名称，这一行却有内容", "补填，或清空这一行", ref=row.cells["name"]
            )
    unit = _text(row, "measure_unit")
    actual = _said(row, "actual")
    given = "" if unit in MISSING else unit
    return Indicator(
        name=name,
        project=_text(row, "project"),
        category=_text(row, "category"),
        subcategory=_text(row, "subcategory"),
        work=_text(row, "work"),
        description=_text(row, "description"),
        basis=_text(row, "basis"),
        direction=_text(row, "direction"),
        targets=_targets(row, given, reading),
        actual=Measure.parse(actual, unit=given) if actual else None,
        unit=unit,
        evidence=_text(row, "evidence"),
        deviation=_text(row, "deviation"),
        reason=_text(row, "reason"),
        weight=_decimal(row, "weight"),
        attainment=_text(row, "attainment"),
        rule=_text(row, "rule"),
        stated=_stated(row) if rules.target_columns == "apart" else {},
        mark=_decimal(row, "mark"),
        **_common(row),
    )


def _stated(row: Row) -> Mapping[str, str]:
    """What stands in the columns of a target and of its result, each as it was typed."""
    stated = {field: _text(row, field) for field in ("operator", "actual") if field in row.values}
    for field in row.values:
        record, _, period = field.partition(".")
        if record == "target":
            stated[period or "full"] = _text(row, field)
    return stated


def _said(row: Row, field: str) -> str:
    """A text that says something: a mark for nothing (/, —) is printed, and counts for nothing."""
    text = _text(row, field)
    return "" if text in MISSING - {"无"} else text


_MARKS = frozenset({"weight", "mark"})
"""What the row of a heading (产出指标，50 分) may hold beside its labels."""

_LABELS = frozenset({"project", "category", "subcategory", "work", "name"})


def score_item(row: Row, reading: Reading) -> ScoreItem | None:
    """Return an item of the scores (评分)."""
    name = _text(row, "name")
    if not name:
        return None
    basis = _said(row, "basis")
    return ScoreItem(
        name=name,
        category=_text(row, "category"),
        subcategory=_text(row, "subcategory"),
        parent=_text(row, "parent"),
        full=_decimal(row, "full"),
        rule=_text(row, "rule"),
        basis=Measure.parse(basis) if basis else None,
        score=_decimal(row, "score"),
        reason=_text(row, "reason"),
        note=_text(row, "note"),
        **_common(row),
    )


def own_row(row: Row, reading: Reading, kind: str = "") -> OwnRow | None:
    """Return a row of a sheet that only this layout has, of the record `kind`."""
    values = {
        field: "" if value is None else own_value(value) for field, value in row.values.items()
    }
    return OwnRow(kind=kind, values=values, **_common(row))


def own_value(value: str | Decimal | date | int) -> OwnValue:
    """Return what a column of the layout's own holds: a year is a number like any other."""
    return Decimal(value) if isinstance(value, int) else value


def section(row: Row, reading: Reading) -> Section | None:
    """Return a piece of narrative (文字部分)."""
    name = _text(row, "name")
    return Section(name=name, paragraphs=_paragraphs(row, "text"), **_common(row)) if name else None


def waiver(row: Row, reading: Reading) -> Waiver | None:
    """Return an explained finding (说明事项)."""
    if not _text(row, "rule") or not _text(row, "subject"):
        return None
    return Waiver(
        rule=normalise(_text(row, "rule")).upper(),
        subject=_text(row, "subject"),
        reason=_text(row, "reason"),
        officer=_text(row, "officer"),
        expires=_date(row, "expires"),
        **_common(row),
    )


def _targets(row: Row, unit: str, reading: Reading) -> Mapping[str, Target]:
    targets: dict[str, Target] = {}
    for name in row.values:
        record, _, period = name.partition(".")
        text = _said(row, name)
        if record != "target" or not text:
            continue
        operator = spell_operator(_text(row, "operator"))
        try:
            targets[period or "full"] = Target.parse(text, operator=operator, unit=unit)
        except ValueError as error:
            reading.problem(str(error), "改成一致的写法，例如 ≥6次", ref=row.cells[name])
    return targets


def _qualified(row: Row, name: str) -> Mapping[str, Decimal]:
    """The amounts of a field by what its role names after it: adjusted.fiscal → fiscal."""
    found: dict[str, Decimal] = {}
    for field in row.values:
        first, _, qualifier = field.partition(".")
        value = _decimal(row, field)
        if first == name and value is not None:
            found[qualifier] = value
    return found


def _paragraphs(row: Row, name: str) -> tuple[str, ...]:
    return tuple(line for line in _text(row, name).split("\n") if line.strip())


def _common(row: Row) -> dict[str, Any]:
    own = {
        field.removeprefix(_OWN): own_value(value)
        for field, value in row.values.items()
        if field.startswith(_OWN) and value is not None
    }
    return {"cells": row.cells, "extra": row.extra, "extra_cells": row.extra_cells, "own": own}


def _text(row: Row, name: str) -> str:
    value = row.values.get(name)
    return "" if value is None else str(value)


def _decimal(row: Row, name: str) -> Decimal | None:
    value = row.values.get(name)
    return value if isinstance(value, Decimal) else None


def _date(row: Row, name: str) -> date | None:
    value = row.values.get(name)
    return value if isinstance(value, date) else None
