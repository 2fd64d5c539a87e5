"""How a rule came to its marks, in words (计分说明), so that an officer can follow a finding."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from perfgen.figures.score_rules import VALUE_RULES, band_of, reaches, steps_beyond
from perfgen.model.numbers import half_up, part_of, plain
from perfgen.model.scoring import Band, ScoreRule, Scoring

_PLACES = 4
_COUNTED = {"whole": "，不足一步的不扣", "started": "，不足一步的按一步", "parts": ""}
_SIDES = {"higher": "低于", "lower": "超过", "equal": "偏离"}
_SIGNS = {"higher": "≥", "lower": "≤", "equal": "="}
_LOOKS_AT = {"value": "", "completion": "完成率 ", "deviation": "偏差率 "}


def rule_in_words(
    value: Fraction, full: Decimal, rule: ScoreRule, scoring: Scoring, *, percent: bool
) -> str:
    """Return how a rule that looks at one value scores it; empty for other rules.

    `percent` is True where values are printed as percents.
    """
    if rule.kind not in VALUE_RULES:
        return ""
    said = f"{_LOOKS_AT[rule.of]}{shown(value, percent=percent)}"
    if rule.kind == "bands":
        return f"{said} {_band_in_words(value, rule, scoring, percent)}"
    if rule.kind == "steps":
        return f"{said} {_steps_in_words(value, full, rule, percent)}"
    sign = _SIGNS[rule.better]
    bound = shown(_bound(rule.full_at, 1), percent=percent)
    if rule.kind == "all_or_nothing":
        return f"{said}，{sign}{bound} 得满分，否则不得分"
    if rule.zero_at is None and rule.full_at in (None, 1):
        return f"{plain(full)} 分 × {shown(value, percent=percent)}"
    zero = shown(_bound(rule.zero_at, 0), percent=percent)
    return f"{said}，到 {bound} 得满分，到 {zero} 不得分，中间按比例"


def shown(value: Fraction, *, percent: bool) -> str:
    """Return a value as a table has it: 12.5%, or 3."""
    number = half_up(part_of(Decimal(1), value * 100 if percent else value), _PLACES)
    return plain(number) + ("%" if percent else "")


def _bound(bound: Decimal | None, otherwise: int) -> Fraction:
    return Fraction(otherwise if bound is None else bound)


def _band_in_words(value: Fraction, rule: ScoreRule, scoring: Scoring, percent: bool) -> str:
    band = band_of(value, rule.bands or scoring.bands)
    if band is None:
        return "各档都不到，不得分"
    if band.by_value:
        gives = "按这个比率得分"
    elif band.marks is None:
        gives = f"得满分的 {plain(band.share * 100)}%"
    else:
        gives = f"得 {plain(band.marks)} 分"
    return f"属于“{_limits(band, percent)}”一档，{gives}"


def _limits(band: Band, percent: bool) -> str:
    said = []
    if band.start is not None:
        sign = ">" if band.start_excluded else "≥"
        said.append(sign + shown(Fraction(band.start), percent=percent))
    if band.end is not None:
        sign = "<" if band.end_excluded else "≤"
        said.append(sign + shown(Fraction(band.end), percent=percent))
    return "且".join(said) or "其他"


def _steps_in_words(value: Fraction, full: Decimal, rule: ScoreRule, percent: bool) -> str:
    if reaches(value, rule):
        return "得满分"
    points = " 个百分点" if percent else " "
    off = abs(value - _bound(rule.full_at, 1))
    size = shown(off, percent=percent).removesuffix("%")
    step = shown(_bound(rule.step, 1), percent=percent).removesuffix("%")
    side = _SIDES[rule.better]
    bound = shown(_bound(rule.full_at, 1), percent=percent)
    cost = rule.loses + full * rule.loses_share
    steps = half_up(part_of(Decimal(1), steps_beyond(value, rule)), _PLACES)
    return (
        f"{side} {bound} 有 {size}{points.rstrip()}，每 {step}{points}扣 {plain(cost)} 分"
        f"{_COUNTED[rule.counted]}，扣 {plain(half_up(steps * cost, scoring_places(cost)))} 分"
    )


def scoring_places(cost: Decimal) -> int:
    """Return the decimals with which marks that were lost are said."""
    exponent = cost.normalize().as_tuple().exponent
    return max(2, -exponent if isinstance(exponent, int) else 2)
