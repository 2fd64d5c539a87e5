"""`perfgen doctor`: one screen of what is there; advice names the command as it was typed."""

import json
import os
import sys
from pathlib import Path

import pytest

from perfgen.cli.console import as_typed
from perfgen.examining import State, examine


def test_a_sound_machine(perfgen):
    said = perfgen("doctor")

    assert said.code == 0
    assert said.out.splitlines()[-1].startswith("✓ 可以生成报告")
    for name in ("系统", "Python", "软件包", "Typst", "小标宋", "仿宋", "语言和编码", "报告文件夹"):
        assert f" {name}  " in said.out
    assert len(said.out.splitlines()) <= 30


def test_what_is_in_the_way_is_said_with_what_to_do(perfgen, tmp_path, monkeypatch):
    (tmp_path / "outputs").write_text("一个文件", encoding="utf-8")
    monkeypatch.setattr("perfgen.examining.PACKAGES", ("typst", "没有的包"))

    said = perfgen("doctor", "--fonts", tmp_path / "没有")

    assert said.code == 1
    assert "✗ 软件包  缺少 没有的包" in said.out
    assert f"✗ 字体  没有这个文件夹：{tmp_path / '没有'}" in said.out
    assert "✗ 报告文件夹  outputs 不能写入" in said.out
    assert said.out.splitlines()[-1] == "✗ 有 3 处要先解决"


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root 什么都能写")
def test_a_folder_that_is_read_only(perfgen, tmp_path):
    tmp_path.chmod(0o500)

    assert "outputs 不能写入（没有权限）" in perfgen("doctor").out


def test_for_programs(perfgen):
    data = json.loads(perfgen("doctor", "--json").out)

    assert data["ok"]
    assert {"name", "found", "state", "advice"} == set(data["points"][0])


@pytest.mark.parametrize("typed", ["perfgen", "./perfgen", "/opt/局/perfgen"])
def test_advice_calls_the_command_as_it_was_typed(perfgen, monkeypatch, typed):
    monkeypatch.setenv("PERFGEN_COMMAND", typed)

    assert perfgen("check", "--help").out.startswith(f"用法：{typed} check ")
    assert f"{typed} --help" in perfgen("ceck").err
    assert f"先用 {typed} init" in perfgen("--help").out
    assert as_typed("运行 perfgen fonts --install；./perfgen build 不变") == (
        f"运行 {typed} fonts --install；./perfgen build 不变"
    )


def point(name):
    """A point of the examination, by its name."""
    return next(one for one in examine(Path()) if one.name == name)


def test_a_printer_that_does_not_run_is_said_to(monkeypatch):
    def broken(name):
        raise ImportError("wrong wheel") if name == "typst" else OSError("no pango")

    monkeypatch.setattr("perfgen.examining.importlib.import_module", broken)
    typst, other = point("Typst"), point("WeasyPrint")
    assert (typst.state, typst.found) == (State.BAD, "不能打印 PDF（ImportError: wrong wheel）")
    assert "pip install --force-reinstall typst" in typst.advice
    assert other.state is State.NOTICE and "没有它要的系统库 Pango" in other.found


def test_a_printer_that_was_not_installed_is_no_fault(monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    told = point("WeasyPrint")
    assert (told.state, told.advice) == (State.NOTICE, "pip install weasyprint")


def test_a_python_that_is_too_old_is_said_to_be(monkeypatch):
    monkeypatch.setattr("perfgen.examining.OLDEST_PYTHON", (9, 1))
    told = point("Python")
    assert (told.state, told.advice) == (State.BAD, "安装 Python 9.1 或更新的版本")


class Terminal:
    """A terminal of this encoding."""

    def __init__(self, encoding):
        self.encoding = encoding


@pytest.mark.parametrize(("encoding", "is_told"), [("ascii", True), ("gbk", False)])
def test_a_terminal_without_chinese_is_told(monkeypatch, encoding, is_told):
    monkeypatch.setattr("perfgen.examining.sys.stdout", Terminal(encoding))
    told = point("语言和编码")
    assert (told.state is State.NOTICE, "PYTHONUTF8=1" in told.advice) == (is_told, is_told)
    assert f"输出编码 {encoding}" in told.found


def test_fonts_that_are_not_converted_yet_are_counted(monkeypatch):
    monkeypatch.setattr("perfgen.examining.is_converted", lambda file: False)
    told = point("转换好的字体")
    assert told.found.startswith("0 个，共 ") and "perfgen fonts --install" in told.advice


def test_an_examination_ends_whatever_is_ill(monkeypatch, tmp_path):
    def ill(*_):
        raise RuntimeError("?")

    monkeypatch.setattr("perfgen.examining.locale.getlocale", ill)
    told = point("语言")
    assert (told.state, told.found) == (State.NOTICE, "看不出来（RuntimeError: ?）")
    (tmp_path / "perfgen.toml").write_text("layouts = [", "utf-8")
    wrong = next(one for one in examine(tmp_path) if one.name == "设置")
    assert wrong.state is State.BAD
