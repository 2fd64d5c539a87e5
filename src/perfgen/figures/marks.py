"""The marks of one indicator (指标得分): quantitative in proportion, dates kept or missed, words by
the officer's mark inside a band.

Source: the project self-evaluation form after 财预〔2020〕10号; bands and penalties are the
layout's. Shares of full marks are fractions: a tie stays one (3 × 299 ÷ 600 is 1.495), and rounds
up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from perfgen.figures.deadlines import last_day, says_not_done
from perfgen.figures.deviation import compared_indicator, known_direction
from perfgen.figures.remarks import Compared, Remarks
from perfgen.figures.score_rules import ONE, VALUE_RULES, ZERO, marks_for, value_of
from perfgen.figures.score_words import rule_in_words
from perfgen.figures.scores import completed_share
from perfgen.model.layout import Rules
from perfgen.model.measure import Measure, Target
from perfgen.model.numbers import half_up, part_of
from perfgen.model.records import Indicator
from perfgen.model.scoring import ScoreRule, Scoring
from perfgen.model.values import Kind, Vague

_WITHIN = re.compile(r"(?:日|天|周|月|年|小时|分钟|秒)之?内")
"""A unit that sets a limit (5个工作日内): less is better."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What an indicator's rule says of its marks.

    `computed` is None where only the officer can judge; what he types lies between `lowest` and
    `highest`. Where the three are equal there is nothing to judge. `below` is True where `highest`
    itself belongs to the next better band (80% of 部分达成 is 达成年度指标). `said` tells how the
    rule came to its marks.
    """

    computed: Decimal | None
    lowest: Decimal
    highest: Decimal
    below: bool = False
    said: str = ""

    def allow(self, typed: Decimal) -> bool:
        """Return whether the officer may give these marks."""
        if self.below and typed == self.highest:
            return False
        return self.lowest <= typed <= self.highest


@dataclass(frozen=True, slots=True)
class _Shares:
    """The same as parts of full marks."""

    computed: Fraction | None
    lowest: Fraction = ZERO
    highest: Fraction = ONE
    below: bool = False
    said: str = ""

    @classmethod
    def fixed(cls, share: Fraction | None, said: str = "") -> _Shares:
        """One share, and nothing to judge; everything to judge where it is unknown."""
        return cls(None) if share is None else cls(share, share, share, said=said)


def indicator_score(indicator: Indicator, rules: Rules, year: int) -> Decimal | None:
    """Return the marks that follow from target and result, 0 to the weight (分值).

    None without a weight or a result, and where only the officer can judge (words partly reached).
    `year` is the report's.
    """
    marks = indicator_marks(indicator, rules, year)
    return None if marks is None else marks.computed


def indicator_marks(indicator: Indicator, rules: Rules, year: int) -> Marks | None:
    """Return what the rule says of an indicator's marks; None without weight, target or result.

    A rule that looks at the result alone needs no target.
    """
    weight = indicator.weight
    shares = None if weight is None else _by_rule(indicator, weight, rules, year)
    if shares is None or weight is None:
        return None
    decimals = rules.scoring.decimals
    computed = shares.computed
    return Marks(
        None if computed is None else half_up(part_of(weight, computed), decimals),
        half_up(part_of(weight, shares.lowest), decimals),
        half_up(part_of(weight, shares.highest), decimals),
        below=shares.below,
        said=shares.said,
    )


def _by_rule(indicator: Indicator, weight: Decimal, rules: Rules, year: int) -> _Shares | None:
    """The shares by the rule that is declared for an indicator, else in proportion (按完成率)."""
    target, actual = indicator.target, indicator.actual
    rule = rules.scoring.indicator_rule_of(indicator.rule, indicator.name)
    if rule is not None and rule.kind == "given":
        return _Shares(None)
    if actual is None:
        return None
    if rule is not None and weight > 0 and looks_at_result(rule):
        return _of_result(actual, weight, rule, rules.scoring)
    if target is None:
        return None
    compared = compared_indicator(indicator, target, actual, rules, year)
    if rule is not None and weight > 0 and rule.kind in VALUE_RULES and not is_proportion(rule):
        if rule.kind == "all_or_nothing" and rule.full_at is None:
            return _met_or_nothing(indicator, target, compared, rules)
        if compared.numbers is not None:
            value = _measured_by(rule, indicator, target, compared, rules)
            return _of_value(value, weight, rule, rules.scoring, percent=True)
    return _shares(indicator, target, actual, compared, rules, year)


def _met_or_nothing(
    indicator: Indicator, target: Target, compared: Compared, rules: Rules
) -> _Shares:
    """Full marks where the target is met, else none; numbers as they would be in proportion."""
    met = compared.met
    if met is None and compared.numbers is not None:
        share = _of_numbers(indicator, target, compared, rules)
        met = None if share is None else share == ONE
    return _Shares(None) if met is None else _Shares.fixed(ONE if met else ZERO)


def looks_at_result(rule: ScoreRule) -> bool:
    """Return whether a rule needs the result alone (完成值), and no target."""
    if rule.kind == "deduction":
        return True
    bounded = rule.kind in ("bands", "steps") or rule.full_at is not None
    return rule.kind in VALUE_RULES and rule.of == "value" and bounded


def is_proportion(rule: ScoreRule) -> bool:
    """Return whether a rule is the usual one: as much of the marks as of the target."""
    return rule.kind == "ratio" and rule.full_at is None and rule.of != "deviation"


def _of_result(actual: Measure, weight: Decimal, rule: ScoreRule, scoring: Scoring) -> _Shares:
    """The marks of a result by a rule that needs no target; words are the officer's to judge."""
    if rule.kind == "deduction":
        if actual.number is None:
            return _Shares(None)
        left = Fraction(weight) - Fraction(actual.number)
        return _Shares.fixed(min(max(left / Fraction(weight), ZERO), ONE))
    value = value_of(actual)
    if value is None:
        return _Shares(None)
    return _of_value(value, weight, rule, scoring, percent=actual.unit == "%")


