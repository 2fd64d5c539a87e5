"""`perfgen summarize`: many departments' reports in one workbook, each counted once."""

import json
import shutil
from datetime import date

import openpyxl
import pytest

from office import needs_office, recalculate
from perfgen import cli
from perfgen.layouts import templates_folder
from perfgen.summary import gathering
from workbooks.make import good_workbook, put

HEADER = 3


def of(unit, budget=100):
    """A good workbook of a unit, its 基本支出 as given."""
    return put(put(good_workbook(), "基本信息!B2", unit), "预算信息!C3", budget)


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    """The documents of one unit."""
    folder = tmp_path_factory.mktemp("documents")
    of("甲局").save(folder / "甲局.xlsx")
    assert cli.run(["build", str(folder / "甲局.xlsx"), "-o", str(folder)]) == 0
    return folder


@pytest.fixture
def summary(tmp_path):
    """A sheet of the summary: its rows by header."""

    def read(sheet="汇总", name="汇总表.xlsx"):
        rows = list(openpyxl.load_workbook(tmp_path / name, data_only=True)[sheet].values)
        return [dict(zip(rows[HEADER - 1], row, strict=True)) for row in rows[HEADER:]]

    return read


def totals(path, sheet="汇总"):
    values = openpyxl.load_workbook(path, data_only=True)[sheet]
    return {
        values.cell(HEADER, column).value: values.cell(2, column).value
        for column in range(1, values.max_column + 1)
    }


# --- one row for each report -----------------------------------------------------------------


def test_each_report_is_a_row_whatever_kind_of_file_it_is(perfgen, saved, documents, summary):
    saved(of("乙局", 200), "乙局.xlsx")
    said = perfgen("summarize", documents / "甲局.pdf", "乙局.xlsx")
    assert said.code == 0
    assert "✓ 已汇总 2 份报告，写入 汇总表.xlsx" in said.out
    first, second = summary()
    assert (first["单位"], first["年度"], first["来源"]) == ("甲局", 2023, "PDF")
    assert (first["年初预算数"], first["调整预算数"], first["支出数"]) == (200, 206, 200.5)
    assert first["执行率"] == pytest.approx(200.5 / 206)
    assert (second["单位"], second["年初预算数"], second["来源"]) == ("乙局", 300, "工作簿")
    assert first["口径"] == "预算信息"
    assert first["错误"] == 0
    assert "按文件公开的数据重算和检查" in first["备注"]


def test_all_lines_and_indicators_are_listed(perfgen, saved, summary):
    saved(of("甲局"), "甲局.xlsx")
    assert perfgen("summarize", "甲局.xlsx").code == 0
    lines = summary("预算项目")
    assert [(line["预算项目"], line["层级"], line["末级"]) for line in lines] == [
        ("预算总金额", 1, "否"), ("基本支出", 2, "是"), ("项目支出", 2, "否"),
        ("甲项目", 3, "是"), ("乙项目", 3, "是"),
    ]  # fmt: skip
    indicators = summary("绩效指标")
    assert indicators[1]["指标值"] == "=100%"  # a text, not a formula
    assert (indicators[1]["偏差情况"], indicators[1]["未达目标"]) == ("-1.50%", None)
    assert indicators[0]["来源文件"] == "甲局.xlsx"


def test_projects_and_their_marks_are_listed(perfgen, summary):
    inputs = templates_folder().parent / "inputs"
    assert perfgen("summarize", inputs / "project-self-evaluation-2023.xlsx",
                   inputs / "guangzhou-commerce-2023.xlsx").code == 0  # fmt: skip
    (project,) = summary("项目")
    alone, whole = summary()
    assert (project["得分"], project["等级"]) == (alone["得分"], alone["等级"]) == (94.66, "优")
    assert (whole["得分"], whole["满分"], whole["口径"]) == (93.13, 100, "项目支出")


def test_amounts_of_any_unit_are_converted(perfgen, saved, summary):
    book = put(of("甲局"), "基本信息!B4", "元")
    saved(book, "甲局.xlsx")
    assert perfgen("summarize", "甲局.xlsx").code == 0
    assert summary()[0]["年初预算数"] == pytest.approx(0.02)


