"""PG327: a department or implementer whose name lost a character."""

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
    """What is said of the sample with another unit and another implementer."""
    layout = load_layout(find_layout("project-self-evaluation"))

    def say(unit, implementer):
        content = copy.deepcopy(READ_DATA(SAMPLE)[1])
        content["单位信息"][0]["单位名称"] = unit
        content["项目"][0].update({"主管部门": unit, "实施单位": implementer})
        write_workbook(layout, tmp_path / "自评.xlsx", content=content)
        report = read_report(open_workbook(tmp_path / "自评.xlsx"), layout)
        checked = run_checks(report, compute(report, layout.rules), layout)
        return [one.message for one in checked.findings if one.code == "PG327"]

    return say


@pytest.mark.parametrize("implementer", ["清河县退役军人事局", "清河县退役军人事局优抚科"])
def test_a_character_is_missing(said, implementer):
    (message,) = said("清河县退役军人事务局", implementer)
    assert implementer in message and "清河县退役军人事务局" in message


@pytest.mark.parametrize(
    "implementer",
    [
        "清河县退役军人事务局",
        "清河退役军人事务局",
        "清河县军休服务中心",
        "清河县退役军人事务局优抚科",
        "清河县退役军人事务中心",
        "退役军人事务局",
    ],
)
def test_the_full_name_a_short_form_and_another_unit_are_right(said, implementer):
    assert said("清河县退役军人事务局", implementer) == []


@pytest.mark.parametrize(
    ("unit", "implementer", "wrong"),
    [
        ("三河湾市卫生健康委员会", "三河市人民医院", True),
        ("三河湾市卫生健康委员会", "三河湾市人民医院", False),
        ("石家庄市体育局", "石庄市全民健身中心", True),
        ("石家庄市体育局", "张家口市全民健身中心", False),
        ("清河县体育局", "清源县全民健身中心", False),
    ],
)
def test_a_place_that_lost_a_character(said, unit, implementer, wrong):
    assert len(said(unit, implementer)) == wrong
