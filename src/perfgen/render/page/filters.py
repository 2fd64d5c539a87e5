"""How figures print: the filters of the templates, under the layout's rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from markupsafe import Markup, escape

from perfgen.figures.deviation import Deviation
from perfgen.figures.rates import Rate, RateState
from perfgen.model.days import spoken_day
from perfgen.model.layout import Rules
from perfgen.model.measure import Measure, Target
from perfgen.model.numbers import FEN_DECIMALS, YUAN, decimals_of, fixed, half_up, plain
from perfgen.model.numerals import chinese, numbered, unlabelled
from perfgen.render.page.branches import branches
from perfgen.render.page.merging import merged
from perfgen.render.page.sums import grouped_by, share_of, summed


def template_filters(rules: Rules, amount_unit: str) -> Mapping[str, Callable[..., Any]]:
    """Return the filters by the names that templates use."""
    finest = FEN_DECIMALS.get(amount_unit, 6)

    def amount(value: Decimal | None) -> str:
        """`{{ line.actual | amount }}`: 51124.43; a blank stays blank."""
        if value is None:
            return ""
        shown = half_up(value, finest) if decimals_of(value) > finest else value
        return plain(shown) if rules.trailing_zeros == "drop" else format(shown, "f")

    def yi(value: Decimal | None, decimals: int = 2) -> str:
        """`{{ line.actual | yi }}亿元`: 29.84; in 亿元, trailing zeros dropped."""
        if value is None:
            return ""
        return plain(half_up(value * YUAN[amount_unit] / YUAN["亿元"], decimals))

    def rate(value: Rate) -> str:
        """`{{ line.execution_rate | rate }}`: 99.04%, blank, or — where it is undefined."""
        if value.state is RateState.VALUE and value.ratio is not None:
            return fixed(value.ratio * 100, rules.rate_decimals) + "%"
        return "—" if value.state is RateState.UNDEFINED else ""

    def deviation(value: Deviation | None) -> str:
        """`{{ row.deviation | deviation }}`: -0.96%; 0% or 100% where texts were compared.

        A typed deviation that is explained is printed as it was typed.
        """
        if value is None:
            return ""
        if value.kept:
            return value.kept
        decimals = rules.deviation_decimals if value.measured else 0
        return fixed(value.ratio * 100, decimals) + "%"

    def rate_of(actual: Decimal | None, whole: Decimal | None) -> Rate:
        """`{{ paid | rate_of(planned) | rate }}`: the rate of two sums."""
        return share_of(actual, whole, rules)

    return {
        "amount": amount,
        "yi": yi,
        "rate": rate,
        "deviation": deviation,
        "shown": shown_value,
        "lines": lines,
        "marks": marks,
        "day": day,
        "percent": percent,
        "chinese": chinese,
        "numbered": numbered,
        "unlabelled": unlabelled,
        "merged": merged,
        "grouped": grouped_by,
        "total": summed,
        "rate_of": rate_of,
        "tree": branches,
    }


def shown_value(value: Target | Measure | None) -> str:
    """`{{ indicator.target | shown }}`: ≥6次, 有序推进; a blank stays blank."""
    return "" if value is None else value.text


def marks(value: Decimal | None) -> str:
    """`{{ item.score | marks }}`: 3.63, 9.5, 20; a blank stays blank."""
    return "" if value is None else plain(value)


def day(value: date | None) -> str:
    """`{{ report.as_of | day }}`: 2023年6月30日; a blank stays blank."""
    return "" if value is None else spoken_day(value)


def percent(ratio: Decimal | None, decimals: int | None = None) -> str:
    """`{{ project.plan["06"] | percent }}`: 0%, 47.5%; `percent(2)`: 47.50%; else blank."""
    if ratio is None:
        return ""
    return f"{plain(ratio * 100) if decimals is None else fixed(ratio * 100, decimals)}%"


def lines(text: str) -> Markup:
    """`{{ task.result | lines }}`: line breaks of the cell become line breaks of the page."""
    return Markup("<br/>").join(escape(line) for line in text.split("\n"))
