"""Tables: real widths, whole merges, repeated heads, and figures that do not wrap."""

import pytest
from docx.oxml.ns import qn
from docx_reading import attributes, grid_faults, printed, spans, text_of, value

from perfgen.errors import PageError


def table(rows, css="", *, before="", attributes_=""):
    document = printed(f"{before}<table{attributes_}>{rows}</table>", css)
    return document, document.tables()[0]


def widths(found):
    return [int(column.get(qn("w:w"))) for column in found.find(qn("w:tblGrid"))]


def test_a_table_fills_the_type_area_exactly():
    document, found = table("<tbody><tr><td>甲</td><td>乙</td><td>丙</td></tr></tbody>")
    margins = attributes(document.sections()[0], "pgMar")
    page = attributes(document.sections()[0], "pgSz")
    room = int(page["w"]) - int(margins["left"]) - int(margins["right"])
    assert room - 1 <= sum(widths(found)) <= room
    assert attributes(found, "tblPr/tblW") == {"w": str(sum(widths(found))), "type": "dxa"}
    assert attributes(found, "tblPr/tblLayout") == {"type": "fixed"}


def test_columns_are_as_wide_as_the_css_says_and_the_others_share_the_rest():
    css = "table { width: 400pt } .a { width: 25% } .b { width: 100pt }"
    cols = '<colgroup><col class="a"/><col class="b"/><col/><col/></colgroup>'
    _, found = table(f"{cols}<tbody><tr><td/><td/><td/><td/></tr></tbody>", css)
    assert widths(found) == [2000, 2000, 2000, 2000]


def test_widths_that_ask_for_too_much_are_scaled_down():
    css = "table { width: 400pt } .a { width: 60% }"
    cols = '<colgroup><col class="a"/><col class="a"/></colgroup>'
    _, found = table(f"{cols}<tbody><tr><td/><td/></tr></tbody>", css)
    assert widths(found) == [4000, 4000]


def test_a_column_grows_until_its_figures_do_not_wrap():
    css = "table { width: 400pt } .narrow { width: 8% }"
    cols = '<colgroup><col/><col class="narrow"/></colgroup>'
    row = '<tbody><tr><td>名称</td><td class="amount">123456.78%</td></tr></tbody>'
    _, found = table(cols + row, css)
    name, amount = widths(found)
    assert name + amount == 8000
    # Ten characters of at least half a size, the cell's margins beside them.
    assert amount >= 20 * (10 * 10.5 / 2 + 8)


def test_a_merged_cell_is_one_merge_from_its_first_row_to_its_last():
    document, found = table(
        "<thead><tr><th rowspan='2'>项</th><th colspan='2'>额</th></tr>"
        "<tr><th>初</th><th>终</th></tr></thead>"
        "<tbody><tr><th rowspan='3'>甲</th><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr>"
        "<tr><td colspan='2'>5</td></tr></tbody>"
    )
    assert [spans(row) for row in found.iter(qn("w:tr"))] == [
        [(0, 1, "restart"), (1, 2, None)],
        [(0, 1, "continue"), (1, 1, None), (2, 1, None)],
        [(0, 1, "restart"), (1, 1, None), (2, 1, None)],
        [(0, 1, "continue"), (1, 1, None), (2, 1, None)],
        [(0, 1, "continue"), (1, 2, None)],
    ]
    assert grid_faults(found) == []
    assert document.texts() == ["项", "额", "初", "终", "甲", "1", "2", "3", "4", "5"]


def test_a_fault_in_a_grid_would_be_seen():
    _, found = table(
        "<tbody><tr><td rowspan='2'>甲</td><td>乙</td></tr><tr><td>丙</td></tr></tbody>"
    )
    rows = list(found.iter(qn("w:tr")))
    rows[0].remove(rows[0].find(qn("w:tc")))
    assert grid_faults(found) == [
        "row 1 does not fill the grid",
        "row 2, column 0: nothing to continue",
    ]


