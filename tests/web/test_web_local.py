"""Files of this machine: opened by name, and followed from save to save."""

import os
from html import unescape
from re import search

from workbooks.make import good_workbook


def saved_in(folder, book, name="自评.xlsx"):
    """Save a workbook as Excel does; each save has a time of its own."""
    path = folder / name
    before = path.stat().st_mtime_ns if path.exists() else 0
    book.save(path)
    os.utime(path, ns=(before + 10**9, before + 10**9))
    return path


def test_the_folder_in_which_serve_was_started_is_listed(officer, office):
    saved_in(office.folder, good_workbook())
    (office.folder / "~$自评.xlsx").write_bytes(b"")
    text = officer.get("/local").text
    assert 'value="自评.xlsx"' in text
    assert "~$" not in text


def test_a_file_is_opened_from_the_list_or_by_its_path(officer, office):
    path = saved_in(office.folder, good_workbook())
    one = officer.press("/local", path="自评.xlsx").url.path
    other = officer.press("/local", path=f'"{path}"').url.path
    assert one == other  # the same file is the same work
    assert str(path) in officer.get(one).text


def test_a_file_that_is_not_there_is_told(officer):
    answer = officer.press("/local", path="/没有/自评.xlsx")
    assert answer.status_code == 404
    assert "找不到工作簿" in answer.text


def test_the_page_follows_each_save(officer, office):
    book = good_workbook()
    saved_in(office.folder, book)
    page = officer.press("/local", path="自评.xlsx").url.path
    assert "没有发现问题" in officer.text(f"{page}/findings")
    assert officer.get(f"{page}/watch").status_code == 204
    book["预算信息"]["C4"] = 999
    saved_in(office.folder, book)
    first, second = officer.get(f"{page}/watch"), officer.get(f"{page}/watch")
    assert "hx-trigger" not in first.headers  # it may still be written
    assert second.headers["hx-trigger"] == "workbook-saved"
    assert "999" in officer.text(f"{page}/findings")
    assert "hx-trigger" not in officer.get(f"{page}/watch").headers


def asked_again(officer, answer):
    """What the page asks next: it says what it has told already."""
    return officer.get(unescape(search(r'hx-get="([^"]+)"', answer.text)[1]))


def test_a_file_that_went_away_is_told_once_and_watched_again_when_it_is_back(officer, office):
    path = saved_in(office.folder, good_workbook())
    page = officer.press("/local", path="自评.xlsx").url.path
    officer.part(f"{page}/findings")
    content = path.read_bytes()
    path.unlink()
    told = officer.get(f"{page}/watch")
    assert "文件不在原处了" in told.text
    assert "正守着" not in told.text
    assert asked_again(officer, told).status_code == 204
    assert "没有发现问题" in officer.text(f"{page}/findings")
    path.write_bytes(content)
    asked_again(officer, told)  # it may still be written
    back = asked_again(officer, told)
    assert "正守着" in back.text
    assert back.headers["hx-trigger"] == "workbook-saved"


def test_a_half_written_file_is_waited_for(officer, office):
    path = saved_in(office.folder, good_workbook())
    page = officer.press("/local", path="自评.xlsx").url.path
    officer.part(f"{page}/findings")
    path.write_bytes(path.read_bytes()[:1000])
    officer.get(f"{page}/watch")
    told = officer.get(f"{page}/watch")
    assert "自评.xlsx 不完整或已损坏" in told.text
    assert "hx-trigger" not in told.headers
    assert "没有发现问题" in officer.text(f"{page}/findings")


def test_the_watch_can_be_left_and_taken_up_again(officer, office):
    saved_in(office.folder, good_workbook())
    page = officer.press("/local", path="自评.xlsx").url.path
    assert 'aria-pressed="false"' in officer.press(f"{page}/watch").text
    left = officer.get(f"{page}/watch")
    assert left.status_code == 286  # htmx asks no more
    assert 'aria-pressed="false"' in left.text
    assert 'aria-pressed="true"' in officer.press(f"{page}/watch").text


def test_a_dropped_file_lies_nowhere_and_cannot_be_watched(officer):
    page = officer.drop(good_workbook())
    assert "守着" not in officer.get(page).text
    assert officer.press(f"{page}/watch").status_code == 404


def test_settings_beside_the_file_count(officer, office):
    (office.folder / "perfgen.toml").write_text("oops = 1\n", encoding="utf-8")
    saved_in(office.folder, good_workbook())
    page = officer.press("/local", path="自评.xlsx").url.path
    assert "perfgen.toml" in officer.text(f"{page}/findings")
