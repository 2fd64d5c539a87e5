"""Builds that are killed in the middle of writing: every document stays whole, old or new."""

import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from workbooks.make import good_workbook, put

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows 没有 SIGKILL")

SLOW_WRITES = """
import os, sys, time
import perfgen.files as files
real = os.fsync
def slow(handle):
    time.sleep(0.02)
    real(handle)
os.fsync = slow
replace = files.Path.replace
def late(self, target):
    time.sleep(0.02)
    return replace(self, target)
files.Path.replace = late
from perfgen.cli import main
main(sys.argv[1:])
"""
"""perfgen with a disk so slow that a kill often falls between two writes (`make kills`: 200)."""


def start(folder: Path) -> subprocess.Popen[bytes]:
    """A build that has come as far as its first write."""
    arguments = ["build", "自评.xlsx", "--format", "docx,html", "--force"]
    return subprocess.Popen(
        [sys.executable, "-c", SLOW_WRITES, *arguments],
        cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def whole(folder: Path) -> bool:
    """Whether each document can be read to its end."""
    word, page = folder / "outputs/自评.docx", folder / "outputs/自评.html"
    if word.exists() and zipfile.ZipFile(word).testzip() is not None:
        return False
    return not page.exists() or page.read_text("utf-8").rstrip().endswith("</html>")


def test_killed_at_any_moment_the_documents_are_whole_and_the_next_run_repairs(tmp_path):
    path = tmp_path / "自评.xlsx"
    good_workbook().save(path)
    assert start(tmp_path).wait() == 0
    chance = random.Random(7)
    for number in range(int(os.environ.get("PERFGEN_KILLS", "8"))):
        put(good_workbook(), "预算信息!D6", number + 1).save(path)
        process = start(tmp_path)
        temporary = tmp_path / "outputs" / ".perfgen" / "自评"
        before = {item.name for item in temporary.iterdir()}
        for _ in range(2000):  # until it begins to write
            if {item.name for item in temporary.iterdir()} != before or process.poll() is not None:
                break
            time.sleep(0.005)
        time.sleep(chance.uniform(0, 0.35))
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert whole(tmp_path), f"after kill {number}"
    put(good_workbook(), "预算信息!D6", 77).save(path)
    assert start(tmp_path).wait() == 0
    assert whole(tmp_path)
    assert "117" in (tmp_path / "outputs/自评.html").read_text("utf-8")
    left = [item.name for item in (tmp_path / "outputs/.perfgen/自评").iterdir()
            if item.name.startswith(".perfgen-")]  # fmt: skip
    assert left == []


def test_two_builds_at_once_do_not_mix(tmp_path):
    good_workbook().save(tmp_path / "自评.xlsx")
    first, second = start(tmp_path), start(tmp_path)
    assert (first.wait(), second.wait()) == (0, 0)
    assert whole(tmp_path)
    record = (tmp_path / "outputs/.perfgen/自评/record.json").read_text("utf-8")
    assert record.count('"done": true') == record.count('"number"')
