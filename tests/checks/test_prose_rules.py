"""PG314 to PG319, PG304: each rule says where, what is wrong, and what would be right."""

import pytest

from workbooks.make import put

PLACE = "文字部分!B2"


@pytest.fixture
def told(checked, book):
    """What a rule says of a text in the first section."""

    def tell(code, *paragraphs):
        put(book, PLACE, "\n".join(paragraphs))
        return [finding for finding in checked(book).findings if finding.code == code]

    return tell


@pytest.mark.parametrize(
    ("code", "text", "words"),
    [
        ("PG314", "走访企业由40家增至52家，增长20%。", ("20%", "30%", "（52 - 40）÷ 40")),
        ("PG314", "走访甲镇20家、乙镇30家，共52家。", ("52家", "50", "20家 + 30家")),
        ("PG314", "走访52家（甲镇20家、乙镇30家）。", ("52家", "50")),
        ("PG314", "项目支出105.5万元，占总支出的62.62%。", ("62.62%", "52.62%")),
        ("PG314", "调整预算比年初预算增加6万元，增幅5.0%。", ("5.0%", "3%")),
        ("PG314", "甲项目和乙项目两项共支出115.5万元。", ("115.5万元", "105.5")),
        ("PG316", "走访企业XX家。", ("XX",)),
        ("PG316", "增设充电桩 X 台。", ("X",)),
        ("PG316", "主要做法（待补充）。", ("待补充",)),
        ("PG316", "（请在此填写，100字以内）", ("100字以内",)),
        ("PG316", "共拨付奖补资金 万元。", ("万元",)),
        ("PG316", "惠及群众TBD人。", ("TBD",)),
        ("PG316", "救助人次待统计，后续补报。", ("待统计",)),
        ("PG316", "完成绿化12亩（注：该数需再核）。", ("需再核",)),
        ("PG317", "企业满意度达109%。", ("109%", "不会超过 100%")),
        ("PG317", "企业满意度9.1%。", ("9.1%", "低得不合情理")),
        ("PG317", "走访企业-18家。", ("-18家", "不会是负的")),
        ("PG317", "9月末预算执行率为176.4%。", ("176.4%", "不会这么高")),
    ],
)
def test_what_is_wrong_and_what_would_be_right(told, code, text, words):
    (finding,) = told(code, text)
    assert (finding.severity, str(finding.ref)) == ("warning", PLACE)
    assert [word for word in words if word not in finding.message] == []


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("PG314", "走访企业由40家增至52家，增长30%。"),
        ("PG314", "走访企业由1.2万家次增至1.6万家次，增长35%。"),  # within what rounding explains
        ("PG314", "走访52家，其中重点企业20家、小微企业25家等。"),
        ("PG314", "项目支出105.5万元，占总支出的52.62%。"),
        ("PG314", "上年项目支出98万元，占总支出的49%。"),
        ("PG316", "来电号码138****0000已登记。"),
        ("PG316", "建成5×3米展架2个，拍摄X光片300张。"),
        ("PG316", "展架 5 × 3 米，采购X光机2台。"),
        ("PG316", "预算 项目支出另列，完成 家庭医生签约。"),
        ("PG316", "支出数据待统计部门公布后更新。"),
        ("PG316", "（需经主管部门确认后实施）"),
        ("PG317", "网络零售额增长率109%，气温最低-12度。"),
        ("PG317", "企业不满意度为9.1%。"),
        ("PG317", "年初预算执行率102.6%，非税收入完成预算的176.4%。"),
    ],
)
def test_what_is_right(told, code, text):
    assert told(code, text) == []


@pytest.mark.parametrize(
    ("name", "target", "words"),
    [
        ("新建路灯亮灯率", "≥196%", "不会超过 100%"),
        ("隐患处置率", "=110%", "不会超过 100%"),
        ("信息报送及时性", "=101%", "不会超过 100%"),
        ("群众满意度", "≥-90%", "不会小于 0"),
        ("网络零售额增长率", "≥109%", None),
        ("非税收入预算完成率", "≥105%", None),
        ("经济增速", "≥-2%", None),
        ("设施覆盖率", "=100%", None),
    ],
)
def test_targets_that_cannot_be(checked, book, name, target, words):
    put(put(book, "绩效指标!B4", name), "绩效指标!E4", target)
    found = [one for one in checked(book).findings if one.code == "PG317"]
    assert [str(one.ref) for one in found if words and words in one.message] == (
        ["绩效指标!E4"] if words else []
    )
    assert bool(found) is bool(words)


def test_a_reason_that_denies_the_deviation(checked, book):
    put(put(book, "绩效指标!G4", "35家"), "绩效指标!J4", "按目标完成，无偏差。")
    (finding,) = [one for one in checked(book).findings if one.code == "PG317"]
    assert str(finding.ref) == "绩效指标!J4"
    assert "-30.00%" in finding.message
    put(book, "绩效指标!J4", "两期活动改到下年。")
    assert [one for one in checked(book).findings if one.code == "PG317"] == []


