"""`perfgen carry`: the year-end workbook starts from the year-start one, nothing retyped."""

import json
from pathlib import Path

import openpyxl
import pytest

from perfgen.build import load
from perfgen.layouts import templates_folder

INPUTS = Path(__file__).resolve().parents[1] / "inputs"
TARGETS = INPUTS / "suzhou-commerce-2024-targets.xlsx"
PROJECTS = INPUTS / "hitech-zone-2023.xlsx"


@pytest.fixture
def carried(perfgen, tmp_path):
    """Carry a workbook on, and read what came of it."""

    def run(source):
        said = perfgen("carry", source, "-o", "自评.xlsx")
        assert said.code == 0, said.err
        return load(tmp_path / "自评.xlsx", say=lambda _: None).report, said

    return run


def rows(path, sheet):
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(path)[sheet].iter_rows()]


# --- from the targets of a department ------------------------------------------------------------


def test_the_unit_the_year_and_the_budget_come_along(carried):
    report, _ = carried(TARGETS)
    assert (report.unit, report.year, report.amount_unit) == ("苏州市商务局", 2024, "万元")
    assert [line.name for line in report.budget][:3] == ["预算总金额", "基本支出", "项目支出"]
    assert len(report.budget) == 20
    assert str(report.budget[2].initial) == "16203.5"
    assert report.budget[0].initial is None  # the total sums its parts


def test_all_indicators_come_along_with_their_full_year_targets_and_none_twice(carried):
    report, _ = carried(TARGETS)
    assert len(report.indicators) == 69
    targets = {row.name: row.target.text for row in report.indicators}
    assert len(targets) == 69
    assert targets["预算执行率"] == "=100%"
    assert targets["累计实施利润再投资外企数量"] == "≥16家"
    assert {row.category for row in report.indicators} == {"决策", "过程", "履职", "效益", "满意度"}


def test_duties_and_key_works_become_the_tasks_and_the_unit_describes_itself(carried):
    report, _ = carried(TARGETS)
    assert len({task.duty for task in report.tasks}) == 12
    assert report.tasks[0].name == "一刻钟便民生活圈建设"
    assert len({(task.duty, task.name) for task in report.tasks}) == len(report.tasks)
    about = [section for section in report.sections if section.name == "三、部门（单位）概况"]
    paragraphs = [text for section in about for text in section.paragraphs]
    assert len(paragraphs) >= 17  # 15 duties, the offices, the staff


def test_the_sections_that_are_still_to_be_written_stand_ready(carried, tmp_path):
    carried(TARGETS)
    names = [row[0] for row in rows(tmp_path / "自评.xlsx", "文字部分")[1:] if row[0]]
    assert names[0] == "二、年度履职目标完成情况"
    assert "六、绩效自评结果拟应用和公开情况" in names


def test_what_finds_no_place_is_said_with_its_count(carried):
    _, said = carried(TARGETS)
    assert "支出预算：半年计划执行数（19 处）" in said.err
    assert "收入预算：全年预算数" in said.err
    assert "单位信息：中长期目标（1 处）" in said.err
    assert "绩效指标：没有“指标名称”的行（3 处）" in said.err


def test_the_carried_workbook_can_be_filled_and_built(carried, perfgen, tmp_path):
    carried(TARGETS)
    book = openpyxl.load_workbook(tmp_path / "自评.xlsx")
    sheet = book["预算信息"]
    for row in range(3, 22):
        sheet.cell(row, 6).value = sheet.cell(row, 3).value
    book.save(tmp_path / "自评.xlsx")
    said = perfgen("build", "自评.xlsx", "--format", "docx")
    assert said.code == 0, said.err
    assert (tmp_path / "outputs" / "自评.docx").is_file()


# --- from the projects of a department -----------------------------------------------------------


def test_projects_come_along_with_their_money_goals_and_indicators(carried):
    report, said = carried(PROJECTS)
    assert [project.name for project in report.projects] == ["招商引资", "项目扶持资金"]
    assert str(report.projects[1].initial["fiscal"]) == "2200"
    assert len(report.projects[0].goals) == 2
    own = [row for row in report.indicators if row.project == "招商引资"]
    assert [row.target.text for row in own][:3] == ["≥20人", "≥10次", "12月31日前"]
    assert {row.category for row in report.indicators} == {"产出指标", "效益指标", "满意度指标"}
    assert "项目指标：绩效指标描述" in said.err


# --- the command ---------------------------------------------------------------------------------


def test_the_result_for_programs(perfgen):
    data = json.loads(perfgen("carry", TARGETS, "-o", "自评.xlsx", "--json").out)
    assert data["ok"] is True
    assert data["layout"] == "suzhou-self-evaluation"
    assert data["carried"]["绩效指标"] == 69


def test_a_workbook_is_never_overwritten_by_accident(perfgen, tmp_path):
    (tmp_path / "自评.xlsx").write_bytes(b"filled")
    said = perfgen("carry", TARGETS, "-o", "自评.xlsx")
    assert said.code == 2
    assert "已经存在" in said.err
    assert (tmp_path / "自评.xlsx").read_bytes() == b"filled"


def test_the_workbook_itself_is_never_the_place(perfgen, tmp_path):
    (tmp_path / "目标.xlsx").write_bytes(TARGETS.read_bytes())
    said = perfgen("carry", "目标.xlsx", "-o", "目标.xlsx", "--force")
    assert said.code == 2
    assert "写的正是目标表自己" in said.err
    assert (tmp_path / "目标.xlsx").read_bytes() == TARGETS.read_bytes()


def test_a_self_evaluation_has_nothing_to_be_carried_to(perfgen):
    said = perfgen("carry", INPUTS / "suzhou-commerce-2023.xlsx", "-o", "x.xlsx")
    assert said.code == 2
    assert "没有由 suzhou-self-evaluation 结转的自评版式" in said.err


def test_with_two_fitting_layouts_the_officer_says_which(perfgen, tmp_path):
    assert perfgen("layouts", "new", "wuxi", "--from", "suzhou-self-evaluation").code == 0
    said = perfgen("carry", TARGETS, "-o", "自评.xlsx")
    assert said.code == 2
    assert "suzhou-self-evaluation、wuxi" in said.err
    assert perfgen("carry", TARGETS, "-o", "自评.xlsx", "--to", "wuxi").code == 0


def test_every_layout_that_is_carried_from_is_there():
    assert (templates_folder() / "suzhou-targets" / "layout.toml").is_file()
    assert (templates_folder() / "hitech-performance-text" / "layout.toml").is_file()


# --- into a form with columns of its own for sign, number and unit --------------------------------


def test_a_target_is_taken_apart_where_the_form_has_columns_for_its_parts(perfgen, tmp_path):
    source = INPUTS / "hitech-zone-2023.xlsx"
    said = perfgen("carry", source, "--to", "sichuan-project-self-evaluation", "-o", "自评.xlsx")
    assert said.code == 0, said.err
    header, *found = rows(tmp_path / "自评.xlsx", "绩效指标")
    start = header.index("指标性质")
    parts = [tuple(row[start : start + 3]) for row in found if row[header.index("三级指标")]]
    before = load(source, say=lambda _: None).report.indicators
    targets = [row.target for row in before if row.name]
    assert len(parts) == len(targets) > 10
    for (sign, number, unit), target in zip(parts, targets, strict=True):
        if target.measure.number is not None and target.as_typed is None:
            assert (sign or "", f"{number}{unit or ''}") == (
                target.operator or "", target.measure.text,
            )  # fmt: skip
        else:
            assert (sign, number, unit) == (None, target.text, None)
