"""PG213 to PG215: targets that contradict their name, their other period, or their result."""

import pytest

from workbooks.make import put

ROW = {"name": "B", "direction": "C", "operator": "D", "target": "E", "unit": "F", "actual": "G"}


@pytest.fixture
def said(checked, book):
    """What one rule says of an indicator, as cells and messages."""

    def say(code, **cells):
        for field, value in cells.items():
            put(book, f"绩效指标!{ROW[field]}4", value)
        return [(f.ref.address, f.message) for f in checked(book).findings if f.code == code]

    return say


PLAN = "suzhou-targets"


def planned(found_in, code, name, half, full):
    """What one rule says of an indicator in a plan, with targets of the half and the full year."""
    row = {"一级指标": "履职", "二级指标": "职能1：业务", "三级指标": name,
           "半年指标值": half, "全年指标值": full}  # fmt: skip
    found = found_in(PLAN, {"绩效指标": [row]}, code)
    return [finding.ref.address for finding in found]


# --- PG213 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "operator", "target", "wrong"),
    [
        ("投诉办结率", "≤", "95%", True),
        ("投诉办结率", "≥", "95%", False),
        ("家长满意度", "<", "90%", True),
        ("新建社区书屋数量", "≤", "12个", True),
        ("培训乡村医生人次", "≤", "300人次", True),
        ("农田灌溉面积", "≤", "300亩", False),
        ("单位供水成本", "≥", "2元/吨", True),
        ("供水漏损率", "≥", "12%", True),
        ("供水漏损率", "≤", "12%", False),
        ("货车超限率", "≥", "3%", True),
        ("PM2.5年均浓度", "≥", "33微克/立方米", True),
        ("交通事故死亡人数", "≥", "30人", True),
        ("事故隐患整改率", "≥", "95%", False),
        ("查处交通违法起数", "≥", "800起", False),
        ("发案下降率", "≥", "10%", False),
        ("检测报告出具时限", "≥", "5个工作日", True),
        ("补助发放时限", "≥", "15天", True),
        ("压缩审批时限", "≥", "3天", False),
        ("设备质保时限", "≥", "24个月", False),
        ("窗口平均办理时长", "≥", "20分钟", True),
        ("场馆开放时长", "≥", "2400小时", False),
        ("重大安全事故", "≥", "1起", True),
        ("事故调查处理数", "≥", "6起", False),
        ("城乡居民医保参保率", "≤", "95%", True),
        ("培训经费", "≤", "30万元", False),
        ("会议培训人数控制", "≤", "30人", False),
        ("产品不合格率", "≤", "2%", False),
        ("产品不合格率", "≥", "2%", False),
        ("在职人员控制率", "≤", "100%", False),
        ("资金支付完成率", "≤", "100%", False),
        ("财政收入质保留存天数", "≥", "30天", False),
        ("办案经费控制额", "≥", "30万元", True),
        ("校舍建设投资控制数", "≥", "860万元", True),
        ("项目成本控制率", "≤", "100%", False),
        ("病虫害有效控制率", "≥", "95%", False),
    ],
)
def test_an_operator_against_the_name(said, name, operator, target, wrong):
    found = said("PG213", name=name, operator=operator, target=target, actual="")
    assert [cell for cell, _ in found] == ["D4"] * wrong


def test_the_operator_stands_where_it_was_typed(said):
    assert said("PG213", name="投诉办结率", operator="", target="≤95%", actual="")[0][0] == "E4"


def test_a_direction_that_was_filled_in_decides(said):
    assert not said("PG213", name="新建停车场数量", direction="反向", operator="≤", target="12个")


@pytest.mark.parametrize(
    ("half", "full", "cells"),
    [("≥8条", "≤15条", ["F2"]), ("≤8条", "≥15条", ["E2"]), ("≥8条", "≥15条", [])],
)
def test_half_and_full_year_say_the_same_way(found_in, half, full, cells):
    assert planned(found_in, "PG213", "公交线网条数", half, full) == cells


