"""Decimals: the one place where anything is rounded (四舍五入), and plain printing."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from fractions import Fraction
from functools import lru_cache

YUAN = {"元": Decimal(1), "万元": Decimal(10) ** 4, "亿元": Decimal(10) ** 8}
"""The units of money (金额单位), in 元."""


FEN_DECIMALS = {"元": 2, "万元": 6, "亿元": 10}
"""Decimals at which an amount reaches 分, the smallest unit of money: nothing prints beyond it."""

WORKING = 60
"""Digits that long computations carry; more than forty of them are never looked at."""


def without_dust(value: Decimal) -> Decimal:
    """Return a computed value without what divisions leave at its end: 1.4999…9 is 1.5."""
    with localcontext() as context:
        context.prec = WORKING - 20
        return +value


def half_up(value: Decimal, decimals: int) -> Decimal:
    """Return `value` rounded half-up (四舍五入) to `decimals` places: 2.345 → 2.35."""
    digits = value.adjusted() + decimals + 2
    context = _ROUNDING if digits <= _ROUNDING.prec else Context(prec=digits)
    return value.quantize(_place(decimals), rounding=ROUND_HALF_UP, context=context)


_ROUNDING = Context(prec=50)


@lru_cache(maxsize=256)
def _place(decimals: int) -> Decimal:
    """The last place that is kept: 0.01 for two decimals."""
    return Decimal(1).scaleb(-decimals)


def part_of(whole: Decimal, share: Fraction) -> Decimal:
    """Return this part of `whole`, divided once, at the end: 3 × 299/600 is 1.495, a tie."""
    return whole * share.numerator / share.denominator


def decimals_of(value: Decimal) -> int:
    """Return how many decimals a finite Decimal carries: 1320.70 → 2, 1E+3 → 0."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def plain(value: Decimal) -> str:
    """Return digits without exponent or trailing zeros: 12.50 → 12.5, 1E+3 → 1000, -0 → 0."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def fixed(value: Decimal, decimals: int) -> str:
    """Return digits with exactly `decimals` places, rounded half-up; never `-0.00`."""
    rounded = half_up(value, decimals)
    return format(abs(rounded) if rounded == 0 else rounded, "f")
