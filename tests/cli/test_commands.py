"""The command line itself: commands, options, exit codes, and Chinese whatever is typed."""

import json
import os
import subprocess
import sys

import pytest

from perfgen import __version__, cli
from perfgen.checks.registry import Rule, Setting
from perfgen.cli.chinese import COMMANDS
from perfgen.model.finding import Severity

NOT_CHINESE = ("Error", "Usage", "Try '", "Traceback", "Invalid value", "Missing")


def assert_in_chinese(said):
    """Nothing of click's English, and no traceback, in what a command printed."""
    for words in NOT_CHINESE:
        assert words not in said.out + said.err


# --- help ----------------------------------------------------------------------------------------


def test_the_help_lists_every_command_in_chinese(perfgen):
    said = perfgen("--help")
    assert said.code == 0
    assert said.out.startswith("用法：perfgen [选项] 命令 [参数]...")
    for name, (_, line) in COMMANDS.items():
        assert name in said.out
        assert line in said.out
    assert_in_chinese(said)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_its_help_in_chinese(perfgen, command):
    said = perfgen(command, "-h")
    assert said.code == 0
    assert said.out.startswith(f"用法：perfgen {command} ")
    for option in ("--json", "--debug", "显示这份帮助"):
        assert option in said.out
    assert_in_chinese(said)


def test_nothing_typed_shows_the_help_and_does_not_count_as_done(perfgen):
    said = perfgen()
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("用法：")


def test_the_version(perfgen):
    assert perfgen("-V").out == f"perfgen {__version__}\n"


# --- what is typed wrong -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (["bulid"], "没有“bulid”这个命令，是不是 build？"),
        (["生成"], "没有“生成”这个命令，可用的命令：init、check、build"),
        (["--hlep"], "没有选项 --hlep，是不是 --help？"),
        (["build"], "缺少参数 工作簿"),
        (["check"], "缺少参数 工作簿"),
        (["build", "x.xlsx", "--formt", "pdf"], "没有选项 --formt，是不是 --format"),
        (["build", "x.xlsx", "--format"], "选项 --format 后面缺少内容"),
        (["build", "x.xlsx", "--strict=1"], "选项 --strict 后面缺少内容，或写法不对"),
        (["build", "x.xlsx", "--format", "pdf,doc"], "不认识的格式“doc”，可以写 docx、pdf、html"),
        (["build", "x.xlsx", "-o", "报告.doc"], "不能写成 .doc 文件"),
        (["build", "x.xlsx", "-o", "报告.pdf", "--format", "docx"], "-o 写的是 .pdf"),
        (["build", "a.xlsx", "b.xlsx"], "多余的参数：b.xlsx"),
        (["check", "x.xlsx", "--fail-on", "fatal"], "只能是 error、warning、info 之一"),
        (["check", "没有.xlsx"], "找不到工作簿 没有.xlsx"),
        (["explain", "PG999"], "没有代码为 PG999 的规则"),
        (["layouts", "--layouts", "没有"], "没有版式文件夹 没有"),
    ],
)  # fmt: skip
def test_what_is_typed_wrong_is_told_with_what_was_meant(perfgen, tmp_path, typed, says):
    said = perfgen(*typed)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("✗ ")
    assert says in said.err
    assert "  建议：" in said.err
    assert_in_chinese(said)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("typed", [["bulid"], ["build"], ["check", "没有.xlsx"], ["explain", "x"]])
def test_with_json_errors_are_json_too(perfgen, typed):
    said = perfgen(*typed, "--json")
    data = json.loads(said.out)
    assert said.code == 2
    assert data["ok"] is False
    assert data["error"]["message"] in said.err
    assert data["error"]["hint"]


# --- what nobody foresaw -------------------------------------------------------------------------


@pytest.fixture
def broken_inside(monkeypatch):
    """perfgen with a mistake of its own in it."""

    def fail():
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("perfgen.cli.explain.all_rules", fail)


def test_a_mistake_of_perfgens_own_is_a_sentence_and_no_traceback(perfgen, broken_inside):
    said = perfgen("explain")
    assert said.code == 2
    assert "✗ perfgen 自身出了错：ZeroDivisionError: division by zero" in said.err
    assert "--debug" in said.err
    assert "Traceback" not in said.err


def test_debug_shows_the_traceback(perfgen, broken_inside):
    assert "Traceback" in perfgen("explain", "--debug").err


def test_an_interruption_is_told(perfgen, monkeypatch):
    def interrupt():
        raise KeyboardInterrupt

    monkeypatch.setattr("perfgen.cli.explain.all_rules", interrupt)
    said = perfgen("explain")
    assert (said.code, said.err.strip()) == (130, "已中断；没有写入任何文件")


# --- explain, layouts ----------------------------------------------------------------------------


