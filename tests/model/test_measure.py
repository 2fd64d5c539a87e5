"""Targets and results as officers write them, and what perfgen understands (指标值)."""

from decimal import Decimal

import pytest

from perfgen.model.measure import Measure, Target, normalise, spell_operator


@pytest.mark.parametrize(
    ("typed", "number", "unit", "printed"),
    [
        ("99.04%", "99.04", "%", "99.04%"),
        ("９９．０４％", "99.04", "%", "99.04%"),
        ("52个", "52", "个", "52个"),
        ("52 个", "52", "个", "52个"),
        ("１２人次", "12", "人次", "12人次"),
        ("1,234.5万元", "1234.5", "万元", "1234.5万元"),
        ("1，234次", "1234", "次", "1234次"),
        ("-5%", "-5", "%", "-5%"),
        ("－5%", "-5", "%", "-5%"),
        ("−5%", "-5", "%", "-5%"),  # the minus sign of Word
        ("+5%", "5", "%", "+5%"),
        (".5", "0.5", "", ".5"),
        ("0", "0", "", "0"),
        ("5次以上", "5", "次以上", "5次以上"),
        ("100%，全部完成", "100", "%，全部完成", "100%，全部完成"),
    ],
)
def test_one_number_with_its_unit(typed, number, unit, printed):
    value = Measure.parse(typed)
    assert (value.number, value.unit, value.text) == (Decimal(number), unit, printed)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("０９ＡＺａｚ＝＞＜％．＋－", "09AZaz=><%.+-"),
        ("：；［］｛｝（），。", "：；［］｛｝（），。"),
        ("１，２３４家，其中　５家", "1,234家，其中5家"),
    ],
)
def test_digits_letters_and_signs_are_folded_and_punctuation_is_kept(typed, folded):
    assert normalise(typed) == folded


@pytest.mark.parametrize(
    "typed",
    [
        "有序推进",
        "全省前二",
        "市级20家，其中省级10家",
        "20余家",
        "10多场",
        "5左右",
        "3-5次",
        "3～5次",
        "3至5次",
        "2023-06-30",
        "12月31日前",
        "6月底前",
        "2023年底",
        "2024年",
        "15日前",
        "约20次",
        "1.2.3",
        "12,34",
        "20 30",
        "5 6次",
        "1E3",
        "三次",
        "无",
        "NaN",
        "Infinity",
    ],
)
def test_what_is_no_single_number_stays_words_as_typed(typed):
    value = Measure.parse(typed)
    assert (value.number, value.text) == (None, typed)


def test_the_unit_given_apart_is_used_where_the_text_has_none():
    assert Measure.parse("99.04", unit="%").text == "99.04%"
    assert Measure.parse("99.04%", unit="次").text == "99.04%"
    assert Measure.parse("有序推进", unit="%").text == "有序推进"


@pytest.mark.parametrize(
    ("typed", "scale", "unit"),
    [
        ("1.2万人", 10**4, "人"),
        ("12000人", 1, "人"),
        ("69.05亿美元", 10**8, "美元"),
        ("3千万元", 10**7, "元"),
        ("3百万元", 10**6, "元"),
        ("1.5万亿元", 10**12, "元"),
        ("2个百分点", 1, "个百分点"),
        ("5百人", 1, "百人"),
    ],
)
def test_thousands_and_millions_are_part_of_the_unit(typed, scale, unit):
    value = Measure.parse(typed)
    assert (value.scale, value.base_unit) == (scale, unit)


@pytest.mark.parametrize(
    ("typed", "operator", "number", "printed"),
    [
        ("=100%", "=", "100", "=100%"),
        ("＝100％", "=", "100", "=100%"),
        ("==100%", "=", "100", "=100%"),
        (">=6次", "≥", "6", "≥6次"),
        ("=>6次", "≥", "6", "≥6次"),
        ("≥ 6 次", "≥", "6", "≥6次"),
        ("≧6次", "≥", "6", "≥6次"),
        ("＞=6次", "≥", "6", "≥6次"),
        ("<=0%", "≤", "0", "≤0%"),
        ("≤0%", "≤", "0", "≤0%"),
        (">5", ">", "5", ">5"),
        ("＜5", "<", "5", "<5"),
        ("≥1,200人", "≥", "1200", "≥1200人"),
        ("100%", None, "100", "100%"),
    ],
)
def test_an_operator_in_front_is_understood_however_it_is_written(typed, operator, number, printed):
    target = Target.parse(typed)
    assert target.operator == operator
    assert target.measure.number == Decimal(number)
    assert target.text == printed


@pytest.mark.parametrize(
    ("typed", "operator", "number"),
    [
        ("不低于90%", "≥", "90"),
        ("至少6次", "≥", "6"),
        ("大于等于6次", "≥", "6"),
        ("大于或等于6次", "≥", "6"),
        ("大于6次", ">", "6"),
        ("不超过3起", "≤", "3"),
        ("90%以上", "≥", "90"),
        ("90%及以上", "≥", "90"),
        ("3起以内", "≤", "3"),
    ],
)
def test_spoken_operators_count_and_print_as_spoken(typed, operator, number):
    target = Target.parse(typed)
    assert (target.operator, target.measure.number) == (operator, Decimal(number))
    assert target.text == typed


def test_an_operator_and_a_unit_may_stand_in_columns_of_their_own():
    target = Target.parse("6", operator="≥", unit="次")
    assert target.text == "≥6次"
    assert Target.parse("≥6次", operator="≥").text == "≥6次"
    assert Target.parse("不低于6次", operator="≥").text == "不低于6次"


def test_words_print_without_an_operator_that_was_only_given_apart():
    assert Target.parse("有序推进", operator="=").text == "有序推进"
    assert Target.parse("=有序推进").text == "=有序推进"


@pytest.mark.parametrize(
    ("typed", "operator"),
    [("≥6次", "="), ("=100%", "≥"), ("不低于6次", "≤"), ("3起以内", "≥"), ("增幅≥5%", "≤")],
)
def test_operators_that_contradict_each_other_are_refused(typed, operator):
    with pytest.raises(ValueError, match="不一致"):
        Target.parse(typed, operator=operator)


@pytest.mark.parametrize(
    ("typed", "operator", "printed"),
    [
        ("全省前3", "=", "全省前3"),
        ("12:00前", "=", "12:00前"),
        ("3日内", "=", "3日内"),
        ("3-5次", "≥", "3-5次"),
        ("约20次", "≥", "约20次"),
        ("增长5%", "≥", "增长5%"),
        ("每月1次", "=", "每月1次"),
        ("一次", "≥", "≥一次"),
        ("增幅≥5%", "≥", "增幅≥5%"),
    ],
)
def test_an_operator_given_apart_does_not_change_what_a_target_says(typed, operator, printed):
    assert Target.parse(typed, operator=operator).text == printed


@pytest.mark.parametrize("typed", ["=", "≥", "＞＝", ">= "])
def test_an_operator_with_nothing_behind_it_is_refused(typed):
    with pytest.raises(ValueError, match="只有符号"):
        Target.parse(typed)


@pytest.mark.parametrize(
    ("typed", "operator"),
    [("＝", "="), (">=", "≥"), (" ≥ ", "≥"), ("不低于", "≥"), ("小于", "<"), ("约", None)],
)
def test_the_operator_column_takes_signs_and_words(typed, operator):
    assert spell_operator(typed) == operator
