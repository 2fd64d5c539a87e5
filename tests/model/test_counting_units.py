"""Which units may count what is counted in 份, 项次 …; which key a field of an indicator has."""

import pytest

from perfgen.model.fields import key_of
from perfgen.model.records import Indicator
from perfgen.model.units import counts_alike, read_unit


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
