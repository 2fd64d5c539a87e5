"""What the laid-out pages say, in the order of the page (内容结构).

`read_content` walks the boxes of a finished layout and gives each text back to the element that
it comes from. An element over several pages is one node; a merged cell that was cut is whole
again. What the eye alone needs is left out: page numbers, repeated heads and labels.

It works on WeasyPrint's boxes, as `lines` does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from weasyprint.formatting_structure import boxes

from perfgen.render.printers.weasyprint.accessible.source import AGAIN, LINKED, NUMBER, REST, TYPES

_PARTS = ("Caption", "THead", "TBody")
_KEPT_EMPTY = frozenset({"TR", "TH", "TD"})


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """A piece of text or a picture: the box that prints it, and its page from 0."""

    page: int
    box: Any


@dataclass(frozen=True, slots=True, eq=False)
class Area:
    """A box that a reader can click on, as far as WeasyPrint makes it a link."""

    page: int
    box: Any


@dataclass(slots=True, eq=False)
class Node:
    """An element in the structure tree."""

    type: str
    element: etree._Element
    kids: list[Node | Mark | Area] = field(default_factory=list)

    def nodes(self) -> list[Node]:
        """Return the kids that are elements."""
        return [kid for kid in self.kids if isinstance(kid, Node)]

    def every(self, *types: str) -> Iterator[Node]:
        """Yield this node and all below it that are of one of the types, in reading order."""
        if self.type in types:
            yield self
        for kid in self.nodes():
            yield from kid.every(*types)


@dataclass(frozen=True, slots=True)
class Content:
    """The tree of a document, and the boxes that are printed for the eye alone."""

    document: Node
    read: frozenset[Any]
    seen: frozenset[Any]


def read_content(pages: list[Any], body: etree._Element) -> Content:
    """Return what WeasyPrint's `pages` say; `body` is the numbered source."""
    return _Reader(body).read(pages)


class _Reader:
    def __init__(self, body: etree._Element) -> None:
        self._elements = {element.get(NUMBER): element for element in body.iter()}
        self._document = Node("Document", body)
        self._nodes = {body.get(NUMBER): self._document}
        self._heads: dict[str, int] = {}
        self._bodies: dict[Node, Node] = {}
        self._page = 0
        self._read: set[Any] = set()
        self._seen: set[Any] = set()

    def read(self, pages: list[Any]) -> Content:
        for number, page in enumerate(pages):
            self._page = number
            self._walk(page._page_box, self._document, aloud=True)
        _tidy(self._document)
        return Content(self._document, frozenset(self._read), frozenset(self._seen))

    def _walk(self, box: Any, owner: Node, *, aloud: bool) -> None:
        """Read a box inside `owner`; not `aloud` if it is printed for the eye alone."""
        box = getattr(box, "_box", box)  # what is placed absolutely has a stand-in
        if isinstance(box, boxes.MarginBox):
            aloud = False
        elif box.element is not None and not isinstance(box, (boxes.TextBox, boxes.LineBox)):
            owner, aloud = self._enter(box, owner, aloud=aloud)
        if isinstance(box, (boxes.TextBox, boxes.ReplacedBox)):
            self._seen.add(box)
            if aloud:
                self._read.add(box)
                owner.kids.append(Mark(self._page, box))
        elif isinstance(box, boxes.ParentBox):
            for child in box.children:
                self._walk(child, owner, aloud=aloud)

    def _enter(self, box: Any, owner: Node, *, aloud: bool) -> tuple[Node, bool]:
        """Return the node that a box's text belongs to, and whether it is to be read aloud."""
        classes = box.element.get("class", "").split()
        if AGAIN in classes:
            aloud = False
        if REST in classes:
            return owner, True
        number = box.element.get(NUMBER)
        element = self._elements.get(number)
        if number is None or element is None:
            return owner, aloud
        if element.tag == "thead" and self._heads.setdefault(number, self._page) != self._page:
            aloud = False
        if aloud:
            owner = self._node(number, element, owner)
            if box.element_tag == "li::marker":
                owner = self._marker(owner)
        if element.tag in LINKED:
            self._link(box, element)
        return owner, aloud

    def _node(self, number: str, element: etree._Element, owner: Node) -> Node:
        kind = TYPES.get(str(element.tag))
        if kind is None:
            kind = "Span" if element.get("lang") else None
        if kind is None:
            return owner
        node = self._nodes.get(number)
        if node is None:
            node = self._nodes[number] = Node(kind, element)
            owner.kids.append(node)
            if kind == "LI":
                self._bodies[node] = Node("LBody", element)
                node.kids.append(self._bodies[node])
        return self._bodies.get(node, node)

    def _link(self, box: Any, element: etree._Element) -> None:
        anchor = element if element.tag == "a" else next(element.iterancestors("a"), None)
        node = None if anchor is None else self._nodes.get(anchor.get(NUMBER))
        if node is not None:
            node.kids.append(Area(self._page, box))

    def _marker(self, body: Node) -> Node:
        item = self._nodes[body.element.get(NUMBER)]
        if item.kids[0] is body:
            item.kids.insert(0, Node("Lbl", body.element))
        label = item.kids[0]
        assert isinstance(label, Node)
        return label


def _tidy(node: Node) -> None:
    """Put the parts of tables in order, and drop what holds nothing."""
    for kid in node.nodes():
        _tidy(kid)
    node.kids = [
        kid for kid in node.kids if not isinstance(kid, Node) or kid.kids or kid.type in _KEPT_EMPTY
    ]
    if node.type == "Table":
        node.kids.sort(key=lambda kid: _PARTS.index(kid.type) if isinstance(kid, Node) else 0)
