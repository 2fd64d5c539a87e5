"""A bureau's folder of workbooks: two of one name, one broken, one unreadable, one with errors."""

import shutil

import pytest

from batch.collected import BROKEN, GOOD, UNREADABLE, WRONG, of
from workbooks.make import good_workbook, put


@pytest.fixture(scope="session")
def _collected(tmp_path_factory):
    folder = tmp_path_factory.mktemp("collected")
    for number, name in enumerate(GOOD):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        of(f"第{number}局", 100 + number).save(path)
    (folder / BROKEN).write_bytes(b"PK\x03\x04 cut off")
    put(good_workbook(), "预算信息!C5", "一百").save(folder / UNREADABLE)
    put(good_workbook(), "预算信息!C4", 5000).save(folder / WRONG)
    return folder


@pytest.fixture
def good(_collected, tmp_path):
    """The folder 收集 with good workbooks alone."""
    home = tmp_path / "收集"
    for name in GOOD:
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(_collected / name, home / name)
    return home


@pytest.fixture
def collected(_collected, good):
    """The folder 收集 with all of them."""
    for name in (BROKEN, UNREADABLE, WRONG):
        shutil.copy(_collected / name, good / name)
    return good


@pytest.fixture
def bytes_below():
    """All documents in a folder by their paths below it, as bytes; records left out."""

    def read(home, *suffixes):
        return {
            path.relative_to(home).as_posix(): path.read_bytes()
            for path in sorted(home.rglob("*"))
            if path.suffix in (suffixes or (".docx", ".pdf", ".html"))
            and ".perfgen" not in path.parts
        }

    return read
