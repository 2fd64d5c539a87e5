"""What each Word file carries with it: bookmarks, the original text, and where it came from."""

import re
from collections import Counter
from pathlib import Path

import pytest

from perfgen.build import Request, load, print_report
from perfgen.figures import compute
from perfgen.original.carried import content_hash
from perfgen.original.content import Table, paragraphs_in
from perfgen.original.writing import _by_paragraph
from perfgen.provenance.cells import trace
from perfgen.provenance.marks import Traced, parts_of, unmarked
from perfgen.pulling import edited_paragraphs
from perfgen.pulling.reading import read_document
from perfgen.render.page.template import render_page
from pulling.officer_files import make_workbook, silent
from render.printers.word.docx_reading import Document, audit

SAMPLES = sorted((Path(__file__).parents[2] / "inputs").glob("*.xlsx"))


@pytest.fixture(scope="module", params=SAMPLES, ids=lambda path: path.stem)
def sample(request):
    """A sample workbook, loaded, and its Word file."""
    loaded = load(request.param, say=silent)
    return loaded, print_report(loaded, Request(formats=("docx",))).contents["docx"]


@pytest.fixture(scope="module")
def original(officer):
    """The original that the officer's Word file carries."""
    return read_document((officer / "自评.docx").read_bytes()).original


def test_each_paragraph_has_a_bookmark_of_its_own(sample):
    _, data = sample
    document = Document(data)
    xml = document.archive.read("word/document.xml").decode()
    names = re.findall(r'<w:bookmarkStart w:id="\d+" w:name="([^"]+)"', xml)
    identifiers = re.findall(r'<w:bookmarkStart w:id="(\d+)"', xml)
    assert max(Counter(names).values()) == max(Counter(identifiers).values()) == 1
    assert len([name for name in names if re.fullmatch(r"_pg\d{4,}", name)]) == len(
        list(document.paragraphs())
    )


def test_the_file_is_a_sound_one_and_says_the_same_as_its_original(sample):
    _, data = sample
    assert audit(data) == []
    document = read_document(data)
    assert [(p.text, p.numbers) for p in paragraphs_in(document.original.blocks)] == [
        (p.text, p.numbers) for p in paragraphs_in(document.blocks) if p.numbers
    ]
    assert edited_paragraphs(data) == []


def test_sources_change_nothing_of_the_page(sample):
    loaded, _ = sample
    traced = trace(loaded.report).report
    page = render_page(traced, compute(traced, loaded.layout.rules), loaded.layout)
    assert unmarked(page) == render_page(loaded.report, loaded.figures, loaded.layout)


def test_the_same_workbook_gives_the_same_bytes(sample):
    loaded, data = sample
    assert print_report(loaded, Request(formats=("docx",))).contents["docx"] == data


def test_almost_every_text_of_a_table_knows_its_cell_or_that_it_is_computed(sample):
    loaded, data = sample
    original = read_document(data).original
    tables = [block for block in original.blocks if isinstance(block, Table)]
    fixed = {part for p in paragraphs_in(tables) for part, source in p.parts if source is None}
    entered = {
        str(value) for row in (*loaded.report.indicators, *loaded.report.tasks)
        for value in (row.name, getattr(row, "evidence", ""), getattr(row, "result", ""))
    }  # fmt: skip
    nothing = {"", "/"}  # a layout prints / itself where there is no score
    assert fixed & entered - nothing == set()


def texts_of(original, field):
    """The printed texts of a field, with the addresses of their cells."""
    return [
        (text, f"{source.sheet}!{source.row},{source.column}")
        for p in paragraphs_in(original.blocks)
        for text, number in p.parts
        if number and (source := original.sources[number]).field == field
    ]


def test_texts_know_their_cells(original):
    assert texts_of(original, "task.result") == [
        ("已经印发。", "重点任务!2,3"),
        ("已经完成。", "重点任务!3,3"),
        ("全年走访52家。\n解决问题30个。", "重点任务!4,3"),
    ]
    assert [cell for _, cell in texts_of(original, "section.text")] == [
        "文字部分!2,2", "文字部分!2,2", "文字部分!2,2", "文字部分!3,2", "文字部分!4,2",
    ]  # fmt: skip


def test_figures_are_typed_or_computed(original):
    (typed, *_) = texts_of(original, "budget.initial")
    assert typed == ("100", "预算信息!3,3")
    computed = [text for p in paragraphs_in(original.blocks) for text, n in p.parts if n == 0]
    assert "200" in computed  # 预算总金额, summed
    assert "95.00%" in computed


def test_the_document_says_what_it_was_printed_from(officer, original):
    loaded = load(officer / "自评.xlsx", say=silent)
    document = read_document((officer / "自评.docx").read_bytes())
    assert document.properties["input"] == original.origin.input == content_hash(loaded.report)
    assert original.origin.workbook == "自评.xlsx"
    assert original.origin.layout == "suzhou-self-evaluation"


def test_the_hash_is_of_what_the_workbook_says_not_of_its_bytes(officer, tmp_path):
    book = make_workbook()
    book["预算信息"].column_dimensions["A"].width = 40
    book.save(tmp_path / "换了名字.xlsx")
    again, first = (load(p, say=silent).report
                    for p in (tmp_path / "换了名字.xlsx", officer / "自评.xlsx"))  # fmt: skip
    assert content_hash(again) == content_hash(first)
    book["预算信息"]["C3"] = 101
    book.save(tmp_path / "换了名字.xlsx")
    assert content_hash(load(tmp_path / "换了名字.xlsx", say=silent).report) != content_hash(first)


def test_a_traced_text_keeps_its_sources_whatever_is_done_to_it():
    text = Traced.of("（一）加强领导。落实<责任>。\n第二行", 7)
    lead, stop, rest = text.partition("。")
    shown = ["一、" + rest, lead + stop, *text.split("\n"), text.replace("责任", "任务"), text[3:7]]
    parts = [
        parts_of(piece.__html__().replace("&lt;", "<").replace("&gt;", ">")) for piece in shown
    ]
    assert parts[0] == (("一、", None), ("落实<责任>。\n第二行", 7))
    assert [found for (found,) in parts[1:]] == [
        ("（一）加强领导。", 7), ("（一）加强领导。落实<责任>。", 7), ("第二行", 7),
        ("（一）加强领导。落实<任务>。\n第二行", 7), ("加强领导", 7),
    ]  # fmt: skip
    assert text == "（一）加强领导。落实<责任>。\n第二行"
    assert {text: 1}[str(text)] == 1


def test_a_paragraph_that_the_document_says_in_other_words_belongs_to_no_cell():
    """Such as what only the document has: the paragraphs around it keep their cells."""
    page = [(("甲", 1),), (("乙", 2), ("丙", None)), (("丁", 3),)]
    assert _by_paragraph(["甲", "乙丙", "丁"], page) == page
    assert _by_paragraph(["甲", "另说", "丁"], page) == [page[0], (("另说", None),), page[2]]
    assert _by_paragraph(["前言", "甲", "乙丙", "丁"], page) == [(("前言", None),), *page]
