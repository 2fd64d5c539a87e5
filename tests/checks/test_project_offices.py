"""PG341: departments and implementers of other places, in other forms, or that stand out."""

import copy
import runpy
from pathlib import Path

import pytest

from perfgen.checks import run_checks
from perfgen.figures import compute
from perfgen.layouts import find_layout, load_layout
from perfgen.workbook.opening import open_workbook
from perfgen.workbook.reading import read_report
from perfgen.workbook.writing import write_workbook

INPUTS = Path(__file__).resolve().parents[2] / "inputs"
SAMPLE = INPUTS / "data" / "project-self-evaluation-2023.toml"
READ_DATA = runpy.run_path(str(INPUTS / "make_samples.py"))["read_data"]


@pytest.fixture
def said(tmp_path):
    """What is said of projects with these departments and implementers."""
    layout = load_layout(find_layout("project-self-evaluation"))

    def say(unit, *pairs):
        content = copy.deepcopy(READ_DATA(SAMPLE)[1])
        content["单位信息"][0]["单位名称"] = unit
        first = content["项目"][0]
        content["项目"] = [
            {**first, "项目名称": f"项目{number}", "主管部门": pair[0], "实施单位": pair[1]}
            for number, pair in enumerate(pairs)
        ]
        content["项目指标"] = [{**row, "项目名称": "项目0"} for row in content["项目指标"]]
        write_workbook(layout, tmp_path / "自评.xlsx", content=content)
        report = read_report(open_workbook(tmp_path / "自评.xlsx"), layout)
        checked = run_checks(report, compute(report, layout.rules), layout)
        return [(str(one.ref)[:4], one.message) for one in checked.findings if one.code == "PG341"]

    return say


@pytest.mark.parametrize(
    ("unit", "department", "implementer", "wrong"),
    [
        ("青禾县水利局", "青乐县水利局", "青禾县水利局", "青乐县水利局"),
        ("青禾县水利局", "青禾县水利局", "清禾县水土保持站", "清禾县水土保持站"),
        ("安平市文化馆", "安平市文化和旅游局", "安宁市文化馆", "安宁市文化馆"),
        ("青禾县党史研究室", "中共青木县委办公室", "青禾县党史研究室", "中共青木县委办公室"),
        ("青禾县水利局", "青禾县水利局", "武陵县水利局", "武陵县水利局"),
        ("青禾县博物馆", "青禾县文化和旅游局", "柳河县文物管理所", "柳河县文物管理所"),
        ("平江市药品检验所", "安丰市卫生健康委员会", "平江市药品检验所", "安丰市卫生健康委员会"),
    ],
)
def test_an_office_of_another_place(said, unit, department, implementer, wrong):
    ((_, message),) = said(unit, (department, implementer))
    assert wrong in message and unit in message


@pytest.mark.parametrize(
    ("unit", "department", "implementer"),
    [
        ("青禾县水利局", "青禾县水利局", "青禾县水土保持站"),
        ("平江市姚南区教育局", "平江市教育局", "姚南区第二小学"),
        ("平江市姚南区教育局", "姚南区教育局", "平江市姚南区教育局"),
        ("青禾县水利局", "江东省水利厅", "青禾县水利局"),
        ("青禾县水利局", "青禾县水利局", "青禾县乐山镇人民政府"),
        ("平江市交通运输局", "平江市交通运输局", "姚南区交通运输局"),
        ("平江市农业农村局", "平江市农业农村局", "安丰市动物疫控中心"),  # a city below it
        ("姚南区水务局", "姚南区水务局", "经济开发区建设管理中心"),
        ("青禾县林业局", "青禾县林业局", "长林县林业勘察设计院有限公司"),
    ],
)
def test_offices_above_below_and_beside(said, unit, department, implementer):
    assert said(unit, (department, implementer)) == []


def test_one_office_in_two_forms(said):
    ((_, message),) = said(
        "平江市疾病预防控制中心",
        ("平江市卫生健康委员会", "平江市疾病预防控制中心"),
        ("平江市卫生健康局", "平江市疾病预防控制中心"),
        ("平江市卫生健康委员会", "平江市疾病预防控制中心"),
    )
    assert "平江市卫生健康局" in message and "别处写的是“平江市卫生健康委员会”" in message


def test_an_office_and_its_centre_are_two(said):
    unit = "平江市大数据管理局"
    assert said(unit, (unit, "平江市大数据管理中心"), (unit, unit)) == []


def test_one_department_stands_out(said):
    unit = "平江市体育局"
    ((_, message),) = said(unit, (unit, unit), ("平江市教育局", unit), (unit, "平江市体育馆"))
    assert "别的 2 个项目都是“平江市体育局”" in message


@pytest.mark.parametrize(
    "departments",
    [
        ("平江市体育局", "平江市教育局"),
        ("平江市教育局", "平江市民政局", "平江市体育局"),
        ("平江市体育局", "体育局", "平江市体育局"),
    ],
)
def test_several_departments(said, departments):
    assert said("平江市体育局", *((one, "平江市体育局") for one in departments)) == []
