"""项目支出绩效自评表: a form for each project, with its scores, total and grade."""

import copy
import runpy
from pathlib import Path

import pytest
from docx.oxml.ns import qn

from perfgen.checks import run_checks
from perfgen.cli import run
from perfgen.figures import compute
from perfgen.layouts import find_layout, load_layout
from perfgen.workbook.opening import open_workbook
from perfgen.workbook.reading import read_report
from perfgen.workbook.writing import write_workbook
from render.pdf_reading import lines, needs, page_texts
from render.printers.word.docx_reading import Document

INPUTS = Path(__file__).resolve().parents[2] / "inputs"
READ_DATA = runpy.run_path(str(INPUTS / "make_samples.py"))["read_data"]
ONE, SEVERAL = "project-self-evaluation-2023", "projects-self-evaluation-2023"
TITLE = "项目支出绩效自评表"
MARGIN, A4 = 20 * 72 / 25.4, 210 * 72 / 25.4


def cells(row):
    """The texts of a Word table's row, without line breaks; "" where a merged cell goes on."""
    return ["".join(part.text or "" for part in cell.iter(qn("w:t")))
            for cell in row.iter(qn("w:tc"))]  # fmt: skip


class Built:
    """What a build wrote: the rows of the Word file's tables, the pages of the PDF."""

    def __init__(self, folder, name):
        self.pdf = (folder / f"{name}.pdf").read_bytes()
        self.pages = page_texts(self.pdf)
        self.word = Document((folder / f"{name}.docx").read_bytes())
        self.tables = [
            [cells(row) for row in table.iter(qn("w:tr"))] for table in self.word.tables()
        ]


@pytest.fixture(scope="module")
def layout():
    return load_layout(find_layout("project-self-evaluation"))


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    """The documents of both sample workbooks."""
    folder = tmp_path_factory.mktemp("samples")
    for name in (ONE, SEVERAL):
        assert run(["build", str(INPUTS / f"{name}.xlsx"), "-o", str(folder)]) == 0
    return {name: Built(folder, name) for name in (ONE, SEVERAL)}


@pytest.fixture
def content():
    """What the sheets of the sample with several projects hold, for a test to change."""
    return copy.deepcopy(READ_DATA(INPUTS / "data" / f"{SEVERAL}.toml")[1])


@pytest.fixture
def build(layout, tmp_path):
    """Write a workbook with this content, build it, and return the documents."""

    def built(content):
        write_workbook(layout, tmp_path / "自评.xlsx", content=content)
        assert run(["build", str(tmp_path / "自评.xlsx"), "-o", str(tmp_path)]) == 0
        return Built(tmp_path, "自评")

    return built


def test_the_head_of_the_form_holds_the_project_and_its_money(samples):
    assert samples[ONE].tables[0] == [
        ["项目名称", "老旧农贸市场改造补助"],
        ["主管部门", "某某市商务局", "实施单位", "某某市商务局市场体系建设处"],
        ["项目资金（万元）", "", "年初预算数", "全年预算数（A）", "全年执行数（B）", "分值",
         "执行率（B/A）", "得分"],
        ["", "年度资金总额", "600", "605.2", "597.5", "10", "98.73%", "9.87"],
        ["", "其中：当年财政拨款", "600", "560", "552.3", "—", "98.63%", "—"],
        ["", "上年结转资金", "0", "45.2", "45.2", "—", "100.00%", "—"],
        ["", "其他资金", "0", "0", "0", "—", "", "—"],
    ]  # fmt: skip


def test_goals_stand_beside_what_was_achieved(samples):
    head, row = samples[ONE].tables[1]
    assert head == ["", "预期目标", "实际完成情况"]
    assert row[0] == "年度总体目标"
    assert row[1].startswith("1.支持全市12家") and row[2].endswith("正在完善管理制度。")


def test_indicators_stand_under_merged_levels_with_their_scores(samples):
    rows = samples[ONE].tables[2]
    assert rows[0] == ["", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值",
                       "得分", "偏差原因分析及改进措施"]  # fmt: skip
    assert rows[1] == ["绩效指标", "产出指标", "数量指标", "改造农贸市场数量", "≥12家", "13家",
                       "10", "10", "1家市场由开办方自筹资金提前改造。"]  # fmt: skip
    assert [row[2] for row in rows[1:9]] == [
        "数量指标", "", "质量指标", "", "时效指标", "", "成本指标", "经济效益指标",
    ]  # fmt: skip
    assert [(row[3], row[7]) for row in rows[4:8]] == [
        ("食品安全快检室达标率", "4.87"), ("改造任务完成时限", "10"), ("补助资金拨付时限", "2"),
        ("单个市场平均补助金额", "5"),
    ]  # fmt: skip


