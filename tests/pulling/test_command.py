"""`perfgen pull`: what the officer reads, what is written, and when it cannot run."""

import io
import json
import re

import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from pulling.officer_files import changed, make_workbook, retyped, without_part
from pulling.word_hand import NAMESPACES


@pytest.fixture
def edited(officer, tmp_path):
    """Put the officer's workbook and an edited Word file into the folder."""

    def edit(words=lambda text: text.replace("已经印发", "已经印发实施"), change=lambda data: data):
        make_workbook().save(tmp_path / "自评.xlsx")
        data = change((officer / "自评.docx").read_bytes())
        (tmp_path / "自评.docx").write_bytes(retyped(data, words))

    return edit


def test_an_edit_is_written_into_a_copy_and_the_workbook_stays(perfgen, edited, tmp_path):
    edited()
    before = (tmp_path / "自评.xlsx").read_bytes()
    said = perfgen("pull", "自评.docx", "-o", "自评-新.xlsx")
    assert said.code == 0
    assert "重点任务!C2\n  “已经印发。” → “已经印发实施。”" in said.out
    assert "✓ 已生成 自评-新.xlsx：写回 1 格" in said.out
    assert openpyxl.load_workbook("自评-新.xlsx")["重点任务"]["C2"].value == "已经印发实施。"
    assert (tmp_path / "自评.xlsx").read_bytes() == before


def test_the_copy_can_be_built(perfgen, edited):
    edited()
    perfgen("pull", "自评.docx")
    assert perfgen("build", "自评-写回.xlsx", "--format", "docx").code == 0


def test_without_an_edit_nothing_is_written(perfgen, edited, tmp_path):
    edited(lambda text: text)
    said = perfgen("pull", "自评.docx")
    assert (said.code, said.out) == (0, "✓ Word 文件里的文字没有改动\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["自评.docx", "自评.xlsx"]


def test_a_computed_figure_is_listed(perfgen, edited):
    edited(lambda text: text.replace("95.00%", "96.00%"))
    said = perfgen("pull", "自评.docx")
    assert said.code == 0
    assert "没有写回的 1 处" in said.out
    assert "“七、预算信息”的表，“基本支出”一行\n    “95.00%” → “96.00%”" in said.out
    assert "这个数是算出来的" in said.out
    assert said.out.endswith("✓ 没有可以写回的改动\n")


def test_what_needs_consent_is_left_without_a_terminal_and_written_with_yes(perfgen, edited):
    edited(lambda text: None if text.startswith("某某局成立于") else text)
    said = perfgen("pull", "自评.docx")
    assert "文字部分!B3" in said.out and "加 --yes 就写回" in said.out
    said = perfgen("pull", "自评.docx", "--yes", "-o", "自评-新.xlsx")
    assert "→ （空）" in said.out
    assert openpyxl.load_workbook("自评-新.xlsx")["文字部分"]["B3"].value is None


def test_json_says_all_of_it(perfgen, edited):
    edited(lambda text: text.replace("已经印发", "已经印发实施").replace("95.00%", "96%"))
    said = perfgen("pull", "自评.docx", "--json")
    data = json.loads(said.out)
    assert data["ok"] and data["files"] == ["自评-写回.xlsx"]
    (written,) = data["written"]
    assert (written["sheet"], written["cell"]) == ("重点任务", "C2")
    assert (written["old"], written["new"]) == ("已经印发。", "已经印发实施。")
    assert [(left["old"], left["new"], left["cell"]) for left in data["left"]] == [
        ("95.00%", "96%", None)
    ]


def test_the_workbook_is_never_written_over(perfgen, edited):
    edited()
    said = perfgen("pull", "自评.docx", "-o", "自评.xlsx", "--force")
    assert said.code == 2 and "写的正是原来的文件" in said.err
    perfgen("pull", "自评.docx")
    said = perfgen("pull", "自评.docx")
    assert said.code == 2 and "已经存在，没有覆盖" in said.err


def test_a_file_that_is_not_from_perfgen_is_refused(perfgen, edited):
    edited(change=lambda data: without_part(data, "customXml/", "docProps/custom.xml"))
    said = perfgen("pull", "自评.docx")
    assert said.code == 2 and "不是 perfgen 生成的 Word 文件" in said.err


def test_a_workbook_that_is_not_there_is_named(perfgen, edited, tmp_path):
    edited()
    (tmp_path / "自评.xlsx").unlink()
    said = perfgen("pull", "自评.docx")
    assert said.code == 2 and "找不到生成 自评.docx 的工作簿（自评.xlsx）" in said.err


def test_another_version_of_the_layout_is_refused(perfgen, edited, tmp_path):
    edited(change=lambda data: data)
    document = tmp_path / "自评.docx"
    document.write_bytes(
        _with_part(document.read_bytes(), lambda xml: xml.replace(b' schema="1"', b' schema="0"'))
    )
    said = perfgen("pull", "自评.docx")
    assert said.code == 2 and "第 0 版生成的，现在是第 1 版" in said.err


def _with_part(data, change):
    from workbooks.make import rewritten  # noqa: PLC0415

    names = [f"customXml/item{number}.xml" for number in (1, 2)]
    return rewritten(data, dict.fromkeys(names, change))


class Terminal(io.StringIO):
    """An officer at the keyboard, who types these lines."""

    def isatty(self):
        return True


def gone(text):
    """Two sections are emptied: each needs consent."""
    return None if text.startswith(("某某局成立于", "全年实际支出")) else text


def test_at_a_terminal_the_officer_is_asked_about_each(perfgen, edited, monkeypatch):
    edited(gone)
    monkeypatch.setattr("sys.stdin", Terminal("y\n\n"))
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    said = perfgen("pull", "自评.docx", "-o", "自评-新")
    assert said.err.count("写回吗？输入 y 写回，回车不写") == 2
    assert "文字部分!B3" in said.err and "文字部分!B4" in said.err
    assert "✓ 已生成 自评-新.xlsx：写回 1 格，1 处没有写回" in said.out
    sheet = openpyxl.load_workbook("自评-新.xlsx")["文字部分"]
    assert (sheet["B3"].value, sheet["B4"].value[:4]) == (None, "全年实际")


def test_of_many_places_the_first_are_named(perfgen, edited, tmp_path):
    def struck(root):
        for word in root.iter(qn("w:r")):
            word.insert(0, parse_xml(f"<w:rPr {NAMESPACES}><w:strike/></w:rPr>"))

    edited(lambda text: text, change=lambda data: changed(data, struck))
    said = perfgen("pull", "自评.docx")
    assert re.search(r"删除线：另有 \d+ 个地方", said.err)
