"""Check: a workbook is dropped, findings come by sheet and cell, it is mended and dropped again."""

import io

import openpyxl
import pytest
from lxml import html

from web.conftest import SAMPLES
from workbooks.make import good_workbook


def wrong_workbook():
    """A workbook with a total that is off, and a target that was missed without a reason."""
    book = good_workbook()
    book["预算信息"]["C4"] = 999
    book["绩效指标"]["J3"] = None
    return book


@pytest.fixture
def page(officer):
    return officer.drop(wrong_workbook())


def findings_of(part):
    """The findings of a part by their cells."""
    found = html.fromstring(f"<div>{part}</div>").xpath('//ul/li[contains(@class, "finding")]')
    return {one.xpath('string(.//button[@class="place"])'): one for one in found}


def test_a_dropped_workbook_has_a_page_of_its_own(officer, page):
    text = officer.get(page).text
    assert "自评.xlsx" in text
    assert f'hx-get="{page}/findings"' in text


def test_findings_come_by_sheet_with_row_message_advice_and_reason(officer, page):
    part = officer.part(f"{page}/findings")
    total = findings_of(part)["预算信息!C4"]
    said = total.text_content()
    assert "项目支出" in said  # the row as the officer knows it
    assert "999" in said
    assert "怎么改" in said
    assert "为什么要查" in said
    sheets = html.fromstring(part).xpath("//section[@data-sheet]/@aria-label")
    assert sheets == sorted(sheets, key=["整份工作簿", "预算信息", "绩效指标"].index)


def test_what_to_mend_first_comes_before_all_others(officer):
    page = officer.drop((SAMPLES / "suzhou-commerce-2023.xlsx").read_bytes())
    text = officer.text(f"{page}/findings")
    assert text.index("先改这几处") < text.index("为什么要查")
    assert "连带 1 处" in text


def test_the_counts_are_those_of_the_command_line(officer, page, perfgen, saved):
    said = perfgen("check", saved(wrong_workbook())).out.strip().splitlines()[-1]
    assert said.removeprefix("✗ ") in officer.text(f"{page}/findings")


def test_dropped_again_it_says_what_is_settled_and_what_is_new(officer, page):
    officer.part(f"{page}/findings")
    book = wrong_workbook()
    book["预算信息"]["C4"] = None
    book["绩效指标"]["E4"] = "≥90家"
    book["绩效指标"]["J4"] = None
    again = officer.drop(book, to=f"{page}/workbook")
    assert again == page
    part = officer.part(f"{page}/findings")
    assert "改好" in part
    assert "新出现" in part
    new = [cell for cell, one in findings_of(part).items() if one.get("data-new") == "yes"]
    assert new
    assert all(cell.startswith("绩效指标!") for cell in new)
    assert "第 2 次" in officer.get(page).text


def test_what_cannot_be_read_is_told_with_its_cells_and_can_be_mended(officer):
    book = good_workbook()
    book["预算信息"]["C5"] = "六十"
    book["预算信息"]["F6"] = "很多"
    page = officer.drop(book)
    text = officer.text(f"{page}/findings")
    assert "预算信息!C5" in text
    assert "预算信息!F6" in text
    assert "还没有页面" in officer.text(f"{page}/pages")
    officer.drop(good_workbook(), to=f"{page}/workbook")
    assert "检查" in officer.text(f"{page}/findings")


def test_a_clean_workbook_is_told_so(officer):
    assert "没有发现问题" in officer.text(f"{officer.drop(good_workbook())}/findings")


def test_the_annotated_copy_is_the_officers_workbook_with_comments(officer, page):
    assert "取批注副本" in officer.part(f"{page}/annotation")
    answer = officer.get(f"{page}/annotated.xlsx")
    assert "attachment" in answer.headers["content-disposition"]
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert "999" in book["预算信息"]["C4"].comment.text


def test_the_findings_outlive_the_server(officer, page, office, pool, monkeypatch):
    before = officer.part(f"{page}/findings")
    monkeypatch.setattr(pool, "ask", lambda *_: pytest.fail("asked again"))
    assert officer.part(f"{page}/findings") == before


def test_a_work_that_is_gone_says_so(officer, page):
    officer.part(f"{page}/findings")
    officer.press(f"{page}/forget")
    answer = officer.get(page)
    assert answer.status_code == 404
    assert "清除" in answer.text


def test_a_check_can_be_stopped_and_tried_again(officer, page):
    officer.press(f"{page}/findings/stop")
    part = officer.part(f"{page}/findings")
    assert "再试一次" in part or "预算信息!C4" in part  # it may have been faster
    officer.press(f"{page}/findings/again")
    assert "预算信息!C4" in officer.part(f"{page}/findings")
