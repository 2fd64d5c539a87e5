"""The result of a unit's whole self-evaluation (总评): full marks, marks and grade (等级)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfgen.figures.budget import LineFigures, total
from perfgen.figures.deviation import IndicatorFigures
from perfgen.figures.funds import FundFigures
from perfgen.figures.projects import grade_of, summed_marks
from perfgen.figures.rate_scores import capped, rate_score_of, true_rate
from perfgen.figures.scores import ScoreFigures
from perfgen.model.scoring import Scoring


@dataclass(frozen=True, slots=True, kw_only=True)
class Overall:
    """All marks of a unit: of `full` at most, None as long as one is missing.

    `rate_score` are those of the execution rate, of `rate_full` at most, where they count.
    """

    full: Decimal | None = None
    score: Decimal | None = None
    grade: str = ""
    rate_full: Decimal | None = None
    rate_score: Decimal | None = None


def overall_result(
    scores: Sequence[ScoreFigures],
    indicators: Sequence[IndicatorFigures],
    money: Sequence[LineFigures] | Sequence[FundFigures],
    scoring: Scoring,
) -> Overall:
    """Return the result by the table of scores (评分), or where there is none by the indicators.

    `money` are the budget lines or funds: the only one at the top has the unit's execution rate,
    which counts beside the indicators.
    """
    tops = [row for row in money if row.level == 0]
    rate = true_rate(tops[0]) if len(tops) == 1 else None
    if scores:
        full, marks = _of_table(scores, scoring)
        rate_full = rate_score = None
    else:
        rate_full, rate_score = scoring.rate_full, rate_score_of(rate, scoring)
        full, marks = summed_marks(indicators, rate_full, rate_score)
    marks = capped(marks, rate, scoring)
    return Overall(
        full=full,
        score=marks,
        grade=grade_of(marks, scoring),
        rate_full=rate_full,
        rate_score=rate_score,
    )


def _of_table(
    scores: Sequence[ScoreFigures], scoring: Scoring
) -> tuple[Decimal | None, Decimal | None]:
    """The item at the top that has the layout's total as its full marks, else all of them."""
    tops = [row for row in scores if row.level == 0]
    whole = [row for row in tops if row.full is not None and row.full == scoring.total]
    counted = whole[:1] or [row for row in tops if row.full is not None or row.score is not None]
    known = [row.score for row in counted]
    return total([row.full for row in counted]), None if None in known else total(known)


UNSCORED = Overall()
"""The result of a workbook that scores nothing, or each project for itself."""
