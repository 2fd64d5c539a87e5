"""A folder from a stranger: its record makes nothing happen outside, and never stops a build."""

import json
import os
import random
import shutil
import threading
from pathlib import Path

import pytest

from keeping.hostile_records import (
    BYTES,
    OUTSIDE,
    TOO_LARGE,
    WRONG,
    mutated,
    with_wrong,
    wrong_records,
)
from perfgen.build import FORMATS, load
from perfgen.comparing import take_snapshot
from perfgen.keeping import Store, last_snapshot
from perfgen.keeping.inputs import content_hash
from perfgen.keeping.record import from_json, snapshot_from_json, to_json
from perfgen.keeping.store import KINDS
from workbooks.make import good_workbook, put

needs_links = pytest.mark.skipif(os.name == "nt", reason="Windows 建链接要权限")
NAMES = [f"自评.{kind}" for kind in KINDS]


@pytest.fixture(scope="module")
def received(tmp_path_factory):
    """A folder with a workbook and what two builds of it left, to be copied and spoilt."""
    folder = tmp_path_factory.mktemp("received")
    good_workbook().save(folder / "自评.xlsx")
    from perfgen import cli  # noqa: PLC0415

    home = Path.cwd()
    os.chdir(folder)
    try:
        assert cli.run(["build", "自评.xlsx", "--format", "docx,html"]) == 0
        put(good_workbook(), "预算信息!D6", 500).save(folder / "自评.xlsx")
        assert cli.run(["build", "自评.xlsx", "--format", "docx,html"]) == 0
    finally:
        os.chdir(home)
    return folder


@pytest.fixture
def spoilt(received, tmp_path):
    """The received folder as `收到`, inside a folder where nothing else may change."""
    shutil.copytree(received, tmp_path, dirs_exist_ok=True)
    return tmp_path / "outputs" / ".perfgen" / "自评"


@pytest.fixture
def record(received):
    """The data of the record."""
    return json.loads((received / "outputs/.perfgen/自评/record.json").read_text("utf-8"))


@pytest.fixture
def outside(tmp_path_factory):
    """A folder elsewhere with a file in it; nothing in it may change."""
    folder = tmp_path_factory.mktemp("outside")
    (folder / "别处.docx").write_bytes(b"mine")
    (folder / "record.json").write_bytes(b"mine")
    (folder / ".perfgen-abcdefgh.tmp").write_bytes(b"mine")
    return folder


def state(folder):
    """Everything in a folder, by its name."""
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    small = [path for path in files if path.stat().st_size < 10**8]
    return {path.relative_to(folder): path.read_bytes() for path in small}


# --- what is read --------------------------------------------------------------------------------


def test_the_documents_of_a_build_are_those_that_a_record_may_name():
    assert sorted(KINDS) == sorted(FORMATS)


def test_a_record_is_the_same_after_it_was_written_and_read(record):
    written = json.dumps(record).encode()
    known = from_json(written, NAMES)
    assert [build.number for build in known.builds] == [1, 2]
    assert from_json(to_json(known), NAMES) == known


def test_what_is_wrong_in_a_record_makes_it_none(record):
    wrong = list(wrong_records(record))
    assert len(wrong) > 100
    for what, content in wrong:
        with pytest.raises(ValueError):
            from_json(content, NAMES)
            pytest.fail(what)


def test_a_key_that_is_not_known_is_passed_over(record):
    record["later"] = 1
    record["builds"][0]["later"] = {"a": 1}
    assert len(from_json(json.dumps(record).encode(), NAMES).builds) == 2


def test_any_change_of_a_record_gives_a_record_or_none(record):
    chance = random.Random(11)
    content = json.dumps(record, ensure_ascii=False, indent=1).encode()
    read = 0
    for _ in range(3000):
        try:
            known = from_json(mutated(content, chance), NAMES)
        except ValueError:
            continue
        read += 1
        assert all(1 <= build.number < 10**6 for build in known.builds)
        assert all(set(build.outputs) <= set(NAMES) for build in known.builds)
    assert read > 20  # some changes do no harm