def test_head_rows_repeat_and_hold_on_to_what_follows():
    _, found = table("<thead><tr><th>头</th></tr></thead><tbody><tr><td>甲</td></tr></tbody>")
    head, body = found.iter(qn("w:tr"))
    assert value(head, "trPr/tblHeader") == "on"
    assert value(body, "trPr/tblHeader") is None
    assert value(head, "tc/p/pPr/keepNext") == "on"
    assert value(body, "tc/p/pPr/keepNext") is None


def test_rows_stay_whole_unless_the_css_lets_them_break():
    _, found = table('<tbody><tr><td>短</td></tr><tr class="long"><td>长</td></tr></tbody>')
    short, long = found.iter(qn("w:tr"))
    assert value(short, "trPr/cantSplit") == "on"
    assert value(long, "trPr/cantSplit") is None


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        ("", [None, None, None]),
        ("tr:first-child { break-after: avoid }", ["on", None, None]),
        ("tr:last-child { break-before: avoid }", [None, "on", None]),
        ("table { break-inside: avoid }", ["on", "on", None]),
    ],
)
def test_rows_are_kept_together_where_the_css_says_so(css, kept):
    _, found = table(
        "<tbody><tr><td>甲</td></tr><tr><td>乙</td></tr><tr><td>丙</td></tr></tbody>", css
    )
    assert [value(row, "tc/p/pPr/keepNext") for row in found.iter(qn("w:tr"))] == kept


def test_lines_and_cell_margins_are_the_table_styles():
    document, found = table("<tbody><tr><td>甲</td></tr></tbody>")
    assert document.style_name(found) == "公文表格"
    style = document.style("公文表格")
    assert attributes(style, "tblPr/tblBorders/insideH") == {
        "val": "single", "sz": "4", "space": "0", "color": "auto",
    }  # fmt: skip
    assert attributes(style, "tblPr/tblCellMar/left") == {"w": "80", "type": "dxa"}
    assert value(style, "tcPr/vAlign") == "center"
    (cell,) = found.iter(qn("w:tc"))
    assert [child.tag for child in cell[0]] == [qn("w:tcW")]


def test_a_cell_says_itself_what_other_cells_have_not():
    css = (
        "td.x { border-top: 1.5pt double #c00; padding: 1pt 2pt; vertical-align: top;"
        " background: #eee; white-space: nowrap }"
    )
    _, found = table('<tbody><tr><td>甲</td><td>乙</td><td class="x">丙</td></tr></tbody>', css)
    special = list(found.iter(qn("w:tc")))[2]
    assert attributes(special, "tcPr/tcBorders/top") == {
        "val": "double", "sz": "12", "space": "0", "color": "CC0000",
    }  # fmt: skip
    assert attributes(special, "tcPr/tcMar/top") == {"w": "20", "type": "dxa"}
    assert attributes(special, "tcPr/shd")["fill"] == "EEEEEE"
    assert value(special, "tcPr/vAlign") == "top"
    assert value(special, "tcPr/noWrap") == "on"


def test_cells_have_named_styles():
    document, found = table(
        "<thead><tr><th>头</th></tr></thead>"
        '<tbody><tr><td>文</td></tr><tr><td class="amount">1</td></tr></tbody>'
    )
    names = [document.style_name(paragraph) for paragraph in found.iter(qn("w:p"))]
    assert names == ["表格表头", "表格文字", "表格数字"]
    assert value(document.style("表格数字"), "pPr/jc") == "right"


def test_a_caption_stands_above_its_table_and_stays_with_it():
    document, found = table("<caption>表 1</caption><tbody><tr><td>甲</td></tr></tbody>")
    caption = document.paragraph("表 1")
    assert caption.getnext() is found
    assert document.style_name(caption) == "表格标题"
    assert value(caption, "pPr/keepNext") == "on"


