"""What may stand in a cell of each kind, and what it means. What may not: workbooks/make.py."""

from datetime import date
from decimal import Decimal

import pytest

from perfgen.model.cells import CellRef
from perfgen.model.layout import Column
from perfgen.workbook.kinds import Around, Unreadable, parse_cell
from perfgen.workbook.raw import RawCell


def parsed(value, kind, *, number_format="General", formula="", unit="万元", choices=(), year=0):
    """What perfgen takes a cell for, in a column of this kind."""
    cell = RawCell(CellRef("自评.xlsx", "表", 2, 1), value, formula, number_format)
    column = Column(header="列", role="x.y", kind=kind, choices=choices)
    return parse_cell(cell, column, Around(unit, year))


# --- nothing there -------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["amount", "percent", "date"])
@pytest.mark.parametrize("blank", ["", "—", "——", "－", "-", "--", "–", "/", "／", "无"])
def test_what_officers_write_for_nothing_is_nothing(kind, blank):
    assert parsed(blank, kind) is None


@pytest.mark.parametrize("kind", ["target", "measure", "operator"])
@pytest.mark.parametrize("mark", ["—", "/", "-", "无"])
def test_a_mark_for_nothing_is_kept_to_be_printed(kind, mark):
    assert parsed(mark, kind) == mark
    assert parsed("", kind) is None


def test_none_may_be_a_result_in_words():
    assert parsed("无", "measure") == "无"


# --- amounts -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1234.50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1，234.50", "1234.50"),
        ("１２３４．５０", "1234.50"),
        ("12,345,678.9", "12345678.9"),
        ("¥12", "12"),
        ("￥1,200.00", "1200.00"),
        ("12万元", "12"),
        ("12 万元", "12"),
        ("- 12.5", "-12.5"),
        ("¥ 12", "12"),
        ("(12.5)", "-12.5"),
        ("（12.5）", "-12.5"),
        ("-12.5", "-12.5"),
        ("−12.5", "-12.5"),
        ("–12.5", "-12.5"),
        ("+12.5", "12.5"),
        (".5", "0.5"),
        ("0", "0"),
        ("-0", "0"),
        ("007", "7"),
    ],
)
def test_amounts_typed_as_text(typed, amount):
    assert parsed(typed, "amount") == Decimal(amount)
    assert str(parsed("1234.50", "amount")) == "1234.50"  # the decimals that were typed


def test_the_decimals_that_the_officer_sees_are_kept():
    assert str(parsed(Decimal("1320.7"), "amount", number_format="0.00")) == "1320.70"
    assert str(parsed(Decimal("1320.755"), "amount", number_format="0.00")) == "1320.755"
    assert str(parsed(Decimal("1320.7"), "amount")) == "1320.7"


@pytest.mark.parametrize(
    ("stored", "amount"),
    [("-2.77555756156289E-17", "0"), ("33.3333333333333", "33.3333333333"), ("1E-11", "0")],
)
def test_what_formulas_leave_beyond_the_last_fen_is_dust(stored, amount):
    assert parsed(Decimal(stored), "amount") == Decimal(amount)


@pytest.mark.parametrize(
    ("typed", "unit", "amount"),
    [
        ("12元", "元", "12"),
        ("500元", "万元", "0.05"),
        ("12万元", "元", "120000"),
        ("0.05亿元", "万元", "500"),
        ("854万", "万元", "854"),
        ("854.00元整", "元", "854.00"),
        ("1.2亿", "万元", "12000"),
        ("5 661.17", "万元", "5661.17"),
        ("1 234 567.5", "元", "1234567.5"),
        ("'5661.17", "万元", "5661.17"),
        ("4.5E4", "元", "45000"),
    ],
)
def test_an_amount_in_another_unit_of_money_is_converted(typed, unit, amount):
    assert parsed(typed, "amount", unit=unit) == Decimal(amount)


@pytest.mark.parametrize(
    "typed",
    ["12,34", "1,2345", "1,234,56", "12.3.4", "十二", "12家", "约12", "12-15", "1E300", "NaN",
     "inf",
     "①", "5²", "12%%", "¥", "()", "1 2 a",
     "12 34", "12\n34", "12  34", "12 ,34", "1,2 34", "12.", "=12"],
)  # fmt: skip
def test_what_is_no_plain_number_is_never_guessed(typed):
    with pytest.raises(Unreadable, match="不是数字"):
        parsed(typed, "amount")


