"""How far an indicator's result is from its target (偏差情况), and whether that is adverse.

The relative rule holds for all 120 indicator rows of two published Suzhou reports.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from perfgen.figures.comparison import Setting, compare
from perfgen.figures.remarks import NOTHING_COMPARED, Compared
from perfgen.model.layout import Rules
from perfgen.model.measure import Measure, Target
from perfgen.model.names import bare_name
from perfgen.model.numbers import half_up
from perfgen.model.records import Indicator
from perfgen.model.values import fold_value


@dataclass(frozen=True, slots=True)
class Deviation:
    """A deviation (偏差) as a ratio: -0.0096 is -0.96%.

    `measured` is False where there is no ratio (words, days, ranks, a target of 0): there it is 0
    or 1, and prints without decimals (`0%`, `100%`). `kept` is what the officer typed and has
    explained: that gets printed.
    """

    ratio: Decimal
    measured: bool
    kept: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorFigures:
    """What follows from an indicator's target and result. `adverse` is None where unknown.

    `compared` is how the two stand to each other, with all that is to be said of them. `computed`
    are the marks that follow, `score` those that get printed: the typed ones (得分) where there are
    any.
    """

    indicator: Indicator
    deviation: Deviation | None
    adverse: bool | None
    compared: Compared = NOTHING_COMPARED
    computed: Decimal | None = None

    @property
    def score(self) -> Decimal | None:
        """Return the marks that get printed (得分)."""
        return self.computed if self.indicator.mark is None else self.indicator.mark


def indicator_figures(indicator: Indicator, rules: Rules, year: int = 0) -> IndicatorFigures:
    """Return the deviation of an indicator, and whether its target is missed (未达目标).

    `year` is the report's: days without one are meant to be in it.
    """
    target, actual = indicator.target, indicator.actual
    if target is None or actual is None:
        return IndicatorFigures(indicator=indicator, deviation=None, adverse=None)
    compared = compared_indicator(indicator, target, actual, rules, year)
    return IndicatorFigures(
        indicator=indicator,
        deviation=deviation_of(compared, target.measure.value.unit, rules),
        adverse=None if compared.met is None else not compared.met,
        compared=compared,
    )


def compared_indicator(
    indicator: Indicator, target: Target, actual: Measure, rules: Rules, year: int
) -> Compared:
    """Return how an indicator's result stands to its target, with all that is known of it."""
    direction = indicator.way or known_direction(indicator.name, rules.directions)
    setting = Setting(
        year=year, direction=direction, name=indicator.name, tolerance=rules.about_tolerance
    )
    return compare(target, actual, setting)


def known_direction(name: str, directions: Mapping[str, str]) -> str:
    """Return the direction that the layout knows for an indicator (指标方向), or an empty text.

    Quotation marks and spaces aside: 三公经费变动率 is “三公经费”变动率.
    """
    wanted = bare_name(name)
    return next((way for known, way in directions.items() if bare_name(known) == wanted), "")


def deviation(target: Measure, actual: Measure, rules: Rules) -> Deviation | None:
    """Return the deviation of `actual` from `target` (偏差情况). The operator is not used.

    Both numbers, target not 0: by the layout's rule. Target 0: 0 where the result is 0, else 1.
    Words, days and ranks: 0 where the target was met, else 1. None where the two cannot be
    compared.
    """
    return deviation_of(compare(Target(target), actual, Setting()), target.value.unit, rules)


def deviation_of(compared: Compared, unit: str, rules: Rules) -> Deviation | None:
    """Return the deviation that follows from a comparison; `unit` is the target's."""
    if compared.numbers is None:
        return None if compared.same is None else Deviation(Decimal(not compared.same), False)
    wanted, reached = compared.numbers
    if wanted == 0:
        return Deviation(Decimal(int(reached != 0)), measured=False)
    ratio = DEVIATION_RULES[rules.deviation](wanted, reached, unit)
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
    """Return both numbers in one unit (1.2 万人 against 12000 人); None where there is no ratio."""
    return compare(Target(target), actual, Setting()).numbers


def fold(text: str) -> str:
    """Return a text as it is compared: no spaces, half-width signs, no full stop at its end."""
    return fold_value(text)


def adverse(target: Target, actual: Measure, direction: str) -> bool | None:
    """Return whether the target is missed (不利偏差): by its operator, else by the direction.

    None where neither tells: a `=` target with an unknown direction, or words that differ.
    """
    met = compare(target, actual, Setting(direction=direction)).met
    return None if met is None else not met
