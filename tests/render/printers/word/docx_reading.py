"""Reads a Word document back: its words in order, its styles, the grid of its tables."""

import io
import tempfile
import zipfile
from pathlib import Path

from docx.oxml.ns import qn
from lxml import etree
from openxml_audit import OpenXmlValidator

from perfgen.render.looks import read_looks
from perfgen.render.page.elements import parse_page
from perfgen.render.printers.word import print_docx
from perfgen.render.printers.word.styling import PLACEHOLDER

GONGWEN = """
@page { size: A4; margin: 37mm 26mm 35mm 28mm }
@page :right { @bottom-right { content: "— " counter(page) " —"; font: 14pt/14pt var(--songti);
                               vertical-align: top; padding: 7mm 14pt 0 } }
@page :left { @bottom-left { content: "— " counter(page) " —"; font: 14pt/14pt var(--songti);
                             vertical-align: top; padding: 7mm 14pt 0 } }
@page wide { size: A4 landscape; margin: 28mm 25mm 26mm }
html { font: 16pt/28.99pt var(--fangsong); letter-spacing: -0.2pt }
h1 { --word-style: "公文标题"; font: 22pt/36pt var(--xiaobiaosong); text-align: center }
h2 { font: 16pt/28.99pt var(--heiti); text-indent: 2em; margin: 0 }
p { --word-style: "公文正文"; text-indent: 2em; margin: 0; text-align: justify }
strong { font-weight: normal; font-family: var(--heiti) }
em { font-style: normal; font-family: var(--kaiti) }
section.wide { page: wide }
table { --word-style: "公文表格"; width: 100%; font: 10.5pt/15pt var(--songti); letter-spacing: 0;
        margin: 6pt 0 0 }
caption { --word-style: "表格标题"; text-align: center }
tr { break-inside: avoid }
tr.long { break-inside: auto }
th, td { border: 0.5pt solid #000; padding: 3pt 4pt; vertical-align: middle; text-indent: 0 }
th { --word-style: "表格表头"; font: 10.5pt/15pt var(--heiti); text-align: center }
td.amount { --word-style: "表格数字"; text-align: right; white-space: nowrap }
"""


def html(body, *, title="某局自评报告", language="zh-CN"):
    """A page's source with this body."""
    return (
        f'<html lang="{language}"><head><title>{title}</title><meta name="author" content="某局"/>'
        '<meta name="subject" content="绩效自评"/><meta name="date" content="2024-04-26"/></head>'
        f"<body>{body}</body></html>"
    )


def printed(body, css="", **more):
    """The Word document of a page with this body, in the look of official documents."""
    page = parse_page(html(body))
    return Document(print_docx(page, read_looks(page, [GONGWEN, css]), **more))


class Document:
    """A Word document, from its bytes."""

    def __init__(self, data):
        self.data = data
        self.archive = zipfile.ZipFile(io.BytesIO(data))
        self.names = self.archive.namelist()
        self.main = self.part("word/document.xml")
        self.body = self.main[0]
        self.styles = self.part("word/styles.xml")

    def part(self, name):
        """The root of a part."""
        return etree.fromstring(self.archive.read(name))

    def style(self, name):
        """The style of this name."""
        for style in self.styles.iter(qn("w:style")):
            if style.find(qn("w:name")).get(qn("w:val")) == name:
                return style
        raise AssertionError(f"no style {name}, only {self.style_names}")

    @property
    def style_names(self):
        """The names of all styles."""
        return [value(style, "name") for style in self.styles.iter(qn("w:style"))]

    def style_name(self, element):
        """The name of the style that a paragraph, a run or a table has; None for the default."""
        kind = {"p": "pStyle", "r": "rStyle", "tbl": "tblStyle"}[etree.QName(element).localname]
        found = [
            child.get(qn("w:val"))
            for part in element[:1]
            for child in part
            if child.tag == qn(f"w:{kind}")
        ]
        by_id = {style.get(qn("w:styleId")): value(style, "name") for style in self.styles}
        return by_id[found[0]] if found else None

    def paragraphs(self):
        """The paragraphs in order, but for merged cells' further rows and Word's placeholders."""
        for paragraph in self.body.iter(qn("w:p")):
            cell = paragraph.getparent()
            merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            continued = merge is not None and merge.get(qn("w:val")) != "restart"
            if not continued and self.style_name(paragraph) != PLACEHOLDER:
                yield paragraph

    def texts(self):
        """The words of the document: what `page_text` says of the page."""
        return [text_of(paragraph) for paragraph in self.paragraphs()]

    def paragraph(self, text):
        """The paragraph with this text."""
        (found,) = [item for item in self.paragraphs() if text_of(item) == text]
        return found

    def sections(self):
        """The section properties in order."""
        return list(self.body.iter(qn("w:sectPr")))

    def tables(self):
        """The tables in order."""
        return list(self.body.iter(qn("w:tbl")))

    def faults(self):
        """What openxml-audit finds wrong, and what is wrong with the tables' grids."""
        return [
            *audit(self.data),
            *(fault for table in self.tables() for fault in grid_faults(table)),
        ]


def text_of(element):
    """The words of a paragraph or a run; a line break is a newline."""
    words = []
    for item in element.iter(qn("w:t"), qn("w:br")):
        words.append("\n" if item.tag == qn("w:br") else item.text or "")
    return "".join(words)


def value(element, path):
    """The w:val at a path such as `pPr/jc`; None where there is no such element."""
    found = element.find("/".join(qn(f"w:{step}") for step in path.split("/")))
    return None if found is None else found.get(qn("w:val"), "on")


def attributes(element, path):
    """The attributes at a path such as `pPr/spacing`, without their namespace."""
    found = element.find("/".join(qn(f"w:{step}") for step in path.split("/")))
    return (
        {} if found is None else {etree.QName(name).localname: text for name, text in found.items()}
    )


def audit(data):
    """What openxml-audit finds wrong with a document."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "文件.docx"
        path.write_bytes(data)
        return [str(error) for error in OpenXmlValidator().validate(path).errors]


def spans(row):
    """The cells of a row as (first column, columns, merge)."""
    column, found = 0, []
    for cell in row.iter(qn("w:tc")):
        width = int(value(cell, "tcPr/gridSpan") or 1)
        merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        kind = None if merge is None else merge.get(qn("w:val"), "continue")
        found.append((column, width, kind))
        column += width
    return found


def grid_faults(table):
    """Rows that do not fill the grid, and merged cells that continue nothing: Word repairs them."""
    columns = len(table.findall(f"{qn('w:tblGrid')}/{qn('w:gridCol')}"))
    faults, above = [], {}
    for number, row in enumerate(table.iter(qn("w:tr")), 1):
        cells = spans(row)
        if sum(width for _, width, _ in cells) != columns:
            faults.append(f"row {number} does not fill the grid")
        for column, width, merge in cells:
            if merge == "continue" and above.get(column) != width:
                faults.append(f"row {number}, column {column}: nothing to continue")
        above = {column: width for column, width, merge in cells if merge}
    return faults
