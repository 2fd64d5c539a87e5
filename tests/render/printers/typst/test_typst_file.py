"""What is in the file: facts, bookmarks, pictures, links, attachments; and what is refused."""

from __future__ import annotations

import base64
import io
import os
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from typst_printing import (
    DUTY,
    PIXEL,
    TEXT,
    Print,
    call,
    duty,
    faults,
    plain,
    source_of,
    table,
)

from perfgen.errors import PageError, PrintFault
from perfgen.render.attachments import Attachment
from perfgen.render.printers.typst import print_pictures
from perfgen.render.printers.typst.language import identifier, literal, points
from render.pdf_reading import MM, lines, needs, page_texts, reader
from render.structure_reading import read_structure

DATA = Attachment("数据.json", '{"年度": 2023}'.encode(), "application/json", "报告的数据")


def metadata(data: bytes) -> str:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        stream = pdf.Root.Metadata
        assert "/Filter" not in stream
        return stream.read_bytes().decode()


# --- facts ---------------------------------------------------------------------------------------


def test_it_says_what_it_is_whose_and_when(printed: Print):
    document = reader(printed("<h1>报告</h1><h2>一、概况</h2><h3>（一）职能</h3>").data)

    facts = document.metadata
    assert facts.title == "整体支出绩效自评报告"
    assert facts.author == "苏州市商务局"
    assert facts.subject == "预算绩效"
    assert facts["/CreationDate"].startswith("D:20240426")
    assert document.trailer["/Root"]["/Lang"] == "zh-CN"
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_a_title_as_long_as_a_cell_can_hold_is_cut_in_the_facts_alone(printed: Print):
    """A string in a PDF/A has a bound; Typst prints nothing where one is longer."""
    long = "某" * 32_767
    head = f'<title>{long}</title><meta name="author" content="{long}"/>'
    document = reader(printed("<h1>报告</h1>", head=head).data)
    assert document.metadata.title == document.metadata.author == "某" * 999 + "…"


@pytest.mark.parametrize("text", ["某" * 32_767, "😀" * 16_000])
def test_a_heading_as_long_as_a_cell_can_hold_is_printed_whole(printed: Print, text: str):
    """It heads nothing; what stands below it is a heading still."""
    made = printed(f"<h1>报告</h1><h2>{text}</h2><h2>二、概况</h2>")
    words = "".join("".join(page) for page in page_texts(made.data)).replace("\n", "")
    assert words.replace(" ", "").count(text[0]) == len(text)
    assert [item.title for item in reader(made.data).outline] == ["二、概况"]


def test_an_endless_address_is_refused_in_words(printed: Print):
    with pytest.raises(PageError, match="超过 2000 个字符"):
        printed(f'<p><a href="https://a.cn/{"a" * 5000}">甲</a></p>')


def test_the_bookmarks_are_the_headings_below_the_title(printed: Print):
    document = reader(printed("<h1>报告</h1><h2>一、概况</h2><h3>（一）职能</h3>").data)

    chapter, (section,) = document.outline
    assert (chapter.title, section.title) == ("一、概况", "（一）职能")


def test_several_titles_are_bookmarks_themselves(printed: Print):
    document = reader(printed("<h1>项目一</h1><h2>目标</h2><h1>项目二</h1>").data)

    first, _, second = document.outline
    assert (first.title, second.title) == ("项目一", "项目二")


def test_fonts_are_embedded_with_only_the_characters_used(printed: Print):
    pdf = printed("<h2>标题</h2><p>正文</p>")

    with pikepdf.open(io.BytesIO(pdf.data)) as file:
        kinds = [each for each in file.objects if isinstance(each, pikepdf.Dictionary)]
        fonts = [each for each in kinds if each.get("/Type") == "/FontDescriptor"]
        assert fonts
        assert all("+" in str(font.FontName) for font in fonts)
        assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)
    assert len(pdf.data) < 200_000


