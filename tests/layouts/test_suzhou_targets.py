"""苏州市市级部门整体预算绩效目标表: the published table comes out of its figures, in both files."""

import re
import tomllib
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from docx.oxml.ns import qn

from perfgen.cli import run
from perfgen.figures import compute
from perfgen.layouts import find_layout, load_layout
from perfgen.render.page.elements import parse_page
from perfgen.render.page.grid import table_grid
from perfgen.render.page.template import render_page
from perfgen.workbook.opening import open_workbook
from perfgen.workbook.reading import read_report
from perfgen.workbook.writing import write_workbook
from render.pdf_reading import page_texts
from render.printers.word.docx_reading import Document, text_of

INPUTS = Path(__file__).resolve().parents[2] / "inputs"
SAMPLE = INPUTS / "suzhou-commerce-2024-targets.xlsx"
DATA = tomllib.loads((INPUTS / f"data/{SAMPLE.stem}.toml").read_text("utf-8"))
ORDER = ["决策", "过程", "履职", "效益指标", "满意度指标"]
INDICATORS = sorted(DATA["绩效指标"], key=lambda row: ORDER.index(row["一级指标"]))
NAMED = [row for row in INDICATORS if "三级指标" in row]


@pytest.fixture(scope="module")
def layout():
    return load_layout(find_layout("suzhou-targets"))


def page_and_figures(path, layout):
    """The page of a workbook, and the figures on it."""
    report = read_report(open_workbook(path), layout)
    figures = compute(report, layout.rules)
    return parse_page(render_page(report, figures, layout)), figures


@pytest.fixture(scope="module")
def sample(layout):
    return page_and_figures(SAMPLE, layout)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The sample's Word file, and the text of each page of its PDF, without white space."""
    folder = tmp_path_factory.mktemp("targets")
    assert run(["build", str(SAMPLE), "-o", str(folder)]) == 0
    word = Document((folder / f"{SAMPLE.stem}.docx").read_bytes())
    return word, [bare(text) for text in page_texts((folder / f"{SAMPLE.stem}.pdf").read_bytes())]


@pytest.fixture
def filled(layout, tmp_path):
    """A fresh workbook of 某局 with these cells filled: sheet → cell → value; printed."""

    def fill(cells):
        path = tmp_path / "某局.xlsx"
        write_workbook(layout, path, year=2024, unit="某局")
        book = openpyxl.load_workbook(path)
        for sheet, values in cells.items():
            for place, value in values.items():
                book[sheet][place] = value
        book.save(path)
        return tables(page_and_figures(path, layout)[0])

    return fill


def bare(text):
    return re.sub(r"[\s\u200b]", "", text)


def words(element):
    return bare("".join(element.itertext()))


def tables(page):
    """Each table as its rows: the texts of all places, merged cells at each place they cover."""
    grids = [table_grid(table) for table in page.root.iter("table")]
    return [[[words(cell.element) for cell in row] for row in grid.at] for grid in grids]


SPARE = 2 + 32 + 5
"""The first spare row of 绩效指标 in a fresh workbook."""


# --- the sample ----------------------------------------------------------------------------------


def test_the_sample_is_the_published_table():
    assert len(DATA["主要职能"]) == 15
    assert len(DATA["支出预算"]) == 19
    assert (len(INDICATORS), len(NAMED)) == (72, 69)


def test_the_totals_are_as_published(sample):
    _, figures = sample
    funds = {fund.name: fund.initial for fund in figures.funds}
    lines = {line.name: line for line in figures.budget}
    assert funds["资金总额"] == funds["财政拨款"] == Decimal("20948.46")
    assert lines["项目支出"].half_plan == Decimal("7835.87")
    assert lines["项目支出"].initial == Decimal("16203.5")
    assert sum(part.initial for part in lines["项目支出"].parts) == Decimal("16203.5")


def test_income_and_spending_print_as_published(sample):
    form = tables(sample[0])[0]
    unit = "部门整体资金（万元）"
    income = [row[2:5] for row in form if row[:2] == [unit, "收入"]]
    assert income == [
        ["", "", "全年预算数"],
        ["资金总额", "资金总额", "20948.46"],
        ["财政拨款", "小计", "20948.46"],
        ["财政拨款", "一般公共预算资金", "20948.46"],
        ["财政拨款", "政府性基金", "0"],
        ["财政拨款", "财政专户管理资金", "0"],
        ["国有资本金", "国有资本金", "0"],
        ["社保基金", "社保基金", "0"],
        ["上年结转资金", "上年结转资金", "0"],
        ["其他资金", "其他资金", "0"],
    ]
    spending = [row[3:] for row in form if row[:2] == [unit, "支出"]]
    assert spending == [
        ["", "半年计划执行数", "全年预算数"],
        *([row["支出项目"], row["半年计划执行数"], row["全年预算数"]] for row in DATA["支出预算"]),
    ]


