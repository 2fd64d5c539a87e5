"""The marks of one indicator (指标得分): quantitative in proportion, dates kept or missed, words by
the officer's mark inside a band.

Source: the project self-evaluation form after 财预〔2020〕10号; bands and penalties are the
layout's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from perfgen.figures.deviation import comparable, fold, known_direction
from perfgen.figures.scores import completed_share
from perfgen.model.layout import Rules
from perfgen.model.measure import Measure, Target, normalise
from perfgen.model.numbers import half_up
from perfgen.model.records import Indicator
from perfgen.model.scoring import Scoring

ONE, ZERO = Decimal(1), Decimal(0)

_DAY = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(?:(\d{1,2})[日号]|(上旬|中旬|下旬|初|中|底|末))?")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_QUARTER = re.compile(r"(?:(\d{4})年)?(?:第)?([一二三四1-4])季度")
_YEAR_END = re.compile(r"(?:(\d{4})年|年)(?:底|末)")
_PARTS_OF_MONTH: Mapping[str, int] = {"初": 10, "上旬": 10, "中": 20, "中旬": 20}
_QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}


def indicator_score(indicator: Indicator, rules: Rules) -> Decimal | None:
    """Return the marks that follow from target and result, 0 to the weight (分值).

    None without a weight or a result, and where only the officer can judge (words partly reached).
    """
    target, actual = indicator.target, indicator.actual
    if indicator.weight is None or target is None or actual is None:
        return None
    share = _share(indicator, target, actual, rules)
    return None if share is None else half_up(indicator.weight * share, rules.scoring.decimals)


def _share(indicator: Indicator, target: Target, actual: Measure, rules: Rules) -> Decimal | None:
    numbers = comparable(target.measure, actual)
    if numbers is not None:
        direction = indicator.direction or known_direction(indicator.name, rules.directions)
        return _measured(*numbers, target.operator or "", direction, rules.scoring)
    wanted, reached = last_day(target.text), last_day(actual.text)
    if wanted and reached:
        return ONE if _not_later(reached, wanted) else ZERO
    return _in_words(indicator, target, actual, rules.scoring)


def _measured(
    wanted: Decimal, reached: Decimal, operator: str, direction: str, scoring: Scoring
) -> Decimal:
    if operator in ("≤", "<") or (operator not in ("≥", ">") and direction == "反向"):
        return _at_most(wanted, reached, strict=operator == "<")
    if direction == "适中" and operator not in ("≥", ">"):
        return _nearness(wanted, reached)
    if operator == "=" and scoring.equal_overshoot == "proportion" and reached > wanted:
        return _nearness(wanted, reached)
    return _at_least(wanted, reached, strict=operator == ">", scoring=scoring)


def _at_least(wanted: Decimal, reached: Decimal, *, strict: bool, scoring: Scoring) -> Decimal:
    if wanted <= 0:
        return ONE if reached > wanted or (reached == wanted and not strict) else ZERO
    if strict and reached == wanted:
        return ZERO
    return completed_share(reached / wanted, scoring)


def _at_most(wanted: Decimal, reached: Decimal, *, strict: bool) -> Decimal:
    if reached < wanted or (reached == wanted and not strict):
        return ONE
    if wanted <= 0 or reached == wanted:
        return ZERO
    return wanted / reached


def _nearness(wanted: Decimal, reached: Decimal) -> Decimal:
    """1 at the target, in proportion on both sides of it."""
    if reached == wanted:
        return ONE
    if wanted <= 0 or reached <= 0:
        return ZERO
    return min(reached / wanted, wanted / reached)


def _in_words(
    indicator: Indicator, target: Target, actual: Measure, scoring: Scoring
) -> Decimal | None:
    """The top band gives full marks unless the officer says otherwise; a lower one needs a mark."""
    top = max((band.highest for band in scoring.attainments), default=ONE)
    for band in scoring.attainments:
        if band.name == indicator.attainment:
            return band.highest if band.highest == top else None
    return ONE if fold(target.measure.text) == fold(actual.text) else None


def marks_band(indicator: Indicator, scoring: Scoring) -> tuple[Decimal, Decimal] | None:
    """Return the lowest and highest marks of the band that the officer chose (达成情况)."""
    if indicator.weight is None:
        return None
    for band in scoring.attainments:
        if band.name == indicator.attainment:
            return indicator.weight * band.lowest, indicator.weight * band.highest
    return None


def last_day(text: str) -> tuple[int, int, int] | None:
    """Return the day that a text names, or the last day of the time it names; None for no time.

    `12月31日前`, `2023-12-20`, `6月底`, `第三季度`, `年底`. The year is 0 where it is not said.
    """
    folded = normalise(text)
    if matched := _ISO.search(folded):
        year, month, day = (int(part) for part in matched.groups())
        return year, month, day
    if matched := _DAY.search(folded):
        within = _PARTS_OF_MONTH.get(matched.group(4) or "", 31)
        day = int(matched.group(3)) if matched.group(3) else within
        return int(matched.group(1) or 0), int(matched.group(2)), day
    if matched := _QUARTER.search(folded):
        return int(matched.group(1) or 0), _QUARTERS[matched.group(2)], 31
    if matched := _YEAR_END.search(folded):
        return int(matched.group(1) or 0), 12, 31
    return None


def _not_later(reached: tuple[int, int, int], wanted: tuple[int, int, int]) -> bool:
    if not (reached[0] and wanted[0]):
        return reached[1:] <= wanted[1:]
    return reached <= wanted
