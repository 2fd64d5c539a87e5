"""The officer writes paragraphs, some of them numbered; the report sets them as GB/T 9704 asks."""

import pytest

from perfgen.render.page.narrative import Block, blocks, heading_level


def test_a_plain_paragraph_is_body_text():
    assert blocks(["全年进出口总额稳中有进。"]) == (Block(0, "全年进出口总额稳中有进。"),)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("一、总体情况", 1),
        ("（一）存在问题", 2),
        ("(二)改进措施", 2),
        ("1.外贸外资", 3),
        ("12．开放平台", 3),
        ("（3）制度创新", 4),
        ("十一、其他", 1),
    ],
)
def test_a_short_numbered_line_is_a_heading(text, level):
    assert blocks([text]) == (Block(level, text),)


@pytest.mark.parametrize(
    "text", ["2023.5亿元的投入", "3.5个百分点", "一是加强领导。", "（苏州）片区"]
)
def test_a_figure_or_a_word_at_the_start_is_no_heading_number(text):
    assert heading_level(text) == 0


def test_a_numbered_sentence_with_text_behind_it_runs_on():
    assert blocks(["（一）加强领导。成立工作专班，按月调度。"]) == (
        Block(0, "成立工作专班，按月调度。", "（一）加强领导。"),
    )


def test_a_long_numbered_item_stays_a_paragraph():
    text = "1.完善外贸分析制度，加大企业走访力度，加强对各重点企业的跟踪分析和调度，做好动态监测。"
    assert blocks([text]) == (Block(0, text),)


def test_blank_lines_between_paragraphs_leave_no_empty_paragraph():
    assert blocks(["第一段。", "  ", "", "第二段。"]) == (
        Block(0, "第一段。"),
        Block(0, "第二段。"),
    )
