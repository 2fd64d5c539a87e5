"""PDF/A-3a and PDF/UA-1 at once: what a validator says, and what no validator notices."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from lxml import etree
from PIL import Image
from typst_printing import TEXT, Call, Print, call, duty, faults, plain, table, text_of

from perfgen.build import load
from perfgen.render.page.elements import Page
from perfgen.render.page.grid import table_grid
from perfgen.render.page.template import render_page
from render.structure_reading import Structure, headings_of_cells, read_structure

SAMPLES = sorted((Path(__file__).resolve().parents[4] / "inputs").glob("*.xlsx"))
HEADINGS = ("H1", "H2", "H3", "H4", "H5")
BOTH = ("PDF/A-3a", "PDF/UA-1")


def structure(data: bytes) -> Structure:
    """The structure of a PDF that must be sound and meet both standards."""
    assert sound(data) == []
    return read_structure(data)


def sound(data: bytes, *profiles: str) -> list[str]:
    """What is wrong with a file."""
    with pikepdf.open(io.BytesIO(data)) as file:
        assert file.check_pdf_syntax() == []
    return faults(data, *profiles)


# --- the samples of every layout -----------------------------------------------------------------


@dataclass(frozen=True)
class Sample:
    """A sample report: what was printed of it, and the structure of that."""

    call: Call
    structure: Structure

    @property
    def page(self) -> Page:
        return self.call.page


@pytest.fixture(scope="module", params=SAMPLES, ids=lambda path: path.stem)
def sample(request: pytest.FixtureRequest) -> Sample:
    loaded = load(request.param, say=lambda _: None)
    source = render_page(loaded.report, loaded.figures, loaded.layout)
    found = call(loaded.layout, source)
    return Sample(found, read_structure(found.printed.data))


def test_a_sample_meets_both_standards_and_says_so(sample: Sample):
    assert sample.call.printed.claims == BOTH
    assert sample.call.printed.warnings == ()
    assert sound(sample.call.printed.data) == []


def test_a_sample_is_read_aloud_as_it_was_written(sample: Sample):
    """No text is missing, none is read twice, and all is in the order of the page."""
    assert plain(sample.structure.document.text) == text_of(sample.page.body)


def test_only_page_numbers_and_what_is_printed_again_is_for_the_eye_alone(sample: Sample):
    page = sample.page.body
    heads = "".join(text_of(head) for head in page.iter("thead"))
    labels = "".join(f"{text_of(cell)}（续）…" for cell in page.iter("th", "td"))
    for texts in sample.structure.artifacts:
        for text in map(plain, texts):
            known = heads + labels + "—0123456789—"
            assert set(text) <= set(known)


def test_every_cell_of_a_sample_has_the_headings_of_its_table(sample: Sample):
    shown = list(sample.structure.document.all("Table"))
    written = list(sample.page.body.iter("table"))

    assert len(shown) == len(written)
    for found, source in zip(shown, written, strict=True):
        cells = [
            (plain(text), {plain(each) for each in rows}, {plain(each) for each in columns})
            for text, rows, columns in headings_of_cells(found)
        ]
        assert cells == headings_in(source)


def headings_in(source: etree._Element) -> list[tuple[str, set[str], set[str]]]:
    """Each data cell of a table's source with its headings, worked out from the grid."""
    grid = table_grid(source)
    found = []
    for cell in grid.cells:
        if cell.element.tag == "td":
            rows = range(cell.row, cell.row + cell.rowspan)
            columns = range(cell.column, cell.column + cell.colspan)
            left = {grid.at[row][column] for row in rows for column in range(cell.column)}
            above = {grid.at[row][column] for row in range(cell.row) for column in columns}
            found.append((cell.element, scoped(left, grid, "row"), scoped(above, grid, "col")))
    return [(text_of(element), rows, columns) for element, rows, columns in found]


def scoped(cells, grid, scope: str) -> set[str]:
    return {
        text_of(cell.element)
        for cell in cells
        if cell.element.tag == "th"
        and cell.element.get("scope", "col" if cell.row < grid.head_rows else "row").startswith(
            scope
        )
    }