@pytest.mark.parametrize("typed", ["1" + "0" * 15, Decimal("1E+15"), "-" + "9" * 40])
def test_an_amount_with_more_digits_than_excel_keeps_is_refused(typed):
    with pytest.raises(Unreadable, match="超过 15 位"):
        parsed(typed, "amount")


# --- rates ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "number_format", "ratio"),
    [
        ("99.04%", "@", "0.9904"),
        ("９９.０４％", "@", "0.9904"),
        ("99.04", "@", "0.9904"),
        (Decimal("0.9904"), "0.00%", "0.9904"),
        (Decimal("2.5"), "0.00%", "2.5"),  # 250.00%
        (Decimal("0.9904"), "General", "0.9904"),
        (Decimal("99.04"), "General", "0.9904"),
        (Decimal("99.04"), '0.00"%"', "0.9904"),
        (Decimal(1), "0%", "1"),
    ],
)
def test_a_rate_may_be_a_number_a_percent_or_text(typed, number_format, ratio):
    assert parsed(typed, "percent", number_format=number_format) == Decimal(ratio)


# --- texts and choices ---------------------------------------------------------------------------


def test_a_name_stands_on_one_line():
    assert parsed("租金、\n物业管理费", "text") == "租金、物业管理费"
    assert parsed("Phase 1\nand 2", "text") == "Phase 1 and 2"


def test_a_number_or_a_day_in_a_text_column_reads_as_it_is_seen():
    assert parsed(Decimal(2023), "text") == "2023"
    assert parsed(date(2023, 6, 30), "text", number_format="yyyy-mm-dd") == "2023年6月30日"


def test_paragraphs_are_kept_and_empty_lines_between_them_are_not():
    assert parsed("第一段\n\n\n第二段", "long") == "第一段\n第二段"


@pytest.mark.parametrize("typed", ["项目支出", " 项目支出", "项目 支出", "项目\n支出"])
def test_spaces_do_not_matter_in_a_choice(typed):
    assert parsed(typed, "choice", choices=("基本支出", "项目支出")) == "项目支出"


def test_full_width_letters_do_not_matter_in_a_choice():
    assert parsed("Ａ级（一）", "choice", choices=("A级(一)",)) == "A级(一)"


@pytest.mark.parametrize(
    ("typed", "operator"),
    [("≥", "≥"), (">=", "≥"), ("＝", "="), ("不低于", "不低于"), ("定性", "定性")],
)
def test_the_operator_column(typed, operator):
    assert parsed(typed, "operator") == operator


# --- targets and results -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stored", "number_format", "seen"),
    [
        (Decimal("0.9904"), "0.00%", "99.04%"),
        (Decimal("0.99"), "0.00%", "99.00%"),
        (Decimal(1), "0%", "100%"),
        (Decimal(52), "General", "52"),
        (Decimal(52), '0"个"', "52个"),
        (date(2023, 12, 31), 'm"月"d"日"', "12月31日"),
        ("有序\n推进", "@", "有序推进"),
    ],
)
def test_a_result_reads_as_the_cell_shows_it(stored, number_format, seen):
    assert parsed(stored, "measure", number_format=number_format) == seen


@pytest.mark.parametrize(
    ("formula", "value", "target"),
    [
        ("=100%", Decimal(1), "=100%"),
        ("=100%", None, "=100%"),
        ("=2次", None, "=2次"),
        ('="2次"', "2次", "=2次"),
        ("= 1,200", Decimal(1200), "=1,200"),
    ],
)
def test_a_target_that_excel_took_for_a_formula_is_still_the_target(formula, value, target):
    assert parsed(value, "target", formula=formula) == target
    assert parsed(value, "measure", formula=formula) == target.removeprefix("=")


def test_a_real_formula_counts_by_its_result():
    assert parsed("≥6次", "target", formula='="≥"&A1&"次"') == "≥6次"
    assert parsed(Decimal(5), "measure", formula="=2+3") == "5"


