"""Wholes, parts, shares, rates and balances within one sentence."""

import pytest

from perfgen.prose.balances import unfit_amounts
from perfgen.prose.derived import derived_wrongly
from perfgen.prose.money import MoneyReader
from perfgen.prose.partitions import unfit_parts

READER = MoneyReader([], [], 2024, [])


def unfit(text):
    """The numbers of a sentence that do not fit its others."""
    return [
        wrong.said.typed
        for figures in READER.figures([text], of=None)
        for wrong in (*unfit_parts(figures), *unfit_amounts(figures), *derived_wrongly(figures))
    ]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("修缮的17处中，已开放11处，其余7处正在布展。", ["17处"]),
        ("9场招聘会中，线下6场、线上4场。", ["9场"]),
        ("指标共15项，完成14项，2项未完成。", ["15项"]),
        ("参训4300人次中，乡村教师1150人次，占36.74%。", ["36.74%"]),
        ("受理投诉120件，办结118件，办结率93.33%。", ["93.33%"]),
        ("预算180万元，实际支出171万元，结余19万元。", ["19万元"]),
        ("年初预算800万元，年中追加60万元、追减20万元，调整后预算860万元。", ["860万元"]),
        ("漏损率由14%降至11.5%，下降3.5个百分点。", ["3.5个百分点"]),
        ("检测项目由156项扩展到203项，增加57项。", ["57项"]),
        ("购置费120万元，维修费80万元，两项合计210万元。", ["210万元"]),
        ("站点中，城区7个、镇区6个、村级5个，共19个。", ["19个"]),
        ("较2023年的9.8%下降，2024年为8.6%，由9.8%降至8.6%，下降2.2个百分点。", ["2.2个百分点"]),
    ],
)
def test_what_does_not_add_up(text, numbers):
    assert unfit(text) == numbers


@pytest.mark.parametrize(
    "text",
    [
        "修缮的17处中，已开放11处，其余6处正在布展。",
        "9场招聘会中，线下6场、线上3场。",
        "64个小区中，老旧小区41个。",
        "指标共15项，完成14项，1项未完成。",
        "参训4300人次中，乡村教师1150人次，占26.74%。",
        "受理投诉120件，办结118件，办结率98.33%。",
        "预算180万元，实际支出171万元，结余9万元。",
        "年初预算800万元，年中追加60万元、追减20万元，调整后预算840万元。",
        "年初预算5786.4万元，年中追加追减净额257.6万元，调整后预算6044万元。",
        "漏损率由14%降至11.5%，下降2.5个百分点。",
        "检测项目由156项扩展到203项，增加47项。",
        "投入资金约2300万元，其中设备2000万元，占86%。",
        "水质达标率保持100%，漏损率由2023年的9.8%降至8.6%，下降1.2个百分点。",
        "三项任务分别设指标7个、6个和5个，共18个。",
        "新建站点18个，其中城区7个、镇区6个、村级5个，合计18个。",
        "道路12条、桥梁3座，路灯40盏、护栏20套，共60盏（套）。",
    ],
)
def test_what_adds_up(text):
    assert unfit(text) == []
