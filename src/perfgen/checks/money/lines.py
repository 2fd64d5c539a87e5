"""PG110, PG111, PG119: budget lines one by one: blanks, names, low execution rates (预算项目)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfgen.checks.common.amounts import first_causes
from perfgen.checks.registry import Case, Hit, Setting, quoted, rule
from perfgen.figures.budget import LineFigures
from perfgen.figures.rates import Rate, RateState
from perfgen.model.cells import CellRef
from perfgen.model.fields import content_of
from perfgen.model.finding import Severity
from perfgen.model.formulas import Cell, walk
from perfgen.model.layout import Column
from perfgen.model.names import bare_name
from perfgen.model.numbers import fixed, plain
from perfgen.model.records import BudgetLine, Fund, Indicator, Project, Record

_TABLES = ("budget", "fund")
"""Where a column of amounts is printed as one; a project's amounts stand on a form of its own."""

_PLACES_NAMED = 8


@rule(
    "PG110",
    Severity.WARNING,
    title="空白和 0 混用，或没有支出数却有执行率",
    reason="空白可以是“没有”，也可以是“还没有填”，0 只能是“没有”。"
    "同一列里两种都有，看不出空白是哪一种。"
    "实际支出数空着而填了执行率，这个执行率没有依据。",
    good="没有追加追减的各行都留空",
    bad="没有追加追减的，有 2 行填 0，有 3 行留空",
)
def blank_or_zero(case: Case) -> Iterator[Hit]:
    """R04: blank and 0 in one column of amounts; a blank actual beside a typed rate."""
    summed = {id(line.line) for line in case.figures.budget if line.parts}
    summed |= {id(fund.fund) for fund in case.figures.funds if fund.parts}
    for sheet in case.layout.sheets:
        if sheet.record not in _TABLES:
            continue
        rows = [row for row in case.report.rows(sheet.record) if id(row) not in summed]
        for column in sheet.columns:
            if column.kind != "amount" or column.computed or column.expected:
                continue  # where content is expected, PG201 asks for it
            yield from _mixed(rows, column)
    for line in case.figures.budget:
        rate = line.line.execution_rate
        if rate is None or line.actual is not None or line.execution_rate.state is RateState.VALUE:
            continue
        yield Hit(
            subject=line.name,
            message=f"{line.name}填了执行率 {plain(rate * 100)}%，"
            f"{case.header('budget', 'actual')}却空着",
            hint=f"补填{case.header('budget', 'actual')}，没有支出填 0",
            ref=line.line.cell("actual"),
        )


def _mixed(rows: list[Record], column: Column) -> Iterator[Hit]:
    amounts = [(row, _amount(row, column.field)) for row in rows]
    blank = [row for row, amount in amounts if amount is None]
    zero = [row for row, amount in amounts if amount == 0]
    if blank and zero:
        yield Hit(
            subject=column.header,
            message=f"“{column.header}”一列空白 {len(blank)} 格，填 0 的 {len(zero)} 格"
            f"（{_places([row.cell(column.field) for row in zero])}），空白是不是 0 看不出来",
            hint="没有的统一留空，或统一填 0；还没有填的补填",
            ref=(zero if len(zero) < len(blank) else blank)[0].cell(column.field),
        )


def _amount(row: Record, field: str) -> Decimal | None:
    value = getattr(row, field, None)
    return value if isinstance(value, Decimal) else None


def _places(refs: list[CellRef | None]) -> str:
    named = [ref.address for ref in refs if ref]
    more = "……" if len(named) > _PLACES_NAMED else ""
    return "、".join(named[:_PLACES_NAMED]) + more


@rule(
    "PG111",
    Severity.WARNING,
    title="同一个名称出现两次",
    reason="预算项目、指标按名称引用和比对。同名的两行多半是重复填报；确是两笔的，名称应当能够区分，"
    "例如注明批次、年度。",
    good="外经贸发展专项资金（第一批）、外经贸发展专项资金（第二批）",
    bad="外经贸发展专项资金、外经贸发展专项资金",
    most=5,
)
def twice(case: Case) -> Iterator[Hit]:
    """R06: a line (of one task), a source or an indicator (of one project and work) twice."""
    named: dict[tuple[str, ...], list[BudgetLine | Fund | Indicator]] = {}
    report = case.report
    rows: list[BudgetLine | Fund | Indicator] = [
        *report.budget, *report.funds, *report.indicators
    ]  # fmt: skip
    for row in rows:
        if row.name:
            named.setdefault((*_place(row), bare_name(row.name)), []).append(row)
    for same in named.values():
        if len(same) > 1:
            cells = [row.cell("name") for row in same]
            yield Hit(
                subject=same[0].name,
                message=f"{quoted(same[0].name)}出现了 {len(same)} 次（{_places(cells)}）",
                hint="重复的删掉一行；确是两项的，名称里写明区别",
                ref=cells[1],
            )


