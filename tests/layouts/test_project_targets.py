"""项目支出绩效目标申报表: many projects in one workbook, goals and targets of two periods."""

import copy
import runpy
from pathlib import Path

import pytest
from docx.oxml.ns import qn

from perfgen.build import Request, build, load
from perfgen.layouts import find_layout, load_layout
from perfgen.workbook.opening import WorkbookFile
from perfgen.workbook.writing import workbook_bytes
from render.pdf_reading import page_texts
from render.printers.word.docx_reading import Document

INPUTS = Path(__file__).resolve().parents[2] / "inputs"
READ_DATA = runpy.run_path(str(INPUTS / "make_samples.py"))["read_data"]
NAME = "project-targets-2024"


@pytest.fixture(scope="module")
def sample():
    """The sample's documents."""
    built = build(INPUTS / f"{NAME}.xlsx", Request(formats=("docx", "pdf")))
    tables = [
        [
            ["".join(t.text or "" for t in cell.iter(qn("w:t"))) for cell in row.iter(qn("w:tc"))]
            for row in table.iter(qn("w:tr"))
        ]
        for table in Document(built.documents["docx"]).tables()
    ]  # fmt: skip
    return built, tables


@pytest.fixture
def content():
    return copy.deepcopy(READ_DATA(INPUTS / "data" / f"{NAME}.toml")[1])


def loaded(content):
    layout = load_layout(find_layout("project-targets"))
    return load(WorkbookFile("目标.xlsx", workbook_bytes(layout, content=content)))


def test_the_sample_is_sound(sample):
    assert sample[0].loaded.checked.findings == ()


def test_money_stands_by_source_and_period_with_its_sums(sample):
    assert [row[-4:] for row in sample[1][0][3:]] == [
        ["实施期资金总额", "29,795,000.50", "年度资金总额", "9,915,000.50"],
        ["其中：财政拨款", "29,335,000.50", "其中：财政拨款", "9,795,000.50"],
        ["中央", "12,600,000.00", "中央", "4,200,000.00"],
        ["省级", "5,400,000.00", "省级", "1,800,000.00"],
        ["市级", "8,235,000.50", "市级", "2,745,000.50"],
        ["区（县）级", "3,100,000.00", "区（县）级", "1,050,000.00"],
        ["其他资金", "460,000.00", "其他资金", "120,000.00"],
    ]


def test_a_source_without_money_stays_blank(sample):
    second = sample[1][4]
    assert second[3][-4:] == ["实施期资金总额", "1,260,000.00", "年度资金总额", "1,260,000.00"]
    assert second[5][-4:] == ["中央", "", "中央", ""]


def test_targets_of_both_periods_stand_beside_their_unit(sample):
    rows = sample[1][2]
    assert rows[1][-6:] == ["完成改造的学校数量", "正向", "≥48", "≥16", "所", "20"]
    assert rows[3][-6:] == ["改造工程验收合格率", "正向", "=100", "=100", "%", "15"]
    assert rows[4][-6:] == ["年度改造任务完成时间", "", "2025年8月31日前", "8月31日前", "/", "10"]
    assert rows[-1] == ["权重合计", "100"]


def test_each_project_is_a_page_of_its_own(sample):
    pages = page_texts(sample[0].documents["pdf"])
    assert len(pages) == 2
    for page, name in zip(
        pages, ("乡村学校供水和食堂改造", "中小学教师信息化能力培训"), strict=True
    ):
        assert page.startswith("项目支出绩效目标申报表") and name in page
        assert "0500-1234567" in page and "同意申报" in page


def test_weights_that_are_not_100_are_an_error(content):
    content["项目指标"][0]["权重"] = "15"
    (finding,) = loaded(content).checked.findings
    assert finding.code == "PG140" and finding.ref.sheet == "项目"
    assert "权重合计是 95：各指标的权重合计应当是 100" in finding.message


def test_the_same_form_in_ten_thousands(content):
    content["单位信息"][0]["金额单位"] = "万元"
    built = loaded(content)
    assert built.report.projects[1].own["whole"] == 1260000


def test_a_new_workbook_has_the_levels_ready():
    layout = load_layout(find_layout("project-targets"))
    rows = layout.ready_rows(2024)["项目指标"]
    assert len(rows) == 9 and rows[4]["一级指标"] == "效益指标"


def test_weights_without_results_ask_for_no_marks(content):
    """A form of targets has weights, and neither results nor marks."""
    layout = load_layout(find_layout("project-targets"))
    sheet = layout.sheet_of("indicator")
    assert sheet.column("weight") is not None and sheet.column("actual") is None
    assert loaded(content).checked.findings == ()


def test_a_unit_within_the_value_is_printed_as_typed_and_not_twice(content):
    first = content["项目指标"][0]
    first.update({"实施期指标值": "48所", "年度指标值": "16所", "度量单位": ""})
    layout = load_layout(find_layout("project-targets"))
    book = WorkbookFile("目标.xlsx", workbook_bytes(layout, content=content))
    word = Document(build(book, Request(formats=("docx",))).documents["docx"])
    rows = [
        ["".join(t.text or "" for t in cell.iter(qn("w:t"))) for cell in row.iter(qn("w:tc"))]
        for row in word.tables()[2].iter(qn("w:tr"))
    ]
    assert rows[1][-6:] == ["完成改造的学校数量", "正向", "≥48所", "≥16所", "/", "20"]