@needs_office
def test_the_totals_are_live_and_leave_out_what_the_filter_hides(perfgen, saved, tmp_path):
    saved(of("甲局"), "甲局.xlsx")
    saved(of("乙局", 200), "乙局.xlsx")
    assert perfgen("summarize", "甲局.xlsx", "乙局.xlsx").code == 0
    path = tmp_path / "汇总表.xlsx"
    assert totals(path)["年初预算数"] == 500
    assert totals(path, "预算项目")["年初预算数"] == 500  # lines without parts
    book = openpyxl.load_workbook(path)
    formula = book["汇总"]["D2"].value
    assert "SUBTOTAL(109," in formula
    assert book["汇总"].freeze_panes == "B4"
    assert book["汇总"].auto_filter.ref.startswith("A3:")
    book["汇总"].row_dimensions[5].hidden = True  # as a filter does
    book.save(tmp_path / "filtered.xlsx")
    recalculate(tmp_path, [tmp_path / "filtered.xlsx"])
    assert totals(tmp_path / "out/filtered.xlsx")["年初预算数"] == 200


# --- the same report twice -------------------------------------------------------------------


def test_a_second_copy_of_a_report_is_listed_and_not_counted(perfgen, documents, summary, tmp_path):
    said = perfgen("summarize", *(documents / f"甲局.{kind}" for kind in ("docx", "pdf", "xlsx")))
    assert said.code == 0
    assert "3 份报告，其中重复 2 份不计入合计" in said.out
    assert [(row["来源"], row["计入合计"]) for row in summary()] == [
        ("Word", "否"), ("PDF", "否"), ("工作簿", "是"),
    ]  # fmt: skip
    assert "重复：与" in summary()[0]["备注"]
    assert "不一致" not in summary()[0]["备注"]
    assert totals(tmp_path / "汇总表.xlsx")["年初预算数"] == 200
    assert {row["计入合计"] for row in summary("预算项目")} == {"是", "否"}


def test_of_two_workbooks_the_later_counts_and_a_difference_is_said(perfgen, saved, summary):
    saved(of("甲局"), "旧.xlsx")
    saved(of("甲局", 300), "新.xlsx")
    assert perfgen("summarize", "旧.xlsx", "新.xlsx").code == 0
    old, new = summary()
    assert (old["计入合计"], new["计入合计"]) == ("否", "是")
    assert "两份的数字不一致，请核对" in old["备注"]


def test_files_for_single_projects_are_no_copies_but_a_shared_project_is_said(perfgen, summary):
    inputs = templates_folder().parent / "inputs"
    names = ("project-self-evaluation-2023.xlsx", "projects-self-evaluation-2023.xlsx")
    said = perfgen("summarize", *(inputs / name for name in names))
    assert said.code == 0
    assert "有 1 个项目几份报告里都有，合计里计了几次" in said.out
    rows = summary()
    assert [row["计入合计"] for row in rows] == ["是", "是"]
    assert "合计里计了两次" in rows[0]["备注"]


# --- what cannot be read ---------------------------------------------------------------------


def test_what_cannot_be_read_is_listed_and_the_rest_goes_on(perfgen, saved, summary):
    saved(of("甲局"), "甲局.xlsx")
    saved(put(of("乙局"), "预算信息!C3", "一百"), "乙局.xlsx")
    saved(b"%PDF-1.7", "坏.pdf")
    said = perfgen("summarize", "甲局.xlsx", "乙局.xlsx", "坏.pdf", "没有*.docx")
    assert said.code == 1
    assert "✗ 已汇总 1 份报告，写入 汇总表.xlsx；3 个文件没有读取，见“未读取”" in said.out
    unread = {row["文件"]: row["原因"] for row in summary("未读取")}
    assert unread["乙局.xlsx"] == "有 1 处读不懂：预算信息!C3：年初预算数：“一百”不是数字"
    assert "已损坏" in unread["坏.pdf"]
    assert unread["没有*.docx"] == "没有符合这个写法的文件"
    assert [row["单位"] for row in summary()] == ["甲局"]


def test_nothing_is_written_where_nothing_can_be_read(perfgen, saved, tmp_path):
    saved(b"x", "a.pdf")
    said = perfgen("summarize", "a.pdf")
    assert said.code == 2
    assert "没有读到一份报告" in said.err
    assert not (tmp_path / "汇总表.xlsx").exists()


