"""Report → Figures: everything that perfgen computes for a report, at once."""

from __future__ import annotations

from dataclasses import dataclass, replace

from perfgen.figures.budget import LineFigures, budget_figures
from perfgen.figures.deviation import IndicatorFigures, indicator_figures
from perfgen.figures.funds import FundFigures, fund_figures
from perfgen.figures.kept import kept_as_typed
from perfgen.figures.ledger import LedgerRow, ledger_rows
from perfgen.figures.marks import indicator_score
from perfgen.figures.overall import UNSCORED, Overall, overall_result
from perfgen.figures.projects import ProjectFigures, project_figures
from perfgen.figures.scores import ScoreFigures, score_figures
from perfgen.figures.taken import taken_from
from perfgen.model.layout import Rules
from perfgen.model.records import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The computed figures, each record's in the order of the report; the ledger's by date."""

    budget: tuple[LineFigures, ...]
    indicators: tuple[IndicatorFigures, ...]
    funds: tuple[FundFigures, ...] = ()
    projects: tuple[ProjectFigures, ...] = ()
    scores: tuple[ScoreFigures, ...] = ()
    ledger: tuple[LedgerRow, ...] = ()
    overall: Overall = UNSCORED


def compute(report: Report, rules: Rules) -> Figures:
    """Return the figures of `report` under the layout's rules."""
    kept = kept_as_typed(report)
    figures = (indicator_figures(row, rules, report.year) for row in report.indicators)
    indicators = tuple(
        replace(
            row,
            deviation=kept.deviation(row.indicator, row.deviation),
            computed=indicator_score(row.indicator, rules, report.year),
        )
        for row in figures
    )
    budget = budget_figures(report.budget, report.adjustments, rules, kept=kept)
    funds = fund_figures(report.funds, rules, kept=kept)
    projects = project_figures(report.projects, indicators, rules, kept=kept)
    scores = score_figures(report.scores, rules.scoring, taken_from(report))
    one_result = bool(scores) or not projects
    return Figures(
        budget=budget,
        indicators=indicators,
        funds=funds,
        projects=projects,
        scores=scores,
        overall=overall_result(scores, indicators, budget or funds, rules.scoring)
        if one_result
        else UNSCORED,
        ledger=ledger_rows(report.adjustments, rules.adjustment_signs),
    )
