"""WeasyPrint, the second printer: its pages, what it claims, what it may read, what it says."""

from __future__ import annotations

import base64
import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.request import pathname2url

import page as validation
import pikepdf
import pytest
from PIL import Image

from perfgen.errors import PageError
from perfgen.model.layout import Layout
from perfgen.render.attachments import Attachment
from perfgen.render.fonts import find_fonts
from perfgen.render.fonts.characters import characters_by_role
from perfgen.render.looks import read_looks
from perfgen.render.page.elements import parse_page
from perfgen.render.printers.weasyprint.printing import LIMITS, PrintedPdf, print_pdf
from render.made_fonts import make_font
from render.pdf_reading import MM, lines, needs, page_texts, reader

HEAD = (
    '<title>整体支出绩效自评报告</title><meta name="author" content="苏州市商务局"/>'
    '<meta name="subject" content="预算绩效"/><meta name="date" content="2024-04-26"/>'
)
DUTY = "职能1：拟订全市内贸发展规划，促进城乡商品市场发展，研究提出引导国内外资金投向的政策。"
TEXT = "一是举办“走出去”宣传培训活动20余场次，服务企业500余家；二是强化“双随机、一公开”检查。"
DATA = Attachment("数据.json", '{"年度": 2023}'.encode(), "application/json", "报告的数据")
Print = Callable[..., PrintedPdf]


def make_printer(layout: Layout) -> Print:
    """Return a function that prints the body of a page as a layout looks, with other CSS too."""
    styles = [style.read_text(encoding="utf-8") for style in layout.styles]

    def run(body: str, *, css: str = "", base: Path = layout.folder, **settings) -> PrintedPdf:
        page = parse_page(f'<html lang="zh-CN"><head>{HEAD}</head><body>{body}</body></html>')
        looks = read_looks(page, [*styles, css], strict=False)
        used = characters_by_role(page, looks)
        return print_pdf(
            page, looks, [*styles, css], fonts=find_fonts(), used=used, base=base, **settings
        )

    return run


@pytest.fixture(scope="module")
def printed(suzhou: Layout) -> Print:
    """Print as the Suzhou layout looks."""
    return make_printer(suzhou)


def table(rows: str, columns: int = 3) -> str:
    heads = "".join(f'<th scope="col">表头{number}</th>' for number in range(1, columns + 1))
    return f'<table class="tasks"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def duty(rows: int) -> str:
    """The rows of one duty: its label merged over its tasks."""
    head = f'<th class="duty" scope="row" rowspan="{rows}">{DUTY}</th>'
    return "".join(
        f"<tr>{head if number == 0 else ''}<td>任务{number}号</td><td>完成</td></tr>"
        for number in range(rows)
    )


def figure(content: bytes, kind: str) -> str:
    address = f"data:image/{kind};base64,{base64.b64encode(content).decode()}"
    return f'<figure><img src="{address}" alt="图"/></figure>'


def picture(mode: str, kind: str) -> str:
    file = io.BytesIO()
    Image.new(mode, (9, 9)).save(file, kind)
    return figure(file.getvalue(), kind)


def faults(pdf: PrintedPdf) -> list[str]:
    return [
        f"{failure.rule_id}: {failure.message}"
        for failure in validation.validate_pdf_bytes(pdf.data, profile="3u").failures
    ]


# --- the page of GB/T 9704 -----------------------------------------------------------------------


@needs("pdftotext")
def test_a_full_page_has_22_lines_of_28_characters(printed: Print, tmp_path: Path):
    pdf = printed(f"<p>{'国' * (28 * 44 - 2)}</p>")

    first, second = lines(pdf.data, tmp_path)
    assert [len(line.text) for line in first[:-1]] == [26] + [28] * 21
    assert [len(line.text) for line in second[:-1]] == [28] * 22
    assert first[1].left == pytest.approx(28 * MM, abs=0.5)
    assert first[1].right == pytest.approx((210 - 26) * MM, abs=0.5)


@needs("pdftotext")
def test_lines_that_mix_fonts_keep_the_pitch(printed: Print, tmp_path: Path):
    pdf = printed(f"<p>{'商务2023<strong>重点</strong>工作' * 90}</p>")

    tops = [line.top for line in lines(pdf.data, tmp_path)[0][:-1]]
    assert len(tops) == 22
    assert tops[-1] - tops[0] == pytest.approx(21 * 28.99, abs=1)


