"""Sections (节): paper, margins, the document grid, headers and footers."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor

from perfgen.render.looks import Counter, Look, MarginBox, Paper
from perfgen.render.printers.word.paragraphs import placeholder_xml
from perfgen.render.printers.word.properties import text_xml
from perfgen.render.printers.word.runs import Resources, plain_run
from perfgen.render.printers.word.units import twips, twips_down
from perfgen.render.printers.word.xml import XML_HEAD, R, W

Boxes = tuple[MarginBox, ...]
_FIELDS = {Counter.PAGE: "PAGE", Counter.PAGES: "NUMPAGES"}
_CLOSE = 0.05
"""How far in points a character's pitch may be from one that fills the line exactly."""
_LINE_PITCH = 15.6
"""Word's own distance of lines in Chinese documents, in points."""
_HEADER_DISTANCE = 42.55
"""Word's own distance of header and footer from the paper's edge (1.5 cm), where none is set."""
_PAGE_ZERO = '<w:pgNumType w:start="0"/>'


class Margins:
    """Writes the headers and footers of a document; equal ones are one part."""

    def __init__(self, resources: Resources, papers: Sequence[Paper]) -> None:
        """Look at all papers of the document: a kind of margin that one has, all must name."""
        self._resources = resources
        self._parts: dict[tuple[str, Boxes], str] = {}
        self.odd_and_even = any(paper.left != paper.right for paper in papers)
        boxes = [box for paper in papers for box in (*paper.right, *paper.left, *paper.first)]
        self._kinds = [
            kind for kind, at_top in (("header", True), ("footer", False))
            if any(box.at_top == at_top for box in boxes)
        ]  # fmt: skip

    def references(self, paper: Paper, *, first: bool) -> str:
        """Return what a section says about headers and footers; `first` for the first section."""
        turns: list[tuple[str, str, Boxes]] = [("default", "", paper.right)]
        if self.odd_and_even:
            turns.append(("even", "左页", paper.left))
        if first and paper.first != paper.right:
            turns.append(("first", "首页", paper.first))
        return "".join(
            f'<w:{kind}Reference w:type="{turn}" r:id="{self._part(kind, suffix, boxes, paper)}"/>'
            for kind in self._kinds
            for turn, suffix, boxes in turns
        )

    def _part(self, kind: str, suffix: str, boxes: Boxes, paper: Paper) -> str:
        shown = tuple(box for box in boxes if box.at_top == (kind == "header"))
        key = (kind, shown)
        if key not in self._parts:
            number = sum(other == kind for other, _ in self._parts) + 1
            tag = "hdr" if kind == "header" else "ftr"
            xml = f"{XML_HEAD}<w:{tag} {W} {R}>{self._paragraph(shown, suffix, paper)}</w:{tag}>"
            self._parts[key] = self._resources.package.add_word_part(f"{kind}{number}", kind, xml)
        return self._parts[key]

    def _paragraph(self, boxes: Boxes, suffix: str, paper: Paper) -> str:
        if not boxes:
            return placeholder_xml(self._resources)
        style = self._resources.styling.margin(boxes[0], suffix)
        if len(boxes) == 1:
            return f'<w:p><w:pPr><w:pStyle w:val="{style.id}"/></w:pPr>{_runs(boxes[0])}</w:p>'
        stops = {"center": paper.text_width / 2, "right": paper.text_width}
        tabs = "".join(
            f'<w:tab w:val="{box.align}" w:pos="{twips(stops[box.align] - box.inset)}"/>'
            for box in boxes if box.align in stops
        )  # fmt: skip
        runs = "".join(
            ("<w:r><w:tab/></w:r>" if box.align in stops else "") + _runs(box) for box in boxes
        )
        about = f'<w:tabs>{tabs}</w:tabs><w:ind w:left="0" w:right="0"/><w:jc w:val="left"/>'
        return f'<w:p><w:pPr><w:pStyle w:val="{style.id}"/>{about}</w:pPr>{runs}</w:p>'


def section_xml(paper: Paper, normal: Look, references: str, *, title_page: bool) -> str:
    """Return a <w:sectPr>; `normal` is the look of 正文, from which the document grid comes.

    A page that is not counted is page 0, so that the one behind it is page 1.
    """
    orient = ' w:orient="landscape"' if paper.landscape else ""
    return (
        f"<w:sectPr>{references}"
        f'<w:pgSz w:w="{twips(paper.width)}" w:h="{twips(paper.height)}"{orient}/>'
        f'<w:pgMar w:top="{twips(paper.margin.top)}" w:right="{twips(paper.margin.right)}"'
        f' w:bottom="{twips(paper.margin.bottom)}" w:left="{twips(paper.margin.left)}"'
        f' w:header="{twips(_distance(paper, at_top=True))}"'
        f' w:footer="{twips(_distance(paper, at_top=False))}" w:gutter="0"/>'
        f'{"" if paper.counted else _PAGE_ZERO}<w:cols w:space="425"/>'
        f"{'<w:titlePg/>' if title_page else ''}"
        f"{_document_grid(paper, normal)}</w:sectPr>"
    )


def _distance(paper: Paper, *, at_top: bool) -> float:
    """Return how far a header or footer is from the paper's edge, in points."""
    margin = paper.margin.top if at_top else paper.margin.bottom
    boxes = (*paper.right, *paper.left, *paper.first)
    distances = [margin - box.offset - box.line_height for box in boxes if box.at_top == at_top]
    return max(min(distances, default=_HEADER_DISTANCE), 0.0)


def _document_grid(paper: Paper, normal: Look) -> str:
    """Return the document grid (文档网格): the lines and characters of the ordinary text.

    Only the ordinary page has one: it is the standard's 22 lines of 28 characters. Styles do not
    snap to it, so that every program sets the lines alike; new text that an officer adds may.
    """
    pitch = normal.paragraph.line_height
    if pitch is None or paper.name:
        return f'<w:docGrid w:linePitch="{twips_down(pitch or _LINE_PITCH)}"/>'
    lines = f'w:linePitch="{twips_down(pitch)}"'
    if not normal.text.spacing:
        return f'<w:docGrid w:type="lines" {lines}/>'
    space = floor((_character_pitch(paper, normal) - normal.text.size) * 4096)
    return f'<w:docGrid w:type="linesAndChars" {lines} w:charSpace="{space}"/>'


def _character_pitch(paper: Paper, normal: Look) -> float:
    """Return the width of a character and its space: one that fills the line, if one is near."""
    asked = normal.text.size + normal.text.spacing
    sides = paper.margin.left, paper.margin.right
    width = (twips(paper.width) - sum(map(twips, sides))) / 20
    filling = width / max(round(width / asked), 1)
    return filling if abs(filling - asked) < _CLOSE else asked


def _runs(box: MarginBox) -> str:
    return "".join(
        _field(_FIELDS[part]) if isinstance(part, Counter) else plain_run(part)
        for part in box.content
    )


def _field(name: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {name} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'<w:r>{text_xml("1")}</w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
