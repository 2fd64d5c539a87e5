"""What sentences of a report may speak of: its rows of money, its indicators, its own names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from perfgen.checks.amounts import whole_budget
from perfgen.checks.registry import Case
from perfgen.figures.budget import LineFigures
from perfgen.figures.funds import FundFigures
from perfgen.model.numbers import YUAN
from perfgen.model.records import Indicator
from perfgen.prose import words
from perfgen.prose.expected import FULL, Known
from perfgen.prose.money import MoneyReader, Row
from perfgen.prose.quantities import kind_of
from perfgen.prose.results import ResultReader
from perfgen.prose.text import folded

_OFFICE = re.compile("(?:委员会|管理局|办公室|中心|局|厅|委|办|处|院|站|所)$")
_PLACE = re.compile(r"[^省市县区州旗盟]{1,12}[省市县区州旗盟]")


_RATES_OF_MONEY = frozenset({*words.COLUMNS[words.RATE], *words.COLUMNS[words.BALANCE_RATE]})
"""Indicators that repeat what the budget table holds: sentences about them are about money."""


def money_reader(case: Case) -> MoneyReader:
    """Return a reader of what this report's sentences say about money."""
    headers = [
        (column.field, folded(re.sub(r"[（(][^（）()]{0,20}[）)]", "", column.header)))
        for sheet in case.layout.sheets
        if sheet.record in ("budget", "fund", "project")
        for column in sheet.columns
        if column.kind in ("amount", "percent") and "." not in column.field
    ]
    unit = case.report.unit
    own = (*own_names(unit), *short_own_names(unit))
    return MoneyReader(money_rows(case), headers, case.report.year, own, own_places(unit))


def result_readers(case: Case) -> Mapping[str, ResultReader]:
    """Return readers of what sentences say about results: of all indicators "", of a project's.

    What is written of a project is held against its own indicators only.
    """
    own = field_words(case.report.unit)
    known: dict[str, list[Known]] = {"": []}
    for row in case.figures.indicators:
        one = _known(row.indicator)
        if one is None or folded(row.indicator.name) in _RATES_OF_MONEY:
            continue
        for project in {"", row.indicator.project}:
            known.setdefault(project, []).append(one)
    return {project: ResultReader(rows, case.report.year, own) for project, rows in known.items()}


def _known(indicator: Indicator) -> Known | None:
    """An indicator that sentences may state: one with a number and a unit."""
    actual = indicator.actual
    result = actual if actual is not None and actual.number is not None and actual.unit else None
    unit = result.base_unit if result else ""
    targets = {}
    for period, target in indicator.targets.items():
        measure = target.measure
        if measure.number is None or not measure.unit:
            continue
        unit = unit or measure.base_unit
        if kind_of(measure.base_unit) == kind_of(unit):
            targets[period] = measure
    if result is None and (actual is not None or FULL not in targets):
        return None
    return Known(indicator.name, unit, result, targets)


def field_words(unit: str) -> tuple[str, ...]:
    """Return the words of an office's field: 农业 and 农村 for 平川县农业农村局."""
    name = own_names(unit)[-1] if unit else ""
    name = _OFFICE.sub("", name)
    return tuple(
        dict.fromkeys(
            piece[start : start + 2]
            for piece in re.split("和|与|及", name)
            for start in range(0, len(piece) - 1, 2)
        )
    )


def own_names(unit: str) -> tuple[str, ...]:
    """Return what an office is called: 临江县教育局, 县教育局, 教育局."""
    name = folded(unit)
    names = [name] if name else []
    while (found := _PLACE.match(name)) and len(name) - found.end() >= 3:
        names.append(name[found.end() - 1 :])
        name = name[found.end() :]
        names.append(name)
    return tuple(dict.fromkeys(names))


def short_own_names(unit: str) -> tuple[str, ...]:
    """Return what an office is called for short: 区文旅局 for 区文化和旅游局, 卫健委, 交通局."""
    pieces = field_words(unit)
    tail = "委" if unit.endswith("委员会") else unit[-1:]
    short = {"".join(piece[0] for piece in pieces), *pieces[:1]}
    levels = {"", *(place[-1] for place in own_places(unit))}
    return tuple(f"{level}{one}{tail}" for one in short for level in levels if len(one) >= 2)


def own_places(unit: str) -> tuple[str, ...]:
    """Return the places in an office's name: 平川县, 平川."""
    name, places = folded(unit), []
    while (found := _PLACE.match(name)) and len(name) - found.end() >= 3:
        places += [found.group(), found.group()[:-1]]
        name = name[found.end() :]
    return tuple(place for place in places if len(place) >= 2)


