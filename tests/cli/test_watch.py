"""`perfgen watch`: one build a save, one line a build, on through errors, until Ctrl-C."""

import json
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from ctrl_c import LISTENING
from patience import WAIT
from perfgen import watching
from perfgen.cli.watch import _once
from perfgen.watching import wait_until_whole
from workbooks.make import as_bytes, good_workbook, put

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows 的 Ctrl-C 不能这样发送")


class Watch:
    """A running `perfgen watch`, or another that goes on; its lines are read one by one."""

    def __init__(self, folder, *arguments):
        self.process = subprocess.Popen(
            [sys.executable, "-c", LISTENING, *arguments],
            cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            encoding="utf-8", env={**os.environ, "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
        self.lines = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    def line_with(self, words, after=0):
        """Wait for a line that has these words, after so many lines; return it."""
        deadline = time.monotonic() + WAIT
        while time.monotonic() < deadline:
            for line in self.lines[after:]:
                if words in line:
                    return line
            time.sleep(0.05)
        raise AssertionError(f"no {words} in {self.lines}")

    def stop(self):
        """Press Ctrl-C."""
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(WAIT)
        said = self.process.stderr.read()
        self._reader.join(WAIT)
        self.process.stdout.close()
        self.process.stderr.close()
        return code, said


@pytest.fixture
def watch(tmp_path):
    """A watch over a good workbook, stopped at the end of the test."""
    good_workbook().save(tmp_path / "自评.xlsx")
    running = Watch(tmp_path, "watch", "自评.xlsx", "--format", "html")
    yield running
    if running.process.poll() is None:
        running.stop()


def test_each_save_is_one_build_and_one_line(watch, tmp_path):
    watch.line_with("✓ 已生成 outputs/自评.html")
    put(good_workbook(), "预算信息!D6", 500).save(tmp_path / "自评.xlsx")
    watch.line_with("改动", after=1)
    time.sleep(1.5)
    # A save that a loaded machine writes in two goes may be seen twice; nothing is built again.
    assert all("没有变化" in line for line in watch.lines[2:])
    code, said = watch.stop()
    assert code == 0
    assert "已结束" in said
    assert "Traceback" not in said


def test_lock_files_and_other_files_are_no_saves(watch, tmp_path):
    watch.line_with("✓ 已生成")
    (tmp_path / "~$自评.xlsx").write_bytes(b"lock")
    (tmp_path / "别的.xlsx").write_bytes(b"other")
    time.sleep(2)
    assert len(watch.lines) == 1


def test_an_error_is_told_in_one_line_and_the_watch_goes_on(watch, tmp_path):
    watch.line_with("✓ 已生成")
    put(good_workbook(), "预算信息!C6", "约五百万").save(tmp_path / "自评.xlsx")
    assert "预算信息!C6" in watch.line_with("✗")
    put(good_workbook(), "预算信息!C6", 41).save(tmp_path / "自评.xlsx")
    watch.line_with("✓ 已生成", after=2)


def test_a_file_that_is_still_being_written_is_waited_for(tmp_path):
    path = tmp_path / "自评.xlsx"
    content = as_bytes(good_workbook())
    path.write_bytes(content[:1000])

    def finish():
        time.sleep(1)
        path.write_bytes(content)

    threading.Thread(target=finish).start()
    assert wait_until_whole(path, threading.Event())
    assert path.read_bytes() == content


def test_a_file_that_never_gets_whole_is_handed_on_and_one_that_is_gone_is_not(
    tmp_path, monkeypatch
):
    """Its error is then told by the build; a file that is gone has nothing to tell."""
    monkeypatch.setattr(watching, "PATIENCE", 0)
    monkeypatch.setattr(watching, "SETTLING", 0)
    path = tmp_path / "自评.xlsx"
    path.write_bytes(as_bytes(good_workbook())[:1000])
    assert wait_until_whole(path, threading.Event())
    path.unlink()
    assert not wait_until_whole(path, threading.Event())


def test_who_stopped_the_watch_waits_for_no_file(tmp_path):
    stop = threading.Event()
    stop.set()
    assert not wait_until_whole(tmp_path / "自评.xlsx", stop)


def test_each_build_is_a_line_of_json_for_programs(tmp_path):
    good_workbook().save(tmp_path / "自评.xlsx")
    watch = Watch(tmp_path, "watch", "自评.xlsx", "--format", "html", "--json")
    try:
        first = json.loads(watch.line_with('"ok"'))
        assert (first["ok"], first["unchanged"]) == (True, False)
        assert first["files"] == ["outputs/自评.html"] and "line" not in first
        os.utime(tmp_path / "自评.xlsx", (1_700_000_000, 1_700_000_000))
        again = json.loads(watch.line_with('"ok"', after=1))
        assert (again["unchanged"], again["files"]) == (True, first["files"])
    finally:
        watch.stop()


def test_what_perfgen_itself_stumbles_over_ends_no_watch(saved, monkeypatch, capsys):
    def stumble(*_, **__):
        raise RuntimeError("?")

    monkeypatch.setattr("perfgen.rebuild.rebuild", stumble)
    options = {"output": None, "formats": (), "fonts": (), "printer": None,
               "layout_id": None, "layouts": ()}  # fmt: skip
    told = _once(saved(good_workbook()), options, debug=True)
    assert (told["ok"], told["line"]) == (False, "perfgen 自身出了错：RuntimeError: ?")
    assert "Traceback" in capsys.readouterr().err


def test_there_must_be_a_workbook(perfgen):
    said = perfgen("watch", "没有.xlsx")
    assert said.code == 2
    assert "没有这个文件" in said.err
