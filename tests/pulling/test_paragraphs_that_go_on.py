"""A paragraph whose end was deleted, and a first letter set apart, belong to what follows."""

import pytest
from docx.oxml.ns import qn

from perfgen.original.content import Table
from perfgen.pulling.reading import read_document
from pulling.officer_files import PARAGRAPHS, changed, pulled
from pulling.word_tree import text_of, xml

FIRST, SECOND, THIRD = PARAGRAPHS


@pytest.fixture
def after(officer, tmp_path):
    """What a pull finds once the tree of the officer's Word file was edited."""

    def pull(change):
        data = (officer / "自评.docx").read_bytes()
        (tmp_path / "改过.docx").write_bytes(changed(data, change))
        return pulled(tmp_path / "改过.docx", officer / "自评.xlsx")

    return pull


def paragraph(root, words):
    return next(p for p in root.iter(qn("w:p")) if text_of(p).startswith(words))


def delete_end(element):
    """As Word notes that the end of a paragraph was deleted while changes are tracked."""
    about = element.find(qn("w:pPr"))
    about.append(xml('<w:rPr><w:del w:id="9" w:author="某"/></w:rPr>'))


def test_a_deleted_end_joins_two_paragraphs(after):
    assert after(lambda root: delete_end(paragraph(root, FIRST[:6]))).written == {
        "文字部分!B2": "\n".join((FIRST + SECOND, THIRD))
    }


def test_the_text_of_a_cell_stays_where_its_last_end_counts_as_deleted(after):
    """Nothing follows it in the cell: Word keeps the words, and so does the workbook."""

    def end_all(root):
        for cell in root.iter(qn("w:tc")):
            delete_end(cell.findall(qn("w:p"))[-1])

    result = after(end_all)
    assert (result.written, result.reasons) == ({}, [])


def test_a_paragraph_before_a_table_stays_where_its_end_counts_as_deleted(officer):
    data = (officer / "自评.docx").read_bytes()

    def end_before_tables(root):
        for table in root.iter(qn("w:tbl")):
            before = table.getprevious()
            if before is not None and before.tag == qn("w:p"):
                delete_end(before)

    def outline(content):
        return [
            "表" if isinstance(block, Table) else block.text
            for block in read_document(content).blocks
        ]

    assert outline(changed(data, end_before_tables)) == outline(data)


def test_a_first_letter_as_a_drop_cap_is_the_first_letter_still(after):
    """Word makes a paragraph of its own of it (首字下沉)."""

    def drop(root):
        element = paragraph(root, FIRST[:6])
        word = next(element.iter(qn("w:t")))
        letter, word.text = word.text[0], word.text[1:]
        element.addprevious(
            xml(f'<w:p><w:pPr><w:framePr w:dropCap="drop" w:lines="3"/></w:pPr>'
                f"<w:r><w:t>{letter}</w:t></w:r></w:p>")
        )  # fmt: skip

    assert (after(drop).written, after(drop).reasons) == ({}, [])
