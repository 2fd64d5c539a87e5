"""The report with what its layout's formulas give (带公式结果的报告).

A formula's result stands where the column's content would: templates, checks, comparisons and
data see it as they see any column. What was typed there is kept beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from perfgen.figures.compute import compute
from perfgen.figures.formulas.evaluating import Evaluator
from perfgen.figures.formulas.values import Value
from perfgen.figures.kept import is_in_force
from perfgen.model.fields import attribute_of, content_of, key_of
from perfgen.model.formulas import Formula
from perfgen.model.layout import Column, Layout
from perfgen.model.names import bare_name
from perfgen.model.numbers import FEN_DECIMALS, decimals_of, half_up, plain, without_dust
from perfgen.model.records import ROWS, Fact, OwnRow, OwnValue, Record, Report

TYPED_FORMULA = "PG129"
"""The rule about typed results of formulas: what explains one, has it printed as it was typed."""

MOST_ROUNDS = 6
"""How often figures are computed anew where formulas fill columns that figures count on."""

R = TypeVar("R", bound=Record)


def with_formulas(report: Report, layout: Layout) -> Report:
    """Return the report with the results of all formulas; itself where its layout has none."""
    if not layout.formulas:
        return report
    kept = _kept(report)
    for _ in range(MOST_ROUNDS):
        figures = compute(report, layout.rules)
        evaluator = Evaluator(report, figures, layout)
        done = report
        for formula in layout.formulas:
            done = _filled(done, formula, evaluator.work_out(formula), layout, kept)
        if done == report:
            break
        report = done
        if all(_is_own(formula) for formula in layout.formulas):
            break
    return report


def _is_own(formula: Formula) -> bool:
    """Whether no figure of perfgen's counts on the column."""
    return formula.field.startswith("own.") or formula.record not in ROWS


def column_of(formula: Formula, layout: Layout) -> Column:
    """Return the column that a formula belongs to."""
    sheet = layout.sheet_of(formula.record)
    column = sheet.column(formula.field) if sheet else None
    if column is None:
        raise ValueError(f"no column for the formula of {formula.record}.{formula.field}")
    return column


def printed_result(value: Value, column: Column, layout: Layout, unit: str) -> OwnValue | None:
    """Return a formula's exact result, rounded half-up as its column says (四舍五入)."""
    if value is None or isinstance(value, bool):
        return None
    if not isinstance(value, Decimal):
        return value
    exact, decimals = without_dust(value), column.printing.decimals
    if column.kind == "percent":
        return half_up(exact, (layout.rules.rate_decimals if decimals is None else decimals) + 2)
    finest = FEN_DECIMALS[unit] if column.kind == "amount" else 2 if decimals is None else decimals
    if decimals_of(exact) <= finest:
        return Decimal(plain(exact))
    return Decimal(plain(half_up(exact, finest)))


def _kept(report: Report) -> frozenset[str]:
    """The names of rows, and of items of the form, whose typed results are explained."""
    return frozenset(
        bare_name(waiver.subject)
        for waiver in report.waivers
        if waiver.rule == TYPED_FORMULA and is_in_force(waiver, report)
    )


def _filled(
    report: Report, formula: Formula, results: Sequence[Value], layout: Layout, kept: frozenset[str]
) -> Report:
    column = column_of(formula, layout)
    printed = [printed_result(value, column, layout, report.amount_unit) for value in results]
    if formula.record == "report":
        return _with_fact(report, formula, column, printed[0], kept)
    rows = tuple(
        _with_result(row, formula, result, kept)
        for row, result in zip(report.rows(formula.record), printed, strict=True)
    )
    if formula.record not in ROWS:
        held = {formula.record: rows} if formula.record in report.own else {}
        return replace(report, own={**report.own, **held})  # type: ignore[dict-item]  # own rows
    changed: dict[str, Any] = {ROWS[formula.record]: rows}
    return replace(report, **changed)


def _with_result(row: R, formula: Formula, result: OwnValue | None, kept: frozenset[str]) -> R:
    field, typed = formula.field, dict(row.typed)
    if field not in typed and not formula.given:
        held = content_of(row, field)
        if held is not None:
            typed[field] = held
    if formula.given and content_of(row, field) is not None:
        return row
    if field in typed and subject_of(row) in kept:
        result = typed[field]
    name, key = attribute_of(row, field), key_of(row, field)
    now = getattr(row, name)
    changed: dict[str, Any] = {"typed": typed}
    if isinstance(now, Mapping):
        others = {other: value for other, value in now.items() if other != key}
        nothing = {key: ""} if isinstance(row, OwnRow) else {}
        changed[name] = {**others, **(nothing if result is None else {key: result})}
    else:
        changed[name] = result
    return replace(row, **changed)


def subject_of(row: Record) -> str:
    """Return the name under which a row is explained."""
    names = (content_of(row, field) for field in ("name", "line", "text"))
    return next((bare_name(name) for name in names if isinstance(name, str) and name), "")


def _with_fact(
    report: Report, formula: Formula, column: Column, result: OwnValue | None, kept: frozenset[str]
) -> Report:
    fact = report.facts.get(formula.field) or Fact(name=formula.field, value="")
    typed = dict(fact.typed)
    if "value" not in typed and (fact.content is not None or fact.value):
        typed["value"] = fact.value if fact.content is None else fact.content
    if "value" in typed and bare_name(column.header) in kept:
        result = typed["value"]
    content = result if isinstance(result, Decimal | date) else None
    text = "" if result is None else plain(result) if isinstance(result, Decimal) else str(result)
    made = replace(fact, value=text, content=content, typed=typed)
    return replace(report, facts={**report.facts, formula.field: made})
