"""The words of paragraphs, cells and lists, written as calls of the looks' functions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from lxml import etree

from perfgen.render.looks import Look, Looks
from perfgen.render.page.elements import HEADINGS
from perfgen.render.page.text import Paragraph, Piece, contents
from perfgen.render.printers.typst.language import LONGEST_HEADING, arguments, literal, points
from perfgen.render.printers.typst.pictures import Pictures
from perfgen.render.printers.typst.styles import Styles

_NARROW = 0.62
"""How wide an ASCII character is at most on average, in font sizes."""
_RUN = re.compile(r"[!-~]+")
_CLOSING = "，。、；：？！）》〉】〕」』”’"
_AFTER_CLOSING = re.compile(rf"(?<=[{_CLOSING}])(?![{_CLOSING}])")


@dataclass(frozen=True, slots=True)
class Words:
    """Writes words. `ids` are the elements' ids to which a link leads: they become labels."""

    looks: Looks
    styles: Styles
    pictures: Pictures
    language: str
    ids: frozenset[str]
    bookmarks_from: int

    def paragraph(
        self,
        paragraph: Paragraph,
        look: Look,
        room: float,
        *,
        above: float = 0.0,
        sticky: bool = False,
        around: tuple[str, str] = ("", ""),
    ) -> str:
        """Return a paragraph as a block of its own; `room` is the width of a line in points.

        `around` are statements that stand before and behind its words.
        """
        element = paragraph.element
        level = int(str(element.tag)[1]) if element.tag in HEADINGS else 0
        if level and len(paragraph.text) > LONGEST_HEADING:
            level = 0
        function = self.styles.paragraph(look, level=level, bookmarked=level >= self.bookmarks_from)
        settings = {}
        if above:
            settings["above"] = points(above)
        if sticky:
            settings["sticky"] = "true"
        extra = f", {arguments(settings)}" if settings else ""
        margin = look.paragraph.margin
        words = self.inline(paragraph, look, room - margin.left - margin.right)
        if any(around):
            words = f"{{{around[0]}{words}{around[1]}}}"
        return f"{function}({words}{extra})"

    def targets(self, elements: Iterable[etree._Element], *more: str) -> str:
        """Return statements that make targets of those ids to which a link leads."""
        if not self.ids:
            return ""
        ids = [*more, *(name for each in elements if (name := each.get("id")))]
        return "".join(f"目标({literal(name)}); " for name in ids if name in self.ids)

    def inline(self, paragraph: Paragraph, look: Look, room: float) -> str:
        """Return the words of a paragraph as one expression."""
        pieces = paragraph.pieces
        if not pieces:
            return "[]"
        if len(pieces) == 1 and self._is_plain(pieces[0], paragraph):
            return self.text(pieces[0].text, look, room)
        parts = []
        for link, group in groupby(pieces, lambda piece: _link_around(piece, paragraph)):
            words = [self._piece(piece, paragraph, look, room) for piece in group]
            if link is None:
                parts.extend(words)
            else:
                parts.append(_linked("; ".join(words), link))
        return f"{{{'; '.join(parts)}}}"

    def text(self, text: str, look: Look, room: float) -> str:
        """Return a text; runs that are too long for a line may break after every character."""
        size = look.text.size
        if len(text) * size <= room:
            return literal(text)
        parts = []
        place, most = 0, max(int(room / (_NARROW * size)), 1)
        for found in _RUN.finditer(text):
            if len(found[0]) > most:
                parts += _sentences(text[place : found.start()])
                parts.append(f"开断({literal(found[0])})")
                place = found.end()
        parts += _sentences(text[place:])
        return parts[0] if len(parts) == 1 else f"句({', '.join(parts)})"

    def _is_plain(self, piece: Piece, paragraph: Paragraph) -> bool:
        if piece.kind != "text":
            return False
        return piece.owner is paragraph.element

    def _piece(self, piece: Piece, paragraph: Paragraph, around: Look, room: float) -> str:
        if piece.kind == "break":
            return "linebreak()"
        if piece.kind == "image":
            return self.pictures.picture(piece.owner, self.looks.of(piece.owner).box.width, room)
        look = around
        if piece.owner is not paragraph.element:
            look = self.looks.of(piece.owner)
        words = self.text(piece.text, look, room)
        if look.text != around.text:
            words = f"{self.styles.inline(look.text, look.paragraph.line_height)}({words})"
        language = _language(piece.owner, self.language)
        return words if language is None else f"text({language_settings(language)}, {words})"

    def container(self, container: etree._Element, look: Look, room: float) -> str:
        """Return what a cell or the item of a list holds, as one expression."""
        items = list(contents(container))
        if not items:
            return "[]"
        only = items[0]
        if len(items) == 1 and isinstance(only, Paragraph) and only.element is container:
            return self.inline(only, look, room)
        return f"{{{'; '.join(self._contents(container, items, look, room))}}}"

    def _contents(
        self, container: etree._Element, items: list[Paragraph | etree._Element], look: Look,
        room: float,
    ) -> Iterator[str]:  # fmt: skip
        below = 0.0
        for number, item in enumerate(items):
            if not isinstance(item, Paragraph):
                yield self.list(item, room)
                below = self.looks.of(item).paragraph.margin.bottom
            elif item.pieces and item.element is container:
                yield f"par({self.inline(item, look, room)})"
                below = 0.0
            elif item.pieces:
                own = self.looks.of(item.element)
                margin = own.paragraph.margin
                above = max(below, margin.top) if number else 0.0
                yield self.paragraph(item, own, room, above=above)
                below = margin.bottom

    def list(
        self,
        element: etree._Element,
        room: float,
        *,
        above: float = 0.0,
        around: tuple[str, str] = ("", ""),
    ) -> str:
        """Return a list; its numbers hang out to the left of its items.

        `around` are statements that stand before its first words and behind its last.
        """
        look = self.looks.of(element)
        indent = look.box.padding.left + look.paragraph.margin.left
        hanging = min(indent, 1.5 * look.text.size)
        items = []
        for item in element:
            own = self.looks.of(item)
            inner = self.container(item, own, room - indent)
            style = self.styles.text(own.text, own.paragraph.line_height)
            start = around[0] if item is element[0] else ""
            end = around[1] if item is element[-1] else ""
            items.append(f"{{set text(..{style}); {start}{inner}{end}}}")
        style = self.styles.text(look.text, look.paragraph.line_height)
        place = f"above: {points(above)}, {points(indent - hanging)}, {points(hanging)}"
        return f"列表({style}, {place}, {literal(look.marker)}, ({', '.join(items)},))"


def _sentences(text: str) -> list[str]:
    """Return a text in parts: one ends where closing marks do, so that a line may end there.

    Typst would let such a mark hang out over the end of a line by half its width.
    """
    return [literal(part) for part in _AFTER_CLOSING.split(text) if part]


def _linked(words: str, link: etree._Element) -> str:
    target = link.get("href", "")
    if target.startswith("#"):
        return f"link(label({literal(target[1:])}), {{{words}}})"
    return f"link({literal(target)}, {{{words}}})"


def _link_around(piece: Piece, paragraph: Paragraph) -> etree._Element | None:
    element: etree._Element | None = piece.owner
    while element is not None and element is not paragraph.element:
        if element.tag == "a":
            return element
        element = element.getparent()
    return None


def _language(element: etree._Element, page: str) -> str | None:
    """Return the language of words where it is not the page's."""
    for each in (element, *element.iterancestors()):
        name = each.get("lang")
        if name:
            return name if name != page else None
    return None


def language_settings(name: str) -> str:
    """Return the settings for a language such as zh-CN or en."""
    language, _, region = name.partition("-")
    place = literal(region.upper()) if len(region) == 2 else "none"
    return f"lang: {literal(language.lower())}, region: {place}"
