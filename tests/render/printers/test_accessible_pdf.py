"""PDF/A-3a and PDF/UA-1 at once: what a validator says, and what no validator notices."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from random import Random

import page as validation
import pikepdf
import pytest
from lxml import etree
from PIL import Image
from test_pdf import DUTY, FONT_CSS, FONTS, HEAD, HEI, PIXEL, SONG, TEXT, duty, make_printer, table

from perfgen.build import load
from perfgen.layouts import available_layouts
from perfgen.render.attachments import Attachment
from perfgen.render.documents import print_documents
from perfgen.render.page.elements import Page, parse_page
from perfgen.render.page.grid import table_grid
from perfgen.render.page.template import render_page
from perfgen.render.printers.weasyprint.printing import PrintedPdf, print_pdf
from render.made_fonts import make_font
from render.structure_reading import Structure, headings_of_cells, read_structure

INPUTS = Path(__file__).resolve().parents[3] / "inputs"
SAMPLES = sorted(INPUTS.glob("*.xlsx"))
DATA = Attachment("数据.json", '{"年度": 2023}'.encode(), "application/json", "报告的数据")
HEADINGS = ("H1", "H2", "H3", "H4", "H5")
BOTH = ("PDF/A-3a", "PDF/UA-1")
Print = Callable[..., PrintedPdf]


def faults(data: bytes, *profiles: str) -> list[str]:
    """What the validator finds wrong, by rule."""
    return [
        f"{failure.rule_id}: {failure.message}"
        for profile in profiles or ("3a", "ua1")
        for failure in validation.validate_pdf_bytes(data, profile=profile).failures
    ]


def metadata(data: bytes) -> str:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        stream = pdf.Root.Metadata
        assert "/Filter" not in stream
        return stream.read_bytes().decode()


def plain(text: str) -> str:
    """A text without white space and without the places where a line may end."""
    return "".join(text.replace("\u200b", "").split())


def text_of(element: etree._Element) -> str:
    return plain("".join(map(str, element.itertext())))


# --- the samples of every layout -----------------------------------------------------------------


@dataclass(frozen=True)
class Sample:
    """A sample report: its PDF, and the page that it was printed from."""

    data: bytes
    notices: tuple[str, ...]
    page: Page
    structure: Structure


@pytest.fixture(scope="module", params=SAMPLES, ids=lambda path: path.stem)
def sample(request: pytest.FixtureRequest) -> Sample:
    loaded = load(request.param, say=lambda _: None)
    source = render_page(loaded.report, loaded.figures, loaded.layout)
    documents = print_documents(
        source, loaded.layout, formats=["pdf"], fonts=(), say=lambda _: None
    )
    data = documents.contents["pdf"]
    return Sample(data, documents.notices, parse_page(source), read_structure(data))


def test_every_layout_has_a_sample():
    layouts = {load(path, say=lambda _: None).layout.id for path in SAMPLES}

    assert layouts == set(available_layouts(()))


def test_a_sample_is_pdf_a_3a_and_pdf_ua_1(sample: Sample):
    assert faults(sample.data) == []


def test_a_sample_leaves_out_no_claim(sample: Sample):
    assert not [notice for notice in sample.notices if "没有标明" in notice]


def test_a_sample_is_a_sound_file(sample: Sample):
    with pikepdf.open(io.BytesIO(sample.data)) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_a_sample_is_read_aloud_as_it_was_written(sample: Sample):
    """No text is missing, none is read twice, and all is in the order of the page."""
    assert plain(sample.structure.document.text) == text_of(sample.page.body)


def test_only_page_numbers_and_what_is_printed_again_is_for_the_eye_alone(sample: Sample):
    page = sample.page.body
    heads = [text_of(head) for head in page.iter("thead")]
    cells = [text_of(cell) for cell in page.iter("th", "td") if cell.get("rowspan", "1") != "1"]
    rows = [text_of(cell) for cell in page.iter("th")]
    labels = [f"{cell}（续）" for cell in (*cells, *rows)]
    for number, texts in enumerate(sample.structure.artifacts, start=1):
        for text in map(plain, texts):
            known = [*heads, *labels, f"—{number}—", f"—{number - 1}—"]
            briefs = [f"{cell[: len(text) - 3]}（续）" for cell in (*cells, *rows)]
            assert any(text in each for each in known) or text in briefs


def test_every_cell_of_a_sample_has_the_headings_of_its_table(sample: Sample):
    shown = list(sample.structure.document.all("Table"))
    written = list(sample.page.body.iter("table"))

    assert len(shown) == len(written)
    for found, source in zip(shown, written, strict=True):
        cells = [
            (plain(text), clean(rows), clean(columns)) for text, rows, columns in cells_of(found)
        ]
        assert cells == _headings(source)


cells_of = headings_of_cells


def clean(texts: set[str]) -> set[str]:
    return {plain(text) for text in texts}


def _headings(source: etree._Element) -> list[tuple[str, set[str], set[str]]]:
    """Each data cell of a table's source with its headings, worked out from the grid."""
    grid = table_grid(source)
    found = []
    for cell in grid.cells:
        if cell.element.tag == "td":
            rows = range(cell.row, cell.row + cell.rowspan)
            columns = range(cell.column, cell.column + cell.colspan)
            left = {grid.at[row][column] for row in rows for column in range(cell.column)}
            above = {grid.at[row][column] for row in range(cell.row) for column in columns}
            found.append((cell.element, _scoped(left, grid, "row"), _scoped(above, grid, "col")))
    return [(text_of(element), rows, columns) for element, rows, columns in found]


