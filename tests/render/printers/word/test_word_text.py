"""The Word document says what the page says, in named styles, and it is a valid document."""

import os
import subprocess
import sys

import docx
import pytest
from docx.oxml.ns import qn
from docx_reading import Document, attributes, html, printed, text_of, value

from perfgen.errors import LayoutError
from perfgen.figures import compute
from perfgen.render.looks import read_looks
from perfgen.render.page.elements import parse_page
from perfgen.render.page.template import render_page
from perfgen.render.page.text import page_text
from perfgen.render.printers.word import print_docx

EVERYTHING = """
<h1 id="top">关于某局<br/>自评的报告<br/><span class="year">（2023年度）</span></h1>
<h2>一、概况</h2>
<p id="段-1">正文 <strong>黑体</strong>、<em>楷体</em>，见<a href="#表1">表 1</a>和
<a href="https://www.suzhou.gov.cn/?a=1&amp;b=2">市政府网站</a>。“引号”——省略……</p>
<p></p>
<ol><li>第一项</li><li>第二项<ul><li>子项</li></ul></li><li><p>段一</p><p>段二</p></li></ol>
<p lang="en">An English paragraph</p>
<table id="表1"><caption>表 1　预算</caption>
<thead><tr><th rowspan="2">项目</th><th colspan="2">金额</th></tr>
<tr><th>年初</th><th>调整</th></tr></thead>
<tbody><tr class="long"><th scope="row" rowspan="2">甲<br/>乙</th>
<td class="amount">17358.25</td><td/></tr>
<tr><td colspan="2"><p>一段</p><ul><li>一项</li></ul></td></tr></tbody></table>
<table><tbody><tr><td>紧接的表</td></tr></tbody></table>
<section class="wide"><h2>二、横表</h2><table><tbody><tr><td>横</td></tr></tbody></table></section>
<section><p>尾</p><table><tbody><tr><td>末</td></tr></tbody></table></section>
"""


def test_the_document_says_what_the_page_says():
    page = parse_page(html(EVERYTHING))
    assert printed(EVERYTHING).texts() == page_text(page)


def test_the_document_has_no_faults():
    assert printed(EVERYTHING).faults() == []


def test_the_suzhou_report_says_what_its_page_says_and_has_no_faults(suzhou, read, book):
    report = read(book)
    page = parse_page(render_page(report, compute(report, suzhou.rules), suzhou))
    looks = read_looks(page, [style.read_text(encoding="utf-8") for style in suzhou.styles])
    document = Document(print_docx(page, looks))
    assert document.texts() == page_text(page)
    assert document.faults() == []


def test_an_empty_page_is_an_empty_document():
    document = printed("")
    assert document.texts() == []
    assert document.faults() == []


PRINT = """
import sys
from pathlib import Path
from perfgen.render.page.elements import parse_page
from perfgen.render.looks import read_looks
from perfgen.render.printers.word import print_docx
source, css, target = map(Path, sys.argv[1:])
page = parse_page(source.read_text(encoding="utf-8"))
target.write_bytes(print_docx(page, read_looks(page, [css.read_text(encoding="utf-8")])))
"""


def test_the_same_page_gives_the_same_bytes_in_every_process(tmp_path):
    (tmp_path / "page.html").write_text(html(EVERYTHING), encoding="utf-8")
    (tmp_path / "look.css").write_text("h1 .year { font-size: 12pt } em { color: red }")
    files = []
    for seed in ("0", "7"):
        target = tmp_path / f"{seed}.docx"
        subprocess.run(
            [sys.executable, "-c", PRINT, tmp_path / "page.html", tmp_path / "look.css", target],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
        )
        files.append(target.read_bytes())
    assert files[0] == files[1]


def test_the_properties_are_the_pages_and_the_dates_the_reports():
    properties = docx.Document(printed("<p>文</p>").archive.fp).core_properties
    assert (properties.title, properties.author, properties.subject) == (
        "某局自评报告",
        "某局",
        "绩效自评",
    )
    assert properties.language == "zh-CN"
    assert f"{properties.created:%Y-%m-%d}" == f"{properties.modified:%Y-%m-%d}" == "2024-04-26"
    assert all(info.date_time == (1980, 1, 1, 0, 0, 0) for info in printed("").archive.infolist())


