"""PG343: changes and shares follow from the numbers that they compare, wherever these stand."""

import pytest

from workbooks.make import put


@pytest.fixture
def told(checked, book):
    """What is said of a text beside one indicator (a result of 96 against 90)."""

    def tell(text, section="二、年度履职目标完成情况"):
        row = {"B": "巡诊次数", "E": "≥90", "F": "次", "G": "96次"}
        for column, value in row.items():
            put(book, f"绩效指标!{column}31", value)
        put(book, "文字部分!A2", section)
        put(book, "文字部分!B2", text)
        return [one.message for one in checked(book).findings if one.code == "PG343"]

    return tell


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("馆藏总量86万册，比年初的80万册增长9.5%。", "7.5%"),
        ("馆藏总量86万册，比年初的80万册增加8万册。", "6"),
        ("外聘费用420万元，外聘费用比2022年的500万元减少60万元。", "80"),
        ("学费收入1200万元，比上年增长26%（上年1000万元）。", "20%"),
        ("讲座目标为40场，完成46场，超额25%。", "15%"),
        ("签约额52亿元，完成年度目标50亿元的140%。", "104%"),
        ("合格率97.5%，比目标值95%高3.5个百分点。", "2.5"),
        ("巡诊次数比目标多9次。", "6"),
        ("巡诊次数完成率126.67%。", "106.67%"),
        ("年初目标：组建志愿服务队12支。年末组建志愿服务队15支，比目标多5支。", "3"),
    ],
)
def test_a_comparison_that_its_numbers_do_not_give(told, text, wanted):
    (message,) = told(text)
    assert f"算是 {wanted}" in message


@pytest.mark.parametrize(
    "text",
    [
        "馆藏总量86万册，比年初的80万册增长7.5%。",
        "馆藏总量86.4万册，比年初的80.2万册增长7.7%。",
        "外聘费用420万元，外聘费用比2022年的500万元减少80万元、下降16%。",
        "学费收入1200万元，比上年增长20%（上年1000万元）。",
        "讲座目标为40场，完成46场，超额15%。",
        "签约额52亿元，完成年度目标50亿元的104%。",
        "巡诊次数比目标多6次，完成率106.67%。",
        "年初目标：组建志愿服务队12支。年末组建志愿服务队15支，比目标多3支。",
        "年初目标：组建志愿服务队12支。年末组建志愿服务队15支。其中乡镇志愿服务队9支，比目标多1支。",
        "培训人数比上年的800人增加120人。",  # nothing tells how many there were
        "满意度比上年的92.5%提高1.2个百分点。",
        "外聘费用比2022年的500万元减少80万元。",
        "资金支付完成率98.2%。",
        "每场人数比上年的40人增加5人，达到45人。",
        "较去年的12项增加3项重点工作。",
    ],
)
def test_a_comparison_that_fits_or_of_what_is_not_told(told, text):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("年末在册志愿者1.86万人。在册志愿者比2022年的1.5万人增加0.56万人。", "0.36"),
        ("年度目标：新建充电桩120个。完成情况：新建充电桩150个。充电桩完成率135%。", "125%"),
        (
            "年度目标：清淤河道60公里。完成情况：清淤河道66公里。治理任务的清淤河道里程完成率120%。",
            "110%",
        ),
        ("年度目标：接诊量达到18万人次。年末接诊量19.8万人次，完成目标的120%。", "110%"),
    ],
)
def test_levels_that_other_sentences_tell(told, text, wanted):
    assert any(f"算是 {wanted}" in message for message in told(text))


@pytest.mark.parametrize(
    "text",
    [
        "年末在册志愿者1.86万人。在册志愿者比2022年的1.5万人增加0.36万人。",
        "年度目标：新建充电桩120个。完成情况：新建充电桩150个。充电桩完成率125%。",
        "年度目标：清淤河道60公里。完成情况：清淤河道66公里。绿化完成率120%。",
        "年度目标：接诊量达到18万人次。年末接诊量19.8万人次，完成目标的110%。",
        "在册党员志愿者比2022年的800人增加120人，在册志愿者1.86万人。",
        "改造支出比2022年的300万元减少40万元。另有改造支出120万元由镇里承担。",
    ],
)
def test_levels_that_other_sentences_tell_rightly(told, text):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "blamed"),
    [
        ("会议费决算41.2万元，比预算多1.2万元，超支3.00%。", False),
        ("会议费决算41.2万元，比预算多1.2万元，超支5.00%。", True),
        ("会议费决算38.8万元，比预算少1.2万元，下降3.00%。", False),
        ("水样合格率为96.25%（385份/400份）。", False),
        ("水样合格率为98.25%（385份/400份）。", True),
        ("抽检面由上年的12%（24家）扩大。", False),
    ],
)
def test_one_change_told_twice_and_the_numbers_of_a_rate(told, text, blamed):
    assert bool(told(text)) == blamed


@pytest.mark.parametrize(
    ("text", "blamed"),
    [
        ("提交调研报告40篇，其中获领导批示14篇，批示率35%。", False),
        ("提交调研报告40篇，其中获领导批示24篇，批示率35%。", True),
        ("签订的52项协议中39项已落地，落地率75%。", False),
        ("签订的52项协议中39项已落地，落地率78%。", True),
    ],
)
def test_rates_of_two_counts(checked, book, text, blamed):
    put(book, "文字部分!B2", text)
    assert bool([one for one in checked(book).findings if one.code == "PG314"]) == blamed


@pytest.mark.parametrize(
    ("text", "blamed"),
    [
        ("履职得分率为92.00%。", False),
        ("履职得分率为96.00%。", True),
        ("比上年得分90.5分提高1.5分。", False),
        ("比上年得分90.5分提高3.5分。", True),
        ("下属单位得分率为97.00%。", False),
    ],
)
def test_scores_are_compared_too(found_in, text, blamed):
    content = {
        "文字部分": [{"章节": "（一）自评结论", "正文": text}],
        "评分": [
            {"指标": "总分", "满分": "100", "评分规则": "下级合计"},
            {"指标": "履职", "上级": "总分", "满分": "50", "评分规则": "评定", "得分": "46"},
            {"指标": "管理", "上级": "总分", "满分": "50", "评分规则": "评定", "得分": "46"},
        ],
    }
    assert bool(found_in("guangzhou-self-evaluation", content, "PG343")) == blamed
