"""How far an indicator's result is from its target (偏差情况), and whether that is adverse.

The relative rule holds for all 120 indicator rows of two published Suzhou reports.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from perfgen.figures.deadlines import kept
from perfgen.model.layout import Rules
from perfgen.model.measure import Measure, Target, normalise
from perfgen.model.names import bare_name
from perfgen.model.numbers import half_up
from perfgen.model.records import Indicator
from perfgen.model.units import factor_between, is_known


@dataclass(frozen=True, slots=True)
class Deviation:
    """A deviation (偏差) as a ratio: -0.0096 is -0.96%.

    `measured` is False where two texts, or a result and a target of 0, were compared: there it is
    0 or 1, and prints without decimals (`0%`, `100%`).
    """

    ratio: Decimal
    measured: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorFigures:
    """What follows from an indicator's target and result. `adverse` is None where unknown.

    `computed` are the marks that follow, `score` those that get printed: the typed ones (得分)
    where there are any.
    """

    indicator: Indicator
    deviation: Deviation | None
    adverse: bool | None
    computed: Decimal | None = None

    @property
    def score(self) -> Decimal | None:
        """Return the marks that get printed (得分)."""
        return self.computed if self.indicator.mark is None else self.indicator.mark


def indicator_figures(indicator: Indicator, rules: Rules, year: int = 0) -> IndicatorFigures:
    """Return the deviation of an indicator, and whether its target is missed (未达目标).

    A day that was set and kept deviates by 0, one that was missed by 1; `year` is the report's.
    """
    target, actual = indicator.target, indicator.actual
    if target is None or actual is None:
        return IndicatorFigures(indicator=indicator, deviation=None, adverse=None)
    in_time = kept(target.text, actual.text, year)
    if in_time is not None and comparable(target.measure, actual) is None:
        ratio = Decimal(int(not in_time))
        return IndicatorFigures(
            indicator=indicator,
            deviation=Deviation(ratio, measured=False),
            adverse=not in_time,
        )
    direction = indicator.direction or known_direction(indicator.name, rules.directions)
    return IndicatorFigures(
        indicator=indicator,
        deviation=deviation(target.measure, actual, rules),
        adverse=adverse(target, actual, direction),
    )


def known_direction(name: str, directions: Mapping[str, str]) -> str:
    """Return the direction that the layout knows for an indicator (指标方向), or an empty text.

    Quotation marks and spaces aside: 三公经费变动率 is “三公经费”变动率.
    """
    wanted = bare_name(name)
    return next((way for known, way in directions.items() if bare_name(known) == wanted), "")


def deviation(target: Measure, actual: Measure, rules: Rules) -> Deviation:
    """Return the deviation of `actual` from `target` (偏差情况). The operator is not used.

    Both numbers, target not 0: by the layout's rule. Target 0: 0 where the result is 0, else 1.
    Words, or what cannot be read as one number: 0 where the texts are the same, else 1.
    """
    numbers = comparable(target, actual)
    if numbers is None:
        return Deviation(Decimal(int(fold(target.text) != fold(actual.text))), measured=False)
    wanted, reached = numbers
    if wanted == 0:
        return Deviation(Decimal(int(reached != 0)), measured=False)
    ratio = DEVIATION_RULES[rules.deviation](wanted, reached, target.unit)
    return Deviation(half_up(ratio, rules.deviation_decimals + 2), measured=True)


def _relative(wanted: Decimal, reached: Decimal, unit: str) -> Decimal:
    return (reached - wanted) / wanted


def _difference(wanted: Decimal, reached: Decimal, unit: str) -> Decimal:
    return (reached - wanted) / 100 if unit == "%" else _relative(wanted, reached, unit)


DEVIATION_RULES: Mapping[str, Callable[[Decimal, Decimal, str], Decimal]] = {
    "relative": _relative,
    "difference": _difference,
}
"""relative: (actual - target) / target; difference: percentage points for percents."""


def comparable(target: Measure, actual: Measure) -> tuple[Decimal, Decimal] | None:
    """Return both numbers in one unit (1.2 万人 against 12000 人); None where one is no number.

    A number without any unit is taken to be in the unit of the other. Units of measurement are
    converted (4小时 against 1天), and units of two things never compared.
    """
    if target.number is None or actual.number is None:
        return None
    if target.unit != actual.unit and is_known(target.base_unit) and is_known(actual.base_unit):
        factor = factor_between(actual.base_unit, target.base_unit)
        if factor is None:
            return None
        return target.number, actual.number * actual.scale * factor / target.scale
    if target.scale == actual.scale or not (target.unit and actual.unit):
        return target.number, actual.number
    ours, theirs = target.base_unit, actual.base_unit
    if ours.startswith(theirs) or theirs.startswith(ours):  # 人 and 人次
        return target.number * target.scale, actual.number * actual.scale
    return None  # 10 家 against 5 万元: there is no one unit for both


def fold(text: str) -> str:
    """Return a text as it is compared: no spaces, half-width signs, no full stop at its end."""
    return normalise(unicodedata.normalize("NFKC", text)).rstrip("。.;")


def adverse(target: Target, actual: Measure, direction: str) -> bool | None:
    """Return whether the target is missed (不利偏差): by its operator, else by the direction.

    None where neither tells: a `=` target with an unknown direction, or words that differ.
    """
    numbers = comparable(target.measure, actual)
    if numbers is None:
        return False if fold(target.measure.text) == fold(actual.text) else None
    wanted, reached = numbers
    match target.operator, direction:
        case "≥", _:
            return reached < wanted
        case ">", _:
            return reached <= wanted
        case "≤", _:
            return reached > wanted
        case "<", _:
            return reached >= wanted
        case _, "正向":
            return reached < wanted
        case _, "反向":
            return reached > wanted
        case _, "适中":
            return reached != wanted
    return False if reached == wanted else None
