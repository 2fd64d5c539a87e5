"""Tables that were moved, and text that was put into new ones: nothing is lost in silence."""

import copy

import pytest
from docx.oxml.ns import qn

from perfgen.pulling import edited_paragraphs
from pulling.officer_files import PARAGRAPHS, changed, pulled, retyped
from pulling.word_tree import text_of, xml


@pytest.fixture
def after(officer, tmp_path):
    """What a pull finds once the tree of the officer's Word file was edited."""

    def pull(change):
        data = (officer / "自评.docx").read_bytes()
        (tmp_path / "改过.docx").write_bytes(changed(data, change))
        return pulled(tmp_path / "改过.docx", officer / "自评.xlsx")

    return pull


def tables(root):
    return root.find(qn("w:body")).findall(qn("w:tbl"))


def paragraph(root, words):
    return next(p for p in root.iter(qn("w:p")) if text_of(p).startswith(words))


def moved(result):
    return [old.partition("│")[0] for old, _, why in result.reasons if "挪到了别处" in why]


def test_two_tables_that_changed_places_are_told(after):
    def swap(root):
        first, second = tables(root)[:2]
        place = xml("<w:p/>")
        first.addprevious(place)
        second.addprevious(first)
        place.addprevious(second)
        place.getparent().remove(place)

    result = after(swap)
    assert result.written == {} and len(moved(result)) == 1


def test_a_table_that_was_moved_behind_other_text_is_told(after):
    def move(root):
        paragraph(root, PARAGRAPHS[2][:6]).addnext(tables(root)[-1])

    result = after(move)
    assert result.written == {} and len(moved(result)) == 1


def test_a_build_tells_of_a_moved_table_as_well(officer):
    def move(root):
        tables(root)[0].addprevious(tables(root)[-1])

    data = changed((officer / "自评.docx").read_bytes(), move)
    assert len(edited_paragraphs(data)) == 1


def test_no_table_is_moved_by_text_that_is_rewritten_added_or_deleted(officer, tmp_path):
    data = (officer / "自评.docx").read_bytes()
    edits = [
        lambda words: "新写的一段话，与原来的不同。" if words in PARAGRAPHS else words,
        lambda words: None if words in PARAGRAPHS[:2] else words,
        lambda words: f"{words}\n另加一行。" if words == PARAGRAPHS[2] else words,
    ]
    for edit in edits:
        (tmp_path / "改过.docx").write_bytes(retyped(data, edit))
        assert moved(pulled(tmp_path / "改过.docx", officer / "自评.xlsx")) == []


def test_text_put_into_a_new_table_is_not_taken_out_of_its_cell(after):
    """Word's 文本转换成表格: the words are there still."""

    def into_table(root):
        element = paragraph(root, PARAGRAPHS[1][:6])
        around = xml("<w:tbl><w:tblPr/><w:tr><w:tc><w:tcPr/></w:tc></w:tr></w:tbl>")
        element.addprevious(around)
        around.find(f".//{qn('w:tc')}").append(copy.deepcopy(element))
        element.getparent().remove(element)

    result = after(into_table)
    assert result.written == {}
    assert any("在一张新加的表里" in why for _, _, why in result.reasons)
