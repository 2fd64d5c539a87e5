"""PG211: 在职人员控制率 against the staff and the establishment."""

import pytest

from workbooks.make import put

SUM = "（91 + 10）÷（92 + 14）= 95.28%，其中 91 ÷ 92 = 98.91%，10 ÷ 14 = 71.43%"
ITEMS = {"行政编制数": "92", "实际在编人数": "91", "事业编制数": "14", "事业在编人数": "10"}
TEXT = "局机关行政编制92名，实际用编人数91名。下属事业单位1家，事业编制 14 名，在编人员10人。"


@pytest.fixture
def targeted(found_in):
    """What is said of a target for the rate, with these items of the form."""

    def find(target, **items):
        row = {"一级指标": "过程", "二级指标": "人员管理", "三级指标": "在职人员控制率",
               "半年指标值": target, "全年指标值": target}  # fmt: skip
        found = found_in("suzhou-targets", {"单位信息": [items], "绩效指标": [row]}, "PG211")
        return [(f.severity, str(f.ref), f.message) for f in found]

    return find


@pytest.mark.parametrize("items", [ITEMS, {"人员配置": TEXT}, {**ITEMS, "人员配置": "编制20名"}])
def test_an_equal_target_that_the_staff_does_not_meet(targeted, items):
    ((severity, ref, message),) = targeted("=100%", **items)
    assert (severity, ref) == ("info", "绩效指标!F2")
    assert message.startswith("“在职人员控制率”的目标是 =100%，按人员配置（单位信息!B")
    assert message.endswith(SUM)


def test_at_most_is_right(targeted):
    assert targeted("≤100%", **ITEMS) == []


def test_more_staff_than_posts_is_a_warning(targeted):
    ((severity, _, message),) = targeted("≤100%", **{**ITEMS, "实际在编人数": "99"})
    assert severity == "warning"
    assert "102.83%" in message


@pytest.mark.parametrize(
    "text",
    ["市编办核定编制若干名。", "编制92名。", "编制92名、编制14名，在编91人。", "编制全市规划3部。"],
)
def test_a_text_that_does_not_tell_both_numbers(targeted, text):
    assert targeted("=100%", 人员配置=text) == []


def staffed(book, actual):
    put(book, "文字部分!B3", TEXT)
    for column, value in (("B", "在职人员控制率"), ("E", "≤100%"), ("G", actual)):
        put(book, f"绩效指标!{column}4", value)
    return book


def test_a_result_that_the_staff_does_not_give(checked, book):
    (finding,) = [f for f in checked(staffed(book, "100%")).findings if f.code == "PG211"]
    assert (finding.severity, str(finding.ref)) == ("warning", "绩效指标!G4")
    assert finding.message == (
        f"“在职人员控制率”的完成值是 100%，按人员配置（文字部分!B3）是 {SUM}"
    )


@pytest.mark.parametrize("actual", ["95.28%", "95.3%", "95%"])
def test_a_result_that_it_gives_at_the_decimals_it_has(checked, book, actual):
    assert not [f for f in checked(staffed(book, actual)).findings if f.code == "PG211"]


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ("行政编制14名，在编13人；事业编制96名，在编91人。", None),
        ("行政编制14名，在编13人；事业编制69名，在编91人。", "事业编制69名"),
        ("行政编制14名，在编13人；事业编制96名，在编81人。", "在编81人"),
        ("编制共110名，在编104人，另有聘用人员22名。", None),
        ("下属林业站事业编制18名，在编17人。", None),
    ],
)
def test_both_kinds_of_posts_are_those_that_were_filled_in(found_in, told, wrong):
    items = {"行政编制数": "14", "实际在编人数": "13", "事业编制数": "96", "事业在编人数": "91"}
    found = found_in("suzhou-targets", {"单位信息": [{**items, "人员配置": told}]}, "PG318")
    assert len(found) == (1 if wrong else 0)
    assert all(wrong in one.message for one in found)
