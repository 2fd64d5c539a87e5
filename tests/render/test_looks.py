"""The CSS that makes the PDF is read for the other documents: the same cascade, the same values."""

from pathlib import Path

import pytest

from perfgen.errors import LayoutError, PageError
from perfgen.render.looks import NO_BORDER, Border, Counter, Sides, Width, read_looks
from perfgen.render.looks.guide import main
from perfgen.render.page.elements import parse_page

BODY = (
    '<h2 class="a">题</h2><p id="p" class="a b">文<em>斜</em></p>'
    '<section class="wide"><p>宽</p></section>'
    "<table><tbody><tr><td>甲</td><td class='x'>乙</td></tr><tr><td>丙</td><td>丁</td></tr></tbody>"
    "</table>"
)


class Styled:
    """A page with a stylesheet: the look of the first element that an XPath finds."""

    def __init__(self, *stylesheets, body=BODY):
        self.page = parse_page(f"<html><head/><body>{body}</body></html>")
        self.looks = read_looks(self.page, stylesheets)

    def __getitem__(self, path):
        return self.looks.of(self.page.body.find(path))


def test_margins_beyond_the_edge_of_the_paper_are_refused():
    """The words would be printed beside the paper, where nobody reads them."""
    with pytest.raises(LayoutError, match="页边距是负数"):
        Styled("@page { margin: 2cm 2cm 2cm -5cm }")


def test_specificity_and_order_decide():
    styled = Styled(
        "p.a { text-align: right } p { text-align: center } .b { text-align: left }",
        "p { orphans: 2 } p { orphans: 1 }",
    )
    assert styled["p"].paragraph.align == "right"
    assert styled["p"].paragraph.orphans == 1
    assert styled["section/p"].paragraph.align == "center"


def test_important_beats_what_is_more_specific():
    assert Styled("p { color: red !important } #p { color: blue }")["p"].text.color == "FF0000"


def test_text_is_inherited_and_boxes_are_not():
    styled = Styled(
        "html { font: bold 16pt/1.5 var(--fangsong); letter-spacing: -0.2pt; color: #c00 }"
        "p { margin: 3pt; padding: 0 2pt; font-size: 20pt }"
    )
    em = styled["p/em"]
    assert (em.text.role, em.text.size, em.text.bold) == ("fangsong", 20, True)
    assert (em.text.spacing, em.text.color) == (-0.2, "CC0000")
    assert em.paragraph.line_height == 30
    assert em.box.padding == Sides(0, 0, 0, 0)


def test_a_font_shorthand_sets_back_what_it_does_not_name():
    styled = Styled("p { font: italic bold 12pt/20pt var(--kaiti) } p { font: 10pt var(--heiti) }")
    look = styled["p"]
    assert (look.text.bold, look.text.italic, look.paragraph.line_height) == (False, False, None)
    assert (look.text.role, look.text.size) == ("heiti", 10)


@pytest.mark.parametrize(
    ("declaration", "points"),
    [("2em", 32), ("1cm", 72 / 2.54), ("10mm", 72 / 2.54), ("12pt", 12), ("4px", 3), ("2rem", 24)],
)
def test_lengths_are_points(declaration, points):
    styled = Styled(f"p {{ font-size: 16pt; text-indent: {declaration} }}")
    assert styled["p"].paragraph.indent == pytest.approx(points)


def test_shorthands_have_one_to_four_values():
    styled = Styled(
        "h2 { margin: 1pt 2pt 3pt }"
        "p { padding: 1pt 2pt; border: 1pt solid; border-width: 1pt 2pt 3pt 4pt }"
    )
    assert styled["h2"].paragraph.margin == Sides(1, 2, 3, 2)
    assert styled["p"].box.padding == Sides(1, 2, 1, 2)


def test_borders_are_drawn_only_with_a_style():
    styled = Styled("td { border: 0.5pt solid #00f; border-left: none } p { border-width: 2pt }")
    line = Border(0.5, "solid", "0000FF")
    assert styled["table/tbody/tr/td"].box.border == Sides(line, line, line, NO_BORDER)
    assert styled["p"].box.border.top == NO_BORDER


def test_keeping_and_breaking():
    styled = Styled(
        "h2 { break-after: avoid; page-break-before: always } p { break-inside: avoid }"
    )
    lines = styled["h2"].paragraph
    assert (lines.keep_with_next, lines.break_before) == (True, True)
    assert styled["p"].paragraph.keep_together


def test_cells_take_their_vertical_place_from_their_row():
    styled = Styled(
        "tr { vertical-align: bottom } td.x { vertical-align: top; white-space: nowrap }"
    )
    row = "table/tbody/tr"
    assert styled[f"{row}/td"].box.vertical_align == "bottom"
    assert styled[f"{row}/td[2]"].box.vertical_align == "top"
    assert styled[f"{row}/td[2]"].box.nowrap


