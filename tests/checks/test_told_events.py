"""PG321: days, months and deadlines in sentences are those of the events in the table."""

import pytest

from workbooks.make import put


@pytest.fixture
def told(checked, book):
    """What is said of a task's result, where the indicator's event was on 18 October."""

    def tell(text, name="泵房改造竣工时间", task="老旧泵房改造", actual="10月18日"):
        row = {"B": name, "E": "10月31日前", "F": "", "G": actual}
        for column, value in row.items():
            put(book, f"绩效指标!{column}31", value)
        put(book, "重点任务!B2", task)
        put(book, "重点任务!C2", text)
        return [one.message for one in checked(book).findings if one.code == "PG321"]

    return tell


@pytest.mark.parametrize(
    "text",
    [
        "12月18日竣工验收，惠及居民320户。",
        "泵房改造于9月18日完工。",
        "泵房改造12月才完工，未影响供水。",
        "改造泵房12座，12月底前全部竣工。",
        "工程8月竣工。",
    ],
)
def test_another_day_month_or_deadline(told, text):
    (message,) = told(text)
    assert "泵房改造竣工时间" in message


@pytest.mark.parametrize(
    "text",
    [
        "10月18日竣工验收，惠及居民320户。",
        "泵房改造于10月完工。",
        "改造泵房12座，10月底前全部竣工。",
        "8月完成方案设计，9月进场施工。",
        "其他附属设施12月完工。",
        "水质检测室于6月28日建成。",
        "6月召开调度会，8月至9月封闭施工。",
        "计划2024年3月竣工的二期工程已完成招标。",
        "上年12月竣工的项目通过决算。",
        "二期12月竣工。",
    ],
)
def test_the_same_day_steps_on_the_way_and_other_things(told, text):
    assert told(text) == []


@pytest.mark.parametrize(
    ("name", "task", "text", "blamed"),
    [
        ("云平台上线时间", "智慧图书馆建设", "云平台于12月上线试运行。", True),
        ("云平台上线时间", "智慧图书馆建设", "云平台于10月上线试运行。", False),
        ("云平台上线时间", "智慧图书馆建设", "自助借还机12月上线。", False),
        ("防护服配发时间", "应急装备配备", "防护服于12月5日完成配发。", True),
        ("防护服配发时间", "应急装备配备", "帐篷于12月5日完成配发。", False),
        ("救灾物资入库时间", "应急装备配备", "救灾物资11月28日完成采购入库。", True),
        ("课题评审完成时间", "课题管理", "课题于12月5日完成评审。", True),
    ],
)
def test_events_of_other_deeds(told, name, task, text, blamed):
    assert bool(told(text, name, task)) == blamed


@pytest.mark.parametrize(("actual", "blamed"), [("10月", False), ("11月", True)])
def test_a_result_that_tells_only_the_month(told, actual, blamed):
    assert bool(told("泵房改造于10月18日竣工。", actual=actual)) == blamed
