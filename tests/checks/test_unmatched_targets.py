"""PG334: a number of a text and an indicator that are left over, and touch."""

import pytest

ROWS = [
    ("更换路灯灯具数量", "≥320", "盏", "328"),
    ("新建智慧灯杆数量", "=45", "根", "45"),
    ("路灯亮灯率", "≥98", "%", "98.6"),
    ("巡查里程", "≥1.2", "万公里", "1.31"),
    ("故障修复人次", "≥600", "人次", "640"),
    ("市民满意度", "≥90", "%", "93.5"),
]
WANTED = "更换老旧路灯灯具320盏，新建智慧灯杆45根，路灯亮灯率98%以上，巡查里程1.2万公里。"
REACHED = "共更换路灯灯具328盏，新建智慧灯杆45根，亮灯率98.6%，巡查里程1.31万公里。"


def findings(found_in, wanted=WANTED, reached=REACHED, rows=ROWS):
    project = {
        "项目名称": "城区照明维护",
        "年初预算数：当年财政拨款": "400",
        "全年预算数：当年财政拨款": "400",
        "全年执行数：当年财政拨款": "390",
        "预期目标": wanted,
        "实际完成情况": reached,
    }
    indicators = [
        {"项目名称": "城区照明维护", "一级指标": "产出指标", "二级指标": "数量指标",
         "三级指标": name, "年度指标值": target, "计量单位": unit, "实际完成值": result,
         "分值": "15"}
        for name, target, unit, result in rows
    ]  # fmt: skip
    sheets = {"项目": [project], "项目指标": indicators}
    return found_in("project-self-evaluation", sheets, "PG301 PG320 PG334")


def test_a_goal_and_a_result_that_agree_with_the_indicators_are_right(found_in):
    assert findings(found_in) == []


@pytest.mark.parametrize(
    "wanted",
    [
        WANTED.replace("320盏", "230盏"),
        WANTED.replace("320盏", "120盏"),
        WANTED.replace("智慧灯杆45根", "智慧灯杆75根"),
        WANTED.replace("45根", "450根"),
        WANTED.replace("98%", "89%"),
        WANTED.replace("1.2万公里", "2.1万公里"),
        WANTED.replace("更换老旧路灯灯具320盏", "对主次干道380盏路灯灯具进行更换"),
    ],
)
def test_a_goal_whose_indicator_has_another_target_is_told(found_in, wanted):
    assert findings(found_in, wanted=wanted)


@pytest.mark.parametrize(
    "reached",
    [
        REACHED.replace("328盏", "382盏"),
        REACHED.replace("灯杆45根", "灯杆25根"),
        REACHED.replace("1.31万公里", "3.11万公里"),
    ],
)
def test_a_result_that_no_indicator_has_is_told(found_in, reached):
    assert findings(found_in, reached=reached)


@pytest.mark.parametrize(
    "reached",
    [
        REACHED + "其中主干道更换路灯灯具120盏。",
        REACHED + "截至年末，全区路灯总数达到8600盏。",
        REACHED + "上年更换路灯灯具290盏。",
        REACHED + "处置电缆被盗案件3起，安装警示牌60块。",
        REACHED + "计划新建智慧灯杆45根，全部建成。",
        REACHED + "每月巡查里程1100公里。",
        REACHED + "另为2个社区接装楼道灯。",
        REACHED + "在两个片区各新建1处示范点。",
        "全部任务按期完成，市民满意度93.5%。",
        REACHED + "养护资金支付率97.5%。",
        REACHED + "商户满意度88%。",
        REACHED + "组织安全培训6期、180人次。",
    ],
)
def test_parts_stocks_and_other_things_are_left_alone(found_in, reached):
    assert findings(found_in, reached=reached) == []


def test_a_number_of_another_year_is_no_target(found_in):
    assert findings(found_in, wanted=WANTED + "2021年更换路灯灯具260盏。") == []


OTHERS = [
    ("更换大型灯杆基座数", "≥14", "座（套）", "15"),
    ("临时照明点位", "=9", "处", "9"),
    ("路灯电缆敷设长度", "≥26", "公里", "26.4"),
]
WANTED_TOO = "为背街小巷敷设电缆26公里；临照点9处；基座更换共14座。"


@pytest.mark.parametrize(
    ("wanted", "blamed"),
    [
        (WANTED_TOO, False),
        # the only number of its unit in the text and in the indicators
        ("为背街小巷敷设管线36公里；临照点9处；基座更换共14座。", True),
        ("完成36公里；临照点9处；基座更换共14座。", True),
        # short for the indicator's name
        ("为背街小巷敷设电缆26公里；临照点8处；基座更换共14座。", True),
        # two units for one thing
        ("为背街小巷敷设电缆26公里；临照点9处；基座更换共24座（套）。", True),
        # other things of the same unit, and parts
        (WANTED_TOO + "巡查道路36公里。", False),
        (WANTED_TOO + "涉及公园8处。", False),
        ("敷设电缆共26公里；其中老城区敷设18公里；临照点9处。", False),
    ],
)
def test_the_only_number_of_a_unit_and_short_names(found_in, wanted, blamed):
    assert bool(findings(found_in, wanted=wanted, reached="", rows=OTHERS)) == blamed


def test_a_number_that_is_told_with_its_share_is_a_part(found_in):
    part = REACHED.replace("更换路灯灯具328盏", "汛期前更换灯具214盏，占全年的65.24%")
    assert findings(found_in, reached=part) == []
