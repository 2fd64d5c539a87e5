"""How far a long piece of work has come: a bar on a terminal, a line now and then elsewhere."""

import os
import re
import subprocess
import sys

import pytest

from perfgen.cli import progress
from perfgen.cli.progress import duration, shown_progress


def test_elsewhere_a_line_comes_now_and_then(capsys, monkeypatch):
    monkeypatch.setattr(progress, "NOW_AND_THEN", 0.0)
    assert list(shown_progress("甲乙丙", 3, "生成")) == ["甲", "乙", "丙"]

    first, second = capsys.readouterr().err.splitlines()
    assert first.startswith("生成 1/3，每秒 ")
    assert "还要约 0 秒" in second


def test_a_short_piece_of_work_is_no_news(capsys):
    assert len(list(shown_progress(range(1000), 1000, "生成"))) == 1000
    assert capsys.readouterr() == ("", "")


@pytest.mark.skipif(os.name == "nt", reason="Windows 没有伪终端")
def test_a_terminal_has_a_bar_with_rate_and_time_left():
    script = (
        "import time; from perfgen.cli.progress import shown_progress\n"
        "for _ in shown_progress(range(4), 4, '生成'): time.sleep(0.7)"
    )
    reader, terminal = os.openpty()
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "TERM": "xterm"}
    subprocess.run([sys.executable, "-c", script], stderr=terminal, env=environment, check=True)
    os.close(terminal)
    shown = os.read(reader, 65536).decode()
    os.close(reader)

    assert re.search("[23]/4  \\d\\d:\\d\\d:\\d\\d", shown)
    assert "4/4" in shown
    assert "每秒 " in shown


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "0 秒"), (45.4, "45 秒"), (200, "3 分 20 秒"), (7500, "2 小时 5 分")],
)
def test_a_duration_in_words(seconds, words):
    assert duration(seconds) == words
