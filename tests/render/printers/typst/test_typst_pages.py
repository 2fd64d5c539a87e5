"""The page of GB/T 9704, lines of Chinese, headings and papers."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from typst_printing import TEXT, Print, duty, plain, raw_text, table

from render.pdf_reading import MM, lines, needs, page_texts, picture, reader

RIGHT, LEFT = (210 - 26) * MM, 28 * MM
COVER = """
@page cover { margin: 76mm 26mm 35mm 28mm; counter-increment: page 0;
  @bottom-right { content: none } @bottom-left { content: none } }
section.cover { page: cover }
"""


@needs("pdftotext")
def test_a_full_page_has_22_lines_of_28_characters(printed: Print, tmp_path: Path):
    pdf = printed(f"<p>{'国' * (28 * 44 - 2)}</p>")

    first, second = lines(pdf.data, tmp_path)
    assert [len(line.text) for line in first[:-1]] == [26] + [28] * 21
    assert [len(line.text) for line in second[:-1]] == [28] * 22
    assert first[1].left == pytest.approx(LEFT, abs=0.5)
    assert first[1].right == pytest.approx(RIGHT, abs=0.5)
    pitch = (second[21].top - second[0].top) / 21
    assert pitch == pytest.approx(28.99, abs=0.01)


@needs("pdftotext")
def test_lines_that_mix_fonts_keep_the_pitch(printed: Print, tmp_path: Path):
    pdf = printed(f"<p>{'商务2023<strong>重点</strong>工作' * 90}</p>")

    tops = [line.top for line in lines(pdf.data, tmp_path)[0][:-1]]
    assert len(tops) == 22
    # Lines that begin with the same font are measured: its letters reach as high in each.
    assert tops[20] - tops[0] == pytest.approx(20 * 28.99, abs=0.05)
    assert tops[21] - tops[1] == pytest.approx(20 * 28.99, abs=0.05)


@needs("pdftotext")
def test_the_page_number_stands_outside_one_character_in(printed: Print, tmp_path: Path):
    right, left = lines(printed(f"<p>{'国' * 28 * 30}</p>").data, tmp_path)

    assert (right[-1].text, left[-1].text) == ("— 1 —", "— 2 —")
    assert right[-1].right == pytest.approx(RIGHT - 14, abs=2)
    assert left[-1].left == pytest.approx(LEFT + 14, abs=2)
    middle = (right[-1].top + right[-1].bottom) / 2
    assert middle == pytest.approx((297 - 35 + 7) * MM, abs=2)


@needs("pdftotext")
def test_a_cover_has_no_number_and_counts_as_page_0(printed: Print, tmp_path: Path):
    body = f'<section class="cover"><h1>封面</h1></section><p>{"国" * 28 * 30}</p>'

    cover, first, second = lines(printed(body, css=COVER).data, tmp_path)

    assert [line.text for line in cover] == ["封面"]
    assert (first[-1].text, second[-1].text) == ("— 1 —", "— 2 —")
    assert first[-1].right == pytest.approx(RIGHT - 14, abs=2)


@needs("pdftotext")
def test_the_right_edge_is_straight(printed: Print, tmp_path: Path):
    body = "".join(f"<p>{'国' * shift}{TEXT * 4}</p>" for shift in range(8))

    for page in lines(printed(body).data, tmp_path):
        # The last line of a paragraph is not spread: an indented line follows it.
        inner = [line for line, after in pairwise(page[:-1]) if after.left < LEFT + 10]
        assert [line.right for line in inner] == pytest.approx([RIGHT] * len(inner), abs=1)


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
    assert first.right == pytest.approx(RIGHT, abs=1)
    box = [round(value * 2) for value in (first.left, first.top, first.right, first.bottom)]
    row = picture(pdf.data, 1, tmp_path).crop(box)
    columns = [row.crop((x, 0, x + 1, row.height)) for x in range(row.width)]
    inked = [x for x, column in enumerate(columns) if column.getextrema()[0] < 128]
    widest = max(after - before for before, after in pairwise(inked)) / 2
    assert widest < 16


@needs("pdftotext")
def test_lines_end_and_begin_where_chinese_lets_them(printed: Print, tmp_path: Path):
    pdf = printed("".join(f"<p>{'国' * shift}{TEXT * 3}</p>" for shift in range(28)))

    body = [line.text for page in lines(pdf.data, tmp_path) for line in page[:-1]]
    assert not [text for text in body if text[0] in "，。；：、！？）》”"]
    assert not [text for text in body if text[-1] in "（《“"]
    assert any(text[0] == "“" for text in body)
    assert any(text[-1] == "”" for text in body)


@needs("pdftotext")
@pytest.mark.parametrize("before", range(18, 23))
def test_no_line_of_a_paragraph_stands_alone(printed: Print, tmp_path: Path, before: int):
    body = f"<p>{'国' * (28 * before - 2)}</p><p>{'甲' * (28 * 4 - 2)}</p>"

    for page in lines(printed(body).data, tmp_path):
        assert sum("甲" in line.text for line in page) != 1


def test_a_heading_does_not_stand_alone_at_the_foot_of_a_page(printed: Print):
    pdf = printed(f"<p>{'国' * (28 * 21 - 2)}</p><h2>八、年度重点任务</h2><p>正文。</p>")

    first, second = page_texts(pdf.data)
    assert "八、年度重点任务" not in first
    assert second.startswith("八、年度重点任务正文。")


def test_headings_one_below_the_other_go_together(printed: Print):
    body = f"<p>{'国' * (28 * 20 - 2)}</p><h2>一、甲</h2><h3>（一）乙</h3>{table(duty(3))}"

    first, second = page_texts(printed(body).data)
    assert "一、甲" not in first
    assert second.startswith("一、甲（一）乙表头1")


def test_a_heading_before_a_landscape_section_goes_with_it(printed: Print):
    wide = f'<section class="wide">{table(duty(2))}</section>'

    first, second = page_texts(printed(f"<p>正文</p><h2>八、自评表</h2>{wide}").data)
    assert "八、自评表" not in first
    assert second.startswith("八、自评表表头1")


def test_a_paragraph_that_announces_a_table_stands_above_it(printed: Print):
    high = f"<tr><td>甲</td><td>乙</td><td>{TEXT * 5}</td></tr>"
    body = f"<p>{'国' * (28 * 18 - 2)}</p><p>具体完成情况如下：</p>{table(high * 2)}"

    first, second = page_texts(printed(body).data)
    assert "具体完成情况如下" not in first
    assert second.startswith("具体完成情况如下：表头1")


def test_a_wide_section_stands_on_landscape_pages(printed: Print):
    pdf = printed(f'<p>正文</p><section class="wide">{table(duty(2))}</section><p>后文</p>')

    sizes = [(page.mediabox.width, page.mediabox.height) for page in reader(pdf.data).pages]
    assert [(round(w / MM), round(h / MM)) for w, h in sizes] == [
        (210, 297),
        (297, 210),
        (210, 297),
    ]


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "㛃䶮𬭎𠅤喆堃旸祎",
        "cafe\u0301与e\u0301" * 20,
        "甲·乙•丙・丁",
        "≥≤＝≠±×÷℃‰％²③Ⅳ㎡①☑☐",
        r'#set text(red) $x^2$ @ref <标> //注 \u{41} "引" \ ~ -- [a] {b} `c` #{1+1}',
        "https://example.org/" + "a1-_" * 60,
    ],
)
def test_the_text_can_be_copied_out_as_it_was_typed(printed: Print, tmp_path: Path, text: str):
    typed = text.replace("<", "&lt;")
    pdf = printed(f"<p>{typed}</p><table><tbody><tr><td>{typed}</td></tr></tbody></table>")

    read = raw_text(pdf.data, tmp_path)
    assert read.count(plain(text)) == 2


@needs("pdftotext")
def test_an_address_of_200_characters_stays_inside_its_cell(printed: Print, tmp_path: Path):
    address = "https://example.org/" + "index0" * 30
    row = f"<tr><td>甲</td><td>{address}</td><td>乙</td></tr>"

    found = lines(printed(table(row)).data, tmp_path)[0]

    pieces = [line for line in found if set(line.text) <= set(address)]
    assert len(pieces) > 3
    third = next(line for line in found if line.text == "表头3")
    assert max(line.right for line in pieces) < (third.left + third.right) / 2 - 26 * MM