def _scoped(cells, grid, scope: str) -> set[str]:
    return {
        text_of(cell.element)
        for cell in cells
        if cell.element.tag == "th"
        and cell.element.get("scope", "col" if cell.row < grid.head_rows else "row").startswith(
            scope
        )
    }


def test_the_headings_of_a_sample_are_in_order(sample: Sample):
    levels = [int(each.type[1]) for each in sample.structure.document.all(*HEADINGS)]

    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_bookmarks_of_a_sample_are_its_headings(sample: Sample):
    headings = list(sample.structure.document.all(*HEADINGS))
    with pikepdf.open(io.BytesIO(sample.data)) as pdf, pdf.open_outline() as outline:
        bookmarks = [plain(title) for title in _titles(outline.root)]

    titles = [each for each in headings if each.type == "H1"]
    named = headings if len(titles) > 1 else headings[1:]
    assert bookmarks == [plain(each.text) for each in named]


def _titles(items):
    for item in items:
        yield item.title
        yield from _titles(item.children)


def test_a_sample_says_whose_it_is_in_what_language_and_when(sample: Sample):
    page, packet = sample.page, metadata(sample.data)

    assert f'<rdf:li xml:lang="x-default">{page.title}</rdf:li>' in packet
    assert f"<rdf:Seq><rdf:li>{page.author}</rdf:li></rdf:Seq>" in packet
    assert "<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>" in packet
    assert "<pdfaid:part>3</pdfaid:part>" in packet
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in packet
    assert "<pdfuaid:part>1</pdfuaid:part>" in packet
    assert isinstance(page.date, date)
    assert f"<xmp:CreateDate>{page.date.isoformat()}</xmp:CreateDate>" in packet
    with pikepdf.open(io.BytesIO(sample.data)) as pdf:
        assert (str(pdf.Root.Lang), pdf.Root.ViewerPreferences.DisplayDocTitle) == ("zh-CN", True)
        assert (str(pdf.docinfo.Title), str(pdf.docinfo.Author)) == (page.title, page.author)


def test_a_sample_does_nothing_by_itself(sample: Sample):
    with pikepdf.open(io.BytesIO(sample.data)) as pdf:
        assert not {"/Names", "/OpenAction", "/AA", "/AcroForm"} & set(pdf.Root.keys())
        dictionaries = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary)]
        assert not [each for each in dictionaries if "/JS" in each or "/JavaScript" in each]
        assert not [each for each in dictionaries if each.get("/S") in ("/Launch", "/SubmitForm")]


