"""PG311: years that their sentence, or the steps around them, do not allow."""

import pytest

from perfgen.checks.writing.years_in_context import odd_step, out_of_context
from perfgen.prose.text import folded, sentences
from workbooks.make import put

YEAR = 2023


def said(text, *, plan=False, plans=False):
    """What is said of the first sentence of a text, in the report of 2023."""
    told = [one.text for one in sentences(text)] + [""]
    return out_of_context(told[0], told[1], YEAR, plan=plan, plans=plans)


@pytest.mark.parametrize(
    "text",
    [
        "馆藏档案数字化率比2024年的71%提高6个百分点。",
        "全年刑事立案数较2025年下降12.4%。",
        "公交分担率由2024年的28.4%提高到31.2%。",
        "与2024年度支出相比，公用经费减少18万元。",
        "门诊人次较2023年增加1.2万人次，增长8%。",
        "残疾人证新办数比2023年的640本增加52本。",
        "接待游客是2024年的1.3倍。",
    ],
)
def test_a_base_of_comparison_that_lies_ahead(text):
    assert "作比较的基数" in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "馆藏档案数字化率比2022年的71%提高6个百分点。",
        "较2023年年初预算减少12万元。",
        "2023年12月较2023年6月下降3个百分点。",
        "到2025年，公交分担率比2023年提高5个百分点。",
        "2024年力争比2023年增加2万人次。",
        "与2023年预算相比，支出减少18万元。",
        "占比2024年力争提高到40%。",
        "预计门诊量较2023年增长5%。",
        "较2023年任务数多完成12户。",
        "三季度末较2023年上半年提高2个百分点。",
    ],
)
def test_bases_before_the_report_and_plans_that_start_from_it(text):
    assert said(text) == ""


def test_a_plan_may_start_from_its_own_year():
    assert said("五年内血液采集量比2023年增长20%。", plan=True) == ""
    assert said("血液采集量比2024年增长2%。", plan=True) != ""


@pytest.mark.parametrize(
    "text",
    [
        "2021年是数字档案馆建设的攻坚之年。我馆围绕全文检索推进各项工作。",
        "2020年度为种业振兴行动的开局之年，我局聚焦良种推广。",
        "截至2014年底，机关在职人员46人，离退休人员31人。",
        "截止2021年9月，全区共有养老机构28家，床位3120张。",
        "2019年末在校学员4860人，教职工212人。",
    ],
)
def test_another_year_as_the_one_that_is_reported(text):
    assert "说的是" in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "2023年是数字档案馆建设的攻坚之年。",
        "2021年是换届之年，2023年转入常态。",
        "截至2022年底，累计改造老旧管网86公里，本年新增12公里。",
        "截至2022年末，结转资金35万元。",
        "截至2022年底，全区有养老机构28家。2023年新增3家。",
        "2022年末在职24名，当年不超编。",
        "2022年末在册低保对象1240户。",
        "2024年是“十四五”收官的关键一年，将加快项目落地。",
        "2019年末成立工作专班，成员12人。",
        "2020年末全区森林覆盖率为基期值41.2%。",
    ],
)
def test_years_that_are_looked_back_on(text):
    assert said(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "评价期间为2022年1月1日至12月31日。",
        "本次自评对象为2021年度部门预算资金。",
        "2024年度，全站共采集血样1.2万人份。",
        "2025年，全院累计接诊8600人次。",
        "高于2024年的平均水平3个百分点。",
    ],
)
def test_what_is_reported_is_of_the_year(text):
    assert said(text) != ""


@pytest.mark.parametrize(
    "text",
    [
        "评价期间为2023年1月1日至12月31日。",
        "2024年计划共采集血样1.3万人份。",
        "2024年将累计培训12期。",
        "2024年的3个修缮项目已完成评审。",
        "高于2022年的平均水平3个百分点。",
    ],
)
def test_the_years_period_and_what_is_planned(text):
    assert said(text) == ""


