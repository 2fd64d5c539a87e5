"""Numbers that texts of one report state twice: which of them is the odd one out."""

from dataclasses import replace

import pytest

from perfgen.prose.echoes import echoes
from perfgen.prose.expected import Purpose
from perfgen.prose.mentions import mentions

YEAR = 2024


def odd(*texts, purpose=Purpose.EITHER):
    """The numbers, as they are written, that another text tells otherwise."""
    told = [
        replace(one, place=(number, *one.place))
        for number, text in enumerate(texts)
        for one in mentions(text, YEAR, (), purpose)
    ]
    return sorted(echo.wrong.quantity.typed for echo in echoes(told))


@pytest.mark.parametrize(
    ("texts", "numbers"),
    [
        # the same words, in any order
        (("修复古籍1352册。", "全年共修复古籍1325册。", "1352册古籍完成修复。"), ["1325册"]),
        (("造林4.8万亩，抚育2.6万亩。", "全年完成造林8.4万亩。", "造林4.8万亩。"), ["8.4万亩"]),
        # a number of a list has the subject of the one before it
        (("组织护林员培训36期、2418人次。", "护林员培训参训2481人次。"), ["2418人次"]),
        # what is counted stands behind the number
        (("社区阅览点58个。", "85个阅览点全部对外开放。", "建有社区阅览点58个。"), ["85个"]),
        # fewer words for the same thing, and the longer ones are borne out
        (
            (
                "建成美丽庭院示范村20个。",
                "今年的20个美丽庭院示范村均通过验收。",
                "建成示范村22个。",
            ),
            ["22个"],
        ),
        # the numbers beside it are the same in both places
        (
            ("举办推介会3场，签约项目14个。", "推介会共举办3场，签约项目19个。"),
            ["14个"],
        ),
        # scaled numbers
        (
            ("惠及农户11.26万户。", "向12.16万户农户发放补贴。", "惠及11.26万户农户。"),
            ["12.16万户"],
        ),
        # growth is told of what stands before it
        (
            ("外贸进出口485亿元，增长11.9%。", "外贸进出口485亿元，同比增长19.1%。"),
            ["11.9%"],
        ),
        # targets that are quoted
        (
            ("计划放流鱼苗860万尾。", "放流鱼苗912万尾，完成目标任务（806万尾）的113.1%。"),
            ["860万尾"],
        ),
    ],
)
def test_the_odd_one_is_named(texts, numbers):
    assert odd(*texts) == numbers


@pytest.mark.parametrize(
    "texts",
    [
        # two things
        ("举办惠民演出412场。", "举办惠民展览421场。"),
        ("抽检蔬菜412批次。", "抽检水果421批次。"),
        ("培训村医236人。", "培训乡村教师263人。"),
        ("水稻合格率98.9%。", "畜产品合格率99.8%，总体合格率98.9%。"),
        # stages of one work
        ("受理信访件4230件。", "办结信访件4203件。"),
        ("调解纠纷4286件，成功4268件。",),
        # parts and wholes, other years, plans
        ("新建示范村32个，其中省级23个。", "新建示范村32个。"),
        ("2023年修复古籍1325册。", "修复古籍1352册。"),
        ("计划修复古籍1325册。", "修复古籍1352册。"),
        ("下一步计划修复古籍1325册。", "计划修复古籍1352册。"),
        ("办理刑事援助案件1980件、民事行政案件2146件。", "全年办理法律援助案件4126件。"),
        ("家长对校园餐的满意度为94.6%。", "家长对学校教育的满意度为94.2%。"),
        # both stand in other places, too
        ("接待读者412人。", "接待读者421人。", "接待读者412人。", "接待读者421人。"),
        # about, and the same number rounded
        ("接待读者约41万人次。", "接待读者41.4万人次。"),
        ("接待读者412356人次。", "接待读者41.24万人次。"),
        # small numbers with few words
        ("召开会议3次。", "召开会议5次。"),
        ("实有55名。", "实有45名。"),
        # money of several columns
        ("农田水利预算1320万元。", "农田水利支出1306.2万元。"),
        ("智慧警务追加省级资金780万元，市级配套120万元。", "智慧警务预算1200万元。"),
    ],
)
def test_two_things_are_no_odd_pair(texts):
    assert odd(*texts) == []


def test_plans_are_held_against_plans():
    wanted = odd("新建步道36公里以上。", "全年新建步道63公里。", purpose=Purpose.WANTED)
    assert len(wanted) == 1


@pytest.mark.parametrize(
    ("texts", "numbers"),
    [
        # the very same words, and two places against one: any digit may be the slip
        (
            ("加固病险水闸6座，疏浚河道42公里。", "加固病险水闸6座，疏浚河道42公里。",
             "加固病险水闸16座，疏浚河道42公里。"),
            ["16座"],
        ),
        # the number beside it says that both tell of one thing
        (
            ("举办护理培训12期，培训1386人次。", "举办培训14期、1386人次。",
             "护理培训12期。"),
            ["14期"],
        ),
        # what is counted stands before 和, and another number behind it
        (
            ("全年对268家药店和15所学校开展检查。", "检查药店238家、学校15所。", "检查药店238家。"),
            ["268家"],
        ),
        # a sentence that opens with 目标 tells targets to its end
        (
            ("年度目标：修缮文保单位24处，游客满意度达到90%。", "计划修缮文保单位42处。",
             "力争修缮文保单位42处。"),
            ["24处"],
        ),
    ],
)  # fmt: skip
def test_what_is_surely_one_thing_need_be_no_slip(texts, numbers):
    assert odd(*texts) == numbers


@pytest.mark.parametrize(
    "texts",
    [
        # money beside it is often that of the whole
        ("三项任务共安排1260万元。", "安排5个项目，共1260万元。"),
        # planned and reached are two numbers
        ("年度目标：修缮文保单位24处。", "实际修缮文保单位31处。"),
        ("举办护理培训12期，培训1386人次。", "举办院感培训14期、1290人次。"),
        ("对268家药店和15所学校开展检查。", "对238家餐馆和15所学校开展检查。"),
        ("全年加固水闸6座。", "2023年加固水闸16座。"),
        ("累计修缮历史建筑24处。", "完成历史建筑修缮9处。", "修缮历史建筑9处。"),
        ("新建灯控路口48处、监控设备120套。", "120套监控设备分布在36处路口。"),
    ],
)
def test_what_only_looks_like_one_thing_is_left_alone(texts):
    assert odd(*texts) == []