def test_any_change_of_a_snapshot_gives_a_snapshot_or_none(received):
    content = (received / "outputs/.perfgen/自评/0001/snapshot.json").read_bytes()
    chance = random.Random(12)
    for _ in range(1500):
        try:
            snapshot = snapshot_from_json(mutated(content, chance))
        except ValueError:
            continue
        assert all(isinstance(value, str) for entry in snapshot.entries
                   for value in (*entry.entered.values(), *entry.computed.values()))  # fmt: skip


@pytest.mark.parametrize("change", [
    {"entries": None}, {"entries": {"a": 1}}, {"entries": [3]}, {"year": "2023"}, {"year": 10**40},
    {"unit": None}, {"unit": ["x"]}, {"findings": [3]}, {"findings": [{"code": "PG1"}]},
    {"findings": [{"code": "x", "severity": "fatal", "subject": "", "message": "", "place": ""}]},
    {"entries": [{"sheet": "a", "record": "b", "name": "c", "entered": {"x": 3}}]},
    {"entries": [{"sheet": "a", "record": "b", "name": "c", "numbers": "x"}]},
    {"entries": [{"sheet": "a", "record": "b", "name": "\U0010fffe1\U0010ffff"}]},
    {"entries": [{"sheet": "a"}]},
])  # fmt: skip
def test_what_is_wrong_in_a_snapshot_makes_it_none(received, change):
    content = json.loads((received / "outputs/.perfgen/自评/0001/snapshot.json").read_text("utf-8"))
    assert snapshot_from_json(json.dumps(content).encode()).year == 2023
    with pytest.raises(ValueError):
        snapshot_from_json(json.dumps(content | change).encode())


# --- commands in a received folder ---------------------------------------------------------------


@pytest.mark.parametrize("name", OUTSIDE)
@pytest.mark.parametrize("done", [True, False])
def test_a_name_of_another_place_is_never_written(perfgen, spoilt, record, name, done, tmp_path):
    for build in record["builds"]:
        build["outputs"] = {name: content_hash(b"evil")}
        build["done"] = done
    (spoilt / "record.json").write_text(json.dumps(record), "utf-8")
    for number in ("0001", "0002"):
        (spoilt / number / "自评.docx").write_bytes(b"evil")
    for command in (("history", "自评.xlsx"), ("history", "自评.xlsx", "--restore", "1"),
                    ("diff", "自评.xlsx"), ("build", "自评.xlsx", "--format", "docx")):  # fmt: skip
        assert perfgen(*command).code in (0, 2)
    assert b"evil" not in state(tmp_path.parent).values()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["outputs", "自评.xlsx"]
    data = json.loads((spoilt / "record.json").read_text("utf-8"))
    assert [list(build["outputs"]) for build in data["builds"]] == [["自评.docx"]]


@pytest.mark.parametrize("what", [*BYTES, "too large"])
def test_bytes_that_are_no_record_do_not_stop_a_build(perfgen, spoilt, what):
    (spoilt / "record.json").write_bytes(BYTES.get(what, TOO_LARGE))
    said = perfgen("history", "自评.xlsx")
    assert said.code == 0 and "没有 自评.xlsx 的生成记录；那里的记录读不懂" in said.out
    assert "没有第 1 次生成的记录" in perfgen("history", "自评.xlsx", "--restore", "1").err
    assert perfgen("build", "自评.xlsx", "--format", "docx").code == 0
    assert len(json.loads((spoilt / "record.json").read_text("utf-8"))["builds"]) == 1


def test_a_record_of_a_later_perfgen_is_told(perfgen, spoilt, record):
    record["version"] = 2
    (spoilt / "record.json").write_text(json.dumps(record), "utf-8")
    assert "由更新的 perfgen 写成" in perfgen("history", "自评.xlsx").out
    assert perfgen("build", "自评.xlsx", "--format", "docx").code == 0
    assert "由更新的 perfgen 写成" not in perfgen("history", "自评.xlsx").out


