"""What a font says of itself is read once; a changed file is read anew."""

import json
import os

import pytest

from perfgen.errors import FontError
from perfgen.render.fonts import find_fonts
from perfgen.render.fonts.files import _read, facts_in
from perfgen.render.fonts.remembering import remembered
from render.made_fonts import BASIC, RARE, make_font


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setattr("perfgen.render.fonts.remembering.cache_folder", lambda: tmp_path / "缓存")
    return tmp_path / "缓存"


@pytest.fixture
def font(tmp_path):
    return make_font(tmp_path / "甲.ttf", "甲体", BASIC)


def never(path):
    raise AssertionError(f"{path} was read again")


def test_the_second_time_nothing_is_read(cache, font):
    first = remembered(font, _read)

    assert remembered(font, never) == first
    assert {ord(char) for char in BASIC} <= first.points


def test_a_file_that_changed_is_read_anew(cache, font, tmp_path):
    remembered(font, _read)
    make_font(font, "甲体", BASIC + RARE)
    os.utime(font, ns=(1, 1))

    assert {ord(char) for char in RARE} <= remembered(font, _read).points


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"points": 1}', json.dumps({"shown": "x"}).encode(), b"\xff"]
)
def test_a_damaged_cache_counts_as_none(cache, font, content):
    facts = remembered(font, _read)
    (file,) = (cache / "fonts" / "facts").iterdir()
    file.write_bytes(content)

    assert remembered(font, _read) == facts


def test_where_nothing_can_be_kept_fonts_are_read_each_time(cache, font):
    cache.write_text("一个文件", encoding="utf-8")

    assert remembered(font, _read) == remembered(font, _read)


def test_a_font_that_went_away_is_named(cache, font):
    font.unlink()
    with pytest.raises(FontError, match=r"甲\.ttf"):
        remembered(font, _read)
    with pytest.raises(FontError, match=r"甲\.ttf"):
        facts_in(font)
    assert not cache.exists()


def test_a_role_that_there_is_not_has_no_font():
    with pytest.raises(KeyError, match="weiti"):
        find_fonts().role("weiti")
