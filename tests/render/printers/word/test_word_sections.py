"""Paper, sections, page numbers: as GB/T 9704 has them, with no page too many."""

import pytest
from docx.oxml.ns import qn
from docx_reading import attributes, printed, text_of, value

from perfgen.errors import LayoutError

WIDE = '<section class="wide">{}</section>'
COVER = (
    "@page cover { counter-increment: page 0;"
    " @bottom-right { content: none } @bottom-left { content: none } }"
)
TABLE = "<table><tbody><tr><td>甲</td></tr></tbody></table>"


def test_the_paper_is_a4_with_the_margins_of_official_documents():
    (section,) = printed("<p>文</p>").sections()
    assert attributes(section, "pgSz") == {"w": "11906", "h": "16838"}
    margins = attributes(section, "pgMar")
    assert [margins[side] for side in ("top", "right", "bottom", "left")] == [
        "2098",
        "1474",
        "1984",
        "1587",
    ]


def test_the_grid_has_22_lines_of_28_characters():
    (section,) = printed("<p>文</p>").sections()
    grid, margins, page = (attributes(section, name) for name in ("docGrid", "pgMar", "pgSz"))
    height = int(page["h"]) - int(margins["top"]) - int(margins["bottom"])
    width = int(page["w"]) - int(margins["left"]) - int(margins["right"])
    pitch = 16 + int(grid["charSpace"]) / 4096
    assert grid["type"] == "linesAndChars"
    assert height // int(grid["linePitch"]) == 22
    assert width / 20 // pitch == 28
    assert pitch == pytest.approx(15.8, abs=0.02)


def test_a_wide_page_is_a_section_of_its_own():
    document = printed(f"<p>前</p>{WIDE.format('<p>横</p>')}<p>后</p>")
    sizes = [attributes(section, "pgSz") for section in document.sections()]
    assert [size.get("orient") for size in sizes] == [None, "landscape", None]
    assert sizes[1] == {"w": "16838", "h": "11906", "orient": "landscape"}
    assert [text_of(item) for item in document.paragraphs()] == ["前", "横", "后"]


def test_the_last_paragraph_of_a_section_carries_it():
    document = printed(f"<p>前</p>{WIDE.format('<p>横</p>')}")
    assert document.paragraph("前").find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None
    assert document.body[-1].tag == qn("w:sectPr")
    assert len(document.body) == 3


def test_sections_on_the_same_paper_are_one():
    assert len(printed(WIDE.format("<p>一</p>") + WIDE.format("<p>二</p>")).sections()) == 1
    assert len(printed("<section><p>一</p></section><p>二</p>").sections()) == 1


def test_after_a_table_the_section_ends_in_a_paragraph_of_one_point():
    document = printed(f"<p>前</p>{TABLE}{WIDE.format(TABLE)}")
    kinds = [child.tag.rpartition("}")[2] for child in document.body]
    assert kinds == ["p", "tbl", "p", "tbl", "p", "sectPr"]
    placeholder = document.body[2]
    assert (
        attributes(document.style(document.style_name(placeholder)), "pPr/spacing")["line"] == "20"
    )


