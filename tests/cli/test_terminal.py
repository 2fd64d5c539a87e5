"""What strangers write into cells and file names is shown on the terminal, and never obeyed."""

import json
import re
import zipfile
from io import BytesIO

import pytest
from lxml import etree

from workbooks.make import put

OURS = re.compile(r"\x1b\[[0-9;]*m")
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]")

OWN_STYLES = {f"\x1b[{code}m" for code in ("0", "1", "2", "31", "32", "33", "36")}

TEXTS = [
    "\x1b[2J\x1b[H", "\x1b]0;改标题\x07", "\x1b[8;41m",
    "\x1b]8;;http://x\x1b\\点", "\x9b2J", "\x9d0;x\x9c",
    "甲\x08\x08乙", "行\r✓ 检查没有发现问题", "\u202e反向\u202c", "\u2028新的一行", "\x0e\x0f",
]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
@pytest.mark.parametrize("colour", [False, True], ids=["plain", "coloured"])
def test_a_cell_cannot_steer_the_terminal(perfgen, saved, book, monkeypatch, text, colour):
    escaped = re.sub(
        "[\x00-\x08\x0b-\x1f]", lambda sign: f"_x{ord(sign.group()):04X}_", text
    )  # as Excel stores what XML forbids
    if colour:
        monkeypatch.setenv("FORCE_COLOR", "1")

    said = perfgen("check", saved(put(book, "预算信息!F6", f"{escaped}万")))

    shown = said.out + said.err
    assert not STEERING.search(OURS.sub("", shown) if colour else shown)
    assert set(OURS.findall(shown)) <= OWN_STYLES


@pytest.mark.parametrize(
    "name", ["自评\x1b[2J.xlsx", "自\x07评.xlsx", "自评\x9b1m.xlsx"], ids=ascii
)
@pytest.mark.parametrize("command", ["check", "build", "diff", "pull", "extract"])
def test_a_file_name_cannot_steer_the_terminal(perfgen, saved, name, command):
    said = perfgen(command, saved(b"PK", name))

    assert said.code == 2
    assert "\\x" in said.err
    assert not STEERING.search(said.out + said.err)


def test_json_escapes_what_would_steer_a_terminal(perfgen, saved, book):
    path = saved(b"PK", "自评\x9b2J\u202e.xlsx")

    said = perfgen("check", path, "--json")

    assert not STEERING.search(said.out)
    assert path.name in json.loads(said.out)["error"]["message"]


def test_a_traceback_is_text_like_any_other(perfgen, saved, monkeypatch):
    def fail(*_, **__):
        raise RuntimeError("\x1b[2J")

    monkeypatch.setattr("perfgen.asking.find_settings", fail)

    said = perfgen("check", saved(b""), "--debug")

    assert "RuntimeError: \\x1b[2J" in said.err
    assert not STEERING.search(said.err)


def test_a_workbook_of_any_name_gives_a_sound_word_file(perfgen, saved, book, tmp_path):
    path = saved(book, "自评\x01\x1b\x0b.xlsx")

    said = perfgen("build", path, "-o", tmp_path / "报告.docx")

    assert said.code == 0, said.err
    with zipfile.ZipFile(BytesIO((tmp_path / "报告.docx").read_bytes())) as package:
        for part in package.namelist():
            if part.endswith((".xml", ".rels")):
                etree.fromstring(package.read(part))
        assert "自评\ufffd" in package.read("docProps/custom.xml").decode()
