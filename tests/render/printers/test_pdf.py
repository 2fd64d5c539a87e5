"""What the PDF looks like, what is in it, and what printing may and may not read."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from random import Random
from urllib.request import pathname2url

import pylopdf_fonts_zh_cn
import pytest

from perfgen.errors import PageError
from perfgen.model.layout import Layout
from perfgen.render.page.elements import parse_page
from perfgen.render.printers.weasyprint.printing import PrintedPdf, print_pdf
from render.pdf_reading import MM, lines, needs, page_texts, picture, reader

FONTS = Path(pylopdf_fonts_zh_cn.__file__).parent
SONG, HEI = FONTS / "NotoSerifSC-Regular.otf", FONTS / "NotoSansSC-Regular.otf"
FONT_CSS = f"""
@font-face {{ font-family: "song"; src: url("{SONG.as_uri()}"); }}
@font-face {{ font-family: "hei"; src: url("{HEI.as_uri()}"); }}
:root {{ --fangsong: "song"; --songti: "song"; --kaiti: "song"; --heiti: "hei";
  --xiaobiaosong: "hei"; }}
"""
HEAD = (
    '<title>整体支出绩效自评报告</title><meta name="author" content="苏州市商务局"/>'
    '<meta name="subject" content="预算绩效"/><meta name="date" content="2024-04-26"/>'
)
DUTY = "职能1：拟订全市内贸发展规划，促进城乡商品市场发展，研究提出引导国内外资金投向的政策。"
TEXT = "一是举办“走出去”宣传培训活动20余场次，服务企业500余家；二是强化“双随机、一公开”检查。"
PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK"
    "+kcQAAAABJRU5ErkJggg=="
)
Print = Callable[..., PrintedPdf]


def make_printer(layout: Layout) -> Print:
    """Return a function that prints the body of a page as a layout looks, with other CSS too."""
    styles = [style.read_text(encoding="utf-8") for style in layout.styles]

    def run(body: str, *, css: str = "", base: Path = FONTS, say=None) -> PrintedPdf:
        return print_pdf(
            parse_page(f'<html lang="zh-CN"><head>{HEAD}</head><body>{body}</body></html>'),
            [*styles, css],
            font_css=FONT_CSS,
            allowed_files=[SONG, HEI],
            base=base,
            say=say,
        )

    return run


@pytest.fixture(scope="module")
def printed(suzhou: Layout) -> Print:
    """Print as the Suzhou layout looks."""
    return make_printer(suzhou)


def table(rows: str, columns: int = 3, name: str = "tasks") -> str:
    heads = "".join(f'<th scope="col">表头{number}</th>' for number in range(1, columns + 1))
    return f'<table class="{name}"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def duty(rows: int, *, label: str = DUTY, result: str = "完成", long: bool = False) -> str:
    """The rows of one duty: its label merged over its tasks."""
    start = '<tr class="long">' if long else "<tr>"
    head = f'<th class="duty" scope="row" rowspan="{rows}">{label}</th>'
    return "".join(
        f"{start}{head if number == 0 else ''}<td>任务{number}号</td><td>{result}</td></tr>"
        for number in range(rows)
    )


# --- the page of GB/T 9704 -----------------------------------------------------------------------


@needs("pdftotext")
def test_a_full_page_has_22_lines_of_28_characters(printed: Print, tmp_path: Path):
    pdf = printed(f"<p>{'国' * (28 * 44 - 2)}</p>")

    first, second = lines(pdf.data, tmp_path)
    assert [len(line.text) for line in first[:-1]] == [26] + [28] * 21
    assert [len(line.text) for line in second[:-1]] == [28] * 22
    assert first[1].left == pytest.approx(28 * MM, abs=0.5)
    assert first[1].right == pytest.approx((210 - 26) * MM, abs=0.5)
    pitch = (second[21].top - second[0].top) / 21
    assert pitch == pytest.approx(28.99, abs=0.01)


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
    middle = (right[-1].top + right[-1].bottom) / 2
    assert middle == pytest.approx((297 - 35 + 7) * MM, abs=2)


@needs("pdftotext")
def test_the_right_edge_is_straight(printed: Print, tmp_path: Path):
    pdf = printed(f"<p>{TEXT * 6}</p>")

    body = lines(pdf.data, tmp_path)[0][:-1]
    assert {round(line.right) for line in body[:-1]} == {round((210 - 26) * MM)}


@needs("pdftotext")
def test_a_line_that_is_broken_on_purpose_is_not_spread(printed: Print, tmp_path: Path):
    pdf = printed(f"<p>{'国' * 24}<br/>{'国' * 27}<br/>完</p>")

    first, second, _ = lines(pdf.data, tmp_path)[0][:-1]
    assert first.right - first.left == pytest.approx(24 * 15.775, abs=1)
    assert second.right - second.left == pytest.approx(27 * 15.775, abs=1)


@needs("pdftotext")
@needs("pdftoppm")
def test_a_space_is_not_stretched_into_a_hole(printed: Print, tmp_path: Path):
    pdf = printed(
        "<p>新增全国全省首创及领先的制度创新成果 40项，其中“三项经验”“一带一路”推广。</p>"
    )

    first = lines(pdf.data, tmp_path)[0][0]
    assert first.right == pytest.approx((210 - 26) * MM, abs=1)
    box = [round(value * 2) for value in (first.left, first.top, first.right, first.bottom)]
    row = picture(pdf.data, 1, tmp_path).crop(box)
    columns = [row.crop((x, 0, x + 1, row.height)) for x in range(row.width)]
    inked = [x for x, column in enumerate(columns) if column.getextrema()[0] < 128]
    widest = max(after - before for before, after in pairwise(inked)) / 2
    assert widest < 16


@needs("pdftotext")
def test_lines_end_and_begin_where_chinese_lets_them(printed: Print, tmp_path: Path):
    pdf = printed("".join(f"<p>{'国' * shift}{TEXT * 3}</p>" for shift in range(12)))

    body = [line.text for page in lines(pdf.data, tmp_path) for line in page[:-1]]
    assert not [text for text in body if text[0] in "，。；：、？！）》”"]
    assert not [text for text in body if text[-1] in "（《“"]
    assert any(text[0] == "“" for text in body)
    assert any(text[-1] == "”" for text in body)


def test_a_heading_does_not_stand_alone_at_the_foot_of_a_page(printed: Print):
    pdf = printed(f"<p>{'国' * (28 * 21 - 2)}</p><h2>八、年度重点任务</h2><p>正文。</p>")

    first, second = page_texts(pdf.data)
    assert "八、年度重点任务" not in first
    assert second.startswith("八、年度重点任务正文。")


def test_a_wide_section_stands_on_landscape_pages(printed: Print):
    pdf = printed(f'<p>正文</p><section class="wide">{table(duty(2))}</section>')

    sizes = [(page.mediabox.width, page.mediabox.height) for page in reader(pdf.data).pages]
    assert [(round(w / MM), round(h / MM)) for w, h in sizes] == [(210, 297), (297, 210)]


def test_the_text_can_be_copied_out_as_it_was_typed(printed: Print):
    pdf = printed(f"<p>{TEXT}</p>")

    assert TEXT in page_texts(pdf.data)[0]
    assert "\u200b" not in reader(pdf.data).pages[0].extract_text()


# --- tables over several pages -------------------------------------------------------------------


def test_a_page_without_cut_cells_is_laid_out_once(printed: Print):
    assert printed(table(duty(3))).layouts == 1
    assert printed("".join(table(duty(3)) for _ in range(12))).layouts == 1


def test_a_label_is_printed_on_every_page_of_its_rows(printed: Print):
    pdf = printed(table(duty(90)))

    pages = page_texts(pdf.data)
    assert pdf.layouts == 2
    assert len(pages) > 2
    assert pages[0].count("职能1：拟订") == 1
    assert [page.count("职能1（续）") for page in pages] == [0] + [1] * (len(pages) - 1)


def test_the_head_of_a_table_is_repeated(printed: Print):
    pages = page_texts(printed(table(duty(90))).data)

    assert all(page.startswith("表头1表头2表头3") for page in pages)


def test_merges_inside_a_merge_are_both_printed_again(printed: Print):
    first = '<th class="label" rowspan="80">分解目标</th><th class="label" rowspan="80">履职</th>'
    rows = "".join(
        f"<tr>{first if number == 0 else ''}<td>指标{number}号</td></tr>" for number in range(80)
    )

    pages = page_texts(printed(table(rows, name="")).data)

    assert len(pages) > 2
    assert all(page.count("分解目标") == 1 and page.count("履职") == 1 for page in pages)


def test_nothing_is_lost_and_only_labels_are_added(printed: Print):
    rows = "".join(
        duty(
            3, label=f"职能{number}：{'拟订规划' * 30}", result=f"甲{number}{TEXT * 5}乙", long=True
        )
        for number in range(1, 6)
    )

    pages = page_texts(printed(table(rows)).data)

    text = "".join(pages)
    for number in range(1, 6):
        assert text.count(f"甲{number}一是") == 3
        assert text.count(f"职能{number}：") == 1
    assert text.count("拟订规划") == 5 * 30
    assert text.count("任务0号") == 5


@needs("pdftoppm")
def test_a_table_is_closed_at_the_foot_of_every_page(printed: Print, tmp_path: Path):
    rows = duty(1, label="甲") + duty(30, result=TEXT * 4, long=True)
    pdf = printed(table(rows))

    assert pdf.pages > 3
    for page in range(1, pdf.pages + 1):
        foot = _last_rule(picture(pdf.data, page, tmp_path))
        assert foot == pytest.approx(156 * MM * 2, abs=4), f"page {page}"


@needs("pdftoppm")
def test_a_table_without_a_head_begins_anew_with_a_line_on_every_page(
    printed: Print, tmp_path: Path
):
    row = f'<tr class="long"><th scope="row">甲</th><td>{TEXT * 60}</td></tr>'
    pdf = printed(f"<table><tbody>{row}</tbody></table>")

    assert pdf.pages > 2
    for page in range(1, pdf.pages + 1):
        first = _rules(picture(pdf.data, page, tmp_path))[0]
        assert first[0] == pytest.approx(37 * MM * 2, abs=16), f"page {page}"
        assert first[1] == pytest.approx(156 * MM * 2, abs=4), f"page {page}"


@needs("pdftoppm")
@needs("pdftotext")
def test_a_table_ends_below_its_last_row_where_kept_rows_move_to_the_next_page(
    printed: Print, tmp_path: Path
):
    row = "<tr{}><td>任务{}</td></tr>"
    rows = "".join(row.format(' class="kept"' * (number > 9), number) for number in range(34))
    pdf = printed(table(rows, columns=1), css="tr.kept { break-after: avoid; }")

    last = lines(pdf.data, tmp_path)[0][-2]  # the page number stands below it
    foot = _rules(picture(pdf.data, 1, tmp_path))[-1][0] / 2
    assert (pdf.pages, last.text) == (2, "任务9")
    assert foot - last.bottom < 8


def _last_rule(image) -> int:
    """The length of the lowest horizontal rule of a picture; 0 if there is none."""
    rules = _rules(image)
    return rules[-1][1] if rules else 0


def _rules(image) -> list[tuple[int, int]]:
    """The horizontal rules of a picture from the top: where each stands, and its length."""
    pixels = image.load()
    dark = [
        (y, sum(pixels[x, y] < 140 for x in range(image.width))) for y in range(1, image.height)
    ]
    return [(y, length) for y, length in dark if length > image.width // 2]


def test_a_row_over_two_pages_shows_its_label_on_both(printed: Print):
    rows = duty(1, label="甲", result="国" * 900, long=True) + duty(2, result=TEXT * 30, long=True)

    pages = page_texts(printed(table(rows)).data)

    with_rows = [page for page in pages if "一是举办" in page]
    assert len(with_rows) > 1
    assert all("职能1" in page for page in with_rows)


def test_a_short_first_row_does_not_tear_its_tall_label(printed: Print):
    label = "职能2：" + "负责推进流通产业结构调整，指导流通企业改革，" * 6
    shown = []
    for filling in range(20, 31):
        rows = duty(filling, label="甲") + duty(6, label=label, result=TEXT * 2)
        pages = page_texts(printed(table(rows)).data)
        shown.append([page.count("负责推进流通产业") for page in pages])

    assert all(sum(counts) == 6 for counts in shown)


@needs("pdftoppm")
def test_no_line_stands_where_a_label_goes_on_beside_a_row(printed: Print, tmp_path: Path):
    rows = duty(2, result=TEXT * 7, long=True)

    pdf = printed(table(rows))

    assert pdf.pages == 2
    image = picture(pdf.data, 1, tmp_path, dpi=288)
    left = round(28 * MM * 4)
    padding = image.crop((left + 6, 0, left + 12, image.height))
    dark = [y for y in range(image.height) if padding.getpixel((3, y)) < 140]
    rules = 1 + sum(after - before > 1 for before, after in pairwise(dark))
    assert rules == 3  # above and below the head, and at the foot


@pytest.mark.parametrize("seed", [4, 17, 18, 53])
def test_whatever_the_report_every_page_has_its_labels_and_no_text_is_lost(
    printed: Print, seed: int
):
    random = Random(seed)
    han = "全市商务工作按年度履职目标有序推进，各项任务完成情况良好。"
    rows: list[str] = []
    texts: list[str] = []
    for number in range(random.randint(4, 12)):
        label = f"职能{number}：" + "".join(random.choices(han, k=random.choice([20, 60, 160])))
        count = random.randint(1, random.choice([2, 4, 12]))
        for task in range(count):
            length = random.choice([20, 150, random.randint(120, 600)])
            texts.append("".join(random.choices(han, k=length)))
            head = f'<th class="duty" rowspan="{count}">{label}</th>' if task == 0 else ""
            kind = ' class="long"' if length > 120 else ""
            rows.append(f"<tr{kind}>{head}<td>事{number}之{task}。</td><td>{texts[-1]}</td></tr>")

    pages = page_texts(printed(table("".join(rows))).data)

    printed_text = Counter("".join(pages))
    assert all(printed_text[char] >= amount for char, amount in Counter("".join(texts)).items())
    for page in pages:
        for number in set(re.findall(r"事(\d+)之", page)):
            assert f"职能{number}：" in page or f"职能{number}（续）" in page


@needs("pdftotext")
def test_amounts_are_flush_right_on_one_line(printed: Print, tmp_path: Path):
    amounts = ["17358.25", "40", "1234567.89"]
    cells = "".join(f'<tr><td class="amount">{amount}</td></tr>' for amount in amounts)

    found = {line.text: line for line in lines(printed(table(cells, 1, "")).data, tmp_path)[0]}

    assert len({round(found[amount].right) for amount in amounts}) == 1


# --- what is in the file -------------------------------------------------------------------------


def test_it_says_what_it_is_whose_and_when(printed: Print):
    document = reader(printed("<h1>报告</h1><h2>一、概况</h2><h3>（一）职能</h3>").data)

    facts = document.metadata
    assert facts.title == "整体支出绩效自评报告"
    assert facts.author == "苏州市商务局"
    assert facts.subject == "预算绩效"
    assert facts["/CreationDate"].startswith("D:20240426")
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


def test_fonts_are_embedded_with_only_the_characters_used(printed: Print):
    pdf = printed("<h2>标题</h2><p>正文</p>")

    fonts = [
        font["/DescendantFonts"][0]["/FontDescriptor"]
        for page in reader(pdf.data).pages
        for font in page["/Resources"]["/Font"].values()
    ]
    assert len(fonts) == 2
    assert all("+" in font["/FontName"] and font["/FontFile3"] for font in fonts)
    assert len(pdf.data) < 200_000


def test_the_same_page_gives_the_same_bytes_in_another_process(printed: Print):
    body = f"<p>{TEXT}</p>{table(duty(40))}"
    code = (
        "import sys, test_pdf; from perfgen.layouts import find_layout, load_layout;"
        "layout = load_layout(find_layout('suzhou-self-evaluation'));"
        f"sys.stdout.buffer.write(test_pdf.make_printer(layout)({body!r}).data)"
    )
    here = Path(__file__).parent
    path = os.pathsep.join(str(folder) for folder in (here, here.parents[1]))
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


# --- what it reads, and what it says -------------------------------------------------------------


def test_a_sound_page_gives_no_warning(printed: Print):
    assert printed(f"<h1>报告</h1><p>{TEXT}</p>{table(duty(30))}").warnings == ()


def test_pictures_in_the_layout_folder_and_in_the_page_are_printed(printed: Print, tmp_path: Path):
    (tmp_path / "章.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/>'
        "</svg>"
    )

    pdf = printed(
        "".join(f'<figure><img src="{it}" alt="图"/></figure>' for it in ("章.svg", PIXEL)),
        base=tmp_path,
    )

    assert pdf.warnings == ()


@pytest.mark.parametrize(
    "address", ["/etc/hostname", "../secret.png", "http://127.0.0.1:9/a.png", "link.png"]
)
def test_anything_else_is_refused_and_reported(printed: Print, tmp_path: Path, address: str):
    folder = tmp_path / "layout"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(b"secret")
    (folder / "link.png").symlink_to(tmp_path / "secret.png")

    pdf = printed(f'<figure><img src="{address}" alt="图"/></figure>', base=folder)

    (warning,) = pdf.warnings
    assert warning.startswith("页面引用了不允许读取的文件或网址：")
    assert warning.endswith(address.rpartition("/")[2])


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

    assert "secret.css" in pdf.warnings[0]


def test_a_picture_that_is_not_there_is_reported(printed: Print, tmp_path: Path):
    pdf = printed('<figure><img src="图.png" alt="图"/></figure>', base=tmp_path)

    assert len(pdf.warnings) == 1
    assert pdf.warnings[0].startswith("WeasyPrint：")


def test_what_two_layouts_complain_of_is_reported_once(printed: Print, tmp_path: Path):
    picture = '<figure><img src="图.png" alt="图"/></figure>'

    pdf = printed(table(duty(90)) + picture, base=tmp_path)

    assert pdf.layouts == 2
    assert len(pdf.warnings) == 1


def test_css_that_the_printer_does_not_know_is_reported_once(printed: Print):
    pdf = printed(table(duty(90)), css="p { no-such-property: 1 }")

    assert pdf.layouts == 2
    assert len(pdf.warnings) == 1
    assert "no-such-property" in pdf.warnings[0]


def test_weasyprint_is_loaded_only_to_print():
    module = "perfgen.render.printers.weasyprint.printing"
    code = f"import sys, {module}; sys.exit('weasyprint' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_progress_is_said_in_order(printed: Print):
    said: list[str] = []

    printed(table(duty(90)), say=said.append)

    assert said == [
        "排 PDF 的版",
        "按分页拆分合并单元格（第 2 遍排版）",
        "写 PDF",
    ]
