"""`perfgen serve` as a program: its address, Ctrl-C, a kill, and a second start."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

from ctrl_c import LISTENING
from patience import WAIT
from perfgen.web.starter import write_starter
from workbooks.make import as_bytes, good_workbook


@pytest.fixture
def start(tmp_path):
    """Start the server; return its process and its first address."""
    running = []

    def started(*options):
        process = subprocess.Popen(
            [sys.executable, "-c", LISTENING, "serve", "--no-browser", "--json",
             "--data", str(tmp_path / "data"), *options],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path, text=True,
            encoding="utf-8",
        )  # fmt: skip
        running.append(process)
        line = process.stdout.readline()
        assert line, process.stderr.read()
        return process, json.loads(line)

    yield started
    for process in running:
        process.kill()
        process.communicate()


@pytest.fixture
def visit():
    """A browser that keeps its cookies over restarts."""
    with httpx2.Client(follow_redirects=True, timeout=WAIT) as client:
        yield client


def test_it_tells_an_address_of_the_loopback_with_a_secret_and_answers(start, visit):
    _, told = start()
    assert told["address"].startswith("http://127.0.0.1:")
    assert len(told["address"].partition("/open/")[2]) >= 40
    assert "把填好的工作簿拖到这里" in visit.get(told["address"]).text


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_ctrl_c_ends_it_cleanly(start):
    process, _ = start()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=WAIT)
    assert (process.returncode, out) == (0, "")
    assert "Traceback" not in err


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_who_starts_it_in_a_terminal_is_told_how_it_ends(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-c", LISTENING, "serve", "--no-browser", "--data", str(tmp_path)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path, text=True, encoding="utf-8",
    )  # fmt: skip
    assert process.stdout.readline().startswith("在浏览器里打开：http://127.0.0.1:")
    assert "按 Ctrl-C，就结束" in process.stderr.readline()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=WAIT)
    assert (process.returncode, out, err) == (0, "", "已结束\n")


def test_packages_that_are_not_there_are_told(perfgen, monkeypatch):
    monkeypatch.setattr("perfgen.cli.serve.NEEDED", ("uvicorn", "starlette_that_nobody_has"))
    said = perfgen("serve")
    assert said.code == 2
    assert "缺少网页用的软件包：starlette_that_nobody_has" in said.err
    assert "pip install 'perfgen[web]'" in said.err


def test_a_killed_server_has_lost_nothing(start, visit):
    process, told = start()
    home = visit.get(told["address"]).url
    dropped = visit.post(
        f"{home}works", files={"files": ("自评.xlsx", as_bytes(good_workbook()))},
        headers={"origin": str(home).rstrip("/")},
    )  # fmt: skip
    process.kill()
    process.communicate()
    _, again = start("--port", str(home.port))
    assert again["address"] == told["address"]  # an open page goes on
    assert visit.get(dropped.url).status_code == 200
    part = f"{dropped.url}/findings"
    text = visit.get(part).text
    while 'class="waiting"' in text:
        text = visit.get(part).text
    assert "没有发现问题" in text


def test_a_second_start_tells_of_the_server_that_runs(start):
    _, first = start()
    process, second = start()
    assert second == {"address": first["address"], "ok": True, "running": True} | second
    assert second["address"] == first["address"]
    assert process.wait(timeout=WAIT) == 0


def test_a_port_that_is_taken_is_told(perfgen, tmp_path):
    import socket  # noqa: PLC0415

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = perfgen("serve", "--no-browser", "--port", port, "--data", tmp_path / "data")
    assert said.code == 2
    assert str(port) in said.err
    assert "--port" in said.err


@pytest.mark.parametrize(
    ("system", "name"),
    [("win32", "perfgen.bat"), ("darwin", "perfgen.command"), ("linux", "perfgen.desktop")],
)
def test_a_starter_for_a_double_click_is_written(tmp_path, monkeypatch, system, name):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.delenv("PERFGEN_COMMAND", raising=False)
    (tmp_path / "Desktop").mkdir()
    folder = tmp_path / "报送 100%"
    file = write_starter(folder, system)
    text = file.read_text(encoding="utf-8")
    assert file.name == name
    assert "serve" in text
    assert sys.executable in text
    assert str(folder).replace("%", "%%" if system == "win32" else "%") in text


@pytest.mark.skipif(os.name != "posix", reason="a script of POSIX")
@pytest.mark.skipif(sys.platform != "linux", reason="a desktop entry")
def test_the_command_says_where_the_starter_lies(perfgen, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "own"))
    said = perfgen("serve", "--install")
    file = next((tmp_path / "own").rglob("perfgen.desktop"))
    assert (said.code, said.out) == (0, f"✓ 已生成 {file}，双击就打开\n")
    assert json.loads(perfgen("serve", "--install", "--json").out)["files"] == [str(file)]


def test_the_starter_really_starts_it(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    launcher = tmp_path / "perf 'gen'"
    launcher.write_text('#!/bin/sh\necho "$PWD" "$@"\n', encoding="utf-8")
    launcher.chmod(0o755)
    monkeypatch.setenv("PERFGEN_COMMAND", str(launcher))
    folder = tmp_path / "报送"
    folder.mkdir()
    file = write_starter(folder, "darwin")
    said = subprocess.run([file], capture_output=True, text=True, encoding="utf-8", check=True)
    assert said.stdout.strip() == f"{folder} serve"
    assert Path(file).stat().st_mode & 0o100
