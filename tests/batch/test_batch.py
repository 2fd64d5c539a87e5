"""`perfgen batch`: many workbooks, each as a single build leaves it, and one table of all."""

import json
import shutil
from pathlib import Path
from re import search

import jsonschema
import openpyxl
import pytest

from batch.collected import BROKEN, UNREADABLE, WRONG, of
from perfgen.batch.finding import RESULTS
from perfgen.batch.outcomes import Outcome, Verdict
from perfgen.cli.batch_showing import show_table
from workbooks.make import good_workbook, put

ROOT = Path(__file__).parents[2]
DOCX = ("--format", "docx", "-j", "2")


def rows(path, sheet="结果"):
    """A sheet of 汇总.xlsx: its rows by header."""
    found = list(openpyxl.load_workbook(path)[sheet].values)
    return [dict(zip(found[2], row, strict=True)) for row in found[3:]]


def times(home):
    """When each document was written."""
    return {path: path.stat().st_mtime_ns for path in home.rglob("*.docx")}


# --- the documents -------------------------------------------------------------------------------


def test_all_workbooks_are_built_as_single_builds_build_them(perfgen, good, tmp_path, bytes_below):
    assert perfgen("batch", good, "-o", "批量", "--format", "docx,html", "-j", "2").code == 0

    built = bytes_below(tmp_path / "批量")
    assert sorted({name.rpartition(".")[0] for name in built}) == [
        "丁局", "丙局", "乙区/自评", "甲区/自评",
    ]  # fmt: skip
    for name, folder in {"乙区/自评": "乙区", "丙局": ".", "丁局": "."}.items():
        source = next(good.rglob(f"{name}.xlsx"))
        perfgen("build", source, "-o", f"单个/{folder}", "--format", "docx,html")
    single = bytes_below(tmp_path / "单个")
    assert single.items() <= built.items()
    assert len(single) == 6


def test_the_pdf_is_that_of_a_single_build(perfgen, saved, tmp_path, bytes_below):
    path = saved(of("甲局"), "甲局.xlsx")
    assert perfgen("batch", path, "-o", "批量").code == 0
    assert perfgen("build", path, "-o", "单个").code == 0

    assert bytes_below(tmp_path / "批量") == bytes_below(tmp_path / "单个")
    assert set(bytes_below(tmp_path / "批量")) == {"甲局.docx", "甲局.pdf"}


def test_unchanged_ones_are_skipped_and_a_changed_one_is_built(perfgen, good, tmp_path):
    perfgen("batch", good, *DOCX)
    before = times(tmp_path / "outputs")

    again = perfgen("batch", good, *DOCX)
    assert "4 个工作簿：没有变化 4；" in again.out
    assert times(tmp_path / "outputs") == before

    of("第3局", 999).save(good / "丁局.xlsx")
    third = perfgen("batch", good, *DOCX)
    assert "已生成 1，没有变化 3；" in third.out
    after = times(tmp_path / "outputs")
    assert {path.name for path in before if before[path] != after[path]} == {"丁局.docx"}
    assert perfgen("batch", good, *DOCX, "--force").out.count("已生成 4") == 1


def test_single_builds_and_batches_know_each_others_records(perfgen, good, tmp_path):
    perfgen("batch", good, *DOCX)
    said = perfgen("build", good / "丁局.xlsx", "--format", "docx")
    assert "没有变化" in said.out

    of("第3局", 999).save(good / "丁局.xlsx")
    perfgen("build", good / "丁局.xlsx", "--format", "docx")
    before = times(tmp_path / "outputs")
    said = perfgen("batch", good, *DOCX)
    assert "没有变化 4；" in said.out
    assert "1105" in said.out  # and the table has the new budget
    assert times(tmp_path / "outputs") == before


