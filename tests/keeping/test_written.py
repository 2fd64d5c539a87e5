"""Documents that belong to no build: what perfgen wrote is written over, all else is kept."""

import errno
import io
import warnings
import zipfile
from pathlib import Path

import pytest

from perfgen.errors import OutputError
from perfgen.keeping import write_beside_altered
from perfgen.keeping.aside import put_aside, same_content
from perfgen.keeping.written import WRITTEN


@pytest.fixture
def write(tmp_path):
    """Write 对照表.pdf; return where altered ones went."""

    def write(content):
        return write_beside_altered(tmp_path / "对照表", {"对照表.pdf": content})

    return write


def test_what_was_written_before_goes(write, tmp_path):
    for content in (b"one", b"two", b"three"):
        assert write(content) == {}
    assert (tmp_path / "对照表.pdf").read_bytes() == b"three"


def test_an_earlier_one_that_was_put_back_goes(write, tmp_path):
    write(b"one")
    write(b"two")
    (tmp_path / "对照表.pdf").write_bytes(b"one")
    assert write(b"three") == {}


def test_an_altered_one_is_put_aside(write, tmp_path):
    write(b"one")
    (tmp_path / "对照表.pdf").write_bytes(b"one, with a note")
    kept = tmp_path / "对照表（另存）.pdf"
    assert write(b"two") == {"对照表.pdf": kept}
    assert kept.read_bytes() == b"one, with a note"


def test_without_a_record_what_lies_there_is_kept(write, tmp_path):
    (tmp_path / "对照表.pdf").write_bytes(b"somebody's")
    assert list(write(b"one")) == ["对照表.pdf"]


def test_the_same_bytes_are_no_altered_document(write, tmp_path):
    (tmp_path / "对照表.pdf").write_bytes(b"one")
    assert write(b"one") == {}


@pytest.mark.parametrize(
    "record",
    [b"", b"{", b"[]", b'{"files": 1}', b'{"files": {"a/b": []}}', b'{"files": {"a": ["x"]}}',
     b"[" * 100_000, b'{"files": {}, "files": {}}'],
)  # fmt: skip
def test_a_record_that_is_not_right_counts_as_none(write, tmp_path, record):
    write(b"one")
    (tmp_path / ".perfgen/对照表" / WRITTEN).write_bytes(record)
    assert list(write(b"two")) == ["对照表.pdf"]
    assert write(b"three") == {}


def test_a_link_in_the_place_of_the_record_is_not_followed(write, tmp_path):
    write(b"one")
    record = tmp_path / ".perfgen/对照表" / WRITTEN
    other = tmp_path / "other.json"
    record.rename(other)
    record.symlink_to(other)
    before = other.read_bytes()
    assert list(write(b"two")) == ["对照表.pdf"]
    assert other.read_bytes() == before


def test_where_nothing_can_be_written_all_stays(write, tmp_path):
    write(b"one")
    (tmp_path / "对照表.pdf").unlink()
    (tmp_path / "对照表.pdf").mkdir()
    with pytest.raises(OutputError):
        write(b"two")
    assert (tmp_path / "对照表.pdf").is_dir()


# --- putting aside -------------------------------------------------------------------------------


@pytest.fixture
def document(tmp_path):
    """A document that was edited in Word."""
    path = tmp_path / "自评.docx"
    path.write_bytes(b"edited")
    return path


def test_a_document_is_put_aside_once_and_each_edit_of_it_again(document, tmp_path):
    first, second = tmp_path / "自评（Word改稿）.docx", tmp_path / "自评（Word改稿2）.docx"
    assert put_aside(document) == (first, True)
    assert put_aside(document) == (first, False)
    document.unlink()  # the next build takes the name, and not the bytes
    document.write_bytes(b"edited again")
    assert put_aside(document) == (second, True)
    assert (first.read_bytes(), second.read_bytes()) == (b"edited", b"edited again")


def test_where_a_folder_has_the_name_the_next_is_taken(document, tmp_path):
    (tmp_path / "自评（Word改稿）.docx").mkdir()
    assert put_aside(document) == (tmp_path / "自评（Word改稿2）.docx", True)


def test_on_a_file_system_without_hard_links_the_bytes_are_copied(document, monkeypatch):
    """Such as a memory stick's; there is none in the machine of the tests."""

    def refuse(*_):
        raise OSError(errno.EPERM, "no hard links")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    path, is_new = put_aside(document)
    assert is_new and path.read_bytes() == b"edited"
    assert put_aside(document) == (path, False)


def test_where_nothing_can_be_put_aside_nothing_is_built(document, monkeypatch):
    """A name of 255 bytes has no room for the label."""
    long = document.with_name("长" * 83 + ".docx")
    document.rename(long)
    with pytest.raises(
        OutputError, match=r"改过，不能另存为 .*（文件名太长），没有重新生成"
    ) as raised:
        put_aside(long)
    assert "先关闭" in raised.value.hint
    assert long.read_bytes() == b"edited"


def zipped(*parts):
    """A package with these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a name that stands twice
        for name, content in parts:
            archive.writestr(name, content)
    return stream.getvalue()


def test_packages_that_cannot_be_compared_hold_something_else():
    """What cannot be told to be the same is kept."""
    once, twice = zipped(("a.xml", "<a/>")), zipped(("a.xml", "<a/>"), ("a.xml", "<a/>"))
    large = zipped(("a.xml", b"\0" * (101 * 1024 * 1024)))
    assert not same_content(once, twice)
    assert not same_content(once, large)
    assert not same_content(once, b"PK")
    assert same_content(twice, twice)
