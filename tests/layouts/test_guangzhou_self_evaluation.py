"""部门整体支出绩效自评报告 (广州市商务局, 2023): the documents say what was published."""

import re
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
from docx.oxml.ns import qn

from perfgen.build import load
from perfgen.cli import run
from perfgen.figures.quoting import Quoter, Unquotable
from perfgen.figures.rates import BLANK, UNDEFINED
from perfgen.figures.sources import Source
from perfgen.layouts import find_layout, load_layout
from perfgen.model.layout import Rules
from perfgen.render.page.template import render_page
from render.pdf_reading import page_texts
from render.printers.word.docx_reading import Document, spans, text_of

NAME = "guangzhou-commerce-2023"
SAMPLE = Path(__file__).parents[2] / "inputs" / f"{NAME}.xlsx"
TASKS, SPENDING, SCORES, TASK_SCORES = range(4)

PUBLISHED_SCORES = """
部门整体支出绩效 100 93.13
履职效能 50 47.13
部门整体绩效目标产出指标完成情况 10 9
部门整体绩效目标效益指标完成情况 10 9.5
部门预算资金支出率 5 3.63
专项资金绩效完成情况 20 20
专项资金支出率 5 5
管理效率 50 46
预算编制方面 3 3
预算执行方面 4 2
结转结余率 2 2
财务管理合规性 2 0
信息公开方面 4 4
绩效管理方面 15 15
采购管理方面 10 9
资产管理方面 10 9
运行成本方面 4 4
"""
PUBLISHED_TASK_SCORES = """
各项工作任务 20 18.5
创新推动贸易高质量发展 6.5 5.75
加强对外开放合作平台建设 6.5 6.5
提升国际消费中心城市能级 3 2.5
促进会展之都扩容提质 3 3
强化产业链招商 1 0.75
"""
PUBLISHED_IN_YI = (
    "年初整体预算为12.05亿元，其中市本级预算9.77亿元，转移支付预算2.28亿元",
    "年度整体预算为30.73亿元，其中市本级预算25.68亿元，转移支付预算5.05亿元",
    "整体预算30.73亿元，全年执行29.84亿元，预算完成率97.1%",
    "部门运转保障经费2.9亿元",
    "支持商务经济发展的各类资金26.93亿元，包括中央外经贸发展专项资金4.4亿元、"
    "广东省促进经济高质量发展专项资金7.35亿元、商务经济与社会发展项目8.18亿元和"
    "商务发展专项资金5.85亿元",
    "发放消费券1.3亿元",
)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The folder of the sample's documents."""
    folder = tmp_path_factory.mktemp("built")
    assert run(["build", str(SAMPLE), "-o", str(folder), "--strict"]) == 0
    return folder


@pytest.fixture(scope="module")
def word(built):
    """The sample's Word file."""
    return Document((built / f"{NAME}.docx").read_bytes())


@pytest.fixture(scope="module")
def pages(built):
    """The text of each page of the sample's PDF."""
    return page_texts((built / f"{NAME}.pdf").read_bytes())


@pytest.fixture(scope="module")
def spending(word):
    """The rows of table 2-1: name, budget, spending, rate."""
    return [row[1:] for row in rows_of(word.tables()[SPENDING])[1:]]


@pytest.fixture
def changed(tmp_path):
    """The page of the sample after some of its cells were changed: (sheet, cell) → value."""

    def change(cells):
        book = openpyxl.load_workbook(SAMPLE)
        for (sheet, cell), value in cells.items():
            book[sheet][cell] = value
        path = tmp_path / "改.xlsx"
        book.save(path)
        loaded = load(path, say=lambda _: None)
        return render_page(loaded.report, loaded.figures, loaded.layout)

    return change


def rows_of(table):
    """The texts of a Word table's cells, row by row."""
    return [
        ["\n".join(text_of(p) for p in cell.iter(qn("w:p"))) for cell in row.iter(qn("w:tc"))]
        for row in table.iter(qn("w:tr"))
    ]


def published(lines):
    return [line.split() for line in lines.strip().splitlines()]


def test_the_title_stands_on_two_lines_with_unit_and_year(word):
    title = next(iter(word.paragraphs()))
    assert text_of(title) == "广州市商务局2023年部门整体支出\n绩效自评报告"
    assert word.style_name(title) == "公文标题"


def test_the_first_paragraph_cites_the_notice(word):
    assert word.texts()[1] == (
        "根据《广州市财政局关于印发2024年广州市市级财政资金绩效评价工作方案的通知》"
        "（穗财绩〔2024〕5号）要求，现将我局2023年部门整体支出绩效自评情况报告如下："
    )