def test_a_document_that_was_edited_or_restored_is_treated_as_a_build_treats_it(
    perfgen, good, tmp_path
):
    perfgen("batch", good, *DOCX)
    document = tmp_path / "outputs" / "丁局.docx"
    document.write_bytes(b"edited by hand")
    assert "没有变化 4；" in perfgen("batch", good, *DOCX).out
    assert document.read_bytes() == b"edited by hand"

    of("第3局", 999).save(good / "丁局.xlsx")
    said = perfgen("batch", good, *DOCX)
    assert "原来的文件改过或换过" in said.err
    assert any(path.read_bytes() == b"edited by hand" for path in document.parent.glob("丁局（*"))

    perfgen("history", good / "丁局.xlsx", "--restore", "1")
    assert "已生成 1，没有变化 3；" in perfgen("batch", good, *DOCX).out


# --- workbooks that are no good ------------------------------------------------------------------


def test_bad_workbooks_stop_no_others(perfgen, collected, tmp_path, bytes_below):
    said = perfgen("batch", collected, *DOCX)

    assert said.code == 2
    assert "✗ 7 个工作簿：已生成 5，未完成 2；" in said.out
    assert "坏.xlsx 不完整或已损坏" in said.err
    assert "预算信息!C5：年初预算数：“一百”不是数字" in said.err
    assert len(bytes_below(tmp_path / "outputs")) == 5
    told = {row["工作簿"]: row["原因"] for row in rows(tmp_path / "outputs/汇总.xlsx", "未完成")}
    assert {name.rpartition("/")[2] for name in told} == {"坏.xlsx", "读不懂.xlsx"}


def test_strict_refuses_those_with_errors(perfgen, collected, tmp_path, bytes_below):
    options = (*DOCX, "--strict", "--exclude", "坏*", "--exclude", "读不懂*")
    for _ in range(2):  # the second time, it is remembered
        said = perfgen("batch", collected, *options)
        assert said.code == 1
        assert "不通过 1" in said.out
    assert "有错误.docx" not in bytes_below(tmp_path / "outputs")

    said = perfgen("batch", collected, *DOCX, "--exclude", "坏*", "--exclude", "读不懂*")
    assert (said.code, "已生成 1，没有变化 4；" in said.out) == (0, True)


def test_wrong_settings_cost_only_their_folder(perfgen, good):
    (good / "甲区" / "perfgen.toml").write_text("这不是 TOML", encoding="utf-8")
    said = perfgen("batch", good, *DOCX)

    assert said.code == 2
    assert "已生成 3，未完成 1；" in said.out
    assert "不是合格的 TOML" in said.err


def test_a_folders_own_settings_hold_for_its_workbooks(perfgen, good):
    settings = good / "甲区" / "perfgen.toml"

    def warnings(grave):
        settings.write_text(
            f'output = "报送"\n[checks.PG119]\ngrave = "{grave}"\n', encoding="utf-8"
        )
        data = json.loads(perfgen("batch", good, *DOCX, "--json").out)
        return data["counts"], {
            row["unit"]: row["findings"]["warning"] for row in data["workbooks"]
        }

    of("第0局", 150).save(good / "甲区" / "自评.xlsx")  # an execution rate of 63%
    of("第1局", 150).save(good / "乙区" / "自评.xlsx")
    counts, found = warnings("50%")
    assert counts == {"built": 4}
    assert (good / "甲区" / "报送" / "自评.docx").is_file()

    counts, now = warnings("80%")
    assert counts == {"unchanged": 4}
    assert now == found | {"第0局": found["第0局"] + 1}


# --- only checking, annotating, disclosing -------------------------------------------------------


def test_a_bureau_that_only_reviews_gets_findings_and_no_documents(
    perfgen, collected, tmp_path, bytes_below
):
    options = ("--check-only", "-j", "2", "--exclude", "坏*", "--exclude", "读不懂*")
    said = perfgen("batch", collected, *options)

    assert said.code == 1
    assert "已检查 4，不通过 1；" in said.out
    assert "错误[PG101]" in said.out
    assert bytes_below(tmp_path) == {}
    assert perfgen("batch", good_only(collected), "--check-only").code == 0


def good_only(folder):
    (folder / WRONG).unlink()
    (folder / BROKEN).unlink()
    (folder / UNREADABLE).unlink()
    return folder


