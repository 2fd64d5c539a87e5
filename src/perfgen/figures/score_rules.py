"""What a rule gives for a value (按规则计分): by ratio, threshold, bands or steps.

Marks are fractions until they are printed: a tie stays one, and rounds up.
"""

from __future__ import annotations

from fractions import Fraction

from perfgen.model.measure import Measure
from perfgen.model.scoring import Band, ScoreRule, Scoring

ONE, ZERO = Fraction(1), Fraction(0)


def value_of(measure: Measure | None) -> Fraction | None:
    """Return the number that a value states; a percent as a ratio: 72.52% and 0.7252 are one."""
    if measure is None or measure.number is None:
        return None
    number = Fraction(measure.number)
    return number / 100 if measure.unit == "%" else number


def marks_for(value: Fraction, full: Fraction, rule: ScoreRule, scoring: Scoring) -> Fraction:
    """Return the marks that a rule gives for a value, 0 to `full`."""
    match rule.kind:
        case "ratio":
            marks = full * _along(value, rule)
        case "all_or_nothing":
            marks = full if reaches(value, rule) else ZERO
        case "bands":
            marks = _by_bands(value, full, rule.bands or scoring.bands)
        case "steps":
            marks = _by_steps(value, full, rule)
        case other:
            raise ValueError(f"no rule that looks at a value: {other}")
    return min(max(marks, ZERO), full)


VALUE_RULES = frozenset({"ratio", "all_or_nothing", "bands", "steps"})
"""The rules that look at one value."""


def reaches(value: Fraction, rule: ScoreRule) -> bool:
    """Return whether a value is on the good side of where full marks begin, the bound included."""
    bound = ONE if rule.full_at is None else Fraction(rule.full_at)
    if rule.better == "equal":
        return value == bound
    return value <= bound if rule.lower_is_better else value >= bound


def band_of(value: Fraction, bands: tuple[Band, ...]) -> Band | None:
    """Return the band that a value is in; None below all of them."""
    return next((band for band in bands if band.holds(value)), None)


def steps_beyond(value: Fraction, rule: ScoreRule) -> Fraction:
    """Return how many steps a value is on the bad side of `full_at`, as the rule counts them."""
    if reaches(value, rule) or not rule.step:
        return ZERO
    bound = ONE if rule.full_at is None else Fraction(rule.full_at)
    steps = abs(value - bound) / Fraction(rule.step)
    if rule.counted == "parts":
        return steps
    whole = steps.numerator // steps.denominator
    return Fraction(whole if rule.counted == "whole" or whole == steps else whole + 1)


def _along(value: Fraction, rule: ScoreRule) -> Fraction:
    """The part of the way from `zero_at` (0) to `full_at` (1), 0 to 1."""
    full_at = ONE if rule.full_at is None else Fraction(rule.full_at)
    zero_at = ZERO if rule.zero_at is None else Fraction(rule.zero_at)
    return min(max((value - zero_at) / (full_at - zero_at), ZERO), ONE)


def _by_bands(value: Fraction, full: Fraction, bands: tuple[Band, ...]) -> Fraction:
    band = band_of(value, bands)
    if band is None:
        return ZERO
    if band.by_value:
        return full * value
    return full * Fraction(band.share) if band.marks is None else Fraction(band.marks)


def _by_steps(value: Fraction, full: Fraction, rule: ScoreRule) -> Fraction:
    if _is_lost(value, rule):
        return ZERO
    cost = Fraction(rule.loses) + full * Fraction(rule.loses_share)
    return max(full - steps_beyond(value, rule) * cost, min(Fraction(rule.least), full))


def _is_lost(value: Fraction, rule: ScoreRule) -> bool:
    """Whether a value is beyond `zero_at`: nothing is left, however few steps it is."""
    if rule.zero_at is None or rule.better == "equal":
        return False
    bound = Fraction(rule.zero_at)
    return value > bound if rule.lower_is_better else value < bound
