"""PG203 to PG208: targets and results, one indicator at a time."""

from decimal import Decimal

import pytest

from workbooks.make import put

ROW = {"name": "B", "direction": "C", "target": "E", "actual": "G", "reason": "J"}


@pytest.fixture
def said(checked, book):
    """What one rule says of an indicator with this target and this result."""

    def say(code, target, actual, settings=None, **cells):
        for field, value in {"target": target, "actual": actual, **cells}.items():
            put(book, f"绩效指标!{ROW[field]}4", value)
        found = checked(book, settings=settings).findings
        return [(f.severity, f.ref.address, f.message) for f in found if f.code == code]

    return say


# --- PG203 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "actual", "name", "what"),
    [
        ("=100%", "658.5%", "政府采购执行率", "目标 =100%，完成 658.5%，是目标的 658.50%"),
        ("=100%", "150%", "非税收入预算完成率", "目标 =100%，完成 150%，是目标的 150.00%"),
        ("=100%", "149.9%", "非税收入预算完成率", None),
        ("≤0%", "844.1%", "公务接待费变动率", "目标 ≤0%，完成 844.1%，超过 150%"),
        ("≤0%", "149%", "公务接待费变动率", None),
        ("≥3%", "4.6%", "政府采购节约率", None),
        ("≥3%", "46%", "政府采购节约率", "目标 ≥3%，完成 46%，是目标的 1533.33%"),
        ("≥50家", "150家", "走访企业数量", "目标 ≥50家，完成 150家，是目标的 300.00%"),
        ("≥50家", "149家", "走访企业数量", None),
        ("≤5件", "20件", "投诉件数", None),  # missed, and PG202 asks why
        ("=1位次", "4位次", "全省排名", None),
        ("≥90%", "100.5%", "受训人员满意度", "完成 100.5%，这样的比率不会超过 100%"),
        ("≥90%", "180%", "政策知晓率（%）", "完成 180%，这样的比率不会超过 100%"),
        ("≥90%", "100%", "政策知晓率", None),
        ("≥110%", "100%", "社区覆盖率", "目标 ≥110%，这样的比率不会超过 100%"),
        ("≥110%", "115%", "覆盖率增长率", None),
        ("≥950%", "96%", "教练员持证率", "目标 ≥950%，这样的比率不会超过 100%"),
        ("≥95%", "970%", "候鸟栖息地修复苗木成活率", "完成 970%，这样的比率不会超过 100%"),
        ("≥100%", "112%", "产能达产率", None),
        ("≥5%", "8%", "零售额增长率", None),  # much, and PG204 says so
        ("≥5%", "158%", "零售额增长率", "目标 ≥5%，完成 158%，是目标的 3160.00%"),
    ],
)
def test_results_that_can_hardly_be(said, target, actual, name, what):
    cell = (
        "E4" if what and what.endswith("这样的比率不会超过 100%") and "完成" not in what else "G4"
    )
    expected = [("warning", cell, f"“{name}”{what}")] if what else []
    assert said("PG203", target, actual, name=name) == expected


def test_the_table_may_confirm_a_result(said, book):
    put(book, "预算信息!D5", 306)
    put(book, "预算信息!F5", 366)
    ((_, _, message),) = said("PG203", "=0%", "153%", name="预算调整率")
    assert message.endswith("超过 150%（306 ÷ 200 = 153.00%，与预算表一致）")


def test_what_the_table_contradicts_is_not_said_twice(said):
    assert said("PG203", "=0%", "197%", name="预算偏差率") == []  # PG114 speaks of it


def test_an_office_may_set_the_bounds(said):
    bounds = {"PG203": {"percent": Decimal(7), "volume": Decimal("1.5")}}
    assert said("PG203", "=100%", "658.5%", bounds) == []
    assert len(said("PG203", "≥50家", "80家", bounds)) == 1


