"""PG101 to PG103, PG107, PG108: the budget table adds up (预算表勾稽)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from perfgen.checks.common.amounts import CENT, first_causes, is_same
from perfgen.checks.common.odd_part import Told, odd_part, told_in_text
from perfgen.checks.mending import near_misses
from perfgen.checks.registry import Case, Hit, Setting, rule
from perfgen.figures.budget import LineFigures, total
from perfgen.figures.rates import RateState
from perfgen.model.finding import Mend, Severity
from perfgen.model.layout import Column
from perfgen.model.numbers import fixed, plain
from perfgen.model.records import Record

_COLUMNS: dict[str, Callable[[LineFigures], Decimal | None]] = {
    "half_plan": lambda line: line.half_plan,
    "initial": lambda line: line.initial,
    "adjustment": lambda line: line.adjustment,
    "adjusted": lambda line: line.adjusted,
    "actual": lambda line: line.actual,
}


@rule(
    "PG101",
    Severity.ERROR,
    title="合计数与各部分之和不符",
    reason="总额应等于基本支出加项目支出，项目支出应等于各项目明细之和，每一列都如此。"
    "合计留空时由系统求和；填了的以填的数为准，并在这里核对。尾差不超过每项 0.01 的只作提醒。",
    good="项目支出 100.00 = 甲项目 60.00 + 乙项目 40.00",
    bad="项目支出 120.00，而甲项目 60.00 + 乙项目 40.00 = 100.00",
    fixed={"合计与各部分之和相差，每个加数不到这么多的只作提醒": "0.01"},
)
def totals(case: Case) -> Iterator[Hit]:
    """R02, R03: a given total that is not the sum of its parts, column by column."""
    shown = {column.field for column in _columns(case)}
    told = told_in_text(case)
    for line in case.figures.budget:
        for field, value in _COLUMNS.items():
            stated, parts = value(line), [value(part) for part in line.parts]
            summed = total(parts)
            if field not in shown or stated is None or summed is None or is_same(stated, summed):
                continue
            if field == "adjusted" and not _itemised(line):
                continue
            off = stated - summed
            small = abs(off) <= CENT * len([part for part in parts if part is not None])
            hit = Hit(
                subject=line.name,
                message=f"{line.name}的{case.header('budget', field)}是 {plain(stated)}，"
                f"各部分合计 {plain(summed)}，相差 {plain(off)}",
                hint="核对各部分的数；合计留空则自动求和",
                ref=line.line.cell(field),
                severity=Severity.WARNING if small else None,
                mend=Mend(record=line.line, field=field) if field != "adjusted" else None,
            )
            yield hit if small else _of_one_part(hit, line, field, stated, told)


def _of_one_part(hit: Hit, line: LineFigures, field: str, stated: Decimal, told: Told) -> Hit:
    """The finding at the part that is off, where it can be told from the others."""
    odd = odd_part([_COLUMNS[field](part) for part in line.parts], stated, told)
    part = line.parts[odd.place] if odd else None
    if odd is None or part is None or part.parts or getattr(part.line, field) != odd.typed:
        return hit
    return replace(
        hit,
        message=hit.message + odd.said(part.name),
        hint=f"核对{part.name}的数，再核对各部分",
        ref=part.line.cell(field) or hit.ref,
        mend=Mend(record=part.line, field=field, values=(odd.meant,)),
    )


def _near(line: LineFigures) -> Mend | None:
    """What may have been meant: the budget itself, or a slip of the keys."""
    typed = line.line.actual
    if typed is None or line.adjusted is None:
        return None
    values = (line.adjusted, *near_misses(typed))
    return Mend(record=line.line, field="actual", values=values, is_guess=True)


def _itemised(line: LineFigures) -> bool:
    """Whether the parts say anything of both columns that an adjusted budget is made of."""
    return all(
        value(line) is None or any(value(part) is not None for part in line.parts)
        for value in (_COLUMNS["initial"], _COLUMNS["adjustment"])
    )


def _columns(case: Case) -> tuple[Column, ...]:
    sheet = case.layout.sheet_of("budget")
    return sheet.columns if sheet else ()


@rule(
    "PG102",
    Severity.ERROR,
    title="实际支出超过调整预算",
    reason="没有预算不得支出（预算法第十三条）。执行率超过 100% 多半是追加没有登记，或数字填错。"
    "超出不到 0.5 个百分点的只作提醒。",
    good="调整预算数 100，实际支出数 98.5",
    bad="调整预算数 100，实际支出数 120",
    settings={"tolerance": Setting.ratio("0.5%", "超出调整预算不到这么多的，只作提醒")},
)
def overspent(case: Case) -> Iterator[Hit]:
    """R05: an execution rate above 100%. As of a day, spending is the whole year's: a warning."""
    as_of = case.report.as_of is not None
    none = Decimal(0)
    over = [line for line in case.figures.budget if (line.actual or none) > (line.adjusted or none)]
    for line in first_causes(over, "actual"):
        actual, adjusted = line.actual or none, line.adjusted or none
        if adjusted <= 0:  # other rules speak of that
            continue
        small = actual - adjusted <= adjusted * case.settings["tolerance"]
        yield Hit(
            subject=line.name,
            message=f"{line.name}实际支出 {plain(actual)}，超过调整预算 "
            f"{plain(adjusted)}，执行率 {fixed(actual / adjusted * 100, 2)}%",
            hint="实际支出是填写的数，不是截至那一天的；按全年生成时再核对"
            if as_of
            else "核对实际支出数，或补登追加的预算",
            ref=line.line.cell("actual"),
            severity=Severity.WARNING if small or as_of else None,
            mend=_near(line),
        )


