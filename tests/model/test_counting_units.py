"""Which units may count what is counted in 份, 项次 …; which key a field of an indicator has."""

from decimal import Decimal

import pytest

from perfgen.model.fields import attribute_of, key_of
from perfgen.model.records import Indicator
from perfgen.model.units import converted, counts_alike, read_unit


@pytest.mark.parametrize(
    ("classifier", "unit", "alike"),
    [
        ("场次", "场", True),
        ("场次", "次", True),
        ("人次", "人", True),
        ("人", "场", False),
        ("人次", "公里", False),
        ("家", "万元", False),
    ],
)
def test_a_unit_counts_what_is_counted_in_a_classifier(classifier, unit, alike):
    assert counts_alike(classifier, read_unit(unit)) is alike


@pytest.mark.parametrize(
    ("field", "apart", "together"),
    [
        ("target.half", "half", "half"),
        ("target", "full", "full"),
        ("operator", "operator", ""),
        ("actual", "actual", ""),
    ],
)
def test_the_key_of_a_field_whose_columns_are_printed_apart(field, apart, together):
    assert key_of(Indicator(name="甲", stated={"full": "≥3"}), field) == apart
    assert key_of(Indicator(name="甲"), field) == together


@pytest.mark.parametrize(
    ("number", "unit", "to", "is_"),
    [
        ("3", "天", "小时", "72"),
        ("1.2", "万人", "人", "12000"),
        ("12", "元/平方米", "元/公顷", "120000"),
        ("120000", "元/公顷", "元/平方米", "12"),
        ("3", "万元/公里", "元/米", "30"),
    ],
)
def test_a_number_in_another_unit(number, unit, to, is_):
    assert converted(Decimal(number), read_unit(unit), read_unit(to)) == Decimal(is_)


@pytest.mark.parametrize("apart", [True, False])
def test_where_a_field_of_an_indicator_is_kept(apart):
    row = Indicator(name="甲", stated={"full": "≥3"} if apart else {})
    assert (attribute_of(row, "target.full") == "stated") is apart
    assert attribute_of(row, "name") == "name"