# --- PG214 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "target", "wrong"),
    [
        ("群众满意度", "≥95%", False),
        ("群众满意度", "≥95分", False),
        ("信访办结率", "=100件", True),
        ("绿道建设长度", "≥12座", True),
        ("绿道建设长度", "≥12公里", False),
        ("植树造林面积", "≥1.2万亩", False),
        ("植树造林面积", "≥1.2万公里", True),
        ("培训人数", "≥300人", False),
        ("培训人次", "≥300场", True),
        ("孕产妇死亡率", "≤9/10万", False),
        ("巡查频率", "≥2次", False),
        ("泊位日均周转率", "≥4.2次", False),
        ("土地流转率", "≥42次", True),
        ("演出场次", "≥30场", False),
        ("演出场次", "≥30人", True),
        ("新建社区服务站", "≥8人", True),
        ("新建社区服务站", "≥8个", False),
        ("办结时限", "≤5个工作日", False),
        ("办结时限", "≤5%", True),
        ("亩均成本", "≤1200元/亩", False),
        ("开发公益性岗位数量", "≥300场", True),
        ("开发公益性岗位数量", "≥300人", False),
        ("服务企业数量", "≥120场", True),
        ("服务企业数量", "≥120家", False),
        ("非遗展演活动", "≥24户", True),
        ("非遗展演活动", "≥24场", False),
        ("更换路灯数量", "≥560人", True),
        ("更换路灯数量", "≥560盏", False),
        ("编印防灾手册", "≥2万册", False),
    ],
)
def test_a_unit_that_the_name_denies(said, name, target, wrong):
    found = said("PG214", name=name, operator="", target=target, actual="")
    assert [cell for cell, _ in found] == ["E4"] * wrong


def test_a_sign_and_a_unit_without_a_number(said):
    ((cell, message),) = said(
        "PG214", name="养护公路里程", operator="", target="≥公里", actual="8公里"
    )
    assert (cell, message.endswith("没有写数字")) == ("E4", True)


@pytest.mark.parametrize(
    ("target", "actual", "cell"),
    [
        ("2023年3月底前", "2032年3月15日", "G4"),
        ("2023年14月底前", "11月5日", "E4"),
        ("2023年3月底前", "2023-03-15", None),
        ("次年3月底前", "2024年3月20日", None),
    ],
)
def test_days_of_results_that_can_hardly_be(said, target, actual, cell):
    found = said("PG214", name="泵站投运时间", operator="", target=target, actual=actual)
    assert [one for one, _ in found] == ([cell] if cell else [])


def test_a_result_of_the_year_before_wants_a_reason(said, book):
    early = {"name": "泵站投运时间", "target": "2023年3月底前", "actual": "2022年3月15日"}
    assert said("PG214", operator="", **early) == []  # the sample's row has one
    put(book, "绩效指标!J4", None)
    assert [cell for cell, _ in said("PG214", **early)] == ["G4"]


PROJECT = "project-targets"


def targets(found_in, code, *rows):
    """What one rule says of a project's targets: each a name, a target and further cells."""
    table = [{"项目名称": "甲项目", "一级指标": "产出指标", "二级指标": "数量指标",
              "三级指标": name, "年度指标值": target, **cells}
             for name, target, cells in rows]  # fmt: skip
    content = {"项目": [{"项目名称": "甲项目"}], "项目指标": table}
    return [one.ref.address for one in found_in(PROJECT, content, code)]


MANY = [(f"第{n}类设施数量", f"≥{n}0处", {}) for n in range(2, 8)]


def test_the_only_target_without_a_unit(found_in):
    assert targets(found_in, "PG214", *MANY, ("救助人次", "≥3200", {})) == ["I8"]
    assert targets(found_in, "PG214", *MANY, ("救助人次", "≥3200人次", {})) == []
    assert targets(found_in, "PG214", *MANY, ("水质综合指数", "≤4.5", {})) == []
    assert targets(found_in, "PG214", ("救助人次", "≥3200", {}), ("慰问户数", "≥40", {})) == []


def test_a_cost_that_is_to_be_exceeded(found_in):
    cost = {"二级指标": "成本指标"}
    assert targets(found_in, "PG213", ("户均改造补助", "≥3800元/户", cost)) == ["H2"]
    assert targets(found_in, "PG213", ("户均改造补助", "≤3800元/户", cost)) == []
    assert targets(found_in, "PG213", ("节约采购资金", "≥12万元", cost)) == []
    assert targets(found_in, "PG213", ("户均改造补助", "≥3800元/户", {})) == []


