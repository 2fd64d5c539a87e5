"""What formulas of a layout give: exact figures, rounded once, blanks that stay blanks."""

from datetime import date
from decimal import Decimal

import pytest

from own_layouts import FORM, column, computed, filled, own_layout, report_of, results
from perfgen.checks import run_checks
from perfgen.errors import LayoutError
from perfgen.figures import compute
from perfgen.figures.formulas.parsing import FormulaError, parse_formula
from perfgen.model.formulas import Call, Name, Number, Operation


def row(name="甲", **cells):
    """A row of expenses as it is filled in."""
    return {"项目": name, **{header.replace("_", "-"): value for header, value in cells.items()}}


def spent(budget, july, name="甲", **more):
    return {"项目": name, "年初预算数（万元）": budget, "1-7月执行数": july, **more}


# --- reading a formula ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["[a] / [b]", "[a]÷[b]", "［a］／［b］", "（[a]）÷[b]", "[ a ]/[b]"]
)
def test_full_width_signs_and_spaces_are_the_same(text):
    assert parse_formula(text) == Operation("÷", Name("a"), Name("b"))


def test_excels_own_words_are_understood():
    assert parse_formula('IF([a]>=60%,MAX(1,2),"x")') == parse_formula(
        "若([a]≥60%，最大(1，2)，“x”)"
    )


def test_multiplication_binds_before_addition():
    parsed = parse_formula("1+2×3")
    assert parsed == Operation(
        "+", Number(Decimal(1)), Operation("×", Number(Decimal(2)), Number(Decimal(3)))
    )


def test_a_formula_is_never_pythons():
    for text in ("__import__('os')", "a.b", "lambda: 1", "2**3", "[a][0]", "open(1)"):
        with pytest.raises(FormulaError):
            parse_formula(text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "是空的"),
        ("[a] +", "没有写完"),
        ("([a]", "少了右括号"),
        ("[a] [b]", "从第 5 个字“[”起读不懂"),
        ("求和([a])", "不认识“求和”，可以用的有 若、最大"),
        ("若([a])", "括号里应当有 2 到 3 项，现在有 1 项"),
        ("1" + "+1" * 400, "嵌套超过 100 层"),
        ("最大(" + "最大(1,1,1,1,1,1,1,1,1,1,1,1,1,1,1)," * 15 + "1)", "超过 200 个部分"),
        ("-" * 160 + "1", "嵌套超过 100 层"),
        ("1" * 1200, "超过 1000 个字"),
    ],
)
def test_what_cannot_be_read_says_where(text, says):
    with pytest.raises(FormulaError, match=says.replace("[", r"\[").replace("+", r"\+")):
        parse_formula(text)


def test_a_function_keeps_its_parts():
    assert parse_formula("最小([a], 5)") == Call("最小", (Name("a"), Number(Decimal(5))))


# --- signs and functions -------------------------------------------------------------------------


def test_a_rate_is_rounded_half_up_to_the_decimals_of_the_layout(tmp_path):
    assert results(tmp_path, [spent("8", "2.001")], "percent", "[1-7月执行数] / [年初预算数]") == [
        Decimal("0.2501")
    ]  # 0.250125
    half = results(
        tmp_path / "b", [spent("8", "2.0004")], "percent", "[1-7月执行数] / [年初预算数（万元）]"
    )
    assert half == [Decimal("0.2501")]  # 0.25005, half up


def test_what_follows_from_a_rate_follows_from_the_exact_one(tmp_path):
    rate = computed("率", "percent", "[1-7月执行数] / [年初预算数]", role="expense.rate")
    found = results(tmp_path, [spent("600", "299")], "number", "3 × [率]", columns=rate)
    assert found == [Decimal("1.5")]  # 1.495, a tie; 3 × 49.83% would be 1.49


def test_thirds_are_not_cut_off(tmp_path):
    found = results(tmp_path, [spent("3", "1")], "number", "[1-7月执行数]÷[年初预算数]×3×100")
    assert found == [Decimal(100)]


def test_money_and_numbers_may_be_mixed_where_it_makes_sense(tmp_path):
    rows = [spent("100", "30", 人数="8")]
    assert results(tmp_path, rows, "amount", "[年初预算数] ÷ [人数]") == [Decimal("12.5")]


def test_days_between_two_dates(tmp_path):
    rows = [row(起="2023-03-01", 止="2023-03-31")]
    assert results(tmp_path, rows, "number", "[止] - [起] + 1") == [Decimal(31)]
    found = results(tmp_path / "b", rows, "date", "[起] + 10")
    assert found == [date(2023, 3, 11)]


