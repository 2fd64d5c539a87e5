"""Documents that belong to no build: what perfgen wrote is written over, all else is kept."""

import pytest

from perfgen.errors import OutputError
from perfgen.keeping import write_beside_altered
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