def test_the_headings_of_a_sample_are_in_order_and_its_bookmarks(sample: Sample):
    headings = list(sample.structure.document.all(*HEADINGS))
    levels = [int(each.type[1]) for each in headings]

    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    with pikepdf.open(io.BytesIO(sample.call.printed.data)) as pdf, pdf.open_outline() as outline:
        bookmarks = [plain(title) for title in titles_in(outline.root)]
    named = headings if levels.count(1) > 1 else headings[1:]
    assert bookmarks == [plain(each.text) for each in named]


def titles_in(items):
    for item in items:
        yield item.title
        yield from titles_in(item.children)


def test_a_sample_says_whose_it_is_in_what_language_and_when(sample: Sample):
    page = sample.page
    with pikepdf.open(io.BytesIO(sample.call.printed.data)) as pdf:
        packet = pdf.Root.Metadata.read_bytes().decode()
        assert (str(pdf.Root.Lang), pdf.Root.ViewerPreferences.DisplayDocTitle) == ("zh-CN", True)
        assert (str(pdf.docinfo.Title), str(pdf.docinfo.Author)) == (page.title, page.author)

    assert f'<rdf:li xml:lang="x-default">{page.title}</rdf:li>' in packet
    assert f"<rdf:li>{page.author}</rdf:li>" in packet
    assert "<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>" in packet
    assert "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in packet
    assert "<pdfuaid:part>1</pdfuaid:part>" in packet
    assert isinstance(page.date, date)
    assert f"<xmp:CreateDate>{page.date.isoformat()}T00:00:00" in packet


def test_a_sample_does_nothing_by_itself(sample: Sample):
    with pikepdf.open(io.BytesIO(sample.call.printed.data)) as pdf:
        assert not {"/Names", "/OpenAction", "/AA", "/AcroForm"} & set(pdf.Root.keys())
        dictionaries = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary)]
        assert not [each for each in dictionaries if "/JS" in each or "/JavaScript" in each]
        assert not [each for each in dictionaries if each.get("/S") in ("/Launch", "/SubmitForm")]


# --- pages of all kinds --------------------------------------------------------------------------


def test_a_merged_cell_over_pages_is_one_cell(printed: Print):
    found = structure(
        printed(f"<h1>报告</h1>{table(duty(90, label='职能1：拟订规划和政策。'))}").data
    )

    (shown,) = found.document.all("Table")
    (label,) = [cell for cell in shown.all("TH") if "/RowSpan" in cell.attributes]
    assert (label.text, label.attributes["/RowSpan"]) == ("职能1：拟订规划和政策。", 90)
    cells = headings_of_cells(shown)
    assert len(cells) == 180
    assert all(rows == {label.text} for _, rows, _ in cells)
    assert [part.type for part in shown.kids] == ["THead", "TBody"]


def test_rows_that_are_linked_have_no_more_cells_than_they_show(printed: Print):
    """The cells that keep the first and the last two rows together are not in the structure."""
    rows = "".join(f"<tr><td>{n}</td><td>甲</td></tr>" for n in range(9))
    found = structure(printed(f"<h1>报告</h1>{table(rows, 2)}").data)

    assert [len(row.kids) for row in found.document.all("TR")] == [2] * 10
    assert not [cell for cell in found.document.all("TD") if "/ColSpan" in cell.attributes]


def test_a_row_over_pages_is_one_row(printed: Print):
    body = f"<h1>报告</h1>{table(duty(2, result=TEXT * 40, long=True))}"
    found = structure(printed(body).data)

    assert [len(row.kids) for row in found.document.all("TR")] == [3, 3, 2]
    assert plain(list(found.document.all("TD"))[1].text) == TEXT * 40


def test_a_paragraph_over_pages_is_one_paragraph(printed: Print):
    found = structure(printed(f"<h1>报告</h1><section><p>{'国' * 2000}</p></section>").data)

    assert [each.text for each in found.document.all("P")] == ["国" * 2000]