SCORE = "若([率] ≤ 100%, 8, 最大(0, 8 - ([率] - 100%) × 100 × 0.5))"


def test_days_are_moved_and_a_day_beyond_the_calendar_is_none(tmp_path):
    rows = [row(起="2023-03-11", 人数="1")]
    assert results(tmp_path / "a", rows, "date", "[起] - 10") == [date(2023, 3, 1)]
    assert results(tmp_path / "b", rows, "date", "[起] + [人数] × 99999999") == ["—"]


def test_a_formula_may_look_at_the_form(tmp_path):
    rows = [row(人数="3")]
    asked = '若([基本信息：金额单位]="万元", [人数], 0)'
    assert results(tmp_path / "a", rows, "number", asked) == [Decimal(3)]
    posts = column("编制数", "number", role="report.number.posts", record="report")
    found = results(tmp_path / "b", rows, "percent", "[人数] ÷ [基本信息：编制数]", items=posts,
                    form={"编制数": "12"})  # fmt: skip
    assert found == [Decimal("0.25")]


def test_nothing_added_to_an_amount_leaves_it_an_amount(tmp_path):
    rows = [spent("5", "8")]
    assert results(tmp_path / "a", rows, "amount", "[年初预算数] + 0") == [Decimal(5)]
    assert results(tmp_path / "b", rows, "amount", "0 - [年初预算数]") == [Decimal(-5)]


def test_what_is_undefined_stays_so_whatever_is_done_with_it(tmp_path):
    rows = [spent("0", "5")]
    for number, formula in enumerate(
        ("[1-7月执行数]/[年初预算数] + 1", "2 × ([1-7月执行数]/[年初预算数])",
         "最大([1-7月执行数]/[年初预算数], 50%)")
    ):  # fmt: skip
        assert results(tmp_path / str(number), rows, "percent", formula) == ["—"]
    asked = '若([1-7月执行数]/[年初预算数] > 50%, "是", "否")'
    assert results(tmp_path / "if", rows, "text", asked) == [None]


def test_the_amount_of_a_number_without_its_sign(tmp_path):
    rows = [spent("5", "8"), spent("8", None, "乙")]
    found = results(tmp_path, rows, "amount", "绝对值([年初预算数] - [1-7月执行数])")
    assert found == [Decimal(3), None]


@pytest.mark.parametrize(
    ("people", "score"), [("50", "8"), ("51", "7"), ("51.5", "6.5"), ("70", "0"), ("49", "8")]
)
def test_each_point_above_costs_half_a_mark(tmp_path, people, score):
    rate = computed("率", "percent", "[人数] ÷ [编制数]", role="expense.rate")
    posts = column("编制数", "number", role="report.number.posts", record="report")
    found = results(tmp_path, [row(人数=people)], "number", SCORE, columns=rate, items=posts,
                    form={"编制数": "50"})  # fmt: skip
    assert found == [Decimal(score)]


def test_words_may_be_chosen(tmp_path):
    rows = [spent("10", "6"), spent("10", "5", "乙"), spent("10", None, "丙")]
    found = results(tmp_path, rows, "text", '若([1-7月执行数]/[年初预算数]≥60%,"达标","未达标")')
    assert found == ["达标", "未达标", None]


@pytest.mark.parametrize(
    ("sign", "expected"),
    [("=", "否是否"), ("≠", "是否是"), ("<", "是否否"), ("≤", "是是否"), (">", "否否是"),
     ("≥", "否是是")],
)  # fmt: skip
def test_numbers_and_dates_are_compared_by_each_sign(tmp_path, sign, expected):
    numbers = [row(name, 人数=people) for name, people in (("甲", "3"), ("乙", "4"), ("丙", "5"))]
    asked = f'若([人数] {sign} 4, "是", "否")'
    assert results(tmp_path / "a", numbers, "text", asked) == [*expected]
    days = [row(name, 起=f"2023-03-0{day}", 止="2023-03-04")
            for name, day in (("甲", 3), ("乙", 4), ("丙", 5))]  # fmt: skip
    asked = f'若([起] {sign} [止], "是", "否")'
    assert results(tmp_path / "b", days, "text", asked) == [*expected]


def test_the_latest_of_several_days(tmp_path):
    rows = [row(起="2023-03-01", 止="2023-03-31"), row("乙", 起="2023-05-01")]
    found = results(tmp_path, rows, "date", "最大([起], [止])")
    assert found == [date(2023, 3, 31), date(2023, 5, 1)]


