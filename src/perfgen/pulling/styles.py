"""What the styles of a Word file do to words: hide them, number their paragraphs (样式)."""

from __future__ import annotations

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

STYLES = "word/styles.xml"

_OFF = frozenset({"0", "false", "off", "none"})
_MOST_PARENTS = 20


def value_of(element: etree._Element | None, name: str) -> str:
    """Return the value of a child such as `<w:numId w:val="3"/>`; empty where there is none."""
    found = None if element is None else element.find(f"{W}{name}")
    return "" if found is None else found.get(f"{W}val", "")


def switched_on(properties: etree._Element | None, name: str) -> bool | None:
    """Return whether a property is switched on; None where nothing is said of it."""
    found = None if properties is None else properties.find(f"{W}{name}")
    return None if found is None else found.get(f"{W}val", "1").lower() not in _OFF


class Styles:
    """The styles of a document by their ids."""

    def __init__(self, root: etree._Element | None) -> None:
        """Know the styles of a part; none where there is no part."""
        self._styles = {
            style.get(f"{W}styleId", ""): style
            for style in (root.iterfind(f"{W}style") if root is not None else ())
        }

    def hides(self, style: str) -> bool:
        """Return whether a style hides its words."""
        for one in self._with_parents(style):
            said = switched_on(one.find(f"{W}rPr"), "vanish")
            if said is not None:
                return said
        return False

    def numbering(self, style: str) -> etree._Element | None:
        """Return what a paragraph style says of numbers; None where it says nothing."""
        for one in self._with_parents(style):
            found = one.find(f"{W}pPr/{W}numPr")
            if found is not None:
                return found
        return None

    def _with_parents(self, style: str) -> list[etree._Element]:
        found: list[etree._Element] = []
        name = style
        while name in self._styles and len(found) < _MOST_PARENTS:
            found.append(self._styles[name])
            name = value_of(self._styles[name], "basedOn")
        return found
