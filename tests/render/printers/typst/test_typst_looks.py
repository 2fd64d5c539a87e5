"""What a layout may say of looks comes out in the PDF: colours, lines, places, emphasis."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from PIL import Image
from typst_printing import PIXEL, Print, parsed, table

from perfgen.errors import PageError
from perfgen.render.printers.typst.claims import find_claims
from perfgen.render.printers.typst.pictures import _jpeg_frame
from render.pdf_reading import lines, needs, page_texts, picture, reader

RED, GREEN = 77, 150
"""How pure red and green (#ff0000, #00ff00) look in a grey picture."""


def shades(image: Image.Image) -> set[int]:
    """The shades that fill at least a hundred pixels."""
    return {shade for shade, count in enumerate(image.histogram()) if count > 100}


@needs("pdftoppm")
@pytest.mark.parametrize(
    ("body", "css"),
    [
        ("<p>一段<span class='m'>标出的字标出的字</span>。</p>", "span.m { background: #ff0000 }"),
        ("<p class='m'>一段文字。</p>", "p.m { background: #ff0000 }"),
        ("<p class='m'>一段文字。</p>",
         "p.m { padding: 3pt; border: 1pt solid #000000; background: #ff0000 }"),
        ("<p class='m'>一段文字。</p>", "p.m { border: 4pt solid #ff0000 }"),
        ("<p class='m'>一段文字。</p>", "p.m { border-left: 6pt dashed #ff0000 }"),
        (table("<tr><td>甲</td><td class='m'>乙</td></tr>", 2), "td.m { background: #ff0000 }"),
        (table("<tr class='m'><td>甲</td></tr>", 1), "tr.m { background: #ff0000 }"),
    ],
)  # fmt: skip
def test_colours_are_printed(printed: Print, tmp_path: Path, body: str, css: str):
    plain = picture(printed(body).data, 1, tmp_path)
    coloured = picture(printed(body, css=css).data, 1, tmp_path)
    assert RED not in shades(plain)
    assert RED in shades(coloured)


@needs("pdftoppm")
def test_a_dashed_line_has_gaps(printed: Print, tmp_path: Path):
    body = "<p class='m'>一段文字。</p>"
    amounts = []
    for style in ("solid", "dashed", "dotted"):
        css = f"p.m {{ border-bottom: 3pt {style} #ff0000 }}"
        image = picture(printed(body, css=css).data, 1, tmp_path)
        amounts.append(image.histogram()[RED])
    solid, dashed, dotted = amounts
    assert 0 < dotted < solid
    assert 0 < dashed < solid


@needs("pdftotext")
def test_small_figures_stand_above_and_below_the_line(printed: Print, tmp_path: Path):
    css = "span.a { vertical-align: super } span.b { vertical-align: sub }"
    body = "<p>甲<span class='{}'>22</span></p>"
    tops = {
        name: next(line.top for line in lines(printed(body.format(name), css=css).data, tmp_path)[0]
                   if "甲" in line.text or "22" in line.text)
        for name in ("a", "b", "c")
    }  # fmt: skip
    assert tops["a"] < tops["c"]


@needs("pdftotext")
def test_a_table_may_stand_in_the_middle(printed: Print, tmp_path: Path):
    rows = "<tr><td>甲</td><td>乙</td></tr>"
    css = "table { width: 60mm; margin-left: %s; margin-right: %s }"

    def left(one: str, other: str) -> float:
        data = printed(f"<table><tbody>{rows}</tbody></table>", css=css % (one, other)).data
        return next(line.left for line in lines(data, tmp_path)[0] if "甲" in line.text)

    assert left("auto", "auto") - left("0", "0") == pytest.approx((156 - 60) / 2 * 72 / 25.4, abs=2)


def test_emphasis_is_another_face_as_in_official_documents(printed: Print):
    """Chinese faces have no bold and no italic: 黑体 and 楷体 stand in."""

    def fonts(body: str, css: str = "") -> set[str]:
        data = printed(body, css=css).data
        found = reader(data).pages[0]["/Resources"]["/Font"].values()
        return {str(font.get_object()["/BaseFont"]).partition("+")[2] for font in found}

    plain = fonts("<p>甲乙丙</p>")
    bold = fonts("<p>甲<strong>乙</strong>丙</p>")
    italic = fonts("<p>甲<em>乙</em>丙</p>", "em { font-style: italic }")
    assert plain < bold and plain < italic and bold != italic


def test_the_first_page_may_have_boxes_of_its_own(printed: Print):
    css = (
        "@page { @top-center { content: '续前页' } }"
        " @page :first { @top-center { content: '封面用' } }"
    )
    first, second = page_texts(
        printed("<p>一</p><p class='n'>二</p>", css=css + "p.n { break-before: page }").data
    )[:2]
    assert "封面用" in first and "续前页" not in first
    assert "续前页" in second and "封面用" not in second


def test_a_paragraph_that_belongs_to_the_one_before_goes_with_it(printed: Print):
    """break-before: avoid says of the second what break-after: avoid says of the first."""
    body = "<p>行</p>" * 21 + "<p>前一段。</p><p class='m'>后一段。</p>"
    apart = page_texts(printed(body).data)
    together = page_texts(printed(body, css="p.m { break-before: avoid }").data)
    assert "前一段" in apart[0] and "后一段" in apart[1]
    assert "前一段" in together[1] and "后一段" in together[1]


def test_keywords_are_told_apart(printed: Print):
    head = '<title>报告</title><meta name="keywords" content="绩效、自评，预算,"/>'
    assert (
        reader(printed("<h1>报告</h1>", head=head).data).metadata["/Keywords"] == "绩效, 自评, 预算"
    )


def test_a_heading_without_words_counts_for_nothing(printed: Print):
    assert "跳过了上一级" not in "".join(printed("<h1>报告</h1><h3></h3><h2>一、</h2>").warnings)


def test_a_character_of_somebodys_own_costs_the_claim_to_be_read_everywhere(printed: Print):
    claims = find_claims(parsed("<h1>报告</h1><p>字\ue000\ue001</p>"), cmyk=False)
    assert (claims.level, claims.accessible) == ("U", True)
    assert claims.notices == (
        "PDF 没有标明 PDF/A-3a（长期保存），只标明 PDF/A-3u："
        "有自造字（U+E000、U+E001），别的程序读不出是什么字，换成正式编码的字",
    )


def test_a_caption_of_words_stands_below_its_picture(printed: Print):
    body = f'<figure><img src="{PIXEL}" alt="图"/><figcaption>图1 预算执行</figcaption></figure>'
    assert "图1预算执行" in page_texts(printed(f"<h1>报告</h1>{body}").data)[0]


def test_a_link_leads_to_a_section(printed: Print):
    body = '<p><a href="#s">见第二节</a></p><section id="s"><p>第二节</p></section>'
    (page,) = reader(printed(body).data).pages
    assert [note.get_object()["/Subtype"] for note in page["/Annots"]] == ["/Link"]


def test_a_list_in_a_row_that_is_kept_whole_is_measured(printed: Print):
    items = "".join(f"<li>第{number}项，{'内容' * 12}。</li>" for number in range(4))
    rows = f"<tr><th scope='row'>甲</th><td><p>前</p><ul>{items}</ul></td><td>乙</td></tr>"
    text = "".join(page_texts(printed(table(rows * 4)).data))
    assert text.count("第3项") == 4


# --- pictures in the page itself -----------------------------------------------------------------

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">'
    '<rect width="20" height="20" fill="#00ff00"/></svg>'
)


@needs("pdftoppm")
def test_a_drawing_may_be_written_plainly_into_its_address(printed: Print, tmp_path: Path):
    body = f'<figure><img src="data:image/svg+xml,{quote(DRAWING)}" alt="图"/></figure>'
    assert GREEN in shades(picture(printed(body).data, 1, tmp_path))


@pytest.mark.parametrize("address", ["data:image/png;base64", "data:image/png;base64,@@@@"])
def test_an_address_that_holds_no_picture_is_named(printed: Print, address: str):
    with pytest.raises(PageError, match="data: URI 写得不对"):
        printed(f'<figure><img src="{address}" alt="图"/></figure>')


def test_a_photo_that_ends_before_its_frame_has_no_size():
    assert _jpeg_frame(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00") == (
        0,
        0,
    )
