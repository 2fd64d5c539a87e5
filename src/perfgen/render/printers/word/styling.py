"""From the looks of a page to the styles of a document: which style each element gets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from lxml import etree

from perfgen.render.looks import Look, Looks, MarginBox, Sides
from perfgen.render.page.elements import CELLS, Page
from perfgen.render.page.text import Paragraph
from perfgen.render.printers.word.properties import (
    Properties,
    paragraph_properties,
    text_properties,
)
from perfgen.render.printers.word.stylebook import NORMAL, ParagraphStyle, StyleBook

PLACEHOLDER = "版面占位"
"""The style of the paragraphs that Word needs after a table: one point high, without words."""


class AppliedStyle(NamedTuple):
    """A paragraph style in use: its id, and how it makes characters and lines look."""

    id: str
    text: Properties
    lines: Properties


class Styling:
    """Gives every element its style; keeps them in a StyleBook."""

    def __init__(self, page: Page, looks: Looks) -> None:
        """Begin with 正文: the look of a paragraph of that name, or else that of <body>."""
        self._looks = looks
        self.normal = _normal_look(page, looks)
        self.book = StyleBook(self._whole(self.normal, boxed=True))
        self._applied: dict[tuple[int, bool], AppliedStyle] = {}

    def paragraph(self, paragraph: Paragraph) -> AppliedStyle:
        """Return the style of a paragraph: its element's, with room for pictures if it has any."""
        look = self._looks.of(paragraph.element)
        pictured = any(piece.kind == "image" for piece in paragraph.pieces)
        key = (id(look), pictured)
        if key not in self._applied:
            self._applied[key] = self._apply(paragraph.element, look, pictured=pictured)
        return self._applied[key]

    def character(
        self, element: etree._Element, below: Properties
    ) -> tuple[str | None, Properties]:
        """Return the character style of an inline element, and what it must say beside it.

        `below` is how the paragraph around it makes characters look.
        """
        look = self._looks.of(element)
        wanted = text_properties(look.text)
        if look.style:
            return self.book.character(look.style, below, wanted, _suffix(element), named=True)
        suffix = _suffix(element) or _CALLED.get(str(element.tag), "文字")
        name = self._name_around(element)
        return self.book.character(name, below, wanted, suffix, named=False)

    def margin(self, box: MarginBox, suffix: str) -> AppliedStyle:
        """Return the style of a header or a footer; `suffix` tells pages that differ apart."""
        sides = Sides(
            top=0.0,
            right=box.inset if box.align == "right" else 0.0,
            bottom=0.0,
            left=box.inset if box.align == "left" else 0.0,
        )
        lines = replace(
            self.normal.paragraph,
            align=box.align,
            indent=0.0,
            line_height=box.line_height,
            margin=sides,
        )
        look = replace(self.normal, text=box.text, paragraph=lines)
        style = self._whole(look, boxed=False)
        name = self.book.paragraph("页眉" if box.at_top else "页脚", style, style, suffix)
        return AppliedStyle(name, style.text, style.lines)

    def placeholder(self) -> str:
        """Return the id of the style of a paragraph that is only there because Word needs it."""
        text = replace(self.normal.text, size=1.0, spacing=0.0)
        lines = replace(
            self.normal.paragraph,
            indent=0.0,
            line_height=1.0,
            margin=Sides(0.0, 0.0, 0.0, 0.0),
            keep_with_next=False,
        )
        look = replace(self.normal, text=text, paragraph=lines)
        style = self._whole(look, boxed=False)
        return self.book.paragraph(PLACEHOLDER, style, style)

    def _apply(self, element: etree._Element, look: Look, *, pictured: bool) -> AppliedStyle:
        boxed = element.tag not in CELLS
        style = self._whole(_adapted(element, look, pictured=pictured), boxed=boxed)
        bare = self._looks.bare(element)
        base = style
        if bare.style == look.style:
            base = self._whole(_adapted(element, bare, pictured=False), boxed=boxed)
        name = look.style or NORMAL
        found = self.book.paragraph(name, base, style, _suffix(element))
        plain = element.tag == "p" and not element.get("class")
        if plain and self.book.body_id == "Normal":
            self.book.body_id = found
        return AppliedStyle(found, style.text, style.lines)

    def _whole(self, look: Look, *, boxed: bool) -> ParagraphStyle:
        return ParagraphStyle(
            text_properties(look.text),
            paragraph_properties(look, boxed=boxed),
        )

    def _name_around(self, element: etree._Element) -> str:
        for ancestor in element.iterancestors():
            name = self._looks.of(ancestor).style
            if name:
                return name
        return NORMAL


def _normal_look(page: Page, looks: Looks) -> Look:
    for element in _plain_paragraphs(page):
        look = looks.of(element)
        if look.style == NORMAL:
            return look
    return looks.of(page.body)


def _plain_paragraphs(page: Page) -> Iterator[etree._Element]:
    """Yield the paragraphs of the running text that have no class."""
    for container in (page.body, *page.body.iter("section")):
        yield from (element for element in container.iterchildren("p") if not element.get("class"))


def _adapted(element: etree._Element, look: Look, *, pictured: bool) -> Look:
    """Return the look without what Word does in another way."""
    lines = look.paragraph
    if pictured or element.tag == "figure":
        # A line of fixed height would cut a picture off.
        lines = replace(lines, line_height=None)
    if element.tag == "li":
        # The numbering indents the items of a list.
        lines = replace(lines, indent=0.0, margin=replace(lines.margin, left=0.0))
    text = replace(look.text, background=None)
    return replace(look, paragraph=lines, text=text)


_CALLED = {"strong": "加粗", "em": "强调", "a": "链接"}
"""What the style of words is called after where no class says so, by their element."""


def _suffix(element: etree._Element) -> str:
    """What a derived style is called after: the classes that an officer can read.

    Word lists the styles. A class in Latin letters says nothing there: such styles are counted.
    """
    return "-".join(name for name in element.get("class", "").split() if not name.isascii())