def test_duties_are_numbered_in_order(sample):
    cell = tables(sample[0])[0][1][1]
    assert cell.startswith("（一）贯彻执行国家内外贸易、国际经济合作")
    assert "信息化建设。（二）拟订全市内贸发展规划" in cell
    assert "（十五）协调海关、银行、外汇" in cell


def test_each_indicator_stands_under_its_levels_with_its_targets(sample):
    _, ranking, duties, effects = tables(sample[0])
    assert ranking[0] == ["一级指标", "二级指标", "三级指标", "半年指标值", "全年指标值"]
    assert duties[0] == [*ranking[0][:2], "重点工作", *ranking[0][2:]]
    assert effects[0] == ranking[0]
    printed = [
        *([*row[:2], "", *row[2:]] for row in ranking[1:]),
        *duties[1:],
        *([*row[:2], "", *row[2:]] for row in effects[1:]),
    ]
    duty = work = ""
    for row, given in zip(printed, INDICATORS, strict=True):
        duty = given.get("二级指标", duty)
        work = given.get("重点工作", work) if given["一级指标"] == "履职" else ""
        rest = [given.get(key, "") for key in ("三级指标", "半年指标值", "全年指标值")]
        assert row == [given["一级指标"], duty, work, *rest]


def test_labels_are_merged_over_their_rows_level_by_level(sample):
    grids = [table_grid(table) for table in sample[0].root.iter("table")]
    spans = [
        [
            [cell.rowspan for cell in grid.cells if cell.column == column and cell.row > 0]
            for column in range(3)
        ]
        for grid in grids[1:]
    ]
    assert spans[0][:2] == [[6, 26], [2, 2, 2, 9, 6, 3, 2, 3, 3]]
    assert spans[1][:2] == [[34], [3, 8, 1, 3, 2, 1, 2, 3, 2, 3, 3, 3]]
    assert [span for span in spans[1][2] if span > 1] == [2, 2, 2]
    assert len(spans[1][2]) == 31
    assert spans[2][:2] == [[5, 1], [2, 1, 1, 1, 1]]


def test_empty_levels_keep_their_rows(sample):
    effects = tables(sample[0])[3]
    assert [row[1:] for row in effects if not row[2]] == [
        ["社会效益", "", "", ""],
        ["生态效益", "", "", ""],
        ["可持续影响", "", "", ""],
    ]


# --- the two documents ---------------------------------------------------------------------------


def test_all_indicators_stand_in_the_word_file_in_order(built):
    word, _ = built
    rows = []
    for row in word.body.iter(qn("w:tr")):
        cells = [bare("".join(map(text_of, cell.iter(qn("w:p"))))) for cell in row.iter(qn("w:tc"))]
        rows.append(cells[-3:])
    wanted = [[row["三级指标"], row["半年指标值"], row["全年指标值"]] for row in NAMED]
    assert [row for row in rows if row in wanted] == wanted


def test_all_indicators_stand_in_the_pdf_in_order(built):
    _, pages = built
    text, place = "".join(pages), 0
    for row in NAMED:
        wanted = bare(row["三级指标"] + row["半年指标值"] + row["全年指标值"])
        found = text.find(wanted, place)
        assert found >= 0, wanted
        place = found + len(wanted)


def test_the_figures_stand_in_both_documents(built):
    word, pages = built
    texts = [bare(text) for text in word.texts()]
    for text in ("资金总额20948.46", "项目支出7835.8716203.5", "体检疗养费046.28"):
        assert any(text in page for page in pages)
    for text in ("20948.46", "7835.87", "16203.5", "46.28"):
        assert text in texts


def test_the_word_file_is_valid_and_its_merges_are_whole(built):
    word, _ = built
    assert word.faults() == []
    assert len(word.tables()) == 4


def test_heads_are_repeated_on_each_page(built):
    word, pages = built
    assert len(list(word.body.iter(qn("w:tblHeader")))) == 3
    begun = next(n for n, page in enumerate(pages) if "二级指标" in page)
    assert all(page.startswith("一级指标二级指标") for page in pages[begun + 1 :])


def test_a_duty_with_few_indicators_stays_on_one_page(built):
    _, pages = built
    assert "职能1（续）" not in "".join(pages)
    first, last = "一刻钟便民生活圈建设", "县域商业体系建设"
    assert [first in page for page in pages] == [last in page for page in pages]


# --- other units ---------------------------------------------------------------------------------


def test_a_fresh_workbook_brings_the_city_wide_rows(layout):
    ready = layout.ready_rows(2024)
    rows = ready["绩效指标"]
    city = [row for row in rows if row["一级指标"] in ("决策", "过程")]
    given = {row["三级指标"]: row for row in NAMED if row["一级指标"] in ("决策", "过程")}
    own = {**given["预算执行率"]}
    del own["半年指标值"]
    assert city == [{**given, "预算执行率": own}[row["三级指标"]] for row in city]
    assert len(city) == 32
    assert [row["二级指标"] for row in rows[32:]] == [
        "经济效益", "社会效益", "生态效益", "可持续影响", "服务对象满意度",
    ]  # fmt: skip
    assert [row["资金来源"] for row in ready["收入预算"]] == [
        row["资金来源"] for row in DATA["收入预算"]
    ]
    assert [row["支出项目"] for row in ready["支出预算"]] == ["基本支出", "项目支出"]