def test_a_minus_in_front_turns_the_sign_alone(tmp_path):
    assert results(tmp_path, [row(人数="3")], "number", "-[人数] + 10") == [Decimal(7)]


def test_and_or_not(tmp_path):
    rows = [spent("10", "6", 人数="3"), spent("10", "6", "乙", 人数="1")]
    formula = '若(且([1-7月执行数]>5万元, 非([人数]<2)), "是", "否")'
    assert results(tmp_path, rows, "text", formula) == ["是", "否"]


# --- blanks and zeros ----------------------------------------------------------------------------


def test_a_blank_gives_a_blank(tmp_path):
    rows = [spent("10", None), spent(None, "5", "乙")]
    assert results(tmp_path, rows, "percent", "[1-7月执行数]/[年初预算数]") == [None, None]


def test_a_sum_takes_what_is_there_and_a_difference_needs_both(tmp_path):
    rows = [spent("10", None)]
    assert results(tmp_path, rows, "amount", "[1-7月执行数]+[年初预算数]") == [Decimal(10)]
    assert results(tmp_path / "b", rows, "amount", "[年初预算数]-[1-7月执行数]") == [None]


def test_a_number_of_the_formula_makes_no_figure_of_a_blank(tmp_path):
    rows = [spent("10", None)]
    formula = "最大(0, 1 - [1-7月执行数]/[年初预算数])"
    assert results(tmp_path, rows, "percent", formula) == [None]
    for sides in ("[1-7月执行数] + 5万元", "5万元 + [1-7月执行数]"):
        assert results(tmp_path / sides[0], rows, "amount", sides) == [None]


def test_a_blank_result_of_a_table_of_the_layouts_own_prints_as_nothing(tmp_path):
    one = computed("结果", "amount", "[年初预算数] × 2", role="expense.result")
    layout = own_layout(tmp_path, columns=one)
    report = report_of(layout, filled(layout, tmp_path / "自评.xlsx", [spent(None, "1")]))
    assert report.own["expense"][0].values["result"] == ""


def test_blanks_may_count_as_zero(tmp_path):
    rows = [spent("10", None)]
    found = results(tmp_path, rows, "amount", "[年初预算数]-[1-7月执行数]", 'blanks = "zero"')
    assert found == [Decimal(10)]


@pytest.mark.parametrize(
    ("setting", "expected"),
    [("dash", "—"), ("blank", None), ("zero", Decimal("0.0000"))],
)
def test_what_something_divided_by_zero_gives_is_declared(tmp_path, setting, expected):
    found = results(tmp_path, [spent("0", "5")], "percent", "[1-7月执行数]/[年初预算数]",
                    f'over_zero = "{setting}"')  # fmt: skip
    assert found == [expected]


def test_nothing_divided_by_nothing_is_blank(tmp_path):
    assert results(tmp_path, [spent("0", "0")], "percent", "[1-7月执行数]/[年初预算数]") == [None]


# --- sums ----------------------------------------------------------------------------------------

GROUPS = [
    spent("10", "1", "甲", 类别="三公"),
    spent("20", "2", "乙"),
    spent("30", "3", "丙", 类别="其他"),
]


def test_a_part_of_the_whole(tmp_path):
    found = results(tmp_path, GROUPS, "percent", "[年初预算数] / 合计([年初预算数])")
    assert found == [Decimal("0.1667"), Decimal("0.3333"), Decimal("0.5")]


def test_a_part_of_its_group(tmp_path):
    found = results(tmp_path, GROUPS, "percent", "[年初预算数] / 合计([年初预算数], 同[类别])")
    assert found == [Decimal("0.3333"), Decimal("0.6667"), Decimal(1)]


def test_rows_that_meet_a_condition_are_counted_and_averaged(tmp_path):
    found = results(tmp_path, GROUPS, "number", "计数([项目], [年初预算数] > 15万元)")
    assert found == [Decimal(2)] * 3
    found = results(tmp_path / "b", GROUPS, "amount", '平均([年初预算数], [类别] = "三公")')
    assert found == [Decimal(15)] * 3


def test_several_conditions_hold_together_on_either_side(tmp_path):
    asked = "合计([年初预算数], 且([年初预算数] > 5万元, 且(本行[类别] = [类别], [人数] > 0)))"
    rows = [{**one, "人数": people} for one, people in zip(GROUPS, "110", strict=True)]
    assert results(tmp_path, rows, "amount", asked) == [Decimal(30), Decimal(30), None]


