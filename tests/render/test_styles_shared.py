"""Styles mean the same everywhere: what is not in the one list is named, all of it at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import tinycss2

from perfgen.errors import LayoutError
from perfgen.render.looks import Looks, Stylesheet, read_looks
from perfgen.render.looks.guide import ENTRIES, rewritten
from perfgen.render.looks.places import PLACES
from perfgen.render.looks.properties import LONGHANDS
from perfgen.render.looks.shorthands import declared, known_names
from perfgen.render.page.elements import parse_page

PROJECT = Path(__file__).resolve().parents[2]
DOCS, TEMPLATES = PROJECT / "docs", PROJECT / "templates"
BODY = (
    "<h2>题</h2><p class='a'>文<strong>字</strong></p><section><p>节</p></section>"
    "<ol><li>项</li></ol><table><caption>表</caption><colgroup><col/></colgroup>"
    "<thead><tr><th>头</th></tr></thead><tbody><tr><td>格</td></tr></tbody></table>"
)


def looks(*sheets: Stylesheet | str, strict: bool = True) -> Looks:
    page = parse_page(f"<html><head/><body>{BODY}</body></html>")
    return read_looks(page, sheets, strict=strict)


def fault(*sheets: Stylesheet | str) -> str:
    with pytest.raises(LayoutError) as error:
        looks(*sheets)
    return error.value.message


# --- names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(name for name in known_names() if len(name) > 4))
def test_no_misspelt_property_passes_in_silence(name: str):
    swapped = f"{name[:2]}{name[3]}{name[2]}{name[4:]}"
    for wrong in {swapped, name[:-1], name[:3] + name[4:], f"{name}s"} - known_names():
        message = fault(f"p {{ {wrong}: 1pt }}")
        if name.startswith("--"):
            assert f"不认识 {wrong}" in message
        else:
            assert f"属性 {wrong} 不在各种文件都支持的属性里" in message
            assert "，是不是 " in message


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("text-algin", "text-align"), ("colour", "color"), ("font-szie", "font-size"),
        ("backgroud-color", "background-color"), ("letter-spaceing", "letter-spacing"),
        ("line-hight", "line-height"), ("paddding", "padding"), ("boder", "border"),
        ("white_space", "white-space"), ("TEXT-IDENT", "text-indent"),
        ("breakafter", "break-after"),
        ("vertical-algin", "vertical-align"), ("widht", "width"), ("marginleft", "margin-left"),
    ],
)  # fmt: skip
def test_the_property_that_was_meant_is_proposed(wrong: str, meant: str):
    assert f"，是不是 {meant}？" in fault(f"td {{ {wrong}: 1pt }}")


@pytest.mark.parametrize(
    ("css", "message"),
    [
        ("p { display: none }", "display 不能用：不能隐藏内容"),
        ("p { float: left }", "float 不能用：内容只能依次往下排"),
        ("tr { height: 2cm }", "height 不能用：高度由内容决定"),
        ("p { text-transform: uppercase }", "text-transform 不能用：大小写应当在模板里写好"),
        ("p { size: A4 }", "size 不能用：只能用在 @page 里"),
        ("p { --word-stlye: 'x' }", "不认识 --word-stlye，自己起的名称只有 --word-style"),
        ("p { filter: blur(2px) }", "属性 filter 不在各种文件都支持的属性里"),
    ],
)
def test_what_is_css_but_not_shared_is_said_with_what_to_do(css: str, message: str):
    assert message in fault(css)


@pytest.mark.parametrize(
    ("css", "message"),
    [
        ("secton p { color: red }", "选择器 secton p 不能用：没有元素 secton，是不是 section？"),
        ("p:not(.a, tabel) { color: red }", "没有元素 tabel，是不是 table？"),
        ("td:frist-child { color: red }", "不认识 :frist-child，是不是 first-child？"),
        ("a:hover { color: red }", "不认识 :hover"),
        ("p::first-line { color: red }", "::first-line 只会印在 PDF 里"),
        ("p:after { color: red }", "::after 只会印在 PDF 里"),
        ("@pgae { margin: 0 }", "不支持 @pgae，是不是 page？"),
        ("@font-face { font-family: x }", "不支持 @font-face，字体文件放进"),
        ("@import 'a.css';", "不支持 @import"),
        ("@supports (color: red) { p { color: red } }", "不支持 @supports"),
        ("@media pirnt { p { color: red } }", "只认识 all、print、screen，是不是 print？"),
        ("@media (width > 9cm) { p { color: red } }", "@media (width > 9cm) 不能用"),
        ("@page :frist { margin: 0 }", "只认识 :first :left :right，是不是 first？"),
        ("@page { @bottm-left { content: 'x' } }", "左、中、右，是不是 bottom-left？"),
        ("@page { size: landscap }", "或 210mm 297mm，是不是 landscape？"),
        ("@page { border: 1pt solid }", "border 不能用在 @page 里"),
        ("@page { text-algin: left }", "是不是 text-align？"),
        ("@page { @top-left { background: red } }", "background 不能用在 @top-left 里"),
        ("@page { @top-left { content: 'x'; vertical-align: sub } }", "只能是 top、middle、bottom"),
    ],
)  # fmt: skip
def test_rules_and_selectors_are_in_the_list_or_named(css: str, message: str):
    assert message in fault(css)


# --- values --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "declaration",
    [
        "text-align: centre", "text-align: justify-all", "font-weight: blod", "font-weight: 1200",
        "font-style: italics", "font-size: big", "font-size: 12", "font-size: 3vw",
        "line-height: -1", "color: redd", "color: #12345", "color: transparent",
        "letter-spacing: 10%", "text-indent: 5%", "text-indent: hanging", "margin: 1pt,2pt",
        "margin: 1 2 3 4 5", "padding: auto", "border: solid 13pt", "border: wavy 1pt red",
        "border-style: groove", "border-style: inset", "text-decoration: overline",
        "text-decoration: underline wavy", "text-decoration: underline red", "white-space: pre",
        "white-space: pre-wrap", "list-style: inside", "list-style-type: hiragana",
        "list-style-type: cjk-decimal", "list-style-type: hangul", "orphans: 3", "widows: 0",
        "vertical-align: text-top", "vertical-align: 2pt", "background: url(x.png)",
        "background: linear-gradient(red, blue)", "width: calc(1pt + 2pt)", "width: min-content",
        "break-before: left", "break-before: column", "break-inside: avoid-column",
        "caption-side: bottom", "table-layout: auto", "border-collapse: separate",
        "overflow-wrap: normal", "hyphens: auto", "font-family: serif", "font-family: 仿宋",
        "font-family: var(--songti), serif", "font: caption", "font: 16pt", "--word-style: a",
        "page: 1", "font-family: var(--songtii)",
    ],
)  # fmt: skip
def test_no_value_outside_the_list_passes_in_silence(declaration: str):
    name, _, value = declaration.partition(": ")
    assert f"第 1 个样式表 第 2 行：{name}: {value} 不能用，" in fault(f"\np {{ {declaration} }}")


@pytest.mark.parametrize(
    ("declaration", "meant"),
    [
        ("text-align: centre", "center"), ("text-align: rigth", "right"),
        ("font-weight: blod", "bold"),
        ("border-style: soild", "solid"), ("break-after: aviod", "avoid"), ("margin: 3ptt", "pt"),
        ("font-family: var(--fangsogn)", "fangsong"), ("white-space: no-wrap", "nowrap"),
    ],
)  # fmt: skip
def test_the_value_that_was_meant_is_proposed(declaration: str, meant: str):
    assert f"，是不是 {meant}？" in fault(f"p {{ {declaration} }}")


# --- places --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("css", "elements"),
    [
        ("p { white-space: nowrap }", "p"), ("strong { white-space: nowrap }", "strong"),
        ("section { background: #eee }", "section"), ("section { padding-top: 3pt }", "section"),
        ("tr { border-top: 1pt solid }", "tr"), ("col { background: #eee }", "col"),
        ("strong { margin-left: 3pt }", "strong"), ("p { width: 50% }", "p"),
        ("p { page: wide }", "p"), ("td { vertical-align: super }", "td"),
        ("strong { vertical-align: middle }", "strong"), ("tr { break-before: page }", "tr"),
        ("section { break-inside: avoid }", "section"), ("table { margin-left: 3pt }", "table"),
        ("body { margin: 3pt }", "<body>"), ("li { margin-left: 3pt }", "li"),
        (".a { padding: 3pt 0 }", "在没有边框的段落上要改用 margin-top"),
        ("p { margin-top: -3pt }", "在段落上不能是负数"),
        ("p { border: 1pt solid; padding: 32pt }", "至多 31pt"),
        ("table { width: 50%; margin-left: auto }", "只有左右都是 auto（居中）时"),
    ],
)  # fmt: skip
def test_a_property_where_not_all_printers_do_it_is_named(css: str, elements: str):
    message = fault(css)
    assert elements in message and message.startswith("第 1 个样式表 第 1 行：")


def test_what_changes_nothing_may_stand_anywhere():
    css = (
        "* { margin: 0; padding: 0; border: none; background: none; width: auto; page: auto;"
        " break-before: auto; break-after: auto; break-inside: auto; white-space: normal }"
        "section { margin: 0 auto }"
    )
    assert looks(css).notices == ()


def test_the_place_is_that_of_the_declaration_that_wins():
    css = "tr { break-before: avoid }\nthead tr { break-before: page }\ntr { color: red }"
    assert fault(css) == (
        "第 1 个样式表 第 2 行：break-before: page 用在 <tr> 上，不是各种文件都能照办的"
    )


def test_only_what_is_not_inherited_is_limited_to_places():
    inherited = {name for name in PLACES if LONGHANDS[name].inherited}
    assert inherited == {"white-space"}  # of cells, though written on a row or a table


def test_the_background_of_a_row_shows_in_its_cells():
    page = parse_page(f"<html><head/><body>{BODY}</body></html>")
    read = read_looks(page, ["table { background: #eee } thead tr { background: red }"])
    (head,), (cell,) = page.body.iter("th"), page.body.iter("td")
    assert read.of(head).box.background == "FF0000"
    assert read.of(cell).box.background == "EEEEEE"


# --- how it is said ------------------------------------------------------------------------------


def test_all_is_said_at_once_with_file_and_line():
    message = fault(
        Stylesheet("_shared/gongwen.css", "p {\n  colr: red;\n}"),
        Stylesheet(
            "wuxi/report.css",
            "td { text-align: centre }\n\np { white-space: nowrap }\n@page { @top-lef { } }",
        ),
    )
    lines = message.splitlines()
    assert lines[0] == "样式有 4 处不能用："
    assert {line.partition("：")[0].strip() for line in lines[1:]} == {
        "_shared/gongwen.css 第 2 行",
        *(f"wuxi/report.css 第 {number} 行" for number in (1, 3, 4)),
    }


def test_what_is_no_css_at_all_is_an_error_for_every_printer():
    for strict in (True, False):
        with pytest.raises(LayoutError, match=r"a\.css 第 1 行：样式写法有错"):
            looks(Stylesheet("a.css", "p { color red }"), strict=strict)


def test_the_officer_reads_the_first_twenty():
    message = fault("\n".join(f"p {{ colr-{number}: red }}" for number in range(50)))
    assert len(message.splitlines()) == 22
    assert message.endswith("……还有 30 处")


def test_where_weasyprint_prints_the_layout_they_are_notices():
    css = (
        "p { colr: red; orphans: 4; font-size: 20pt }\n@media screeen { p { color: red } }\n"
        "p::before { content: '一、' }\n@page { @left-middle { content: 'x' } size: A6 }\n"
        "p { white-space: nowrap }\n@page :left { margin: 1cm }"
    )

    read = looks(Stylesheet("a.css", css), strict=False)

    assert len(read.notices) == 8
    assert all(
        notice.startswith("只有 WeasyPrint 照办，Word 等其他文件里没有：")
        for notice in read.notices
    )
    assert "colr" in read.notices[0] and "是不是 color？" in read.notices[0]


def test_all_layouts_and_annexes_that_come_with_perfgen_keep_to_the_list():
    paths = sorted(TEMPLATES.rglob("*.css"))
    assert len({path.parent for path in paths}) >= 6
    for path in paths:
        assert looks(Stylesheet(path.name, path.read_text("utf-8"))).notices == ()


# --- the guides ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["添加版式.md", "adding-a-layout.md"])
def test_the_guides_have_the_list_as_it_is(name: str):
    text = (DOCS / name).read_text("utf-8")
    assert text == rewritten(text), "run make rules"
    assert text.count("<!-- styles ") == 1


def test_every_property_is_in_the_guide_once():
    named = [name for entry in ENTRIES for name in entry.names]
    assert sorted(named) == sorted(set(named))
    assert set(named) == known_names()


CSS_WORDS = """
auto none normal bold bolder lighter italic oblique left right start end center justify
justify-all match-parent top middle bottom baseline text-top text-bottom super sub nowrap pre
pre-wrap pre-line break-spaces disc circle square decimal decimal-leading-zero lower-alpha
upper-alpha lower-latin lower-roman upper-roman lower-greek cjk-decimal simp-chinese-informal
simp-chinese-formal cjk-ideographic trad-chinese-informal hiragana underline overline
line-through blink thin medium thick hidden solid double dashed dotted groove ridge inset
outset transparent currentcolor avoid avoid-page avoid-column page column recto verso always
all fixed collapse separate anywhere break-word manual hide show visible inside outside small
large smaller larger min-content max-content fit-content block inline
"""
WORDS = set(CSS_WORDS.split())


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.names[0])
def test_the_guide_lists_the_words_that_a_property_takes_and_no_others(entry):
    for name in entry.names:
        taken = {word for word in WORDS if taken_by(name, word)}
        said = {value for value in entry.values if value in WORDS}
        if name == "background-color":
            said -= {"none"}
        if name.endswith(("font", "border", "-top", "-right", "-bottom", "-left")):
            assert said <= taken | {"auto"}  # shorthands take the words of their parts
        elif name == "page":
            assert taken >= said  # any word is a name
        else:
            assert taken == said, name


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.names[0])
def test_every_value_in_the_guide_is_taken(entry):
    for name in entry.names:
        for value in entry.values:
            if (name, value) != ("background-color", "none"):
                assert taken_by(name, re.sub(r"^\((.*)\)$", r"\1", value)), f"{name}: {value}"


def taken_by(name: str, value: str) -> bool:
    try:
        declared(name, tinycss2.parse_component_value_list(value))
    except ValueError:
        return False
    return True
