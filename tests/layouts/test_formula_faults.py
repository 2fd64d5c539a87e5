"""What is wrong with a layout's formulas is said at loading: file, key, all of it, in Chinese."""

import pytest

from own_layouts import column, computed, own_layout
from perfgen.errors import LayoutError


def fault(tmp_path, *columns, **parts):
    with pytest.raises(LayoutError) as refused:
        own_layout(tmp_path, columns="".join(columns), **parts)
    return refused.value


@pytest.mark.parametrize(
    ("kind", "formula", "says"),
    [
        ("percent", "[执行数] / [年初预算数]", "没有 [执行数] 这一列，是不是 [1-7月执行数]？"),
        ("percent", "[预算表：执行数]", "没有 [预算表：执行数] 这一列"),
        ("percent", "[经费：丁丁：人]", "没有 [经费：丁丁：人] 这一列"),
        ("amount", "[年初预算数] + [人数]", "金额和数不能放在一起用 +"),
        ("amount", "[年初预算数] + 5", "数后写上单位，例如 5万元"),
        ("amount", "[年初预算数] × [1-7月执行数]", "金额不能乘金额"),
        ("amount", "[项目] + 1", "文字不能用 +"),
        ("percent", "[年初预算数] - [1-7月执行数]", "的结果是金额，这一列的 kind 是 percent，"
         "kind 应当是 amount"),
        ("amount", "[1-7月执行数] / [年初预算数]", "kind 应当是 percent、number"),
        ("number", "[人数] > 3", "要用若(…)写明两种结果"),
        ("number", "若([人数], 1, 0)", "若(…)的第一项应当是条件，现在是数"),
        ("text", '若([人数]>3, "多", 1)', "文字和比值不能放在一起用 若"),
        ("number", "四舍五入([人数], [人数])", "第二项应当是 0 到 10 的整数"),
        ("number", "合计([人数], [人数] + 1)", "合计的条件应当是条件"),
        ("number", "合计(合计([人数]))", "“合计”里不能再写“合计”"),
        ("number", "合计([人数], [人数] > 本行[人数])", "“本行”只能写成 [列] = 本行[列]"),
        ("number", "[人数] + 本行[人数]", "只能写在合计的条件里"),
        ("number", "合计(本行[人数])", "“本行”只能写在合计的条件里"),
        ("number", "合计([基本信息：年度])", "“合计”要写明是哪张表的列"),
        ("text", "[说明事项：对象]", "是另一张表的一列，要放在合计里，或写明哪一行"),
        ("number", "合计([项目])", "合计里是文字，应当是数"),
        ("number", "绝对值([项目])", "绝对值(…)里是文字，应当是数"),
        ("number", "[结果] + 1", "绕成了圈"),
        ("date", "[起] + [止]", "日期"),
        ("choice", "[项目]", "清单"),
        ("measure", "[人数]", "不能用于 kind 为 measure 的列"),
    ],
)  # fmt: skip
def test_a_fault_names_the_key_and_what_may_be_written(tmp_path, kind, formula, says):
    error = fault(tmp_path, computed("结果", kind, formula, role="expense.result"))
    assert "own/layout.toml：" in error.message
    assert "“经费”" in error.message and "“结果”" in error.message
    assert says in error.message


def test_numbers_that_count_different_things_are_not_added(tmp_path):
    people = column("在编", "number", 'print = { unit = "人" }', role="expense.staff")
    cars = column("车辆", "number", 'print = { unit = "辆" }', role="expense.cars")
    wrong = computed("合计数", "number", "[在编] + [车辆]", role="expense.both")
    error = fault(tmp_path, people, cars, wrong)
    assert "数（人）和数（辆）单位不同，不能用 +" in error.message


def test_all_faults_are_told_at_once(tmp_path):
    columns = [
        computed("甲", "percent", "[没有] / [也没有]", role="expense.a"),
        computed("乙", "amount", "[年初预算数] +", role="expense.b"),
        computed("丙", "amount", "[丁]", role="expense.c"),
        computed("丁", "amount", "[丙]", role="expense.d"),
    ]
    message = fault(tmp_path, *columns).message
    assert "版式有 2 处不对" in message
    assert "[没有]" in message and "[也没有]" in message and "没有写完" in message
    ring = fault(tmp_path, *columns[2:]).message
    assert "绕成了圈" in ring


