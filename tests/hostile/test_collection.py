"""Whatever file comes: it is built whole with its text, or refused, and then nothing changes."""

import json
import random
import re
import shutil
import sys

import pytest
from hostile_collection import COLLECTION
from hostile_dialects import DIALECTS, parts_of
from hostile_files import zipped
from hostile_try import BOUNDS, run_in

from perfgen.bounds import Worker
from perfgen.errors import WorkbookError
from perfgen.workbook.opening import WorkbookFile, open_workbook
from perfgen.workbook.raw import read_sheet
from workbooks.make import as_bytes, good_workbook

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows 不限制子进程的时间")

BUILD = ("build", "自评.xlsx", "--format", "html,docx", "--force")
CHINESE = re.compile("[\u4e00-\u9fff]")
OWN_FAULT = "自身出了错"


@pytest.fixture(scope="module")
def child():
    """A warm child process with bounds of time and memory."""
    worker = Worker(BOUNDS, ("perfgen.cli",))
    yield worker
    worker.close()


@pytest.fixture(scope="module")
def built_once(tmp_path_factory, child):
    """A folder with a good workbook and its documents."""
    folder = tmp_path_factory.mktemp("good")
    (folder / "自评.xlsx").write_bytes(as_bytes(good_workbook()))
    assert child.call(run_in, str(folder), *BUILD).code == 0
    return folder


@pytest.fixture
def folder(built_once, tmp_path):
    """A copy of that folder, for a test to spoil."""
    shutil.copytree(built_once, tmp_path / "自评")
    return tmp_path / "自评"


def state(folder):
    """Every file below a folder, with its bytes, but for the workbook."""
    return {
        file.relative_to(folder): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and file.suffix not in (".xlsx", ".lock")
    }


@pytest.mark.parametrize("name", COLLECTION)
def test_each_kind_is_built_whole_or_refused_and_nothing_changed(child, folder, name):
    kind = COLLECTION[name]
    (folder / "自评.xlsx").write_bytes(kind.make())
    before = state(folder)
    ended = child.call(run_in, str(folder), *BUILD)
    assert OWN_FAULT not in ended.err
    if kind.built:
        assert ended.code == 0, ended.err
        assert kind.says in (folder / "outputs/自评.html").read_text("utf-8")
    else:
        assert ended.code == 2
        assert kind.says in ended.err
        assert CHINESE.search(ended.err) and "建议：" in ended.err
        assert state(folder) == before


@pytest.mark.parametrize("name", [name for name, kind in DIALECTS.items() if kind.built])
def test_what_can_be_built_can_be_annotated_and_its_copy_is_read_alike(child, tmp_path, name):
    parts = parts_of(COLLECTION[name].make())
    overspent = {part: content.replace(b">39.5<", b">395<") for part, content in parts.items()}
    (tmp_path / "自评.xlsx").write_bytes(zipped(overspent))
    checked = child.call(run_in, str(tmp_path), "check", "自评.xlsx", "--json")
    ended = child.call(run_in, str(tmp_path), "check", "自评.xlsx", "--annotate", "批注.xlsx")
    assert ended.code == checked.code == 1, ended.err
    assert findings(checked)
    again = child.call(run_in, str(tmp_path), "check", "批注.xlsx", "--json")
    assert findings(again) == findings(checked)


def findings(ended):
    """What a check found, and where."""
    return [(one["code"], one["cell"], one["message"]) for one in json.loads(ended.out)["findings"]]


def outcome(content):
    """The texts of a workbook, or None where it is refused in Chinese."""
    try:
        book = open_workbook(WorkbookFile("自评.xlsx", content))
    except WorkbookError as error:
        assert CHINESE.search(error.message) and error.hint
        return None
    return [
        cell.text for title in book.sheets for row in read_sheet(book, title).rows.values()
        for cell in row.values()
    ]  # fmt: skip


def test_truncated_at_any_byte_it_is_refused():
    content = as_bytes(good_workbook())
    chance = random.Random(11)
    places = [0, 1, 2, 3, 4, 21, 22, 23, len(content) - 22, len(content) - 1]
    for place in places + [chance.randrange(len(content)) for _ in range(60)]:
        assert outcome(content[:place]) is None, place


def test_with_any_bytes_turned_it_is_refused_or_says_the_same():
    content = as_bytes(good_workbook())
    right = outcome(content)
    chance = random.Random(12)
    for _ in range(150):
        spoilt = bytearray(content)
        for _ in range(chance.choice((1, 1, 3, 40))):
            spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
        assert outcome(bytes(spoilt)) in (None, right)
