"""Workbooks that other programs write carelessly: Excel opens them, and their values are read."""

import re
import zipfile
from io import BytesIO

import pytest
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from perfgen.errors import WorkbookError
from perfgen.model.cells import CellRef
from perfgen.pulling.writing import rewritten as written
from perfgen.workbook.opening import open_workbook
from perfgen.workbook.raw import read_sheet
from workbooks.make import BUDGET_PART, as_bytes, good_workbook, put, rewritten, with_xml

STYLES, SHEET = "xl/styles.xml", BUDGET_PART


def into(part, before, xml):
    """A change that puts XML into a part."""
    return part, lambda content: content.replace(before, xml + before, 1)


def instead(part, pattern, xml):
    """A change that puts XML in the place of what a pattern finds."""

    def change(content):
        content, count = re.subn(pattern, xml, content, flags=re.DOTALL)
        assert count, pattern
        return content

    return part, change


SLOPPY = {
    "empty fill": instead(STYLES, rb"<fills.*?</fills>", b'<fills count="1"><fill/></fills>'),
    "no fills": instead(STYLES, rb"<fills.*?</fills>", b""),
    "pattern unknown": instead(STYLES, rb'patternType="\w+"', b'patternType="sparkle"'),
    "font family 99": instead(STYLES, rb'family val="\d+"', b'family val="99"'),
    "font size in words": instead(STYLES, rb'sz val="\d+"', b'sz val="big"'),
    "colour of three digits": into(STYLES, b"<sz", b'<color rgb="F00"/>'),
    "colour index -1": into(STYLES, b"<sz", b'<color indexed="-1" theme="99"/>'),
    "alignment unknown": instead(
        STYLES, rb"<cellXfs.*?</cellXfs>",
        b'<cellXfs><xf numFmtId="0"><alignment horizontal="middle" textRotation="999"/></xf>'
        b"</cellXfs>",
    ),
    "format id unknown": instead(
        STYLES, rb"<cellXfs.*?</cellXfs>", b'<cellXfs><xf numFmtId="9999" fontId="77"/></cellXfs>'
    ),
    "format id in words": instead(
        STYLES, rb"<cellXfs.*?</cellXfs>", b'<cellXfs><xf numFmtId="x" fontId="-1"/></cellXfs>'
    ),
    "no cell styles": instead(STYLES, rb"<cellXfs.*?</cellXfs>", b""),
    "named style without a name": instead(STYLES, rb"<cellStyles.*?</cellStyles>",
                                          b'<cellStyles><cellStyle xfId="44"/></cellStyles>'),
    "margins with commas": instead(
        SHEET, rb"<pageMargins[^>]*>", b'<pageMargins left="0,75" right="" top="x"/>'
    ),
    "view unknown": into(
        SHEET, b"<sheetFormatPr", b'<sheetViews><sheetView view="x"/></sheetViews>'
    ),
    "rule unknown": into(
        SHEET, b"<pageMargins",
        b'<conditionalFormatting sqref=""><cfRule type="x" dxfId="99"/></conditionalFormatting>',
    ),
    "validation unknown": into(
        SHEET, b"<pageMargins",
        b'<dataValidations><dataValidation type="magic" sqref="Q:Q"/></dataValidations>',
    ),
    "drawing that is missing": into(SHEET, b"<pageMargins", b'<legacyDrawing r:id="rId99" '
        b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/>'),
    "half a date": instead(
        "docProps/core.xml", rb"(<dcterms:created[^>]*>)[^<]*", rb"\g<1>2024-05"
    ),
    "no properties": ("docProps/core.xml", lambda _: b""),
    "theme that is no XML": ("xl/theme/theme1.xml", lambda _: b"<theme"),
    "no content types": ("[Content_Types].xml", lambda _: b"<Types/>"),
}  # fmt: skip


@pytest.mark.parametrize("name", SLOPPY)
def test_what_reading_needs_not_may_be_as_it_likes(saved, name):
    part, change = SLOPPY[name]
    content = rewritten(as_bytes(good_workbook()), {part: change})
    sheet = read_sheet(open_workbook(saved(content)), "预算信息")
    assert (sheet.at(5, 1).text, sheet.at(5, 3).text) == ("甲项目", "60")


def renamed(content, names, relations=lambda part: part):
    """The workbook with parts under other names; the relationships are changed as told."""
    stream = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            part = relations(part) if name.endswith(".rels") else part
            if names.get(name, name):
                new.writestr(names.get(name, name), part)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("names", "old", "new"),
    [
        ({"xl/sharedStrings.xml": "xl/SharedStrings.xml"}, b"", b""),
        ({"xl/workbook.xml": "XL/Workbook.XML", "_rels/.rels": "_Rels/.rels"}, b"", b""),
        ({"xl/workbook.xml": "xl/workbook2.xml",
          "xl/_rels/workbook.xml.rels": "xl/_rels/workbook2.xml.rels"},
         b"xl/workbook.xml", b"xl/workbook2.xml"),
        ({"xl/styles.xml": ""}, b"", b""),
        ({"xl/worksheets/sheet3.xml": "xl/worksheets\\sheet3.xml"}, b"", b""),
        ({"_rels/.rels": "", "docProps/app.xml": ""}, b"", b""),
    ],
    ids=["other case", "all in other case", "workbook2", "no styles", "backslash", "no root"],
)  # fmt: skip
def test_parts_are_found_by_their_relationships_in_either_case(saved, names, old, new):
    content = renamed(
        as_bytes(good_workbook()), names, lambda part: part.replace(old, new) if old else part
    )
    sheet = read_sheet(open_workbook(saved(content)), "预算信息")
    assert sheet.at(5, 1).text == "甲项目"


