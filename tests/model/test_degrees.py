"""Words of degree, classes and refusals (定性指标): what one says of the other."""

import pytest

from perfgen.model.degrees import Degree, class_of_water, degree_of, degree_reached, is_at_least


@pytest.mark.parametrize(
    ("text", "degree"),
    [
        ("显著提升", Degree(3, "提升")),
        ("提升显著", Degree(3, "提升")),
        ("明显", Degree(3, "")),
        ("较大幅度提高", Degree(2, "提高")),
        ("较为明显地改善", Degree(2, "改善")),
        ("有所下降", Degree(1, "下降")),
        ("得到一定程度改善", Degree(1, "改善")),
        ("小幅增长", Degree(1, "增长")),
        ("逐步优化", Degree(1, "优化")),
        ("取得明显成效", Degree(3, "")),
        ("有效提升", None),
        ("提升", None),
        ("显著提升" * 7, None),
    ],
)
def test_how_much_a_word_says(text, degree):
    assert degree_of(text) == degree


def test_a_degree_may_have_as_many_characters_as_a_cell_of_words_has():
    longest = "得到" + "较大幅度" + "地" + "提高" + "效果"
    assert degree_of(longest) == Degree(2, "提高")


@pytest.mark.parametrize(
    ("wanted", "reached", "kept"),
    [
        ("明显提高", "显著提升", True),
        ("有所提高", "明显提高", True),
        ("明显提高", "有所提高", False),
        ("明显提高", "较明显提高", None),  # one word less is not yet a failure
        ("较大提高", "略有提高", None),
        ("明显提高", "明显下降", None),
        ("明显", "明显下降", True),
        ("明显提高", "提高", None),
    ],
)
def test_a_degree_is_reached_by_as_much_of_the_same(wanted, reached, kept):
    assert degree_reached(wanted, reached) is kept


@pytest.mark.parametrize(
    ("text", "number"),
    [("Ⅲ类", 3), ("达到地表水Ⅱ类标准", 2), ("水质达到II类标准", 2), ("劣Ⅴ类", 6), ("V类", 5),
     ("Ⅰ类水", 1), ("稳定达到Ⅳ类及以上", 4), ("三类", None)],
)  # fmt: skip
def test_classes_of_water(text, number):
    assert class_of_water(text) == number


@pytest.mark.parametrize(
    ("wanted", "reached", "same"),
    [("A级以上", "A级", True), ("Ａ级及以上", "A级", True), ("不低于合格等次", "合格", True),
     ("A级以上", "B级", False), ("至少" + "甲" * 12, "甲" * 12, True),
     ("至少" + "甲" * 13, "甲" * 13, False)],
)  # fmt: skip
def test_the_least_that_was_asked_for(wanted, reached, same):
    assert is_at_least(wanted, reached) is same