@pytest.mark.parametrize("key", WRONG)
def test_a_wrong_value_does_not_stop_a_build(perfgen, spoilt, record, key):
    (spoilt / "record.json").write_bytes(with_wrong(record, key, WRONG[key][0]))
    assert perfgen("build", "自评.xlsx", "--format", "html").code == 0
    assert perfgen("history", "自评.xlsx").code == 0


def test_a_copy_that_is_not_the_one_recorded_never_comes_back(perfgen, spoilt, record, tmp_path):
    (spoilt / "0001" / "自评.docx").write_bytes(b"evil")
    said = perfgen("history", "自评.xlsx", "--restore", "1")
    assert said.code == 2 and "已经不在了，或者改动过" in said.err
    record["builds"][-1]["done"] = False
    (spoilt / "record.json").write_text(json.dumps(record), "utf-8")
    (spoilt / "0002" / "自评.docx").write_bytes(b"evil")
    assert perfgen("build", "自评.xlsx", "--format", "docx").code == 0
    assert (tmp_path / "outputs/自评.docx").read_bytes().startswith(b"PK")


def test_a_hostile_snapshot_only_means_that_nothing_is_compared(perfgen, spoilt):
    for content in (*BYTES.values(), b'{"entries": [], "findings": [{}]}'):
        (spoilt / "0002" / "snapshot.json").write_bytes(content)
        assert perfgen("history", "自评.xlsx").code == 0
        assert "没有 自评.xlsx 的生成记录" in perfgen("diff", "自评.xlsx").err


def test_absurd_amounts_of_a_snapshot_are_shown_as_texts(perfgen, spoilt):
    path = spoilt / "0002" / "snapshot.json"
    data = json.loads(path.read_text("utf-8"))
    for entry in data["entries"]:
        for header in entry["numbers"]:
            entry["entered"][header] = "1e999999999"
    entry = {
        **data["entries"][-1],
        "name": "多出来的",
        "entered": {"数": "sNaN"},
        "numbers": ["数"],
    }
    data["entries"].append(entry)
    path.write_text(json.dumps(data), "utf-8")
    assert perfgen("diff", "自评.xlsx").code == 0
    assert perfgen("diff", "自评.xlsx", "--format", "html").code == 0


def test_names_without_end_are_compared_in_a_moment(perfgen, spoilt):
    path = spoilt / "0002" / "snapshot.json"
    data = json.loads(path.read_text("utf-8"))
    entry = next(one for one in data["entries"] if one["record"] == "indicator")
    data["entries"] += [{**entry, "name": "ab" * 5_000 + str(number)} for number in range(300)]
    path.write_text(json.dumps(data), "utf-8")
    assert perfgen("diff", "自评.xlsx").code == 0


def test_a_workbook_whose_name_is_dots_is_refused(perfgen, tmp_path):
    good_workbook().save(tmp_path / "...xlsx")
    said = perfgen("build", "...xlsx", "--format", "html")
    assert said.code == 2 and "换一个名字" in said.err


# --- links, pipes and folders in the place of files ----------------------------------------------


def in_place_of(path, what, outside):
    """Put something else where a file or a folder of the record was."""
    shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    if what == "link":
        path.symlink_to(outside / "别处.docx")
    elif what == "dangling link":
        path.symlink_to(outside / "没有")
    elif what == "link to a folder":
        path.symlink_to(outside, target_is_directory=True)
    elif what == "loop":
        path.symlink_to(path)
    elif what == "pipe":
        os.mkfifo(path)
    elif what == "device":
        path.symlink_to("/dev/zero")
    elif what == "folder":
        (path / "deep").mkdir(parents=True)
    elif what == "sparse":
        path.touch()
        os.truncate(path, 2**40)


