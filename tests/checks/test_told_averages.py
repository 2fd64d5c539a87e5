"""PG344: averages against the total and the count that the same text tells."""

import pytest

from workbooks.make import put


@pytest.fixture
def told(checked, book):
    def tell(text):
        put(book, "文字部分!B2", text)
        return [one.message for one in checked(book).findings if one.code == "PG344"]

    return tell


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("举办专场招聘会16场，达成就业意向1240人。平均每场招聘会达成意向87.5人。", "77.5"),
        ("发放稳岗补贴860万元，惠及企业215家。\n平均每家企业获得补贴5万元。", "4"),
        ("清淤沟渠48公里，清运淤泥12万立方米。平均每公里清运淤泥0.35万立方米。", "0.25"),
    ],
)
def test_an_average_that_total_and_count_do_not_give(told, text, wanted):
    (message,) = told(text)
    assert f"算是 {wanted}" in message


@pytest.mark.parametrize(
    "text",
    [
        "举办专场招聘会16场，达成就业意向1240人。平均每场招聘会达成意向77.5人。",
        "发放稳岗补贴860万元，惠及企业215家。\n平均每家企业获得补贴约4万元。",
        "举办招聘会16场、宣讲会20场，达成意向1240人、签约360人。平均每场招聘会签约22.5人。",
        "举办招聘会16场。平均每场参加320人。",
        "达成就业意向约1200人，举办专场招聘会16场。平均每场招聘会达成意向75.2人。",
        "发放稳岗补贴860万元、培训补贴120万元，惠及企业215家。平均每家企业获得补贴6万元。",
        "达成意向1240人，招聘会16场。全省平均每场招聘会达成意向60人，目标平均每场50人。",
        "平均每户增收0.2万元，惠及农户620户，产值2600万元。",
    ],
)
def test_an_average_that_fits_or_of_what_cannot_be_told(told, text):
    assert told(text) == []
