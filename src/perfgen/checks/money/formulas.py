"""PG129 to PG131, PG140: columns of formulas (公式), what was typed there, and what must hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.figures.columns import Value, rows_of
from perfgen.figures.compute import compute
from perfgen.figures.formulas.completing import (
    column_of,
    printed_result,
    subject_of,
)
from perfgen.figures.formulas.evaluating import Evaluator
from perfgen.figures.formulas.values import Value as Result
from perfgen.model.cells import CellRef
from perfgen.model.days import spoken_day
from perfgen.model.fields import content_of
from perfgen.model.finding import Severity
from perfgen.model.formulas import UNDEFINED, Formula
from perfgen.model.layout import Column, Sheet
from perfgen.model.numbers import decimals_of, half_up, plain, without_dust
from perfgen.model.records import OwnValue, Record


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with a formula: its name, its cell, what was typed there, what the formula gives."""

    name: str
    ref: CellRef | None
    typed: Value
    result: Result


@rule(
    "PG129",
    Severity.ERROR,
    title="填的数与公式算出的不符",
    reason="版式为这一列写了公式，印出的数按公式算（四舍五入）。填的数只是小数位少的不算不符。"
    "已经公开、要照填的印的，在“说明事项”里说明，对象写这一行的名称。",
    good="实际支出数 119，预算数 250，执行率的公式是 [实际支出数] / [预算数]，填 47.6%",
    bad="实际支出数 119，预算数 250，执行率的公式是 [实际支出数] / [预算数]，填 48.6%",
)
def typed_results(case: Case) -> Iterator[Hit]:
    """A typed figure that its column's formula does not give."""
    for formula, column, row in _rows(case):
        if row.typed is None or formula.given:
            continue
        if _is_same(row.typed, row.result, column):
            continue
        shown = printed_result(row.result, column, case.layout, case.report.amount_unit)
        yield Hit(
            subject=row.name or column.header,
            message=f"{quoted(row.name)}的{column.header}填的是 {_words(row.typed, column)}，"
            f"按公式“{formula.text}”应当是 {_words(shown, column)}",
            hint="核对公式里的各项；这一格可以清空，由系统计算",
            ref=row.ref,
        )


@rule(
    "PG130",
    Severity.ERROR,
    title="公式算不出数",
    reason="公式里的除数是 0 而被除数不是 0，或者用到的格子里不是数，印出来是“—”。",
    good="预算数 250，实际支出数 119",
    bad="预算数 0，实际支出数 119，执行率的公式是 [实际支出数] / [预算数]",
)
def undefined_results(case: Case) -> Iterator[Hit]:
    """A formula that divides by 0, or counts on what is no number."""
    for formula, column, row in _rows(case):
        if row.result == UNDEFINED and row.typed in (None, UNDEFINED):
            yield Hit(
                subject=row.name or column.header,
                message=f"{quoted(row.name)}的{column.header}按公式“{formula.text}”算不出数，"
                f"印成“{UNDEFINED}”",
                hint="公式里的除数是 0，或用到的格子里不是数：核对这一行",
                ref=row.ref,
            )


@rule(
    "PG131",
    Severity.WARNING,
    title="填的合计与下级各行不等",
    reason="版式写明这一列空着时按下级合计；填了的照填的印，但应当等于下级各行之和。",
    good="“三公”经费合计 12，公务接待费 4，公务用车费 8",
    bad="“三公”经费合计 13，公务接待费 4，公务用车费 8",
)
def typed_sums(case: Case) -> Iterator[Hit]:
    """A typed total of the layout's own that is not the sum of its parts."""
    for formula in case.layout.formulas:
        if not formula.given:
            continue
        column = column_of(formula, case.layout)
        evaluator = Evaluator(case.report, case.figures, case.layout)
        results = evaluator.work_out(formula)
        tree = evaluator.tree(formula.record)
        for place, record in enumerate(case.report.rows(formula.record)):
            parts = [results[child] for child in tree.children(place)]
            numbers = [part for part in parts if isinstance(part, Decimal)]
            total, held = sum(numbers, Decimal(0)), results[place]
            if not numbers or not isinstance(held, Decimal) or held == total:
                continue
            name = _name(record)
            yield Hit(
                subject=name,
                message=f"{quoted(name)}的{column.header}是 {plain(held)}，"
                f"下级各行合计 {plain(total)}",
                hint="核对各行；合计可以留空，由系统相加",
                ref=record.cell(formula.field),
            )