class TestStyles:
    def test_headings_are_words_own_so_that_navigation_works(self):
        document = printed("<h2>一、概况</h2><h3>（一）</h3><h4>1.</h4>")
        names = [document.style_name(paragraph) for paragraph in document.paragraphs()]
        assert names == ["heading 1", "heading 2", "heading 3"]
        heading = document.style("heading 1")
        assert heading.get(qn("w:styleId")) == "Heading1"
        assert heading.get(qn("w:customStyle")) is None
        assert [value(document.style(name), "pPr/outlineLvl") for name in names] == ["0", "1", "2"]
        assert value(heading, "pPr/keepNext") == "on"

    def test_a_heading_is_followed_by_body_text(self):
        document = printed("<h2>一</h2><p>文</p>")
        body = document.style("公文正文").get(qn("w:styleId"))
        assert value(document.style("heading 1"), "next") == body

    def test_after_a_heading_follows_the_ordinary_paragraph_not_the_covers(self):
        document = printed(
            '<p class="unit">某局</p><h2>一</h2><p>文</p>', 'p.unit { --word-style: "封面单位" }'
        )
        body = document.style("公文正文").get(qn("w:styleId"))
        assert value(document.style("heading 1"), "next") == body

    def test_a_style_has_the_official_font_for_every_script_and_no_theme_font(self):
        fonts = attributes(printed("<h2>一</h2>").style("heading 1"), "rPr/rFonts")
        assert fonts == dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), "黑体")

    def test_body_text_is_indented_by_characters_and_set_on_exact_lines(self):
        document = printed("<p>文</p>")
        body, normal = document.style("公文正文"), document.style("Normal")
        assert attributes(body, "pPr/ind")["firstLineChars"] == "200"
        assert value(body, "pPr/jc") == "both"
        # 22 lines of 28.99 pt fit only if the line is not rounded up to 29 pt.
        assert attributes(normal, "pPr/spacing")["line"] == "579"
        assert attributes(normal, "pPr/spacing")["lineRule"] == "exact"
        assert value(normal, "rPr/sz") == "32"
        assert value(normal, "rPr/spacing") == "-4"

    def test_nothing_is_bold_unless_the_css_says_so(self):
        document = printed("<h3>题</h3>")
        assert value(document.style("heading 2"), "rPr/b") == "on"
        assert (
            value(printed("<h2>题</h2>", "h2 { font-weight: normal }").style("heading 1"), "rPr/b")
            is None
        )

    def test_paragraphs_carry_their_style_and_nothing_else(self):
        document = printed(
            '<h2>一</h2><p>文</p><p class="sign">某局</p>', "p.sign { text-align: right }"
        )
        for paragraph in list(document.paragraphs()):
            assert [child.tag for child in paragraph[0]] == [qn("w:pStyle")]

    def test_a_class_that_looks_different_gets_a_style_derived_from_its_elements(self):
        document = printed('<p class="sign">某局</p><p>文</p>', "p.sign { text-align: right }")
        style = document.style("公文正文-2")
        assert value(style, "basedOn") == document.style("公文正文").get(qn("w:styleId"))
        assert [child.tag for child in style.find(qn("w:pPr"))] == [qn("w:jc")]

    def test_a_chinese_class_gives_the_derived_style_its_name(self):
        document = printed('<p>文</p><p class="落款">某局</p>', ".落款 { text-align: right }")
        assert value(document.style("公文正文-落款"), "basedOn")

    def test_a_class_that_looks_the_same_gets_the_same_style(self):
        document = printed('<p class="x">甲</p><p>乙</p>')
        assert {document.style_name(item) for item in document.paragraphs()} == {"公文正文"}

    def test_the_same_class_may_look_different_elsewhere(self):
        document = printed(
            '<p class="x">甲</p><section class="wide"><p class="x">乙</p></section>',
            ".x { text-align: right } .wide .x { text-align: center }",
        )
        names = [document.style_name(item) for item in document.paragraphs()]
        assert names == ["公文正文-2", "公文正文-3"]

    def test_a_style_name_cannot_be_two_kinds_of_thing(self):
        with pytest.raises(LayoutError, match="“公文正文”是段落样式，不能用于文字"):
            printed("<p>文<em>斜</em></p>", 'em { --word-style: "公文正文" }')


class TestCharacters:
    def runs(self, body, css=""):
        document = printed(body, css)
        return [
            (text_of(run), document.style_name(run) if run.find(qn("w:rPr")) is not None else None)
            for run in document.body.iter(qn("w:r"))
        ]

    def test_emphasis_is_words_own_character_styles(self):
        assert self.runs("<p>甲<strong>乙</strong><em>丙</em></p>") == [
            ("甲", None), ("乙", "Strong"), ("丙", "Emphasis"),
        ]  # fmt: skip

    def test_a_span_gets_a_style_that_an_officer_can_read(self):
        css = ".year, .年份 { font-size: 12pt }"
        assert self.runs('<p>甲<span class="year">乙</span></p>', css)[1] == ("乙", "公文正文-文字")
        assert self.runs('<p>甲<span class="年份">乙</span></p>', css)[1] == ("乙", "公文正文-年份")
        assert self.runs('<p>甲<span class="x">乙</span></p>')[1] == ("乙", None)

    def test_emphasis_in_a_bold_heading_is_not_turned_off_by_words_switches(self):
        document = printed("<h3>甲<strong>乙</strong></h3>", "strong { font-weight: bold }")
        assert value(document.style("heading 2"), "rPr/b") == "on"
        assert value(document.style("Strong"), "rPr/b") is None

    def test_what_is_not_bold_in_a_bold_heading_says_so_itself(self):
        document = printed('<h3>甲<span class="x">乙</span></h3>', ".x { font-weight: normal }")
        (run,) = [run for run in document.body.iter(qn("w:r")) if text_of(run) == "乙"]
        assert value(run, "rPr/b") == "0"

    def test_chinese_punctuation_is_marked_as_chinese(self):
        document = printed("<p>“引”——</p><p>平常</p>")
        first, second = document.body.iter(qn("w:r"))
        assert attributes(first, "rPr/rFonts") == {"hint": "eastAsia"}
        assert second.find(qn("w:rPr")) is None

    def test_spaces_at_the_ends_of_runs_are_kept(self):
        (first, *_) = printed("<p>甲 <em>乙</em></p>").body.iter(qn("w:t"))
        assert first.text == "甲 "
        assert first.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"

    def test_a_language_of_its_own_is_said(self):
        (run,) = printed('<p lang="en">Yes</p>').body.iter(qn("w:r"))
        assert attributes(run, "rPr/lang") == {"val": "en", "eastAsia": "en"}


