"""Report → Figures: everything that perfgen computes for a report, at once."""

from __future__ import annotations

from dataclasses import dataclass

from perfgen.figures.budget import LineFigures, budget_figures
from perfgen.figures.deviation import IndicatorFigures, indicator_figures
from perfgen.model.layout import Rules
from perfgen.model.records import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The computed figures, each record's in the order of the report."""

    budget: tuple[LineFigures, ...]
    indicators: tuple[IndicatorFigures, ...]


def compute(report: Report, rules: Rules) -> Figures:
    """Return the figures of `report` under the layout's rules."""
    return Figures(
        budget=budget_figures(report.budget, report.adjustments, rules),
        indicators=tuple(indicator_figures(row, rules) for row in report.indicators),
    )
