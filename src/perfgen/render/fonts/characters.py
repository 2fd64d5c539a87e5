"""Which characters a page prints in which font role (各类字体要印的字)."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from perfgen.render.looks import Looks, MarginBox
from perfgen.render.page.elements import CELLS, Page

_COUNTER_DIGITS = "0123456789"
CONTINUED = "（续）"
"""What a label carries that is printed again on a further page."""


def characters_by_role(page: Page, looks: Looks) -> Mapping[str, frozenset[str]]:
    """Return the characters of a page by font role: its text, and what stands in its margins."""
    found: dict[str, set[str]] = {}
    for element in page.root.iter("body"):
        _collect(element, looks, found)
    papers = {looks.of(element).page for element in page.root.iter("section")} | {""}
    for name in papers:
        paper = looks.paper(name)
        for box in (*paper.right, *paper.left, *paper.first):
            found.setdefault(box.text.role, set()).update(_margin_text(box))
    return {role: frozenset(characters) for role, characters in found.items()}


def _collect(element: etree._Element, looks: Looks, found: dict[str, set[str]]) -> None:
    role = looks.of(element).text.role
    found.setdefault(role, set()).update(element.text or "")
    if element.tag in CELLS:
        found[role].update(CONTINUED)
    for child in element:
        _collect(child, looks, found)
        found[role].update(child.tail or "")


def _margin_text(box: MarginBox) -> str:
    return "".join(part if isinstance(part, str) else _COUNTER_DIGITS for part in box.content)
