"""Building again: changes are said, nothing changed leaves the files, earlier ones come back."""

import json
import os
import shutil

import pytest

from workbooks.make import good_workbook, put


@pytest.fixture
def build(perfgen, saved):
    """Build a workbook to outputs/, as Word alone unless said otherwise."""

    def run(book=None, *options):
        if book is not None:
            saved(book)
        return perfgen("build", "自评.xlsx", "--format", "docx", *options)

    return run


@pytest.fixture
def word(tmp_path):
    """The Word file that builds write."""
    return tmp_path / "outputs" / "自评.docx"


def test_the_second_build_says_what_changed_and_then_builds(build, word):
    build(good_workbook())
    before = word.read_bytes()
    said = build(put(good_workbook(), "预算信息!D6", 500))
    assert said.code == 0
    assert "与上次生成相比" in said.err
    assert "上年度结转及当年预算追加追减数 空 → 500（+500）" in said.err
    assert "→ 执行率 98.75% → 7.31%" in said.err
    assert word.read_bytes() != before


def test_nothing_changed_leaves_the_files_as_they_are(build, word):
    build(good_workbook())
    state = word.stat()
    said = build()
    assert said.code == 0
    assert "没有变化" in said.out
    assert "保持原样" in said.out
    assert word.stat().st_mtime_ns == state.st_mtime_ns


def test_force_builds_anyway_and_gives_the_same_bytes(build, word):
    build(good_workbook())
    before, state = word.read_bytes(), word.stat()
    assert "已生成" in build(None, "--force").out
    assert word.stat().st_mtime_ns != state.st_mtime_ns
    assert word.read_bytes() == before


def test_a_workbook_saved_again_without_a_change_is_built_and_has_no_changes(build):
    build(good_workbook())
    book = good_workbook()
    book["预算信息"].insert_rows(2)
    said = build(book)
    assert "已生成" in said.out
    assert "与上次生成相比" not in said.err


def test_a_document_that_is_gone_is_written_anew(build, word):
    build(good_workbook())
    word.unlink()
    assert "已生成" in build().out
    assert word.is_file()


def test_other_formats_are_another_build(build, perfgen, tmp_path):
    build(good_workbook())
    assert "已生成" in perfgen("build", "自评.xlsx", "--format", "html").out
    assert (tmp_path / "outputs/自评.html").is_file()


def test_a_changed_layout_builds_again(perfgen, saved, tmp_path):
    saved(good_workbook())
    perfgen("layouts", "new", "mine", "--from", "suzhou-self-evaluation")
    arguments = ("build", "自评.xlsx", "--layout", "mine", "--format", "docx")
    assert "已生成" in perfgen(*arguments).out
    assert "没有变化" in perfgen(*arguments).out
    css = tmp_path / "layouts/mine/report.css"
    css.write_text(css.read_text("utf-8") + "p { margin: 1pt; }", encoding="utf-8")
    assert "已生成" in perfgen(*arguments).out


