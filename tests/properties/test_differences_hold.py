"""What `diff` tells leads from the one state to the other: diff(a, b) applied to a gives b."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from settings_for_hypothesis import examples

from perfgen.comparing.changes import compare
from perfgen.comparing.snapshot import Entry, Snapshot

HEADERS = ("年初预算数", "实际支出数", "完成情况", "执行率")
TEXTS = st.sampled_from(["", "1", "2.50", "已完成。", "-3", "＝", "甲"])
NAMES = st.text(alphabet="甲乙丙丁项目一二三", min_size=1, max_size=6)


@st.composite
def snapshots(draw):
    """A state: rows of two kinds, each known by its kind and name."""
    keys = draw(st.lists(st.tuples(st.sampled_from(["budget", "task"]), NAMES), unique=True,
                         max_size=8))  # fmt: skip
    entries = [
        Entry(
            sheet="表", record=record, name=name,
            entered={header: draw(TEXTS) for header in HEADERS[:3]},
            computed={HEADERS[3]: draw(TEXTS)},
        )
        for record, name in keys
    ]  # fmt: skip
    return Snapshot(layout="x", unit="局", year=2024, amount_unit="万元", entries=tuple(entries))


def content(entry):
    """What a row is: its key, and all its values."""
    return entry.key, {**entry.computed, **entry.entered}


def applied(changes, old):
    """The rows of `old` with all that changed."""
    rows = {entry.key: entry for entry in old.entries}
    for change in changes.rows:
        if change.old is not None:
            assert rows.pop(change.old.key) == change.old
    for change in changes.rows:
        if change.old is None:
            rows[change.new.key] = change.new
        elif change.new is not None:
            values = {**change.old.computed, **change.old.entered}
            for one in change.changes:
                assert values[one.header] == one.old
                values[one.header] = one.new
            named = replace(change.old, name=change.new.name, entered=values, computed={})
            assert named.key not in rows
            rows[named.key] = named
    return rows


@examples(150)
@given(snapshots(), snapshots())
def test_the_changes_lead_from_the_one_to_the_other(old, new):
    reached = applied(compare(old, new), old)
    assert dict(map(content, reached.values())) == dict(map(content, new.entries))


@examples(40)
@given(snapshots())
def test_a_state_does_not_differ_from_itself(state):
    assert not compare(state, state).any


@examples(60)
@given(snapshots(), snapshots())
def test_back_and_forth_tell_of_the_same_rows(old, new):
    there, back = compare(old, new), compare(new, old)
    assert there.count("new") == back.count("gone")
    assert there.count("renamed") == back.count("renamed")
