"""部门整体支出绩效自评表: base data, the rates that follow, and the marks that these give."""

import copy
import runpy
from pathlib import Path

import openpyxl
import pytest
from docx.oxml.ns import qn

from office import needs_office, recalculate
from perfgen.checks import run_checks
from perfgen.cli import run
from perfgen.figures import compute
from perfgen.figures.formulas.completing import with_formulas
from perfgen.layouts import find_layout, load_layout
from perfgen.model.numbers import plain
from perfgen.workbook.opening import open_workbook
from perfgen.workbook.reading import read_report
from perfgen.workbook.writing import write_workbook
from render.pdf_reading import page_texts
from render.printers.word.docx_reading import Document

INPUTS = Path(__file__).resolve().parents[2] / "inputs"
READ_DATA = runpy.run_path(str(INPUTS / "make_samples.py"))["read_data"]
SAMPLE = "department-scored-2023"


def cells(row):
    return ["".join(part.text or "" for part in cell.iter(qn("w:t")))
            for cell in row.iter(qn("w:tc"))]  # fmt: skip


@pytest.fixture(scope="module")
def layout():
    return load_layout(find_layout("department-scored-self-evaluation"))


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The tables of the Word file and the pages of the PDF."""
    folder = tmp_path_factory.mktemp("scored")
    assert run(["build", str(INPUTS / f"{SAMPLE}.xlsx"), "-o", str(folder)]) == 0
    word = Document((folder / f"{SAMPLE}.docx").read_bytes())
    tables = [[cells(row) for row in table.iter(qn("w:tr"))] for table in word.tables()]
    return tables, page_texts((folder / f"{SAMPLE}.pdf").read_bytes())


@pytest.fixture
def content():
    return copy.deepcopy(READ_DATA(INPUTS / "data" / f"{SAMPLE}.toml")[1])


@pytest.fixture
def judged(layout, tmp_path):
    """Write a workbook with this content: its figures and the findings."""

    def result(content):
        write_workbook(layout, tmp_path / "自评.xlsx", content=content)
        report = read_report(open_workbook(tmp_path / "自评.xlsx"), layout)
        report = with_formulas(report, layout)
        figures = compute(report, layout.rules)
        return figures, run_checks(report, figures, layout).findings

    return result


def test_the_sample_is_sound(judged, content):
    _, findings = judged(content)
    assert [finding for finding in findings if finding.severity != "info"] == []


def test_base_data_and_the_rates_that_follow(built):
    staff, budget, expense, _ = built[0][:4]
    assert staff[1][1:] == ["86", "83", "96.51%"]
    assert budget[1][1:] == ["312.4", "2860.5", "274.6", "196.3", "94.31%", "9.60%"]
    assert expense[1][1:] == ["“三公经费”", "25", "25.5", "25.3", "1.20%", "99.22%"]
    assert expense[3][1:] == ["因公出国（境）费", "0", "0", "0", "", ""]


def test_each_item_has_its_value_and_its_marks(built):
    rows = built[0][4]
    assert rows[0] == ["一级指标", "二级指标", "三级指标", "满分", "评价标准", "指标说明",
                       "指标值", "得分", "扣分原因"]  # fmt: skip
    assert [(row[2], row[6], row[7]) for row in rows[1:16]] == [
        ("在职人员控制率", "96.51%", "8"),
        ("“三公经费”变动率", "1.20%", "7.04"),
        ("预算完成率", "94.31%", "6"),
        ("预算控制率", "9.60%", "6"),
        ("新建楼堂馆所面积控制率", "未新建", "5"),
        ("新建楼堂馆所投资概算控制率", "未新建", "5"),
        ("公用经费控制率", "98.24%", "8"),
        ("“三公经费”控制率", "99.22%", "8"),
        ("政府采购执行率", "94.22%", "3.69"),
        ("管理制度健全性", "2", "6"),
        ("资金使用合规性", "0", "6"),
        ("预决算信息公开性", "公开", "5"),
        ("重点工作实际完成率", "95%", "6.65"),
        ("履职效益", "", "4.5"),
        ("社会公众或服务对象满意度", "93.2%", "4"),
    ]
    assert rows[16] == ["合计", "100", "", "", "", "88.88", "等级：良"]


def test_levels_are_merged_and_stand_again_on_the_next_page(built):
    assert [row[0] for row in built[0][4][1:4]] == ["投入", "", "过程"]
    assert "基础数据表" in built[1][0] and "指标计分表" in built[1][1]
    assert "三级指标" in built[1][2]


@pytest.mark.parametrize(
    ("item", "cell", "value", "name", "marks"),
    [
        ("实际在职人数", "", "88", "在职人员控制率", "6.84"),  # 102.33%
        ("本年追加", "", "0", "预算控制率", "8"),
        ("本年追加", "", "286.05", "预算控制率", "6"),  # 10% belongs to the better band
        ("本年追加", "", "900", "预算控制率", "0"),
        ("年末结余", "", "0", "预算完成率", "8"),
        ("公务接待费", "当年决算数", "7.6", "“三公经费”变动率", "5.44"),  # 3.2%
        ("公用经费", "当年决算数", "165", "公用经费控制率", "0"),
        ("政府采购金额", "当年决算数", "336", "政府采购执行率", "4"),  # 105% is off as well
    ],
)
def test_marks_follow_the_base_data(judged, content, item, cell, value, name, marks):
    if cell:
        row = next(row for row in content["经费控制"] if row["经费名称"] == item)
        row[cell] = value
    else:
        content["基本信息"][0][item] = value
    figures, _ = judged(content)
    (score,) = [row.score for row in figures.scores if row.name == name]
    assert plain(score) == marks


def test_a_published_score_that_its_rule_does_not_give_is_told_with_the_way_to_it(judged, content):
    row = next(row for row in content["指标计分"] if row["三级指标"] == "预算控制率")
    row["得分"] = "8"
    figures, findings = judged(content)
    (found,) = [finding for finding in findings if finding.code == "PG505"]
    assert found.message == (
        "“预算控制率”填的得分是 8，按规则应当是 6（9.6% 属于“≤10%”一档，得 6 分）"
    )
    assert plain(figures.overall.score) == "90.88"


def test_ready_rows_stand_in_a_fresh_workbook(layout, tmp_path):
    write_workbook(layout, tmp_path / "空.xlsx", year=2024)
    sheet = openpyxl.load_workbook(tmp_path / "空.xlsx")["指标计分"]
    fulls = [cell.value for cell in sheet["D"][1:] if cell.value]
    assert (len(fulls), sum(fulls)) == (15, 100)


@needs_office
def test_the_workbook_shows_the_marks_as_they_print(layout, content, tmp_path):
    file = tmp_path / "自评.xlsx"
    write_workbook(layout, file, content=content)
    recalculate(tmp_path, [file])
    report = with_formulas(read_report(open_workbook(file), layout), layout)
    figures = compute(report, layout.rules).scores
    sheet = openpyxl.load_workbook(tmp_path / "out/自评.xlsx", data_only=True)["指标计分"]
    shown = [cell.value for cell in sheet["H"][1 : len(figures) + 1]]
    wanted = [None if row.computed is None else float(row.computed) for row in figures]
    assert shown == wanted