@needs("pdftotext")
def test_the_page_number_stands_outside_one_character_in(printed: Print, tmp_path: Path):
    right, left = lines(printed(f"<p>{'国' * 28 * 30}</p>").data, tmp_path)

    assert (right[-1].text, left[-1].text) == ("— 1 —", "— 2 —")
    assert right[-1].right == pytest.approx((210 - 26) * MM - 14, abs=2)
    assert left[-1].left == pytest.approx(28 * MM + 14, abs=2)


@needs("pdftotext")
def test_lines_end_and_begin_where_chinese_lets_them(printed: Print, tmp_path: Path):
    pdf = printed("".join(f"<p>{'国' * shift}{TEXT * 3}</p>" for shift in range(12)))

    body = [line.text for page in lines(pdf.data, tmp_path) for line in page[:-1]]
    assert not [text for text in body if text[0] in "，。；：、？！）》”"]
    assert not [text for text in body if text[-1] in "（《“"]
    assert any(text[0] == "“" for text in body)
    assert any(text[-1] == "”" for text in body)


def test_the_text_can_be_copied_out_as_it_was_typed(printed: Print):
    pdf = printed(f"<p>{TEXT}</p>")

    assert TEXT in page_texts(pdf.data)[0]
    assert "\u200b" not in reader(pdf.data).pages[0].extract_text()


def test_a_heading_does_not_stand_alone_at_the_foot_of_a_page(printed: Print):
    pdf = printed(f"<p>{'国' * (28 * 21 - 2)}</p><h2>八、年度重点任务</h2><p>正文。</p>")

    first, second = page_texts(pdf.data)
    assert "八、年度重点任务" not in first
    assert second.startswith("八、年度重点任务正文。")


def test_a_wide_section_stands_on_landscape_pages(printed: Print):
    pdf = printed(f'<p>正文</p><section class="wide">{table(duty(2))}</section>')

    sizes = [(page.mediabox.width, page.mediabox.height) for page in reader(pdf.data).pages]
    assert [(round(w / MM), round(h / MM)) for w, h in sizes] == [(210, 297), (297, 210)]


def test_the_head_of_a_table_is_repeated_and_no_row_is_lost(printed: Print):
    pages = page_texts(printed(table(duty(90))).data)

    assert len(pages) > 2
    assert all(page.startswith("表头1表头2表头3") for page in pages)
    assert [page for page in pages if DUTY in page] == pages[:1]  # not printed again
    rows = "".join(pages)
    assert [number for number in range(90) if f"任务{number}号完成" not in rows] == []


@needs("pdftoppm")
def test_a_merged_cell_that_goes_on_is_closed_at_the_foot_of_its_page(
    printed: Print, tmp_path: Path
):
    from render.pdf_reading import picture as page_picture  # noqa: PLC0415

    page = page_picture(printed(table(duty(90))).data, 1, tmp_path, dpi=72)
    left, right = round(30 * MM), round(180 * MM)

    dark = [y for y in range(page.height) if is_line(page, left, right, y)]

    foot = max(dark)
    assert foot > page.height - 45 * MM - 20
    assert is_line(page, left, left + 40, foot)  # below the label, too


def is_line(page: Image.Image, left: int, right: int, y: int) -> bool:
    darkest, lightest = page.crop((left, y, right, y + 1)).getextrema()
    return lightest < 200 and darkest < 200


# --- what it is ----------------------------------------------------------------------------------


def test_it_says_what_it_is_whose_and_when(printed: Print):
    document = reader(printed("<h1>报告</h1><h2>一、概况</h2><h3>（一）职能</h3>").data)

    facts = document.metadata
    assert (facts.title, facts.author) == ("整体支出绩效自评报告", "苏州市商务局")
    assert facts.subject == "预算绩效"
    assert facts["/CreationDate"].startswith("D:20240426")
    assert facts["/Producer"].startswith("WeasyPrint")
    assert document.trailer["/Root"]["/Lang"] == "zh-CN"
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_the_bookmarks_are_the_headings_below_the_title(printed: Print):
    document = reader(printed("<h1>报告</h1><h2>一、概况</h2><h3>（一）职能</h3>").data)

    chapter, (section,) = document.outline
    assert (chapter.title, section.title) == ("一、概况", "（一）职能")


