"""What became of the parts of a text that may change, beside parts that may not."""

import pytest

from perfgen.pulling.spans import Span, respan


def spans(text):
    """`[…]` is a part that may not change."""
    parts = text.replace("[", "\0[").replace("]", "\0").split("\0")
    return [Span(part.removeprefix("["), part.startswith("[")) for part in parts if part]


@pytest.mark.parametrize(
    ("old", "new", "texts"),
    [
        ("各项任务都已完成。", "任务都完成了。", ["任务都完成了。"]),
        ("[绩效目标：]服务企业。", "绩效目标：服务更多企业。", ["服务更多企业。"]),
        ("[（一）]商务管理", "（一）", [""]),
        ("某某局[编制]", "某某市某某局编制", ["某某市某某局"]),
        (
            "全年支出[12.05亿元]，增长[5]%。",
            "2023年全年支出共12.05亿元，同比增长5%。",
            ["2023年全年支出共", "，同比增长", "%。"],
        ),
        ("支出[5]万元，其中[5]万元是上年的。", "支出5万元，其中5万元是结转的。",
         ["支出", "万元，其中", "万元是结转的。"]),
    ],
)  # fmt: skip
def test_parts_that_may_change_get_their_new_texts(old, new, texts):
    assert respan(spans(old), new) == texts


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("支出[12.05亿元]。", "支出12.06亿元。"),
        ("支出[12.05亿元]。", "支出112.05亿元。"),
        ("支出[12]亿元。", "支出12.5亿元。"),
        ("增长[5]%。", "增长-5%。"),
        ("共[5]家。", "共6家，比上年多5家。"),
        ("[绩效目标：]服务企业。", "目标：服务企业。"),
        ("某某局[编制]", "某某局办公室印"),
        ("共[5][家]", "共5多家"),
    ],
)
def test_a_part_that_may_not_change_was_touched(old, new):
    assert respan(spans(old), new) is None


def test_two_texts_side_by_side_are_told_apart_unless_words_come_right_between_them():
    parts = [Span("苏州市商务局", False, 1), Span("文件", False, 2)]
    assert respan(parts, "苏州商务局文件") == ["苏州商务局", "文件"]
    assert respan(parts, "苏州市商务局的文件") is None
