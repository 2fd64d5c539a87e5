"""The elements of a page and what they are in a PDF's structure tree (结构类型)."""

from __future__ import annotations

from lxml import etree

NUMBER = "data-number"
"""The attribute that carries an element's number through cutting and layout."""

AGAIN, REST = "pg-again", "pg-rest"
"""Classes of what is printed again on a later page, and of what such a block goes on with."""

TYPES = {
    "body": "Document",
    "section": "Sect",
    **{name: name.upper() for name in ("h1", "h2", "h3", "h4", "h5", "p", "tr", "th", "td")},
    "table": "Table",
    "thead": "THead",
    "tbody": "TBody",
    "caption": "Caption",
    "figcaption": "Caption",
    "figure": "Div",
    "img": "Figure",
    "ol": "L",
    "ul": "L",
    "li": "LI",
    "a": "Link",
}
"""The structure type of each element; the text of any other belongs to the element around it."""

LINKED = ("a", "img")
"""The elements whose boxes can be clicked on: a link, and a picture in it."""

HEADINGS = ("H1", "H2", "H3", "H4", "H5")


def number_elements(root: etree._Element) -> None:
    """Give every element of the page's body its number."""
    for number, element in enumerate(root[1].iter()):
        element.set(NUMBER, str(number))


def plain_text(element: etree._Element) -> str:
    """Return the text of an element, its white space collapsed."""
    return " ".join("".join(map(str, element.itertext())).split())