def test_four_levels_of_headings_are_headings_in_word(word):
    levels = {
        "一、部门基本情况": "heading 1",
        "（五）部门整体绩效管理情况。": "heading 2",
        "1.聚焦重点，提高资金管理质量": "heading 3",
        "（1）政策靠前发力": "heading 4",
    }
    assert {text: word.style_name(word.paragraph(text)) for text in levels} == levels


def test_all_sections_stand_in_the_order_of_the_published_report(word):
    headings = [
        text_of(p) for p in word.paragraphs() if word.style_name(p) in ("heading 1", "heading 2")
    ]
    layout = load_layout(find_layout("guangzhou-self-evaluation"))
    sections = layout.sheet_of("section").column("name").choices
    assert [heading.rstrip("。") for heading in headings if heading.rstrip("。") in sections] == [
        *sections
    ]


def test_the_47_rates_print_as_published(spending):
    expected = ["100.00%"] * 47
    expected[17], expected[45], expected[46] = "83.33%", "77.78%", "0.00%"
    assert [row[3] for row in spending] == expected


def test_amounts_print_with_the_decimals_that_were_typed(spending):
    amounts = {row[0]: row[1:3] for row in spending}
    loans = "中央外经贸发展专项资金（促进对外投资合作项目）"
    trade = "广州市促进商务高质量发展专项资金机电与科技产业发展暨公平贸易专题"
    assert amounts[loans] == ["1320.70", "1320.70"]
    assert amounts[trade] == ["77.945600", "77.945600"]
    assert spending[4][1:3] == ["10321.85", "10321.84"]


def test_an_amount_left_blank_prints_blank_and_counts_as_nothing_spent(spending):
    assert spending[-1] == ["中央外经贸发展专项资金", "3924.185582", "", "0.00%"]


def test_lines_of_one_name_are_kept_as_published(spending):
    names = [row[0] for row in spending]
    assert len(names) == 47
    assert names.count("中央外经贸发展专项资金") == 2
    assert names.count("国家综合货运枢纽补链强链奖补资金（2022年项目）") == 2


def test_the_lines_stand_under_five_merged_tasks(word):
    table = word.tables()[SPENDING]
    groups = []
    for row, cells in zip(list(table.iter(qn("w:tr")))[1:], rows_of(table)[1:], strict=True):
        if spans(row)[0][2] == "continue":
            groups[-1][1] += 1
        else:
            groups.append([cells[0], 1])
    assert groups == [
        ["保障口岸通关建设", 14],
        ["促进会展业扩容提质", 2],
        ["建设国际消费中心城市", 13],
        ["提升双向投资质量效益", 4],
        ["推动外贸保稳提质", 14],
    ]


def test_tables_have_their_captions_and_the_unit_above(word):
    texts = word.texts()
    assert texts[texts.index("序号") - 1] == "表1-3　年度重点工作任务完成情况表"
    place = texts.index("重点任务")
    assert texts[place - 2 : place] == ["表2-1　各重点任务项目支出完成情况", "单位：万元"]


def test_captions_stay_with_their_tables_and_heads_repeat_on_every_page(pages):
    for caption, head in (
        ("表1-3年度重点工作任务完成情况表", "序号重点工作任务名称主要实施内容任务完成情况"),
        ("表2-1各重点任务项目支出完成情况", "重点任务主要支出项目年度预算金额支出金额支出率"),
    ):
        with_head = [number for number, page in enumerate(pages) if head in page]
        assert caption in pages[with_head[0]]
        assert len(with_head) >= 3
        assert all(after - before == 1 for before, after in pairwise(with_head))


def test_the_tasks_are_numbered_and_have_their_long_texts(word):
    rows = rows_of(word.tables()[TASKS])
    assert rows[0] == ["序号", "重点工作任务名称", "主要实施内容", "任务完成情况"]
    assert [row[:2] for row in rows[1:]] == [
        ["1", "创新推动贸易高质量发展"],
        ["2", "提升国际消费中心城市能级"],
        ["3", "强化产业链招商"],
        ["4", "加强对外开放合作平台建设"],
        ["5", "促进会展之都扩容提质"],
    ]
    assert min(len(row[3]) for row in rows[1:]) > 200


@pytest.mark.parametrize(
    ("table", "expected"),
    [(SCORES, PUBLISHED_SCORES), (TASK_SCORES, PUBLISHED_TASK_SCORES)],
    ids=["conclusion", "tasks"],
)
def test_every_score_is_computed_as_published(word, table, expected):
    rows = rows_of(word.tables()[table])[1:]
    assert [[row[0], row[3], row[4]] for row in rows] == published(expected)


