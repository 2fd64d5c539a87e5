"""PG352: sums, shares and gaps of numbers that a sentence names."""

import pytest

from workbooks.make import put


@pytest.fixture
def told(checked, book):
    def tell(text, elsewhere=""):
        put(book, "文字部分!B2", text)
        if elsewhere:
            put(book, "文字部分!B4", elsewhere)
        return [one.message for one in checked(book).findings if one.code == "PG352"]

    return tell


KNOWN = """维修消防栓支出46.2万元，水源普查支出31.8万元。
城东片区服务老人318人，城西片区服务老人245人。
招收学员640人（声乐班260人、书画班380人）。
借阅图书、期刊、音像资料分别为42600册、8400册、3000册。
核定编制86名，空编6名。"""


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("维修消防栓和水源普查两项共支出87.0万元。", "78.0万元"),
        ("城东片区比城西片区多83人。", "73人"),
        ("城东片区与城西片区合计服务老人536人。", "563人"),
        ("书画班占招收学员的53.9%。", "59.4%"),
        ("书画班学员比声乐班学员多130人。", "120人"),
        ("图书比期刊多32400册。", "34200册"),
        ("空编占核定编制的9.67%。", "6.98%"),
    ],
)
def test_a_number_that_those_it_names_do_not_give(told, sentence, wanted):
    (message,) = told(f"{KNOWN}\n{sentence}")
    assert f"算出来是 {wanted}" in message


def test_what_each_takes_is_the_whole_by_the_count(told):
    known = "水源普查支出31.8万元。水源普查159处。"
    (message,) = told(f"{known}水源普查每处支出2200元。")
    assert "算出来是 2000元（水源普查31.8万元 ÷ 水源普查159处）" in message
    assert told(f"{known}水源普查每处支出2000元。") == []


def test_what_is_named_may_stand_in_another_text(told):
    elsewhere = "环卫车辆更新支出126.5万元，公厕改造支出84.2万元。"
    (message,) = told("环卫车辆更新和公厕改造两项共支出207.1万元。", elsewhere)
    assert "210.7万元" in message and "公厕改造84.2万元" in message


RIGHT = f"""{KNOWN}
维修消防栓和水源普查两项共支出78.0万元。
城东片区比城西片区多73人。
城东片区比计划多18人，城西片区比上年多21人。
书画班占59.4%，声乐班占四成。
借阅量中，图书占78.9%。
全县养老机构中，公办养老机构占36.4%。
书画班、声乐班等班次共开课5200课时。
城东片区与城西片区分别满意度为95.2%和94.8%。
消防栓维修中标价比预算低3.5万元。
我单位占全市编制的2.1%。
本级与下级共开展联合演练12次。"""


def test_right_numbers_and_names_that_mean_nothing_known_are_left_alone(told):
    assert told(RIGHT) == []
