"""Which workbooks a folder holds, and where the documents of each go."""

from pathlib import Path

import pytest

from perfgen.batch.finding import Wanted, destinations, find_workbooks


@pytest.fixture
def folder(tmp_path):
    """Make files in a folder; what they hold is of no matter here."""

    def make(*names):
        for name in names:
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"PK")
        return tmp_path

    return make


ALL = Wanted()


def found(home, wanted=ALL, outputs=()):
    return [path.relative_to(home).as_posix() for path in find_workbooks([home], wanted, outputs)]


def test_folders_are_searched_to_the_bottom(folder):
    home = folder("b.xlsx", "甲/a.xlsx", "甲/乙/丙/c.xlsm", "甲/旧.xls", "甲/说明.docx")
    assert found(home) == ["b.xlsx", "甲/a.xlsx", "甲/旧.xls", "甲/乙/丙/c.xlsm"]


def test_lock_files_hidden_folders_and_a_batchs_own_workbooks_are_left_out(folder):
    home = folder(
        "a.xlsx", "~$a.xlsx", ".回收/b.xlsx", "a-批注.xlsx", "汇总.xlsx", ".perfgen/a/x.xlsx"
    )
    assert found(home) == ["a.xlsx"]


def test_folders_of_documents_are_left_out(folder):
    home = folder("a.xlsx", "outputs/b.xlsx", "甲/outputs/c.xlsx")
    assert found(home, outputs=[home / "outputs"]) == ["a.xlsx", "甲/outputs/c.xlsx"]
    assert found(home, outputs=[home]) == ["a.xlsx", "outputs/b.xlsx", "甲/outputs/c.xlsx"]


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (Wanted(include=("*自评*",)), ["自评.xlsx", "甲/自评2.xlsx"]),
        (Wanted(include=("甲/*",)), ["甲/目标.xlsx", "甲/自评2.xlsx"]),
        (Wanted(exclude=("甲/*",)), ["目标.xlsx", "自评.xlsx"]),
        (Wanted(include=("*自评*",), exclude=("*2*",)), ["自评.xlsx"]),
    ],
)
def test_patterns_include_and_exclude(folder, wanted, names):
    home = folder("自评.xlsx", "目标.xlsx", "甲/自评2.xlsx", "甲/目标.xlsx")
    assert sorted(found(home, wanted)) == sorted(names)


def test_what_is_named_twice_comes_once(folder):
    home = folder("甲/a.xlsx")
    assert len(find_workbooks([home, home / "甲", home / "甲/a.xlsx"], ALL)) == 1


def test_a_link_in_a_circle_ends(folder):
    home = folder("a.xlsx")
    (home / "圈").symlink_to(home)
    assert found(home) == ["a.xlsx"]


# --- destinations --------------------------------------------------------------------------------


def placed(home, *names):
    paths = [home / name for name in names]
    outputs = destinations(paths, lambda _: Path("out"))
    return {name: outputs[home / name] for name in names}


def test_a_name_of_its_own_lies_where_a_single_build_lays_it(tmp_path):
    assert placed(tmp_path, "甲/a.xlsx", "乙/b.xlsx") == {
        "甲/a.xlsx": Path("out/a"), "乙/b.xlsx": Path("out/b"),
    }  # fmt: skip


def test_names_that_clash_keep_their_folders(tmp_path):
    assert placed(tmp_path, "甲/自评.xlsx", "乙/下/自评.xlsx", "丙.xlsx", "自评.xlsx") == {
        "甲/自评.xlsx": Path("out/甲/自评"), "乙/下/自评.xlsx": Path("out/乙/下/自评"),
        "丙.xlsx": Path("out/丙"), "自评.xlsx": Path("out/自评"),
    }  # fmt: skip


def test_names_that_only_some_systems_tell_apart_clash(tmp_path):
    assert placed(tmp_path, "甲/A.xlsx", "乙/a.xlsx") == {
        "甲/A.xlsx": Path("out/甲/A"), "乙/a.xlsx": Path("out/乙/a"),
    }  # fmt: skip


def test_a_clash_within_one_folder_has_no_place(tmp_path):
    assert placed(tmp_path, "甲/a.xlsm", "甲/a.xlsx", "b.xlsx") == {
        "甲/a.xlsm": Path("out/甲/a"), "甲/a.xlsx": None, "b.xlsx": Path("out/b"),
    }  # fmt: skip
