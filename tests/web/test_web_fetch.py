"""Fetch: Word and PDF as `build` writes them, the package for disclosure, and a zip of all."""

import io
import zipfile

import pytest
from lxml import html

from workbooks.make import good_workbook


@pytest.fixture
def page(officer):
    return officer.drop(good_workbook(), "商务局 自评.xlsx")


def named(answer):
    """The name under which a browser saves an answer."""
    from urllib.parse import unquote  # noqa: PLC0415

    return unquote(answer.headers["content-disposition"].split("''")[1])


def test_both_documents_are_those_of_the_command_line(officer, page, perfgen, saved, tmp_path):
    officer.part(f"{page}/documents")
    perfgen("build", saved(good_workbook(), "商务局 自评.xlsx"), "-o", "built")
    for kind in ("docx", "pdf"):
        answer = officer.get(f"{page}/files/{kind}")
        assert named(answer) == f"商务局 自评.{kind}"
        assert answer.content == (tmp_path / "built" / f"商务局 自评.{kind}").read_bytes()


def test_the_gate_gives_the_pdf_its_hash_and_the_review_sheet(officer, page):
    part = officer.part(f"{page}/disclosed")
    assert "可以公开" in part
    links = html.fromstring(part).xpath('//ul[@class="files"]//a/@href')
    names = [named(officer.get(link)) for link in links]
    assert [name.rpartition(".")[2] for name in names] == ["pdf", "sha256", "pdf"]
    assert "公开审核单" in names[2]


def test_the_gate_says_why_it_refuses(officer):
    book = good_workbook()
    book["预算信息"]["C4"] = 999
    page = officer.drop(book)
    text = officer.text(f"{page}/disclosed")
    assert "不能公开" in text
    assert "预算信息!C4" in text
    assert officer.get(f"{page}/disclosed/0").status_code == 404


def test_the_zip_holds_the_workbook_and_all_that_was_made(officer, page):
    officer.part(f"{page}/documents")
    officer.part(f"{page}/disclosed")
    answer = officer.get(f"{page}/all.zip")
    assert named(answer) == "商务局 自评.zip"
    names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert names[:3] == ["商务局 自评.xlsx", "商务局 自评.docx", "商务局 自评.pdf"]
    assert len([name for name in names if name.startswith("公开/")]) == 3


def test_documents_that_were_not_made_are_not_found(officer, page):
    assert officer.get(f"{page}/files/docx").status_code == 404
    assert officer.get(f"{page}/files/exe").status_code == 404


def test_what_cannot_be_read_makes_no_documents(officer):
    book = good_workbook()
    book["预算信息"]["C5"] = "六十"
    assert "预算信息!C5" in officer.text(f"{officer.drop(book)}/documents")