def test_a_fresh_workbook_prints_as_an_empty_form(filled):
    form, indicators = filled({})
    assert form[1] == ["单位主要职能", "", "", "", "", ""]
    assert form[2] == ["机构设置及人员配置", "", "", "", "", ""]
    assert form[-1] == ["年度目标", "", "", "", "", ""]
    assert len(indicators) == 1 + 32 + 5  # no key work yet: one table holds them all


def test_key_work_typed_after_the_ready_rows_is_printed_between_process_and_effects(filled):
    row = SPARE
    cells = {
        f"A{row}": "履职", f"B{row}": "职能1：统筹协调", f"C{row}": "开展服务",
        f"D{row}": "服务次数", f"E{row}": "≥3次", f"F{row}": "≥6次", f"D{row + 1}": "服务对象数",
        f"F{row + 1}": "≥60家",
    }  # fmt: skip
    _, city, duties, effects = filled({"绩效指标": cells})
    assert len(city) == 33
    assert duties[1:] == [
        ["履职", "职能1：统筹协调", "开展服务", "服务次数", "≥3次", "≥6次"],
        ["履职", "职能1：统筹协调", "开展服务", "服务对象数", "", "≥60家"],
    ]
    assert effects[1][:2] == ["效益指标", "经济效益"]


def test_key_work_does_not_leak_into_the_rows_below_it(filled):
    row = SPARE
    cells = {
        f"A{row}": "履职", f"B{row}": "职能1：统筹协调", f"C{row}": "开展服务",
        f"D{row}": "服务次数", f"F{row}": "≥6次",
        f"A{row + 1}": "效益指标", f"B{row + 1}": "经济效益", f"D{row + 1}": "带动就业",
        f"F{row + 1}": "≥50人",
    }  # fmt: skip
    printed = filled({"绩效指标": cells})
    assert printed[-1][0] == ["一级指标", "二级指标", "三级指标", "半年指标值", "全年指标值"]
    assert ["效益指标", "经济效益", "带动就业", "", "≥50人"] in printed[-1]


def test_other_sources_of_money_print_below_the_one_they_belong_to(filled):
    cells = {
        "A11": "上级补助", "B11": "其他资金", "C11": 5,
        "A12": "附属单位上缴", "B12": "其他资金", "C12": 2.5, "C5": 1, "C6": 0, "C4": 10,
    }  # fmt: skip
    form = filled({"收入预算": cells})[0]
    income = [row[2:5] for row in form if row[1] == "收入"]
    assert income[-3:] == [
        ["其他资金", "小计", "7.5"],
        ["其他资金", "上级补助", "5"],
        ["其他资金", "附属单位上缴", "2.5"],
    ]
    assert income[1] == ["资金总额", "资金总额", "18.5"]


def test_a_blank_total_of_spending_is_the_sum_of_its_lines(filled):
    cells = {
        "A4": "甲项目", "B4": "项目明细", "C4": 1.5, "D4": 4, "A5": "乙项目", "B5": "项目明细",
        "C5": 0, "D5": 6,
    }  # fmt: skip
    form = filled({"支出预算": cells})[0]
    assert [row[3:] for row in form if row[3] == "项目支出"] == [["项目支出", "1.5", "10"]]


def test_the_unit_of_amounts_stands_in_the_form(filled):
    form = filled({"单位信息": {"B4": "元"}})[0]
    assert form[3][0] == "部门整体资金（元）"


def test_only_what_is_filled_of_organisation_and_staffing_is_numbered(filled):
    form = filled({"单位信息": {"B7": "编制10名。\n在编9人。"}})[0]
    assert form[2][1] == "（1）人员配置：编制10名。在编9人。"


def test_texts_of_any_length_are_printed_whole(layout, tmp_path):
    book = openpyxl.load_workbook(SAMPLE)
    duty = "拟订全市内贸发展规划并组织实施，" * 50
    name = "便民生活圈建设数量及覆盖情况" * 9
    book["主要职能"]["A3"] = duty
    indicators = book["绩效指标"]
    indicators["D34"] = name
    path = tmp_path / "长.xlsx"
    book.save(path)
    assert run(["build", str(path), "-o", str(tmp_path)]) == 0
    word = Document((tmp_path / "长.docx").read_bytes())
    texts = {bare(text) for text in word.texts()}
    assert {"（二）" + duty, name} <= texts
    printed = "".join(bare(page) for page in page_texts((tmp_path / "长.pdf").read_bytes()))
    assert printed.count("拟订全市内贸发展规划并组织实施，") >= 49  # one may be cut by a page end
    assert name in printed