def test_a_row_of_another_name_may_be_meant(tmp_path):
    found = results(tmp_path, GROUPS, "percent", "[年初预算数] / [经费：乙：年初预算数]")
    assert found == [Decimal("0.5"), Decimal(1), Decimal("1.5")]


def test_the_sum_of_the_parts_below(tmp_path):
    rows = [spent(None, None, "三公"), *(spent(n, "1", n, 上级="三公") for n in "46")]
    assert results(tmp_path, rows, "amount", "下级合计([年初预算数])")[0] == Decimal(10)


def test_a_form_may_sum_a_table_and_a_table_may_use_the_form(tmp_path):
    items = computed("合计数", "amount", "合计([经费：年初预算数])", role="report.own.total",
                     record="report")  # fmt: skip
    found = results(tmp_path, GROUPS, "percent", "[年初预算数] / [合计数]", items=items)
    assert found == [Decimal("0.1667"), Decimal("0.3333"), Decimal("0.5")]


TREE = [
    spent(None, None, "三公"), spent(None, None, "车", 上级="三公"),
    spent("4", "1", "购置", 上级="车"), spent("6", "2", "运行", 上级="车"),
    spent("5", "9", "接待", 上级="三公"),
]  # fmt: skip


def own_sum(tmp_path, rows):
    total = column("全年数", "amount", "sum = true", role="expense.total")
    layout = own_layout(tmp_path, columns=total)
    rows = [{**one, "全年数": one["年初预算数（万元）"]} for one in rows]
    return layout, report_of(layout, filled(layout, tmp_path / "自评.xlsx", rows))


def test_blank_totals_are_the_sums_of_their_parts_level_by_level(tmp_path):
    _, report = own_sum(tmp_path, TREE)
    assert [row.values["total"] for row in report.own["expense"]] == [15, 10, 4, 6, 5]


def test_a_typed_total_is_kept_and_checked(tmp_path):
    layout, report = own_sum(tmp_path, [{**TREE[0], "年初预算数（万元）": "16"}, *TREE[1:]])
    assert report.own["expense"][0].values["total"] == 16
    found = run_checks(report, compute(report, layout.rules), layout).findings
    (finding,) = [one for one in found if one.code == "PG131" and "全年数" in one.message]
    assert "“三公”的全年数是 16，下级各行合计 15" in finding.message


def test_a_parent_that_is_not_there_is_a_problem(tmp_path):
    with pytest.raises(Exception, match="1 处读不懂") as refused:
        own_sum(tmp_path, [{**TREE[0], "上级": "没有"}])
    assert "没有“没有”这个上级" in refused.value.problems[0].message


def test_parents_in_a_ring_are_a_problem(tmp_path):
    with pytest.raises(Exception, match="2 处读不懂") as refused:
        own_sum(tmp_path, [{**TREE[0], "上级": "车"}, TREE[1]])
    assert [problem.message for problem in refused.value.problems] == [
        "“三公”的上级关系绕成了圈", "“车”的上级关系绕成了圈",
    ]  # fmt: skip


def test_parents_upon_parents_are_a_problem_that_is_told_once(tmp_path):
    chain = [spent("1", "1", f"第{n}级", 上级=f"第{n - 1}级" if n else None) for n in range(60)]
    own_sum(tmp_path, chain[:51])
    with pytest.raises(Exception, match="1 处读不懂") as refused:
        own_sum(tmp_path / "deep", chain)
    (problem,) = refused.value.problems
    assert problem.message == "“第51级”上面的上级超过 50 级"


# --- standard columns ----------------------------------------------------------------------------

FUNDS = """
[[sheets]]
name = "资金"
kind = "table"
record = "fund"
[[sheets.columns]]
header = "来源"
role = "fund.name"
required = true
[[sheets.columns]]
header = "上级"
role = "fund.parent"
[[sheets.columns]]
header = "年初数"
role = "fund.initial"
kind = "amount"
[[sheets.columns]]
header = "追加数"
role = "fund.own.added"
kind = "amount"
[[sheets.columns]]
header = "调整数"
role = "fund.adjusted"
kind = "amount"
formula = "[年初数] + [追加数]"
[[sheets.columns]]
header = "支出数"
role = "fund.actual"
kind = "amount"
[[sheets.columns]]
header = "执行率"
role = "fund.execution_rate"
kind = "percent"
computed = true
[[sheets.columns]]
header = "结余"
role = "fund.own.left"
kind = "amount"
formula = "[调整数] - [支出数]"
"""


