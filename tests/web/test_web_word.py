"""Back from Word: each edit with its old and new text, to take or leave, then a copy."""

import io

import docx
import openpyxl
import pytest
from lxml import html

from web.conftest import ADDRESS
from workbooks.make import good_workbook


@pytest.fixture
def page(officer):
    """A work whose Word file was built."""
    page = officer.drop(good_workbook())
    officer.part(f"{page}/documents")
    return page


def edited(content, *edits):
    """The Word file after an officer edited it: each text replaced by another."""
    document = docx.Document(io.BytesIO(content))
    paragraphs = list(document.paragraphs)
    paragraphs += [
        p for t in document.tables for row in t.rows for c in row.cells for p in c.paragraphs
    ]
    for old, new in edits:
        for paragraph in paragraphs:
            if old in paragraph.text:
                runs = paragraph.runs
                runs[0].text = paragraph.text.replace(old, new)
                for run in runs[1:]:
                    run.text = ""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.fixture
def drop_edited(officer, page):
    """Edit the Word file and drop it; the part with its edits."""

    def drop(*edits):
        content = edited(officer.get(f"{page}/files/docx").content, *edits)
        assert officer.drop(content, "改过.docx", to=f"{page}/word") == f"{page}/word"
        return officer.part(f"{page}/edits")

    return drop


EDITS = (("各项任务都已完成。", "各项任务都已按时完成。"), ("走访52家。", "走访企业52家。"))


def test_each_edit_is_shown_with_its_old_and_new_text(drop_edited):
    part = html.fromstring(drop_edited(*EDITS))
    old, new = (part.xpath(f"//{tag}/text()") for tag in ("del", "ins"))
    assert "各项任务都已完成。" in old
    assert "各项任务都已按时完成。" in new
    assert len(part.xpath("//input[@name='take']")) == 2


def test_what_is_taken_is_in_the_copy_and_what_is_left_is_not(officer, page, drop_edited):
    part = html.fromstring(drop_edited(*EDITS))
    (wanted,) = part.xpath("//li[.//ins[contains(., '按时')]]//input[@name='take']/@value")
    officer.press(f"{page}/take", take=wanted)
    assert "已写回 1 格" in officer.text(f"{page}/copy")
    answer = officer.get(f"{page}/copied")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book["文字部分"]["B2"].value == "各项任务都已按时完成。"
    assert book["重点任务"]["C4"].value == "走访52家。"


def test_the_copy_is_gone_on_with(officer, page, drop_edited, office):
    drop_edited(*EDITS)
    officer.press(f"{page}/take", take="0")
    officer.part(f"{page}/copy")
    assert officer.press(f"{page}/copied").url.path == page
    assert office.works.all()[0].meta.name == "自评-写回.xlsx"
    assert "与上一次相比" in officer.text(f"{page}/findings")


def test_figures_are_not_taken_and_the_reason_is_told(drop_edited):
    text = html.fromstring(drop_edited(("98.75%", "99.75%"))).text_content()
    assert "没有可以写回的改动" in text
    assert "算出来的" in text


def test_nothing_taken_makes_no_copy(officer, page, drop_edited):
    drop_edited(*EDITS)
    officer.press(f"{page}/take")
    assert "一处也没有写回" in officer.text(f"{page}/copy")


def test_another_file_is_told_to_be_none(officer, page):
    stream = io.BytesIO()
    docx.Document().save(stream)
    officer.drop(stream.getvalue(), "别的.docx", to=f"{page}/word")
    assert "不是 perfgen 生成的 Word 文件" in officer.text(f"{page}/edits")
    officer.drop(b"no zip", "坏的.docx", to=f"{page}/word")
    assert "不是 Word 文档" in officer.text(f"{page}/edits")


def test_dropped_on_the_first_page_it_finds_its_own_workbook(officer, page, drop_edited):
    other = good_workbook()
    other["基本信息"]["B2"] = "别的局"
    officer.part(f"{officer.drop(other, '另一份.xlsx')}/findings")
    officer.part(f"{page}/findings")
    content = edited(officer.get(f"{page}/files/docx").content, *EDITS)
    assert officer.drop(content, "改过.docx") == f"{page}/word"
    assert "按时" in officer.part(f"{page}/edits")


def test_a_word_file_of_no_recent_work_is_told(officer, page):
    officer.part(f"{page}/findings")
    content = officer.get(f"{page}/files/docx").content
    officer.press(f"{page}/forget")
    answer = officer.post(
        "/works", files={"files": ("改过.docx", content)}, headers={"origin": ADDRESS}
    )
    assert answer.status_code == 422
    assert "没有生成 改过.docx 的工作簿" in answer.text