def test_the_evaluation_of_a_plan_follows_its_year():
    assert said("2025年3月底前完成年度自评。", plan=True, plans=True) != ""
    assert said("2024年3月底前完成年度自评。", plan=True, plans=True) == ""


def test_a_plan_that_is_due_before_its_year():
    wrong = "强化过程管理，2022年3月底前完成专家评审。"
    assert "2022" in said(wrong, plan=True, plans=True)
    for right in (
        "强化过程管理，2023年3月底前完成专家评审。",
        "2022年3月底前已完成专家评审。",
        "2021年底前建成的泵站纳入改造范围。",
        "对2022年以前遗留的问题逐项销号。",
    ):
        assert said(right, plan=True, plans=True) == ""


def test_another_decade():
    assert "2023" in said("2033年度自评得分低于80分的项目压减经费。", plan=True, plans=True)
    assert said("到2033年建成现代化水网。", plan=True, plans=True) == ""
    assert said("土地租赁合同于2033年届满。") == ""
    assert said("设备使用年限到2032年。") == ""


@pytest.mark.parametrize(
    "text",
    [
        "1.2021年3月完成勘察设计。\n2.5月开工，10月完工。",
        "2022年4月开展公开遴选，6月签约；9月首批学员入校。",
        "1.2月编制方案。\n2.4月完成采购。\n3.2021年7月交付使用。",
        "1.2025年3月委托检测机构。\n2.5月、8月两次抽样。",
        "10月18日完工，2022年10月29日通过消防验收。",
        "一季度完成勘察，2022年二季度开工，三季度完工。",
        "（2）2021年5月启动采购，7月到货，9月安装完毕。",
        "2021年4月开标，中标价比预算低2万元；5月开工。",
        "2023年3月完成招标；2022年6月进场施工；2023年11月验收。",
    ],
)
def test_a_step_of_another_year_among_the_steps(text):
    assert "年" in odd_step(folded(text), YEAR)


@pytest.mark.parametrize(
    "text",
    [
        "1.2023年3月完成勘察设计。\n2.5月开工，10月完工。",
        "2022年11月完成招标，3月开工，9月完工。",
        "2022年4月完成招标，2023年5月完工。",
        "1.2022年6月获批立项。\n2.9月完成可研批复。",
        "3月开工，9月完工；质保金于2024年9月到期后支付。",
        "项目3月开工，因汛期停工两月，计划2024年5月完工。",
        "2022年3月启动，当年10月完成主体，今年5月验收。",
        "2023年3月完成招标；2023年6月进场施工；2024年1月验收。",
        "4月开班，较2022年5月提前一个月。",
        "2022年3月15日印发办法；5月起执行。",
    ],
)
def test_steps_whose_years_follow_each_other(text):
    assert odd_step(folded(text), YEAR) == ""


def test_a_report_with_such_a_year_is_told_where_it_stands(checked, book):
    put(book, "文字部分!B2", "我局负责全市档案工作。\n截至2018年底，机关在职人员46人。")
    told = [one for one in checked(book).findings if one.code == "PG311"]
    assert [(one.severity, str(one.ref)) for one in told] == [("warning", "文字部分!B2")]


@pytest.mark.parametrize(
    ("text", "blamed"),
    [
        ("办公楼建于2025年，管线老化。", True),
        ("服务站成立于2024年，现有人员12名。", True),
        ("超编6人，都是2025年接收的退役士兵。", True),
        ("逐项整改2026年绩效评价发现的问题。", True),
        ("办公楼建于1996年，管线老化。", False),
        ("新馆计划建于2025年。", False),
        ("2024年绩效监控发现的问题及时纠偏。", False),
        ("超编6人，都是2022年接收的退役士兵。", False),
    ],
)
def test_what_is_there_did_not_come_in_a_later_year(checked, book, text, blamed):
    put(book, "文字部分!B2", text)
    told = [one.message for one in checked(book).findings if one.code == "PG311"]
    assert any("年已有" in one for one in told) is blamed
