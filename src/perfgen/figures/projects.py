"""The figures of each project (项目): its money by source, its rate, its marks and its grade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from perfgen.figures.budget import total
from perfgen.figures.deviation import IndicatorFigures
from perfgen.figures.kept import NOTHING_KEPT, Kept
from perfgen.figures.rate_scores import capped, rate_score_of, true_rate
from perfgen.figures.rates import Rate, execution_rate
from perfgen.model.layout import Rules
from perfgen.model.records import Project
from perfgen.model.scoring import Scoring

TOTAL = ""
"""The name of a project's money as a whole (年度资金总额), beside those of its sources."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyFigures:
    """One source of a project's money, in the workbook's unit. None prints blank.

    `execution_rate` is what gets printed, `computed_rate` what the rule gives.
    """

    initial: Decimal | None
    adjusted: Decimal | None
    actual: Decimal | None
    execution_rate: Rate
    computed_rate: Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFigures:
    """What follows from a project's row and from its indicators.

    `money` holds the whole under "" and each source under the layout's name for it. `rate_score`
    are the marks of the execution rate, of `rate_full` at most: the typed ones where there are any,
    else `rate_computed`; `total` are all marks (None as
    long as one is missing), of `full` at most; `grade` is the grade (等级).
    """

    project: Project
    money: Mapping[str, MoneyFigures]
    indicators: tuple[IndicatorFigures, ...]
    rate_full: Decimal | None
    rate_score: Decimal | None
    rate_computed: Decimal | None
    full: Decimal | None
    total: Decimal | None
    grade: str

    @property
    def name(self) -> str:
        """Return the project's name (项目名称)."""
        return self.project.name

    @property
    def whole(self) -> MoneyFigures:
        """Return the project's money as a whole (年度资金总额)."""
        return self.money[TOTAL]


def project_figures(
    projects: Sequence[Project],
    indicators: Sequence[IndicatorFigures],
    rules: Rules,
    *,
    kept: Kept = NOTHING_KEPT,
) -> tuple[ProjectFigures, ...]:
    """Return the figures of all projects, in their order.

    Indicators that name no project belong to the only one there is.
    """
    alone = len(projects) == 1
    return tuple(
        _figures(
            project,
            tuple(
                row
                for row in indicators
                if row.indicator.project == project.name or (alone and not row.indicator.project)
            ),
            rules,
            kept,
        )
        for project in projects
    )


def _figures(
    project: Project, indicators: tuple[IndicatorFigures, ...], rules: Rules, kept: Kept
) -> ProjectFigures:
    scoring = rules.scoring
    money = project_money(project, rules)
    whole = money[TOTAL]
    printed = replace(whole, execution_rate=kept.rate(project, whole.computed_rate))
    money = {**money, TOTAL: printed}
    rate = true_rate(whole)
    rate_computed = rate_score_of(rate, scoring)
    rate_score = rate_computed if project.mark is None else project.mark
    full, marks = summed_marks(indicators, scoring.rate_full, rate_score)
    marks = capped(marks, rate, scoring)
    return ProjectFigures(
        project=project,
        money=money,
        indicators=indicators,
        rate_full=scoring.rate_full,
        rate_score=rate_score,
        rate_computed=rate_computed,
        full=full,
        total=marks,
        grade=grade_of(marks, scoring),
    )


def project_money(project: Project, rules: Rules) -> Mapping[str, MoneyFigures]:
    """Return the money of a project by source; a blank whole is the sum of its sources.

    Where no adjusted amount (全年预算数) is filled in at all, the budget of the year's beginning
    was not changed.
    """
    columns = {
        "initial": project.initial,
        "adjusted": project.adjusted or project.initial,
        "actual": project.actual,
    }
    declared = [field.partition(".") for field in project.cells]
    sources = [source for field, _, source in declared if field in columns and source]
    named = [source for amounts in columns.values() for source in amounts if source]
    money = {
        source: _money({field: amounts.get(source) for field, amounts in columns.items()}, rules)
        for source in dict.fromkeys([*sources, *named])
    }
    whole = {
        field: amounts[TOTAL]
        if TOTAL in amounts
        else total([amount for source, amount in amounts.items() if source])
        for field, amounts in columns.items()
    }
    return {TOTAL: _money(whole, rules), **money}


def _money(amounts: Mapping[str, Decimal | None], rules: Rules) -> MoneyFigures:
    initial, adjusted, actual = (amounts[name] for name in ("initial", "adjusted", "actual"))
    rate = execution_rate(
        actual,
        adjusted,
        decimals=rules.rate_decimals,
        blank_is_zero=rules.blank_actual == "zero",
    )
    return MoneyFigures(
        initial=initial,
        adjusted=adjusted,
        actual=actual,
        execution_rate=rate,
        computed_rate=rate,
    )


def summed_marks(
    indicators: Sequence[IndicatorFigures], rate_full: Decimal | None, rate_score: Decimal | None
) -> tuple[Decimal | None, Decimal | None]:
    """Return the full marks and the marks of a form: its indicators' and the execution rate's.

    A row without a weight counts where it has marks (forms without a column 分值). The marks are
    None as long as one is missing.
    """
    counted = [
        row for row in indicators if row.indicator.weight is not None or row.score is not None
    ]
    scores = [row.score for row in counted]
    fulls = [row.indicator.weight for row in counted]
    if rate_full is not None:
        scores.append(rate_score)
        fulls.append(rate_full)
    return total(fulls), None if None in scores else total(scores)


def grade_of(marks: Decimal | None, scoring: Scoring) -> str:
    """Return the grade (等级) for these marks: 优 from 90, and so on; empty where unknown."""
    if marks is None:
        return ""
    return next((grade.name for grade in scoring.grades if marks >= grade.start), "")
