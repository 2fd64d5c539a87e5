"""Placeholders in the officer's sentences print what the tables hold, or are named as wrong."""

import pytest

from own_layouts import column, filled, own_layout
from perfgen.build import Request, load
from perfgen.errors import WorkbookError
from perfgen.layouts import find_layout, load_layout
from perfgen.workbook.writing import write_workbook
from workbooks.make import COLUMNS, put

PARAGRAPH = "文字部分!B2"


@pytest.fixture
def printed(book, saved):
    """The first paragraph of the narrative, as it gets printed."""

    def fill(text, workbook=None):
        path = saved(put(workbook or book, PARAGRAPH, text))
        return load(path, say=lambda _: None).report.sections[0].paragraphs[0]

    return fill


@pytest.fixture
def refused(printed):
    """The problems that a placeholder gives: place, sentence and advice."""

    def fill(text):
        with pytest.raises(WorkbookError) as error:
            printed(text)
        return [f"{p.where} {p.message} {p.hint}" for p in error.value.problems]

    return fill


# --- amounts -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("placeholder", "shown"),
    [
        ("【预算：项目支出：年初预算数】", "100"),
        ("【预算信息：项目支出：年初预算数】", "100"),
        ("【预算:项目支出:年初预算数】", "100"),
        ("【预算： 项目支出 ：年初预算数 ：万元】", "100万元"),
        ("【预算：项目支出：调整预算数：万元】", "106万元"),
        ("【预算：乙项目：实际支出数：元】", "395000元"),
        ("【预算：项目支出：实际支出数：亿元】", "0.01亿元"),
        ("【预算：项目支出：实际支出数：亿元：4位】", "0.0106亿元"),
        ("【预算：项目支出：实际支出数：4位小数：亿元】", "0.0106亿元"),
        ("【预算：乙项目：实际支出数：两位】", "39.50"),
        ("【预算：乙项目：实际支出数：四位小数】", "39.5000"),
        ("【预算：乙项目：执行率】", "98.75%"),
        ("【预算：乙项目：执行率：1位】", "98.8%"),
    ],
)
def test_an_amount_is_quoted_by_table_line_and_column(printed, placeholder, shown):
    assert printed(f"支出{placeholder}。") == f"支出{shown}。"


def test_a_unit_written_once_more_behind_the_brackets_is_not_printed_twice(printed):
    assert printed("支出【预算：甲项目：实际支出数：万元】万元。") == "支出66万元。"


def test_totals_that_perfgen_computes_may_be_quoted(printed):
    assert printed("【预算：预算总金额：实际支出数：万元】") == "200.5万元"


def test_a_sentence_follows_its_table_after_an_adjustment(book, printed):
    put(book, "预算信息!F6", 40)
    assert printed("【预算：乙项目：执行率】") == "100.00%"


def test_several_placeholders_stand_in_one_sentence(printed):
    text = "年初【预算：甲项目：年初预算数】万元，调整后【预算：甲项目：调整预算数】万元"
    assert printed(text) == "年初60万元，调整后66万元"


# --- names with any character in them ------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "租金、物业管理费和食堂费用",
        "职能1：拟订规划",
        "【专项】补助",
        "“走出去”经费（二期）",
        "A:B：C",
    ],
)
def test_a_lines_name_may_hold_any_character(book, printed, name):
    put(book, "预算信息!A6", name)
    assert printed(f"【预算：{name}：实际支出数】万元") == "39.5万元"


def test_half_width_signs_and_other_quotation_marks_are_the_same_name(book, printed):
    put(book, "预算信息!A6", "“走出去”经费（二期）")
    assert printed('【预算："走出去"经费(二期)：实际支出数】') == "39.5"


def test_the_longest_name_that_fits_is_meant(book, printed):
    put(book, "预算信息!A5", "补助")
    put(book, "预算信息!A6", "补助：二期")
    assert printed("【预算：补助：二期：实际支出数】") == "39.5"
    assert printed("【预算：补助：实际支出数】") == "66"


# --- other tables --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("placeholder", "shown"),
    [
        ("【指标：走访企业数量：指标完成值】", "52家"),
        ("【指标：走访企业数量：指标目标值】", "≥50家"),
        ("【绩效指标：走访企业数量：偏差情况】", "4.00%"),
        ("【基本信息：年度】", "2023"),
        ("【基本信息：部门（单位）名称】", "某某局"),
    ],
)
def test_indicators_and_the_units_own_items_may_be_quoted(printed, placeholder, shown):
    assert printed(placeholder) == shown


def test_the_money_of_a_project_may_be_quoted_by_source(tmp_path):
    layout = load_layout(find_layout("project-self-evaluation"))
    content = {
        "单位信息": [{"单位名称": "某局", "年度": "2023"}],
        "项目": [{
            "项目名称": "甲项目", "年初预算数：当年财政拨款": "600",
            "全年执行数：当年财政拨款": "299", "全年执行数：其他资金": "1",
            "预期目标": "目标。",
            "实际完成情况": "支出【项目：甲项目：全年执行数：万元】，其中财政"
            "【项目：甲项目：全年执行数：当年财政拨款】，执行【项目：甲项目：执行率】。",
        }],
    }  # fmt: skip
    path = write_workbook(layout, tmp_path / "自评.xlsx", content=content) or tmp_path / "自评.xlsx"
    (project,) = load(path, say=lambda _: None).report.projects
    assert project.achieved == "支出300万元，其中财政299，执行50.00%。"


