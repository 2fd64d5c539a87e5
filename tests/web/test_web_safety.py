"""Who may ask the page, and what its answers may do."""

import io
import re
import zipfile

import pytest

from perfgen.web.app import create_app
from perfgen.web.safety import cookie_name
from perfgen.web.shown import FOLDER
from web.conftest import ADDRESS, PORT, SECRET, Officer
from workbooks.make import as_bytes, good_workbook

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


def test_the_first_address_lets_the_officer_in_and_leaves_no_secret_in_the_address(stranger):
    answer = stranger.get(f"/open/{SECRET}", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert stranger.get("/").status_code == 200


@pytest.mark.parametrize("path", ["/", "/works/0123456789abcdef", "/static/page.css", "/fonts/hei"])
def test_without_the_cookie_nothing_is_told(stranger, path):
    answer = stranger.get(path)
    assert answer.status_code == 403
    assert "perfgen serve" in answer.text


def test_a_wrong_secret_opens_nothing(stranger):
    assert stranger.get(f"/open/{SECRET[:-1]}x").status_code == 403
    stranger.cookies.set(cookie_name(PORT), "x" * 43)
    assert stranger.get("/").status_code == 403


@pytest.mark.parametrize("host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1:1", ""])
def test_a_name_of_a_strangers_that_resolves_here_is_refused(officer, host):
    assert officer.get("/", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("origin", ["http://evil.example", "null", f"https://127.0.0.1:{PORT}"])
def test_another_page_can_change_nothing_and_read_nothing(officer, origin):
    assert officer.post("/forget", headers={"origin": origin}).status_code == 403
    assert officer.get("/", headers={"origin": origin}).status_code == 403


def test_what_changes_something_must_say_where_it_comes_from(officer):
    assert officer.post("/forget").status_code == 403
    assert officer.press("/forget").status_code == 200


@pytest.mark.parametrize("path", ["/", "/local", "/static/page.js", "/works/0123456789abcdef"])
def test_every_answer_forbids_what_is_not_ours_and_is_kept_by_nobody(officer, path):
    headers = officer.get(path).headers
    policy = dict(
        part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"


def test_no_template_holds_script_or_style_of_its_own():
    for file in (FOLDER / "templates").rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|hx-on|hx-vals=.js", text)
        assert not re.search(r"<script(?![^>]*\ssrc=)", text), file
        assert not re.search(r"(src|href)=\"https?:", text), file
        assert "|safe" not in text.replace(" ", ""), file


def test_htmx_may_run_no_text_and_write_no_style(officer):
    text = officer.get("/").text
    assert '"allowEval": false' in text
    assert '"includeIndicatorStyles": false' in text


def test_too_large_a_request_is_refused_before_it_is_read(office):
    officer = Officer(create_app(office, SECRET, most=1000), base_url=ADDRESS)
    officer.get(f"/open/{SECRET}")
    said = officer.post("/works", content=b"x" * 2000, headers={"origin": ADDRESS})
    assert said.status_code == 413

    def endless():  # without a length
        for _ in range(100):
            yield b"x" * 100

    headers = {"origin": ADDRESS, "content-type": "multipart/form-data; boundary=b"}
    assert officer.post("/works", content=endless(), headers=headers).status_code == 413
    assert office.works.all() == []


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.xlsx",
        "..\\..\\系统.xlsx",
        "/etc/cron.d/x.xlsx",
        "C:\\a\\b.xlsx",
        "a\x1b[31m.xlsx",
    ],
)
def test_a_files_name_is_never_a_path(officer, office, name):
    page = officer.drop(b"no workbook", name)
    officer.part(f"{page}/findings")
    officer.part(f"{page}/pages")
    (work,) = office.works.all()
    assert not set(work.meta.name) & set("/\\\x1b")
    files = [path for path in office.works.home.parent.rglob("*") if path.is_file()]
    stems = {path.name.partition(".")[0] for path in files}
    assert stems <= {"工作簿", "work", "findings", "pages"}


@pytest.mark.parametrize("number", ["0123", "G" * 16, "%2e%2e%2f%2e%2e"])
def test_only_numbers_of_our_own_name_a_work(officer, number):
    assert officer.get(f"/works/{number}").status_code == 404


def test_texts_of_a_hostile_workbook_are_shown_as_texts(officer):
    book = good_workbook()
    book["基本信息"]["B2"] = HOSTILE
    book["预算信息"]["A5"] = HOSTILE
    book["预算信息"]["F5"] = 99999
    page = officer.drop(book, f"{HOSTILE.replace('/', '')}.xlsx")
    parts = [officer.part(f"{page}/{name}") for name in ("findings", "pages", "documents")]
    assert parts[1].count("<rect") > 10
    for text in (*parts[:2], officer.get(page).text, officer.get("/").text):
        assert "alert(1)" in text
        assert "<script>alert" not in text
        assert "<img src=x" not in text


def test_a_zip_bomb_and_a_file_that_is_none_are_told_of(officer):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 200_000_000)
    assert "解压后过大" in officer.text(f"{officer.drop(stream.getvalue())}/findings")
    assert "空文件" in officer.text(f"{officer.drop(b'')}/findings")
    assert "PDF" in officer.text(f"{officer.drop(b'%PDF-1.7')}/findings")


def test_a_workbook_that_takes_too_much_hurts_no_other(officer, office, pool):
    page = officer.drop(as_bytes(good_workbook()))
    officer.part(f"{page}/findings")
    work = office.works.all()[0]
    ticket = office.ask(work, "bad", _die, (), lambda answer: ({"ok": True}, {}))
    assert ticket.wait(120)
    assert "中断" in ticket.trouble
    assert "检查" in officer.text(f"{officer.drop(as_bytes(good_workbook()))}/findings")


def _die(progress):
    import os  # noqa: PLC0415

    os._exit(3)
