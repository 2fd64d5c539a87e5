"""A finding stands in the cell to mend, where that cell can be told from the others."""

from decimal import Decimal

import pytest

from perfgen.checks.common.odd_part import odd_part
from workbooks.make import put

PLAIN = {"F3": 95.5, "F5": 61.83, "F6": 39.5, "C3": 128.4, "C5": 60, "C6": 45}


@pytest.fixture
def table(book):
    """A budget table whose totals are filled in."""
    for cell, value in PLAIN.items():
        put(book, f"预算信息!{cell}", value)
    put(put(book, "预算信息!F2", 196.83), "预算信息!F4", 101.33)
    return put(put(book, "预算信息!C2", 233.4), "预算信息!C4", 105)


def first(checked, book, code):
    return next(one for one in checked(book).findings if one.code == code)


@pytest.mark.parametrize(
    ("cell", "typed", "said"),
    [
        ("F5", 68.13, "甲项目的 68.13 如果是 61.83，就对得上"),
        ("F6", 395, "乙项目的 395 如果是 39.5，就对得上"),
        ("C3", 124.8, "基本支出的 124.8 如果是 128.4，就对得上"),
    ],
)
def test_a_part_with_digits_exchanged_or_its_point_moved(checked, table, cell, typed, said):
    finding = checked(put(table, f"预算信息!{cell}", typed)).causes[0].finding
    assert (finding.code, str(finding.ref)) == ("PG101", f"预算信息!{cell}")
    assert finding.message.endswith(said)


def test_a_total_with_digits_exchanged_is_off_itself(checked, table):
    finding = checked(put(table, "预算信息!F4", 110.33)).causes[0].finding
    assert (finding.code, str(finding.ref)) == ("PG101", "预算信息!F4")


def test_the_text_tells_which_part_is_off_where_no_slip_does(checked, table):
    put(table, "文字部分!B2", "基本支出95.5万元，甲项目支出61.83万元。")
    finding = first(checked, put(table, "预算信息!F5", 66.83), "PG101")
    assert str(finding.ref) == "预算信息!F5"


def nothing_told(_):
    return False


def test_the_only_part_that_a_slip_explains_is_blamed():
    values = [Decimal("41.2"), Decimal("38.1"), Decimal(25)]
    odd = odd_part(values, Decimal("131.3"), nothing_told)
    assert (odd.place, odd.typed, odd.meant) == (2, 25, 52)


def test_nothing_is_blamed_where_two_parts_may_be_off():
    values = [Decimal(14), Decimal(25), Decimal(36)]  # 41 or 52 or 63
    assert odd_part(values, Decimal(102), nothing_told) is None


def test_numbers_of_people_confirm_no_amount(checked, table):
    put(table, "文字部分!B2", "培训395人次，受益68.13万人。")
    finding = first(checked, put(table, "预算信息!F6", 395), "PG101")
    assert str(finding.ref) == "预算信息!F6"


def test_a_table_that_two_sentences_contradict_is_off_itself(checked, table):
    put(table, "文字部分!B2", "甲项目实际支出61.83万元，执行率93.68%。")
    put(put(table, "预算信息!F2", None), "预算信息!F4", None)
    cause = checked(put(table, "预算信息!F5", 63.18)).causes[0]
    assert (cause.finding.code, str(cause.finding.ref)) == ("PG301", "预算信息!F5")
    assert "多半是这一格填错" in cause.finding.message
    assert cause.finding.hint.startswith("是不是 61.83？")
    assert [str(one.ref) for one in cause.follows] == ["文字部分!B2"]


def test_one_sentence_against_the_table_stands_at_the_sentence(checked, table):
    put(table, "文字部分!B2", "甲项目实际支出63.18万元，执行率93.68%。")
    finding = first(checked, table, "PG301")
    assert str(finding.ref) == "文字部分!B2"


def test_a_result_that_two_texts_contradict_is_off_itself(checked, book):
    put(book, "文字部分!B2", "全年走访企业526家。")
    put(book, "重点任务!C4", "走访企业526家。")
    put(put(book, "绩效指标!E4", "≥500家"), "绩效指标!J4", None)
    cause = checked(put(book, "绩效指标!G4", "562家")).causes[0]
    assert str(cause.finding.ref) == "绩效指标!G4"
    assert "526家" in cause.finding.hint


def test_a_miss_without_a_reason_that_the_text_denies_is_off_itself(checked, book):
    put(book, "重点任务!C4", "补贴发放率100%。")
    for cell, value in {"B4": "补贴发放率", "E4": "=100%", "G4": "83.7%", "J4": None}.items():
        put(book, f"绩效指标!{cell}", value)
    cause = checked(book).causes[0]
    assert str(cause.finding.ref) == "绩效指标!G4"
    put(book, "绩效指标!J4", "部分对象账户未开通。")
    assert [str(one.ref) for one in checked(book).findings if one.code == "PG301"] == [
        "重点任务!C4"
    ]


@pytest.mark.parametrize(
    ("name", "target", "actual", "meant"),
    [
        ("设施完好率", "≥96%", "79.2%", "97.2%"),
        ("走访企业数量", "≥500家", "52家", "520家"),
        ("项目竣工时间", "10月底前", "11月18日", "2023年10月18日"),
        ("项目竣工时间", "2023年12月底前", "2024年12月15日", "2023年12月15日"),
        ("补贴发放时间", "9月20日前", "12月9日", "2023年9月12日"),
    ],
)
def test_a_miss_without_a_reason_that_is_one_slip_away(checked, book, name, target, actual, meant):
    for cell, value in {"B4": name, "E4": target, "G4": actual, "J4": None}.items():
        put(book, f"绩效指标!{cell}", value)
    put(book, "重点任务!C4", "都做完了。")
    finding = first(checked, book, "PG202")
    assert (str(finding.ref), meant in finding.message) == ("绩效指标!G4", True)


@pytest.mark.parametrize(
    ("name", "target", "actual"),
    [
        ("设施完好率", "≥96%", "93%"),
        ("走访企业数量", "≥500家", "430家"),
        ("项目竣工时间", "6月底前", "11月18日"),
    ],
)
def test_a_miss_that_no_slip_explains_wants_its_reason(checked, book, name, target, actual):
    for cell, value in {"B4": name, "E4": target, "G4": actual, "J4": None}.items():
        put(book, f"绩效指标!{cell}", value)
    put(book, "重点任务!C4", "都做完了。")
    assert str(first(checked, book, "PG202").ref) == "绩效指标!J4"
