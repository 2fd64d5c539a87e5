"""Places on a scale (等次、级别、星级): which is the higher one, where two can be compared."""

import pytest

from perfgen.model.standings import standing_of


@pytest.mark.parametrize(
    ("lower", "higher"),
    [
        ("3A级", "4A级"), ("AAA", "4A"), ("B级", "A级"), ("D级", "B级"), ("三星级", "5星级"),
        ("二等奖", "一等奖"), ("一等奖", "特等奖"), ("乙级", "甲级"), ("市级示范校", "省级示范校"),
        ("基本满意", "满意"), ("比较满意", "满意"), ("一般", "较满意"), ("良好", "优秀"),
    ],
)  # fmt: skip
def test_of_two_on_one_scale_one_is_higher(lower, higher):
    first, second = standing_of(lower), standing_of(higher)
    assert first.scale == second.scale
    assert first.place < second.place


@pytest.mark.parametrize(
    ("one", "other"), [("4A级", "AAAA级"), ("一星", "1星级"), ("优秀及以上", "优秀")]
)
def test_of_two_ways_to_write_it_both_are_one(one, other):
    assert standing_of(one) == standing_of(other)


@pytest.mark.parametrize("text", ["2B级", "3AA级", "六星级", "A", "走访企业", ""])
def test_what_is_no_place_on_a_scale_is_none(text):
    assert standing_of(text) is None


def test_scales_of_different_things_do_not_compare():
    assert standing_of("省级示范校").scale != standing_of("省级园区").scale
