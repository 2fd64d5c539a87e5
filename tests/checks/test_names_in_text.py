"""PG310: names of projects and tasks that one table, or a sentence, has otherwise."""

import pytest

from perfgen.checks.names.linked_names import Listed, odd_names
from perfgen.checks.names.names_in_text import misspelt

NAMES = (
    "农村饮用水水源保护",
    "城区道路积水点整治",
    "老年助餐点运营补贴",
    "智慧停车一期工程",
    "候鸟栖息地监测与修复",
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("“农村饮用水源保护”项目全年支出36万元。", "农村饮用水源保护"),
        ("实施“老年助餐点运行补贴”，惠及1200人。", "老年助餐点运行补贴"),
        ("《城区道路积水整治》绩效自评得分96分。", "城区道路积水整治"),
        ("候鸟栖地息监测与修复、农村饮用水水源保护两项。", "候鸟栖地息监测与修复"),
    ],
)
def test_a_name_that_is_one_character_off(text, said):
    assert list(dict(misspelt(text, NAMES))) == [said]


@pytest.mark.parametrize(
    "text",
    [
        "“农村饮用水水源保护”项目全年支出36万元。",
        "“农村饮用水水源保护项目”全年支出36万元。",
        "城区道路积水整治项目年初预算300万元。",
        "加强农村饮用水水源地保护，整治城区道路积水点12处。",
        "智慧停车二期工程正在前期，“智慧停车二期工程”列入下年。",
        "候鸟栖息地监测和修复完成。",
        "“老年助餐点”运营补贴按月发放。",
        "发放老年助餐点的运营补贴60万元。",
        "《城区道路积水点整治管理办法》已经印发。",
        "城区道路积水点已整治，老年助餐点运营良好。",
    ],
)
def test_the_name_itself_and_other_wordings_are_right(text):
    assert list(misspelt(text, NAMES)) == []


TASKS = ("防汛能力建设", "水源地保护", "节水型社会创建", "河湖长制落实")


@pytest.mark.parametrize(
    ("others", "odd"),
    [
        (("防汛能力提升", *TASKS[1:]), ["防汛能力建设"]),
        ((*TASKS[:3], "河湖长制的推进落实", "预算执行率", "资产管理"), ["河湖长制落实"]),
        ((*TASKS[:3], "机关运转"), []),
        (("防汛能力提升", "饮用水安全", "节水载体创建", "河湖长制落实"), []),
        (("防汛能力建设和物资储备", *TASKS[1:]), []),
        (TASKS, []),
    ],
)
def test_tables_that_list_the_same_things(others, odd):
    found = odd_names([Listed("task.name", TASKS), Listed("score.name", tuple(others))])
    assert [name for name, *_ in found] == odd


def test_the_name_that_fewer_tables_have_is_the_odd_one():
    slipped = ("防汛能力提升", *TASKS[1:])
    columns = [Listed("task.name", slipped), Listed("budget.group", TASKS),
               Listed("score.name", TASKS)]  # fmt: skip
    ((odd, column, other, _),) = odd_names(columns)
    assert (odd, column, other) == ("防汛能力提升", "task.name", "防汛能力建设")