@pytest.mark.parametrize(
    ("record", "field", "kind", "says"),
    [
        (
            "budget",
            "adjusted",
            "amount",
            "这一列由 perfgen 计算；要另外算的，role 写 budget.own.名称",
        ),
        ("budget", "execution_rate", "percent", "这一列由 perfgen 计算"),
        ("budget", "name", "text", "只能写在数、金额、百分数的列和 budget.own.名称 上"),
    ],
)
def test_what_perfgen_computes_anyway_takes_no_formula(tmp_path, record, field, kind, says):
    named = '[[sheets.columns]]\nheader = "名称"\nrole = "budget.name"\nrequired = true\n'
    sheet = f'\n[[sheets]]\nname = "预算"\nkind = "table"\nrecord = "{record}"\n'
    own = computed("列", kind, "1", role=f"{record}.{field}")
    sheets = sheet + (own + "required = true\n" if field == "name" else named + own)
    assert says in fault(tmp_path, sheets=sheets).message


def test_a_ring_through_perfgens_own_figures_is_found(tmp_path):
    sheets = """
[[sheets]]
name = "预算"
kind = "table"
record = "budget"
[[sheets.columns]]
header = "名称"
role = "budget.name"
required = true
[[sheets.columns]]
header = "年初数"
role = "budget.initial"
kind = "amount"
formula = "[调整数] × 2"
[[sheets.columns]]
header = "调整数"
role = "budget.adjusted"
kind = "amount"
computed = true
"""
    assert "绕成了圈" in fault(tmp_path, sheets=sheets).message


def test_a_name_is_no_place_for_a_formula(tmp_path):
    sheets = """
[[sheets]]
name = "人员"
kind = "table"
record = "staff"
[[sheets.columns]]
header = "姓名"
role = "staff.name"
required = true
formula = '"甲"'
"""
    said = fault(tmp_path, sheets=sheets).message
    assert "不能写在 role 为 staff.name 的列上" in said


def test_a_table_without_parents_has_no_parts_below(tmp_path):
    sheets = """
[[sheets]]
name = "人员"
kind = "table"
record = "staff"
[[sheets.columns]]
header = "姓名"
role = "staff.name"
required = true
[[sheets.columns]]
header = "人数"
role = "staff.people"
kind = "number"
formula = "下级合计([人数])"
"""
    assert "“人员”没有上级一列，不能用下级合计" in fault(tmp_path, sheets=sheets).message


@pytest.mark.parametrize(
    ("piece", "says"),
    [
        ('blanks = "zero"', "只用于公式"),
        ('formula = "[人数]"\nsum = true', "与 formula 只能写一个"),
        ('formula = "[人数]"\nover_zero = "nothing"', "只能是 dash、blank、zero"),
        ("print = { decimals = 9 }", "decimals 只能是 0 到 6"),
        ("print = { decimal = 2 }", "是不是 decimals？"),
        ("formula = 5", "formula 应当是文字"),
        ('must_note = "要写原因"', "没有写，must_note 是它的说明"),
    ],
)
def test_mistakes_beside_a_formula_name_their_key(tmp_path, piece, says):
    assert says in fault(tmp_path, column("列", "number", piece, role="expense.one")).message


def test_a_unit_of_money_that_there_is_not(tmp_path):
    wrong = column("列", "amount", 'print = { unit = "千元" }', role="expense.one")
    assert "print.unit 只能是 元、万元、亿元 之一" in fault(tmp_path, wrong).message


def test_a_column_of_ones_own_has_a_name(tmp_path):
    wrong = column("列", "number", role="report.own", record="report")
    assert "应当写作 report.own.名称" in fault(tmp_path, items=wrong).message


def test_a_computed_column_of_ones_own_says_how(tmp_path):
    wrong = column("列", "number", "computed = true", role="report.own.x", record="report")
    assert "要写怎样算" in fault(tmp_path, items=wrong).message


@pytest.mark.parametrize(
    ("must", "says"),
    [
        ("[人数] + 1", "应当是条件，例如 [甲] = [乙]，现在是数"),
        ("[人头] > 1", "没有 [人头] 这一列"),
        ("[人数] > [年初预算数]", "数和金额不能放在一起用 >"),
        ("[人数] >", "没有写完"),
    ],
)
def test_a_condition_that_cannot_be_checked(tmp_path, must, says):
    wrong = column("列", "number", f"must = '{must}'", role="expense.one")
    message = fault(tmp_path, wrong).message
    assert "“列”.must" in message and says in message
