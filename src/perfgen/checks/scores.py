"""PG5xx: the scores add up, and follow from their rules (得分)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.figures.budget import total
from perfgen.figures.deviation import IndicatorFigures, comparable
from perfgen.figures.projects import ProjectFigures
from perfgen.figures.rates import RateState
from perfgen.figures.scores import ScoreFigures
from perfgen.model.cells import CellRef
from perfgen.model.finding import Mend, Severity
from perfgen.model.numbers import plain

_ZERO = Decimal(0)
_FEW = 3
"""Indicators without a score that are named one by one; beyond, a project's are counted."""


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
    for project in _scored_projects(case):
        if project.full is not None and project.full != wanted:
            parts = [f"{name} {plain(marks)}" for name, marks in _weights(project, case)]
            yield Hit(
                subject=project.name,
                message=f"{quoted(project.name)}的分值合计是 {plain(project.full)}，应当是 "
                f"{plain(wanted)}（{'、'.join(parts)}）",
                hint=_off_categories(project, case) or "核对各指标的分值",
                ref=_weight_cell(project, case),
            )
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
    for project in _scored_projects(case):
        if not scoring.weights or (scoring.total is not None and project.full != scoring.total):
            continue  # PG501 speaks of that
        for name, wanted in scoring.weights.items():
            rows = [row for row in project.indicators if row.indicator.category == name]
            marks = total([row.indicator.weight for row in rows]) or _ZERO
            if marks != wanted:
                yield Hit(
                    subject=project.name,
                    message=f"{quoted(project.name)}的{name}分值合计是 {plain(marks)}，"
                    f"规定是 {plain(wanted)}",
                    hint="调整分值；确需不同的，在“说明事项”里说明",
                    ref=rows[0].indicator.cell("weight") if rows else _weight_cell(project, case),
                )


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
        if not item.parts:
            continue
        fulls = [part.full for part in item.parts]
        summed = {
            "full": None if None in fulls else total(fulls),
            "score": item.computed,
        }
        for field, typed in (("full", item.item.full), ("score", item.item.score)):
            wanted = summed[field]
            if typed is not None and wanted is not None and typed != wanted:
                yield Hit(
                    subject=item.name,
                    message=f"{quoted(item.name)}的{case.header('score', field)}填了 "
                    f"{plain(typed)}，下级合计是 {plain(wanted)}，相差 {plain(typed - wanted)}",
                    hint="核对下级的分数；这一格可以清空，由系统求和",
                    ref=item.item.cell(field),
                    mend=Mend(record=item.item, field=field),
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
    for project in _scored_projects(case):
        yield from _missing_rate(project, case)
        yield from _missing_marks(project.name, project.indicators, case)
    if not case.figures.projects:
        yield from _missing_marks("", case.figures.indicators, case)
    sheet = case.layout.sheet_of("score")
    column = sheet.column("score") if sheet else None
    if column is None or column.expected:  # PG201 speaks of that
        return
    for item in case.figures.scores:
        if item.score is None and item.full is not None and not item.parts:
            yield _missing_item(item, case)


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
            ref=without[0].indicator.cell(_to_fill(without[0], case)[0]),
        )
        return
    for row in without:
        field, what, why = _to_fill(row, case)
        yield Hit(
            subject=row.indicator.name,
            message=f"{quoted(row.indicator.name)}没有得分（{why}），总分印成空白",
            hint=f"补填{what}",
            ref=row.indicator.cell(field),
        )


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
    both = f"{header('attainment')}和{header('mark')}"
    return "attainment", both, "完成值与目标的文字不同，要由单位评定"


def _missing_item(item: ScoreFigures, case: Case) -> Hit:
    return Hit(
        subject=item.name,
        message=f"{quoted(item.name)}没有得分，上级的得分印成空白",
        hint=f"填写{case.header('score', 'basis')}或{case.header('score', 'score')}",
        ref=item.item.cell("score"),
    )


def _scored_projects(case: Case) -> tuple[ProjectFigures, ...]:
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
        rows = [row for row in project.indicators if row.indicator.category == name]
        yield name, total([row.indicator.weight for row in rows]) or _ZERO


def _off_categories(project: ProjectFigures, case: Case) -> str:
    wanted = case.layout.rules.scoring.weights
    off = [
        f"{name}应当是 {plain(wanted[name])}"
        for name, marks in _weights(project, case)
        if name in wanted and marks != wanted[name]
    ]
    return f"核对各指标的分值：{'，'.join(off)}" if off else ""


def _weight_cell(project: ProjectFigures, case: Case) -> CellRef | None:
    """The first weight of the only category that is off, of all, or the project itself."""
    wanted = case.layout.rules.scoring.weights
    off = [name for name, marks in _weights(project, case) if wanted.get(name, marks) != marks]
    rows = [row for row in project.indicators if len(off) == 1 and row.indicator.category in off]
    cells = (row.indicator.cell("weight") for row in rows or project.indicators)
    return next((cell for cell in cells if cell), project.project.cell("name"))
