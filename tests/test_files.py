"""Documents are written whole or not at all: what was there before stays until all is there."""

import errno
import os
import re
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from perfgen import files
from perfgen.errors import OutputError
from perfgen.files import write_whole
from perfgen.windows_names import fault_of_place
from uncounted import uncounted

AS_ROOT = sys.platform == "win32" or os.geteuid() == 0


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_files_are_written_with_their_folders(tmp_path):
    folder = tmp_path / "输出/2023"
    write_whole({folder / "报告.docx": b"word", folder / "报告.pdf": b"pdf"})
    assert (folder / "报告.docx").read_bytes() == b"word"
    assert names(folder) == ["报告.docx", "报告.pdf"]


def test_old_files_are_replaced_and_nothing_is_left_beside_them(tmp_path):
    for content in (b"old", b"new"):
        write_whole({tmp_path / "报告.docx": content, tmp_path / "报告.pdf": content})
    assert (tmp_path / "报告.pdf").read_bytes() == b"new"
    assert names(tmp_path) == ["报告.docx", "报告.pdf"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows 没有这样的权限")
def test_a_written_file_has_the_usual_permissions(tmp_path):
    write_whole({tmp_path / "报告.docx": b""})
    (tmp_path / "平常.txt").touch()
    assert (tmp_path / "报告.docx").stat().st_mode == (tmp_path / "平常.txt").stat().st_mode


def test_a_name_as_long_as_the_system_allows_can_be_written(tmp_path):
    name = "长" * 80 + ".docx"  # 245 bytes
    write_whole({tmp_path / name: b"x"})
    assert names(tmp_path) == [name]


def test_where_the_second_cannot_be_put_in_place_the_first_comes_back(tmp_path):
    (tmp_path / "报告.docx").write_bytes(b"old")
    (tmp_path / "报告.pdf").mkdir()  # nothing can replace a folder
    with pytest.raises(OutputError, match=r"不能写 .*报告\.pdf（有同名的文件夹）"):
        write_whole({tmp_path / "报告.docx": b"new", tmp_path / "报告.pdf": b"new"})
    assert (tmp_path / "报告.docx").read_bytes() == b"old"
    assert names(tmp_path) == ["报告.docx", "报告.pdf"]


def test_where_there_was_no_first_before_none_stays(tmp_path):
    (tmp_path / "报告.pdf").mkdir()
    with pytest.raises(OutputError):
        write_whole({tmp_path / "报告.docx": b"new", tmp_path / "报告.pdf": b"new"})
    assert names(tmp_path) == ["报告.pdf"]


@pytest.mark.parametrize(
    ("place", "says"),
    [("报告.txt/报告.docx", "不能写入文件夹"), ("长" * 300 + "/报告.docx", "文件名太长")],
)
def test_a_folder_that_cannot_be_is_told_in_chinese_with_advice(tmp_path, place, says):
    (tmp_path / "报告.txt").touch()
    with pytest.raises(OutputError, match=says) as refused:
        write_whole({tmp_path / place: b"x"})
    assert "-o" in refused.value.hint
    assert names(tmp_path) == ["报告.txt"]


@pytest.mark.skipif(AS_ROOT, reason="管理员哪里都能写")
def test_a_folder_without_permission_is_told(tmp_path):
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(OutputError, match="没有权限"):
            write_whole({tmp_path / "报告.docx": b"x"})
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows 没有文件大小的限额")
def test_a_disk_that_fills_up_while_writing_leaves_the_old_file(tmp_path):
    (tmp_path / "报告.docx").write_bytes(b"old")
    script = """
import resource, sys
from pathlib import Path
from perfgen.errors import OutputError
from perfgen.files import write_whole
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    write_whole({Path(sys.argv[1]): bytes(10**6)})
except OutputError as error:
    sys.stdout.buffer.write(error.message.encode())
"""
    said = subprocess.run(
        [sys.executable, "-c", script, tmp_path / "报告.docx"], capture_output=True, check=True,
        env=uncounted(),
    )  # fmt: skip
    assert said.stdout.decode() == "写 报告.docx 时出错（文件太大），原来的文件没有动"
    assert (tmp_path / "报告.docx").read_bytes() == b"old"
    assert names(tmp_path) == ["报告.docx"]


# --- Windows, as far as it can be played here ----------------------------------------------------


class Busy:
    """A step that is refused some times, as a rename is while a virus scanner looks at the file."""

    def __init__(self, step, times):
        self.step, self.times, self.tries = step, times, 0

    def __call__(self, *arguments, **options):
        self.tries += 1
        if self.tries <= self.times:
            raise PermissionError(13, "Access is denied")
        return self.step(*arguments, **options)


def test_a_rename_that_is_refused_for_a_moment_is_tried_again(tmp_path, monkeypatch):
    replace = Busy(os.replace, 2)
    monkeypatch.setattr(os, "replace", replace)
    write_whole({tmp_path / "报告.docx": b"new"})
    assert (tmp_path / "报告.docx").read_bytes() == b"new"
    assert replace.tries == 3


def test_a_file_that_stays_open_elsewhere_is_left_and_said(tmp_path, monkeypatch):
    (tmp_path / "报告.docx").write_bytes(b"old")
    monkeypatch.setattr(os, "replace", Busy(os.replace, 100))
    with pytest.raises(OutputError, match=r"报告\.docx 正被其他程序打开，没有覆盖") as refused:
        write_whole({tmp_path / "报告.docx": b"new"})
    assert "Word、WPS" in refused.value.hint
    assert (tmp_path / "报告.docx").read_bytes() == b"old"
    assert names(tmp_path) == ["报告.docx"]


def test_a_temporary_file_that_cannot_be_removed_hides_no_error(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "replace", Busy(os.replace, 100))
    monkeypatch.setattr(os, "unlink", Busy(os.unlink, 100))
    with pytest.raises(OutputError, match="正被其他程序打开"):
        write_whole({tmp_path / "报告.docx": b"new"})


def test_a_name_that_windows_has_not_is_said_before_anything_is_written(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "fault_of_place", partial(fault_of_place, system="win32"))
    with pytest.raises(OutputError, match=r"nul\.pdf.*设备名"):
        write_whole({tmp_path / "报告.docx": b"x", tmp_path / "nul.pdf": b"x"})
    assert names(tmp_path) == []


def test_on_a_file_system_without_hard_links_the_old_file_comes_back_all_the_same(
    tmp_path, monkeypatch
):
    """Such as a memory stick's; there is none in the machine of the tests."""

    def refuse(*_):
        raise OSError(errno.EPERM, "no hard links")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    (tmp_path / "报告.docx").write_bytes(b"old")
    (tmp_path / "报告.pdf").mkdir()
    with pytest.raises(OutputError):
        write_whole({tmp_path / "报告.docx": b"new", tmp_path / "报告.pdf": b"new"})
    assert (tmp_path / "报告.docx").read_bytes() == b"old"
    assert names(tmp_path) == ["报告.docx", "报告.pdf"]


def test_what_fails_while_it_is_written_leaves_nothing(tmp_path):
    def full(stream):
        stream.write(b"half")
        raise OSError(errno.ENOSPC, "full")

    (tmp_path / "报告.docx").write_bytes(b"old")
    with pytest.raises(OutputError, match=r"写 报告\.docx 时出错（.*），原来的文件没有动"):
        write_whole({tmp_path / "报告.docx": full})
    assert (tmp_path / "报告.docx").read_bytes() == b"old"
    assert names(tmp_path) == ["报告.docx"]


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_every_reason_of_the_system_is_told_in_chinese(number):
    told = files.reason(OSError(number, os.strerror(number)))
    assert re.fullmatch("[一-龥（），]+|系统错误 [0-9]+", told)