def test_only_an_officers_own_mark_is_typed_in_the_workbook():
    sheet = openpyxl.load_workbook(SAMPLE)["评分"]
    header = [cell.value for cell in sheet[1]]
    rule, score = header.index("评分规则"), header.index("得分")
    typed = [row[rule] for row in sheet.iter_rows(min_row=2, values_only=True) if row[score]]
    assert typed == ["评定"]


@pytest.mark.parametrize(
    "sentence",
    [
        "我局2023年部门整体支出绩效得分93.13分",
        "1.履职效能（满分50分，自评得分47.13分）",
        "（1）部门整体绩效目标产出指标完成情况。满分10分，自评得分9分，"
        "扣分原因是2个指标完成率超过150%。",
        "自评得分3.63分，得分为一般公共预算支出年度平均执行率72.52%×5=3.63。",
        "2.管理效率（满分50分，自评得分46分）",
        "（2）预算执行方面。满分4分，自评得分2分。其中，结转结余率满分2分，自评得分2分，"
        "实际为0.44%。财务管理合规性满分2分，自评得分0分，扣分原因是"
        "广州市审计局审计报告（穗审绩报〔2023〕3号）指出4项问题。",
        "五项重点工作任务共占分值20分，自评得分18.5分。",
        "1.“创新推动贸易高质量发展”任务共占分值6.5分，自评得分5.75分，绩效指标10个",
        "5.“强化产业链招商”任务共占分值1分，自评得分0.75分，绩效指标2个",
        *PUBLISHED_IN_YI,
    ],
)
def test_sentences_say_what_the_tables_say(word, sentence):
    assert sentence in "\n".join(word.texts())


def test_no_placeholder_is_left(word):
    assert not re.search("[【】]", "\n".join(word.texts()))


def test_no_sentence_ends_twice(word):
    assert not re.search("[。；，]{2}|。，|，。", "\n".join(word.texts()))


def test_word_finds_no_fault(word):
    assert word.faults() == []


def test_a_sentence_follows_its_table(changed):
    page = changed({("收支情况", "E2"): 153650})
    assert "全年执行15.37亿元，预算完成率50.0%" in page


def test_the_names_of_scores_and_the_units_own_name_are_the_workbooks(changed):
    sheet = openpyxl.load_workbook(SAMPLE)["评分"]
    (place,) = [row for row in range(2, 30) if sheet.cell(row, 1).value == "强化产业链招商"]
    page = changed({("基本信息", "B4"): "我委", ("评分", f"A{place}"): "扩大开放"})
    assert "现将我委2023年" in page
    assert "5.“扩大开放”任务共占分值1分，自评得分0.75分" in page


def test_the_first_tree_of_scores_is_the_conclusion_and_the_others_are_the_tasks(changed):
    page = changed({("评分", "C21"): "7"})
    conclusion, analysis = page.index("自评结论。</h3>"), page.index("情况分析。</h3>")
    assert conclusion < page.index("1.履职效能") < analysis
    assert analysis < page.index("2.“加强对外开放合作平台建设”任务共占分值7分，自评得分7分")


def test_the_fill_in_workbook_brings_the_citys_scores_of_the_year(perfgen, tmp_path):
    target = tmp_path / "填报.xlsx"
    said = perfgen("init", "guangzhou-self-evaluation", "--year", 2023, "-o", target)
    assert said.code == 0
    book = openpyxl.load_workbook(target)
    ready = [row[:4] for row in book["评分"].iter_rows(min_row=2, values_only=True) if row[0]]
    assert ("财务管理合规性", "预算执行方面", 2, "扣分") in ready
    assert len(ready) == 18
    assert [name for name in book.sheetnames if not name.startswith("_")] == [
        "填报说明", "基本信息", "文字部分", "收支情况", "重点任务", "项目支出", "评分", "说明事项",
    ]  # fmt: skip


@pytest.mark.parametrize("rate", [BLANK, UNDEFINED], ids=["blank", "undefined"])
def test_a_rate_that_says_nothing_is_not_quoted(rate):
    source = Source("收支情况", {"市本级预算": ({"预算完成率": rate},)})
    quoter = Quoter({"收支": source}, Rules(), "万元")
    with pytest.raises(Unquotable, match="“市本级预算”的“预算完成率”是空的"):
        quoter.read("【收支：市本级预算：预算完成率】", 0)
