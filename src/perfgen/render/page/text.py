"""The words of a page, in order: what every printer must say, white space as HTML has it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from lxml import etree

from perfgen.render.page.elements import CELLS, HEADINGS, INLINES, Page

_SPACES = re.compile(r"[ \t\r\n\f]+")
_PARAGRAPHS = HEADINGS | {"p", "caption", "figcaption"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a paragraph: words, a line break, or a picture.

    `owner` is the innermost element around the words, or the <br> or <img> itself.
    """

    kind: Literal["text", "break", "image"]
    text: str
    owner: etree._Element


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: the element whose look it has, and its pieces."""

    element: etree._Element
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """Return the words; a line break is a newline, a picture nothing."""
        shown = {"break": "\n", "image": ""}
        return "".join(shown.get(piece.kind, piece.text) for piece in self.pieces)


def paragraph_of(element: etree._Element) -> Paragraph:
    """Return the paragraph that an element is whose content is inline: p, h1, caption …"""
    if not len(element):
        text = collapsed(element.text or "")
        return Paragraph(element, (Piece("text", text, element),) if text else ())
    return Paragraph(element, _settled(_pieces(element)))


def contents(container: etree._Element) -> Iterator[Paragraph | etree._Element]:
    """Yield what a cell or a list item holds: paragraphs, and the lists (<ol>, <ul>) among them.

    Words that stand beside blocks make paragraphs of their own, as in HTML.
    """
    if not len(container):
        yield paragraph_of(container)
        return
    loose = [Piece("text", container.text or "", container)]
    for child in container:
        if child.tag in INLINES:
            loose.extend(_inline_pieces(child))
        else:
            yield from _loose_paragraph(container, loose)
            loose.clear()
            yield paragraph_of(child) if child.tag == "p" else child
        loose.append(Piece("text", child.tail or "", container))
    yield from _loose_paragraph(container, loose)


def page_text(page: Page) -> list[str]:
    """Return the paragraphs of the page in order, cell by cell in tables.

    A merged cell is there once, an empty cell is an empty text; other empty paragraphs, which no
    printer prints, are left out.
    """
    return list(_texts(page.body))


def collapsed(text: str) -> str:
    """Return a text with its white space collapsed, none at the ends."""
    return _SPACES.sub(" ", text).strip(" ")


def _texts(element: etree._Element) -> Iterator[str]:
    for child in element:
        if child.tag in _PARAGRAPHS:
            paragraph = paragraph_of(child)
            if paragraph.pieces:
                yield paragraph.text
        elif child.tag in CELLS or child.tag == "li":
            yield from _content_texts(child)
        else:
            yield from _texts(child)


def _content_texts(container: etree._Element) -> Iterator[str]:
    empty = True
    for item in contents(container):
        if not isinstance(item, Paragraph):
            yield from _texts(item)
            empty = False
        elif item.pieces:
            yield item.text
            empty = False
    if empty and container.tag in CELLS:
        yield ""


def _loose_paragraph(container: etree._Element, pieces: Sequence[Piece]) -> Iterator[Paragraph]:
    settled = _settled(pieces)
    if settled:
        yield Paragraph(container, settled)


def _pieces(element: etree._Element) -> Iterator[Piece]:
    if element.text:
        yield Piece("text", element.text, element)
    for child in element:
        yield from _inline_pieces(child)
        if child.tail:
            yield Piece("text", child.tail, element)


def _inline_pieces(element: etree._Element) -> Iterator[Piece]:
    if element.tag == "br":
        yield Piece("break", "", element)
    elif element.tag == "img":
        yield Piece("image", "", element)
    else:
        yield from _pieces(element)


def _settled(pieces: Sequence[Piece] | Iterator[Piece]) -> tuple[Piece, ...]:
    """Return the pieces with white space collapsed, none at either end of a line."""
    settled: list[Piece] = []
    after_space = True
    for piece in pieces:
        if piece.kind == "text":
            text = _SPACES.sub(" ", piece.text)
            text = text.removeprefix(" ") if after_space else text
            if text:
                settled.append(replace(piece, text=text))
                after_space = text.endswith(" ")
        else:
            if piece.kind == "break":
                _trim_end(settled)
            settled.append(piece)
            after_space = piece.kind == "break"
    _trim_end(settled)
    return tuple(settled)


def _trim_end(pieces: list[Piece]) -> None:
    """Take away the one space with which a line may end."""
    if pieces and pieces[-1].kind == "text" and pieces[-1].text.endswith(" "):
        last = pieces.pop()
        if last.text != " ":
            pieces.append(replace(last, text=last.text.removesuffix(" ")))
