"""What tests have at hand: the Suzhou layout, a small good workbook, and ways to read one."""

import pytest

from perfgen import cli
from perfgen.errors import WorkbookError
from perfgen.layouts import find_layout, load_layout
from perfgen.workbook.opening import open_workbook
from perfgen.workbook.reading import read_report
from workbooks.make import good_workbook


def pytest_make_parametrize_id(val, argname):
    """Bytes give a test no name: a ZIP file holds the time when it was made."""
    return argname if isinstance(val, bytes) else None


@pytest.fixture(scope="session")
def suzhou():
    """The layout that perfgen brings."""
    return load_layout(find_layout("suzhou-self-evaluation"))


@pytest.fixture
def book():
    """A small filled workbook with nothing wrong in it, for a test to change."""
    return good_workbook()


@pytest.fixture
def saved(tmp_path):
    """Save a workbook (or bytes) as the officer's file; returns its path."""

    def save(content, name="自评.xlsx"):
        path = tmp_path / name
        path.write_bytes(content) if isinstance(content, bytes) else content.save(path)
        return path

    return save


@pytest.fixture
def read(saved, suzhou):
    """Read a workbook as perfgen does: from the file to the report."""
    return lambda content: read_report(open_workbook(saved(content)), suzhou)


@pytest.fixture
def problems(read):
    """Everything that perfgen cannot read in a workbook; none for a good one."""

    def find(content):
        try:
            read(content)
        except WorkbookError as error:
            return list(error.problems)
        return []

    return find


class Said:
    """What a command printed, and its exit code."""

    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def perfgen(capsys, monkeypatch, tmp_path):
    """Run a command in an empty folder, as `perfgen check 自评.xlsx` in a terminal."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FORCE_COLOR", raising=False)

    def run(*arguments):
        code = cli.run([str(argument) for argument in arguments])
        return Said(code, *capsys.readouterr())

    return run