class TestPageNumbers:
    def footers(self, document, section):
        relations = document.part("word/_rels/document.xml.rels")
        targets = {item.get("Id"): item.get("Target") for item in relations}
        return {
            item.get(qn("w:type")): document.part(f"word/{targets[item.get(qn('r:id'))]}")
            for item in section.findall(qn("w:footerReference"))
        }

    def test_they_stand_right_on_odd_and_left_on_even_pages(self):
        document = printed("<p>文</p>")
        assert document.part("word/settings.xml").find(qn("w:evenAndOddHeaders")) is not None
        footers = self.footers(document, document.sections()[0])
        assert sorted(footers) == ["default", "even"]
        odd, even = (
            document.style(document.style_name(footers[kind][0])) for kind in ("default", "even")
        )
        assert (value(odd, "pPr/jc"), value(even, "pPr/jc")) == ("right", "left")
        assert attributes(odd, "pPr/ind")["right"] == attributes(even, "pPr/ind")["left"] == "280"
        assert value(odd, "name") == "footer"
        assert value(even, "basedOn") == odd.get(qn("w:styleId"))

    def test_they_are_14_point_song_with_a_dash_on_each_side(self):
        document = printed("<p>文</p>")
        footer = self.footers(document, document.sections()[0])["default"]
        assert text_of(footer) == "— 1 —"
        assert [item.text for item in footer.iter(qn("w:instrText"))] == [" PAGE "]
        style = document.style("footer")
        assert value(style, "rPr/sz") == "28"
        assert attributes(style, "rPr/rFonts")["eastAsia"] == "宋体"

    def test_they_are_7_mm_below_the_type_area(self):
        margins = attributes(printed("<p>文</p>").sections()[0], "pgMar")
        line = 14 * 20
        assert int(margins["bottom"]) - int(margins["footer"]) - line == pytest.approx(
            7 / 25.4 * 1440, abs=1
        )

    def test_wide_pages_have_the_same(self):
        document = printed(f"<p>前</p>{WIDE.format('<p>横</p>')}")
        first, second = (
            [item.get(qn("r:id")) for item in section.findall(qn("w:footerReference"))]
            for section in document.sections()
        )
        assert first == second

    def test_the_first_page_may_be_without(self):
        document = printed("<p>文</p>", "@page :first { @bottom-right { content: none } }")
        (section,) = document.sections()
        assert section.find(qn("w:titlePg")) is not None
        assert text_of(self.footers(document, section)["first"]) == ""
        assert document.faults() == []

    def test_behind_a_cover_that_is_not_counted_the_text_begins_with_1(self):
        css = COVER + "section.cover { page: cover }"
        document = printed('<section class="cover"><p>封面</p></section><p>文</p>', css)
        cover, text = document.sections()
        assert attributes(cover, "pgNumType") == {"start": "0"}
        assert text.find(qn("w:pgNumType")) is None
        assert [text_of(item) for item in self.footers(document, cover).values()] == ["", ""]
        assert document.faults() == []

    def test_only_the_pages_at_the_beginning_may_be_left_out_of_the_count(self):
        css = COVER + "section.cover { page: cover }"
        with pytest.raises(LayoutError) as error:
            printed('<p>文</p><section class="cover"><p>封底</p></section>', css)
        assert "页面 cover 不计页码，却不在文件开头" in error.value.message

    def test_left_middle_and_right_share_a_line_by_tabs(self):
        css = (
            "@page :left { @bottom-left { content: '某局' }"
            " @bottom-center { content: counter(page) }"
            " @bottom-right { content: counter(pages); padding-right: 10pt }"
            " @top-right { content: '密' } }"
        )
        document = printed("<p>文</p>", css)
        footer = self.footers(document, document.sections()[0])["even"]
        stops = footer.find(f".//{qn('w:tabs')}")
        assert [tab.get(qn("w:val")) for tab in stops] == ["center", "right"]
        assert [item.text for item in footer.iter(qn("w:instrText"))] == [" PAGE ", " NUMPAGES "]
        assert document.faults() == []


def test_a_section_may_begin_a_page():
    document = printed(
        '<p>封面</p><section class="new"><h2>一</h2><p>文</p></section><p>后</p>',
        "section.new { break-before: page; break-after: page }",
    )
    breaks = [value(item, "pPr/pageBreakBefore") for item in document.paragraphs()]
    assert breaks == [None, "on", None, "on"]


def test_a_table_may_begin_a_page():
    document = printed(f"<p>前</p>{TABLE}", "table { break-before: page }")
    assert value(document.paragraph("甲"), "pPr/pageBreakBefore") == "on"


def test_what_begins_a_section_needs_no_page_break():
    document = printed(
        f"<p>前</p>{WIDE.format('<p>横</p>')}", "section.wide { break-before: page }"
    )
    assert value(document.paragraph("横"), "pPr/pageBreakBefore") is None


def test_containers_margins_become_space_before_what_they_begin_with():
    document = printed(
        "<p>前</p><section><p>甲</p><p>乙</p></section><p>后</p>", "section { margin: 10pt 0 5pt }"
    )
    spaces = [attributes(item, "pPr/spacing").get("before") for item in document.paragraphs()]
    assert spaces == [None, "200", None, "100"]


def test_the_settings_are_those_of_a_chinese_document():
    settings = printed("").part("word/settings.xml")
    assert value(settings, "characterSpacingControl") == "compressPunctuation"
    assert settings.find(f"{qn('w:compat')}/{qn('w:useFELayout')}") is not None
    assert attributes(settings, "themeFontLang")["eastAsia"] == "zh-CN"