def _of_value(
    value: Fraction | None, weight: Decimal, rule: ScoreRule, scoring: Scoring, *, percent: bool
) -> _Shares:
    if value is None:
        return _Shares(None)
    marks = marks_for(value, Fraction(weight), rule, scoring)
    said = rule_in_words(value, weight, rule, scoring, percent=percent)
    return _Shares.fixed(marks / Fraction(weight), said)


def _measured_by(
    rule: ScoreRule, indicator: Indicator, target: Target, compared: Compared, rules: Rules
) -> Fraction | None:
    """How much of the target a result is (完成率), or how far it is off (偏差率)."""
    assert compared.numbers is not None
    wanted, reached = (Fraction(number) for number in compared.numbers)
    if compared.has(Remarks.BLURRED_UNSURE):
        return None
    if rule.of == "deviation":
        return abs(reached - wanted) / abs(wanted) if wanted else Fraction(int(reached != 0))
    operator = compared.operator or target.operator or ""
    direction = _way(indicator, target, rules)
    if operator in ("≤", "<") or (operator not in ("≥", ">") and direction == "反向"):
        return _at_most(wanted, reached)
    if wanted <= 0:
        return ONE if reached >= wanted else ZERO
    return reached / wanted


def _shares(
    indicator: Indicator,
    target: Target,
    actual: Measure,
    compared: Compared,
    rules: Rules,
    year: int,
) -> _Shares:
    if compared.numbers is not None:
        share = _of_numbers(indicator, target, compared, rules)
        return _Shares(None) if share is None else _Shares(share, share, share)
    if compared.has(Remarks.NO_SUCH_DAY):
        return _Shares(None)
    # ≥12月 counts months; only a target without such a sign may be a day to be kept.
    wanted_by = None if target.operator in ("≥", ">") else last_day(target.text, year)
    done_by = last_day(actual.text, year, unsaid=wanted_by.year) if wanted_by else None
    if wanted_by and done_by:
        return _in_time(wanted_by >= done_by, sure=not says_not_done(actual.text))
    if target.measure.value.kind in (Kind.RANK, Kind.CLOCK) and compared.met is not None:
        return _in_time(compared.met, sure=True)
    return _in_words(indicator, actual, compared, rules.scoring)