def test_several_titles_are_bookmarks_themselves(printed: Print):
    document = reader(printed("<h1>项目一</h1><h2>目标</h2><h1>项目二</h1>").data)

    first, _, second = document.outline
    assert (first.title, second.title) == ("项目一", "项目二")


def test_the_same_page_gives_the_same_bytes_in_another_process(printed: Print):
    body = f"<p>{TEXT}</p>{table(duty(40))}"
    code = (
        "import sys, test_weasyprint; from perfgen.layouts import find_layout, load_layout;"
        "layout = load_layout(find_layout('suzhou-self-evaluation'));"
        f"sys.stdout.buffer.write(test_weasyprint.make_printer(layout)({body!r}).data)"
    )
    here = Path(__file__).parent
    path = os.pathsep.join([str(here), str(here.parents[1]), *sys.path])
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": "7"}

    again = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, check=True
    )

    assert again.stdout == printed(body).data


def test_source_date_epoch_wins_over_the_date_of_the_report(
    printed: Print, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")

    pdf = printed("<p>正文</p>", attachments=[DATA])

    assert reader(pdf.data).metadata["/CreationDate"].startswith("D:20231114221320")
    with pikepdf.open(io.BytesIO(pdf.data)) as file:
        assert str(file.Root.AF[0].EF.F.Params.ModDate) == "D:20231114221320Z"


def test_a_source_date_epoch_that_is_no_number_is_named(
    printed: Print, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "昨天")

    with pytest.raises(PageError, match="SOURCE_DATE_EPOCH 的值“昨天”"):
        printed("<p>正文</p>")


def test_attachments_travel_as_the_data_of_the_report(printed: Print):
    pdf = printed(
        "<h1>报告</h1>", attachments=[DATA, Attachment("a.csv", b"1,2", "text/csv", "表")]
    )

    assert faults(pdf) == []
    with pikepdf.open(io.BytesIO(pdf.data)) as file:
        specifications = {str(each.UF): each for each in file.Root.AF}
        assert specifications.keys() == {"a.csv", "数据.json"}
        assert {str(each.AFRelationship) for each in specifications.values()} == {"/Data"}
        data = specifications["数据.json"]
        assert str(data.Desc) == "报告的数据"
        assert data.EF.F.read_bytes() == DATA.content
        assert str(data.EF.F.Subtype) == "/application/json"
        assert str(data.EF.F.Params.ModDate).startswith("D:20240426")


# --- what it claims ------------------------------------------------------------------------------

ODD = {
    "a table over pages": table(duty(90)),
    "a table without rows": table(""),
    "a table without a head": f'<table class="tasks"><tbody>{duty(60)}</tbody></table>',
    "a row over pages": table(f"<tr><th>甲</th><td>乙</td><td>{'完成任务。' * 900}</td></tr>"),
    "combining accents": f"<p>{'国' * 26}e\u0301e\u0301e\u0301{'国' * 30}e\u0301</p>",
    "dots": "<p>· • ・ ‧ ∙</p>",
    "lists and links": '<ol><li>甲</li></ol><p><a href="https://example.com">链接</a></p>',
    "a heading that skips a level": "<h1>报告</h1><h4>小标题</h4>",
    **{f"a picture in {mode}": picture(mode, "png") for mode in ("RGB", "RGBA", "L", "P", "1")},
}


@pytest.mark.parametrize("body", ODD.values(), ids=ODD.keys())
def test_it_is_pdf_a_3u_whatever_the_report(printed: Print, body: str):
    pdf = printed(body, attachments=[DATA])

    assert pdf.claims == ("PDF/A-3u",)
    assert pdf.warnings == (LIMITS,)
    assert faults(pdf) == []


def test_characters_without_a_meaning_cost_nothing(printed: Print, tmp_path: Path):
    make_font(tmp_path / "造字.ttf", "made", "\ue123")
    face = '@font-face { font-family: "made"; src: url("造字.ttf") } p { font-family: "made" }'

    pdf = printed("<h1>报告</h1><p>\ue123</p>", css=face, base=tmp_path)

    assert pdf.claims == ("PDF/A-3u",)
    assert faults(pdf) == []


def test_it_does_not_say_that_it_is_accessible(printed: Print):
    with pikepdf.open(io.BytesIO(printed("<h1>报告</h1>").data)) as file:
        metadata = file.Root.Metadata.read_bytes().decode()

    assert 'conformance="U"' in metadata
    assert "pdfuaid" not in metadata


def test_a_picture_in_printing_colours_costs_the_claim(printed: Print):
    pdf = printed(f"<h1>报告</h1>{picture('CMYK', 'jpeg')}")

    assert pdf.claims == ()
    assert pdf.warnings[1:] == (
        "PDF 没有标明 PDF/A-3u（长期保存）：有按印刷色（CMYK）保存的图片，换成 RGB 的",
    )
    with pikepdf.open(io.BytesIO(pdf.data)) as file:
        assert "pdfaid" not in (
            file.Root.Metadata.read_bytes().decode() if "/Metadata" in file.Root else ""
        )


def test_a_page_of_any_length_has_no_stream_that_ends_in_a_carriage_return(printed: Print):
    for length in range(1, 40):
        pdf = printed(f"<h1>报告</h1><p>{'国务院' * length}</p>")
        assert b"\r\nendstream" not in pdf.data
        assert pdf.claims == ("PDF/A-3u",)


# --- what it reads, and what it says -------------------------------------------------------------


def test_css_that_only_it_prints_is_printed(printed: Print, tmp_path: Path):
    css = "section.sides { columns: 2 }"
    one, two = (
        printed(f'<section class="{name}"><p>{"国" * 28 * 12}</p></section>', css=css)
        for name in ("plain", "sides")
    )

    assert one.warnings == two.warnings == (LIMITS,)
    widest = [max(line.right - line.left for line in lines(each.data, tmp_path)[0][:-1])
              for each in (one, two)]  # fmt: skip
    assert widest[1] < widest[0] / 2


def test_pictures_in_the_layout_folder_are_printed(printed: Print, tmp_path: Path):
    (tmp_path / "章 1.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/>'
        "</svg>"
    )

    pdf = printed('<figure><img src="章 1.svg" alt="图"/></figure>', base=tmp_path)

    assert pdf.warnings == (LIMITS,)
    assert faults(pdf) == []


@pytest.mark.parametrize(
    "address", ["/etc/hostname", "../secret.png", "http://127.0.0.1:9/a.png", "link.png", "."]
)
def test_anything_else_is_refused_and_reported(printed: Print, tmp_path: Path, address: str):
    folder = tmp_path / "layout"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(b"secret")
    (folder / "link.png").symlink_to(tmp_path / "secret.png")

    pdf = printed(f'<figure><img src="{address}" alt="图"/></figure>', base=folder)

    _, warning = pdf.warnings
    assert warning.startswith("页面引用了不允许读取的文件或网址：")


def test_a_pipe_in_the_layout_folder_does_not_stop_the_printer(printed: Print, tmp_path: Path):
    os.mkfifo(tmp_path / "管道.png")

    pdf = printed('<figure><img src="管道.png" alt="图"/></figure>', base=tmp_path)

    assert pdf.warnings[1].startswith("页面引用了不允许读取的文件或网址：")


def test_style_sheets_may_not_read_elsewhere_either(printed: Print, tmp_path: Path):
    secret = tmp_path / "secret.css"
    secret.write_text("p { color: red }")
    folder = tmp_path / "layout"
    folder.mkdir()

    pdf = printed(
        "<p>正文</p>",
        css=f'p {{ background: url("file://{pathname2url(str(secret))}") }}',
        base=folder,
    )

    assert "secret.css" in pdf.warnings[1]


def test_a_picture_that_is_not_there_is_reported(printed: Print, tmp_path: Path):
    pdf = printed('<figure><img src="图.png" alt="图"/></figure>', base=tmp_path)

    assert len(pdf.warnings) == 2
    assert pdf.warnings[1].startswith("WeasyPrint：")


def test_css_that_it_does_not_know_is_reported_once(printed: Print):
    pdf = printed("<p>正文</p><p>正文</p>", css="p { no-such-property: 1 }")

    assert len(pdf.warnings) == 2
    assert "no-such-property" in pdf.warnings[1]


def test_progress_is_said_in_order(printed: Print):
    said: list[str] = []

    printed("<p>正文</p>", say=said.append)

    assert said == ["排 PDF 的版", "写 PDF"]
