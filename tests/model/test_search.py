"""Where a piece of text stands: what a message about a missing character names."""

import pytest

from perfgen.model.cells import CellRef, column_letters
from perfgen.model.search import find_text
from workbooks.make import put


@pytest.mark.parametrize(
    "place",
    ["基本信息!B2", "文字部分!B3", "预算信息!A5", "重点任务!C4", "绩效指标!E2",
     "绩效指标!G2", "绩效指标!J3"],
)  # fmt: skip
def test_a_character_is_found_in_its_cell(read, book, place):
    assert [str(ref) for ref in find_text(read(put(book, place, "吉祥𠮷")), "𠮷")] == [place]


def test_a_character_in_a_merged_label_is_found_once_for_each_row_of_it(read, book):
    found = [str(ref) for ref in find_text(read(put(book, "重点任务!A2", "职能1：吉祥𠮷")), "𠮷")]
    assert found[0] == "重点任务!A2"
    assert {place[:6] for place in found} == {"重点任务!A"}


def test_what_stands_nowhere_is_not_found(read, book):
    assert not list(find_text(read(book), "𠮷"))


@pytest.mark.parametrize(("column", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (16384, "XFD")])
def test_columns_are_called_as_excel_calls_them(column, letters):
    assert column_letters(column) == letters
    assert str(CellRef("自评.xlsx", "预算信息", 12, column)) == f"预算信息!{letters}12"
