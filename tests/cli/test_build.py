"""`perfgen build`: the documents where they were asked for, or nothing at all."""

import json
import zipfile

import pytest

from perfgen.errors import PrintFault
from workbooks.make import put


def written(folder):
    """The files in a folder; the record of builds is no document."""
    files = [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]
    return sorted(str(file) for file in files if ".perfgen" not in file.parts)


def test_both_documents_stand_in_outputs_under_the_workbooks_name(perfgen, saved, book, tmp_path):
    said = perfgen("build", saved(book))
    assert said.code == 0
    assert written(tmp_path) == ["outputs/自评.docx", "outputs/自评.pdf", "自评.xlsx"]
    assert said.out.startswith("✓ 已生成 outputs/自评.docx、outputs/自评.pdf（PDF ")
    assert said.out.endswith("；检查没有发现问题\n")
    assert (tmp_path / "outputs/自评.pdf").read_bytes().startswith(b"%PDF-")
    with zipfile.ZipFile(tmp_path / "outputs/自评.docx") as document:
        assert "甲项目" in document.read("word/document.xml").decode()


@pytest.mark.parametrize(
    ("options", "files"),
    [
        (["--format", "docx"], ["outputs/自评.docx"]),
        (["--format", "DOCX，html,"], ["outputs/自评.docx", "outputs/自评.html"]),
        (["-o", "送审", "--format", "html"], ["送审/自评.html"]),
        (["-o", "报告.html"], ["报告.html"]),
        (["-o", "送审/报告.HTML"], ["送审/报告.html"]),
        (["-o", "报告.html", "--format", "html,docx"], ["报告.docx", "报告.html"]),
        (["-o", "2023.12", "--format", "html"], ["2023.12/自评.html"]),
    ],
)
def test_formats_and_places(perfgen, saved, book, tmp_path, options, files):
    assert perfgen("build", saved(book), *options).code == 0
    assert written(tmp_path) == sorted([*files, "自评.xlsx"])


def test_a_folder_called_like_a_document_is_still_a_folder(perfgen, saved, book, tmp_path):
    (tmp_path / "归档.html").mkdir()
    perfgen("build", saved(book), "-o", "归档.html", "--format", "html")
    assert written(tmp_path) == ["归档.html/自评.html", "自评.xlsx"]


def test_findings_are_shown_and_the_documents_written_all_the_same(perfgen, saved, book, tmp_path):
    said = perfgen("build", saved(put(book, "预算信息!F6", 80)), "--format", "html")
    assert said.code == 0
    assert "错误[PG102] 自评.xlsx › 预算信息!F6" in said.err
    assert said.out == "✓ 已生成 outputs/自评.html；检查：错误 1\n"


def test_strict_refuses_a_workbook_with_errors(perfgen, saved, book, tmp_path):
    said = perfgen("build", saved(put(book, "预算信息!F6", 80)), "--strict")
    assert said.code == 1
    assert said.out == "✗ 检查有 1 个错误，没有生成文件（--strict）\n"
    assert written(tmp_path) == ["自评.xlsx"]


def test_strict_lets_warnings_pass_and_errors_that_are_explained(perfgen, saved, book):
    put(put(book, "预算信息!F6", 80), "绩效指标!H3", None)
    book["说明事项"].append(("PG102", "乙项目", "另有结转", "财务处", None))
    said = perfgen("build", saved(book), "--strict", "--format", "html")
    assert said.code == 0
    assert said.out.endswith("检查：提醒 1，已说明 1\n")


def test_only_the_gravest_findings_are_shown_in_full(perfgen, saved, book):
    for row in range(2, 5):
        put(put(book, f"绩效指标!H{row}", None), f"重点任务!C{row}", None)
    put(put(book, "绩效指标!G4", "20家"), "绩效指标!J4", None)
    said = perfgen("build", saved(book), "--format", "html")
    assert said.err.count("建议：") == 6
    assert "另有 1 项检查提示，运行 perfgen check " in said.err
    assert "自评.xlsx 查看全部" in said.err


def test_json_names_the_files_and_the_findings(perfgen, saved, book):
    said = perfgen("build", saved(put(book, "预算信息!F6", 80)), "--format", "html", "--json")
    data = json.loads(said.out)
    assert (data["ok"], data["files"]) == (True, ["outputs/自评.html"])
    assert [finding["code"] for finding in data["findings"]] == ["PG102"]


def test_where_a_document_cannot_be_written_the_old_ones_stay(perfgen, saved, book, tmp_path):
    (tmp_path / "outputs/自评.html").mkdir(parents=True)
    (tmp_path / "outputs/自评.docx").write_bytes(b"old")
    said = perfgen("build", saved(book), "--format", "docx,html")
    assert said.code == 2
    assert "自评.html（有同名的文件夹）" in said.err
    assert (tmp_path / "outputs/自评.docx").read_bytes() == b"old"
    assert written(tmp_path) == ["outputs/自评.docx", "自评.xlsx"]


def test_a_place_that_is_a_file_is_told(perfgen, saved, book, tmp_path):
    (tmp_path / "送审").touch()
    said = perfgen("build", saved(book), "-o", "送审", "--format", "html")
    assert said.code == 2
    assert "不能写入文件夹 送审" in said.err
    assert "Traceback" not in said.err


def test_twice_the_same_workbook_gives_twice_the_same_bytes(perfgen, saved, book, tmp_path):
    path = saved(book)
    for folder in ("一", "二"):
        assert perfgen("build", path, "-o", folder, "--format", "docx,html").code == 0
    for kind in ("docx", "html"):
        first, second = ((tmp_path / folder / f"自评.{kind}").read_bytes() for folder in "一二")
        assert first == second


def test_text_of_a_stranger_is_printed_and_not_executed(perfgen, saved, book, tmp_path):
    strange = '<script>alert(1)</script>{{ 7*7 }}{% raw %} & "引号" <b>'
    put(put(book, "重点任务!C2", strange), "预算信息!A5", strange)
    assert perfgen("build", saved(book), "--format", "html,docx").code == 0
    page = (tmp_path / "outputs/自评.html").read_text("utf-8")
    assert "<script>" not in page
    assert "{{ 7*7 }}" in page


def test_what_the_printer_cannot_print_is_told_with_its_cells(perfgen, saved, book, monkeypatch):
    """No content is known that it refuses; it is made to refuse this one."""

    def refuse(*_, **__):
        raise PrintFault("PDF 没有印成", ("走访52家。",))

    monkeypatch.setattr("perfgen.render.documents.print_documents", refuse)
    said = perfgen("build", saved(book))
    assert said.code == 2
    assert "PDF 没有印成" in said.err
    assert "重点任务!C4" in said.err and "这一格的内容没有印成" in said.err
