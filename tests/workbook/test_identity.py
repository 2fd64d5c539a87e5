"""Which layout a workbook was made for: its mark, or a guess by its sheets."""

import pytest
from openpyxl.workbook.defined_name import DefinedName

from perfgen.errors import WorkbookError
from perfgen.workbook.identity import guess_layout, stated_layout, stated_schema
from perfgen.workbook.opening import open_workbook


@pytest.fixture
def opened(saved):
    return lambda book: open_workbook(saved(book))


def without_mark(book):
    book.defined_names.clear()
    return book


def marked(book, schema):
    """The workbook with this schema version as its only mark."""
    name = "_perfgen_schema"
    book.defined_names[name] = DefinedName(name, attr_text=schema)
    return book


def test_a_fill_in_workbook_carries_its_layout_and_schema(opened, book):
    found = opened(book)
    assert (stated_layout(found), stated_schema(found)) == ("suzhou-self-evaluation", 1)


def test_the_hidden_sheet_says_so_too_where_the_names_are_lost(opened, book):
    sheet = without_mark(book).create_sheet("_meta")
    sheet.append(("_perfgen_layout", "suzhou-self-evaluation"))
    sheet.append(("_perfgen_schema", 1))
    found = opened(book)
    assert (stated_layout(found), stated_schema(found)) == ("suzhou-self-evaluation", 1)


@pytest.mark.parametrize("text", ['"1.5"', '"²"', '"-1"', '"' + "9" * 5000 + '"', "基本信息!$A$1"])
def test_a_mark_that_makes_no_sense_is_no_mark(opened, book, text):
    assert stated_schema(opened(marked(book, text))) is None


def test_a_workbook_without_a_mark_states_nothing(opened, book):
    found = opened(without_mark(book))
    assert (stated_layout(found), stated_schema(found)) == (None, None)


def test_a_workbook_without_a_mark_is_known_by_its_sheets(opened, book, suzhou):
    book.remove(without_mark(book)["重点任务"])
    book["绩效指标"].title = "绩效指标 "
    assert guess_layout(opened(book), [suzhou]) is suzhou


def test_a_workbook_with_other_sheets_is_not_guessed_at(opened, book, suzhou):
    for name in ("文字部分", "重点任务", "绩效指标"):
        book.remove(book[name])
    with pytest.raises(WorkbookError) as refused:
        guess_layout(opened(book), [suzhou])
    assert "认不出版式" in refused.value.message
    assert "--layout" in refused.value.hint


def test_two_layouts_that_fit_alike_are_not_guessed_between(opened, book, suzhou):
    with pytest.raises(WorkbookError, match="认不出版式"):
        guess_layout(opened(book), [suzhou, suzhou])
