"""What is right and once was blamed: parts of a whole, stages, other years, names that hold 与."""

import pytest

from perfgen.checks.names.linked_names import Listed, odd_names
from perfgen.checks.told.unit_lists import units_before
from workbooks.make import put

PLACE = "文字部分!B2"


@pytest.fixture
def told(checked, book):
    """What a rule says of paragraphs in the first section."""

    def tell(code, *paragraphs, unit=None):
        if unit:
            put(book, "基本信息!B2", unit)
        put(book, PLACE, "\n".join(paragraphs))
        return [one.message for one in checked(book).findings if one.code == code]

    return tell


@pytest.mark.parametrize(
    ("listed", "units"),
    [
        ("办公室、医疗监督科、学校与饮用水监督科", 3),
        ("办公室、医院和诊所管理科、稽查科", 3),
        ("办公室、信访科和财务科", 3),
    ],
)
def test_a_section_for_schools_is_one_section(listed, units):
    assert units_before(f"内设{listed}") == units


LINES = ("困难职工帮扶", "职工医疗互助", "职工法律援助", "劳模疗休养")


@pytest.mark.parametrize(
    ("column", "name", "odd"),
    [
        ("indicator.work", "职工法律服务", False),
        ("task.name", "职工法律服务", False),
        ("task.name", "职工法律救助", True),
    ],
)
def test_a_line_of_the_budget_may_be_named_otherwise_than_its_task(column, name, odd):
    others = tuple(name if line == "职工法律援助" else line for line in LINES)
    found = list(odd_names([Listed("budget.name", LINES), Listed(column, others)]))
    assert bool(found) is odd


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        ("云溪市人力资源和社会保障局", "云溪市人社局负责促进就业和社会保障工作。"),
        ("云溪市市场监督管理局", "云溪市市场监管局承担食品安全监管职责。"),
    ],
)
def test_an_office_may_be_called_by_its_short_name(told, unit, text):
    assert told("PG319", text, unit=unit) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("展厅改造面积2100平方米。", "其中一号展厅改造面积1200平方米、二号展厅改造面积900平方米。"),
        ("四个方面的任务12项。", "工作任务共21个项目。"),
        ("培训资金执行率98.76%。", "咨询服务支出133.5万元，执行率98.67%。"),
    ],
)
def test_a_part_is_no_second_number_of_the_whole(told, first, second):
    assert told("PG320", first, second) == []


@pytest.mark.parametrize(
    "text",
    [
        "98个签约项目中，82个已开工，16个正在办理前期手续。",
        "2022年受场地改造影响，展馆仅开放186天，2022年观众12.4万人次。",
    ],
)
def test_what_others_have_not_done_or_another_year_is_not_ours(told, text):
    assert told("PG302", text) == []


def test_what_is_ours_and_not_done_is_told(told):
    assert told("PG302", "受场地改造影响，展馆仅开放186天。") != []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("举办“听松讲坛”24讲、亲子阅读“小橘灯”48场。", False),
        ("实施“清河”“净空”“护土”3项行动。", False),
        ("实施“清河”“净空”“护土”2项行动。", True),
    ],
)
def test_things_that_are_counted_each_are_no_list(told, text, wrong):
    assert bool(told("PG312", text)) is wrong


@pytest.mark.parametrize(
    ("half", "full", "rule"),
    [("≥162件", "≥340件", "PG334"), ("≥110件", "≥261件", "PG301"), ("≥162件", "≥216件", "")],
)
def test_a_text_of_the_year_is_not_held_against_the_half_years_target(found_in, half, full, rule):
    row = {"一级指标": "履职", "三级指标": "办理法律援助案件数"}
    content = {
        "单位信息": [{"年度目标": "全年办理法律援助案件216件，群众满意。"}],
        "绩效指标": [{**row, "半年指标值": half, "全年指标值": full}],
    }
    found = found_in("suzhou-targets", content, "PG301 PG320 PG334")
    assert [one.code for one in found] == ([rule] if rule else [])
    assert all(f"是 {full[1:]}" in one.message for one in found)