def test_those_who_listen_hear_what_the_table_is():
    _, found = table(
        "<thead><tr><th>名称</th><th>金额</th></tr></thead>"
        '<tbody><tr><th scope="row">甲</th><td>1</td></tr></tbody>',
        before="<h2>七、预算信息</h2>",
    )
    assert value(found, "tblPr/tblCaption") == "七、预算信息"
    assert value(found, "tblPr/tblDescription") == "2 列 2 行：名称、金额"
    look = attributes(found, "tblPr/tblLook")
    assert (look["val"], look["firstRow"], look["firstColumn"]) == ("06A0", "1", "1")


def test_the_space_above_a_table_is_the_paragraphs_before_it():
    document, _ = table("<tbody><tr><td>甲</td></tr></tbody>", before="<p>文</p>")
    assert attributes(document.paragraph("文"), "pPr/spacing") == {"after": "120"}


def test_two_tables_stay_two():
    document = printed("<table><tbody><tr><td>甲</td></tr></tbody></table>" * 2)
    first, second = document.tables()
    between = first.getnext()
    assert between.getnext() is second
    assert text_of(between) == ""
    assert attributes(between, "pPr/spacing") == {"line": "120", "lineRule": "exact"}


def test_the_paragraph_after_a_last_table_is_one_point_high():
    document = printed("<table><tbody><tr><td>甲</td></tr></tbody></table>")
    last = document.tables()[0].getnext()
    style = document.style(document.style_name(last))
    assert attributes(style, "pPr/spacing")["line"] == "20"
    assert attributes(style, "pPr/spacing")["lineRule"] == "exact"


def test_lists_and_paragraphs_in_a_cell():
    document, _ = table("<tbody><tr><td>先<p>段</p><ul><li>项</li></ul></td></tr></tbody>")
    assert document.texts() == ["先", "段", "项"]
    assert value(document.paragraph("项"), "pPr/numPr/numId") == "1"


def test_more_columns_than_word_has_are_refused():
    with pytest.raises(PageError, match="Word 的表格最多 63 列"):
        table(f"<tbody><tr>{'<td/>' * 64}</tr></tbody>")


def test_ten_thousand_rows_are_written_whole():
    rows = "".join(
        ("<tr><th rowspan='10'>类</th>" if number % 10 == 0 else "<tr>")
        + f"<td>指标{number}</td><td class='amount'>{number}.25</td></tr>"
        for number in range(10_000)
    )
    document, found = table(f"<thead><tr><th/><th/><th/></tr></thead><tbody>{rows}</tbody>")
    assert len(found.findall(qn("w:tr"))) == 10_001
    assert grid_faults(found) == []
    assert document.texts()[-1] == "9999.25"


def test_a_link_may_lead_to_a_row_and_to_a_part_of_a_table():
    rows = (
        '<thead id="head"><tr><th>甲</th></tr></thead>'
        '<tbody id="rest"><tr><td>乙</td></tr><tr id="one"><td>丙</td></tr></tbody>'
    )
    links = "".join(f'<p><a href="#{name}">见</a></p>' for name in ("one", "head", "rest"))
    document, found = table(rows, before=links)
    marks = {mark.get(qn("w:name")): text_of(next(mark.iterancestors(qn("w:tr"))))
             for mark in found.iter(qn("w:bookmarkStart"))}  # fmt: skip
    assert sorted(marks.values()) == ["丙", "乙", "甲"]
    leads = {link.get(qn("w:anchor")) for link in document.main.iter(qn("w:hyperlink"))}
    assert leads == set(marks)


def test_figures_in_paragraphs_and_in_several_lines_do_not_wrap_either():
    css = "table { width: 400pt } .narrow { width: 8% }"
    cols = '<colgroup><col/><col class="narrow"/></colgroup>'
    wide = []
    for words in ("1", "123456.78%", "<p>123456.78%</p>", "1<br/>123456.78%"):
        row = f'<tbody><tr><td>名称</td><td class="amount">{words}</td></tr></tbody>'
        _, found = table(cols + row, css)
        wide.append(widths(found)[1])
    assert wide[0] < wide[1] == wide[2] == wide[3]