# --- PG204 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "actual", "cells", "over"),
    [
        ("=30个", "52个", {}, "+73.33%"),
        ("≥50家", "86家", {}, "+72.00%"),
        ("≥50家", "65家", {}, None),  # 30% is not more than 30%
        ("≥1.2万人", "20000人", {}, "+66.67%"),
        ("≥50%", "70%", {}, "+40.00%"),
        ("≥5%", "8%", {"name": "零售额增长率"}, None),  # growth is good news
        ("增长10%", "增长38.2%", {"name": "社会消费品零售总额"}, None),
        ("3-5场", "8场", {}, "+60.00%"),
        ("每月1次", "24次", {}, "+100.00%"),
        ("≥50%", "80%", {}, None),  # PG203 speaks of 150%
        ("≤50家", "86家", {}, None),
        ("=50家", "86家", {"direction": "反向"}, None),
        ("=50家", "86家", {"direction": "适中"}, None),
        ("=2位次", "3位次", {"name": "全省排名"}, None),
        ("=10天", "20天", {"name": "办理天数"}, None),
        ("=50万元", "86万元", {"name": "培训费用"}, None),
        ("≥500万元", "860万元", {"name": "带动投资"}, "+72.00%"),
        ("有序推进", "52个", {}, None),
    ],
)
def test_more_than_30_percent_above_the_target(said, target, actual, cells, over):
    name = cells.get("name", "走访企业数量")
    message = f"“{name}”目标 {target}，完成 {actual}，超额 {over}"
    assert said("PG204", target, actual, **cells) == ([("warning", "G4", message)] if over else [])


def test_one_more_of_a_few_is_only_a_hint(said):
    assert [severity for severity, *_ in said("PG204", "≥2场", "3场")] == ["info"]


def test_what_the_other_rule_says_under_the_offices_bounds_is_not_said_again(said):
    bounds = {"PG203": {"percent": Decimal("1.8")}}
    assert len(said("PG204", "≥50%", "80%", bounds)) == 1


# --- PG205 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "target", "actual", "cells", "words"),
    [
        ("企业满意度", "=80%", "80%", {}, "的目标是 =80%，越高越好，应当用“≥”"),
        ("企业满意度", "≤80%", "80%", {}, "应当用“≥”"),
        ("企业满意度", "≥80%", "80%", {}, None),
        ("企业满意度", "=100%", "100%", {}, None),  # nothing above it to be lost
        ("走访企业数量", "=30个", "52个", {}, "完成了 52个，可见是底线，应当用“≥”"),
        ("走访企业数量", "=30个", "30个", {}, None),
        ("走访企业数量", "=30个", "20个", {}, None),
        ("走访企业数量", "=30个", "52个", {"direction": "适中"}, None),
        ("投诉件数", "=30件", "52件", {}, None),
        ("预算执行率", "=97%", "97.33%", {}, None),
        ("走访企业数量", "≥0家", "5家", {}, "总是成立，等于没有目标"),
        ("零售额增长率", "≥0%", "5%", {}, None),
        ("净利润", "≥0万元", "5万元", {}, None),
        ("社区覆盖率", "≤100%", "95%", {}, "总是成立"),
        ("公用经费支出率", "≤100%", "95%", {}, None),
        ("投诉率", "≥5%", "5%", {"direction": "反向"}, "指标方向却是反向（越小越好）"),
        ("走访企业数量", "50家", "52家", {}, "没有符号，不知道是至少、至多还是正好"),
        ("走访企业数量", "不少于50家", "52家", {}, None),
        ("负责人出庭率", "100%", "100%", {}, None),  # there is no more
        ("负责人出庭率", "95%", "96%", {}, "没有符号"),
        ("走访企业数量", "有序推进", "有序推进", {}, None),
        ("完成时间", "12月31日前", "12月20日", {}, None),
    ],
)
def test_operators_that_are_missing_or_odd(said, name, target, actual, cells, words):
    found = said("PG205", target, actual, name=name, **cells)
    assert [(severity, cell) for severity, cell, _ in found] == ([("warning", "E4")] * bool(words))
    assert all(words in message for *_, message in found)


def test_one_more_than_an_equal_target_is_only_a_hint(said):
    assert [severity for severity, *_ in said("PG205", "=8个", "9个")] == ["info"]


