"""The marks of an execution rate (执行率得分), and what it allows all marks to be (总分封顶)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from perfgen.figures.rates import Rate, RateState
from perfgen.figures.score_rules import marks_for
from perfgen.model.numbers import half_up, part_of
from perfgen.model.scoring import ScoreRule, Scoring


class Money(Protocol):
    """Money with its execution rate: a project's, a budget line's or a fund's."""

    @property
    def initial(self) -> Decimal | None: ...  # noqa: D102
    @property
    def adjusted(self) -> Decimal | None: ...  # noqa: D102
    @property
    def actual(self) -> Decimal | None: ...  # noqa: D102
    @property
    def computed_rate(self) -> Rate: ...  # noqa: D102


def true_rate(money: Money) -> Fraction | None:
    """Return the execution rate, not yet rounded; None where there is none."""
    if money.computed_rate.state is not RateState.VALUE:
        return None
    budget = money.initial if money.adjusted is None else money.adjusted
    return Fraction(money.actual or 0) / Fraction(budget or 1)


def rate_score_of(rate: Fraction | None, scoring: Scoring) -> Decimal | None:
    """Return the marks of a rate: by the layout's rule, else full marks × the rate, 0 to 1."""
    if scoring.rate_full is None or rate is None:
        return None
    rule = scoring.rule_of(scoring.rate_rule) if scoring.rate_rule else ScoreRule(kind="ratio")
    marks = marks_for(rate, Fraction(scoring.rate_full), rule, scoring)
    return half_up(part_of(Decimal(1), marks), scoring.decimals)


def capped(marks: Decimal | None, rate: Fraction | None, scoring: Scoring) -> Decimal | None:
    """Return the marks, or the most that the layout allows at this execution rate (总分封顶)."""
    if marks is None or rate is None:
        return marks
    for cap in scoring.caps:
        if rate < Fraction(cap.rate_below):
            most = cap.most
            if most is None:
                whole = scoring.total or Decimal(100)
                most = half_up(part_of(whole, max(rate, Fraction(0))), scoring.decimals)
            marks = min(marks, most)
    return marks