def test_a_file_that_perfgen_stumbles_over_stops_no_other(perfgen, saved, summary, monkeypatch):
    real = gathering.build

    def stumble(file, request):
        if file.name == "乙局.xlsx":
            raise RuntimeError("?")
        return real(file, request)

    monkeypatch.setattr(gathering, "build", stumble)
    saved(of("甲局"), "甲局.xlsx")
    saved(of("乙局"), "乙局.xlsx")
    assert perfgen("summarize", "甲局.xlsx", "乙局.xlsx").code == 1
    assert [row["单位"] for row in summary()] == ["甲局"]
    (unread,) = summary("未读取")
    assert unread["原因"] == "perfgen 自身出了错：RuntimeError: ?"


def test_of_a_document_of_an_earlier_day_that_day_is_said(perfgen, saved, summary, tmp_path):
    book = put(of("甲局"), "预算信息!D5", None)
    book["预算调整"].append((date(2023, 1, 5), None, "甲项目", "上年结转", 6, None))
    command = ("build", saved(book), "--format", "docx", "--as-of", "2023-06-30")
    assert perfgen(*command).code == 0
    document = next((tmp_path / "outputs").rglob("*.docx"))
    assert perfgen("summarize", document).code == 0
    (row,) = summary()
    assert row["备注"].startswith("截至 2023-06-30 的数据；")


def test_without_its_layout_a_document_is_listed_by_its_data(perfgen, saved, tmp_path, summary):
    own = tmp_path / "own"
    shutil.copytree(templates_folder() / "_shared", own / "_shared")
    shutil.copytree(templates_folder() / "suzhou-self-evaluation", own / "our-city")
    declared = own / "our-city/layout.toml"
    text = declared.read_text("utf-8").replace('id = "suzhou-self-evaluation"', 'id = "our-city"')
    declared.write_text(text, "utf-8")
    assert perfgen("build", saved(of("甲局")), "--layout", "our-city", "--layouts", own,
                   "--format", "docx").code == 0  # fmt: skip
    assert perfgen("summarize", tmp_path / "outputs/自评.docx").code == 0
    (row,) = summary()
    assert (row["单位"], row["年初预算数"], row["错误"]) == ("甲局", None, None)
    assert "这里没有版式“our-city”" in row["备注"]
    assert [line["年初预算数"] for line in summary("预算项目")] == [200, 100, 100, 60, 40]


# --- the command -----------------------------------------------------------------------------


def test_patterns_that_the_shell_left_alone_are_expanded(perfgen, saved, summary):
    saved(of("甲局"), "甲局.xlsx")
    saved(of("乙局"), "乙局.xlsx")
    saved(b"lock", "~$甲局.xlsx")
    assert perfgen("summarize", "*.xlsx").code == 0
    assert {row["单位"] for row in summary()} == {"甲局", "乙局"}
    assert perfgen("summarize", "*.xlsx", "--force").code == 0  # the summary is not one of them
    assert len(summary()) == 2


def test_a_summary_is_not_written_over_without_force(perfgen, saved):
    saved(of("甲局"), "甲局.xlsx")
    said = perfgen("summarize", "甲局.xlsx", "-o", "甲局.xlsx")
    assert said.code == 2
    assert "甲局.xlsx 已经存在，没有覆盖" in said.err


def test_with_json_programs_get_the_same(perfgen, saved):
    saved(of("甲局"), "甲局.xlsx")
    saved(b"x", "坏.pdf")
    said = perfgen("summarize", "甲局.xlsx", "坏.pdf", "--json")
    data = json.loads(said.out)
    assert said.code == 1
    assert (data["ok"], data["file"], data["amount_unit"]) == (False, "汇总表.xlsx", "万元")
    (report,) = data["reports"]
    assert (report["unit"], report["initial"], report["counted"]) == ("甲局", "200", True)
    assert report["findings"]["error"] == 0
    assert data["unread"][0]["file"] == "坏.pdf"


def test_the_same_reports_give_the_same_bytes(perfgen, saved, tmp_path):
    saved(of("甲局"), "甲局.xlsx")
    for name in ("a.xlsx", "b.xlsx"):
        assert perfgen("summarize", "甲局.xlsx", "-o", name).code == 0
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


@pytest.mark.parametrize("name", ["x.pdf", "y.xlsx", "z.docx", "报告"])
def test_a_folder_is_called_one_whatever_its_name(perfgen, saved, tmp_path, name):
    saved(good_workbook())
    (tmp_path / name).mkdir()
    said = perfgen("summarize", "自评.xlsx", name)
    assert said.code == 1
    assert f"{name} 是文件夹，不是报告" in said.err and "文件夹/*.xlsx" in said.err
