"""PG342: plans lie ahead, terms hold the report's year, goals and results open with it."""

import pytest

from workbooks.make import put

PLANS = "五、部门（单位）整体支出绩效中存在问题及改进措施"


@pytest.fixture
def told(checked, book):
    """What is said of a text in the section of that name, in the report of 2023."""

    def tell(text, section=PLANS):
        put(book, "文字部分!A2", section)
        put(book, "文字部分!B2", text)
        return [one.message for one in checked(book).findings if one.code == "PG342"]

    return tell


@pytest.mark.parametrize(
    "text",
    [
        "（二）改进措施\n一是2022年将校园安防项目纳入项目库。",
        "（二）下一步打算\n1.2022年上半年完成管网改造招标。",
        "（二）改进措施\n加强调度，力争2022年6月底前全部开工。",
        "（二）改进措施\n2023年9月底前完成设备更新。",
        "改进措施：一是细化方案，2022年一季度实施；二是加强培训。",
        "（二）改进措施\n推行错峰检修，2021年停机时间压缩到40小时以内，招募夜间值守人员6名。",
        "（二）改进措施\n2020年新增护林员12名。",
        "（二）改进措施\n2022年新建测报站2座，乡镇覆盖率超过九成。",
        "（二）改进措施\n一是倒排工期，2023年4月底前竣工，把余款支付到位。",
        "（二）改进措施\n2022年6月底前46个村全部签约。",
        "（二）改进措施\n2021年暑假更换28台老旧电梯。",
        "（二）改进措施\n2022年力争建成二期管网，前期论证已完成。",
        "（二）改进措施\n将二期管网的前期论证提前到2022年二季度。",
        "（二）改进措施\n凡50万元以上的采购先论证，2021年起执行集体审议。",
        "（二）改进措施\n整改结果于2023年5月底前在门户网站公开。",
        "（二）改进措施\n2020年夜间门诊占比提高到30%以上。",
        "（二）改进措施\n自评结果经院务会审议，作为编制2023年部门预算的依据。",
    ],
)
def test_a_plan_for_a_year_that_has_passed(told, text):
    (message,) = told(text)
    assert "报告是 2023 年度的" in message


@pytest.mark.parametrize(
    "text",
    [
        "（二）改进措施\n一是2024年将校园安防项目纳入项目库。",
        "（二）下一步打算\n1.2024年上半年完成管网改造招标。",
        "（二）改进措施\n2023年12月底前已全部整改到位。",
        "（二）改进措施\n针对2023年一季度支出偏慢的问题，将提前编制采购计划。",
        "（二）改进措施\n将2023年自评结果作为2024年预算安排的依据。",
        "（二）改进措施\n上年自评结果作为编制2023年部门预算的依据。",
        "（二）改进措施\n将2022年度评价结果用于安排2023年预算，本次仍照此执行。",
        "（二）改进措施\n借鉴2022年全面推行的网格管理经验，2024年全部推开。",
        "（一）存在问题\n2022年上半年计划的招标因故推迟。\n（二）改进措施\n提前谋划。",
        "（二）改进措施\n2022年至2024年分三年实施管网改造。",
        "（二）改进措施\n2022年结转的项目优先安排，2024年上半年完成。",
        "（二）改进措施\n把2022年新增的6名护林员纳入统一考核。",
        "（二）改进措施\n2022年组织演练12次，本年增加4次，人员到岗更快。",
        "（二）改进措施\n参照2021年起执行的采购办法，逐项复核。",
        "（二）改进措施\n将整改情况列入2023年绩效评价内容。",
        "（二）改进措施\n2024年4月底前竣工，把余款支付到位。",
        "（二）改进措施\n2022年更换的28台电梯均已建卡，2024年统一年检。",
        "（二）改进措施\n2022年12个村签约后管护到位，2024年推开到46个村。",
        "（二）改进措施\n2022年以来新增的设备全部建卡，2024年完成盘点。",
    ],
)
def test_a_plan_that_lies_ahead_and_years_that_are_looked_back_on(told, text):
    assert told(text) == []


def test_what_was_done_in_another_year_stands_in_other_sections(told):
    text = "2022年将村卫生室纳入统一管理，2023年覆盖率达到100%。"
    assert told(text, "二、年度履职目标完成情况") == []


@pytest.mark.parametrize(
    ("text", "blamed"),
    [
        ("改造泵站9座，其余2座计划2022年10月完成。", True),
        ("尚未完工的3个标段预计2022年一季度交付。", True),
        ("验收推迟到2022年。", True),
        ("缺货的360个探头要等到2022年一季度。", True),
        ("余下3个标段只能拖到2022年。", True),
        ("因疫情拖到2022年才开工，本年按期完工。", False),
        ("缺货的360个探头要等到2024年一季度。", False),
        ("其余2座计划2024年5月完成。", False),
        ("其余2座计划2023年12月完成。", False),
        ("其余2座原计划2022年完成，现已完成。", False),
        ("上述问题已列入2022年度绩效自评整改清单。", True),
        ("上述问题已列入2023年度绩效自评整改清单，2024年逐项销号。", False),
        ("2021年度绩效自评中发现的上述问题已逐项整改。", True),
        ("2022年度绩效自评发现的问题已全部整改。", False),  # that year's own
    ],
)
def test_what_is_left_over_and_this_reports_own_findings(told, text, blamed):
    assert bool(told(text, "二、年度履职目标完成情况")) == blamed


@pytest.fixture
def planned(found_in):
    """What is said of a project's term and goals in the form for 2023."""

    def find(**project):
        rows = {
            "项目": [{"项目名称": "病虫害防治", "项目类型": "延续性项目", **project}],
            "项目指标": [{"项目名称": "病虫害防治", "一级指标": "产出指标", "二级指标": "数量指标",
                          "三级指标": "防治面积", "指标方向性": "正向", "计算符号": "≥",
                          "年度指标值": "20", "度量单位": "万亩"}],
        }  # fmt: skip
        return [one.message for one in found_in("project-targets", rows, "PG342")]

    return find


@pytest.mark.parametrize(
    ("term", "blamed"),
    [
        ("2022—2024年", False),
        ("2020—2022年", True),
        ("2024-2026年", True),
        ("2023年", False),
        ("2021年", True),
        ("2023年3月至2023年12月", False),
        ("2021年3月至2022年12月", True),
        ("长期", False),
    ],
)
def test_a_term_holds_the_year(planned, term, blamed):
    assert bool(planned(实施期限=term)) == blamed


@pytest.mark.parametrize(
    ("goal", "blamed"),
    [
        ("1.2022年全年防治20万亩。\n2.培训农户500人次。", True),
        ("2022年，防治病虫害20万亩。", True),
        ("2021年，防治病虫害20万亩。", True),
        ("2020年，防治病虫害20万亩。", False),
        ("1.2023年全年防治20万亩。", False),
        ("2022年防治18万亩，2023年计划防治20万亩。", False),
        ("全年防治20万亩。\n2022年防治效果为93%。", False),
        ("2022年比2021年多防治2万亩，本年再增2万亩。", False),
        ("2022年已建测报点8个，今年新建4个。", False),
    ],
)
def test_goals_open_with_their_own_year(planned, goal, blamed):
    assert bool(planned(年度目标=goal)) == blamed
