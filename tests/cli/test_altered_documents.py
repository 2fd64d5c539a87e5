"""Documents that somebody altered: a build puts each aside before it writes a new one."""

import json
import os
import re

import pytest

from pulling.officer_files import retyped
from pulling.word_hand import COUNTED, KEPT_ONLY, SAME, repacked
from workbooks.make import good_workbook, put

EDITS = {name: change for name, (change, _) in COUNTED.items()} | KEPT_ONLY


@pytest.fixture
def outputs(perfgen, saved, tmp_path):
    """The documents of a first build."""
    saved(good_workbook())
    assert perfgen("build", "自评.xlsx", "--format", "docx,html").code == 0
    return tmp_path / "outputs"


@pytest.fixture
def again(perfgen, saved):
    """Change a cell and build again."""

    def build(*options, amount=500):
        saved(put(good_workbook(), "预算信息!D6", amount))
        return perfgen("build", "自评.xlsx", "--format", "docx,html", *options)

    return build


def alter(path, change):
    """Change a file; return its bytes."""
    content = change(path.read_bytes())
    path.write_bytes(content)
    return content


def aside(folder):
    """The documents that were put aside, by name."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if "（" in path.name}


@pytest.mark.parametrize("edit", EDITS)
def test_a_word_file_that_was_altered_in_any_way_is_kept(outputs, again, edit):
    content = alter(outputs / "自评.docx", EDITS[edit])
    said = again()
    assert said.code == 0
    assert aside(outputs) == {"自评（Word改稿）.docx": content}
    assert "Word 文件改过，保留在 outputs/自评（Word改稿）.docx" in said.err
    assert (outputs / "自评.docx").read_bytes() != content
    if edit in COUNTED:
        assert f"有{COUNTED[edit][1]}" in said.err


@pytest.mark.parametrize("edit", SAME)
def test_a_word_file_that_holds_the_same_is_not_kept(outputs, again, edit):
    alter(outputs / "自评.docx", SAME[edit])
    assert again().code == 0
    assert aside(outputs) == {}


def test_words_and_the_rest_are_told_together(outputs, again):
    def change(data):
        from pulling.officer_files import retyped  # noqa: PLC0415

        return COUNTED["comments"][0](
            retyped(data, lambda text: text.replace("已经印发", "已经印发实施"))
        )

    alter(outputs / "自评.docx", change)
    said = again()
    assert "有3条批注；改过的文字：\n  已经印发。 → 已经印发实施。" in said.err
    assert "perfgen pull outputs/自评（Word改稿）.docx" in said.err
    data = json.loads(again("--json", amount=501).out)
    assert data["edited"] == []


def test_programs_are_told_too(outputs, again):
    alter(outputs / "自评.docx", COUNTED["comments"][0])
    (edited,) = json.loads(again("--json").out)["edited"]
    assert edited == {
        "file": "outputs/自评（Word改稿）.docx", "paragraphs": [], "others": ["3条批注"],
    }  # fmt: skip


def test_each_altered_document_gets_a_name_of_its_own(outputs, again):
    first = alter(outputs / "自评.docx", COUNTED["comments"][0])
    again()
    second = alter(outputs / "自评.docx", COUNTED["footnote"][0])
    again(amount=501)
    assert aside(outputs) == {"自评（Word改稿）.docx": first, "自评（Word改稿2）.docx": second}


def test_the_same_document_is_not_kept_twice(outputs, again):
    content = alter(outputs / "自评.docx", COUNTED["comments"][0])
    again()
    (outputs / "自评.docx").write_bytes(content)
    again(amount=501)
    assert aside(outputs) == {"自评（Word改稿）.docx": content}


def test_force_keeps_an_altered_document(outputs, perfgen):
    content = alter(outputs / "自评.docx", COUNTED["comments"][0])
    assert "没有变化" in perfgen("build", "自评.xlsx", "--format", "docx,html").out
    assert (outputs / "自评.docx").read_bytes() == content
    assert perfgen("build", "自评.xlsx", "--format", "docx,html", "--force").code == 0
    assert aside(outputs) == {"自评（Word改稿）.docx": content}


def test_to_restore_keeps_an_altered_document(outputs, again, perfgen):
    again()
    content = alter(outputs / "自评.docx", COUNTED["struck out"][0])
    said = perfgen("history", "自评.xlsx", "--restore", "1")
    assert "原来的 自评.docx 改过，保留在 outputs/自评（Word改稿）.docx" in said.out
    assert aside(outputs) == {"自评（Word改稿）.docx": content}


def test_a_restored_document_is_no_altered_one(outputs, again, perfgen):
    again()
    perfgen("history", "自评.xlsx", "--restore", "1")
    again(amount=501)
    assert aside(outputs) == {}


def test_other_documents_are_kept_as_well(outputs, again):
    content = alter(outputs / "自评.html", lambda data: data + b"<!-- seen -->")
    said = again()
    assert aside(outputs) == {"自评（另存）.html": content}
    assert "原来的文件改过或换过，保留在 outputs/自评（另存）.html" in said.err


def test_a_pdf_with_a_comment_is_kept(perfgen, saved, tmp_path):
    saved(good_workbook())
    perfgen("build", "自评.xlsx", "--format", "pdf")
    content = alter(tmp_path / "outputs/自评.pdf", lambda data: data + b"\n% a comment\n%%EOF\n")
    saved(put(good_workbook(), "预算信息!D6", 500))
    perfgen("build", "自评.xlsx", "--format", "pdf")
    assert aside(tmp_path / "outputs") == {"自评（另存）.pdf": content}


def test_without_a_record_what_lies_there_is_kept(outputs, again):
    (outputs / ".perfgen/自评/record.json").unlink()
    before = (outputs / "自评.docx").read_bytes()
    again()
    assert aside(outputs)["自评（Word改稿）.docx"] == before


def test_what_a_killed_build_would_write_over_is_kept(outputs, again, perfgen):
    """Killed after the record said so and before the altered document was put aside."""
    again()
    content = alter(outputs / "自评.docx", COUNTED["comments"][0])
    path = outputs / ".perfgen/自评/record.json"
    record = json.loads(path.read_text("utf-8"))
    record["builds"][-1]["done"] = False
    path.write_text(json.dumps(record), "utf-8")
    said = perfgen("build", "自评.xlsx", "--format", "docx,html")
    assert "上次生成中途停了，已经补全" in said.err
    assert "保留在 outputs/自评（Word改稿）.docx" in said.err
    assert aside(outputs) == {"自评（Word改稿）.docx": content}


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="要能收回写的权限")
def test_where_nothing_can_be_put_aside_nothing_is_written(outputs, again):
    content = alter(outputs / "自评.docx", COUNTED["comments"][0])
    outputs.chmod(0o500)
    try:
        assert again().code == 2
    finally:
        outputs.chmod(0o700)
    assert (outputs / "自评.docx").read_bytes() == content


def test_pull_names_what_it_does_not_take(outputs, perfgen):
    alter(outputs / "自评.docx", COUNTED["comments"][0])
    said = perfgen("pull", "outputs/自评.docx")
    assert said.out == "✓ Word 文件里的文字没有改；有3条批注，不写回\n"
    assert "有3条批注，没有写回" in said.err
    data = json.loads(perfgen("pull", "outputs/自评.docx", "--json").out)
    assert data["others"] == ["3条批注"]


# --- what only looks like a program's notes -------------------------------------------------------


def test_words_in_the_file_s_own_properties_are_kept(outputs, again):
    """The office filled in its name under 文件 → 信息: that is no program's count."""

    def fill(data):
        return repacked(data, lambda name, text: text.replace(
            "</Properties>", "<Company>某某市某某局</Company></Properties>"
        ) if name == "docProps/app.xml" else text)  # fmt: skip

    content = alter(outputs / "自评.docx", fill)
    assert again().code == 0
    assert aside(outputs) == {"自评（Word改稿）.docx": content}


