"""PG348 and PG349: parts that add up but for one slip, and rates told otherwise elsewhere."""

import pytest

from workbooks.make import put


@pytest.fixture
def told(checked, book):
    def tell(code, text, elsewhere=""):
        put(book, "文字部分!B2", text)
        put(book, "预算信息!A6", "智慧图书馆建设")
        put(book, "预算信息!A5", "流动文化车购置")
        if elsewhere:
            put(book, "文字部分!B4", elsewhere)
        return [one.message for one in checked(book).findings if one.code == code]

    return tell


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # a colon, 由, 主要是 with the whole in the sentence before
        ("年中调增218.4万元：雪灾抢险136.8万元，粮库熏蒸18.6万元。", "81.6万元"),
        ("管护林道364.5公里，由甲班管护128.3公里、乙班管护263.2公里。", "236.2公里"),
        ("尾款结存93.7万元。结存主要是档案数字化尾款61.9万元、密集架尾款13.8万元。", "31.8万元"),
    ],
)  # fmt: skip
def test_one_number_with_its_digits_changed_about(told, text, wanted):
    assert [wanted in one for one in told("PG348", text)] == [True]


RIGHT = """年中调增218.4万元：雪灾抢险136.8万元，粮库熏蒸81.6万元。
管护林道364.5公里，其中甲班管护128.3公里。
尾款结存93.7万元。结存主要是档案数字化尾款61.9万元。
养老床位1250张，其中护理型床位846张、认知障碍专区床位128张。
教练员148人，其中高级职称86人、女教练68人。
观看直播52.8万人次，其中手机端41.6万人次、电视端11.2万人次，比上年增加6.3万人次。
实际支出486.2万元，其中设备购置312.5万元、软件开发96.4万元。
每户补贴1200元，包括油补820元、电补310元。"""


def test_parts_that_add_up_overlap_or_are_not_all_are_left_alone(told):
    assert told("PG348", RIGHT) == []


# --- PG349 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "elsewhere", "wanted"),
    [
        ("投诉办理及时，窗口差评整改率96.27%。", "整改到位129件，差评整改率92.67%。", "92.67%"),
        ("各项目中支出率最低的是智慧图书馆建设，为89.75%。", "", "98.75%"),
        ("支出率高于95%的有流动文化车购置（100%）、智慧图书馆建设（97.85%）。", "", "98.75%"),
    ],
)  # fmt: skip
def test_a_rate_that_its_row_or_another_text_tells_otherwise(told, text, elsewhere, wanted):
    assert [wanted in one for one in told("PG349", text, elsewhere)] == [True]


RIGHT_RATES = """各项目中支出率最低的是智慧图书馆建设，为98.75%。
截至三季度末，智慧图书馆建设支出率为71.2%。
上年智慧图书馆建设支出率为96.4%，2022年流动文化车购置执行率为93.8%。
扣除质保金后，智慧图书馆建设执行率为99.6%。
水质达标率96.27%，断面达标率92.67%，两项都好于上年。
护理合格率要求不低于92.6%。
智慧图书馆建设预算40万元，其中宣传品采购预算12万元、支出11.4万元，采购执行率95%。"""


def test_rates_of_other_things_and_times_are_left_alone(told):
    assert told("PG349", RIGHT_RATES) == []
