"""PG347: worked out numbers that are a slip of what the report's own numbers give."""

import pytest

from workbooks.make import put


@pytest.fixture
def told(checked, book):
    def tell(text, elsewhere=""):
        put(book, "文字部分!B2", text)
        if elsewhere:
            put(book, "文字部分!B4", elsewhere)
        return [one.message for one in checked(book).findings if one.code == "PG347"]

    return tell


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # an average whose total and count stand in another sentence
        ("敬老院入住老人486名。全年运行支出1263.6万元，人均2.06万元。", "2.60万元"),
        (
            "整修渠道36.5公里，支出1241.7万元。养护人员128名，平均每公里整修支出43.02万元。",
            "34.02万元",
        ),
        # a share of what stands near it
        ("登记在册的志愿者6420名，其中党员2876名，党员占志愿者的48.40%。", "44.80%"),
        # how far a number is beyond another one
        ("巡回法庭计划开庭318次，实际开庭345次，比计划多72次。", "27次"),
        ("批复概算2465万元，结算2318.6万元，节约164.4万元。", "146.4万元"),
        # growth
        ("上年接待读者41.6万人次，今年接待48.3万人次，接待读者增长11.61%。", "16.11%"),
    ],
)
def test_a_number_that_two_others_give_but_for_a_slip(told, text, wanted):
    messages = told(text)
    assert [wanted in one for one in messages] == [True]


def test_the_count_may_stand_in_another_text_about_the_same_thing(told):
    elsewhere = "全年完成农村危旧桥梁改造，共改造危旧桥梁37座，群众出行更加便利。"
    (message,) = told("农村危旧桥梁改造支出1646.5万元，平均每座54.4万元。", elsewhere)
    assert "44.5万元" in message and "37座" in message


RIGHT = """敬老院床位利用率为82.6%，比上年提高。
志愿者6420名，其中党员2876名，占44.80%。
送检样品2865份，合格2793份，合格率97.49%。
巡回法庭计划开庭318次，实际开庭345次，比计划多27次。
剔除停馆因素，场馆利用率为91.3%。
全省平均每座改造54.4万元，改造支出1646.5万元，共37座。
上年支出率为96.8%。
结算2318.6万元，批复概算2465万元，节约率5.94%。
两项合计节约15.2万元。
问卷回收率超过95%，投诉率不高于3%。
每床补贴160元，帐篷每顶2200元，共15个品种。
汛期降雨量比常年多两成，最大日降雨量128毫米。
文物库房恒温恒湿达标率98.1%，其中书画库房97.3%。
采集血液3.46万人次，比上年增加0.28万人次。
241件建议由60家单位承办，其中列入计划61件，答复认可率98.76%。"""


def test_right_numbers_and_those_that_nothing_gives_are_left_alone(told):
    assert told(RIGHT) == []