def test_what_a_program_counts_is_no_edit(outputs, again):
    def count(data):
        return repacked(data, lambda name, text: text.replace(
            "</Properties>", "<TotalTime>12</TotalTime><Words>900</Words></Properties>"
        ) if name == "docProps/app.xml" else text)  # fmt: skip

    alter(outputs / "自评.docx", count)
    assert again().code == 0
    assert aside(outputs) == {}


def test_words_in_a_mark_of_the_spelling_check_are_kept(outputs, again):
    def put_in(data):
        hidden = "<w:proofErr><w:r><w:t>批注</w:t></w:r></w:proofErr></w:p>"
        return repacked(data, lambda name, text: text.replace("</w:p>", hidden, 1)
                        if name == "word/document.xml" else text)  # fmt: skip

    content = alter(outputs / "自评.docx", put_in)
    assert again().code == 0
    assert aside(outputs) == {"自评（Word改稿）.docx": content}


def test_of_many_edits_the_first_are_shown_and_the_others_counted(outputs, again):
    alter(outputs / "自评.docx", lambda data: retyped(data, lambda text: text and f"{text}补"))
    said = again()
    assert re.search(r"…… 另有 \d+ 处", said.err)
    assert "要写回工作簿，运行 perfgen pull" in said.err


def test_what_was_restored_is_told_to_programs(outputs, again, perfgen):
    again()
    altered = alter(outputs / "自评.html", lambda data: data + b"<!-- note -->")
    said = perfgen("history", "自评.xlsx", "--restore", "1", "--json")
    data = json.loads(said.out)
    assert (said.code, data["ok"], data["number"]) == (0, True, 1)
    assert sorted(data["files"]) == ["outputs/自评.docx", "outputs/自评.html"]
    assert [(outputs.parent / path).read_bytes() for path in data["aside"]] == [altered]


def test_what_killed_builds_left_in_the_record_is_swept_away(outputs, again):
    record = outputs / ".perfgen" / "自评"
    left = [folder / ".perfgen-abc123.tmp" for folder in (record, record / "0001")]
    for file in left:
        file.write_bytes(b"half")
    young, old = outputs / ".perfgen-young1.tmp", outputs / ".perfgen-old1.old"
    young.write_bytes(b"another document's")
    old.write_bytes(b"half")
    os.utime(old, (0, 0))
    again()
    assert not any(file.exists() for file in [*left, old])
    assert young.read_bytes() == b"another document's"
