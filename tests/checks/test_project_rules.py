"""PG51x: the money of a project adds up, and no more is spent than budgeted."""

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
def found(tmp_path):
    """The findings about the sample's project with other amounts."""
    layout = load_layout(find_layout("project-self-evaluation"))

    def find(**amounts):
        content = copy.deepcopy(READ_DATA(SAMPLE)[1])
        content["项目"][0].update({name.replace("_", "："): text for name, text in amounts.items()})
        write_workbook(layout, tmp_path / "自评.xlsx", content=content)
        report = read_report(open_workbook(tmp_path / "自评.xlsx"), layout)
        checked = run_checks(report, compute(report, layout.rules), layout)
        return [finding for finding in checked.findings if finding.code.startswith("PG51")]

    return find


def test_a_blank_or_right_total_is_not_spoken_of(found):
    assert found() == []
    assert found(年初预算数="600", 全年预算数="605.2", 全年执行数="597.5") == []


def test_a_total_that_is_not_the_sum_of_its_sources(found):
    (finding,) = found(全年执行数="590")
    assert (finding.code, finding.severity, str(finding.ref)) == ("PG511", "error", "项目!L2")
    assert finding.message == (
        "“老旧农贸市场改造补助”的全年执行数是 590，各来源合计 597.5，相差 -7.5"
    )


def test_what_rounding_explains_is_a_warning(found):
    (finding,) = found(全年预算数="605.22")
    assert (finding.code, finding.severity) == ("PG511", "warning")


def test_more_spent_than_budgeted(found):
    (finding,) = found(
        全年执行数="625", 全年执行数_当年财政拨款="552.3", 全年执行数_其他资金="27.5"
    )
    assert (finding.code, str(finding.ref)) == ("PG512", "项目!L2")
    assert finding.message.endswith("的全年执行数是 625，超过全年预算 605.2，执行率 103.27%")


def test_the_one_source_that_brings_the_total_above_its_budget_is_named(found):
    (finding,) = found(全年执行数_当年财政拨款="579.8")
    assert (finding.code, str(finding.ref)) == ("PG512", "项目!M2")
    assert finding.message == (
        "“老旧农贸市场改造补助”的全年执行数：当年财政拨款是 579.8，超过全年预算 560，"
        "执行率 103.54%；合计 625，全年预算合计 605.2"
    )


def test_more_spent_from_one_source(found):
    (finding,) = found(全年执行数_其他资金="5")
    assert (finding.code, str(finding.ref)) == ("PG512", "项目!O2")
    assert finding.message.endswith("的全年执行数：其他资金是 5，超过全年预算 0")


@pytest.mark.parametrize("sample", ["suzhou-commerce-2023", "hitech-zone-2023"])
def test_nothing_is_said_where_projects_have_no_spending(sample):
    name, _ = READ_DATA(INPUTS / "data" / f"{sample}.toml")
    layout = load_layout(find_layout(name))
    report = read_report(open_workbook(INPUTS / f"{sample}.xlsx"), layout)
    checked = run_checks(report, compute(report, layout.rules), layout)
    assert not [finding for finding in checked.findings if finding.code.startswith("PG51")]