def test_many_targets_without_an_operator_are_told_in_one_line(checked, book):
    for number in range(4):
        book["绩效指标"].append(("履职", f"指标{number}", None, None, "5家", None, "5家", "统计"))
    (finding,) = checked(book).findings
    assert (finding.code, str(finding.ref)) == ("PG205", "绩效指标!E5")
    assert finding.message == "4 个数字目标没有符号，例如“指标0”的 5家"


def test_half_and_full_are_told_together(found_in):
    row = {"一级指标": "满意度指标", "二级指标": "服务对象满意度", "三级指标": "企业满意度",
           "半年指标值": "=0%", "全年指标值": "=80%"}  # fmt: skip
    (finding,) = found_in("suzhou-targets", {"绩效指标": [row]}, "PG205")
    assert str(finding.ref) == "绩效指标!F2"
    assert "半年 =0%，全年 =80%" in finding.message


# --- PG206 ---------------------------------------------------------------------------------------


def test_two_numbers_in_one_target(said):
    target, actual = "市级20家,其中省级10家", "市级44家,省级44家"
    said_ = said("PG206", target, actual)
    assert said_ == [("warning", "E4", f"“走访企业数量”的目标“{target}”里有 2 个数，"
                      f"完成“{actual}”，偏差只能按文字比较")]  # fmt: skip


def test_the_advice_shows_the_deviations_of_the_parts(checked, book):
    put(put(book, "绩效指标!E4", "市级20家,其中省级10家"), "绩效指标!G4", "市级44家,省级44家")
    finding = next(f for f in checked(book).findings if f.code == "PG206")
    assert finding.hint == "拆成 2 个指标，拆开后偏差分别是 120.00%、340.00%"


def test_two_numbers_in_the_result_of_a_number(said):
    ((_, cell, message),) = said("PG206", "≥50家", "52家，其中新增3家")
    assert cell == "G4"
    assert "完成值“52家，其中新增3家”里有 2 个数" in message


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("2023年12月31日前", "2023年11月20日"),
        ("5个工作日内办结率100%", "5个工作日内办结率100%"),
        ("3-5场", "4场"),
        ("10至20家", "15家"),
        ("修改完成", "已通过第36次会议审议，2023年印发（苏府办〔2023〕201号）"),
        ("有序推进", "组织活动3场，服务企业120家"),  # words were asked for
        ("≥1,200家", "1,250家"),
        ("比例1:3", "比例1:3"),
        ("2022—2023年建设5家示范店", "5家"),
        ("建成5G基站20个", "20个"),
        ("测评90分以上（满分100分）", "95分"),
    ],
)
def test_what_is_one_number_or_none(said, target, actual):
    assert said("PG206", target, actual) == []


# --- PG207 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "actual", "severity", "words"),
    [
        ("≥10家", "12万元", "error", "单位不同（家、万元）"),
        ("≥50家", "已经完成", "info", "没有写实际完成的数"),
        ("≥50家", "有序推进", "warning", "不是一个数，不能与目标比较"),
        ("≥3次", "3人", "error", "单位不同（次、人），不能比较，偏差留空"),
        ("≥6公里", "6.3米", "warning", "是不是单位（公里、米）写错了"),
        ("≥95%", "0.96", "warning", "没有单位，是不是 96%"),
        ("≥95%", "0.96%", None, None),
        ("2023年12月31日前", "按时完成", "info", "没有写是哪一天完成的"),
        ("3个工作日内", "2天", "warning", "工作日和自然日不能换算，偏差留空"),
        ("≥3个月", "45天", "warning", "一个月、一年的天数不是固定的"),
        ("≥100场", "100余场", "info", "完成值不是确数"),
        ("≥100场", "近百场", "warning", "不知道有没有达到目标"),
        ("≥90%", "≥90%", "info", "完成值带着符号"),
        ("≥3次", "3次（线上3次、线下1次）", "warning", "各部分加起来是 4"),
        ("≥3次", "3次（线上2次、线下1次）", None, None),
        ("≥-5%", "-6%", "info", "目标是负数"),
        ("全省前三", "全市第二", "warning", "不是同一个排名"),
        ("全省前三", "前列", "warning", "没有写明第几名"),
        ("每月2次", "2次", "warning", "没有写是每月的数还是全年的数"),
        ("每月2次", "24次", None, None),
        ("有序推进", "5次", "warning", "目标是文字，完成值是数"),
        ("增长5%", "增长6%", None, None),
        ("零事故", "未发生", None, None),
        ("=100%", "0.9904", "warning", "没有单位，是不是 99.04%"),
        ("有序推进", "三年行动已经结束,后续持续推进。", "info", "没有用目标的说法"),
        ("=2场次", "2场", None, None),
        ("≥1.2万人", "12860人", None, None),
        ("≥10家", "12", None, None),
        ("有序推进", "稳步推进", None, None),  # PG202 says that they differ
        ("有序推进", "有序推进。", None, None),
        ("12月31日前", "2023年11月20日完成验收并投入使用", None, None),
        ("在全省位次领先，份额基本不变", "在全省位次第一，份额提高两个百分点", None, None),
        ("≥50家", "52家，其中新增3家", None, None),  # PG206 speaks of that
    ],
)
def test_results_that_are_not_written_like_their_targets(said, target, actual, severity, words):
    found = said("PG207", target, actual)
    assert [(rank, cell) for rank, cell, _ in found] == ([(severity, "G4")] if severity else [])
    assert all(words in message for *_, message in found)


