"""Numbers of lists as they are typed, beside numbers that only look like one."""

import pytest

from perfgen.checks.common.numbering import marks


@pytest.mark.parametrize(
    ("paragraph", "numbers"),
    [
        ("1.年初制定培训计划。", [1]),
        ("2.年底前完成验收。", [2]),
        ("2、16个监测点全部建成。", [2]),
        ("3.12月底前完成。", [3]),
        ("1.2023年组织演练4场。", [1]),
        ("1.5公里管网已更新。", []),
        ("3.8万人受益。", []),
        ("2.日常巡查。", []),
    ],
)
def test_a_number_of_a_list_is_told_from_an_amount(paragraph, numbers):
    assert [mark.value for mark in marks(paragraph)] == numbers