@pytest.mark.parametrize(
    ("kind", "typed", "shown"),
    [
        ("date", "2023-03-05", "2023年3月5日"), ("percent", "12.5%", "12.50%"),
        ("amount", "1200", "1200"), ("number", "3", "3"), ("text", "市级", "市级"),
    ],
)  # fmt: skip
def test_a_column_of_the_layouts_own_is_quoted_as_its_kind_prints(tmp_path, kind, typed, shown):
    note = column("说明", "text", role="expense.note")
    layout = own_layout(tmp_path, columns=column("值", kind, role="expense.value") + note)
    rows = [{"项目": "甲", "值": typed}, {"项目": "乙", "说明": "记为【经费：甲：值】。"}]
    request = Request(layouts=(layout.folder,))
    report = load(filled(layout, tmp_path / "自评.xlsx", rows), request, say=lambda _: None).report
    assert report.own["expense"][1].values["note"] == f"记为{shown}。"


def test_an_officers_own_column_may_be_quoted(book, printed):
    put(book, "预算信息!H1", "经办处室")
    put(book, "预算信息!H6", "财务处")
    assert printed("由【预算：乙项目：经办处室】经办") == "由财务处经办"


def test_a_result_may_be_taken_from_the_budget_and_is_then_a_number(book, saved):
    row = 3  # 支付进度率
    column = COLUMNS["绩效指标"]["指标完成值"]
    book["绩效指标"].cell(row, column).value = "【预算：预算总金额：执行率】"
    loaded = load(saved(book), say=lambda _: None)
    assert loaded.report.indicators[1].actual.text == "97.33%"
    assert str(loaded.figures.indicators[1].deviation.ratio) == "-0.0267"


@pytest.mark.parametrize(
    "place", ["重点任务!C2", "绩效指标!H3", "绩效指标!J3"], ids=["result", "evidence", "reason"]
)
def test_every_text_that_is_printed_may_quote(book, saved, place):
    put(book, place, "支出【预算：甲项目：实际支出数】万元")
    report = load(saved(book), say=lambda _: None).report
    texts = [report.tasks[0].result, report.indicators[1].evidence, report.indicators[1].reason]
    assert "支出66万元" in texts


# --- brackets that are just text -----------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "苏府办【2023】121号",
        "【重要】请核对",
        "【说明：数据来自决算】",
        "【",
        "预算【】",
        "【预算】",
    ],
)
def test_other_brackets_stay_as_they_are(printed, text):
    assert printed(text) == text


# --- what names nothing --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("placeholder", "says"),
    [
        ("【预算：项目支岀：实际支出数】", ("没有“项目支岀”", "是不是“项目支出”？")),
        ("【预算：项目支出：实际支岀数】", ("没有“实际支岀数”这一列", "是不是“实际支出数”？")),
        ("【预算：项目支出】", ("没有写是“项目支出”的哪一列", "可以写：")),
        ("【预祘：项目支出：实际支出数】", ("“预祘”不是可以引用的表", "是不是“预算”？")),
        ("【预算：项目支出：实际支出数：美元】", ("“美元”看不懂", "亿元")),
        ("【预算：项目支出：执行率：万元】", ("不是金额", "去掉单位")),
        ("【预算：乙项目：上年度结转及当年预算追加追减数】", ("是空的", "先填好")),
        ("【预算：项目支出：实际支出数", ("少了“】”", "补上")),
        ("【预算：项目支出：实际支出数：万元，【预算：乙项目：执行率】", ("少了“】”", "补上")),
        ("[预算：项目支出：实际支出数]", ("用了方括号", "改用【】")),
    ],
)
def test_an_unknown_name_is_an_error_at_its_cell_with_a_suggestion(refused, placeholder, says):
    (said,) = refused(f"支出{placeholder}")
    assert said.startswith(PARAGRAPH)
    for words in says:
        assert words in said


def test_two_lines_of_one_name_cannot_be_told_apart(book, refused):
    put(book, "预算信息!A6", "甲项目")
    (said,) = refused("【预算：甲项目：实际支出数】")
    assert "2 行都叫“甲项目”" in said


def test_all_wrong_placeholders_are_said_at_once(refused):
    assert len(refused("【预算：丙：实际支出数】，【预算：丁：实际支出数】")) == 2


def test_a_build_with_a_wrong_placeholder_writes_nothing(book, saved, perfgen, tmp_path):
    path = saved(put(book, PARAGRAPH, "【预算：丙：实际支出数】"))
    said = perfgen("build", path, "-o", tmp_path / "out")
    assert said.code == 2
    assert "自评.xlsx › 文字部分!B2" in said.err
    assert not (tmp_path / "out").exists()


def test_a_unit_behind_the_brackets_is_never_printed_behind_a_figure_in_another(book, printed):
    put(book, "基本信息!B4", "元")
    put(book, "预算信息!F6", 395000)
    assert printed("支出【预算：乙项目：实际支出数】万元。", book) == "支出39.5万元。"
    assert printed("支出【预算：乙项目：实际支出数】元。", book) == "支出395000元。"
