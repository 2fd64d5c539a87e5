"""PG352: changes told alone, against both ends told elsewhere; gaps to an indicator's target."""

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


KNOWN = """地铁年客运量5860万人次，同比增长4.27%（2022年为5620万人次）。
受内涝影响群众由上年的1460人减少到1085人。
护理员持证比例由58%提高到70%。"""


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("地铁年客运量比上年增加340万人次。", "240万人次"),
        ("受影响群众比上年少475人。", "375人"),
        ("护理员持证比例两年提高21个百分点。", "12个百分点"),
        ("受内涝影响群众比上年下降52.6%。", "25.7%"),
    ],
)
def test_a_change_that_its_two_ends_do_not_give(told, sentence, wanted):
    (message,) = told(f"{KNOWN}\n{sentence}")
    assert f"算出来是 {wanted}" in message


RIGHT = f"""{KNOWN}
地铁年客运量比上年增加240万人次，公交年客运量比上年增加56万人次。
受影响群众比上年少375人，受内涝影响商户比上年少28家。
护理员持证比例两年提高12个百分点，培训合格率比上年提高3个百分点。
图书外借42.6万册次，同比增长8.3%；文创收入、讲座场次分别比上年增长5%和6%。
受内涝影响群众比上年下降25.68%。"""


def test_right_changes_and_those_of_other_things_are_left_alone(told):
    assert told(RIGHT) == []
