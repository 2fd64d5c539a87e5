"""PG128, PG121: what was read in another way than it stands, and rows that are no records."""

import pytest

from workbooks.make import put


def test_a_unit_of_the_header_is_a_warning_and_one_of_a_cell_a_hint(checked, book):
    put(put(book, "预算信息!C1", "年初预算数（万元）"), "预算信息!D5", "0.0006亿元")
    findings = [f for f in checked(book).findings if f.code == "PG128"]
    assert [(f.severity, str(f.ref)) for f in findings] == [("info", "预算信息!D5")]
    put(book, "预算信息!C1", "年初预算数（元）")
    findings = [f for f in checked(book).findings if f.code == "PG128"]
    assert ("warning", "预算信息!C1") in [(f.severity, str(f.ref)) for f in findings]


@pytest.mark.parametrize(
    "name", ["合计", "小计", "总计（万元）", "注：不含上年结转", "备注：见附件", "说明：略"]
)
def test_a_total_or_a_note_below_projects(found_in, name):
    rows = [{"项目名称": "老旧小区改造"}, {"项目名称": name}]
    (finding,) = found_in("project-self-evaluation", {"项目": rows}, "PG121")
    assert name in finding.message


@pytest.mark.parametrize(
    "name", ["合计划拨系统建设", "注册登记便利化", "说明书编制", "总计算机房改造"]
)
def test_names_that_only_begin_like_one(found_in, name):
    assert found_in("project-self-evaluation", {"项目": [{"项目名称": name}]}, "PG121") == []