def test_annotated_copies_lie_beside_the_documents(perfgen, good, tmp_path, bytes_below):
    said = perfgen("batch", good, *DOCX, "--annotate", "-o", "报送")
    assert said.code == 0
    assert set(bytes_below(tmp_path / "报送", ".xlsx")) == {
        "汇总.xlsx", "丁局-批注.xlsx", "丙局-批注.xlsx",
        "乙区/自评-批注.xlsx", "甲区/自评-批注.xlsx",
    }  # fmt: skip
    perfgen("check", good / "丁局.xlsx", "--annotate", "丁局-批注.xlsx")
    assert (tmp_path / "丁局-批注.xlsx").read_bytes() == (
        tmp_path / "报送/丁局-批注.xlsx"
    ).read_bytes()


def test_what_is_to_be_published_passes_the_gate_each(perfgen, collected, tmp_path, bytes_below):
    for name in ("乙区", "甲区"):
        shutil.rmtree(collected / name)
    shutil.copy(collected / "丁局.xlsx", collected / "同一单位.xlsx")
    for finished in ("已生成", "没有变化"):
        said = perfgen("batch", collected, "--disclose", "-j", "1")
        assert said.code == 2
        assert f"{finished} 1，不通过 1，未完成 1；" in said.out
        assert "没有覆盖" in said.err  # one standard name for two workbooks
    owner = search(r"已由 (\S+) 生成", said.err)[1]  # whichever of the two came first
    perfgen("build", owner, "--disclose", "-o", "单个")
    single = bytes_below(tmp_path / "单个", ".pdf", ".sha256")
    assert len(single) == 3
    assert bytes_below(tmp_path / "outputs", ".pdf", ".sha256") == single


# --- the table -----------------------------------------------------------------------------------


def test_the_table_tells_of_each_workbook(perfgen, collected, tmp_path):
    said = perfgen("batch", collected, *DOCX)

    head, *lines = said.out.splitlines()
    assert head.split() == [
        "工作簿", "单位", "结果", "错误", "提醒", "提示", "预算", "支出", "执行率", "得分", "文件",
        "秒",
    ]  # fmt: skip
    (line,) = (line for line in lines if "丁局.xlsx" in line)
    assert line.split()[1:9] == ["第3局", "已生成", "0", "0", "0", "209", "200.5", "95.93%"]
    row = next(row for row in rows(tmp_path / "outputs/汇总.xlsx") if row["单位"] == "第3局")
    assert (row["结果"], row["调整预算数"], row["支出数"]) == ("已生成", 209, 200.5)
    assert row["执行率"] == pytest.approx(0.9593)
    assert row["报告"] == "丁局.docx"
    common = rows(tmp_path / "outputs/汇总.xlsx", "常见问题")
    assert ("PG101", "错误") in {(row["规则"], row["级别"]) for row in common}


def test_the_table_has_links_to_workbooks_and_documents(perfgen, good, tmp_path):
    perfgen("batch", good, *DOCX)
    sheet = openpyxl.load_workbook(tmp_path / "outputs/汇总.xlsx")["结果"]

    links = {cell.hyperlink.target for row in sheet.iter_rows(min_row=4) for cell in row
             if cell.hyperlink}  # fmt: skip
    assert {"丁局.docx", "甲区/自评.docx", "../收集/丁局.xlsx"} <= links
    assert all((tmp_path / "outputs" / link).is_file() for link in links)


