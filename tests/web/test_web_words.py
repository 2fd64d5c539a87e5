"""Advice on the page names no command: an officer at the browser has no terminal."""

import ast
import re
from pathlib import Path

import pytest

import perfgen
from perfgen.web.words import page_words

SOURCE = Path(perfgen.__file__).parent
COMMAND = re.compile(r"(?<![-\w])--[a-z]+|perfgen (init|build|check|pull|diff|fonts|layouts)\b")
CHINESE = re.compile("[一-鿿]")


def advice():
    """Every hint that a module outside the command line gives: constant parts of `hint=…`."""
    for file in sorted(SOURCE.rglob("*.py")):
        if {"cli", "batch"} & set(file.relative_to(SOURCE).parts):
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "hint":
                for text in ast.walk(node.value):
                    if isinstance(text, ast.Constant) and isinstance(text.value, str):
                        yield text.value


def test_no_advice_tells_the_officer_to_run_a_command():
    told = [text for text in advice() if CHINESE.search(text)]
    assert any(COMMAND.search(text) for text in told)  # else nothing is looked at
    for text in told:
        for part in re.sub("（.*）", "", page_words(text)).split("；"):
            assert not COMMAND.search(part), text


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("按上面的提示改好、保存，再运行一次", "按下面的提示改好、保存，再拖进来"),
        ("检查网络；运行 perfgen doctor", "检查网络；请技术人员处理（运行 perfgen doctor）"),
        ("补填“正文”", "补填“正文”"),
        ("甲--乙，perfgen 生成的", "甲--乙，perfgen 生成的"),
    ],
)  # fmt: skip
def test_advice_is_in_the_words_of_the_page(said, instead):
    assert page_words(said) == instead


def test_a_workbook_of_another_kind_leads_to_the_page_for_new_ones(officer):
    import openpyxl  # noqa: PLC0415

    said = officer.text(f"{officer.drop(openpyxl.Workbook())}/findings")
    assert "在“新建”里取填报工作簿" in said
    assert "--" not in said