def test_a_formula_may_fill_a_column_that_perfgen_counts_on(tmp_path):
    layout = own_layout(tmp_path, sheets=FUNDS)
    rows = [
        {"来源": "合计"},
        {"来源": "财政", "上级": "合计", "年初数": "100", "追加数": "20", "支出数": "60"},
        {"来源": "其他", "上级": "合计", "年初数": "30", "支出数": "30"},
    ]
    report = report_of(layout, filled(layout, tmp_path / "自评.xlsx", 资金=rows))
    figures = compute(report, layout.rules)
    assert [fund.adjusted for fund in figures.funds] == [150, 120, 30]
    assert [fund.execution_rate.ratio for fund in figures.funds] == [
        Decimal("0.6"), Decimal("0.5"), Decimal(1),
    ]  # fmt: skip
    assert [fund.fund.own.get("left") for fund in figures.funds] == [60, 60, 0]


def test_a_formula_counts_on_the_exact_rate_of_a_fund(tmp_path):
    thrice = """
[[sheets.columns]]
header = "三倍"
role = "fund.own.thrice"
kind = "number"
formula = "[执行率] × 300"
"""
    unchanged = FUNDS.replace('formula = "[年初数] + [追加数]"\n', "") + thrice
    layout = own_layout(tmp_path, sheets=unchanged)
    rows = [
        {"来源": "财政", "年初数": "600", "支出数": "299"},  # 49.8333%: no adjusted budget given
        {"来源": "其他", "年初数": "600", "调整数": "300", "支出数": "299"},  # 99.6667%
    ]
    report = report_of(layout, filled(layout, tmp_path / "自评.xlsx", 资金=rows))
    assert [fund.own["thrice"] for fund in report.funds] == [Decimal("149.5"), Decimal(299)]


# --- what must hold ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("july", "reason", "found"),
    [("89.99", "", 1), ("89.99", "项目推迟", 0), ("90", "", 0), ("", "", 0)],
)
def test_a_condition_of_the_layout_is_checked_in_each_row(tmp_path, july, reason, found):
    reasons = column(
        "原因", "text", 'must = \'或([1-7月执行数]/[年初预算数] ≥ 90%, [原因] ≠ "")\'',
        'must_note = "执行率低于90%的要写原因"', role="expense.reason",
    )  # fmt: skip
    layout = own_layout(tmp_path, columns=reasons)
    rows = [spent("100", july or None, 原因=reason)]
    report = report_of(layout, filled(layout, tmp_path / "自评.xlsx", rows))
    checked = run_checks(report, compute(report, layout.rules), layout)
    told = [one for one in checked.findings if one.code == "PG140"]
    assert len(told) == found
    for finding in told:
        assert finding.message == "“甲”的原因没有填：执行率低于90%的要写原因"
        assert finding.ref.address == "I2"


# --- how long a text may be ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"), [("推迟" * 5, 0), ("推迟\n推迟 " * 2 + "推迟", 0), ("推迟" * 5 + "。", 1)]
)
def test_a_text_longer_than_the_form_allows_is_told(tmp_path, text, found):
    reasons = column("原因", "long", "max_length = 10", role="expense.reason")
    items = column("结论", "long", "max_length = 10", role="report.own.end", record="report")
    layout = own_layout(tmp_path, columns=reasons, items=items)
    path = filled(
        layout, tmp_path / "自评.xlsx", [spent("100", "90", 原因=text)], {**FORM, "结论": text}
    )
    report = report_of(layout, path)
    checked = run_checks(report, compute(report, layout.rules), layout)
    told = [one for one in checked.findings if one.code == "PG141"]
    assert len(told) == 2 * found
    for finding, what in zip(told, ("“结论”的结论", "“甲”的原因"), strict=False):
        assert finding.message == f"{what}有 11 字，规定不超过 10 字"
        assert finding.hint == "删去 1 字" and finding.ref is not None


@pytest.mark.parametrize(
    ("kind", "most", "words"), [("number", 10, "只用于文字"), ("text", 0, "1 以上的整数")]
)
def test_a_length_that_means_nothing_is_refused(tmp_path, kind, most, words):
    with pytest.raises(LayoutError, match=f"max_length.*{words}"):
        own_layout(tmp_path, columns=column("原因", kind, f"max_length = {most}"))
