"""PG503, PG504, PG506: marks are within bounds, add up, and are there (得分)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from perfgen.checks.common.odd_part import OddPart, odd_part
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.checks.scores.score_weights import scored_projects
from perfgen.figures.budget import total
from perfgen.figures.deviation import IndicatorFigures, comparable
from perfgen.figures.projects import ProjectFigures
from perfgen.figures.rates import RateState
from perfgen.figures.scores import ScoreFigures
from perfgen.model.cells import CellRef
from perfgen.model.finding import Mend, Severity
from perfgen.model.numbers import plain

_ZERO = Decimal(0)
_PARTS = {"best": "最高"}
_FEW = 3
"""Indicators without a score that are named one by one; beyond, a project's are counted."""


@rule(
    "PG503",
    Severity.ERROR,
    title="得分超过分值，或小于 0",
    reason="得分在 0 和分值之间：超额完成不加分，没有完成最多扣完。",
    good="分值 10，得分 8.5",
    bad="分值 10，得分 12",
)
def out_of_bounds(case: Case) -> Iterator[Hit]:
    """R61: a score over full marks or below 0."""
    for row in case.figures.indicators:
        full, ref = row.indicator.weight, row.indicator.cell("mark")
        if full is not None and full < 0:
            full, ref = _ZERO, row.indicator.cell("weight")
        for hit in _bounds(row.indicator.name, row.score, full, ref):
            mend = Mend(record=row.indicator, field="weight", values=(row.score,), is_guess=True)
            yield replace(hit, mend=mend)
    for item in case.figures.scores:
        yield from _bounds(item.name, item.score, item.full, item.item.cell("score"))


def _bounds(
    name: str, score: Decimal | None, full: Decimal | None, ref: CellRef | None
) -> Iterator[Hit]:
    if score is None:
        return
    if score < 0:
        message = f"{quoted(name)}得分 {plain(score)}，小于 0"
    elif full is not None and score > full:
        message = f"{quoted(name)}得分 {plain(score)}，超过分值 {plain(full)}"
    else:
        return
    yield Hit(subject=name, message=message, hint="核对得分和分值", ref=ref)


@rule(
    "PG504",
    Severity.ERROR,
    title="上级的分数不等于下级合计",
    reason="评分表逐级汇总：上级的满分和得分都是下级之和。留空由系统求和，填了的以填的为准，并在这里核对。",
    good="履职效能 47.13 = 9 + 9.5 + 3.63 + 20 + 5",
    bad="履职效能填 48，而各下级合计 47.13",
)
def parents(case: Case) -> Iterator[Hit]:
    """R62: a parent's typed full marks or score that is not the sum of its children's."""
    for item in case.figures.scores:
        parts = [part for part in item.parts if part.full is not None or part.score is not None]
        if not parts:  # 其中 rows have no marks of their own
            continue
        fulls = [part.full for part in parts]
        kind = case.layout.rules.scoring.rule_of(item.item.rule, item.name).kind
        summed = {
            "full": None if None in fulls or kind == "best" else total(fulls),
            "score": item.computed,
        }
        for field, typed in (("full", item.item.full), ("score", item.item.score)):
            wanted = summed[field]
            if typed is not None and wanted is not None and typed != wanted:
                hit = Hit(
                    subject=item.name,
                    message=f"{quoted(item.name)}的{case.header('score', field)}填了 "
                    f"{plain(typed)}，下级{_PARTS.get(kind, '合计')}是 {plain(wanted)}，"
                    f"相差 {plain(typed - wanted)}",
                    hint="核对下级的分数；这一格可以清空，由系统求和",
                    ref=item.item.cell(field),
                    mend=Mend(record=item.item, field=field),
                )
                yield hit if kind == "best" else _of_one_part(hit, parts, field, typed)


def _of_one_part(hit: Hit, parts: Sequence[ScoreFigures], field: str, stated: Decimal) -> Hit:
    """The finding at the part that is off, where it can be told from the others.

    Full marks that are less than the marks that were given are surely off.
    """
    values = [getattr(part.item, field) for part in parts]
    if None in values:
        return hit
    off = stated - sum(values, _ZERO)
    odd = odd_part(values, stated, lambda _: False)
    exceeded = [
        OddPart(place, part.full, part.full + off)
        for place, part in enumerate(parts)
        if field == "full" and part.full is not None and part.score is not None
        and part.full < part.score <= part.full + off
    ]  # fmt: skip
    found = exceeded[0] if len(exceeded) == 1 else odd
    if found is None or found.meant < 0:
        return hit
    part = parts[found.place]
    return replace(
        hit,
        message=hit.message + found.said(part.name),
        hint=f"核对{part.name}的分数，再核对其他下级",
        ref=part.item.cell(field) or hit.ref,
        mend=Mend(record=part.item, field=field, values=(found.meant,)),
    )