# --- dates and years -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        date(2023, 6, 30),
        "2023-06-30",
        "2023-6-30",
        "2023/6/30",
        "2023.6.30",
        "2023年6月30日",
        "2023 年 6 月 30 日",
        "２０２３年６月３０日",
        "2023-06-30 14:05:00",
        "20230630",
        Decimal(20230630),
        Decimal(45107),  # Excel's own number of that day
        Decimal("45107.587"),
    ],
)
def test_a_day_is_understood_however_it_is_written(typed):
    assert parsed(typed, "date") == date(2023, 6, 30)


@pytest.mark.parametrize(
    "typed",
    ["2023-02-30", "20231301", Decimal(20230230), "2023年6月", "6月30日", "2023", Decimal(2023),
     Decimal("2023.63"), "昨天", date(1905, 7, 15), date(2999, 1, 1)],
)  # fmt: skip
def test_what_is_no_day_of_our_time_is_refused(typed):
    with pytest.raises(Unreadable):
        parsed(typed, "date")


@pytest.mark.parametrize(
    "typed",
    [
        "2023",
        "2023年",
        "2023年度",
        "２０２３年度",
        " 2023 年",
        "2023.0",
        Decimal(2023),
        date(2023, 1, 1),
    ],
)
def test_a_year_is_understood_however_it_is_written(typed):
    assert parsed(typed, "year") == 2023
    assert parsed(Decimal(2023), "year", number_format="0.00") == 2023


@pytest.mark.parametrize(
    "typed", ["23", "二〇二三", "1999", "2023-2024", Decimal("2023.5"), "20231", date(1905, 7, 15)]
)
def test_what_is_no_year_is_refused(typed):
    with pytest.raises(Unreadable, match="不是年度"):
        parsed(typed, "year")


# --- what Excel made of it -----------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["text", "target", "measure"])
def test_a_ratio_that_became_a_time_is_asked_about(kind):
    cell = RawCell(CellRef("自评.xlsx", "绩效指标", 4, 5), "1:01", ambiguous="1:1")
    with pytest.raises(Unreadable, match="比例（1:1）还是时间"):
        parse_cell(cell, Column(header="指标目标值", role="indicator.actual", kind=kind), Around())


@pytest.mark.parametrize("digits", [15, 18, 20])
def test_a_long_code_that_was_stored_as_a_number_has_lost_its_digits(digits):
    with pytest.raises(Unreadable, match="长编码") as error:
        parsed(Decimal(10) ** digits, "text")
    assert "设为文本" in error.value.hint
    assert parsed("320500210000000123456", "text") == "320500210000000123456"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("6月30日", date(2023, 6, 30)),
        ("二〇二三年四月十五日", date(2023, 4, 15)),
        ("23/4/15", date(2023, 4, 15)),
        ("2023.4.15", date(2023, 4, 15)),
        ("2023年4月15号", date(2023, 4, 15)),
    ],
)
def test_days_as_people_write_them(typed, day):
    assert parsed(typed, "date", year=2023) == day


def test_a_hint_names_the_reports_own_year():
    with pytest.raises(Unreadable) as error:
        parsed("下周", "date", year=2025)
    assert error.value.hint == "写作 2025-06-30"


def test_a_day_without_a_year_needs_the_reports():
    with pytest.raises(Unreadable):
        parsed("6月30日", "date")


# --- numbers that are something else -------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kind", "says"),
    [("45%", "number", "应当是不带单位的数字"), ("99.04元", "percent", "不是百分数")],
)
def test_a_number_with_a_unit_of_another_kind_is_told(typed, kind, says):
    with pytest.raises(Unreadable, match=says):
        parsed(typed, kind)


def test_a_weight_in_a_cell_of_percents_counts_in_hundredths():
    """10% in a cell of Excel's is 0.1; the weight is 10."""
    cell = RawCell(CellRef("自评.xlsx", "表", 2, 1), Decimal("0.1"), "", "0%")
    column = Column(header="权重", role="indicator.weight", kind="number")
    assert parse_cell(cell, column, Around("万元")) == 10


def test_a_choice_that_is_blank_is_none():
    assert parsed(" ", "choice", choices=("甲", "乙")) is None
