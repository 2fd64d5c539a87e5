"""PG352: what an indicator lacks, what a line has left, the rate behind a line's own amount."""

import pytest

from workbooks.make import put


@pytest.fixture
def told(checked, book):
    for place, value in {
        "绩效指标!B4": "安装庭院路灯数量",
        "绩效指标!E4": "≥60盏",
        "绩效指标!G4": "52盏",
        "预算信息!A5": "港区照明改造",
        "预算信息!F5": 51.38,
    }.items():
        put(book, place, value)

    def tell(text):
        put(book, "文字部分!B2", text)
        return [one.message for one in checked(book).findings if one.code == "PG352"]

    return tell


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("还有9盏庭院路灯没有安装。", "8盏"),
        ("安装庭院路灯52盏，尚差18盏。", "8盏"),
        ("支出最慢的是港区照明，结余16.42万元。", "14.62万元"),
        ("港区照明51.38万元（78.75%）。", "77.85%"),
    ],
)
def test_a_number_that_is_not_its_rows(told, text, wanted):
    (message,) = told(text)
    assert f"算出来是 {wanted}" in message


RIGHT = """还有8盏庭院路灯没有安装，居民反映草坪灯9盏没有亮。
全年巡查没有发现问题的路口36个。
港区照明改造进度偏慢，结余14.62万元；人员经费结余2.3万元。
港区照明改造51.38万元（77.85%），其中灯具款38.2万元（74.35%）。
截至三季度末，还有20盏庭院路灯没有安装。"""


def test_right_numbers_and_those_of_other_things_are_left_alone(told):
    assert told(RIGHT) == []