def test_the_fonts_of_a_sample_are_outlines_and_embedded_in_part(sample: Sample):
    with pikepdf.open(io.BytesIO(sample.data)) as pdf:
        fonts = [each for each in pdf.objects if _is(each, "/Font") and "/ToUnicode" in each]
        names = [each for each in pdf.objects if _is(each, "/FontDescriptor")]
        assert fonts
        assert {str(font.Subtype) for font in fonts} == {"/Type0"}
        assert all("+" in str(each.FontName) for each in names)
        assert all("/FontFile3" in each or "/FontFile2" in each for each in names)


def _is(thing, kind: str) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == kind


# --- pages of all kinds --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def printed(suzhou) -> Print:
    return make_printer(suzhou)


def structure(pdf: PrintedPdf) -> Structure:
    """The structure of a PDF that must be sound and meet both standards."""
    assert (pdf.claims, pdf.warnings) == (BOTH, ())
    assert faults(pdf.data) == []
    with pikepdf.open(io.BytesIO(pdf.data)) as file:
        assert file.check_pdf_syntax() == []
    return read_structure(pdf.data)


def test_a_merged_cell_over_pages_is_one_cell(printed: Print):
    found = structure(printed(f"<h1>报告</h1>{table(duty(90))}"))

    (shown,) = found.document.all("Table")
    (label,) = [cell for cell in shown.all("TH") if "/RowSpan" in cell.attributes]
    assert (label.text, label.attributes["/RowSpan"]) == (DUTY, 90)
    cells = headings_of_cells(shown)
    assert len(cells) == 180
    assert all(rows == {DUTY} for _, rows, _ in cells)
    assert [part.type for part in shown.kids] == ["THead", "TBody"]
    assert all("职能1（续）" in texts for texts in found.artifacts[1:])


def test_a_label_that_is_shared_out_over_pages_is_read_in_one_piece(printed: Print):
    label = "职能2：" + "负责推进流通产业结构调整，指导流通企业改革，" * 20
    shared = 0
    for filling in range(14, 30, 2):
        rows = duty(filling, label="甲") + duty(6, label=label, result=TEXT * 3, long=True)
        found = structure(printed(f"<h1>报告</h1>{table(rows)}"))
        assert label in {cell.text for cell in found.document.all("TH")}
        shared += any("职能2（续）" in texts for texts in found.artifacts)

    assert shared


def random_table(seed: int) -> str:
    """A table with merges inside merges, long labels and long rows."""
    random = Random(seed)
    han = "全市商务工作按年度履职目标有序推进，各项任务完成情况良好。"
    rows = []
    for number in range(random.randint(3, 9)):
        parts = [random.randint(1, 5) for _ in range(random.randint(1, 3))]
        for part, count in enumerate(parts):
            for task in range(count):
                cells = []
                if part == task == 0:
                    label = "".join(random.choices(han, k=random.choice([5, 60, 160])))
                    span = f'rowspan="{sum(parts)}"'
                    cells.append(f'<th scope="row" {span}>职能{number}：{label}</th>')
                if task == 0:
                    label = "".join(random.choices(han, k=random.choice([4, 10, 80])))
                    cells.append(f'<th scope="row" rowspan="{count}">{label}</th>')
                length = random.choice([20, 150, random.randint(120, 600)])
                kind = ' class="long"' if length > 120 else ""
                text = "".join(random.choices(han, k=length))
                rows.append(f"<tr{kind}>{''.join(cells)}<td>{text}</td></tr>")
    return table("".join(rows), name="")


@pytest.mark.parametrize("seed", [4, 17, 18, 53])
def test_whatever_the_report_it_is_read_aloud_as_it_was_written(printed: Print, seed: int):
    body = f"<h1>报告</h1>{random_table(seed)}"
    source = etree.fromstring(f"<body>{body}</body>")
    found = structure(printed(body))

    assert plain(found.document.text) == text_of(source)
    (shown,) = found.document.all("Table")
    assert headings_of_cells(shown) == _headings(source[1])


