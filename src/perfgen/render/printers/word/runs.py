"""Pieces of text → runs: characters with their styles, line breaks, links, pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

from lxml import etree

from perfgen.render.looks import Looks
from perfgen.render.page.text import Paragraph, Piece
from perfgen.render.printers.word.anchors import Anchors
from perfgen.render.printers.word.numbering import Numbering
from perfgen.render.printers.word.package import Package
from perfgen.render.printers.word.pictures import Pictures
from perfgen.render.printers.word.properties import TEXT_ORDER, Properties, joined, text_xml
from perfgen.render.printers.word.recording import Printed, bookmark_name
from perfgen.render.printers.word.styling import Styling
from perfgen.render.printers.word.xml import quoteattr

_AMBIGUOUS = re.compile("[\u00a1-\u2e7f]")
"""Characters such as “ ” — … · × ① that Word takes for Western ones unless it is told."""
_EAST_ASIAN = '<w:rFonts w:hint="eastAsia"/>'


@dataclass(frozen=True, slots=True)
class Resources:
    """What grows while a document is written, and what it follows.

    `foreign` says that some of the page is in a language other than the page's; `printed` notes
    the paragraphs where someone wants them.
    """

    language: str
    foreign: bool
    looks: Looks
    styling: Styling
    package: Package
    anchors: Anchors
    numbering: Numbering
    pictures: Pictures
    printed: Printed | None = None

    def noted(self, text: str) -> tuple[str, str]:
        """Note a paragraph; return what begins and what ends its bookmark."""
        if self.printed is None:
            return "", ""
        return self.anchors.bookmark(bookmark_name(self.printed.paragraph(text)))


def plain_run(text: str) -> str:
    """Return the run of a text that looks as its paragraph's style says."""
    hint = f"<w:rPr>{_EAST_ASIAN}</w:rPr>" if _AMBIGUOUS.search(text) else ""
    return f"<w:r>{hint}{text_xml(text)}</w:r>"


def runs_xml(paragraph: Paragraph, below: Properties, room: float, resources: Resources) -> str:
    """Return the runs of a paragraph.

    `below` is how the paragraph's style makes characters look, `room` the width in points that a
    picture may have.
    """
    written = []
    for link, pieces in groupby(paragraph.pieces, lambda piece: _link_around(piece, paragraph)):
        runs = "".join(_run(piece, paragraph, below, room, resources) for piece in pieces)
        written.append(runs if link is None else _linked(runs, link, resources))
    return "".join(written)


def _link_around(piece: Piece, paragraph: Paragraph) -> etree._Element | None:
    element: etree._Element | None = piece.owner
    while element is not None and element is not paragraph.element:
        if element.tag == "a":
            return element
        element = element.getparent()
    return None


def _linked(runs: str, link: etree._Element, resources: Resources) -> str:
    target = link.get("href", "")
    if target.startswith("#"):
        where = f'w:anchor="{resources.anchors.name(target[1:])}"'
    else:
        where = f"r:id={quoteattr(resources.package.add_link(target))}"
    return f'<w:hyperlink {where} w:history="1">{runs}</w:hyperlink>'


def _run(
    piece: Piece, paragraph: Paragraph, below: Properties, room: float, resources: Resources
) -> str:
    if piece.kind == "image":
        width = resources.looks.of(piece.owner).box.width
        return f"<w:r>{resources.pictures.drawing(piece.owner, width, room)}</w:r>"
    if piece.kind == "break":
        return "<w:r><w:br/></w:r>"
    style, beside = None, ""
    if piece.owner is not paragraph.element:
        style, unsaid = resources.styling.character(piece.owner, below)
        beside = joined(unsaid, TEXT_ORDER)
    properties = (
        (f'<w:rStyle w:val="{style}"/>' if style else "")
        + (_EAST_ASIAN if _AMBIGUOUS.search(piece.text) else "")
        + beside
        + _language(piece.owner, resources)
    )
    about = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{about}{text_xml(piece.text)}</w:r>"


def _language(element: etree._Element, resources: Resources) -> str:
    """Return the language of a text where it is not the page's."""
    if not resources.foreign:
        return ""
    languages = (item.get("lang") for item in (element, *element.iterancestors()))
    language = next((name for name in languages if name), resources.language)
    if language == resources.language:
        return ""
    return f"<w:lang w:val={quoteattr(language)} w:eastAsia={quoteattr(language)}/>"