def test_one_day_of_another_year_among_those_of_the_own(found_in):
    others = [("设计完成时间", "2023年3月底前", {}), ("招标完成时间", "2023年5月底前", {})]
    late = ("竣工验收时间", "2024年11月底前", {})
    assert targets(found_in, "PG214", *others, late) == ["H4"]
    assert targets(found_in, "PG214", late) == []
    assert targets(found_in, "PG214", *others, ("决算审核时间", "2024年3月底前", {})) == []
    assert targets(found_in, "PG214", *others, ("二期竣工验收时间", "2024年11月底前", {})) == []


@pytest.mark.parametrize(
    ("half", "full", "cells"),
    [
        ("≥3辆", "≥8条", ["E2"]),
        ("≥3座", "=12", ["F2"]),
        ("≤0.5%", "≤0.5‰", ["E2"]),
        ("≥3公里", "≥8000米", []),
        ("≥3公里", "≥8公里", []),
        ("有序推进", "≥8公里", []),
    ],
)
def test_half_and_full_year_have_one_unit(found_in, half, full, cells):
    assert planned(found_in, "PG214", "工作推进情况", half, full) == cells


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("11月31日前", "没有“11月31日”"),
        ("每月35日前", "没有“每月35日”"),
        ("2032年12月15日前", "报告是 2023 年度的"),
        ("2013年12月15日前", "报告是 2023 年度的"),
        ("10月31日后", "写成了“后”"),
        ("2025年6月底前", None),
        ("每月10日前", None),
        ("11月30日前", None),
        ("较2020年下降10%", None),
    ],
)
def test_a_day_that_cannot_be_meant(said, target, words):
    found = said("PG214", operator="", target=target, actual="")
    assert [cell for cell, _ in found] == ["E4"] * bool(words)
    assert all(words in message for _, message in found)


@pytest.mark.parametrize(
    ("target", "cells"), [("≥42000人", ["F2"]), ("≥4200人", []), ("≥36000人", [])]
)
def test_a_plan_that_sentences_tell_with_a_digit_less(found_in, target, cells):
    content = {
        "文字部分": [{"章节": "一、总体绩效目标", "正文": "计划为4200名老年人提供居家养老服务。"}],
        "项目": [{"项目名称": "居家养老", "预算数": "60", "绩效目标": "服务老年人4200名。"}],
        "项目指标": [{"项目名称": "居家养老", "一级指标": "产出指标", "二级指标": "数量指标",
                  "三级指标": "服务老年人人数", "指标值": target}],
    }  # fmt: skip
    found = found_in("hitech-performance-text", content, "PG215")
    assert [finding.ref.address for finding in found] == cells


# --- PG215 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "target", "actual", "cell"),
    [
        ("宣讲场次", "≥300场", "32.6场", "G4"),
        ("宣讲场次", "≥300场", "286场", None),
        ("宣讲场次", "≥300场", "120场", None),
        ("宣讲场次", "≥10场", "1场", None),
        ("受益户数", "≥1.2万户", "1260户", "G4"),
        ("群众满意度", "≥9.5%", "96%", "E4"),
        ("群众满意度", "≥95%", "9.61%", "G4"),
        ("群众满意度", "≥80%", "62%", None),
        ("一般性支出占比", "≤30%", "3%", None),
        ("投诉起数", "≤100起", "10起", None),
        ("增长率", "≥10%", "1%", None),
        ("食品抽检不合格率", "≤3%", "1.9%", None),
        ("人均培训成本", "≤3200元", "315元", "G4"),
        ("培训场次", "≥54场", "46场", "E4"),
        ("培训场次", "≥54场", "51场", None),
        ("培训场次", "≥54场", "40场", None),
        ("培训场次", "≥54场", "48场", None),
    ],
)
def test_one_digit_too_few(said, name, target, actual, cell):
    found = said("PG215", name=name, operator="", target=target, actual=actual)
    assert [place for place, _ in found] == ([cell] if cell else [])


