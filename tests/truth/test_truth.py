"""The collection behind docs/检查效果.md is sound, and some of its trials give what they should."""

import pytest

from truth.collection import BOOKS, collection, edited, only, read_book
from truth.measure import measure
from truth.run import page_lines

ALL = list(collection())


def test_there_are_enough_workbooks_of_all_layouts():
    assert len(ALL) >= 10
    assert len({one.book.layout.id for one in ALL}) == 5
    assert sum(len(one.plants) for one in ALL) >= 150
    assert sum(len(one.right) for one in ALL) >= 100
    assert sum(len(one.wrong) for one in ALL) >= 100


@pytest.mark.parametrize("collected", ALL, ids=[one.book.name for one in ALL])
def test_every_change_finds_its_place_and_changes_something(collected):
    edits = (*collected.plants, *collected.benign, *collected.right, *collected.wrong)
    for edit in edits:
        change = edited(collected.book, edit)
        assert change.headers or change.content != collected.book.content, edit
        assert change.places, edit


def test_a_wrong_total_is_found_at_its_cell_and_a_right_one_not():
    measured = measure(only(read_book(BOOKS / "yunze-education.toml"), 1))
    (wrong_total,) = measured.plants
    assert wrong_total.at_place
    assert "PG101" in {one.code for one in wrong_total.new}
    (right_total,) = measured.benign
    assert right_total.new == ()
    page = "\n".join(page_lines([measured]))
    assert "| 种下的错，查出的 | 1/1（100.0%） |" in page