@pytest.mark.parametrize(
    "body",
    [
        "<table><thead><tr><th>甲</th><th>乙</th></tr></thead><tbody></tbody></table>",
        "<table><thead><tr><th>甲</th></tr><tr><th>乙</th></tr></thead></table>",
        f'<table><tbody><tr class="long"><th>甲</th><td>{TEXT * 60}</td></tr></tbody></table>',
        "<table><tbody><tr><td></td><td></td></tr></tbody></table>",
        "<p>" + "国" * 25 + "cafe\u0301与e\u0301" * 9 + "</p>",
        "<p>甲·乙•丙・丁</p><ul><li>·</li><li>•・</li></ul>",
        f"{table(duty(3, label='职' * 160) * 20)}",
        "<table><caption>表一</caption><tbody><tr><td>甲</td></tr></tbody></table>",
    ],
    ids=["no rows", "no body", "no head", "empty", "accents", "dots", "long labels", "caption"],
)
def test_odd_pages_meet_both_standards(printed: Print, body: str):
    pdf = printed(f"<h1>报告</h1>{body}")

    assert pdf.claims == BOTH
    structure(pdf.data)


def test_three_hundred_indicators_and_twenty_projects_meet_both_standards(printed: Print):
    many = table(duty(150, label="产出") + duty(150, label="效益"))
    forms = "".join(f"<h1>项目{number}</h1>{table(duty(4))}" for number in range(20))

    pdf = printed(f"<h1>报告</h1>{many}{forms}")

    assert pdf.claims == BOTH
    assert len(list(structure(pdf.data).document.all("Table"))) == 21


def test_a_page_of_any_length_has_no_stream_that_ends_in_a_carriage_return(printed: Print):
    for length in range(1, 25):
        pdf = printed(f"<h1>报告</h1><p>{'国务院' * length}</p>")
        assert [fault for fault in faults(pdf.data) if "STREAM" in fault] == []


# --- what is not so is not claimed ---------------------------------------------------------------


def test_a_heading_that_skips_a_level_costs_the_claim_to_be_accessible(printed: Print):
    pdf = printed("<h1>报告</h1><h2>一、概况</h2><h4>1.职能</h4><p>正文</p>")

    assert pdf.claims == ("PDF/A-3a",)
    assert pdf.warnings == (
        "PDF 没有标明 PDF/UA-1（无障碍）：标题“1.职能”是第 4 级，跳过了上一级（第 2 级标题之后）",
    )
    assert sound(pdf.data, "3a") == []


def test_a_page_that_begins_below_the_first_level_says_so(printed: Print):
    (warning,) = printed("<h2>一、概况</h2><p>正文</p>").warnings

    assert "标题“一、概况”是第 2 级，跳过了上一级（全文的第一个标题）" in warning


def test_a_report_without_a_title_is_not_claimed_to_be_accessible(printed: Print):
    pdf = printed("<h1>报告</h1>", head="")

    assert pdf.claims == ("PDF/A-3a",)
    assert pdf.warnings == ("PDF 没有标明 PDF/UA-1（无障碍）：文件没有标题",)
    assert sound(pdf.data, "3a") == []


def test_a_picture_in_printing_colours_costs_the_claim_to_be_kept(printed: Print):
    picture = io.BytesIO()
    Image.new("CMYK", (9, 9), (90, 10, 10, 0)).save(picture, "JPEG")
    address = "data:image/jpeg;base64," + base64.b64encode(picture.getvalue()).decode()
    pdf = printed(f'<h1>报告</h1><figure><img src="{address}" alt="图"/></figure>')

    assert pdf.claims == ("PDF/UA-1",)
    assert "CMYK" in pdf.warnings[0]
    assert sound(pdf.data, "ua1") == []


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1"])
def test_pictures_of_other_kinds_cost_nothing(printed: Print, mode: str):
    picture = io.BytesIO()
    Image.new(mode, (9, 9)).save(picture, "PNG")
    address = "data:image/png;base64," + base64.b64encode(picture.getvalue()).decode()

    pdf = printed(f'<h1>报告</h1><figure><img src="{address}" alt="图"/></figure>')

    assert pdf.claims == BOTH
    structure(pdf.data)
