"""部门预算项目支出绩效自评表: operator, value and unit in columns of their own, and a tail."""

import copy
import runpy
from dataclasses import replace
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
from render.pdf_reading import page_texts
from render.printers.word.docx_reading import Document

INPUTS = Path(__file__).resolve().parents[2] / "inputs"
READ_DATA = runpy.run_path(str(INPUTS / "make_samples.py"))["read_data"]
SAMPLE = "sichuan-projects-2023"
TITLE = "部门预算项目支出绩效自评表"


def cells(row):
    return ["".join(part.text or "" for part in cell.iter(qn("w:t")))
            for cell in row.iter(qn("w:tc"))]  # fmt: skip


@pytest.fixture(scope="module")
def layout():
    return load_layout(find_layout("sichuan-project-self-evaluation"))


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The folder with the sample's documents, the tables of the Word file, the PDF's pages."""
    folder = tmp_path_factory.mktemp("sichuan")
    assert run(["build", str(INPUTS / f"{SAMPLE}.xlsx"), "-o", str(folder)]) == 0
    word = Document((folder / f"{SAMPLE}.docx").read_bytes())
    tables = [[cells(row) for row in table.iter(qn("w:tr"))] for table in word.tables()]
    return folder, tables, page_texts((folder / f"{SAMPLE}.pdf").read_bytes())


@pytest.fixture
def content():
    return copy.deepcopy(READ_DATA(INPUTS / "data" / f"{SAMPLE}.toml")[1])


@pytest.fixture
def read(layout, tmp_path):
    """Write a workbook with this content and read it: the report, its figures, the findings."""

    def result(content):
        write_workbook(layout, tmp_path / "自评.xlsx", content=content)
        report = read_report(open_workbook(tmp_path / "自评.xlsx"), layout)
        figures = compute(report, layout.rules)
        return report, figures, run_checks(report, figures, layout).findings

    return result


def test_the_sample_is_sound(read, content):
    _, _, findings = read(content)
    assert [finding for finding in findings if finding.severity != "info"] == []


def test_money_by_source_with_its_rate_and_marks(built):
    money = built[1][7]
    assert money[3][1:] == ["财政专户管理资金", "0.00", "0.00", "0.00", "0.00%", "/", "/", ""]
    assert [row[1:] for row in money[1:3]] == [
        ["总额", "200.00", "200.00", "172.36", "86.18%", "10", "8.62",
         "3期培训班因报名人数不足未开班，结余27.64万元已由财政收回。"],
        ["其中：财政资金", "180.00", "180.00", "152.36", "84.64%", "/", "/", ""],
    ]  # fmt: skip


def test_operator_value_and_unit_stand_in_columns_of_their_own(built):
    rows = built[1][8]
    assert rows[0][4:9] == ["指标性质", "指标值", "度量单位", "完成值", "权重"]
    assert rows[1][3:10] == ["培训人数", "≥", "600", "人", "552", "15", "13.8"]
    assert rows[7][3:9] == ["培训后半年内就业率", "≥", "60", "%", "63.04", "20"]
    assert rows[8][3:10] == ["培训管理制度健全程度", "定性", "优", "", "良", "10", "8.5"]


def test_a_level_without_an_indicator_is_printed_and_not_counted(built):
    rows = built[1][8]
    assert rows[6][2:10] == ["经济效益指标", "/", "/", "/", "/", "/", "/", "/"]
    assert rows[-1] == ["合计", "100", "95.92", "等级：优"]


def test_the_tail_holds_the_conclusion_and_the_signatures(built):
    tail = built[1][9]
    assert [row[0] for row in tail] == ["评价结论", "存在问题", "改进措施", "项目负责人"]
    assert tail[3] == ["项目负责人", "王五", "财务负责人", "李四"]


def test_each_project_begins_a_page(built):
    assert sum(f"{TITLE}（2023年度）项目名称" in page for page in built[2]) == 2


def row_of(content, name):
    return next(row for row in content["绩效指标"] if row["三级指标"] == name)


@pytest.mark.parametrize(
    ("cells", "score"),
    [
        ({"指标性质": "大于等于"}, "13.80"),
        ({"指标性质": "＞="}, "13.80"),
        ({"指标值": "≥600"}, "13.80"),
        ({"完成值": "552人"}, "13.80"),
        ({"度量单位": "/", "指标值": "600人", "完成值": "552人"}, "13.80"),
        ({"指标性质": "≤"}, "15.00"),
        ({"权重": "15%"}, "13.80"),
    ],
)
def test_what_stands_apart_is_put_together(read, content, cells, score):
    row_of(content, "培训人数").update(cells)
    _, figures, _ = read(content)
    row = next(row for row in figures.indicators if row.indicator.name == "培训人数")
    assert str(row.computed) == score


def test_each_cell_is_kept_as_it_was_typed(read, content):
    row_of(content, "培训人数").update({"指标性质": "大于等于", "指标值": "600.0"})
    report, _, _ = read(content)
    row = next(row for row in report.indicators if row.name == "培训人数")
    assert dict(row.stated) == {"operator": "大于等于", "full": "600.0", "actual": "552"}
    assert row.target.text == "≥600.0人"


def test_a_mark_for_nothing_is_no_target_and_no_result(read, content):
    report, *_ = read(content)
    row = next(row for row in report.indicators if row.subcategory == "经济效益指标")
    assert (row.is_empty, row.target, row.actual) == (True, None, None)
    assert row.stated["full"] == "/"


@pytest.mark.parametrize(
    ("result", "score", "marks"),
    [
        ("优", None, "10.00"),
        ("好", None, "10.00"),
        ("良", "9", None),  # 90% belongs to the upper grade
        ("良", "8", "8"),
        ("中", "8", None),
        ("中", "6", "6"),
        ("差", "5.9", "5.9"),
    ],
)
def test_words_are_scored_within_the_range_of_their_grade(read, content, result, score, marks):
    row = row_of(content, "培训管理制度健全程度")
    row.update({"完成值": result, "得分": score})
    _, figures, findings = read(content)
    found = [finding for finding in findings if finding.code == "PG505"]
    assert bool(found) == (marks is None)
    if marks:
        scored = next(r for r in figures.indicators if r.indicator.name == row["三级指标"])
        assert str(scored.score) == marks


def test_weights_that_do_not_come_to_ninety_are_told(read, content):
    row_of(content, "培训人数")["权重"] = "10"
    _, _, findings = read(content)
    (found,) = [finding for finding in findings if finding.code == "PG501"]
    assert "分值合计是 95，应当是 100" in found.message


def test_a_published_score_is_a_finding_and_is_printed_once_it_is_explained(read, content):
    row_of(content, "培训人数")["得分"] = "12"
    _, _, findings = read(content)
    assert [finding.code for finding in findings if finding.severity == "error"] == ["PG505"]
    content["说明事项"] = [
        {"规则代码": "PG505", "对象": "培训人数", "理由": "已公开", "说明岗位": "财务股"}
    ]
    _, figures, findings = read(content)
    assert [finding for finding in findings if finding.severity == "error"] == []
    assert str(figures.projects[1].total) == "94.12"


def test_what_is_disclosed_keeps_the_columns_apart(built, tmp_path):
    folder, *_ = built
    assert (
        run(["extract", str(folder / f"{SAMPLE}.docx"), "--xlsx", str(tmp_path / "还原.xlsx")]) == 0
    )
    layout = load_layout(find_layout("sichuan-project-self-evaluation"))
    report = read_report(open_workbook(tmp_path / "还原.xlsx"), layout)
    row = next(row for row in report.indicators if row.name == "培训人数")
    assert dict(row.stated) == {"operator": "≥", "full": "600", "actual": "552"}
    assert row.unit == "人"


def test_a_heading_may_hold_the_marks_of_its_level(layout, content, tmp_path):
    """产出指标 60 分 stands in a row of its own; the indicators below it have no weights."""
    optional = replace(
        layout,
        sheets=tuple(
            replace(
                sheet,
                columns=tuple(
                    replace(column, required=False) if column.field == "name" else column
                    for column in sheet.columns
                ),
            )
            if sheet.record == "indicator"
            else sheet
            for sheet in layout.sheets
        ),
    )
    first, second = content["绩效指标"][:2]
    heading = {
        "项目名称": first["项目名称"], "一级指标": "产出指标", "二级指标": "数量指标",
        "权重": "60", "得分": "58",
    }  # fmt: skip
    content["项目"] = content["项目"][:1]
    content["绩效指标"] = [heading, {**first, "权重": ""}, second]
    write_workbook(optional, tmp_path / "自评.xlsx", content=content)
    report = read_report(open_workbook(tmp_path / "自评.xlsx"), optional)
    (project,) = compute(report, optional.rules).projects
    assert (project.full, str(project.total)) == (100, "98.00")


def test_the_form_asks_for_the_reasons_and_keeps_its_lengths(read, content):
    """A rate below 90 % and an adjustment each need a reason; it is asked for once."""
    first, second = content["项目"]
    first["预算调整原因"], second["执行率低于90%的原因"] = "", ""
    first["评价结论"] = "好" * 201
    told = {one.code: one for one in read(content)[2]}
    assert sorted(one.code for one in read(content)[2]) == ["PG140", "PG140", "PG141"]
    assert "评价结论有 201 字，规定不超过 200 字" in told["PG141"].message
    messages = [one.message for one in read(content)[2] if one.code == "PG140"]
    assert any("预算执行率低于 90%，要写原因" in message for message in messages)
    assert any("要写调整原因" in message for message in messages)


def test_reasons_in_their_columns_are_enough(read, content):
    assert read(content)[2] == ()