def test_explain_tells_why_a_rule_is_there(perfgen):
    said = perfgen("explain", "pg101")
    assert said.out.startswith("PG101  合计数与各部分之和不符（错误）")
    for heading in ("为什么：", "对的例子：", "错的例子："):
        assert heading in said.out
    assert json.loads(perfgen("explain", "PG101", "--json").out)["severity"] == "error"


def test_explain_alone_lists_the_rules_by_group(perfgen):
    lines = perfgen("explain").out.splitlines()
    assert lines[:2] == [
        "PG1xx 勾稽：金额、合计、执行率、台账之间对得上",
        "  PG101  错误  合计数与各部分之和不符",
    ]
    rules = json.loads(perfgen("explain", "--json").out)["rules"]
    assert [line[2:7] for line in lines if line.startswith("  ")] == [r["code"] for r in rules]
    assert rules[0]["group"] == "勾稽"


def test_a_misspelt_code_is_told_with_the_nearest(perfgen):
    assert "是不是 PG101？" in perfgen("explain", "PG1O1").err


@pytest.fixture
def a_rule_with_settings(monkeypatch):
    """A rule with a percentage and a count that an office may set."""
    known = Rule(
        code="PG299", severity=Severity.WARNING, title="偏离过大", reason="偏离说明目标不准。",
        good="120%", bad="180%", function=lambda case: iter(()),
        settings={
            "ratio": Setting.ratio("150%", "完成值超过目标的多少才提醒"),
            "rows": Setting.ratio("3", "至少几行"),
        },
    )  # fmt: skip
    monkeypatch.setattr("perfgen.cli.explain.find_rule", lambda code: known)


def test_explain_tells_how_to_set_the_bounds_of_a_rule(perfgen, a_rule_with_settings):
    said = perfgen("explain", "PG299")
    assert said.out.endswith(
        "可以设置：\n"
        "  ratio  通常 150%  完成值超过目标的多少才提醒\n"
        "  rows  通常 3  至少几行\n"
        "  在工作簿旁边的 perfgen.toml 里写：\n"
        "    [checks.PG299]\n"
        '    ratio = "150%"\n'
        "    rows = 3\n"
    )


def test_explain_tells_the_bounds_that_hold_here(perfgen, tmp_path, a_rule_with_settings):
    (tmp_path / "perfgen.toml").write_text('[checks.PG299]\nratio = "120%"\n', "utf-8")
    assert "  ratio  通常 150%，现在是 120%  完成值" in perfgen("explain", "PG299").out
    settings = json.loads(perfgen("explain", "PG299", "--json").out)["settings"]
    assert [(s["usual"], s["now"]) for s in settings] == [("150%", "120%"), ("3", "3")]


def test_layouts_are_listed(perfgen):
    assert "suzhou-self-evaluation  苏州市市级预算部门" in perfgen("layouts").out
    ids = [layout["id"] for layout in json.loads(perfgen("layouts", "--json").out)["layouts"]]
    assert "suzhou-self-evaluation" in ids


# --- terminals, pipes and encodings --------------------------------------------------------------


def in_a_process(*arguments, **environment):
    """Run perfgen as the shell does."""
    clean = {
        name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")
    }
    return subprocess.run(
        [sys.executable, "-m", "perfgen", *arguments],
        capture_output=True, check=False, env=clean | environment,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [
        ({}, False),  # a pipe is no terminal
        ({"FORCE_COLOR": "1"}, True),
        ({"NO_COLOR": "1"}, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ({"NO_COLOR": ""}, False),
    ],
)
def test_colour_only_where_it_is_wanted(environment, coloured):
    said = in_a_process("layouts", **environment)
    assert said.returncode == 0
    assert (b"\x1b[" in said.stdout) is coloured


@pytest.mark.parametrize("encoding", ["gbk", "gb2312", "ascii", "latin-1", "utf-8"])
def test_no_encoding_of_the_terminal_stops_perfgen(saved, book, encoding):
    environment = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    said = in_a_process("check", saved(book), **environment)
    assert said.returncode == 0
    assert b"Traceback" not in said.stderr
    if encoding == "gbk":  # as a Chinese Windows writes into a file
        assert said.stdout.decode("gbk").strip() == "√ 检查没有发现问题"
    assert json.loads(in_a_process("check", saved(book), "--json", **environment).stdout)["ok"]


def test_a_reader_that_stops_reading_is_no_error():
    script = f"{sys.executable} -m perfgen explain | head -n 1"
    said = subprocess.run(script, shell=True, capture_output=True, check=False)
    assert said.stdout.decode().startswith("PG1xx")
    assert said.stderr == b""


def test_main_exits_with_the_code(capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main(["explain", "PG999"])
    assert stopped.value.code == 2
