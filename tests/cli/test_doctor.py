"""`perfgen doctor`: one screen of what is there; advice names the command as it was typed."""

import json
import os
import sys

import pytest

from perfgen.cli.console import as_typed


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
