"""Recent work: kept in the user's own folder, cleaned after a while, cleared by a button."""

import os
import stat

import pytest

from perfgen.web.works import KEPT_DAYS, VERSIONS, Meta, Works, plain_name, write_results

DAY = 24 * 3600


@pytest.fixture
def works(tmp_path):
    return Works(tmp_path / "data" / "works")


def test_work_is_found_again_by_another_server(works):
    work = works.add(Meta(name="自评.xlsx"), b"content")
    again = Works(works.home).find(work.id)
    assert again.meta == work.meta
    assert again.workbook.content == b"content"


def test_the_latest_work_comes_first(works):
    first, second = (works.add(Meta(name=f"{n}.xlsx"), b"") for n in range(2))
    os.utime(first.folder / "work.json", (2, 2))
    os.utime(second.folder / "work.json", (1, 1))
    assert [work.id for work in works.all()] == [first.id, second.id]


def test_each_drop_is_a_version_with_results_of_its_own(works):
    work = works.add(Meta(name="自评.xlsx"), b"one")
    write_results(work.place, {"findings": {"ok": True}}, {})
    newer = works.add_version(work, b"two", name="自评2.xlsx")
    assert newer.meta.version == 2
    assert newer.result("findings") is None
    assert works.find(work.id).workbook.content == b"two"


def test_versions_of_long_ago_are_taken_away(works):
    work = works.add(Meta(name="自评.xlsx"), b"0")
    for number in range(VERSIONS + 2):
        work = works.add_version(work, str(number).encode())
    assert len([one for one in work.folder.iterdir() if one.is_dir()]) == VERSIONS


def test_nobody_else_can_read_it(works):
    if os.name != "posix":
        pytest.skip("rights of POSIX")
    works.add(Meta(name="自评.xlsx"), b"")
    assert stat.S_IMODE(works.home.stat().st_mode) == 0o700


def test_work_that_nobody_touched_is_cleaned_after_the_time_that_is_stated(works):
    old, new = (works.add(Meta(name=f"{n}.xlsx"), b"") for n in range(2))
    os.utime(old.folder / "work.json", (0, 0))
    os.utime(new.folder / "work.json", (2 * DAY, 2 * DAY))
    assert works.clean(now=lambda: (KEPT_DAYS + 1) * DAY) == 1
    assert [work.id for work in works.all()] == [new.id]


def test_a_broken_or_strange_folder_is_no_work(works):
    work = works.add(Meta(name="自评.xlsx"), b"")
    (works.home / "notes").mkdir()
    (work.folder / "work.json").write_text('{"name": 1, "strange": 2}', encoding="utf-8")
    assert works.all() == []


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("a/b/自评.xlsx", "自评.xlsx"), ("C:\\x\\自评.xlsx", "自评.xlsx"), ("..", "工作簿.xlsx"),
     ("", "工作簿.xlsx"), ("a\x00b\n.xlsx", "ab.xlsx"), ("x" * 300 + ".xlsx", "x" * 145 + ".xlsx")],
)  # fmt: skip
def test_a_name_keeps_its_last_part_alone(sent, kept):
    assert plain_name(sent) == kept


def test_what_came_after_its_work_was_cleared_is_cleaned_too(works):
    work = works.add(Meta(name="自评.xlsx"), b"")
    works.forget(work)
    write_results(work.place, {"findings": {"ok": True}}, {})
    os.utime(work.folder, (0, 0))
    works.clean(now=lambda: (KEPT_DAYS + 1) * DAY)
    assert not work.folder.exists()