def test_the_same_page_gives_the_same_bytes_in_another_process(printed: Print):
    body = f"<h1>报告</h1><p>{TEXT}</p>{table(duty(40))}"
    code = (
        "import sys, tempfile, pathlib; from typst_printing import make_printer;"
        "from perfgen.layouts import find_layout, load_layout;"
        "layout = load_layout(find_layout('suzhou-self-evaluation'));"
        "folder = pathlib.Path(tempfile.mkdtemp());"
        f"sys.stdout.buffer.write(make_printer(layout, folder)({body!r}).data)"
    )
    here = Path(__file__).parent
    path = os.pathsep.join([str(here), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": "7"}

    again = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, check=True
    )

    assert again.stdout == printed(body).data


def test_source_date_epoch_wins_over_the_date_of_the_report(
    printed: Print, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")

    facts = reader(printed("<p>正文</p>").data).metadata

    assert facts["/CreationDate"].startswith("D:20231114221320")


def test_a_source_date_epoch_that_is_no_number_is_named(
    printed: Print, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "昨天")

    with pytest.raises(PageError, match="SOURCE_DATE_EPOCH 的值“昨天”"):
        printed("<p>正文</p>")


# --- attachments ---------------------------------------------------------------------------------


def test_attachments_travel_as_the_data_of_the_report(printed: Print):
    other = Attachment("a.csv", b"1,2", "text/csv", "表")
    pdf = printed("<h1>报告</h1>", attachments=(DATA, other))

    assert pdf.claims == ("PDF/A-3a", "PDF/UA-1")
    with pikepdf.open(io.BytesIO(pdf.data)) as file:
        assert sorted(file.attachments) == ["a.csv", "数据.json"]
        found = {str(each.UF): each for each in file.Root.AF}
        assert {str(each.AFRelationship) for each in found.values()} == {"/Data"}
        data = found["数据.json"]
        assert (str(data.F), str(data.Desc)) == ("数据.json", "报告的数据")
        assert data.EF.F.read_bytes() == DATA.content
        assert str(data.EF.F.Subtype) == "/application/json"
        assert str(data.EF.F.Params.ModDate).startswith("D:20240426")


def test_a_report_without_a_date_carries_attachments_too(printed: Print):
    pdf = printed("<h1>报告</h1>", head="<title>表</title>", attachments=(DATA,))

    with pikepdf.open(io.BytesIO(pdf.data)) as file:
        assert list(file.attachments) == ["数据.json"]


# --- pictures and links --------------------------------------------------------------------------


def test_pictures_of_the_layouts_folder_and_of_the_page_are_printed(printed: Print, tmp_path: Path):
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9"/></svg>'
    (tmp_path / "章.svg").write_text(drawing, encoding="utf-8")
    photo = io.BytesIO()
    Image.new("RGB", (30, 10)).save(photo, "JPEG")
    (tmp_path / "照片.jpg").write_bytes(photo.getvalue())
    inline = f"data:image/svg+xml;base64,{base64.b64encode(drawing.encode()).decode()}"

    body = "".join(
        f'<figure><img src="{each}" alt="图{number}"/></figure>'
        for number, each in enumerate(("章.svg", "照片.jpg", PIXEL, inline))
    )
    pdf = printed(f"<h1>报告</h1>{body}")

    figures = list(read_structure(pdf.data).document.all("Figure"))
    assert [each.attributes["/Alt"] for each in figures] == ["图0", "图1", "图2", "图3"]


def test_a_picture_is_as_large_as_its_pixels_or_as_the_layout_says(printed: Print):
    photo = io.BytesIO()
    Image.new("RGB", (400, 100)).save(photo, "PNG")
    address = "data:image/png;base64," + base64.b64encode(photo.getvalue()).decode()
    body = f'<h1>报告</h1><figure><img src="{address}" alt="图"/></figure>'

    def size(css: str) -> tuple[float, float]:
        (figure,) = read_structure(printed(body, css=css).data).document.all("Figure")
        left, bottom, right, top = figure.attributes["/BBox"]
        return right - left, top - bottom

    assert size("") == pytest.approx((300, 75), abs=0.5)
    assert size("img { width: 20mm }") == pytest.approx((20 * MM, 5 * MM), abs=0.5)
    assert size("img { width: 900mm }")[0] <= 156 * MM


@pytest.mark.parametrize(
    "address", ["/etc/hostname", "../secret.png", "http://127.0.0.1:9/a.png", "link.png"]
)
def test_anything_else_is_refused(printed: Print, tmp_path: Path, address: str):
    folder = tmp_path / "layout"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(b"secret")
    (folder / "link.png").symlink_to(tmp_path / "secret.png")

    with pytest.raises(PageError, match="不在版式文件夹里"):
        printed(f'<figure><img src="{address}" alt="图"/></figure>', base=folder)


def test_a_picture_that_is_not_there_is_named(printed: Print):
    with pytest.raises(PageError, match=r"第 1 行 <img>：读不到图片 图\.png"):
        printed('<figure><img src="图.png" alt="图"/></figure>')


def test_what_is_no_picture_is_named(printed: Print, tmp_path: Path):
    (tmp_path / "图.png").write_text("不是图片", encoding="utf-8")

    with pytest.raises(PageError, match="应当是 PNG、JPEG 或 SVG"):
        printed('<figure><img src="图.png" alt="图"/></figure>')


def test_a_damaged_picture_is_named_with_its_element(printed: Print):
    damaged = base64.b64encode(base64.b64decode(PIXEL.partition(",")[2])[:40]).decode()
    body = f'<h1>报告</h1><figure><img src="data:image/png;base64,{damaged}" alt="图"/></figure>'

    with pytest.raises(PrintFault) as fault:
        printed(body)

    assert "<figure>" in fault.value.message


def test_a_fault_in_a_table_names_the_row(printed: Print):
    damaged = base64.b64encode(base64.b64decode(PIXEL.partition(",")[2])[:40]).decode()
    rows = f'<tr><td>甲</td></tr><tr><td>乙<img src="data:image/png;base64,{damaged}" alt="图"/>'

    with pytest.raises(PrintFault) as fault:
        printed(f"<h1>报告</h1>{table(rows + '</td></tr>', 1)}")

    assert "<tr>" in fault.value.message
    assert fault.value.texts == ("乙",)


def test_links_lead_to_addresses_headings_tables_and_rows(printed: Print):
    body = (
        '<h1>报告</h1><p>见<a href="https://example.org/a">网站</a>、<a href="#二">第二节</a>、'
        '<a href="#表">表</a>和<a href="#行">行</a>。</p><h2 id="二">第二节</h2>'
        '<table id="表"><thead><tr><th>甲</th></tr></thead><tbody>'
        '<tr id="行"><td>乙<a href="#二">见上</a></td></tr></tbody></table>'
    )
    pdf = printed(body)

    links = list(read_structure(pdf.data).document.all("Link"))
    assert [link.text for link in links] == ["网站", "第二节", "表", "行", "见上"]
    assert faults(pdf.data) == []
    with pikepdf.open(io.BytesIO(pdf.data)) as file:
        assert len(file.pages[0].Annots) == 5


# --- lists, languages ----------------------------------------------------------------------------


def test_the_points_of_a_list_have_marks_and_bodies(printed: Print):
    items = "".join(f"<li>第{number}点<ul><li>细目{number}</li></ul></li>" for number in range(60))
    document = read_structure(printed(f"<h1>报告</h1><ol>{items}</ol>").data).document

    outer = next(document.all("L"))
    assert outer.attributes["/ListNumbering"] == "/Decimal"
    texts = [plain(item.text) for item in document.all("LI")]
    assert texts[22:24] == ["12.第11点", "○细目11"]
    assert len(texts) == 120


@needs("pdftotext")
def test_the_items_of_a_list_hang_beside_their_numbers(printed: Print, tmp_path: Path):
    pdf = printed(f"<h1>报告</h1><ol><li>{'国' * 60}</li></ol>")

    first, second = [line for line in lines(pdf.data, tmp_path)[0] if "国" in line.text][:2]
    assert first.text.startswith("1.国")
    assert second.left > first.left + 10


def test_a_text_in_another_language_says_so(printed: Print):
    pdf = printed('<h1>报告</h1><p>即<span lang="en">budget</span>。</p>')

    with pikepdf.open(io.BytesIO(pdf.data)) as file:
        marked = [
            operands[1].get("/Lang")
            for operands, operator in pikepdf.parse_content_stream(file.pages[0])
            if str(operator) == "BDC"
        ]
    assert [str(language) for language in marked if language is not None] == ["en"]


# --- places and pictures of pages ----------------------------------------------------------------


@needs("pdftotext")
def test_it_tells_where_each_element_came_to_stand(suzhou, tmp_path: Path):
    body = f"<h1>报告</h1><p>{'国' * 28 * 20}</p>{table(duty(40))}"
    found = call(suzhou, source_of(body), places=True)

    shown = lines(found.printed.data, tmp_path)
    places = {}
    for place in found.printed.places:
        places.setdefault(place.element, []).append(place)
    (title,) = places[found.page.body[0]]
    line = shown[0][0]
    assert title.page == 1
    assert title.top < line.top < line.bottom < title.bottom
    for cell in found.page.body.iter("td"):
        (box,) = places[cell]
        text = "".join(cell.itertext())
        inside = [
            line
            for line in shown[box.page - 1]
            if box.left < line.left < line.right < box.right
            and box.top < line.top < line.bottom < box.bottom
        ]
        assert [line.text for line in inside] == [text]
    (label,) = found.page.body.iterfind(".//tbody/tr/th")
    assert [box.page for box in places[label]] == [2, 3]


def test_asking_for_places_moves_nothing(suzhou):
    source = source_of(f"<h1>报告</h1><p>{TEXT * 9}</p>{table(duty(40, result=TEXT))}")

    without, asked = call(suzhou, source).printed, call(suzhou, source, places=True).printed

    assert page_texts(without.data) == page_texts(asked.data)
    assert without.places == ()


def test_pages_are_printed_as_pictures(suzhou):
    found = call(suzhou, source_of(f"<h1>报告</h1>{table(duty(40))}"))
    faces, base = found.settings["faces"], found.settings["base"]

    pictures = print_pictures(found.page, found.looks, faces=faces, base=base, resolution=72)
    drawings = print_pictures(found.page, found.looks, faces=faces, base=base, kind="svg")

    assert len(pictures) == len(drawings) == found.printed.pages
    with Image.open(io.BytesIO(pictures[0])) as picture:
        assert picture.size == (round(210 * MM), round(297 * MM))
    assert drawings[0].lstrip().startswith(b"<svg")


# --- the language --------------------------------------------------------------------------------


def test_a_text_is_a_literal_whatever_it_holds():
    assert literal('a"b\\c\n\x07') == r'"a\"b\\c\n\u{7}"'
    assert literal("\ufeff甲") == '"甲"'


def test_lengths_are_short_and_never_minus_nothing():
    assert [points(each) for each in (1.5, 28.99, -0.0001, 10.0, 1 / 3)] == [
        "1.5pt", "28.99pt", "0pt", "10pt", "0.333pt",
    ]  # fmt: skip


def test_a_styles_name_becomes_a_name():
    names = ["公文正文", "表格项目（下级）", "标题 1", "1号"]
    assert [identifier(name) for name in names] == ["公文正文", "表格项目-下级", "标题-1", ""]


def test_progress_is_said(printed: Print):
    said: list[str] = []

    printed(f"<h1>报告</h1>{table(duty(2, label=DUTY))}", say=said.append)

    assert said == ["生成 PDF", "排 PDF 的版"]