def money_rows(case: Case) -> list[Row]:
    """Return the rows that sentences may name: lines, groups, funds, projects, and the whole."""
    yuan = YUAN[case.report.amount_unit]
    rows: dict[str, Row] = {}
    details = {line.name for line in detail_lines(case)}
    for name, amounts in _named_amounts(case):
        scaled = {field: value * yuan for field, value in amounts.items() if value is not None}
        _add(rows, Row(name, _values(scaled), detail=name in details))
    for adjustment in case.report.adjustments:
        _add(rows, Row(adjustment.line, {words.ADJUSTMENT: (abs(adjustment.amount) * yuan,)}))
    whole = _whole(case, yuan)
    return [*rows.values(), *([whole] if whole else [])]


def detail_lines(case: Case) -> list[LineFigures]:
    """Return the lines of the deepest level: the projects that a table lists."""
    deepest = max((line.level for line in case.figures.budget), default=0)
    return [line for line in case.figures.budget if line.level == deepest and not line.parts]


def _named_amounts(case: Case) -> Iterator[tuple[str, Mapping[str, Decimal | None]]]:
    for fund in case.figures.funds:
        yield fund.name, _amounts(fund)
    groups: dict[str, list[Mapping[str, Decimal | None]]] = {}
    for line in case.figures.budget:
        yield line.name, _amounts(line)
        if line.line.group:
            groups.setdefault(line.line.group, []).append(_amounts(line))
    for group, lines in groups.items():
        yield (
            group,
            {
                field: sum((amounts[field] or Decimal(0) for amounts in lines), Decimal(0))
                for field in lines[0]
            },
        )
    for project in case.figures.projects:
        for money in project.money.values():
            yield project.name, {"initial": money.initial, "adjusted": money.adjusted,
                                 "actual": money.actual}  # fmt: skip


def _amounts(row: LineFigures | FundFigures) -> Mapping[str, Decimal | None]:
    amounts = {"initial": row.initial, "adjusted": row.adjusted, "actual": row.actual}
    if isinstance(row, LineFigures):
        amounts |= {"adjustment": row.adjustment, "half_plan": row.half_plan}
    return amounts


def _values(amounts: Mapping[str, Decimal]) -> Mapping[str, tuple[Decimal, ...]]:
    """All that is known of a row, by column, and what follows from it."""
    values: dict[str, tuple[Decimal, ...]] = {field: (amount,) for field, amount in amounts.items()}
    initial, adjusted, actual = (amounts.get(f) for f in ("initial", "adjusted", "actual"))
    if initial is not None and adjusted is not None and "adjustment" not in amounts:
        values[words.ADJUSTMENT] = (adjusted - initial,)
    if words.ADJUSTMENT in values:
        values[words.ADJUSTMENT] = tuple(abs(value) for value in values[words.ADJUSTMENT])
    budgets = tuple(value for value in (initial, adjusted) if value is not None)
    if budgets:
        values[words.BUDGET] = budgets
        values.setdefault(words.ADJUSTED, budgets)
    if actual is not None and adjusted is None and initial:
        values[words.BALANCE] = (initial - actual,)
        values[words.RATE] = (actual / initial,)
    if actual is not None and adjusted:
        values[words.BALANCE] = (adjusted - actual,)
        values[words.BALANCE_RATE] = ((adjusted - actual) / adjusted,)
        values[words.RATE] = (actual / adjusted,)
    values[words.SPENT] = tuple(amounts.values())
    return values


def _add(rows: dict[str, Row], row: Row) -> None:
    if not row.name:
        return
    known = rows.get(row.name)
    values = dict(known.values) if known else {}
    for column, more in row.values.items():
        values[column] = tuple(dict.fromkeys((*values.get(column, ()), *more)))
    rows[row.name] = Row(
        row.name, values, detail=row.detail or (known is not None and known.detail)
    )


def _whole(case: Case, yuan: Decimal) -> Row | None:
    """The unit's budget as a whole: the budget table's, else the funds that stand on top."""
    whole = whole_budget(case)
    tops = [fund for fund in case.figures.funds if fund.level == 0]
    if whole is not None:
        amounts = {
            "initial": whole.initial, "adjustment": whole.adjustment, "adjusted": whole.adjusted,
            "actual": whole.actual,
        }  # fmt: skip
    elif tops:
        amounts = dict(_amounts(tops[0]))
    else:
        return None
    scaled = {field: value * yuan for field, value in amounts.items() if value is not None}
    return Row("整体预算", _values(scaled), whole=True) if scaled else None