def test_siblings_are_told_apart_where_a_selector_asks():
    styled = Styled("tr:first-child td { color: red } td + td { font-weight: 700 }")
    first, second = styled["table/tbody/tr[1]/td[2]"], styled["table/tbody/tr[2]/td[1]"]
    assert (first.text.color, first.text.bold) == ("FF0000", True)
    assert (second.text.color, second.text.bold) == ("000000", False)


def test_widths_are_points_or_percent():
    styled = Styled("td { width: 20% } td.x { width: 2cm } table { width: auto }")
    assert styled["table/tbody/tr/td"].box.width == Width(20, percent=True)
    assert styled["table/tbody/tr/td[2]"].box.width == Width(pytest.approx(56.69, abs=0.01), False)
    assert styled["table"].box.width is None


def test_a_word_style_belongs_to_the_element_alone():
    styled = Styled('p { --word-style: "公文正文" } em { --word-style: "楷体" }')
    assert styled["p"].style == "公文正文"
    assert styled["p/em"].style == "楷体"
    assert (
        Styled('p { --word-style: "公文正文" }', body="<p>甲<span>乙</span></p>")["p/span"].style
        == ""
    )


def test_the_bare_look_is_the_one_without_class():
    styled = Styled("p { text-align: left } p.a { text-align: right } #p { orphans: 1 }")
    bare = styled.looks.bare(styled.page.body.find("p"))
    assert (bare.paragraph.align, bare.paragraph.orphans) == ("left", 2)


def test_html_itself_makes_headings_bold_and_links_blue():
    styled = Styled("", body='<h2>题</h2><p><a href="http://x.cn">链</a></p>')
    assert styled["h2"].text.bold
    assert styled["h2"].style == "标题 1"
    assert (styled["p/a"].text.color, styled["p/a"].text.decoration) == ("0000FF", "underline")


def test_inherit_initial_and_unset():
    styled = Styled(
        "body { color: red; orphans: 1 } p { color: initial; orphans: unset; margin: inherit }"
    )
    assert (styled["p"].text.color, styled["p"].paragraph.orphans) == ("000000", 1)
    assert styled["p"].paragraph.margin.top == 6


def test_what_is_for_the_screen_alone_is_left_to_the_browser():
    styled = Styled(
        "@media screen { p { color: red; filter: blur(2px) } } @media print { p { orphans: 1 } }"
    )
    assert (styled["p"].text.color, styled["p"].paragraph.orphans) == ("000000", 1)


class TestPapers:
    GONGWEN = """
        @page { size: A4; margin: 37mm 26mm 35mm 28mm }
        @page :right {
          @bottom-right { content: "— " counter(page) " —"; font: 14pt/14pt var(--songti);
                          vertical-align: top; padding: 7mm 14pt 0 }
        }
        @page :left {
          @bottom-left { content: counter(page) "/" counter(pages); padding-left: 14pt }
        }
        @page wide { size: A4 landscape; margin: 25mm }
        section.wide { page: wide }
    """

    def test_size_margins_and_orientation(self):
        paper = Styled(self.GONGWEN).looks.paper("")
        assert (paper.width, paper.height) == (
            pytest.approx(595.28, abs=0.01),
            pytest.approx(841.89, abs=0.01),
        )
        assert paper.text_width == pytest.approx(156 / 25.4 * 72)
        assert paper.text_height == pytest.approx(225 / 25.4 * 72)
        assert not paper.landscape

    def test_a_named_page_keeps_the_footers_of_all(self):
        styled = Styled(self.GONGWEN)
        wide = styled.looks.paper(styled["section/p"].page)
        assert wide.landscape
        assert wide.right == styled.looks.paper("").right

    def test_right_and_left_pages_differ(self):
        paper = Styled(self.GONGWEN).looks.paper("")
        (right,), (left,) = paper.right, paper.left
        assert right.content == ("— ", Counter.PAGE, " —")
        assert (right.align, right.at_top, right.text.role, right.text.size) == (
            "right",
            False,
            "songti",
            14,
        )
        assert (right.offset, right.inset) == (pytest.approx(7 / 25.4 * 72), 14)
        assert left.content == (Counter.PAGE, "/", Counter.PAGES)
        assert (left.align, left.inset) == ("left", 14)

    def test_the_first_page_may_be_without(self):
        paper = Styled(
            self.GONGWEN + "@page :first { @bottom-right { content: none } }"
        ).looks.paper("")
        assert paper.first == ()
        assert len(paper.right) == 1

    def test_a_page_may_have_no_place_among_the_page_numbers(self):
        looks = Styled(self.GONGWEN + "@page cover { counter-increment: page 0 }").looks
        assert not looks.paper("cover").counted
        assert looks.paper("").counted

    def test_a_box_in_the_middle_of_the_margin(self):
        box = "@top-center { content: 'x'; font: 10pt/20pt var(--heiti) }"
        css = f"@page {{ margin: 50pt }} @page {{ {box} }}"
        (box,) = Styled(css).looks.paper("").right
        assert (box.at_top, box.align, box.offset) == (True, "center", 15)

    def test_a_page_without_rules_is_a4(self):
        assert Styled("").looks.paper("").margin == Sides(56.25, 56.25, 56.25, 56.25)


