"""PG121: totals and notes that became lines, projects or indicators."""

import pytest


@pytest.fixture
def found(found_in):
    """What is said of a project of this name, beside a real one."""

    def find(name, code="PG121"):
        projects = [{"项目名称": "食品抽检", "预算数": "60"}, {"项目名称": name, "预算数": "60"}]
        return found_in("hitech-performance-text", {"项目": projects}, code)

    return find


@pytest.mark.parametrize(
    "name", ["合计", "小计", "合  计", "总计：", "合计（万元）", "项目合计", "本页小计"]
)
def test_a_row_named_like_a_total_is_no_project(found, name):
    (finding,) = found(name)
    assert finding.severity == "error"
    assert str(finding.ref) == "项目!A3"
    assert finding.message == f"“{name}”像是合计行，却当作一行记录计算和印出"


@pytest.mark.parametrize(
    "name", ["注：以上均为财政资金", "备注: 含税", "填表人：某某", "注1：见附表", "※含上年结转"]
)
def test_a_note_is_no_project(found, name):
    (finding,) = found(name)
    assert "像是注释" in finding.message


@pytest.mark.parametrize(
    "name",
    ["合计划生育服务", "注册商标奖励", "小计量器具检定", "备注册登记服务", "总计量站运行经费"],
)
def test_projects_whose_names_only_begin_so_are_projects(found, name):
    assert found(name) == []


def test_a_total_of_the_budget_table_that_has_parts_is_a_line(found, checked, book):
    book["预算信息"]["A2"] = "合计"
    assert [one for one in checked(book).findings if one.code == "PG121"] == []
    book["预算信息"].append(("小计", "项目明细", 100, None, None, 105.5, None))
    (finding,) = [one for one in checked(book).findings if one.code == "PG121"]
    assert str(finding.ref) == "预算信息!A7"


@pytest.mark.parametrize("name", ["其中：设备购置", "其中:设备购置", "其中： 人员经费", "其中"])
def test_a_part_of_the_row_above_is_no_project(found, name):
    (finding,) = found(name)
    assert "像是上一行的其中数" in finding.message


def test_a_part_that_names_its_total_is_a_source(found_in):
    funds = [{"资金来源": "资金总额", "全年预算数": "60"},
             {"资金来源": "其中：财政拨款", "上级": "资金总额", "全年预算数": "60"}]  # fmt: skip
    assert found_in("suzhou-targets", {"收入预算": funds}, "PG121") == []
