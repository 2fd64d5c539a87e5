"""After an adjustment: what changed and what followed, the 调整对照表, and the builds of before."""

import pytest

from web.conftest import ADDRESS, SAMPLES
from workbooks.make import good_workbook


@pytest.fixture
def page(officer):
    """A workbook that was checked, adjusted, and dropped again."""
    page = officer.drop(good_workbook())
    officer.part(f"{page}/findings")
    book = good_workbook()
    book["预算信息"]["D5"] = 16
    assert officer.drop(book, to=f"{page}/workbook?then=changes") == f"{page}/changes"
    return page


def test_what_changed_and_what_followed_is_told(officer, page):
    assert f"{page}/changes-1" in officer.get(f"{page}/changes").text
    text = officer.text(f"{page}/changes-1")
    assert "上年度结转及当年预算追加追减数 6 → 16（+10）" in text
    assert "→ 执行率" in text  # what follows


def test_the_table_of_changes_is_fetched_as_word_and_pdf(officer, page):
    officer.part(f"{page}/changes-1")
    assert officer.get(f"{page}/changes-1/table.docx").content.startswith(b"PK")
    answer = officer.get(f"{page}/changes-1/table.pdf")
    assert answer.content.startswith(b"%PDF-")
    assert "filename*=UTF-8''" in answer.headers["content-disposition"]
    assert officer.get(f"{page}/changes-1/table.exe").status_code == 404


def test_any_earlier_time_can_be_compared_with(officer, page):
    officer.part(f"{page}/findings")
    officer.drop(good_workbook(), to=f"{page}/workbook")
    text = officer.get(f"{page}/changes").text
    assert f"{page}/changes-2" in text  # the time before
    assert f"{page}/changes?with=1" in text
    assert "没有不同" in officer.text(f"{page}/changes-1")
    assert officer.get(f"{page}/changes-9").status_code == 404


def test_another_layout_cannot_be_compared_with(officer, page):
    officer.part(f"{page}/findings")
    other = (SAMPLES / "project-self-evaluation-2023.xlsx").read_bytes()
    officer.drop(other, to=f"{page}/workbook")
    assert "不能对照" in officer.text(f"{page}/changes-2")
    assert "与上一次相比" not in officer.text(f"{page}/findings")


def test_the_builds_of_before_are_listed_and_fetched(officer, page):
    officer.part(f"{page}/documents")
    first = officer.get(f"{page}/files/docx").content
    officer.drop(good_workbook(), to=f"{page}/workbook")
    officer.part(f"{page}/documents")
    text = officer.get(f"{page}/changes").text
    assert "第 2 次" in text
    assert "与前一次相比：改动" in text
    assert officer.get(f"{page}/builds/1/docx").content == first
    assert officer.get(f"{page}/builds/2/docx").content != first
    for missing in ("builds/9/docx", "builds/1/exe"):
        assert officer.get(f"{page}/{missing}").status_code == 404


def test_the_first_time_there_is_nothing_to_compare(officer):
    page = officer.drop(good_workbook())
    answer = officer.get(f"{page}/changes", headers={"origin": ADDRESS})
    assert "还只有这一次" in answer.text