def test_the_last_row_is_the_total_and_the_grade(samples):
    totals = [table[-1] for table in samples[SEVERAL].tables[2::3]]
    assert totals == [
        ["总分", "100", "94.66", "等级：优"],
        ["总分", "100", "86.77", "等级：良"],
        ["总分", "100", "67.65", "等级：中"],
    ]


def test_the_marks_of_a_project_that_missed_much(samples):
    marks = {row[3]: row[7] for row in samples[SEVERAL].tables[8][1:-1]}
    assert marks == {
        "建成便民生活圈数量": "10",  # overshot: reached
        "新建改建便民网点数量": "6.83",
        "生活圈基本业态覆盖率": "8.35",
        "建设项目验收通过率": "4.38",
        "建设任务完成时间": "0",
        "单个生活圈平均财政投入": "5",
        "带动社会投资": "4.59",
        "服务居民人数": "6.88",
        "网点消费纠纷件数": "0",
        "一次性塑料制品减量": "2.5",
        "共建共治机制": "3",
        "社区居民满意度": "9.28",
    }


def test_each_project_begins_a_page_with_the_title(samples):
    begins = [page for page in samples[SEVERAL].pages if page.startswith(TITLE)]
    assert len(begins) == 3
    assert all(page.startswith(f"{TITLE}（2023年度）项目名称") for page in begins)
    assert len(list(samples[SEVERAL].word.body.iter(qn("w:pageBreakBefore")))) == 2


@pytest.mark.parametrize("name", [ONE, SEVERAL])
def test_the_samples_are_sound(layout, name):
    report = read_report(open_workbook(INPUTS / f"{name}.xlsx"), layout)
    checked = run_checks(report, compute(report, layout.rules), layout)
    assert [finding for finding in checked.findings if finding.severity != "info"] == []


def test_where_the_page_changes_head_and_levels_stand_again(samples):
    second = samples[ONE].pages[1]
    assert not second.startswith(TITLE)
    for text in ("三级指标", "年度指标值", "偏差原因分析及改进措施", "效益指标"):
        assert text in second, text
    heads = samples[ONE].word.body.iter(qn("w:tblHeader"))
    assert len(list(heads)) == 3


@needs("pdftotext")
def test_long_texts_go_on_over_pages_and_nothing_is_lost(build, content, tmp_path):
    reason = "".join(f"第{n}次调度后，招标用时仍然超过计划；" for n in range(1, 61))
    goals = "".join(f"第{n}项任务按计划推进，年底前完成；" for n in range(1, 121))
    content["项目指标"][3]["偏差原因分析及改进措施"] = reason
    content["项目指标"][-1]["偏差原因分析及改进措施"] = reason
    content["项目"][1]["预期目标"] = goals
    built = build(content)
    text = "".join(built.pages)
    for number in range(1, 61):
        assert text.count(f"第{number}次") == 2
    for number in range(1, 121):
        assert f"第{number}项" in text
    for page in lines(built.pdf, tmp_path):
        for line in page:
            assert line.left >= MARGIN - 1
            assert line.right <= A4 - MARGIN + 1


def test_a_long_last_row_is_not_tied_to_the_total(build, content):
    content["项目指标"][-1]["偏差原因分析及改进措施"] = "因主管单位统一调整方案而顺延；" * 60
    table = build(content).word.tables()[-1]
    long_row = list(table.iter(qn("w:tr")))[-2]
    assert list(long_row.iter(qn("w:keepNext"))) == []
    assert list(long_row.iter(qn("w:cantSplit"))) == []


def test_twelve_projects_are_twelve_forms(build, content):
    projects, rows = content["项目"], content["项目指标"]
    starts = [n for n, row in enumerate(rows) if row.get("项目名称")]
    last = rows[starts[2] :]
    for number in range(4, 13):
        name = f"便民生活圈建设（第{number}批）"
        projects.append({**projects[2], "项目名称": name})
        rows += [{**last[0], "项目名称": name}, *last[1:]]
    built = build(content)
    assert len(built.tables) == 36
    assert sum(page.startswith(TITLE) for page in built.pages) == 12


def test_the_form_says_the_workbooks_own_unit_of_money(build, content):
    content["单位信息"][0]["金额单位"] = "元"
    assert build(content).tables[0][2][0] == "项目资金（元）"


def test_a_missing_score_leaves_total_and_grade_blank(build, content):
    row = next(row for row in content["项目指标"] if row["三级指标"] == "农产品上行")
    row["得分"] = ""
    assert build(content).tables[5][-1] == ["总分", "100", "", ""]


def test_an_empty_workbook_has_the_sheets_of_the_form(layout, tmp_path):
    write_workbook(layout, tmp_path / "空.xlsx", content={})
    book = open_workbook(tmp_path / "空.xlsx")
    names = [title for title in book.sheets if not title.startswith("_")]
    assert names == ["填报说明", "单位信息", "项目", "项目指标", "说明事项"]
