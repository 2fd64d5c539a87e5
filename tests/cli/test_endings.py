"""How a command ends when it is stopped: in one Chinese sentence that denies nothing it wrote."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from perfgen import cli
from workbooks.make import good_workbook

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows 没有这些信号和设备")

needs_full_disk = pytest.mark.skipif(not Path("/dev/full").exists(), reason="本机没有 /dev/full")


def run(folder, *arguments, **streams):
    """Run perfgen as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "perfgen", *arguments], cwd=folder, timeout=300, check=False,
        **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams},
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    good_workbook().save(tmp_path / "自评.xlsx")
    return tmp_path


# --- streams that take nothing more --------------------------------------------------------------


@needs_full_disk
def test_a_full_disk_for_the_words_does_not_deny_the_documents(folder):
    with Path("/dev/full").open("w") as full:
        done = run(folder, "build", "自评.xlsx", "--format", "html", stdout=full)
    said = done.stderr.decode()
    assert done.returncode == 2
    assert "结果没有显示出来（磁盘已满）" in said
    assert "已经写好" in said and "自评.html" in said
    assert "没有写入任何文件" not in said
    assert (folder / "outputs/自评.html").read_text("utf-8").rstrip().endswith("</html>")


@needs_full_disk
@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "自评.xlsx", "--json"),
        ("check", "没有.xlsx", "--json"),
        ("layouts",),
        ("explain", "PG101"),
        ("--help",),
        ("--version",),
    ],
)
def test_a_full_disk_ends_every_command_in_a_sentence(folder, arguments):
    with Path("/dev/full").open("w") as full:
        done = run(folder, *arguments, stdout=full)
    said = done.stderr.decode()
    assert done.returncode == 2
    assert "Traceback" not in said and "Exception ignored" not in said
    assert "磁盘已满" in said


@needs_full_disk
def test_where_no_words_can_be_said_at_all_the_exit_code_still_tells(folder):
    with Path("/dev/full").open("w") as full:
        assert run(folder, "check", "没有.xlsx", stdout=full, stderr=full).returncode == 2
        assert run(folder, "check", "自评.xlsx", stderr=full).returncode == 0


@pytest.mark.parametrize("redirect", [">&-", "2>&-", ">&- 2>&-"])
def test_streams_that_the_caller_closed_are_no_fault(folder, redirect):
    command = f'"$0" -m perfgen build 自评.xlsx --format html {redirect}'
    done = subprocess.run(
        ["sh", "-c", command, sys.executable], cwd=folder, capture_output=True, timeout=300,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    assert (folder / "outputs/自评.html").exists()
    assert "自身出了错" not in done.stderr.decode()


def test_a_reader_that_went_away_is_no_news(folder):
    reader, writer = os.pipe()
    os.close(reader)
    done = run(folder, "build", "自评.xlsx", "--format", "html", stdout=writer)
    os.close(writer)
    assert done.stderr.decode() == ""
    assert done.returncode == 2
    assert (folder / "outputs/自评.html").exists()


# --- Ctrl-C --------------------------------------------------------------------------------------

AT_THE_MARK = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
os.kill(os.getppid(), 0)
{before}
from perfgen.__main__ import main
main()
"""


def interrupted(folder, before, *arguments):
    """Run perfgen with Ctrl-C pressed at a moment that `before` sets up."""
    (folder / "at_the_mark.py").write_text(AT_THE_MARK.format(before=before), encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "at_the_mark", *arguments],
        cwd=folder, capture_output=True, timeout=300, check=False,
    )  # fmt: skip


WHILE_LOADING = """
import builtins
real = builtins.__import__
def importing(name, *rest):
    if name == "perfgen.cli.console":
        os.kill(os.getpid(), signal.SIGINT)
    return real(name, *rest)
builtins.__import__ = importing
"""
WHILE_WRITING = """
import perfgen.files as files
real = files._put_in_place
def putting(temporary, path):
    real(temporary, path)
    if path.name == "自评.html":
        os.kill(os.getpid(), signal.SIGINT)
files._put_in_place = putting
"""
WHILE_RUNNING_A_TEXT = """
import perfgen.cli as cli
def telling(args):
    exec("os.kill(os.getpid(), signal.SIGINT)")  # as it may come while a data class is made
cli._told = telling
"""
AFTER_WRITING = """
import perfgen.cli.build as build
def showing(rebuilt, workbook):
    os.kill(os.getpid(), signal.SIGINT)
build._show = showing
"""


@pytest.mark.parametrize(
    ("before", "says"),
    [
        (WHILE_LOADING, "已中断；没有写入任何文件"),
        (WHILE_RUNNING_A_TEXT, "已中断；没有写入任何文件"),
        (WHILE_WRITING, "已中断；没有写入任何文件"),
        (AFTER_WRITING, "已中断；已经写好：outputs/自评.html"),
    ],
    ids=["loading", "text", "writing", "after"],
)
def test_ctrl_c_says_what_was_written_and_exits_with_130(folder, before, says):
    done = interrupted(folder, before, "build", "自评.xlsx", "--format", "html")
    assert done.returncode == 130
    assert says in done.stderr.decode()
    assert "KeyboardInterrupt" not in done.stderr.decode()
    assert (folder / "outputs/自评.html").exists() == ("已经写好" in says)


def test_a_fault_of_our_own_does_not_deny_what_was_written(folder, perfgen, monkeypatch):
    def failing(rebuilt, workbook):
        raise RuntimeError("一个错")

    monkeypatch.setattr("perfgen.cli.build._show", failing)
    said = perfgen("build", "自评.xlsx", "--format", "html")
    assert said.code == 2
    assert "perfgen 自身出了错" in said.err
    assert "已经写好：" in said.err and "没有写入任何文件" not in said.err
    monkeypatch.setattr("perfgen.cli.check.build", failing)
    assert "没有写入任何文件" in perfgen("check", "自评.xlsx").err


def test_the_exit_codes_are_in_the_readme_and_the_manual(pytestconfig):
    for name in ("README.md", "docs/使用手册.md"):
        assert str(cli.INTERRUPTED) in (pytestconfig.rootpath / name).read_text("utf-8")


# --- folders for a moment ------------------------------------------------------------------------

HOLDING = """
import sys, time, tempfile
from perfgen.scratch import scratch_folder
with scratch_folder("print") as folder:
    (folder / "x").write_text("x")
    print(folder, flush=True)
    time.sleep(float(sys.argv[1]))
"""


def holding(home, seconds):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(seconds)], stdout=subprocess.PIPE, text=True,
        env={**os.environ, "TMPDIR": str(home)},
    )  # fmt: skip
    line = process.stdout.readline().strip()
    process.stdout.close()
    return process, line


def test_what_a_killed_run_left_is_taken_away_by_the_next(tmp_path):
    killed, left = holding(tmp_path, 600)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    assert Path(left).is_dir()
    alive, kept = holding(tmp_path, 600)
    long_ago = time.time() - 60
    os.utime(left, (long_ago, long_ago))
    os.utime(kept, (long_ago, long_ago))
    (tmp_path / "perfgen-mine").mkdir()  # somebody else's, without our lock
    ended, _ = holding(tmp_path, 0)
    assert ended.wait() == 0
    assert {item.name for item in tmp_path.iterdir()} == {Path(kept).name, "perfgen-mine"}
    alive.kill()
    alive.wait()
