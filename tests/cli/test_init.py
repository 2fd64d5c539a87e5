"""`perfgen init`: one command, and the officer has a workbook to fill."""

import json
import shutil

import openpyxl
import pytest

from perfgen.layouts import find_layout

SUZHOU = "suzhou-self-evaluation"


@pytest.fixture
def init(perfgen):
    """Run `perfgen init` in an empty folder."""
    return lambda *arguments: perfgen("init", *arguments)


def test_a_workbook_is_written_and_the_last_line_says_what_to_do_next(init, tmp_path):
    said = init(SUZHOU, "-o", "自评.xlsx", "--unit", "苏州市商务局", "--year", "2023")
    assert said.code == 0
    assert said.out == "✓ 已生成 自评.xlsx；填好保存后运行 perfgen check 自评.xlsx\n"
    form = openpyxl.load_workbook(tmp_path / "自评.xlsx")["基本信息"]
    assert (form["B2"].value, form["B3"].value) == ("苏州市商务局", 2023)


def test_without_a_name_the_file_is_called_as_the_report_will_be(init, tmp_path):
    assert init(SUZHOU, "--unit", "苏州市商务局/下属", "--year", "2023年度").code == 0
    assert [file.name for file in tmp_path.iterdir()] == [
        "苏州市商务局_下属2023年度部门整体支出预算绩效自评报告.xlsx"
    ]


def test_a_folder_and_a_name_without_suffix_are_understood(init, tmp_path):
    (tmp_path / "报表").mkdir()
    assert init(SUZHOU, "-o", "报表", "--year", "2024").code == 0
    assert init(SUZHOU, "-o", "自评", "--year", "2024").code == 0
    assert (tmp_path / "报表/2024年度部门整体支出预算绩效自评报告.xlsx").is_file()
    assert (tmp_path / "自评.xlsx").is_file()


def test_a_name_with_spaces_is_quoted_in_the_next_step(init):
    said = init(SUZHOU, "-o", "自评 定稿.xlsx", "--year", "2024")
    assert said.out.endswith('perfgen check "自评 定稿.xlsx"\n')


def test_a_filled_workbook_is_never_overwritten_by_accident(init, tmp_path):
    filled = tmp_path / "自评.xlsx"
    filled.write_bytes(b"filled")
    refused = init(SUZHOU, "-o", filled)
    assert refused.code == 2
    assert "已经存在，没有覆盖" in refused.err
    assert filled.read_bytes() == b"filled"
    assert init(SUZHOU, "-o", filled, "--force").code == 0
    assert filled.read_bytes().startswith(b"PK")
    assert list(tmp_path.iterdir()) == [filled]


def test_an_unknown_layout_gets_the_nearest_name(init, tmp_path):
    said = init("suzhou-self-evalution")
    assert said.code == 2
    assert "是不是 suzhou-self-evaluation？" in said.err
    assert list(tmp_path.iterdir()) == []


def test_no_layout_at_all_gets_the_list(init):
    said = init()
    assert said.code == 2
    assert "没有写明版式" in said.err and SUZHOU in said.err


def test_another_kind_of_file_is_refused_with_the_right_name(init):
    said = init(SUZHOU, "-o", "自评.xls")
    assert said.code == 2
    assert "写成 自评.xlsx" in said.err


@pytest.mark.parametrize("year", ["23", "二〇二三", "1999"])
def test_what_is_no_year_is_refused(init, year):
    said = init(SUZHOU, "--year", year)
    assert said.code == 2
    assert "写四位数字，例如 2023" in said.err


def test_a_year_without_a_set_of_its_own_is_said(init):
    later = init(SUZHOU, "-o", "a.xlsx", "--year", "2031")
    assert later.code == 0
    assert "没有 2031 年度统一的内容，列出的是 2024 年度的" in later.err
    unsaid = init(SUZHOU, "-o", "b.xlsx")
    assert "没有写年度，统一的内容按 2024 年度列出" in unsaid.err
    assert init(SUZHOU, "-o", "c.xlsx", "--year", "2023").err == ""


def test_json_names_the_file_and_its_sheets(init):
    said = init(SUZHOU, "-o", "自评.xlsx", "--year", "2023", "--json")
    data = json.loads(said.out)
    assert (said.code, data["ok"], data["files"]) == (0, True, ["自评.xlsx"])
    assert (data["layout"], data["year"], data["ready_year"]) == (SUZHOU, 2023, 2023)
    assert data["sheets"][:2] == ["填报说明", "基本信息"]


def test_a_layout_of_ones_own_is_found_in_its_folder(init, tmp_path):
    ours = find_layout(SUZHOU)
    shutil.copytree(ours, tmp_path / "版式/my-city")
    shutil.copytree(ours.parent / "_shared", tmp_path / "版式/_shared")
    declaration = tmp_path / "版式/my-city/layout.toml"
    text = declaration.read_text(encoding="utf-8").replace(SUZHOU, "my-city")
    declaration.write_text(text, encoding="utf-8")
    said = init("my-city", "--layouts", tmp_path / "版式", "-o", "a.xlsx", "--year", "2023")
    assert said.code == 0
    names = openpyxl.load_workbook(tmp_path / "a.xlsx").defined_names
    assert names["_perfgen_layout"].attr_text == '"my-city"'


def test_what_is_written_can_be_checked_at_once(init, perfgen):
    assert init(SUZHOU, "-o", "a.xlsx", "--unit", "某局", "--year", "2023").code == 0
    checked = perfgen("check", "a.xlsx")
    assert checked.code in (0, 1)
    assert "没有填“指标完成值”" in checked.out + checked.err
