"""A built Word file as a tree: its paragraphs, their cells, and what an edit means."""

import copy
import re
from dataclasses import dataclass, field, replace

from docx.oxml.ns import qn
from lxml import etree

from perfgen.original.content import Table, paragraphs_in

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


class NotHere(Exception):
    """The document has no place for this edit."""


@dataclass
class Expected:
    """The new text of each cell that may change, by (sheet, row, column); all else stays.

    `told` says that the officer must read something of the edit, whatever is written.
    """

    cells: dict = field(default_factory=dict)
    told: bool = False


class Printed:
    """A built document: its tree, its printed paragraphs, and where each came from."""

    def __init__(self, root, original, cells):
        self.root = root
        self.body = root.find(qn("w:body"))
        self.original = original
        self._cells = cells
        self.by_number = {p.numbers[0]: p for p in paragraphs_in(original.blocks)}
        self.elements = {}
        for mark in root.iter(qn("w:bookmarkStart")):
            found = re.fullmatch(r"_pg(\d+)", mark.get(qn("w:name"), ""))
            if found:
                self.elements[int(found.group(1))] = _paragraph_of(mark)

    def source(self, number):
        """The source of a paragraph that is the text of one cell and nothing else; else None."""
        paragraph = self.by_number[number]
        if len(paragraph.parts) != 1 or not paragraph.parts[0][1]:
            return None
        source = self.original.sources[paragraph.parts[0][1]]
        if source.figure:
            return None
        # A column of the layout's own is known by its header alone.
        return replace(source, column=self._cells.find(source).ref.column)

    def in_cell(self, number):
        """Whether a paragraph stands in a table."""
        return any(True for _ in self.elements[number].iterancestors(qn("w:tc")))

    def texts(self, *, in_cell=None, at_least=5):
        """The numbers of the paragraphs that are text of a cell and stand in it as printed."""
        found = []
        for number, paragraph in self.by_number.items():
            if number not in self.elements or len(paragraph.text) < at_least:
                continue
            source = self.source(number)
            if source is None or (in_cell is not None and self.in_cell(number) != in_cell):
                continue
            if self.cell_text(source).split("\n").count(paragraph.text) == 1:
                found.append(number)
        return found

    def cell_text(self, source):
        """What the workbook's cell says."""
        return self._cells.find(source).text

    def is_long(self, number):
        """Whether a paragraph is one of a cell that holds several."""
        source = self.source(number)
        return source is not None and self._cells.is_long(source)

    def after(self, number, new):
        """The cell of a paragraph and its text with a new one in its place; None takes it out."""
        source = self.source(number)
        lines = self.cell_text(source).split("\n")
        place = lines.index(self.by_number[number].text)
        lines[place : place + 1] = [] if new is None else [new]
        return {key(source): "\n".join(lines)}

    def tables(self, *, columns=2, rows=2):
        """The tables that have so many rows and columns, with their printed originals."""
        printed = [block for block in self.original.blocks if isinstance(block, Table)]
        pairs = list(zip(printed, self.body.iter(qn("w:tbl")), strict=True))
        return [(one, other) for one, other in pairs
                if len(one.rows) >= rows and max(map(len, one.rows)) >= columns]  # fmt: skip

    def runs(self, number):
        """The runs of a paragraph that hold words."""
        return [r for r in self.elements[number].iter(qn("w:r")) if r.find(qn("w:t")) is not None]


def key(source):
    """A cell as expectations name it."""
    return source.sheet, source.row, source.column


def _paragraph_of(element):
    return next(element.iterancestors(qn("w:p")))


def chosen(rng, items):
    """One of the items; the edit has no place here where there are none."""
    items = list(items)
    if not items:
        raise NotHere
    return rng.choice(items)


def xml(text):
    """An element with the usual prefixes."""
    head, sep, rest = text.partition(" " if " " in text.partition(">")[0] else ">")
    if head.endswith("/"):
        head, sep = head[:-1], "/" + sep
    return etree.fromstring(
        f'{head} xmlns:w="{W}" xmlns:m="{MATH}" xmlns:a="{DRAWING}" '
        f'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        f"{sep}{rest}"
    )


def text_of(paragraph):
    """The words of a paragraph."""
    return "".join(t.text or "" for t in paragraph.iter(qn("w:t")))


def retype(paragraph, text):
    """Type a paragraph anew, in its first run."""
    runs = list(paragraph.iter(qn("w:r")))
    for run in runs[1:]:
        run.getparent().remove(run)
    for child in list(runs[0]):
        if child.tag != qn("w:rPr"):
            runs[0].remove(child)
    word = etree.SubElement(runs[0], qn("w:t"))
    word.text = text
    word.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def new_paragraph(like, text):
    """A paragraph such as Word makes when Enter is pressed: no bookmark."""
    paragraph = copy.deepcopy(like)
    for mark in list(paragraph.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
        mark.getparent().remove(mark)
    retype(paragraph, text)
    return paragraph


def properties(element, name):
    """The properties of a run, a cell or a row, made where there are none."""
    found = element.find(qn(name))
    if found is None:
        found = etree.Element(qn(name))
        element.insert(0, found)
    return found


def escape(text):
    """A text as it stands in XML."""
    return text.replace("&", "&amp;").replace("<", "&lt;")
