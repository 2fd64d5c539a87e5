"""PG350, PG322: what a budget changed by, told in the reason for it and as a net change."""

import pytest

from workbooks.make import put

REASONS = [
    # initial, adjusted, reason, blamed
    ("268", "286", "上级下达疫情监测补助18万元。", False),
    ("268", "286", "上级下达疫情监测补助81万元。", True),
    ("268", "286", "上级下达疫情监测补助18万元，预算由268万元调整为286万元。", False),
    ("268", "286", "上级下达疫情监测补助18万元，预算由268万元调整为296万元。", True),
    ("412.8", "398.4", "参训学员减少，调减实训耗材费14.4万元。", False),
    ("412.8", "398.4", "参训学员减少，调减实训耗材费41.4万元。", True),
    ("96", "121", "追加设备购置31万元，核减差旅费6万元。", False),
    ("96", "121", "追加设备购置36万元，核减差旅费6万元。", True),
    ("96", "121", "追加运维费20万元、耗材费5万元。", False),
    # nothing to hold against, a part only, an amount for each
    ("96", "96", "项目内设备购置调剂到耗材12万元。", False),
    ("96", "121", "主要是追加设备购置20万元。", False),
    ("96", "121", "补助标准由每人500元提高到800元。", False),
    ("96", "121", "参赛队伍增加，按程序追加。", False),
]


def test_the_amount_of_a_reason_is_the_change(found_in):
    rows = [
        {
            "项目名称": f"专项{number}",
            "年初预算：财政资金": initial,
            "调整后预算数：财政资金": adjusted,
            "预算执行数：财政资金": adjusted,
            "预算调整原因": reason,
        }
        for number, (initial, adjusted, reason, _) in enumerate(REASONS)
    ]
    found = found_in("sichuan-project-self-evaluation", {"项目": rows}, "PG350 PG322 PG301")
    blamed = {one.ref.row for one in found}
    wanted = {row for row, (*_, wrong) in enumerate(REASONS, start=2) if wrong}
    assert blamed == wanted


@pytest.mark.parametrize(
    ("text", "blamed"),
    [
        ("年初批复后，按文件追加追减，净增{}万元，调整后248万元。", "same"),
        ("年初批复后，按文件追加追减，净增加{}万元，调整后248万元。", "other"),
        ("展会带动旅游收入净增{}万元。", "growth"),
    ],
)
def test_a_net_change_is_that_of_the_whole(checked, book, text, blamed):
    put(book, "预算信息!D3", 42)  # and 6 of a project
    put(book, "文字部分!B4", text.format("48" if blamed == "same" else "46.5"))
    found = [one.message for one in checked(book).findings if one.code == "PG322"]
    assert bool(found) == (blamed == "other")