def test_a_date_from_outside_is_part_of_the_input(build, monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    build(good_workbook())
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert "已生成" in build().out


def test_strict_refuses_before_anything_is_written(build, word):
    build(good_workbook())
    before = word.read_bytes()
    said = build(put(good_workbook(), "预算信息!F6", 80), "--strict")
    assert said.code == 1
    assert word.read_bytes() == before


def test_the_result_for_programs_holds_the_changes(build):
    build(good_workbook())
    data = json.loads(build(put(good_workbook(), "预算信息!D6", 500), "--json").out)
    assert data["unchanged"] is False
    assert data["changes"]["different"] is True
    assert json.loads(build(None, "--json").out)["unchanged"] is True


# --- history -------------------------------------------------------------------------------------


def test_earlier_builds_are_kept_and_come_back(build, perfgen, word):
    build(good_workbook())
    first = word.read_bytes()
    build(put(good_workbook(), "预算信息!D6", 500))
    said = perfgen("history", "自评.xlsx")
    assert "第 1 次" in said.out
    assert "第 2 次" in said.out
    assert "与前一次相比：改动" in said.out
    assert perfgen("history", "自评.xlsx", "--restore", "1").code == 0
    assert word.read_bytes() == first
    assert "已生成" in build().out  # what was restored is not what the workbook says now


def test_only_the_last_builds_are_kept(build, perfgen, tmp_path):
    for amount in range(1, 5):
        build(put(good_workbook(), "预算信息!D6", amount), "--keep", "2")
    data = json.loads(perfgen("history", "自评.xlsx", "--json").out)
    assert [one["number"] for one in data["builds"]] == [3, 4]
    folders = {path.name for path in (tmp_path / "outputs/.perfgen/自评").iterdir()}
    assert folders == {"0003", "0004", "lock", "record.json"}


def test_a_build_that_is_not_kept_cannot_come_back(build, perfgen):
    build(good_workbook())
    said = perfgen("history", "自评.xlsx", "--restore", "7")
    assert said.code == 2
    assert "没有第 7 次生成的记录" in said.err


def test_the_record_holds_hashes_versions_figures_and_findings(build, tmp_path):
    build(put(good_workbook(), "预算信息!F6", 80))
    folder = tmp_path / "outputs/.perfgen/自评"
    (build_data,) = json.loads((folder / "record.json").read_text("utf-8"))["builds"]
    assert len(build_data["workbook_hash"]) == 64
    assert list(build_data["outputs"]) == ["自评.docx"]
    assert build_data["perfgen"]
    snapshot = json.loads((folder / "0001/snapshot.json").read_text("utf-8"))
    assert [finding["code"] for finding in snapshot["findings"]] == ["PG102"]
    assert any(entry["computed"].get("执行率") == "200.00%" for entry in snapshot["entries"])


def test_a_spoilt_record_is_no_obstacle(build, tmp_path):
    build(good_workbook())
    (tmp_path / "outputs/.perfgen/自评/record.json").write_text("{", encoding="utf-8")
    assert build().code == 0
    assert json.loads((tmp_path / "outputs/.perfgen/自评/record.json").read_text("utf-8"))


def test_diff_with_one_workbook_compares_with_its_last_build(build, perfgen, saved):
    build(good_workbook())
    saved(put(good_workbook(), "预算信息!D6", 500))
    said = perfgen("diff", "自评.xlsx")
    assert "→ 执行率 98.75% → 7.31%" in said.out
    assert "与上次生成 自评.xlsx 时相比" in said.out


# --- a build that was killed ---------------------------------------------------------------------


def test_a_half_done_set_of_documents_is_completed_by_the_next_run(perfgen, saved, tmp_path):
    saved(good_workbook())
    perfgen("build", "自评.xlsx", "--format", "docx,html")
    outputs, folder = tmp_path / "outputs", tmp_path / "outputs/.perfgen/自评"
    old = {path.name: path.read_bytes() for path in outputs.glob("自评.*")}
    saved(put(good_workbook(), "预算信息!D6", 500))
    perfgen("build", "自评.xlsx", "--format", "docx,html")
    new = {path.name: path.read_bytes() for path in outputs.glob("自评.*")}
    # As a kill between the two renames leaves it: one new, one old, and a record that says so.
    (outputs / "自评.html").write_bytes(old["自评.html"])
    (outputs / ".perfgen-abc.tmp").write_bytes(b"half")
    os.utime(outputs / ".perfgen-abc.tmp", (0, 0))
    record = json.loads((folder / "record.json").read_text("utf-8"))
    record["builds"][-1]["done"] = False
    (folder / "record.json").write_text(json.dumps(record), encoding="utf-8")
    said = perfgen("build", "自评.xlsx", "--format", "docx,html")
    assert "上次生成中途停了，已经补全" in said.err
    assert {path.name: path.read_bytes() for path in outputs.glob("自评.*")} == new
    assert not (outputs / ".perfgen-abc.tmp").exists()


def test_a_build_killed_before_its_copies_were_whole_is_forgotten(perfgen, saved, tmp_path):
    saved(good_workbook())
    perfgen("build", "自评.xlsx", "--format", "docx")
    folder = tmp_path / "outputs/.perfgen/自评"
    record = json.loads((folder / "record.json").read_text("utf-8"))
    record["builds"].append({**record["builds"][-1], "number": 2, "done": False})
    (folder / "record.json").write_text(json.dumps(record), encoding="utf-8")
    shutil.rmtree(folder / "0002", ignore_errors=True)
    assert perfgen("build", "自评.xlsx", "--format", "docx").code == 0
    data = json.loads((folder / "record.json").read_text("utf-8"))
    assert [one["number"] for one in data["builds"]] == [1]
