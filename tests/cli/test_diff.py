"""`perfgen diff`: two workbooks, or a workbook and its last build, compared by meaning."""

import json
from pathlib import Path

import pytest

from render.pdf_reading import page_texts
from render.printers.word.docx_reading import Document
from workbooks.make import good_workbook, put


@pytest.fixture
def two(saved):
    """A workbook before and after an adjustment."""
    saved(good_workbook(), "年初.xlsx")
    after = put(put(good_workbook(), "预算信息!D6", 500), "重点任务!C2", "已经印发并实施。")
    saved(after, "调整后.xlsx")


def test_two_workbooks_are_compared(two, perfgen):
    said = perfgen("diff", "年初.xlsx", "调整后.xlsx")
    assert said.code == 0
    assert "上年度结转及当年预算追加追减数 空 → 500（+500）" in said.out
    assert "→ 执行率 98.75% → 7.31%" in said.out
    assert "完成情况 已经印发。 → 已经印发并实施。" in said.out
    assert said.out.splitlines()[-1].startswith("✓ 年初.xlsx → 调整后.xlsx：改动 4 行")


def test_equal_workbooks_say_so(two, perfgen):
    assert "没有不同" in perfgen("diff", "年初.xlsx", "年初.xlsx").out


def test_the_result_for_programs(two, perfgen):
    data = json.loads(perfgen("diff", "年初.xlsx", "调整后.xlsx", "--json").out)
    assert data["different"] is True
    row = next(row for row in data["rows"] if row["name"] == "乙项目")
    assert (row["kind"], row["sheet"], row["cell"]) == ("changed", "预算信息", "预算信息!A6")
    assert row["changes"][0] == {
        "header": "上年度结转及当年预算追加追减数", "old": "", "new": "500", "entered": True,
    }  # fmt: skip


def test_a_table_of_the_changes_is_printed_for_the_file(two, perfgen, tmp_path):
    said = perfgen("diff", "年初.xlsx", "调整后.xlsx", "--format", "docx,pdf")
    assert said.code == 0, said.err
    word = "\n".join(Document((tmp_path / "outputs/调整后-调整对照表.docx").read_bytes()).texts())
    pdf = "".join(page_texts((tmp_path / "outputs/调整后-调整对照表.pdf").read_bytes()))
    for text in ("调整前", "调整后", "增减率", "+500", "1250.00%", "已经印发并实施。"):
        assert text in word
        assert text in pdf


@pytest.mark.parametrize(
    ("output", "files"),
    [
        ("对照.html", ["对照.html"]),
        ("报送", ["报送/调整后-调整对照表.html"]),
    ],
    ids=["a file", "a folder that is made"],
)
def test_where_the_table_goes_is_said_as_for_a_build(two, perfgen, tmp_path, output, files):
    formats = () if "." in output else ("--format", "html")
    said = perfgen("diff", "年初.xlsx", "调整后.xlsx", "-o", output, *formats)
    assert said.code == 0, said.err
    assert [file for file in files if (tmp_path / file).is_file()] == files


def test_a_table_that_perfgen_does_not_write_is_refused_as_for_a_build(two, perfgen):
    said = [perfgen(*command, "-o", "对照.wps") for command in (
        ("diff", "年初.xlsx", "调整后.xlsx"), ("build", "年初.xlsx"))]  # fmt: skip
    assert [one.code for one in said] == [2, 2]
    assert said[0].err == said[1].err


def test_the_last_build_is_looked_for_where_o_says(two, perfgen):
    perfgen("build", "年初.xlsx", "-o", "报送", "--format", "html")
    said = perfgen("diff", "年初.xlsx", "-o", "报送", "--format", "html")
    assert said.code == 0, said.err
    assert "没有不同" in said.out


def test_without_a_record_the_last_build_cannot_be_compared(two, perfgen):
    said = perfgen("diff", "年初.xlsx")
    assert said.code == 2
    assert "没有 年初.xlsx 的生成记录" in said.err


def test_workbooks_of_two_layouts_cannot_be_compared(two, perfgen):
    sample = Path(__file__).resolve().parents[2] / "inputs" / "hitech-zone-2023.xlsx"
    said = perfgen("diff", "年初.xlsx", sample)
    assert said.code == 2
    assert "版式不同，不能对照" in said.err


def test_a_table_that_was_altered_since_is_kept(two, perfgen, saved, tmp_path):
    perfgen("diff", "年初.xlsx", "调整后.xlsx", "--format", "docx")
    table = tmp_path / "outputs/调整后-调整对照表.docx"
    altered = table.read_bytes() + b"\0"
    table.write_bytes(altered)
    saved(put(good_workbook(), "预算信息!D6", 300), "调整后.xlsx")
    said = perfgen("diff", "年初.xlsx", "调整后.xlsx", "--format", "docx")
    assert said.code == 0
    kept = tmp_path / "outputs/调整后-调整对照表（Word改稿）.docx"
    assert kept.read_bytes() == altered
    assert "改过或换过，保留在 outputs/调整后-调整对照表（Word改稿）.docx" in said.err


def test_a_table_that_nobody_altered_is_written_anew(two, perfgen, saved, tmp_path):
    perfgen("diff", "年初.xlsx", "调整后.xlsx", "--format", "docx")
    saved(put(good_workbook(), "预算信息!D6", 300), "调整后.xlsx")
    perfgen("diff", "年初.xlsx", "调整后.xlsx", "--format", "docx")
    assert not [path for path in (tmp_path / "outputs").iterdir() if "改稿" in path.name]