@rule(
    "PG103",
    Severity.ERROR,
    title="没有预算却有支出",
    reason="调整预算数为 0 时执行率没有意义，报告上只能印“—”。",
    good="调整预算数 0，实际支出数 0",
    bad="调整预算数 0，实际支出数 12.5",
)
def spent_without_budget(case: Case) -> Iterator[Hit]:
    """R09: spending where the adjusted budget is 0."""
    undefined = [
        line for line in case.figures.budget if line.execution_rate.state is RateState.UNDEFINED
    ]
    for line in first_causes(undefined, "actual"):
        nothing = "空着" if line.adjusted is None else "是 0"
        yield Hit(
            subject=line.name,
            message=f"{line.name}的调整预算数{nothing}，却有实际支出 "
            f"{plain(line.actual or Decimal(0))}，执行率印作“—”",
            hint="补填年初预算数，或登记追加",
            ref=line.line.cell("actual"),
        )


@rule(
    "PG107",
    Severity.ERROR,
    title="金额为负",
    reason="预算数和支出数不会小于 0；追减写在追加追减数或预算调整台账里。",
    good="年初预算数 100，追加追减数 -20",
    bad="年初预算数 -20",
)
def negative(case: Case) -> Iterator[Hit]:
    """R09: a negative amount, of a line, a source of money or a project."""
    cut_too_far = [line for line in case.figures.budget if line.adjusted and line.adjusted < 0]
    causes = {id(line) for line in first_causes(cut_too_far, "initial")}
    for line in case.figures.budget:
        typed = line.line
        amounts = {
            "half_plan": typed.half_plan,
            "initial": typed.initial,
            "adjusted": line.adjusted if id(line) in causes else None,
            "actual": typed.actual,
        }
        yield from _negatives(case, "budget", line.name, typed, amounts)
    for fund in case.report.funds:
        amounts = {"initial": fund.initial, "adjusted": fund.adjusted, "actual": fund.actual}
        yield from _negatives(case, "fund", fund.name, fund, amounts)
    for project in case.report.projects:
        columns = {"initial": project.initial, "adjusted": project.adjusted,
                   "actual": project.actual}  # fmt: skip
        amounts = {
            f"{field}.{source}".rstrip("."): amount
            for field, by_source in columns.items()
            for source, amount in by_source.items()
        }
        yield from _negatives(case, "project", project.name, project, amounts)


def _negatives(
    case: Case, kind: str, name: str, row: Record, amounts: Mapping[str, Decimal | None]
) -> Iterator[Hit]:
    told = False
    for field, amount in amounts.items():
        ref = row.cell(field)
        if amount is not None and amount < 0 and (ref or not told):
            told = True
            yield Hit(
                subject=name,
                message=f"{name}的{case.header(kind, field)}是负数 {plain(amount)}",
                hint="核对正负号；追减填在追加追减数里",
                ref=ref,
                mend=_positive(row, field),
            )


def _positive(row: Record, field: str) -> Mend | None:
    """The same amount without its sign, where it was typed in a column of its own."""
    name, _, source = field.partition(".")
    typed = getattr(row, name, None)
    if isinstance(typed, Decimal):
        return Mend(record=row, field=name, values=(-typed,))
    if isinstance(typed, Mapping) and source in typed:
        return Mend(record=row, field=name, values=({**typed, source: -typed[source]},))
    return None


@rule(
    "PG108",
    Severity.ERROR,
    title="明细没有归到合计",
    reason="项目明细汇入项目支出，项目支出汇入总额。中间少了一行，上面的总额就不含这些明细。"
    "整张表都没有合计行的，只作提醒。",
    good="预算总金额（总额）、基本支出、项目支出、甲项目（项目明细）",
    bad="预算总金额（总额）、基本支出、甲项目（项目明细）：少了“项目支出”一行",
)
def orphans(case: Case) -> Iterator[Hit]:
    """R03, R48: lines whose parent's kind has no line, so that no total holds them."""
    parents = case.layout.rules.parents
    kinds = {line.line.kind for line in case.figures.budget}
    for kind in sorted(kinds & parents.keys()):
        if parents[kind] in kinds:
            continue
        lines = [line for line in case.figures.budget if line.line.kind == kind]
        yield Hit(
            subject=lines[0].name,
            message=f"有{kind} {len(lines)} 行，却没有类别是“{parents[kind]}”的一行来合计",
            hint=f"加一行，类别选“{parents[kind]}”，金额可以留空由系统合计",
            ref=lines[0].line.cell("kind"),
            severity=None if _above(parents[kind], parents) & kinds else Severity.WARNING,
        )


def _above(kind: str, parents: Mapping[str, str]) -> set[str]:
    above: set[str] = set()
    while (kind := parents.get(kind, "")) and kind not in above:
        above.add(kind)
    return above
