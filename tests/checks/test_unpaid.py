"""PG345: what is said to be unpaid is left in the table."""

import pytest

from workbooks.make import put


@pytest.fixture
def told(checked, book):
    def tell(text, actual):
        line = {"A": "校园安防补助", "B": "项目明细", "C": 120, "D": None, "F": actual}
        for column, value in line.items():
            put(book, f"预算信息!{column}5", value)
        put(book, "文字部分!B2", text)
        return [one.message for one in checked(book).findings if one.code == "PG345"]

    return tell


@pytest.mark.parametrize(
    ("text", "actual", "blamed"),
    [
        ("校园安防补助120万元尚未拨付。", 120, True),
        ("校园安防补助30万元因验收推迟尚未支付。", 120, True),
        ("校园安防补助30万元尚未支付。", 90, False),
        ("校园安防补助120万元全部拨付到位。", 120, False),
        ("上年校园安防补助20万元尚未支付的已清算。", 120, False),
    ],
)
def test_an_amount_that_is_said_to_be_unpaid(told, text, actual, blamed):
    assert bool(told(text, actual)) == blamed