def test_a_row_over_pages_is_one_row(printed: Print):
    found = structure(printed(f"<h1>报告</h1>{table(duty(2, result=TEXT * 40, long=True))}"))

    assert [len(row.kids) for row in found.document.all("TR")] == [3, 3, 2]
    assert plain(list(found.document.all("TD"))[1].text) == TEXT * 40


def test_a_paragraph_over_pages_is_one_paragraph(printed: Print):
    found = structure(printed(f"<h1>报告</h1><section><p>{'国' * 2000}</p></section>"))

    assert [each.text for each in found.document.all("P")] == ["国" * 2000]
    assert len(list(found.document.all("Sect"))) == 1


def test_a_table_without_a_head_is_regular_too(printed: Print):
    row = f'<tr class="long"><th scope="row">甲</th><td>{TEXT * 60}</td></tr>'
    found = structure(printed(f"<h1>报告</h1><table><tbody>{row}</tbody></table>"))

    assert [part.type for shown in found.document.all("Table") for part in shown.kids] == ["TBody"]


def test_the_points_of_a_list_have_marks_and_bodies(printed: Print):
    items = "".join(f"<li>第{number}点<ul><li>细目{number}</li></ul></li>" for number in range(60))
    found = structure(printed(f"<h1>报告</h1><ol>{items}</ol>"))

    outer = next(found.document.all("L"))
    assert outer.attributes["/ListNumbering"] == "/Decimal"
    assert len(outer.kids) == 60
    assert [[part.type for part in item.kids] for item in outer.kids] == [["Lbl", "LBody"]] * 60
    assert [item.kids[1].kids[0].type for item in outer.kids] == ["L"] * 60
    assert plain(outer.kids[11].text) == "12.第11点◦细目11"


def test_a_picture_has_its_text_and_its_place(printed: Print):
    body = (
        f'<h1>报告</h1><figure><img src="{PIXEL}" alt="点"/><figcaption>图1</figcaption></figure>'
    )
    found = structure(printed(body, css="img { width: 20mm; height: 10mm }"))

    (picture,) = found.document.all("Figure")
    left, bottom, right, top = picture.attributes["/BBox"]
    assert picture.attributes["/Alt"] == "点"
    assert (right - left, top - bottom) == pytest.approx((56.7, 28.3), abs=0.1)
    assert 595 > right > left > 0
    assert 842 > top > bottom > 600
    assert [each.text for each in found.document.all("Caption")] == ["图1"]


def test_a_link_says_where_it_leads(printed: Print):
    body = (
        '<h1>报告</h1><p>见<a href="https://example.org/a">商务局<strong>网站</strong></a>和'
        '<a href="#二">第二节</a>。</p><h2 id="二">第二节</h2>'
    )
    pdf = printed(body)
    found = structure(pdf)

    site, section = found.document.all("Link")
    assert (site.text, site.contents) == ("商务局网站", ["商务局网站"])
    assert (section.text, section.contents) == ("第二节", ["第二节"])
    assert next(found.document.all("P")).text.startswith("见")
    with pikepdf.open(io.BytesIO(pdf.data)) as file:
        (target,) = [each.Dest for each in file.pages[0].Annots if "/Dest" in each]
        assert target[0].objgen == file.pages[0].objgen


def test_a_picture_that_leads_somewhere_says_its_text(printed: Print):
    picture = f'<img src="{PIXEL}" alt="网站"/>'
    found = structure(printed(f'<h1>报告</h1><p><a href="https://example.org">{picture}</a></p>'))

    (link,) = found.document.all("Link")
    assert set(link.contents) == {"网站"}
    assert [kid.type for kid in link.kids] == ["Figure"]