@pytest.mark.parametrize("reason", ["已完成。", "该项工作已按计划完成"])
def test_a_reason_that_says_only_that_all_is_done(checked, book, reason):
    put(put(book, "绩效指标!G4", "35家"), "绩效指标!J4", reason)
    assert [str(f.ref) for f in checked(book).findings if f.code == "PG317"] == ["绩效指标!J4"]


@pytest.mark.parametrize(
    ("result", "reason"),
    [
        ("35家", "各项任务圆满完成，群众反响好。"),
        ("35家", "按照年度计划全部完成"),
        ("35家", "与年初目标持平"),
        ("35家", "偏差率-15%，外出考察的企业暂不接待"),
        ("35家", "因园区搬迁，少走访8家"),
        ("60家", "园区封闭，少走访10家"),
    ],
)
def test_a_reason_that_does_not_fit_the_figures(checked, book, result, reason):
    put(put(book, "绩效指标!G4", result), "绩效指标!J4", reason)
    assert [str(f.ref) for f in checked(book).findings if f.code == "PG317"] == ["绩效指标!J4"]


@pytest.mark.parametrize(
    ("result", "reason"),
    [
        ("35家", "走访已完成招标，因企业停产，部分没有走访"),
        ("35家", "偏差率-30%，园区搬迁"),
        ("35家", "因园区搬迁少走访10家，因停产少走访5家"),
        ("35家", "因园区搬迁，少走访15家"),
        ("35家", "比上年少3家，园区搬迁"),
        ("35家", "按进度完成，年末两批并入下年"),
        ("60家", "取消集中座谈，改为上门，多走10家"),
        ("60家", "企业需求增加"),
    ],
)
def test_a_reason_that_fits(checked, book, result, reason):
    put(put(book, "绩效指标!G4", result), "绩效指标!J4", reason)
    assert [f for f in checked(book).findings if f.code == "PG317"] == []


def other_indicator(book, reason):
    """A second indicator that missed its target, both with this reason."""
    put(put(book, "绩效指标!G4", "35家"), "绩效指标!J4", reason)
    row = ("履职", "湿地修复面积", None, "≥", "200", "亩", "160亩", "验收单", None, reason)
    book["绩效指标"].append(row)
    return book


def test_a_reason_copied_from_another_row(checked, book):
    other_indicator(book, "汛期水位偏高，40亩湿地未能补植。")
    assert [str(f.ref) for f in checked(book).findings if f.code == "PG317"] == ["绩效指标!J4"]


@pytest.mark.parametrize(
    "reason",
    [
        "年中经费压减，部分安排改到下年。",
        "走访和补植受汛情影响，节约3.2万元。",
        "湿地水位偏高，工期晚了20天。",
    ],
)
def test_one_reason_for_two_rows_that_names_neither(checked, book, reason):
    other_indicator(book, reason)
    assert [f for f in checked(book).findings if f.code == "PG317"] == []


def test_one_reason_may_explain_two_rows_of_which_it_names_one(checked, book):
    other_indicator(book, "汛期水位偏高，湿地补植进度受到影响。")
    assert [f for f in checked(book).findings if f.code == "PG317"] == []


def test_with_no_shortfall_it_may_say_so(checked, book):
    put(put(book, "绩效指标!G4", "50家"), "绩效指标!J4", "已完成。")
    assert [one for one in checked(book).findings if one.code == "PG317"] == []


def test_duties_left_out_and_duties_with_two_wordings(checked, book):
    put(book, "重点任务!A4", "职能3：服务企业")
    (finding,) = [one for one in checked(book).findings if one.code == "PG304"]
    assert (finding.severity, str(finding.ref)) == ("info", "重点任务!A4")
    assert "缺 2" in finding.message
    put(book, "重点任务!A4", "职能1：服务企业")
    (finding,) = [one for one in checked(book).findings if one.code == "PG304"]
    assert "编号相同，文字不同" in finding.message


def test_a_sentence_copied_into_another_section(checked, book):
    copied = "聚焦重点领域和关键环节持续发力，扎实推进各项改革任务落地见效，服务能力明显提升"
    put(book, PLACE, f"{copied}。今年走访企业较多。")
    put(book, "文字部分!B3", f"某某局成立于2009年。{copied}。")
    (finding,) = [one for one in checked(book).findings if one.code == "PG303"]
    assert str(finding.ref) == "文字部分!B3" and "一句" in finding.message


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("行政编制32名，实际在编30名。", False),
        ("编制32名；实际用编31名。", True),
        ("编制33名；实际用编30名。", True),
        ("编制46名，在编43人，其中事业编制14名。", False),  # with the institution's
    ],
)
def test_posts_and_people_in_the_text(found_in, text, wrong):
    unit = {"行政编制数": "32", "实际在编人数": "30", "事业编制数": "14", "事业在编人数": "13"}
    findings = found_in("suzhou-targets", {"单位信息": [{**unit, "人员配置": text}]}, "PG318")
    assert len(findings) == wrong


def test_another_offices_name(checked, book):
    put(book, "基本信息!B2", "临江县教育局")
    put(book, PLACE, "临江县水务局内设机构5个，我局内设科室5个。")
    (finding,) = [one for one in checked(book).findings if one.code == "PG319"]
    assert "临江县水务局" in finding.message
