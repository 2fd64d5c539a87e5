"""Whatever file is dropped, the page says what it is, obeys nothing in it, and goes on."""

import pytest
from lxml import html

from hostile.hostile_files import HOSTILE
from perfgen.web.shown import page
from workbooks.make import good_workbook

STEERING = "\u202e\u2066\u2028\x9b"


@pytest.mark.parametrize("name", HOSTILE)
def test_each_kind_is_shown_or_refused_in_words(officer, name):
    kind = HOSTILE[name]
    part = officer.part(f"{officer.drop(kind.make())}/findings")
    shown = html.fromstring(f"<div>{part}</div>")
    assert not shown.xpath("//script | //iframe | //@onclick | //@onerror")
    assert "自身出了错" not in part
    assert ("count" in part) if kind.built else (kind.says in shown.text_content())
    assert not set(STEERING) & set(part)


def test_after_all_of_them_a_good_workbook_is_checked_as_ever(officer):
    assert "没有发现问题" in officer.text(f"{officer.drop(good_workbook())}/findings")


def test_what_would_turn_the_reading_direction_is_made_visible_and_markup_stays_text():
    said = page("message.html", title="甲\u202e乙", text="<b>\u2028</b>").body.decode()
    assert "甲\\u202e乙" in said
    assert "&lt;b&gt;\\u2028&lt;/b&gt;" in said