def test_links_in_a_repeated_head_belong_to_the_first(printed: Print):
    head = '<thead><tr><th><a href="https://example.org">名称</a></th></tr></thead>'
    rows = "".join(f"<tr><td>{number}</td></tr>" for number in range(60))
    pdf = printed(f"<h1>报告</h1><table>{head}<tbody>{rows}</tbody></table>")

    (link,) = structure(pdf).document.all("Link")
    assert (link.text, link.contents) == ("名称", ["名称"] * pdf.pages)


def test_a_text_in_another_language_says_so(printed: Print):
    found = structure(printed('<h1>报告</h1><p>即<span lang="en">budget</span>。</p>'))

    (span,) = found.document.all("Span")
    assert (span.text, span.attributes["/Lang"]) == ("budget", "en")


def test_rare_characters_of_names_are_read_as_they_were_typed(printed: Print):
    names = "䶮㛃𬭎喆堃旸祎"
    pdf = printed(f"<h1>报告</h1><p>负责人：{names}</p>")

    assert next(structure(pdf).document.all("P")).text == f"负责人：{names}"


def test_a_page_of_any_length_has_no_stream_that_ends_in_a_carriage_return(printed: Print):
    for length in range(1, 25):
        pdf = printed(f"<h1>报告</h1><p>{'国务院' * length}</p>")
        assert b"\r\nendstream" not in pdf.data
        assert faults(pdf.data) == []


# --- attachments ---------------------------------------------------------------------------------


def attached(layout, *attachments: Attachment) -> PrintedPdf:
    page = parse_page(f'<html lang="zh-CN"><head>{HEAD}</head><body><h1>报告</h1></body></html>')
    styles = [style.read_text(encoding="utf-8") for style in layout.styles]
    return print_pdf(
        page,
        styles,
        font_css=FONT_CSS,
        allowed_files=[SONG, HEI],
        base=FONTS,
        attachments=attachments,
    )


def test_attachments_travel_as_the_data_of_the_report(suzhou):
    other = Attachment("a.csv", b"1,2", "text/csv", "表")
    pdf = attached(suzhou, DATA, other)

    structure(pdf)
    with pikepdf.open(io.BytesIO(pdf.data)) as file:
        assert list(file.attachments) == ["a.csv", "数据.json"]
        first, second = file.Root.AF
        assert (str(first.UF), str(second.UF)) == ("数据.json", "a.csv")
        assert {str(each.AFRelationship) for each in file.Root.AF} == {"/Data"}
        assert str(first.Desc) == "报告的数据"
        assert first.EF.F.read_bytes() == DATA.content
        assert str(first.EF.F.Subtype) == "/application/json"
        assert str(first.EF.F.Params.ModDate) == "D:20240426"


def test_other_attachments_give_another_identifier_and_the_same_ones_the_same_bytes(suzhou):
    other = Attachment(DATA.name, b"{}", DATA.media_type, DATA.description)

    assert attached(suzhou, DATA).data == attached(suzhou, DATA).data
    assert attached(suzhou, DATA).data[-400:] != attached(suzhou, other).data[-400:]


