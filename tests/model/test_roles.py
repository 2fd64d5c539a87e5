"""What fields are called where a layout has no column for them."""

import pytest

from perfgen.model.roles import ROLES, usual_name


@pytest.mark.parametrize(
    ("record", "field", "name"),
    [
        ("indicator", "actual", "完成值"),
        ("budget", "actual", "实际支出数"),
        ("indicator", "target.full", "目标值"),
        ("score", "score", "得分"),
        ("own", "nothing like it", "这一列"),
    ],
)
def test_a_field_is_called_as_most_forms_call_it(record, field, name):
    assert usual_name(record, field) == name


def test_no_name_shows_a_role():
    names = {usual_name(record, field) for record, fields in ROLES.items() for field in fields}
    assert not any(name.isascii() for name in names)