def _place(row: BudgetLine | Fund | Indicator) -> tuple[str, ...]:
    """Where a name has to be unique: two tasks may each have an indicator 建设数量."""
    if isinstance(row, BudgetLine):
        return ("budget", row.group, "")
    if isinstance(row, Fund):
        return ("fund", row.parent, "")
    return ("indicator", row.project, row.work)


@rule(
    "PG119",
    Severity.INFO,
    title="执行率偏低",
    reason="执行率低于 90% 的，绩效自评要求说明原因（四川等地的自评表对 90% 以下逐项要求说明）；"
    "低于 60% 的还会影响下一年度安排，作提醒。表上没有地方写原因的，在文字部分说明。",
    good="调整预算数 26，实际支出数 25.1，执行率 96.54%",
    bad="调整预算数 26，实际支出数 14.21，执行率 54.65%，没有说明",
    settings={"grave": Setting.ratio("60%", "执行率低于这个数的，由提示升为提醒")},
    most=10,
    fixed={"执行率低于这个数的要说明原因": "90%"},
)
def low_rates(case: Case) -> Iterator[Hit]:
    """R23: an execution rate below 90% (fixed by the forms), with no reason beside it."""
    low = [
        line
        for line in case.figures.budget
        if _is_low(line.execution_rate) and (line.adjusted or 0) > 0 and not _lacks(line)
    ]
    rows: list[tuple[BudgetLine | Project, Rate, str]] = [
        (line.line, line.execution_rate, _spent(line.actual, line.adjusted))
        for line in first_causes(low, "actual")
        if not _explained(line.line, "budget", case)
    ]
    rows += [
        (row.project, row.whole.execution_rate, _spent(row.whole.actual, row.whole.adjusted))
        for row in case.figures.projects
        if _is_low(row.whole.execution_rate) and not _explained(row.project, "project", case)
    ]
    rows.sort(key=lambda row: (row[1].ratio or Decimal(0)) >= case.settings["grave"])
    for row, rate, spent in rows:
        ratio = rate.ratio or Decimal(0)
        yield Hit(
            subject=row.name,
            message=f"{row.name}执行率 {fixed(ratio * 100, case.layout.rules.rate_decimals)}%"
            f"（{spent}），没有说明原因",
            hint="核对实际支出数；属实的，在文字部分说明原因",
            ref=row.cell("actual"),
            severity=Severity.WARNING if ratio < case.settings["grave"] else None,
        )


_LOW = Decimal("0.9")
_REASON = re.compile("原因|说明|备注")
_BECAUSE = re.compile(
    "原因|因|由于|受.{0,12}影响|主要[是系为]|结转|未付|尾款|质保金|跨年|顺延|收回"
)
_ABOUT_SPENDING = re.compile("执行率|支出率|支出进度|资金支出|资金拨付|结余")


def _lacks(line: LineFigures) -> bool:
    """Whether a summed total is low only for want of a part's amount, which PG201 asks for."""
    if line.line.actual is not None:
        return False
    return any(_lacks(part) or (part.actual is None and part.adjusted) for part in line.parts)


def _is_low(rate: Rate) -> bool:
    return rate.ratio is not None and rate.ratio < _LOW


def _explained(row: BudgetLine | Project, record: str, case: Case) -> bool:
    """Whether a column for reasons, a project's results or the narrative say why.

    A form that says itself when such a column must be filled asks for it in its own words (PG140).
    """
    sentences = (
        sentence
        for section in case.report.sections
        for paragraph in section.paragraphs
        for sentence in re.split("[。；]", paragraph)
    )
    if any(row.name in sentence and _BECAUSE.search(sentence) for sentence in sentences):
        return True
    if isinstance(row, Project) and _ABOUT_SPENDING.search(row.achieved):
        return True
    sheet = case.layout.sheet_of(record)
    columns = [one for one in sheet.columns if _REASON.search(one.header)] if sheet else []
    if any(_asks_for_it(one) or content_of(row, one.field) for one in columns):
        return True
    return any(_REASON.search(header) and text.strip() for header, text in row.extra.items())


def _asks_for_it(column: Column) -> bool:
    """Whether a column's condition looks at the execution rate."""
    if column.requirement is None:
        return False
    parts = walk(column.requirement.formula.expression)
    return any(isinstance(part, Cell) and part.field == "execution_rate" for part in parts)


def _spent(actual: Decimal | None, adjusted: Decimal | None) -> str:
    spent = "空白按 0 计" if actual is None else f" {plain(actual)}"
    return f"实际支出{spent}，预算 {plain(adjusted or Decimal(0))}"