@pytest.mark.parametrize(
    ("css", "message"),
    [
        (
            "p { text-align: middle }",
            "第 1 个样式表 第 1 行：text-align: middle 不能用，应当是 left",
        ),
        ("p { font: 16pt 仿宋 }", "字体应当写成角色：var(--fangsong)"),
        ("p { font-family: var(--weiti) }", "字体应当写成角色"),
        ("p { margin: 1ch }", "不认识长度单位 ch"),
        ("p { text-indent: calc(1em + 2pt) }", "应当是长度"),
        ("p { orphans: 0 }", "应当是正整数"),
        ("p { padding: -1pt }", "不能是负数"),
        ("p { color: 红 }", "应当是颜色"),
        ("td { border: 1pt 2pt solid }", "width 写了两次"),
        ("p { display: none }", "不能隐藏内容"),
        ("p { visibility: hidden }", "不能隐藏内容"),
        ("p { white-space: pre }", "应当是 normal、nowrap"),
        ("p { --word-style: 正文 }", "应当是引号里的样式名"),
        ('p { --word-style: "正文,文" }', "应当是引号里的样式名"),
        ("caption { caption-side: bottom }", "表格标题只能在表格上方"),
        ('p::before { content: "一、" }', "选择器 p::before 不能用：::before 只会印在 PDF 里"),
        ("p::marker { content: counter(x) }", "只会印在 PDF 里"),
        ("p:nonsense(1) { color: red }", "选择器 p:nonsense(1) 不能用"),
        ("p { em { color: red } }", "不支持嵌套的规则"),
        ('@import "x.css";', "不支持 @import"),
        ("}", "样式写法有错"),
        ("p { color red; }", "样式写法有错"),
        ("p { @media print {} }", "@media 不能写在这里"),
        ("@page { margin 1cm; }", "样式写法有错"),
        ("@page { p { color: red } }", "不支持嵌套的规则"),
        ("@page { size: landscape 10em }", "不能用"),
        ("@page { @bottom-right { content: counter(page, upper-roman) } }", "不能用"),
        ("@page { size: A9 }", "size: A9 不能用"),
        ("@page { size: 10% }", "size: 10% 不能用"),
        ("@page :nth(2) { margin: 0 }", "只认识 :first :left :right"),
        ("@page { counter-increment: page 2 }", "只能是 page 0（不计页码）或 page 1"),
        ("@page :left { margin: 1cm }", "页面 （普通） 的纸张或页边距各页不同"),
        ("@page { @left-middle { content: 'x' } }", "@left-middle 不能用"),
        ("@page { @bottom-right { content: element(x) } }", "content: element(x) 不能用"),
        ("@page { @bottom-right, @bottom-left { color: red } }", "@bottom-right 后面应当直接是"),
    ],
)
def test_a_value_that_is_not_understood_is_named(css, message):
    with pytest.raises(LayoutError) as error:
        Styled(css)
    assert message in error.value.message


def test_the_width_of_one_column_is_named_by_its_element():
    body = (
        "<table><colgroup><col style='width: 5em'/></colgroup><tbody><tr><td/></tr></tbody></table>"
    )
    assert Styled("", body=body)["table/colgroup/col"].box.width == Width(60, percent=False)


def test_a_width_that_is_none_is_named_with_its_element():
    body = "<table><colgroup><col style='width: 1.2.3em'/></colgroup><tbody><tr/></tbody></table>"
    with pytest.raises(PageError, match="<col>：style 的 width 不能用"):
        Styled("", body=body)["table/colgroup/col"]


def test_sizes_may_be_parts_of_those_around():
    styled = Styled("section { font-size: 10pt } section p { font-size: 150%; line-height: 200% }")
    look = styled["section/p"]
    assert look.text.size == pytest.approx(15)
    assert look.paragraph.line_height == pytest.approx(30)


def test_the_list_in_a_guide_is_written_anew(tmp_path):
    """`python -m perfgen.render.looks.guide docs/添加版式.md`: what stood there is replaced."""
    guide = Path(__file__).parents[2] / "docs" / "添加版式.md"
    text = guide.read_text("utf-8")
    copy = tmp_path / "guide.md"
    copy.write_text(text.replace("vertical-align", "vertical-aline"), "utf-8")
    main([str(copy)])
    assert copy.read_text("utf-8") == text
