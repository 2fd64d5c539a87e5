"""What an officer sees in a cell is what perfgen takes: number formats and date formats."""

from datetime import date
from decimal import Decimal

import pytest

from perfgen.workbook.formats import parse_format, show_day


@pytest.mark.parametrize(
    ("number", "number_format", "seen"),
    [
        ("12.5", "General", "12.5"),
        ("12.5", "G/通用格式", "12.5"),
        ("12.50", "@", "12.5"),
        ("12.5", "0.00", "12.50"),
        ("12.345", "0.00", "12.35"),
        ("12.5", "0.0#", "12.5"),
        ("0.9904", "0.00%", "99.04%"),
        ("0.99", "0.00%", "99.00%"),
        ("1", "0%", "100%"),
        ("99", '0"%"', "99%"),  # a percent sign that is only a word
        ("99", r"0\%", "99%"),
        ("5", '0"次"', "5次"),
        ("5", '[>=5]0"次";0', "5次"),
        ("6", '"≥"0"次"', "≥6次"),
        ("5", '"General"0', "General5"),
        ("5", 'General"次"', "5次"),
        ("1234.5", "#,##0.00", "1234.50"),
        ("12.5", "_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ", "12.50"),
        ("-12.5", "0.00_);(0.00)", "-12.50"),
        ("7", "000", "007"),
        ("-0.4", "#,##0", "0"),
        ("3", "0元/月", "3元/月"),
        ("12345", "0.00E+00", "12345"),
        ("0.5", "# ?/?", "0.5"),
        ("3", '0"年"00"月"', "3"),
        ("3", ";;;", "3"),
    ],
)
def test_a_number_reads_as_it_is_shown(number, number_format, seen):
    assert parse_format(number_format).show(Decimal(number)) == seen


@pytest.mark.parametrize("number_format", ["0.00,", "#,##0,,", "0!.0,", '0!.0000,"万元"'])
def test_a_format_that_shows_thousands_is_told_apart(number_format):
    assert parse_format(number_format).scaled
    assert not parse_format("#,##0.00").scaled


@pytest.mark.parametrize(
    ("number_format", "seen"),
    [
        ("yyyy-mm-dd", "2023年12月31日"),
        ("[$-804]yyyy/m/d", "2023年12月31日"),
        ("yyyy/m/d h:mm", "2023年12月31日"),
        ("General", "2023年12月31日"),
        ('m"月"d"日"', "12月31日"),
        ("d-mmm", "12月31日"),
        ('yyyy"年"m"月"', "2023年12月"),
        ("yyyy", "2023年"),
    ],
)
def test_a_day_reads_with_the_parts_that_are_shown(number_format, seen):
    assert show_day(date(2023, 12, 31), number_format) == seen