@needs_links
@pytest.mark.parametrize("what", ["link", "dangling link", "link to a folder", "loop", "pipe",
                                  "device", "folder", "sparse"])  # fmt: skip
@pytest.mark.parametrize("place", [
    "record.json", "lock", "0001", "0002", "0002/snapshot.json", "0002/自评.docx", "0007",
    "../../自评.docx", ".", "..",
])  # fmt: skip
def test_what_is_no_plain_file_is_neither_followed_nor_waited_for(
    perfgen, spoilt, outside, what, place
):
    if place in (".", "..") and what == "sparse":
        pytest.skip("a plain file there is told of, not removed")
    target = spoilt if place == "." else spoilt.parent if place == ".." else spoilt / place
    in_place_of(target.parent.resolve() / target.name, what, outside)
    before = state(outside)
    commands = (("history", "自评.xlsx"), ("history", "自评.xlsx", "--restore", "2"),
                ("diff", "自评.xlsx"), ("build", "自评.xlsx", "--format", "docx"),
                ("build", "自评.xlsx", "--format", "docx", "--force"))  # fmt: skip
    codes = []

    def all_commands():
        codes.extend(perfgen(*command).code for command in commands)

    worker = threading.Thread(target=all_commands, daemon=True)
    worker.start()
    worker.join(120)
    assert not worker.is_alive()
    blocked = place == "../../自评.docx" and what == "folder"
    assert codes[0] == 0
    assert codes[-2:] == ([2, 2] if blocked else [0, 0])
    assert state(outside) == before
    home = spoilt.parents[1]
    assert not any(b"mine" in content for content in state(home).values())


@needs_links
def test_a_lock_that_is_a_link_makes_no_file_elsewhere(perfgen, spoilt, outside):
    (spoilt / "lock").unlink()
    (spoilt / "lock").symlink_to(outside / "new")
    assert perfgen("build", "自评.xlsx", "--format", "docx", "--force").code == 0
    assert not (outside / "new").exists()


@needs_links
def test_a_temporary_file_is_only_swept_where_it_lies(perfgen, spoilt, outside):
    (spoilt / "0009").symlink_to(outside, target_is_directory=True)
    (spoilt.parents[1] / ".perfgen-x.tmp").mkdir()
    assert perfgen("build", "自评.xlsx", "--format", "docx", "--force").code == 0
    assert (outside / ".perfgen-abcdefgh.tmp").read_bytes() == b"mine"
    assert not (spoilt / "0009").exists()


def test_folders_with_odd_numbers_are_no_builds(perfgen, spoilt):
    for name in ("1²", "99999999999999999999", "-001", "0x1", "٣٣٣٣"):
        (spoilt / name).mkdir()
    assert perfgen("build", "自评.xlsx", "--format", "docx", "--force").code == 0
    assert [b["number"] for b in json.loads((spoilt / "record.json").read_text("utf-8"))["builds"]
            ] == [1, 2, 3]  # fmt: skip


def test_the_last_number_is_followed_by_the_first(perfgen, spoilt, record):
    record["builds"] = [{**record["builds"][0], "number": 999_999}]
    (spoilt / "record.json").write_text(json.dumps(record), "utf-8")
    assert perfgen("build", "自评.xlsx", "--format", "docx", "--force").code == 0
    data = json.loads((spoilt / "record.json").read_text("utf-8"))
    assert [build["number"] for build in data["builds"]] == [1]


def test_the_snapshot_of_a_build_is_the_one_that_was_taken(spoilt, tmp_path):
    loaded = load(tmp_path / "自评.xlsx", say=lambda _: None)
    taken = take_snapshot(loaded.report, loaded.figures, loaded.checked, loaded.layout)
    assert last_snapshot(tmp_path / "outputs", tmp_path / "自评.xlsx") == taken
    assert len(Store(tmp_path / "outputs/自评").record().builds) == 2
