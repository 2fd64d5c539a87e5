"""Decimals: rounded half-up (四舍五入) in one place, and printed plainly."""

from decimal import Decimal

import pytest

from perfgen.model.numbers import (
    FEN_DECIMALS,
    YUAN,
    decimals_of,
    fixed,
    half_up,
    plain,
    without_dust,
)


@pytest.mark.parametrize(
    ("value", "decimals", "rounded"),
    [
        ("2.345", 2, "2.35"),
        ("2.344999", 2, "2.34"),
        ("2.5", 0, "3"),
        ("3.5", 0, "4"),  # not to the even neighbour
        ("-2.345", 2, "-2.35"),  # away from zero, as Excel's ROUND
        ("-0.004", 2, "-0.00"),
        ("0.99045", 4, "0.9905"),
        ("12", 2, "12.00"),
        ("1E+3", 0, "1000"),
    ],
)
def test_halves_are_rounded_up(value, decimals, rounded):
    assert str(half_up(Decimal(value), decimals)) == rounded


def test_the_longest_number_that_fits_a_cell_can_be_rounded():
    digits = "9" * 300
    assert half_up(Decimal(f"{digits}.005"), 2) == Decimal(f"{digits}.01")
    assert half_up(Decimal(f"{digits}.5"), 0) == Decimal(10) ** 300  # one digit more than before


def test_what_divisions_leave_behind_the_fortieth_digit_is_dust():
    assert without_dust(Decimal("1.4" + "9" * 45)) == Decimal("1.5")
    assert without_dust(Decimal("1.4" + "9" * 38)) == Decimal("1.4" + "9" * 38)
    assert without_dust(Decimal("1.4" + "9" * 39)) == Decimal("1.5")


def test_a_yuan_has_a_hundred_fen_in_every_unit():
    for unit, yuan in YUAN.items():
        assert Decimal(1).scaleb(-FEN_DECIMALS[unit]) * yuan == Decimal("0.01")
    assert YUAN["亿元"] == 10_000 * YUAN["万元"] == 100_000_000 * YUAN["元"]


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("12.50", "12.5"),
        ("40", "40"),
        ("40.00", "40"),
        ("100", "100"),
        ("1E+3", "1000"),
        ("0.00", "0"),
        ("-0", "0"),
        ("-0.00", "0"),
        ("-12.30", "-12.3"),
        ("0.000001", "0.000001"),
    ],
)
def test_amounts_print_without_exponent_and_without_zeros_at_the_end(value, printed):
    assert plain(Decimal(value)) == printed


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [("99.04", 2, "99.04"), ("100", 2, "100.00"), ("-0.001", 2, "0.00"), ("-0.96", 2, "-0.96")],
)
def test_rates_print_with_all_their_decimals_and_never_as_minus_zero(value, decimals, printed):
    assert fixed(Decimal(value), decimals) == printed


@pytest.mark.parametrize(
    ("value", "decimals"), [("1320.70", 2), ("1320", 0), ("1E+3", 0), ("0.5", 1)]
)
def test_a_decimal_knows_the_decimals_that_were_typed(value, decimals):
    assert decimals_of(Decimal(value)) == decimals
