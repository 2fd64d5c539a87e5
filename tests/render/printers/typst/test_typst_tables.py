"""Tables over several pages: heads, labels, rows that stay whole, rows that go on."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from typst_printing import DUTY, TEXT, Print, duty, raw_text, table

from perfgen.render.printers.typst.labels import brief
from perfgen.render.printers.typst.tightness import TIGHTER
from render.pdf_reading import MM, lines, needs, page_texts, picture
from render.structure_reading import read_structure

FORM = """
@page form { size: A4; margin: 22mm 20mm 24mm 20mm }
section.form { page: form; break-before: page }
table { margin: 0 }
"""


# --- labels and heads on further pages -----------------------------------------------------------


def test_a_label_is_printed_on_every_page_of_its_rows(printed: Print):
    pages = page_texts(printed(table(duty(90))).data)

    assert len(pages) > 2
    assert pages[0].count("职能1：拟订") == 1
    assert [page.count("职能1（续）") for page in pages] == [0] + [1] * (len(pages) - 1)


def test_the_head_of_a_table_is_repeated(printed: Print):
    pages = page_texts(printed(table(duty(90))).data)

    assert all(page.startswith("表头1表头2表头3") for page in pages)


def test_merges_inside_a_merge_are_all_printed_again(printed: Print):
    first = "".join(
        f'<th class="label" rowspan="80">{name}</th>' for name in ("甲目标", "乙", "丙")
    )
    rows = "".join(
        f"<tr>{first if number == 0 else ''}<td>指标{number}号</td></tr>" for number in range(80)
    )

    pages = page_texts(printed(table(rows, columns=4, name="")).data)

    assert len(pages) > 2
    assert all(page.count("甲目标") == page.count("乙") == page.count("丙") == 1 for page in pages)


def test_a_label_that_ends_where_the_page_ends_is_not_printed_again(printed: Print):
    for count in range(30, 38):
        pages = page_texts(printed(table(duty(count, label="甲组") + duty(40, label="乙组"))).data)
        for page in pages:
            shown = {name: page.count(name) for name in ("甲组", "乙组")}
            rows = len(re.findall(r"任务\d+号", page))
            assert max(shown.values()) == 1
            assert sum(shown.values()) == 1 or rows > 1


def test_a_label_stands_beside_its_rows_and_inside_its_column(printed: Print, tmp_path: Path):
    pdf = printed(table(duty(60)))

    for page in lines(pdf.data, tmp_path)[1:]:
        (again,) = [line for line in page if "（续）" in line.text]
        assert again.top > page[0].bottom
        assert again.left > 28 * MM
        assert again.right < 28 * MM + 0.4 * 156 * MM


def test_a_row_over_pages_shows_its_label_on_each(printed: Print):
    rows = duty(1, label="甲", result="国" * 900, long=True) + duty(2, result=TEXT * 30, long=True)

    pages = page_texts(printed(table(rows)).data)

    with_rows = [page for page in pages if "一是举办" in page]
    assert len(with_rows) > 2
    assert all("职能1" in page for page in with_rows)


def test_a_heading_of_one_row_is_printed_again_where_its_row_goes_on(printed: Print):
    row = f'<tr class="long"><th scope="row">{DUTY}</th><td>任务</td><td>{TEXT * 40}</td></tr>'

    pages = page_texts(printed(table(row)).data)

    assert len(pages) > 2
    assert [page.count("职能1（续）") for page in pages] == [0] + [1] * (len(pages) - 1)


@pytest.mark.parametrize("filling", range(18, 36, 3))
def test_a_long_label_is_never_torn_and_stands_on_every_page_of_its_rows(
    printed: Print, filling: int
):
    label = "职能2：" + "负责推进流通产业结构调整，指导流通企业改革，" * 6
    rows = duty(filling, label="甲") + duty(6, label=label, result=TEXT * 2)

    pages = page_texts(printed(table(rows)).data)

    assert sorted(page.count("负责推进流通产业") for page in pages)[-1] == 6
    assert sum(page.count("负责推进流通产业") for page in pages) == 6
    for page in pages:
        assert ("一是举办" in page) == ("职能2" in page)


def test_a_short_label_has_its_emphasis_again(printed: Print):
    label = "<strong>过程</strong>"

    pages = page_texts(printed(table(duty(60, label=label))).data)

    assert all(page.count("过程") == 1 for page in pages)


def test_a_label_in_a_narrow_column_is_shortened_where_there_is_no_room_for_all(
    printed: Print, tmp_path: Path
):
    """One row is left over on the last page: a label of twelve characters is six lines high."""
    css = "table.narrow col.label { width: 6% }"
    for count in range(28, 40):
        label = f'<th rowspan="{count}">服务对象满意度二级指标值</th>'
        rows = "".join(
            f"<tr>{label if number == 0 else ''}<td>指标{number}</td></tr>"
            for number in range(count)
        )
        body = (
            '<table class="narrow"><colgroup><col class="label"/><col/></colgroup>'
            f"<tbody>{rows}</tbody></table><p>表后正文</p>"
        )
        pdf = printed(body, css=css)
        for page in lines(pdf.data, tmp_path):
            after = [line.top for line in page if line.text == "表后正文"]
            low = [line.bottom for line in page if line.right < 28 * MM + 0.06 * 156 * MM + 2]
            if after and low:
                assert max(low) < after[0]


@pytest.mark.parametrize(
    ("label", "again"),
    [
        ("过程", "过程"),
        ("职能10：负责全市对外投资和经济合作工作，拟订和执行政策措施。", "职能10（续）"),
        ("推动服务贸易创新发展，建设公共服务平台和载体", "推动服务贸易创新发展（续）"),
        ("深入贯彻实施促进综合保税区高水平开放的若干意见", "深入贯彻实施促进综合保税…（续）"),
    ],
)
def test_a_long_label_is_printed_again_in_short(label: str, again: str):
    assert brief(label) == again


# --- rows ----------------------------------------------------------------------------------------


def test_a_small_row_stays_whole(printed: Print, tmp_path: Path):
    for filling in range(20, 30):
        rows = duty(filling, label="甲") + duty(1, label="乙", result="丁" * 70, long=True)
        pages = lines(printed(table(rows)).data, tmp_path)
        assert len([page for page in pages if any("丁" in line.text for line in page)]) == 1


def test_a_row_higher_than_a_page_loses_nothing(printed: Print):
    text = "".join(f"第{number}句，" for number in range(1500))
    pdf = printed(table(f"<tr><td>甲</td><td>乙</td><td>{text}</td></tr>"))  # not of class long

    (*_, cell) = read_structure(pdf.data).document.all("TD")
    assert pdf.pages > 3
    assert cell.text == text


def test_the_first_rows_of_a_table_stay_together_and_the_last(printed: Print):
    rows = "".join(f"<tr><td>行{number}号</td></tr>" for number in range(40))
    for before in range(10, 22):
        pages = page_texts(printed(f"<p>{'国' * 28 * before}</p>{table(rows, 1, '')}").data)
        for page in pages:
            shown = re.findall(r"行(\d+)号", page)
            assert len(shown) != 1


def test_rows_that_the_layout_keeps_together_are_on_one_page(printed: Print):
    row = "<tr{}><td>任务{}</td></tr>"
    rows = "".join(row.format(' class="kept"' * (number > 9), number) for number in range(34))

    first, second = page_texts(
        printed(table(rows, columns=1), css="tr.kept { break-after: avoid; }").data
    )

    assert first.endswith("任务9—1—")
    assert second.startswith("表头1任务10")


@needs("pdftoppm")
def test_a_table_is_closed_at_the_foot_of_every_page(printed: Print, tmp_path: Path):
    rows = duty(1, label="甲") + duty(30, result=TEXT * 4, long=True)
    pdf = printed(table(rows))

    assert pdf.pages > 3
    for page in range(1, pdf.pages + 1):
        rules = horizontal_rules(picture(pdf.data, page, tmp_path))
        assert rules[-1][1] == pytest.approx(156 * MM * 2, abs=4), f"page {page}"


@needs("pdftoppm")
def test_a_table_without_a_head_begins_anew_with_a_line_on_every_page(
    printed: Print, tmp_path: Path
):
    row = f'<tr class="long"><th scope="row">甲</th><td>{TEXT * 60}</td></tr>'
    pdf = printed(f"<table><tbody>{row}</tbody></table>")

    assert pdf.pages > 2
    for page in range(1, pdf.pages + 1):
        first = horizontal_rules(picture(pdf.data, page, tmp_path))[0]
        assert first[0] == pytest.approx(37 * MM * 2, abs=16), f"page {page}"
        assert first[1] == pytest.approx(156 * MM * 2, abs=4), f"page {page}"


def horizontal_rules(image) -> list[tuple[int, int]]:
    """The horizontal rules of a picture from the top: where each stands, and its length."""
    pixels = image.load()
    dark = [
        (y, sum(pixels[x, y] < 140 for x in range(image.width))) for y in range(1, image.height)
    ]
    return [(y, length) for y, length in dark if length > image.width // 2]


@needs("pdftoppm")
def test_two_tables_that_are_joined_share_a_line(printed: Print, tmp_path: Path):
    one = "<table><tbody><tr><td>甲</td></tr></tbody></table>"
    two = '<table class="next"><tbody><tr><td>乙</td></tr></tbody></table>'
    css = "table { margin: 0 } table.next { margin-top: -0.5pt }"
    pdf = printed(one + two, css=css)

    dark = [y / 4 for y, _ in horizontal_rules(picture(pdf.data, 1, tmp_path, dpi=288))]
    rules = [y for before, y in pairwise([0.0, *dark]) if y - before > 1]
    assert [after - before for before, after in pairwise(rules)] == pytest.approx(
        [21.5, 21.5], abs=0.5
    )


@needs("pdftoppm")
def test_a_cell_without_a_line_below_joins_the_one_under_it(printed: Print, tmp_path: Path):
    css = "th.upper { border-bottom: none } th.lower { border-top: none }"
    rows = (
        '<tr><th class="upper">上</th><td>一</td></tr><tr><th class="lower">下</th><td>二</td></tr>'
    )
    pdf = printed(f"<table><tbody>{rows}</tbody></table>", css=css)

    image = picture(pdf.data, 1, tmp_path, dpi=144)
    left = image.crop((round(30 * MM * 2), 0, round(60 * MM * 2), image.height))
    pixels = left.load()
    full = [y for y in range(left.height) if all(pixels[x, y] < 140 for x in range(0, 60, 7))]
    assert len({y // 4 for y in full}) == 2  # only above and below the two cells


@needs("pdftotext")
def test_amounts_are_flush_right_on_one_line(printed: Print, tmp_path: Path):
    amounts = ["17358.25", "40", "1234567.89"]
    cells = "".join(f'<tr><td class="amount">{amount}</td></tr>' for amount in amounts)

    found = {line.text: line for line in lines(printed(table(cells, 1, "")).data, tmp_path)[0]}

    assert len({round(found[amount].right) for amount in amounts}) == 1


# --- short tails of forms ------------------------------------------------------------------------


def form(rows: int) -> str:
    body = "".join(f"<tr><td>指标{number}号</td><td>完成</td></tr>" for number in range(rows))
    total = '<tr class="total"><th scope="row">总分</th><td>100</td></tr>'
    head = "<thead><tr><th>指标</th><th>完成</th></tr></thead>"
    table = f"<table>{head}<tbody>{body}{total}</tbody></table>"
    return f'<section class="form"><h1>自评表</h1>{table}</section>'


def test_a_form_does_not_end_with_a_few_rows_on_a_page_of_their_own(printed: Print):
    counts = [printed(form(rows), css=FORM).pages for rows in range(26, 42)]

    alone = next(rows for rows, pages in zip(range(26, 42), counts, strict=True) if pages == 2)
    last = page_texts(printed(form(alone), css=FORM).data)[-1]
    assert len(re.findall(r"指标\d+号", last)) >= 5
    assert counts == sorted(counts)


def test_a_form_that_is_drawn_in_keeps_half_of_its_space(printed: Print, tmp_path: Path):
    for rows in range(26, 42):
        pdf = printed(form(rows), css=FORM)
        tops = [line.top for line in lines(pdf.data, tmp_path)[0] if line.text.startswith("指标")]
        pitch = (tops[-1] - tops[1]) / (len(tops) - 2)
        space, line = min(TIGHTER)
        assert pitch >= 15 * line + 0.5 + 6 * space - 0.01
        assert pitch <= 15 + 0.5 + 6 + 0.01


def test_only_the_form_with_a_tail_is_printed_tighter(printed: Print, tmp_path: Path):
    short = form(10)
    counts = {rows: printed(form(rows), css=FORM).pages for rows in range(26, 42)}
    tail = max(rows for rows, pages in counts.items() if pages == 1)
    alone = lines(printed(short, css=FORM).data, tmp_path)[0]
    both = lines(printed(short + form(tail), css=FORM).data, tmp_path)[0]

    assert [line.top for line in both[:-1]] == [line.top for line in alone[:-1]]


# --- the text as it stands in the page -----------------------------------------------------------


def test_nothing_is_lost_and_only_labels_are_added(printed: Print, tmp_path: Path):
    rows = "".join(
        duty(
            3, label=f"职能{number}：{'拟订规划' * 30}", result=f"甲{number}{TEXT * 5}乙", long=True
        )
        for number in range(1, 6)
    )
    text = raw_text(printed(table(rows)).data, tmp_path)

    for number in range(1, 6):
        assert text.count(f"甲{number}一是") == 3
        assert text.count(f"职能{number}：") == 1
    assert text.count("拟订规划") == 5 * 30
    assert text.count("任务0号") == 5


def test_a_label_that_goes_on_over_pages_is_named_below_its_end(printed: Print):
    label = "职能2：" + "负责推进流通产业结构调整，指导流通企业改革，" * 18
    rows = duty(23, label="甲") + duty(6, label=label, result=TEXT * 2)

    pages = page_texts(printed(table(rows)).data)

    assert "".join(pages).count("职能2：") == 1
    assert "职能2（续）" in pages[-1]
    assert sum(page.count("负责推进流通产业") for page in pages) >= 17
