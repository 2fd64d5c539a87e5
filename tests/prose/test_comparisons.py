"""Comparisons of a sentence: what is said, of what, against which base."""

import pytest

from perfgen.prose.comparisons import comparisons, numbers_in


def read(text):
    found = list(comparisons(numbers_in(text)))
    return [
        (
            one.said.typed,
            one.subject,
            one.level.typed if one.level else None,
            one.base.typed if one.base else None,
            one.of_aim,
        )
        for one in found
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("馆藏总量86万册,比年初的80万册增长7.5%", ("7.5%", "", "86万册", "80万册", False)),
        (
            "项目支出420万元,项目支出比2022年的500万元减少80万元",
            ("80万元", "项目支出", "420万元", "500万元", False),
        ),
        ("与2022年支出912万元相比,增加88万元", ("88万元", "支出", None, "912万元", False)),
        ("收入1200万元,比上年增长20%(上年1000万元)", ("20%", "", "1200万元", "1000万元", False)),
        ("开展巡诊96次,比目标多6次", ("6次", "", "96次", None, True)),
        ("巡诊次数超出目标6次", ("6次", "巡诊次数", None, None, True)),
        ("目标为40场,完成46场,超额15%", ("15%", "", "46场", "40场", True)),
        ("签约52亿元,完成年度目标50亿元的104%", ("104%", "", "52亿元", "50亿元", True)),
        ("合格率97.5%,比目标值95%高2.5个百分点", ("2.5个百分点", "", "97.5%", "95%", True)),
        ("泵站更新完成率110%", ("110%", "泵站更新", None, None, True)),
    ],
)
def test_comparisons(text, said):
    assert read(text) == [said]


@pytest.mark.parametrize(
    "text",
    [
        "全年培训92期,参训4600人次",
        "由80家增至92家",
        "资金完成率较高,支付926万元",
        "比例为35%,占全部的三成",
        "较为偏远的12个村全部通水",
    ],
)
def test_no_comparisons(text):
    assert read(text) == []