@pytest.mark.parametrize(
    ("name", "half", "full", "cells"),
    [
        ("道路清扫率", "≥9.1%", "≥92%", ["E2"]),
        ("乘客满意度", "≥88%", "≥9.2%", ["F2"]),
        ("道路清扫率", "≥91%", "≥92%", []),
        ("预算执行率", "≥8%", "≥92%", []),
        ("改造完成率", "≥5%", "=100%", []),
    ],
)
def test_a_rate_that_stays_does_not_change_tenfold(found_in, name, half, full, cells):
    assert planned(found_in, "PG215", name, half, full) == cells


def test_a_result_that_the_text_confirms_points_at_the_target(found_in):
    project = {"项目名称": "法治宣传", "主管部门": "某局", "实施单位": "某局",
               "实际完成情况": "全年举办宣讲326场，群众反响良好。"}  # fmt: skip
    row = {"项目名称": "法治宣传", "一级指标": "产出指标",
           "二级指标": "数量指标", "三级指标": "宣讲场次",
           "年度指标值": "≥3000场", "实际完成值": "326场"}  # fmt: skip
    (found,) = found_in("project-self-evaluation", {"项目": [project], "项目指标": [row]}, "PG215")
    assert found.ref.address == "G2"
    assert "完成值与正文一致" in found.message


MEANT_ROWS = [
    ("社区阅读推广活动场次", "≤600场", "PG213", True),
    ("社区阅读推广活动场次", "≥600场", "PG213", False),
    ("免费开放接待人次", "≤5万人次", "PG213", True),
    ("筹集公租房数量", "≤300套", "PG213", True),
    ("培训会议场次", "≤6场", "PG213", False),
    ("粮食轮换架空期", "≤4个月", "PG213", False),
    ("帮扶对象失联人数", "≤3人", "PG213", False),
    ("一般及以上火灾事故", "≥1起", "PG213", True),
    ("特种设备事故数", "≥2起", "PG213", True),
    ("事故应急演练场次", "≥2场", "PG213", False),
    ("抗体检测份数", "≥3000头", "PG214", True),
    ("抗体检测份数", "≥3000份", "PG214", False),
    ("监督检查项次", "≥1800份", "PG214", True),
    ("监督检查项次", "≥1800次", "PG214", False),
    ("食品抽检批次", "≥900人", "PG214", True),
    ("食品抽检批次", "≥900批次", "PG214", False),
    ("轮训护林员人次", "≥90批次", "PG214", True),
    ("轮训护林员人次", "≥90人次", "PG214", False),
    ("改扩建学校数量", "=2人", "PG214", True),
    ("改扩建学校数量", "=2所", "PG214", False),
    ("资助困难学生数量", "≥120场", "PG214", True),
    ("资助困难学生数量", "≥120人", "PG214", False),
    ("惠及移民户数", "≥860人", "PG214", True),
    ("惠及移民户数", "≥860户", "PG214", False),
    ("新建运动场数量", "≥20片", "PG214", False),
    ("入库评审专家数", "≥60人", "PG214", False),
    ("审结案件数", "≥600起", "PG214", False),
    ("采集血样数", "≥120人份", "PG214", False),
    ("更新诊室座数", "≥12个", "PG214", False),
    ("开行定制班次", "≥40趟次", "PG214", False),
]


def test_operators_and_units_by_what_a_name_says(found_in):
    """All in one workbook: a row is told where its operator or its unit cannot be meant."""
    for wrong in (True, False):
        rows = [(name, target, {}) for name, target, _, odd in MEANT_ROWS if odd is wrong]
        told = targets(found_in, "PG213 PG214", *rows)
        assert len(told) == (len(rows) if wrong else 0), told


def test_a_year_that_wants_more_than_the_whole_term(found_in):
    rows = [
        ("修订地方标准项数", "≥25项", {"实施期指标值": "≥15项"}),
        ("制作慢直播期数", "≥12期", {"实施期指标值": "≥36期"}),
        ("观众满意度", "≥95%", {"实施期指标值": "≥92%"}),
        ("单期制作成本", "≤3万元", {"实施期指标值": "≤2万元"}),
        ("馆藏存量", "≥600件", {"实施期指标值": "≥500件"}),
    ]
    assert len(targets(found_in, "PG115", *rows)) == 1
