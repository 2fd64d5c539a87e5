"""One call from a workbook to its findings and documents, for every door to perfgen."""

import gc
import json
import os
import subprocess
import sys

import click
import pytest

from perfgen.build import Request, build
from perfgen.cli.chinese import COMMANDS, ChineseCommand, ChineseGroup
from perfgen.errors import WorkbookError
from perfgen.workbook.opening import WorkbookFile


def test_bytes_and_a_name_give_what_the_path_gives(saved, book, tmp_path, monkeypatch):
    path = saved(book)
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    request = Request(formats=("docx", "pdf", "html"))

    by_path = build(path, request)
    by_bytes = build(WorkbookFile(path.name, path.read_bytes()), request)

    assert set(by_path.documents) == {"docx", "pdf", "html"}
    assert dict(by_path.documents) == dict(by_bytes.documents)
    assert by_path.loaded.checked == by_bytes.loaded.checked
    assert sorted(tmp_path.iterdir()) == before


def test_without_formats_it_finds_and_prints_nothing(saved, book):
    built = build(saved(book), Request())

    assert (dict(built.documents), built.pages) == ({}, None)
    assert built.loaded.checked.findings == ()


def test_it_says_nothing_and_asks_no_settings(saved, book, tmp_path, monkeypatch, capfd):
    (tmp_path / "perfgen.toml").write_text("这不是 TOML", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    build(saved(book), Request(formats=("docx",)))

    assert capfd.readouterr() == ("", "")


def test_bytes_that_are_no_workbook_are_named(saved):
    with pytest.raises(WorkbookError, match="收到的文件 是空文件"):
        build(WorkbookFile("收到的文件", b""), Request())


def test_the_request_says_what_the_documents_are_like(saved, book):
    built = build(saved(book), Request(formats=("html",), layout_id="suzhou-self-evaluation"))

    assert "某某局" in built.documents["html"].decode()


# --- the garbage collector -----------------------------------------------------------------------


def test_a_call_leaves_the_garbage_collector_as_it_was(saved, book):
    assert gc.isenabled()
    build(saved(book), Request(formats=("docx", "pdf")))
    assert gc.isenabled()


def test_only_what_is_soon_over_runs_without_it(perfgen):
    seen = []

    @click.command(cls=ChineseCommand)
    def short():
        seen.append(gc.isenabled())

    @click.command(cls=ChineseCommand, lives_on=True)
    def long():
        seen.append(gc.isenabled())

    short.main([], standalone_mode=False)
    long.main([], standalone_mode=False)

    assert seen == [False, True]
    assert gc.isenabled()


def test_what_may_take_long_lives_on():
    group = ChineseGroup()
    context = click.Context(group)

    living = {name for name in COMMANDS if getattr(group.get_command(context, name), "lives_on", 0)}

    assert living == {"batch", "cluster-check", "serve", "summarize", "watch"}


def test_the_command_is_the_same_call(saved, book, tmp_path):
    path = saved(book)
    run = subprocess.run(
        [sys.executable, "-m", "perfgen", "build", path, "-o", tmp_path / "报告.docx", "--json"],
        capture_output=True, check=True, env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip

    assert json.loads(run.stdout)["ok"]
    built = build(path, Request(formats=("docx",)))
    assert (tmp_path / "报告.docx").read_bytes() == built.documents["docx"]