def test_the_table_as_data(perfgen, collected):
    said = perfgen("batch", collected, *DOCX, "--json")
    data = json.loads(said.out)

    schema = json.loads((ROOT / "docs/schema/batch-1.json").read_text("utf-8"))
    jsonschema.validate(data, schema)
    jsonschema.validate(json.loads(perfgen("batch", "没有", "--json").out), schema)
    jsonschema.validate(json.loads(perfgen("batch", "收集/甲区", "--exclude", "*", "--json").out),
                        schema)  # fmt: skip
    assert (data["schema"], data["ok"]) == ("batch-1", False)
    assert data["counts"] == {"built": 5, "failed": 2}
    one = next(row for row in data["workbooks"] if row["unit"] == "第3局")
    assert (one["verdict"], one["budget"], one["actual"], one["rate"]) == (
        "built", "209", "200.5", "0.9593",
    )  # fmt: skip
    assert one["findings"] == {"error": 0, "warning": 0, "info": 0, "waived": 0}
    bad = [row for row in data["workbooks"] if row["verdict"] == "failed"]
    assert all(row["error"]["message"] and row["unit"] is None for row in bad)
    assert data["commonest"][0]["code"]


def test_control_characters_of_a_name_do_not_reach_the_terminal(perfgen, good, tmp_path):
    (good / "丁局.xlsx").rename(good / "丁\x1b[2J局.xlsx")
    said = perfgen("batch", good, *DOCX)

    assert said.code == 0
    assert "\x1b" not in said.out + said.err
    assert "\\x1b[2J" in said.out


# --- the command ---------------------------------------------------------------------------------


def test_where_there_is_no_workbook_it_is_said(perfgen, tmp_path):
    (tmp_path / "空").mkdir()
    said = perfgen("batch", "空")
    assert said.code == 2
    assert "没有找到工作簿：空" in said.err


def test_a_workbook_that_is_not_there_is_named(perfgen, good):
    said = perfgen("batch", good / "丁局.xlsx", "没有.xlsx", *DOCX)
    assert said.code == 2
    assert "已生成 1，未完成 1；" in said.out
    assert "找不到工作簿 没有.xlsx" in said.err


def test_options_that_do_not_fit_are_refused(perfgen, good):
    both = perfgen("batch", good, "--check-only", "--disclose")
    assert (both.code, "只能写一个" in both.err) == (2, True)
    file = perfgen("batch", good, "-o", "报告.pdf")
    assert (file.code, "要写文件夹" in file.err) == (2, True)


def test_many_that_did_not_come_about_are_counted_and_the_first_told(perfgen, tmp_path):
    home = tmp_path / "收集"
    home.mkdir()
    for number in range(22):
        (home / f"单位{number:02d}.xlsx").write_bytes(b"PK\x03\x04 cut off")
    said = perfgen("batch", home)
    assert said.err.count("未完成") == 20 + 1
    assert "另有 2 个没有完成，见结果表的“未完成”" in said.err


def test_of_many_places_in_one_workbook_the_first_are_told(perfgen, saved):
    book = good_workbook()
    for row in (3, 5, 6):
        for column in "CF":
            put(book, f"预算信息!{column}{row}", "一百")
    said = perfgen("batch", saved(book))
    assert said.code != 0
    assert said.err.count("：年初预算数：") + said.err.count("：实际支出数：") == 3
    assert "…… 另有 3 处" in said.err


def test_documents_are_there_although_the_table_cannot_be_written(perfgen, saved, tmp_path):
    (tmp_path / "报告" / RESULTS / "占着").mkdir(parents=True)
    said = perfgen("batch", saved(good_workbook()), "-o", "报告", "--format", "html", "--json")
    data = json.loads(said.out)
    assert (said.code, data["ok"], data["results"]) == (2, False, None)
    assert RESULTS in said.err
    assert (tmp_path / "报告" / "自评.html").is_file()


def test_in_a_terminal_a_long_table_shows_those_that_failed(perfgen, tmp_path, monkeypatch, capsys):
    home = tmp_path / "收集"
    outcomes = [Outcome(workbook=home / f"单位{n:02d}.xlsx", verdict=Verdict.FAILED if n == 7
                        else Verdict.UNCHANGED) for n in range(61)]  # fmt: skip
    home.mkdir()
    show_table(outcomes, home, 1, as_json=False)
    assert "单位08" in capsys.readouterr().out
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    show_table(outcomes, home, 1, as_json=False)
    shown = capsys.readouterr().out
    assert "单位07" in shown and "单位08" not in shown
