"""Many: a table with progress, a summary workbook, and a zip."""

import io
import time
import zipfile

import openpyxl
import pytest
from lxml import html

from web.conftest import ADDRESS, PATIENCE
from workbooks.make import as_bytes, good_workbook


def book(unit, **cells):
    made = good_workbook()
    made["基本信息"]["B2"] = unit
    for place, value in cells.items():
        made["预算信息"][place] = value
    return as_bytes(made)


@pytest.fixture
def page(officer):
    """The page of three workbooks of one name, one of which cannot be read."""
    contents = [book("甲局"), book("乙局", C4=999), book("丙局", C5="六十")]
    files = [("files", ("自评.xlsx", content)) for content in contents]
    files.append(("files", ("~$自评.xlsx", b"lock file")))
    answer = officer.post("/works", files=files, headers={"origin": ADDRESS})
    assert answer.url.path.startswith("/many/")
    return answer.url.path


@pytest.fixture
def table(officer, page):
    """The table once all are done."""

    def wait():
        for _ in range(PATIENCE):
            text = officer.get(f"{page}/table").text
            if "hx-trigger" not in text:
                return text
            time.sleep(0.5)
        raise AssertionError(text)

    return wait


def rows(text):
    return [
        " ".join(row.text_content().split()) for row in html.fromstring(text).xpath("//tbody/tr")
    ]


def test_each_workbook_has_a_row_and_a_bad_one_stops_no_other(table):
    good, wrong, bad = rows(table())
    assert "已生成" in good
    assert "甲局" in good
    assert "已生成，有错误" in wrong
    assert "没有生成" in bad
    assert "预算信息!C5" in bad


def test_files_that_are_called_alike_are_told_apart(officer, table, page):
    table()
    names = zipfile.ZipFile(io.BytesIO(officer.get(f"{page}/all.zip").content)).namelist()
    assert names == ["自评.docx", "自评.pdf", "自评（2）.docx", "自评（2）.pdf"]


def test_a_workbook_of_many_has_a_page_of_its_own(officer, table):
    links = html.fromstring(table()).xpath("//tbody//th/a/@href")
    assert "999" in officer.text(f"{links[1]}/findings")


def test_the_summary_has_a_row_for_each_report_that_could_be_read(officer, page, table):
    table()
    assert "汇总了 2 份" in officer.text(f"{page.replace('/many/', '/works/')}/summary")
    content = officer.get(f"{page}/summary.xlsx").content
    whole = openpyxl.load_workbook(io.BytesIO(content))
    said = {str(cell.value) for sheet in whole for row in sheet.iter_rows() for cell in row}
    assert {"甲局", "乙局", "自评（3）.xlsx"} <= said
    assert not any("/works/" in text for text in said)  # nothing of where they lie here


def test_they_can_be_stopped_and_gone_on_with(officer, page, table):
    officer.press(f"{page}/stop")
    first = table()
    if "没有做完" in first:  # else all were done before the stop
        assert "接着做没做完的" in first
        assert f"；{first.count('已停下')} 个没有做完" in first
    officer.press(f"{page}/again")
    assert "没有做完" not in table()


def test_recent_work_names_the_many_once_and_clears_them_together(officer, page, table, office):
    table()
    home = officer.get("/").text
    assert home.count('class="quiet"') == 1
    assert f'href="{page}"' in home
    officer.press(f"{page.replace('/many/', '/works/')}/forget")
    assert office.works.all() == []