@rule(
    "PG140",
    Severity.ERROR,
    title="不符合版式写明的条件",
    reason="版式给这一列写明了应当成立的条件，例如权重合计应当是 100，执行率低于 90% 的要写原因。"
    "条件里用到的格子空着、说不清成立不成立的，不报。",
    good="版式写明 [权重合计] = 100，各指标的权重合计 100",
    bad="版式写明 [权重合计] = 100，各指标的权重合计 95",
)
def requirements(case: Case) -> Iterator[Hit]:
    """A condition of the layout's own that does not hold in a row."""
    evaluator = Evaluator(case.report, case.figures, case.layout)
    for sheet in case.layout.sheets:
        for column in sheet.columns:
            if column.requirement is None:
                continue
            formula, note = column.requirement.formula, column.requirement.note
            wanted = note or f"应当 {formula.text}"
            for place, result in enumerate(evaluator.tried(formula)):
                if result is not False:
                    continue
                name, ref, value = _held(case, sheet, column, place)
                yield Hit(
                    subject=name or column.header,
                    message=f"{quoted(name)}的{column.header}{_said(value, column)}：{wanted}",
                    hint="核对这一行；确实如此的，在“说明事项”里说明",
                    ref=ref,
                )


def _held(
    case: Case, sheet: Sheet, column: Column, place: int
) -> tuple[str, CellRef | None, OwnValue | None]:
    """The name of a row, its cell of a column, and what that holds."""
    if sheet.record == "report":
        fact = case.report.facts.get(column.field)
        held = (fact.content or fact.value) if fact else None
        return column.header, fact.cell("value") if fact else None, held
    record = case.report.rows(sheet.record)[place]
    return _name(record), record.cell(column.field), content_of(record, column.field)


def _rows(case: Case) -> Iterator[tuple[Formula, Column, _Row]]:
    """Every row of every formula, with its exact result anew."""
    if not case.layout.formulas:
        return
    figures = compute(case.report, case.layout.rules)
    evaluator = Evaluator(case.report, figures, case.layout)
    for formula in case.layout.formulas:
        column, results = column_of(formula, case.layout), evaluator.work_out(formula)
        if formula.record == "report":
            fact = case.report.facts.get(formula.field)
            typed = fact.typed.get("value") if fact else None
            ref = fact.cell("value") if fact else None
            yield formula, column, _Row(column.header, ref, typed, results[0])
            continue
        rows = zip(rows_of(formula.record, case.report, figures),
                   case.report.rows(formula.record), results, strict=True)  # fmt: skip
        for _, record, result in rows:
            typed = record.typed.get(formula.field)
            ref = record.cell(formula.field)
            yield formula, column, _Row(_name(record), ref, typed, result)


def _name(record: Record) -> str:
    name = getattr(record, "name", "") or getattr(record, "line", "") or getattr(record, "text", "")
    held = getattr(record, "values", {}).get("name", "")
    return str(name or held or subject_of(record))


def _is_same(typed: Value, result: Result, column: Column) -> bool:
    """Whether a typed figure is the result, or the result with fewer decimals."""
    if isinstance(typed, Decimal) and isinstance(result, Decimal):
        decimals = decimals_of(Decimal(plain(typed)))
        least = 2 if column.kind == "percent" else 0
        return half_up(without_dust(result), max(decimals, least)) == typed
    return str(typed or "") == str(result or "")


def _said(value: OwnValue | None, column: Column) -> str:
    return "没有填" if value in (None, "") else f"是 {_words(value, column)}"


def _words(value: Value | OwnValue | None, column: Column) -> str:
    if isinstance(value, Decimal):
        return f"{plain(value * 100)}%" if column.kind == "percent" else plain(value)
    if isinstance(value, date):
        return spoken_day(value)
    return str(value or "") or "空白"
