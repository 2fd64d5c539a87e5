"""Every sample, printed with WeasyPrint: the words of the Word file, on the layout's papers."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import page as validation
import pikepdf
import pytest
from docx.oxml.ns import qn

from perfgen.build import Request, build
from perfgen.layouts import available_layouts
from perfgen.render.printers.weasyprint.printing import LIMITS
from render.pdf_reading import MM, page_texts, reader
from render.printers.word.docx_reading import Document
from test_same_words import bare, stands, unmerged_rows

SAMPLES = sorted((Path(__file__).parents[3] / "inputs").glob("*.xlsx"))


@dataclass(frozen=True)
class Sample:
    """A sample as Word file and as PDF: the texts of the one, the pages of the other."""

    layout: str
    documents: Mapping[str, bytes]
    notices: tuple[str, ...]

    @property
    def word(self) -> Document:
        return Document(self.documents["docx"])

    @property
    def texts(self) -> list[str]:
        return [text for text in map(bare, self.word.texts()) if text]

    @property
    def pages(self) -> list[str]:
        return [bare(page) for page in page_texts(self.documents["pdf"])]


@pytest.fixture(scope="module", params=SAMPLES, ids=lambda path: path.stem)
def sample(request: pytest.FixtureRequest) -> Sample:
    built = build(request.param, Request(formats=("docx", "pdf"), printer="weasyprint"))
    return Sample(built.loaded.layout.id, built.documents, built.notices)


def test_there_is_a_sample_of_every_layout():
    assert {build(path, Request()).loaded.layout.id for path in SAMPLES} == set(available_layouts())


def test_every_paragraph_and_cell_of_the_word_file_stands_in_the_pdf(sample: Sample):
    texts, pages = sample.texts, sample.pages

    assert len(texts) > 50
    assert [text for text in texts if not stands(text, pages)] == []


def test_the_pdf_says_no_more_than_repeated_heads_and_page_numbers(sample: Sample):
    more = Counter("".join(sample.pages))
    more.subtract(Counter("".join(sample.texts)))

    assert {char for char, count in more.items() if count < 0} == set()
    heads = [
        bare("".join(text.text or "" for text in row.iter(qn("w:t"))))
        for row in sample.word.body.iter(qn("w:tr"))
        if row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    ]
    allowed = set("".join(heads) + "—0123456789")
    assert {char for char, count in more.items() if count > 0} <= allowed


def test_each_row_has_the_same_cells_in_the_same_order_in_both(sample: Sample):
    pages = sample.pages
    rows = [row for table in sample.word.tables() for row in unmerged_rows(table)]
    torn = [row for row in rows if not any(row in page for page in pages)]

    assert len(rows) > 20
    assert all(len(row) > 100 for row in torn), torn  # only a long row goes over two pages


def test_every_page_has_its_paper(sample: Sample):
    """The kinds of paper come in the order of the Word file's sections, and no page is blank."""
    sizes = [
        (round(float(page.mediabox.width) / MM), round(float(page.mediabox.height) / MM))
        for page in reader(sample.documents["pdf"]).pages
    ]
    sections = [
        tuple(round(int(size.get(qn(f"w:{side}"))) / 20 / MM) for side in ("w", "h"))
        for size in sample.word.body.iter(qn("w:pgSz"))
    ]
    assert without_repeats(sizes) == without_repeats(sections)
    assert all(sample.pages)


def without_repeats(items: list) -> list:
    return [each for before, each in zip([None, *items], items, strict=False) if each != before]


def test_pages_are_numbered_and_a_cover_is_page_0(sample: Sample):
    shown = [re.search("—([0-9]+)—$", page) for page in sample.pages]
    numbers = [int(found[1]) if found else 0 for found in shown]

    first = 0 if sample.layout == "hitech-performance-text" else 1
    assert numbers == [*range(first, len(numbers) + first)]


def test_the_data_is_attached(sample: Sample):
    with pikepdf.open(io.BytesIO(sample.documents["pdf"])) as file:
        assert file.check_pdf_syntax() == []
        attached = {str(each.UF): str(each.AFRelationship) for each in file.Root.AF}
    assert "report-1.json" in attached
    assert any(name.endswith(".csv") for name in attached)
    assert set(attached.values()) == {"/Data"}


def test_it_is_what_it_claims_to_be(sample: Sample):
    assert not validation.validate_pdf_bytes(sample.documents["pdf"], profile="3u").failures
    assert LIMITS in sample.notices
    assert not [notice for notice in sample.notices if "没有标明" in notice]
