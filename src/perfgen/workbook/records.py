"""Rows of fields → the model's records. The only place that knows which record has which fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from perfgen.model.measure import Measure, Target, normalise
from perfgen.model.records import Adjustment, BudgetLine, Indicator, Record, Section, Task, Waiver
from perfgen.workbook.tables import Reading, Row

R = TypeVar("R", bound=Record)


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
        initial=_decimal(row, "initial"),
        adjustment=_decimal(row, "adjustment"),
        adjusted=_decimal(row, "adjusted"),
        actual=_decimal(row, "actual"),
        execution_rate=_decimal(row, "execution_rate"),
        **_common(row),
    )


def adjustment(row: Row, reading: Reading) -> Adjustment | None:
    """Return a row of the adjustment ledger (预算调整)."""
    amount = _decimal(row, "amount")
    if amount is None or not _text(row, "line") or not _text(row, "type"):
        return None
    if amount < 0:
        reading.problem(
            "金额：应当填正数，加减由“调整类型”决定",
            "去掉负号，类型选“追减”",
            ref=row.cells["amount"],
        )
    return Adjustment(
        line=_text(row, "line"),
        type=_text(row, "type"),
        amount=amount,
        day=_date(row, "date"),
        document=_text(row, "document"),
        note=_text(row, "note"),
        **_common(row),
    )


def task(row: Row, reading: Reading) -> Task | None:
    """Return a key task (重点任务)."""
    name = _text(row, "name")
    if not name:
        return None
    return Task(duty=_text(row, "duty"), name=name, result=_text(row, "result"), **_common(row))


def indicator(row: Row, reading: Reading) -> Indicator | None:
    """Return a performance indicator (绩效指标) with its targets by period."""
    name = _text(row, "name")
    if not name:
        return None
    unit = _text(row, "measure_unit")
    actual = _text(row, "actual")
    return Indicator(
        name=name,
        category=_text(row, "category"),
        direction=_text(row, "direction"),
        targets=_targets(row, unit, reading),
        actual=Measure.parse(actual, unit=unit) if actual else None,
        evidence=_text(row, "evidence"),
        deviation=_text(row, "deviation"),
        reason=_text(row, "reason"),
        **_common(row),
    )


def section(row: Row, reading: Reading) -> Section | None:
    """Return a piece of narrative (文字部分)."""
    name = _text(row, "name")
    paragraphs = tuple(line for line in _text(row, "text").split("\n") if line.strip())
    return Section(name=name, paragraphs=paragraphs, **_common(row)) if name else None


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
        text = _text(row, name)
        if record != "target" or not text:
            continue
        operator = _text(row, "operator") or None
        try:
            targets[period or "full"] = Target.parse(text, operator=operator, unit=unit)
        except ValueError as error:
            reading.problem(str(error), "改成一致的写法，例如 ≥6次", ref=row.cells[name])
    return targets


def _common(row: Row) -> dict[str, Any]:
    return {"cells": row.cells, "extra": row.extra}


def _text(row: Row, name: str) -> str:
    value = row.values.get(name)
    return "" if value is None else str(value)


def _decimal(row: Row, name: str) -> Decimal | None:
    value = row.values.get(name)
    return value if isinstance(value, Decimal) else None


def _date(row: Row, name: str) -> date | None:
    value = row.values.get(name)
    return value if isinstance(value, date) else None