def _of_numbers(
    indicator: Indicator, target: Target, compared: Compared, rules: Rules
) -> Fraction | None:
    assert compared.numbers is not None
    wanted, reached = (Fraction(number) for number in compared.numbers)
    value = target.measure.value
    if compared.has(Remarks.BLURRED_UNSURE):
        return None
    if compared.met and (value.kind is Kind.RANGE or value.vague is not Vague.NONE):
        return ONE
    if value.kind is Kind.RANGE:
        return _nearness(wanted, reached)
    operator = compared.operator or target.operator or ""
    return _measured(wanted, reached, operator, _way(indicator, target, rules), rules.scoring)


def _way(indicator: Indicator, target: Target, rules: Rules) -> str:
    """The direction (指标方向): typed, known to the layout, or told by the unit."""
    direction = indicator.way or known_direction(indicator.name, rules.directions)
    return direction or ("反向" if _WITHIN.search(target.measure.unit) else "")


def _measured(
    wanted: Fraction, reached: Fraction, operator: str, direction: str, scoring: Scoring
) -> Fraction | None:
    """None for a bound (> or <) that is only touched: missed, and yet all of it in proportion."""
    if operator in (">", "<") and reached == wanted:
        return ZERO if wanted <= 0 else None
    if operator in ("≤", "<") or (operator not in ("≥", ">") and direction == "反向"):
        return _at_most(wanted, reached)
    exactly = operator == "=" and scoring.equal_overshoot == "proportion" and reached > wanted
    if exactly or (direction == "适中" and operator not in ("≥", ">")):
        return _nearness(wanted, reached)
    return _at_least(wanted, reached, scoring)


def _at_least(wanted: Fraction, reached: Fraction, scoring: Scoring) -> Fraction:
    if wanted <= 0:
        return ONE if reached >= wanted else ZERO
    return completed_share(reached / wanted, scoring)


def _at_most(wanted: Fraction, reached: Fraction) -> Fraction:
    if reached <= wanted:
        return ONE
    return ZERO if wanted <= 0 else wanted / reached


def _nearness(wanted: Fraction, reached: Fraction) -> Fraction:
    """1 at the target, in proportion on both sides of it."""
    if reached == wanted:
        return ONE
    if wanted <= 0 or reached <= 0:
        return ZERO
    return min(reached / wanted, wanted / reached)


def _in_time(kept: bool, *, sure: bool) -> _Shares:
    """A date kept gives full marks, one missed none, unless the officer gives some."""
    if not kept:
        return _Shares(ZERO)
    return _Shares(ONE, ONE) if sure else _Shares(None)


def _in_words(
    indicator: Indicator, actual: Measure, compared: Compared, scoring: Scoring
) -> _Shares:
    """The top band gives full marks unless the officer says otherwise; a lower one needs a mark.

    A band may be chosen (达成情况), or be what the result itself says (较好).
    """
    bands = scoring.attainments
    chosen = [band for band in bands if band.name == indicator.attainment]
    chosen = chosen or [band for band in bands if band.is_said(actual.text)]
    if not chosen:
        return _Shares(ONE if compared.met else None)
    band = chosen[0]
    lowest, highest = Fraction(band.lowest), Fraction(band.highest)
    is_top = band.highest == max(other.highest for other in bands)
    return _Shares(
        highest if is_top or lowest == highest else None,
        lowest,
        highest,
        below=lowest != highest and any(other.lowest == band.highest for other in bands),
    )
