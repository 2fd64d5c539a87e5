"""PG122, PG123: tables that a total is missing in, and amounts that two tables both have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from perfgen.checks.common.amounts import is_same, whole_budget
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.figures.budget import total
from perfgen.model.finding import Severity
from perfgen.model.names import bare_name
from perfgen.model.numbers import plain
from perfgen.model.records import Record


@rule(
    "PG122",
    Severity.WARNING,
    title="收入表没有总额一行",
    reason="资金总额是各来源之和，也应当等于支出总额。各来源分成几行而没有一行把它们合起来，表上印不出总额，"
    "收支也无从核对。",
    good="资金总额；财政拨款、上年结转资金的上级都写“资金总额”",
    bad="财政拨款、上年结转资金两行，上级都空着，没有“资金总额”",
)
def no_total(case: Case) -> Iterator[Hit]:
    """R01: sources of a whole budget that no row adds up."""
    tops = [fund for fund in case.figures.funds if fund.level == 0]
    whole = whole_budget(case)
    if len(tops) < 2 or whole is None:
        return
    summed = total([fund.initial for fund in tops])
    off = ""
    if summed is not None and whole.initial is not None and not is_same(summed, whole.initial):
        off = f"；各来源合计 {plain(summed)}，支出合计 {plain(whole.initial)}"
    yield Hit(
        subject=tops[0].name,
        message=f"{'、'.join(fund.name for fund in tops[:4])}等 {len(tops)} 行都没有上级，"
        f"没有一行是它们的总额{off}",
        hint=f"加一行总额，各来源的“{case.header('fund', 'parent')}”写它的名称，金额可以留空",
        ref=tops[0].fund.cell("parent") or tops[0].fund.cell("name"),
        severity=Severity.ERROR if off else None,
    )


@dataclass(frozen=True, slots=True)
class _Amount:
    """One amount of a row, as its table prints it."""

    table: str
    name: str
    header: str
    value: Decimal
    row: Record
    field: str


@rule(
    "PG123",
    Severity.ERROR,
    title="同一个项目在两张表里金额不同",
    reason="同一个项目、同一笔支出在几张表里都列的，预算数和支出数应当相同；列出的各项目合起来，"
    "也不会超过整体。公开以后，别人首先比对的就是这些数。",
    good="收支情况里“县域商业建设”执行 980，项目支出里也是 980",
    bad="收支情况里“县域商业建设”执行 980，项目支出里是 890",
    most=10,
)
def in_two_tables(case: Case) -> Iterator[Hit]:
    """R03: the same name with other amounts in another table; parts above their whole."""
    first: dict[tuple[str, str], _Amount] = {}
    amounts = list(_amounts(case))
    itemised = _itemised(amounts)
    for amount in amounts:
        key = bare_name(amount.name), amount.field
        if key[0] in itemised:
            continue
        known = first.setdefault(key, amount)
        if known.table == amount.table or is_same(known.value, amount.value):
            continue
        yield Hit(
            subject=amount.name,
            message=f"{quoted(amount.name)}的{amount.header}在“{amount.table}”里是 "
            f"{plain(amount.value)}，在“{known.table}”里{known.header}是 {plain(known.value)}"
            f"（{_cell(known)}）",
            hint="核对两张表，改成同一个数",
            ref=amount.row.cell(amount.field) or amount.row.cell("initial"),
        )
    yield from _above_the_whole(case)


def _itemised(amounts: Sequence[_Amount]) -> set[str]:
    """Names that a table splits: it has them twice, or followed by more words (……（一批））."""
    found: set[str] = set()
    rows: dict[str, list[str]] = {}
    for amount in amounts:
        rows.setdefault(f"{amount.table} {amount.field}", []).append(bare_name(amount.name))
    for names in rows.values():
        ordered = sorted(names)
        for one, following in pairwise(ordered):
            if following.startswith(one):
                found.add(one)
    return found


def _cell(amount: _Amount) -> str:
    return str(amount.row.cell(amount.field) or amount.row.cell("initial") or amount.table)


def _amounts(case: Case) -> Iterator[_Amount]:
    """Budgets and spending of the year, of every table that has them."""
    for kind, row, name, budget, spent in _rows(case):
        sheet = case.layout.sheet_of(kind)
        values = {"adjusted": budget, "actual": spent}
        for field, value in values.items():
            column = "initial" if sheet and sheet.column(field) is None else field
            if value is not None and sheet and sheet.column(column):
                yield _Amount(sheet.name, name, case.header(kind, column), value, row, field)


def _rows(
    case: Case,
) -> Iterator[tuple[str, Record, str, Decimal | None, Decimal | None]]:
    for fund in case.figures.funds:
        budget = fund.initial if fund.adjusted is None else fund.adjusted
        yield "fund", fund.fund, fund.name, budget, fund.actual
    for line in case.figures.budget:
        yield "budget", line.line, line.name, line.adjusted, line.actual
    for project in case.figures.projects:
        whole = project.whole
        yield "project", project.project, project.name, whole.adjusted, whole.actual


def _above_the_whole(case: Case) -> Iterator[Hit]:
    """A choice of projects (no kinds of lines) against the whole, and against all projects."""
    lines = [line for line in case.figures.budget if line.level == 0]
    if case.layout.rules.parents or not lines:
        return
    tops = [fund for fund in case.figures.funds if fund.level == 0 and fund.parts]
    wholes = [fund for fund in case.figures.funds if bare_name(fund.name) == "项目支出"] or tops
    if len(wholes) != 1:
        return
    whole = wholes[0]
    budget = whole.initial if whole.adjusted is None else whole.adjusted
    for field, summed, most in (
        ("initial", total([line.adjusted for line in lines]), budget),
        ("actual", total([line.actual for line in lines]), whole.actual),
    ):
        if summed is not None and most is not None and summed > most:
            yield Hit(
                subject=whole.name,
                message=f"各项目的{case.header('budget', field)}合计 {plain(summed)}，超过"
                f"{quoted(whole.name)}的 {plain(most)}",
                hint="核对各项目的数和整体的数",
                ref=whole.fund.cell("actual" if field == "actual" else "adjusted")
                or whole.fund.cell("initial"),
            )