class TestLinks:
    def test_a_link_leads_outside_and_looks_like_one(self):
        document = printed('<p><a href="https://x.gov.cn/?a=1&amp;b=2">网站</a></p>')
        (link,) = document.body.iter(qn("w:hyperlink"))
        relations = document.part("word/_rels/document.xml.rels")
        targets = {
            item.get("Id"): (item.get("Target"), item.get("TargetMode")) for item in relations
        }
        assert targets[link.get(qn("r:id"))] == ("https://x.gov.cn/?a=1&b=2", "External")
        assert document.style_name(link[0]) == "Hyperlink"

    def test_a_link_leads_to_a_bookmark(self):
        document = printed(
            '<p><a href="#表-1">表</a></p>'
            '<table id="表-1"><tbody><tr><td>甲</td></tr></tbody></table>'
        )
        (link,), (mark,) = (
            document.body.iter(qn("w:hyperlink")),
            document.body.iter(qn("w:bookmarkStart")),
        )
        assert link.get(qn("w:anchor")) == mark.get(qn("w:name")) == "表_1"
        assert text_of(mark.getparent()) == "甲"

    @pytest.mark.parametrize(
        ("identifier", "name"),
        [
            ("p1", "p1"),
            ("段.落 1", "段_落_1"),
            ("1a", "B_1a"),
            ("_x", "B__x"),
            ("长" * 50, "长" * 40),
        ],
    )
    def test_an_id_becomes_a_bookmark_that_word_allows(self, identifier, name):
        document = printed(f'<p id="{identifier}">文</p>')
        (start,), (end,) = (
            document.body.iter(qn("w:bookmarkStart")),
            document.body.iter(qn("w:bookmarkEnd")),
        )
        assert start.get(qn("w:name")) == name
        assert start.get(qn("w:id")) == end.get(qn("w:id"))

    def test_ids_that_become_alike_stay_apart(self):
        document = printed('<p id="a-b">甲</p><p id="a_b">乙</p><p id="A.B">丙</p>')
        names = [mark.get(qn("w:name")) for mark in document.body.iter(qn("w:bookmarkStart"))]
        assert names == ["a_b", "a_b_2", "A_B_3"]


class TestLists:
    def numbers(self, document):
        return [
            (text_of(item), value(item, "pPr/numPr/numId"), value(item, "pPr/numPr/ilvl"))
            for item in document.paragraphs()
        ]

    def test_items_have_real_numbers_and_each_list_begins_anew(self):
        document = printed(
            "<ol><li>甲</li><li>乙<ul><li>丙</li></ul></li></ol><ol><li>丁</li></ol>"
        )
        assert self.numbers(document) == [
            ("甲", "1", "0"), ("乙", "1", "0"), ("丙", "2", "1"), ("丁", "3", "0"),
        ]  # fmt: skip
        starts = document.part("word/numbering.xml").findall(f".//{qn('w:startOverride')}")
        assert [start.get(qn("w:val")) for start in starts] == ["1", "1", "1"]

    def test_a_second_paragraph_of_an_item_is_only_indented(self):
        document = printed("<ol><li><p>甲</p><p>乙</p></li></ol>", "ol { padding-left: 32pt }")
        first, second = document.paragraphs()
        assert value(first, "pPr/numPr/numId") == "1"
        assert attributes(first, "pPr/ind") == {
            "left": "640",
            "hanging": "480",
            "firstLineChars": "0",
        }
        assert value(second, "pPr/numPr/numId") is None
        assert attributes(second, "pPr/ind") == {"left": "640"}

    def test_the_marker_is_the_css(self):
        document = printed("<ol><li>甲</li></ol>", "ol { list-style: simp-chinese-informal }")
        level = document.part("word/numbering.xml").find(f".//{qn('w:lvl')}")
        assert (value(level, "numFmt"), value(level, "lvlText")) == ("chineseCounting", "%1、")
