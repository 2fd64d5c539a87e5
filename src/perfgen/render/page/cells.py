"""How a column's content prints (按列的印法): decimals, separators, units, blanks and zeros.

`{{ line | cell("1-7月执行率") }}` prints what a row holds in a column, by its header or its field,
as the layout declares the column.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from perfgen.errors import PageError
from perfgen.figures.columns import Value, record_of, value_of
from perfgen.figures.deviation import Deviation
from perfgen.figures.rates import Rate, RateState
from perfgen.model.days import spoken_day
from perfgen.model.formulas import UNDEFINED
from perfgen.model.layout import Column, Layout, Rules, Sheet
from perfgen.model.measure import Measure, Target
from perfgen.model.numbers import FEN_DECIMALS, YUAN, decimals_of, fixed, half_up, plain
from perfgen.model.records import (
    Adjustment,
    BudgetLine,
    Duty,
    Fund,
    Indicator,
    OwnRow,
    Project,
    Record,
    Report,
    ScoreItem,
    Section,
    Task,
)
from perfgen.provenance.marks import Traced

_RECORDS: dict[type, str] = {
    BudgetLine: "budget", Fund: "fund", Adjustment: "adjustment", Duty: "duty", Task: "task",
    Project: "project", Indicator: "indicator", ScoreItem: "score", Section: "section",
}  # fmt: skip


def cell_filter(layout: Layout, amount_unit: str) -> Callable[[object, str], str]:
    """Return the filter `cell` of a layout's templates."""

    def cell(row: object, name: str) -> str:
        sheet = _sheet_of(row, layout)
        column = sheet.named(name) if sheet else None
        if sheet is None or column is None:
            raise PageError(
                f"版式 {layout.id} 的模板：cell(“{name}”) {_unknown(name, sheet)}",
                hint="写工作簿里的表头，或 role 里的字段",
            )
        if isinstance(row, Report):
            fact = row.facts.get(column.field)
            value = None if fact is None else value_of(fact, column.field)
        else:
            value = value_of(row, column.field)
        text = printed(value, column, layout.rules, amount_unit)
        source = getattr(value, "source", None)
        if not isinstance(source, int) or isinstance(text, Traced):
            return text
        return Traced.of(text, source)

    return cell


def _sheet_of(row: object, layout: Layout) -> Sheet | None:
    if isinstance(row, Report):
        return layout.sheet_of("report")
    record = record_of(row)
    if record is None:
        return None
    return layout.sheet_of(_record_name(record))


def _record_name(record: Record) -> str:
    return record.kind if isinstance(record, OwnRow) else _RECORDS.get(type(record), "")


def _unknown(name: str, sheet: Sheet | None) -> str:
    if sheet is None:
        return "前面要写一行，例如 line | cell(…)，或写 report"
    headers = [column.header for column in sheet.columns]
    near = difflib.get_close_matches(name, headers, n=1, cutoff=0.5)
    guess = f"是不是“{near[0]}”？" if near else f"有 {'、'.join(headers)}"
    return f"“{sheet.name}”没有这一列，{guess}"


def printed(value: Value, column: Column, rules: Rules, amount_unit: str) -> str:
    """Return how a value prints in a column."""
    printing = column.printing
    if value is None or value == "":
        return printing.blank
    if isinstance(value, Rate):
        if value.state is RateState.VALUE and value.ratio is not None:
            return _percent(value.ratio, column, rules, always_fixed=True)
        return UNDEFINED if value.state is RateState.UNDEFINED else printing.blank
    if isinstance(value, Deviation):
        decimals = rules.deviation_decimals if value.measured else 0
        return fixed(value.ratio * 100, decimals) + "%"
    if isinstance(value, Target | Measure):
        return value.text
    if isinstance(value, date):
        return spoken_day(value)
    if isinstance(value, Decimal):
        return _number(value, column, rules, amount_unit)
    return value


def _number(value: Decimal, column: Column, rules: Rules, amount_unit: str) -> str:
    printing = column.printing
    if value == 0 and printing.zero is not None:
        return printing.zero
    if column.kind == "percent":
        return _percent(value, column, rules, always_fixed=column.formula is not None)
    unit, finest = printing.unit, 10
    if column.kind == "amount":
        unit = unit or amount_unit
        value, finest = value * YUAN[amount_unit] / YUAN[unit], FEN_DECIMALS[unit]
    if printing.decimals is not None:
        digits = fixed(value, printing.decimals)
    else:
        shown = half_up(value, finest) if decimals_of(value) > finest else value
        keeps = column.kind == "amount" and rules.trailing_zeros == "keep"
        digits = format(shown, "f") if keeps else plain(shown)
    if printing.thousands:
        digits = _separated(digits)
    return digits + (unit if printing.with_unit else "")


def _percent(ratio: Decimal, column: Column, rules: Rules, *, always_fixed: bool) -> str:
    printing = column.printing
    if ratio == 0 and printing.zero is not None:
        return printing.zero
    decimals = printing.decimals
    if decimals is None and always_fixed:
        decimals = rules.rate_decimals
    digits = plain(ratio * 100) if decimals is None else fixed(ratio * 100, decimals)
    return f"{_separated(digits) if printing.thousands else digits}%"


def _separated(digits: str) -> str:
    """The digits with thousands separators (千分位): 1,234.50."""
    sign = "-" if digits.startswith("-") else ""
    whole, point, rest = digits.removeprefix("-").partition(".")
    return f"{sign}{int(whole):,}{point}{rest}"
