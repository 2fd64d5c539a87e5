"""What sentences about money may name: lines, groups, funds, projects, and the whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from perfgen.checks.common.amounts import whole_budget
from perfgen.checks.common.own_figures import own_rows, own_whole
from perfgen.checks.registry import Case
from perfgen.figures.budget import LineFigures
from perfgen.figures.funds import FundFigures
from perfgen.figures.ledger import signed_amount
from perfgen.figures.projects import TOTAL, MoneyFigures
from perfgen.model.numbers import YUAN
from perfgen.prose import words
from perfgen.prose.money import Row

ALL_TASKS = ("各项任务", "各项重点任务", "各重点任务")
"""Names for all lines together, where the table is no whole budget but lists tasks."""


WHOLE = "整体预算"
"""What messages call the budget of the unit as a whole."""


def money_rows(case: Case) -> list[Row]:
    """Return the rows that sentences may name: lines, groups, funds, projects, and the whole."""
    yuan = YUAN[case.report.amount_unit]
    rows: dict[str, Row] = {}
    details = {line.name for line in detail_lines(case)}
    details = details or {project.name for project in case.figures.projects}
    for name, amounts in _named_amounts(case):
        scaled = {field: value * yuan for field, value in amounts.items() if value is not None}
        _add(rows, Row(name, _values(scaled), detail=name in details))
    for adjustment in case.report.adjustments:
        signed = signed_amount(adjustment, case.layout.rules.adjustment_signs) * yuan
        told = {words.ADJUSTMENT: (abs(signed),), words.SIGNED: (signed,)}
        _add(rows, Row(adjustment.line, told))
    for own in own_rows(case):
        _add(rows, own)
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
    changes = _tells_changes(case)
    for line in case.figures.budget:
        amounts = _amounts(line, changes=changes)
        yield line.name, amounts
        if line.line.group:
            groups.setdefault(line.line.group, []).append(amounts)
    for group, lines in groups.items():
        yield group, _summed(lines)
    if groups and whole_budget(case) is None:
        every = [_amounts(line, changes=changes) for line in case.figures.budget]
        for name in ALL_TASKS:
            yield name, _summed(every)
    for project in case.figures.projects:
        for money in project.money.values():
            amounts = _of_money(money)
            if any(amounts.values()):  # a source that gives nothing is no amount to be told
                yield project.name, amounts


def _summed(lines: Sequence[Mapping[str, Decimal | None]]) -> Mapping[str, Decimal]:
    return {
        field: sum((amounts[field] or Decimal(0) for amounts in lines), Decimal(0))
        for field in lines[0]
    }


def _of_money(money: MoneyFigures) -> Mapping[str, Decimal | None]:
    return {"initial": money.initial, "adjusted": money.adjusted, "actual": money.actual}


def _tells_changes(case: Case) -> bool:
    """Whether the budget table can tell what was added or cut: it has columns for it."""
    sheet = case.layout.sheet_of("budget")
    columns = {column.field for column in sheet.columns} if sheet else set()
    return bool({"adjustment", "adjusted"} & columns) or bool(case.report.adjustments)


def _amounts(
    row: LineFigures | FundFigures, *, changes: bool = True
) -> Mapping[str, Decimal | None]:
    amounts: dict[str, Decimal | None] = {"initial": row.initial}
    if changes or row.adjusted != row.initial:
        amounts["adjusted"] = row.adjusted
    amounts["actual"] = row.actual
    if isinstance(row, LineFigures):
        amounts["half_plan"] = row.half_plan
        if changes:
            amounts["adjustment"] = row.adjustment
    return amounts


def _values(amounts: Mapping[str, Decimal]) -> Mapping[str, tuple[Decimal, ...]]:
    """All that is known of a row, by column, and what follows from it."""
    values: dict[str, tuple[Decimal, ...]] = {field: (amount,) for field, amount in amounts.items()}
    initial, adjusted, actual = (amounts.get(f) for f in ("initial", "adjusted", "actual"))
    if initial is not None and adjusted is not None and "adjustment" not in amounts:
        values[words.ADJUSTMENT] = (adjusted - initial,)
    if words.ADJUSTMENT in values:
        values[words.SIGNED] = tuple(value for value in values[words.ADJUSTMENT] if value)
        values[words.ADJUSTMENT] = tuple(abs(value) for value in values[words.ADJUSTMENT])
    budgets = tuple(value for value in (initial, adjusted) if value is not None)
    if budgets:
        values[words.BUDGET] = budgets
        values.setdefault(words.ADJUSTED, budgets)
    if actual is not None and adjusted is None and initial:
        values[words.BALANCE] = (initial - actual,)
        values[words.BALANCE_RATE] = ((initial - actual) / initial,)
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
    """The unit's budget as a whole: the budget table's, else the funds that stand on top.

    A plan that lists projects only has all of them for its whole.
    """
    whole = whole_budget(case)
    tops = [fund for fund in case.figures.funds if fund.level == 0]
    projects = [project.money[TOTAL] for project in case.figures.projects]
    if whole is not None:
        amounts: Mapping[str, Decimal | None] = {
            "initial": whole.initial, "adjustment": whole.adjustment, "adjusted": whole.adjusted,
            "actual": whole.actual,
        }  # fmt: skip
    elif tops:
        amounts = _amounts(tops[0])
    elif len(projects) > 1 and case.report.sections:
        amounts = _summed([_of_money(money) for money in projects if money.initial is not None])
        amounts = {field: value for field, value in amounts.items() if value}
    else:
        own = own_whole(case)
        return Row(WHOLE, own, whole=True) if own else None
    scaled = {field: value * yuan for field, value in amounts.items() if value is not None}
    if not scaled:
        return None
    values = dict(_values(scaled))
    values[words.ADJUSTMENT] = (*values.get(words.ADJUSTMENT, ()), *_one_way(case, yuan))
    return Row(WHOLE, {field: known for field, known in values.items() if known}, whole=True)


def _one_way(case: Case, yuan: Decimal) -> tuple[Decimal, ...]:
    """All that was added, and all that was cut: 追加536万元、追减76万元."""
    changes = [line.adjustment for line in detail_lines(case) if line.adjustment]
    signs = case.layout.rules.adjustment_signs
    ledger = [signed_amount(row, signs) for row in case.report.adjustments]
    found = {
        abs(sum((one for one in some if (one > 0) is up), Decimal(0)))
        for some in (changes, ledger)
        for up in (True, False)
    }
    return tuple(value * yuan for value in sorted(found) if value)
