"""The structure tree, written (结构树): which element each piece of a page belongs to."""

from __future__ import annotations

from typing import Any

import pydyf
from lxml import etree

from perfgen.render.printers.weasyprint.accessible.content import Area, Content, Mark, Node
from perfgen.render.printers.weasyprint.accessible.source import plain_text
from perfgen.render.printers.weasyprint.accessible.tables import cell_attributes

_POINT = 0.75  # a CSS pixel
_NUMBERING = {"ol": "/Decimal", "ul": "/Disc"}


class Structure:
    """Writes the tree of a document into a PDF that WeasyPrint has filled."""

    def __init__(self, pdf: Any, pages: list[Any], numbers: list[dict[Any, int]]) -> None:
        """Write into `pdf`; `pages` are the pages as laid out, `numbers` their marked contents."""
        self._pdf = pdf
        self._pages = pages
        self._numbers = numbers
        self._references = pdf.page_references
        self._parents: list[dict[int, bytes]] = [{} for _ in pages]
        self._annotations: list[bytes] = []
        objects = {number: pdf.objects[number] for number in pdf.pages["Kids"][::3]}
        for index, page in enumerate(objects.values()):
            page["StructParents"] = index
            page["Tabs"] = "/S"

    def write(self, content: Content) -> None:
        """Write the tree, and what leads from the pages to it."""
        root = self._add({"Type": "/StructTreeRoot"})
        top = self._element(content.document, root)
        root["K"] = pydyf.Array([top.reference])
        root["ParentTree"] = self._parent_tree().reference
        root["ParentTreeNextKey"] = len(self._pages) + len(self._annotations)
        self._pdf.catalog["StructTreeRoot"] = root.reference
        self._pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
        self._pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})

    def _add(self, values: dict[str, Any]) -> Any:
        dictionary = pydyf.Dictionary(values)
        self._pdf.add_object(dictionary)
        return dictionary

    def _parent_tree(self) -> Any:
        numbers = pydyf.Array()
        for index, parents in enumerate(self._parents):
            count = max(parents, default=-1) + 1
            owners = pydyf.Array([parents.get(mcid, b"null") for mcid in range(count)])
            numbers.extend((index, owners))
        for index, owner in enumerate(self._annotations, start=len(self._pages)):
            numbers.extend((index, owner))
        return self._add({"Nums": numbers})

    def _element(self, node: Node, parent: Any) -> Any:
        """Write an element with all that is in it, and return it."""
        element = self._add({"Type": "/StructElem", "S": f"/{node.type}", "P": parent.reference})
        if node.type != "Document" and (language := node.element.get("lang")):
            element["Lang"] = pydyf.String(language)
        if attributes := self._attributes(node):
            element["A"] = attributes
        if node.type == "Figure":
            element["Alt"] = pydyf.String(" ".join(node.element.get("alt", "").split()))
        home = next((kid.page for kid in node.kids if isinstance(kid, Mark)), None)
        if home is not None:
            element["Pg"] = self._references[home]
        kids = (self._kid(kid, node, element, home) for kid in node.kids)
        element["K"] = pydyf.Array(kid for kid in kids if kid is not None)
        return element

    def _kid(self, kid: Node | Mark | Area, node: Node, element: Any, home: int | None) -> Any:
        """Return what an element's list of kids says of one of them; None for nothing."""
        if isinstance(kid, Node):
            return self._element(kid, element).reference
        if isinstance(kid, Area):
            return self._link(kid, node, element)
        mcid = self._numbers[kid.page].get(kid.box)
        if mcid is None:  # hidden by CSS
            return None
        self._parents[kid.page][mcid] = element.reference
        if kid.page == home:
            return mcid
        page = self._references[kid.page]
        return pydyf.Dictionary({"Type": "/MCR", "Pg": page, "MCID": mcid})

    def _link(self, area: Area, node: Node, element: Any) -> Any:
        annotation = area.box.link_annotation
        if annotation is None:
            return None
        annotation["StructParent"] = len(self._pages) + len(self._annotations)
        annotation["Contents"] = pydyf.String(_link_text(node.element))
        self._annotations.append(element.reference)
        page = self._references[area.page]
        return pydyf.Dictionary({"Type": "/OBJR", "Pg": page, "Obj": annotation.reference})

    def _attributes(self, node: Node) -> Any:
        if node.type in {"TH", "TD"}:
            found = cell_attributes(node)
            return pydyf.Dictionary({"O": "/Table", **found}) if found else None
        if node.type == "L":
            marked = any(kid.type == "Lbl" for item in node.nodes() for kid in item.nodes())
            numbering = _NUMBERING[str(node.element.tag)] if marked else "/None"
            return pydyf.Dictionary({"O": "/List", "ListNumbering": numbering})
        if node.type == "Figure":
            pictures = [kid for kid in node.kids if isinstance(kid, Mark)]
            return self._figure(pictures[0]) if pictures else None
        return None

    def _figure(self, picture: Mark) -> Any:
        """Return where a picture stands, in points from the lower left corner of its page."""
        box, height = picture.box, self._pages[picture.page].height
        left, top = box.content_box_x(), box.content_box_y()
        edges = (left, height - top - box.height, left + box.width, height - top)
        area = pydyf.Array(round(edge * _POINT, 2) for edge in edges)
        return pydyf.Dictionary({"O": "/Layout", "Placement": "/Block", "BBox": area})


def _link_text(link: etree._Element) -> str:
    """Return what a link says: its text, that of its picture, else its address."""
    picture = link.find(".//img")
    alternative = "" if picture is None else " ".join(picture.get("alt", "").split())
    return plain_text(link) or alternative or link.get("href", "")
