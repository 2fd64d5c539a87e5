"""PG501, PG502: full marks add up to the layout's total, and to its categories' (分值)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perfgen.checks.common.odd_part import odd_part
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.figures.budget import total
from perfgen.figures.deviation import IndicatorFigures
from perfgen.figures.projects import ProjectFigures, scored_rows
from perfgen.model.cells import CellRef
from perfgen.model.finding import Severity
from perfgen.model.numbers import plain

_ZERO = Decimal(0)


@rule(
    "PG501",
    Severity.ERROR,
    title="分值合计不等于总分",
    reason="自评满分由版式规定（全国通用的自评表是 100 分，其中预算执行率 10 分）。"
    "每个项目的分值合计、评分表最上一级的满分合计，都应当等于总分，否则总分和等级不能与别的项目比较。",
    good="预算执行率 10 + 产出指标 50 + 效益指标 30 + 满意度指标 10 = 100",
    bad="预算执行率 10 + 产出指标 45 + 效益指标 30 + 满意度指标 10 = 95",
)
def weights(case: Case) -> Iterator[Hit]:
    """R60: full marks that do not sum to the layout's total."""
    wanted = case.layout.rules.scoring.total
    if wanted is None:
        return
    for project in scored_projects(case):
        if project.full is not None and project.full != wanted:
            parts = [f"{name} {plain(marks)}" for name, marks in _weights(project, case)]
            odd = _odd_weight(project, wanted)
            yield Hit(
                subject=project.name,
                message=f"{quoted(project.name)}的分值合计是 {plain(project.full)}，应当是 "
                f"{plain(wanted)}（{'、'.join(parts)}）" + (odd[1] if odd else ""),
                hint=_off_categories(project, case) or "核对各指标的分值",
                ref=odd[0] if odd else _weight_cell(project, case),
            )
    yield from _weights_of_unit(wanted, case)
    tops = [item for item in case.figures.scores if item.level == 0 and item.full is not None]
    fulls = [item.full for item in tops]
    full = total(fulls)
    if full not in (None, wanted) and wanted not in fulls:  # a second tree may be a detail
        yield Hit(
            subject=tops[0].name,
            message=f"{'、'.join(f'{item.name} {plain(item.full or _ZERO)}' for item in tops)}，"
            f"满分合计 {plain(full or _ZERO)}，应当是 {plain(wanted)}",
            hint="核对各级指标的满分",
            ref=tops[0].item.cell("full"),
        )


def _weights_of_unit(wanted: Decimal, case: Case) -> Iterator[Hit]:
    """The weights of indicators that belong to no project, with that of the execution rate."""
    rows = [row for row in scored_rows(case.figures.indicators) if row.indicator.weight is not None]
    overall = case.figures.overall
    if case.figures.projects or case.figures.scores or not rows or overall.full == wanted:
        return
    names = dict.fromkeys(row.indicator.category for row in rows)
    sums = {
        name: total([row.indicator.weight for row in rows if row.indicator.category == name])
        for name in names
    }
    rate = {} if overall.rate_full is None else {"预算执行率": overall.rate_full}
    parts = [f"{name or '指标'} {plain(marks or _ZERO)}" for name, marks in (rate | sums).items()]
    yield Hit(
        subject=rows[0].indicator.name,
        message=f"{case.header('indicator', 'weight')}合计是 {plain(overall.full or _ZERO)}，"
        f"应当是 {plain(wanted)}（{'、'.join(parts)}）",
        hint=f"核对各指标的{case.header('indicator', 'weight')}",
        ref=rows[0].indicator.cell("weight"),
    )


@rule(
    "PG502",
    Severity.WARNING,
    title="一级指标的分值与规定不同",
    reason="自评表规定了各类指标的分值（全国通用的是产出 50、效益 30、满意度 10）。确实不适用的，"
    "可以调整，但要在“说明事项”里说明理由。",
    good="产出指标的各项分值合计 50",
    bad="产出指标的各项分值合计 60，效益指标合计 20",
)
def category_weights(case: Case) -> Iterator[Hit]:
    """R60: the weights of a category differ from the layout's, while the total is right."""
    scoring = case.layout.rules.scoring
    for project in scored_projects(case):
        if not scoring.weights or (scoring.total is not None and project.full != scoring.total):
            continue  # PG501 speaks of that
        for name, wanted in scoring.weights.items():
            rows = [
                row for row in scored_rows(project.indicators) if row.indicator.category == name
            ]
            marks = total([row.indicator.weight for row in rows]) or _ZERO
            if marks != wanted:
                yield Hit(
                    subject=project.name,
                    message=f"{quoted(project.name)}的{name}分值合计是 {plain(marks)}，"
                    f"规定是 {plain(wanted)}",
                    hint="调整分值；确需不同的，在“说明事项”里说明",
                    ref=rows[0].indicator.cell("weight") if rows else _weight_cell(project, case),
                )


def scored_projects(case: Case) -> tuple[ProjectFigures, ...]:
    """The projects, where the layout gives their indicators marks at all."""
    sheet = case.layout.sheet_of("indicator")
    scored = sheet is not None and sheet.column("weight") is not None
    return case.figures.projects if scored else ()


def _weights(project: ProjectFigures, case: Case) -> Iterator[tuple[str, Decimal]]:
    """The full marks of a project by category, that of the rate first."""
    if project.rate_full is not None:
        yield case.header("project", "execution_rate"), project.rate_full
    names = dict.fromkeys(
        (
            *case.layout.rules.scoring.weights,
            *(row.indicator.category for row in project.indicators),
        )
    )
    for name in names:
        rows = _rows_of(project, name)
        yield name, total([row.indicator.weight for row in rows]) or _ZERO


def _rows_of(project: ProjectFigures, category: str) -> list[IndicatorFigures]:
    return [row for row in scored_rows(project.indicators) if row.indicator.category == category]


def _off_categories(project: ProjectFigures, case: Case) -> str:
    wanted = case.layout.rules.scoring.weights
    off = [
        f"{name}应当是 {plain(wanted[name])}"
        for name, marks in _weights(project, case)
        if name in wanted and marks != wanted[name]
    ]
    return f"核对各指标的分值：{'，'.join(off)}" if off else ""


def _odd_weight(project: ProjectFigures, wanted: Decimal) -> tuple[CellRef | None, str] | None:
    """The one weight that a slip of the keys made another (1 for 10), and what is told of it."""
    rows = scored_rows(project.indicators)
    weights = [row.indicator.weight for row in rows]
    odd = odd_part(weights, wanted - (project.rate_full or _ZERO), lambda _: False)
    if odd is None or odd.meant <= 0:
        return None
    indicator = rows[odd.place].indicator
    return indicator.cell("weight"), odd.said(indicator.name)


def _weight_cell(project: ProjectFigures, case: Case) -> CellRef | None:
    """The first weight of the only category that is off, of all, or the project itself."""
    wanted = case.layout.rules.scoring.weights
    off = [name for name, marks in _weights(project, case) if wanted.get(name, marks) != marks]
    rows = [
        row
        for row in scored_rows(project.indicators)
        if len(off) == 1 and row.indicator.category in off
    ]
    cells = (row.indicator.cell("weight") for row in rows or project.indicators)
    return next((cell for cell in cells if cell), project.project.cell("name"))
