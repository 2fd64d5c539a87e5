"""The page's body as a row of paragraphs and tables: what its containers decide is handed down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from perfgen.render.looks import Look, Looks
from perfgen.render.page.text import Paragraph, Piece, contents, paragraph_of
from perfgen.render.printers.word.numbering import ListKind, Numbering

_CONTAINERS = frozenset({"section", "figure"})
_LISTS = frozenset({"ol", "ul"})
_WIDEST_HANGING = 1.5
"""How far a list's number hangs out at most, in font sizes."""


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Where in a list a paragraph stands; `first` says that it has the number or the bullet."""

    number: int
    kind: ListKind
    first: bool


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph or a table, and what the things around it decide.

    `gap` is the space that containers ask for above it, `gap_below` the table's own below it;
    `anchors` are the ids of the containers that begin with it.
    """

    content: Paragraph | etree._Element
    look: Look
    gap: float
    gap_below: float
    break_before: bool
    keep_next: bool
    anchors: tuple[str, ...]
    place: ListPlace | None = None


def body_items(body: etree._Element, looks: Looks, numbering: Numbering) -> list[Item]:
    """Return the paragraphs and tables of the page in order; empty paragraphs are left out."""
    return list(_Flow(looks, numbering).blocks(body))


def list_items(element: etree._Element, looks: Looks, numbering: Numbering) -> list[Item]:
    """Return the paragraphs of one list, such as a list in a cell."""
    return list(_Flow(looks, numbering).list_of(element, 0, 0.0))


class _Flow:
    """Walks the body; remembers what must be handed to the next item."""

    def __init__(self, looks: Looks, numbering: Numbering) -> None:
        self._looks = looks
        self._numbering = numbering
        self._gap = 0.0
        self._break = False
        self._anchors: list[str] = []

    def blocks(self, container: etree._Element) -> Iterator[Item]:
        for element in container:
            if element.tag in _CONTAINERS:
                yield from self._inside(element, self.blocks(element))
            elif element.tag in _LISTS:
                yield from self.list_of(element, 0, 0.0)
            elif element.tag == "table":
                yield from self._table(element)
            elif element.tag == "img":
                picture = Paragraph(container, (Piece("image", "", element),))
                yield self._item(picture, container, keep_next=element.getnext() is not None)
            elif paragraph_of(element).pieces:
                above = element.tag == "figcaption" and element.getnext() is not None
                yield self._item(paragraph_of(element), element, keep_next=above)

    def list_of(self, element: etree._Element, level: int, indent: float) -> Iterator[Item]:
        look = self._looks.of(element)
        own = look.box.padding.left + look.paragraph.margin.left
        hanging = min(own, _WIDEST_HANGING * look.text.size)
        kind = ListKind(look.marker, level, indent + own, hanging)
        yield from self._inside(element, self._list_paragraphs(element, kind))

    def _list_paragraphs(self, element: etree._Element, kind: ListKind) -> Iterator[Item]:
        number = self._numbering.new_list(kind)
        for item in element:
            first = True
            for content in list(contents(item)) or [Paragraph(item, ())]:
                if isinstance(content, Paragraph):
                    place = ListPlace(number, kind, first)
                    yield self._item(content, content.element, place=place)
                    first = False
                else:
                    yield from self.list_of(content, kind.level + 1, kind.indent)

    def _inside(self, container: etree._Element, items: Iterator[Item]) -> Iterator[Item]:
        lines = self._looks.of(container).paragraph
        self._gap = max(self._gap, lines.margin.top)
        self._break = self._break or lines.break_before
        self._remember(container)
        yield from items
        self._gap = max(self._gap, lines.margin.bottom)
        self._break = self._break or lines.break_after

    def _table(self, element: etree._Element) -> Iterator[Item]:
        self._remember(element)
        caption = element.find("caption")
        lines = self._looks.of(element).paragraph
        self._gap = max(self._gap, lines.margin.top)
        self._break = self._break or lines.break_before
        if caption is not None and paragraph_of(caption).pieces:
            item = self._item(paragraph_of(caption), caption, keep_next=True)
            yield _kept_with_previous(item) if lines.keep_with_previous else item
        yield self._item(element, element, gap_below=lines.margin.bottom)
        self._gap = lines.margin.bottom

    def _item(
        self,
        content: Paragraph | etree._Element,
        element: etree._Element,
        *,
        gap_below: float = 0.0,
        keep_next: bool = False,
        place: ListPlace | None = None,
    ) -> Item:
        look = self._looks.of(element)
        item = Item(
            content, look, self._gap, gap_below, self._break, keep_next, tuple(self._anchors), place
        )
        self._gap, self._break = 0.0, look.paragraph.break_after
        self._anchors.clear()
        return item

    def _remember(self, container: etree._Element) -> None:
        name = container.get("id")
        if name:
            self._anchors.append(name)


def _kept_with_previous(item: Item) -> Item:
    """Return a caption that stays with what is above, since its table does."""
    lines = replace(item.look.paragraph, keep_with_previous=True)
    return replace(item, look=replace(item.look, paragraph=lines))