def test_source_date_epoch_dates_the_metadata_and_the_attachments(
    suzhou, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    pdf = attached(suzhou, DATA)

    structure(pdf)
    assert "<xmp:ModifyDate>2023-11-14T22:13:20Z</xmp:ModifyDate>" in metadata(pdf.data)
    with pikepdf.open(io.BytesIO(pdf.data)) as file:
        assert str(file.Root.AF[0].EF.F.Params.ModDate) == "D:20231114221320Z"


# --- what is not so is not claimed ---------------------------------------------------------------


def test_a_heading_that_skips_a_level_costs_the_claim_to_be_accessible(printed: Print):
    pdf = printed("<h1>报告</h1><h2>一、概况</h2><h4>1.职能</h4><p>正文</p>")

    assert pdf.claims == ("PDF/A-3a",)
    assert pdf.warnings == (
        "PDF 没有标明 PDF/UA-1（无障碍）：标题“1.职能”是第 4 级，跳过了上一级（第 2 级标题之后）",
    )
    assert "pdfuaid:part>" not in metadata(pdf.data)
    assert faults(pdf.data, "3a") == []


def test_a_page_that_begins_below_the_first_level_says_so(printed: Print):
    (warning,) = printed("<h2>一、概况</h2><p>正文</p>").warnings

    assert "标题“一、概况”是第 2 级，跳过了上一级（全文的第一个标题）" in warning


def test_a_table_with_hidden_cells_is_not_claimed_to_be_regular(printed: Print):
    pdf = printed(
        '<h1>报告</h1><table><tbody><tr><td class="no">甲</td><td>乙</td></tr>'
        "<tr><td>丙</td><td>丁</td></tr></tbody></table>",
        css=".no { display: none }",
    )

    assert pdf.claims == ("PDF/A-3a",)
    assert "第 1 张表有一部分没有印出来，行列不齐" in pdf.warnings[0]
    assert faults(pdf.data, "3a") == []


def test_a_picture_in_printing_colours_costs_the_claim_to_be_kept(printed: Print):
    picture = io.BytesIO()
    Image.new("CMYK", (9, 9), (90, 10, 10, 0)).save(picture, "JPEG")
    address = "data:image/jpeg;base64," + base64.b64encode(picture.getvalue()).decode()
    pdf = printed(f'<h1>报告</h1><figure><img src="{address}" alt="图"/></figure>')

    assert pdf.claims == ("PDF/UA-1",)
    assert "CMYK" in pdf.warnings[0]
    assert "pdfaid:part>" not in metadata(pdf.data)
    assert faults(pdf.data, "ua1") == []


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1"])
def test_pictures_of_other_kinds_cost_nothing(printed: Print, mode: str):
    picture = io.BytesIO()
    Image.new(mode, (9, 9)).save(picture, "PNG")
    address = "data:image/png;base64," + base64.b64encode(picture.getvalue()).decode()

    structure(printed(f'<h1>报告</h1><figure><img src="{address}" alt="图"/></figure>'))


def test_a_drawing_costs_nothing(printed: Print, tmp_path: Path):
    (tmp_path / "图.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><g opacity="0.5">'
        '<rect width="9" height="9"/><text x="9" y="40" font-family="song">图例</text></g></svg>'
    )

    structure(printed('<h1>报告</h1><figure><img src="图.svg" alt="图"/></figure>', base=tmp_path))


def test_text_out_of_a_screen_readers_reach_costs_both_claims(printed: Print):
    pdf = printed("<h1>报告</h1><p>正文</p>", css="p { opacity: 0.5 }")

    assert pdf.claims == ("PDF/A-3u",)
    assert all("有的文字或图片不在结构树里" in warning for warning in pdf.warnings)
    assert faults(pdf.data, "3u") == []


def test_characters_without_a_meaning_cost_a_level_of_the_claim_to_be_kept(
    printed: Print, tmp_path: Path
):
    make_font(tmp_path / "造字.ttf", "made", "\ue123")
    face = '@font-face { font-family: "made"; src: url("造字.ttf") } p { font-family: "made" }'
    pdf = printed("<h1>报告</h1><p>\ue123</p>", css=face, base=tmp_path)

    assert pdf.claims == ("PDF/A-3u", "PDF/UA-1")
    assert pdf.warnings == (
        "PDF 没有标明 PDF/A-3a（长期保存），只标明 PDF/A-3u："
        "有自造字（U+E123），别的程序读不出是什么字，换成正式编码的字",
    )
    assert faults(pdf.data, "3u", "ua1") == []


def test_a_report_without_a_title_is_not_claimed_to_be_accessible():
    page = parse_page("<html><head/><body><h1>报告</h1></body></html>")
    pdf = print_pdf(page, [], font_css=FONT_CSS, allowed_files=[SONG, HEI], base=FONTS)

    assert pdf.claims == ("PDF/A-3a",)
    assert pdf.warnings == ("PDF 没有标明 PDF/UA-1（无障碍）：文件没有标题",)
    assert faults(pdf.data, "3a") == []
