"""PG127: a typed deviation that is not the computed one; formulas are computed anew."""

import pytest

from workbooks.make import put


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("-1.50%", False), ("-1.5%", False), ("－１.５％", False), ("-2%", False), (-0.015, False),
        ("", False), ("无", False), ("1.50%", True), ("-1.05%", True), ("=G3/E3-1", False),
    ],
)  # fmt: skip
def test_a_typed_deviation_is_compared(checked, book, typed, told):
    number_format = "0.00%" if isinstance(typed, float) else None
    findings = checked(put(book, "绩效指标!I3", typed, number_format)).findings
    assert [str(one.ref) for one in findings if one.code == "PG127"] == ["绩效指标!I3"] * told


def test_the_message_shows_both(checked, book):
    (finding,) = [one for one in checked(put(book, "绩效指标!I3", "1.50%")).findings
                  if one.code == "PG127"]  # fmt: skip
    assert finding.message == "“支付进度率”手填的偏差情况是 1.50%，计算是 -1.50%"
