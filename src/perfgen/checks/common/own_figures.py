"""Figures of a layout's own columns (自有栏目) that sentences state: 年初预算, 决算数, 指标值."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from perfgen.checks.registry import Case
from perfgen.model.layout import Column
from perfgen.model.measure import Measure
from perfgen.model.numbers import YUAN, plain
from perfgen.model.records import OwnRow, Report
from perfgen.prose import words
from perfgen.prose.expected import Known
from perfgen.prose.money import Row
from perfgen.prose.quantities import MARKS
from perfgen.prose.text import folded

_UNIT = re.compile(r"[（(]([^（）()]{1,6})[）)]$")
_HUNDRED = Decimal(100)
_ZERO = Decimal(0)
_CARRIED = ("结转",)
_NOW = {"预算": words.ADJUSTED, "决算": words.ACTUAL}
_THIS_YEAR = re.compile("^(?:本年度?|当年)(?=追加|追减|调增|调减|调整|增加|减少)")
_RATE_OF_MONEY = re.compile("(?:资金|预算|支出|支付|执行|经费|结转|结余)[^率]{0,4}率$")
"""Scores that start from a rate of money: which money, sentences say by the row they name."""
_BEFORE = ("上年", "去年", "前年")


def own_whole(case: Case) -> Mapping[str, tuple[Decimal, ...]]:
    """Return what the form's own items say of the whole budget (年初预算、本年追加), in yuan."""
    yuan = YUAN[case.report.amount_unit]
    found: dict[str, list[Decimal]] = {}
    for column, value in _of_the_form(case):
        name = column_of(folded(column.header))
        if column.kind == "amount" and name:
            found.setdefault(name, []).append(value * yuan)
    added = found.get(words.ADJUSTMENT, [])
    if words.INITIAL not in found:
        return {}
    if len(added) > 1:  # 上年结转 and 本年追加: each of them, and both
        found[words.ADJUSTMENT] = [*added, sum(added, _ZERO)]
    initial = found[words.INITIAL][0]
    adjusted = found.setdefault(words.ADJUSTED, [initial + sum(added, _ZERO)])
    left = found.get(words.BALANCE)
    if left and words.ACTUAL not in found:
        found[words.ACTUAL] = [adjusted[0] - left[0]]
    if words.ACTUAL in found and adjusted[0]:
        found[words.RATE] = [found[words.ACTUAL][0] / adjusted[0]]
    if len(added) > 1:  # 调整后预算 without what was carried
        found[words.ADJUSTED] = [*adjusted, *(initial + one for one in added)]
    found[words.BUDGET] = [*found[words.INITIAL], *found[words.ADJUSTED]]
    amounts = (some for name, some in found.items() if name != words.RATE)
    found[words.SPENT] = [value for some in amounts for value in some]
    return {name: tuple(dict.fromkeys(values)) for name, values in found.items()}


def own_rows(case: Case) -> Iterator[Row]:
    """Yield the rows of own tables that hold amounts, each by its first text."""
    yuan = YUAN[case.report.amount_unit]
    for kind, rows in case.report.own.items():
        columns = _columns(case, kind)
        for row in rows:
            name = next((value for value in row.values.values() if isinstance(value, str)), "")
            values = _row_values(row, columns, yuan)
            if len(name) >= 2 and values:
                yield Row(name.removesuffix("金额"), values)


def _row_values(
    row: OwnRow, columns: Mapping[str, Column], yuan: Decimal
) -> Mapping[str, tuple[Decimal, ...]]:
    found: dict[str, list[Decimal]] = {}
    for field, value in row.values.items():
        column = columns.get(field)
        if column is None or column.kind != "amount" or not isinstance(value, Decimal):
            continue
        found.setdefault(words.SPENT, []).append(value * yuan)
        header = folded(column.header)
        if not any(word in header for word in _BEFORE):
            name = column_of(header)
            if name:
                found.setdefault(name, []).append(value * yuan)
    return {name: tuple(dict.fromkeys(values)) for name, values in found.items()}


def column_of(header: str) -> str:
    """Return which column of a budget a header names (当年决算数 is the actual one), or ""."""
    if any(word in header for word in _CARRIED) and "末" not in header:
        return words.ADJUSTMENT
    header = _THIS_YEAR.sub("", header)
    for column in (words.INITIAL, words.ADJUSTMENT, words.ADJUSTED, words.BALANCE, words.ACTUAL):
        if any(header.startswith(word) for word in words.COLUMNS[column]):
            return column
    return next((column for word, column in _NOW.items() if word in header), "")


def own_known(case: Case) -> Iterator[Known]:
    """Yield the form's own rates and numbers, and the values that marks start from (指标值)."""
    for column, value in _of_the_form(case):
        if column.kind == "percent":
            yield _known(folded(column.header), f"{plain(value * _HUNDRED)}%")
        elif column.kind == "number" and (unit := _UNIT.search(column.header)):
            yield _known(folded(_UNIT.sub("", column.header)), f"{plain(value)}{unit[1]}")
    for item in case.report.scores:
        if item.basis is None or item.basis.unit in ("", MARKS):  # 1分: what was taken off
            continue
        if _RATE_OF_MONEY.search(item.name):
            continue
        if item.basis.number is not None:
            yield Known(item.name, item.basis.base_unit, item.basis, {})


def _known(name: str, text: str) -> Known:
    measure = Measure.parse(text)
    return Known(name, measure.base_unit, measure, {})


def _of_the_form(case: Case) -> Iterator[tuple[Column, Decimal]]:
    """The own items of the form that hold a number."""
    report: Report = case.report
    columns = _columns(case, "report")
    for field, column in columns.items():
        fact = report.facts.get(field)
        if fact is not None and isinstance(fact.content, Decimal):
            yield column, fact.content


def _columns(case: Case, record: str) -> Mapping[str, Column]:
    """The columns of a layout's own kinds, by their fields."""
    sheet = case.layout.sheet_of(record)
    if sheet is None:
        return {}
    own = record not in ("report",)
    return {column.field: column for column in sheet.columns if own or "own." in column.field}
