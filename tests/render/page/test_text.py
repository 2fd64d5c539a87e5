"""The words of a page, in order and with white space as HTML has it."""

import pytest

from perfgen.render.page.elements import parse_page
from perfgen.render.page.text import page_text


def words(body):
    return page_text(parse_page(f"<html><head/><body>{body}</body></html>"))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("  甲 \n  乙 ", "甲 乙"),
        ("甲<br/> 乙", "甲\n乙"),
        ("甲 <br/>乙", "甲\n乙"),
        ("甲 <strong> 乙</strong> 丙", "甲 乙 丙"),
        ("<em>甲 </em>", "甲"),
        ("甲　乙\u00a0丙", "甲　乙\u00a0丙"),
        ("甲<!-- 不印 -->乙", "甲乙"),
    ],
)
def test_white_space_is_as_html_has_it(source, text):
    assert words(f"<p>{source}</p>") == [text]


def test_the_order_is_the_documents_and_a_merged_cell_is_said_once():
    assert words(
        "<h1>题</h1><section><p>文</p></section><table><caption>表</caption>"
        "<tbody><tr><th rowspan='2'>甲</th><td>1</td></tr><tr><td></td></tr></tbody></table>"
        "<ul><li>项<ol><li>子</li></ol></li></ul>"
    ) == ["题", "文", "表", "甲", "1", "", "项", "子"]


def test_a_cell_may_hold_paragraphs_lists_and_loose_words():
    assert words(
        "<table><tbody><tr><td>先<p>段</p><ul><li>项</li></ul>后</td></tr></tbody></table>"
    ) == ["先", "段", "项", "后"]


def test_empty_paragraphs_are_not_there_and_empty_cells_are():
    assert words("<p> </p><p><span/></p><table><tbody><tr><td/></tr></tbody></table>") == [""]