def test_such_a_workbook_is_checked_and_annotated(saved, perfgen):
    content = rewritten(as_bytes(good_workbook()), dict([SLOPPY["font family 99"]]))
    content = renamed(
        content,
        {"xl/workbook.xml": "xl/workbook2.xml",
         "xl/_rels/workbook.xml.rels": "xl/_rels/workbook2.xml.rels"},
        lambda part: part.replace(b"xl/workbook.xml", b"xl/workbook2.xml"),
    )  # fmt: skip
    said = perfgen("check", saved(content), "--annotate", "批注.xlsx")
    assert said.code == 0, said.err
    assert perfgen("check", "自评.xlsx", "--annotate", "批注.xlsx").code == 0  # over its own copy
    copy = written(content, {CellRef("自评.xlsx", "预算信息", 5, 1): "丙项目"})
    sheet = read_sheet(open_workbook(saved(copy, "改过.xlsx")), "预算信息")
    assert sheet.at(5, 1).text == "丙项目"


def test_a_part_that_is_missing_is_named(saved):
    content = renamed(as_bytes(good_workbook()), {BUDGET_PART: ""})
    with pytest.raises(WorkbookError, match=r"缺少 xl/worksheets/sheet3\.xml"):
        open_workbook(saved(content))


@pytest.mark.parametrize(
    ("stated", "seen"),
    [
        ("2024-04-26", "2024年4月26日"),
        ("2024-04-26T10:30:00Z", "2024年4月26日"),
        ("11:30:00", "11:30"),
        ("neither", "neither"),
    ],
)
def test_days_that_stand_as_text_are_days(saved, stated, seen):
    xml = f'<c r="C5" t="d"><v>{stated}</v></c>'
    sheet = read_sheet(open_workbook(saved(with_xml(good_workbook(), {"C5": xml}))), "预算信息")
    assert sheet.at(5, 3).text == seen


@pytest.mark.parametrize(
    ("number", "seen"),
    [(31, "2024年4月26日"), (57, "2024年4月"), (58, "4月26日"), (14, "2024年4月26日")],
)
def test_the_formats_of_a_chinese_excel_have_no_code_and_are_known(saved, number, seen):
    content = rewritten(
        with_xml(good_workbook(), {"C5": '<c r="C5" s="1"><v>45408</v></c>'}),
        dict([instead(STYLES, rb"<cellXfs.*?</cellXfs>",
                      b'<cellXfs><xf numFmtId="0"/><xf numFmtId="%d"/></cellXfs>' % number)]),
    )  # fmt: skip
    assert read_sheet(open_workbook(saved(content)), "预算信息").at(5, 3).text == seen


def test_a_cell_that_is_struck_out_is_known_whatever_the_other_fonts_are(saved, book):
    book["预算信息"]["A5"].font = Font(strike=True)
    content = rewritten(
        as_bytes(book),
        dict(
            [
                SLOPPY["font family 99"],
            ]
        ),
    )
    sheet = read_sheet(open_workbook(saved(content)), "预算信息")
    assert sheet.at(5, 1).struck_whole
    assert not sheet.at(6, 1).struck_whole


def test_phonetic_guides_are_no_part_of_a_text(saved, book):
    xml = (
        '<c r="C5" t="inlineStr"><is><r><t>甲</t></r><r><rPr><b/></rPr><t>项目</t></r>'
        '<rPh sb="0" eb="1"><t>jiǎ</t></rPh></is></c>'
    )
    sheet = read_sheet(
        open_workbook(saved(with_xml(put(book, "预算信息!C5", 1), {"C5": xml}))), "预算信息"
    )
    assert sheet.at(5, 3).text == "甲项目"


def test_days_count_from_1904_where_the_workbook_says_so(saved, book):
    book.epoch = CALENDAR_MAC_1904
    path = saved(put(book, "预算信息!C5", 43_945, "yyyy-mm-dd"))
    assert read_sheet(open_workbook(path), "预算信息").at(5, 3).text == "2024年4月25日"