@rule(
    "PG506",
    Severity.ERROR,
    title="没有得分，总分印不出来",
    reason="总分是执行率得分和各指标得分之和，缺一个就算不出总分和等级，自评表上印成空白。",
    good="目标“健全”，完成“基本健全”，达成情况选“部分达成”，得分填 5",
    bad="目标“健全”，完成“基本健全”，达成情况和得分都空着",
)
def missing(case: Case) -> Iterator[Hit]:
    """A weighted indicator, a rate or an item of the scores without marks."""
    for project in scored_projects(case):
        yield from _missing_rate(project, case)
        if _has_results(case):
            yield from _missing_marks(project.name, project.indicators, case)
    if not case.figures.projects and _has_results(case):
        yield from _missing_marks("", case.figures.indicators, case)
    sheet = case.layout.sheet_of("score")
    column = sheet.column("score") if sheet else None
    if column is None or column.expected:  # PG201 speaks of that
        return
    for item in case.figures.scores:
        if item.score is None and item.full is not None and not _has_scored_parts(item):
            yield _missing_item(item, case)


def _has_results(case: Case) -> bool:
    """Whether the form has results or marks of indicators; one of targets has weights alone."""
    sheet = case.layout.sheet_of("indicator")
    return sheet is None or any(
        sheet.column(field) is not None for field in ("actual", "mark", "attainment")
    )


def _missing_rate(project: ProjectFigures, case: Case) -> Iterator[Hit]:
    if project.rate_full is None or project.rate_score is not None:
        return
    whole = project.whole
    if whole.actual is None:
        field, said = "actual", "没有填"
    elif whole.execution_rate.state is RateState.UNDEFINED or whole.adjusted is not None:
        field, said = "adjusted", "是 0"
    else:
        field, said = "adjusted", "没有填"
    header = case.header("project", field)
    yield Hit(
        subject=project.name,
        message=f"{quoted(project.name)}的{header}{said}，算不出执行率得分，总分印成空白",
        hint=f"填写{header}",
        ref=project.project.cell(field),
    )


def _missing_marks(project: str, rows: tuple[IndicatorFigures, ...], case: Case) -> Iterator[Hit]:
    without = [row for row in rows if row.indicator.weight is not None and row.score is None]
    if len(without) > _FEW:
        names = "、".join(row.indicator.name for row in without[:_FEW])
        of_project = f"{quoted(project)}有" if project else "有"
        yield Hit(
            subject=project or without[0].indicator.name,
            message=f"{of_project} {len(without)} 个指标没有得分（{names}……），总分印成空白",
            hint="逐个补填" + "、".join(dict.fromkeys(_to_fill(row, case)[1] for row in without)),
            ref=_cell_to_fill(without[0], case),
        )
        return
    for row in without:
        _, what, why = _to_fill(row, case)
        yield Hit(
            subject=row.indicator.name,
            message=f"{quoted(row.indicator.name)}没有得分（{why}），总分印成空白",
            hint=f"补填{what}",
            ref=_cell_to_fill(row, case),
        )


def _cell_to_fill(row: IndicatorFigures, case: Case) -> CellRef | None:
    """The cell to fill for an indicator's score; that of its name where it has no such column."""
    return row.indicator.cell(_to_fill(row, case)[0]) or row.indicator.cell("name")


def _to_fill(row: IndicatorFigures, case: Case) -> tuple[str, str, str]:
    """Which field to fill for an indicator's score, its header, and why it is needed."""
    indicator = row.indicator

    def header(field: str) -> str:
        return case.header("indicator", field)

    for field, value in (("target.full", indicator.target), ("actual", indicator.actual)):
        if value is None:
            return field, header(field), f"{header(field)}空着"
    target, actual = indicator.target, indicator.actual
    if target and actual and comparable(target.measure, actual) is not None:
        return "mark", header("mark"), "刚好等于目标而没有超出，由单位评定"
    if indicator.attainment:
        return "mark", header("mark"), f"{indicator.attainment}的得分由单位评定"
    why = "完成值与目标的文字不同，要由单位评定"
    sheet = case.layout.sheet_of("indicator")
    if sheet is None or sheet.column("attainment") is None:
        return "mark", header("mark"), why
    return "attainment", f"{header('attainment')}和{header('mark')}", why


def _missing_item(item: ScoreFigures, case: Case) -> Hit:
    return Hit(
        subject=item.name,
        message=f"{quoted(item.name)}没有得分，上级的得分印成空白",
        hint=f"填写{case.header('score', 'basis')}或{case.header('score', 'score')}",
        ref=item.item.cell("score"),
    )


def _has_scored_parts(item: ScoreFigures) -> bool:
    return any(part.full is not None or part.score is not None for part in item.parts)
