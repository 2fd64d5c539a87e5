"""PG340: posts, people and their rate as one text tells them."""

import pytest

from workbooks.make import put

PLACE = "文字部分!B3"


@pytest.fixture
def told(checked, book):
    def tell(text):
        put(book, PLACE, text)
        return [
            (one.severity, one.message) for one in checked(book).findings if one.code == "PG340"
        ]

    return tell


@pytest.mark.parametrize(
    "text",
    [
        "中心核定事业编制58名，年末在编61人。",
        "编制26名，在编28人，编外护士34人。",
        "机关行政编制19名，实际在编22人；下属事业编制30名，在编28人。",
        "行政编制20名、事业编制15名，实有在编38人。",
        "核定编制12个，在编在岗人员14人。",
        "核定编制40名，现有在职41人。",
    ],
)
def test_more_people_than_posts(told, text):
    ((severity, message),) = told(text)
    assert severity == "warning"
    assert "在编的比编制还多" in message


@pytest.mark.parametrize(
    "text",
    [
        "中心核定事业编制61名，年末在编58人。",
        "核定编制40名，现有在职52人，含聘用人员13人。",
        "核定编制40名，实有62人（其中编外司机22人）。",
        "行政编制20名、事业编制25名，实有在编38人。",
        "行政编制20名，在编18人；事业编制15名，在编15人。",
        "编制30名，年末在编33人，超编3人为机构改革划转，按规定逐年消化。",
        "核定编制46名（行政编制32名、事业编制14名），在编44人。",
        "编制总数较上年减少2名，为35名；退休人员41人。",
        "全县中小学教师编制4862名，在编4711人，招聘编外教师120人。",
        "编制32名，离退休人员45人。",
    ],
)
def test_no_more_people_than_posts_or_with_the_reason(told, text):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("编制120名，年末在编111人，在职人员控制率95.2%。", "92.50%"),
        ("行政编制32名、事业编制18名，年末在编47人，控制率为95.00%。", "94.00%"),
        ("机关编制20名，在编19人；事业编制40名，在编37人。总体在编率98.33%。", "93.33%"),
    ],
)
def test_a_rate_that_posts_and_people_do_not_give(told, text, wanted):
    ((_, message),) = told(text)
    assert wanted in message


@pytest.mark.parametrize(
    "text",
    [
        "编制120名，年末在编111人，在职人员控制率92.5%。",
        "行政编制32名、事业编制18名，年末在编47人，控制率为94%。",
        "机关编制20名，在编19人；事业编制40名，在编37人，事业单位在编率92.5%。",
        "编制120名，其中专业技术编制90名，在编111人，控制率92.5%。",
        "市图书馆编制60名，在编50人；市文化馆编制20名。三馆在编率91.2%。",
        "在职人员控制率95%。编制120名，在编111人。",
    ],
)
def test_a_rate_that_fits_or_of_more_than_is_told(told, text):
    assert told(text) == []


def test_two_kinds_of_posts_and_all_their_people_give_the_rate_of_the_table(checked, book):
    put(book, PLACE, "行政编制32名、事业编制18名，年末实有在编人员47人。")
    for column, value in (("B", "在职人员控制率"), ("E", "≤100%"), ("G", "98%")):
        put(book, f"绩效指标!{column}4", value)
    (finding,) = [one for one in checked(book).findings if one.code == "PG211"]
    assert finding.message.endswith("（47）÷（32 + 18）= 94.00%")


def test_what_is_said_of_all_units_below_is_compared_with_what_was_filled_in(found_in):
    items = {"行政编制数": "20", "实际在编人数": "19", "事业编制数": "44", "事业在编人数": "40"}
    text = "行政编制20名，在编19人；下属事业单位核定编制41名，在编40人。"
    (finding,) = found_in("suzhou-targets", {"单位信息": [{**items, "人员配置": text}]}, "PG318")
    assert "编制41名" in finding.message


def test_one_unit_below_has_posts_of_its_own(found_in):
    items = {"行政编制数": "20", "实际在编人数": "19", "事业编制数": "44", "事业在编人数": "40"}
    text = "行政编制20名，在编19人；下属单位市博物馆编制41名，在编38人。"
    assert found_in("suzhou-targets", {"单位信息": [{**items, "人员配置": text}]}, "PG318") == []


def test_a_layouts_own_items_hold_posts_and_people_too(found_in):
    content = {
        "基本信息": [{"编制数": 36, "实际在职人数": 33}],
        "指标计分": [
            {
                "一级指标": "产出",
                "二级指标": "职责履行",
                "三级指标": "重点工作实际完成率",
                "扣分原因": "在职人员35人，一人多岗，进度偏慢。",
            }
        ],
    }
    (finding,) = found_in("department-scored-self-evaluation", content, "PG318")
    assert finding.message.endswith("填报的在编人数是 33")
