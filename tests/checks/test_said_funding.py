"""PG332: sources of money that a project's text tells, against its own columns."""

import pytest


@pytest.mark.parametrize(
    ("text", "blamed"),
    [
        ("其中财政拨款300万元，村集体自筹35万元。", False),
        ("其中财政拨款300万元，村集体自筹53万元。", True),
        ("当年财政拨款安排330万元，全部到位。", True),
        ("上年结转资金20万元已全部使用。", False),
        ("上年结转资金26万元已全部使用。", True),
        ("自筹首批到位18万元。", False),  # a part of it
        ("带动社会投资860万元。", False),
        ("共投入355万元，其中其他资金35万元。", False),
        ("发放补助金120万元。", False),
        ("村集体增收，自筹资金调增30万元。", False),  # a change of it
    ],
)
def test_a_source_that_a_text_tells_is_the_rows(found_in, text, blamed):
    row = {
        "项目名称": "农田灌渠改造",
        "年初预算数：当年财政拨款": "300",
        "年初预算数：上年结转资金": "20",
        "年初预算数：其他资金": "35",
        "全年预算数：当年财政拨款": "300",
        "全年预算数：上年结转资金": "20",
        "全年预算数：其他资金": "35",
        "全年执行数：当年财政拨款": "300",
        "全年执行数：上年结转资金": "20",
        "全年执行数：其他资金": "35",
        "实际完成情况": text,
    }
    assert bool(found_in("project-self-evaluation", {"项目": [row]}, "PG332")) == blamed