@pytest.mark.parametrize(
    ("target", "actual", "severity", "words"),
    [
        ("≥0.95", "96%", "info", "目标没有单位，偏差按 95% 计算"),
        ("2月30日前", "2月20日", "error", "没有“2月30日”这一天"),
    ],
)
def test_what_is_wrong_with_the_target_stands_at_its_cell(said, target, actual, severity, words):
    ((rank, cell, message),) = said("PG207", target, actual)
    assert (rank, cell) == (severity, "E4")
    assert words in message


@pytest.mark.parametrize(
    ("target", "actual"),
    [("≥95%", "0.96"), ("≥6公里", "6.3米"), ("每月2次", "2次"), ("≥10家", "未完成"),
     ("市级20家,其中省级10家", "市级44家,省级44家"), ("≥3次", "3人")],
)  # fmt: skip
def test_where_the_value_is_in_doubt_no_reason_is_asked_for(said, target, actual):
    assert said("PG202", target, actual, reason="") == []


def test_sentences_are_right_where_the_officer_judges_them(found_in):
    row = {"项目名称": "甲", "一级指标": "效益指标", "二级指标": "社会效益指标", "三级指标": "带动",
           "年度指标值": "有效带动", "实际完成值": "部分县市区带动较好，其余正在推进"}  # fmt: skip
    content = {"项目": [{"项目名称": "甲"}], "项目指标": [row]}
    assert found_in("project-self-evaluation", content, "PG207") == []


# --- PG208 ---------------------------------------------------------------------------------------


def test_what_was_not_to_happen_and_did(said):
    name = "重大动物疫情发生起数"
    ((_, cell, message),) = said("PG208", "=0起", "2起", name=name, reason="")
    assert (cell, message.endswith("没有达到，也没有写原因")) == ("G4", True)
    assert said("PG208", "=0起", "2起", name=name, reason="散养户引种未检疫。") == []
    assert said("PG208", "=0起", "0起", name=name, reason="") == []


@pytest.mark.parametrize(
    ("target", "actual", "name", "speaks"),
    [
        ("=0家", "2家", "新认定基地数量", True),
        ("=0家", "0家", "新认定基地数量", False),
        ("≤0%", "844.1%", "“三公经费”变动率", False),
        ("=0%", "0.96%", "结转结余率", False),  # the layout knows that less is better
        ("=0起", "1起", "安全事故", False),
        ("≥0家", "2家", "新认定基地数量", False),  # PG205 speaks of that
    ],
)
def test_a_target_of_0_leaves_the_deviation_undefined(said, target, actual, name, speaks):
    message = f"“{name}”的目标是 {target}，完成 {actual}，目标是 0，偏差没有意义，印作 100%"
    found = said("PG208", target, actual, name=name)
    assert found == ([("warning", "E4", message)] if speaks else [])
