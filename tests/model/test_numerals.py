"""Chinese numerals (中文数字): what each stands for, and what is no number."""

from decimal import Decimal

import pytest

from perfgen.model.numerals import chinese, number_of


@pytest.mark.parametrize(
    ("numeral", "number"),
    [
        ("三", "3"),
        ("十", "10"),
        ("十五", "15"),
        ("二十", "20"),
        ("一百零二", "102"),
        ("一百二十", "120"),
        ("三千五百", "3500"),
        ("两百", "200"),
        ("二〇二三", "2023"),
        ("二零二三", "2023"),
        ("九十五点六", "95.6"),
        ("零点零五", "0.05"),
    ],
)
def test_a_numeral_is_a_number(numeral, number):
    assert number_of(numeral) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "甲",
        "三四",
        "十百",
        "百千",
        "一百二",
        "一千二",
        "点五",
        "九十五点",
        "九十五点十",
        "一" * 40,
    ],
)
def test_what_is_no_numeral_or_may_be_two_is_none(text):
    assert number_of(text) is None


@pytest.mark.parametrize(
    ("number", "written"),
    [(1, "一"), (9, "九"), (10, "十"), (12, "十二"), (20, "二十"), (47, "四十七")],
)
def test_a_number_is_written_as_a_numeral(number, written):
    assert chinese(number) == written
