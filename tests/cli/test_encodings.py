"""Consoles and settings of other systems: a GBK console, a machine without a language."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from workbooks.make import good_workbook

SOURCE = Path(__file__).parents[2] / "src"


@pytest.fixture
def start(saved, tmp_path):
    """Start perfgen in a process of its own, with settings of the environment."""
    saved(good_workbook())

    def run(*arguments, **settings):
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "LC_", "LANG"))}
        return subprocess.run(
            [sys.executable, "-m", "perfgen", *arguments],
            cwd=tmp_path, env={**kept, "PYTHONPATH": str(SOURCE), **settings},
            capture_output=True, check=False,
        )  # fmt: skip

    return run


def test_a_gbk_console_gets_gbk_with_signs_that_gbk_has(start, tmp_path):
    done = start("build", "自评.xlsx", "--format", "html", PYTHONIOENCODING="gbk")
    assert done.returncode == 0
    assert done.stdout.decode("gbk").startswith("√ 已生成 outputs")
    assert (tmp_path / "outputs" / "自评.html").is_file()


def test_a_machine_without_a_language_gets_utf_8(start):
    done = start("check", "自评.xlsx", LC_ALL="C", PYTHONCOERCECLOCALE="0")
    assert "检查没有发现问题" in done.stdout.decode("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows 的文件名总能用中文")
def test_a_machine_that_allows_no_chinese_file_names_is_told_so_in_chinese(start):
    done = start("check", "自评.xlsx", LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0")
    assert done.returncode == 2
    assert "不能用中文文件名" in done.stderr.decode("utf-8")
    assert "PYTHONUTF8=1" in done.stderr.decode("utf-8")


def test_ascii_that_was_asked_for_stays_ascii(start):
    done = start("check", "自评.xlsx", "--json", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert done.stdout.isascii()


def test_no_file_is_read_in_the_consoles_encoding(start):
    done = start(
        "build", "自评.xlsx", "--format", "docx,html",
        PYTHONWARNDEFAULTENCODING="1", PYTHONWARNINGS="error::EncodingWarning",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
