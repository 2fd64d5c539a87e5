"""The page as WeasyPrint is given it (页面整理): the same page, and what it cannot tell by itself.

Metadata, where a line of Chinese text may end, and a line that closes a table at each page's foot.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from datetime import datetime

from lxml import etree

from perfgen import __version__
from perfgen.render.looks import Looks
from perfgen.render.looks.columns import fit_columns
from perfgen.render.page.elements import Page
from perfgen.render.page.grid import table_grid

_OUTLINE = """
h1 { bookmark-level: none; }
h2 { bookmark-level: 1; }
h3 { bookmark-level: 2; }
h4 { bookmark-level: 3; }
h5 { bookmark-level: 4; }
"""
_COVER_ON_THE_LEFT = "html { break-before: left; }"
"""Behind a cover that is not counted, page 1 is a right page, as every odd page is."""
_SHARP_PICTURES = "img { image-rendering: pixelated; }"
"""PDF/A allows no picture that readers are asked to smooth."""
_EDGES = """
.pg-edge { padding: 0 !important; line-height: 0; font-size: 1pt;
  border-left-style: none !important; border-right-style: none !important; }
thead .pg-edge { border-top-style: none !important; }
tfoot .pg-edge { border-bottom-style: none !important; }
"""

BREAK = "\u200b"  # zero-width space: a line may end here; leaves no trace in the text of a PDF
_TEXTS = ("p", "li", "td", "th", "caption", "figcaption")
_OPENING = "（《〈【〔「『"
_CLOSING = "）》〉】〕」』，。、；：？！"
_EDGE = re.compile(rf"(?<=[\w%％‰℃{_CLOSING}”’])(?=[“‘])|(?<=[”’])(?=[\w{_OPENING}])")


def dress(page: Page, looks: Looks, moment: datetime | None) -> Page:
    """Return a copy of the page that is ready to be laid out. `looks` are those of `page`."""
    root = copy.deepcopy(fit_columns(page, looks).root)
    _allow_breaks(root)
    for table in root.iter("table"):
        _close(table)
    root.set("lang", page.language)
    for meta in root.findall("head/meta[@name='description']"):
        root[0].remove(meta)
    date = moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else ""
    facts = {
        "generator": f"perfgen {__version__}",
        "description": page.subject,
        "dcterms.created": date,
        "dcterms.modified": date,
    }
    for name, content in facts.items():
        if content:
            etree.SubElement(root[0], "meta", name=name, content=content)
    return Page(root)


def own_styles(page: Page, looks: Looks) -> Iterator[str]:
    """Yield the styles that go with a dressed page, in front of the layout's own."""
    yield _SHARP_PICTURES
    yield _EDGES
    if not looks.first_paper(page).counted:
        yield _COVER_ON_THE_LEFT
    if len(page.body.findall(".//h1")) == 1:  # a single title is the document's, and no bookmark
        yield _OUTLINE


def _allow_breaks(root: etree._Element) -> None:
    """Mark where lines may end (避头尾): before “ and after ”.

    Pango follows Unicode's rules, which let no line end beside a curly quotation mark, because
    they cannot tell an opening one from a closing one. Chinese can, and uses many. Headings are
    left alone, because their text also becomes the PDF's bookmarks.
    """
    for block in root.iter(*_TEXTS):
        for element in block.iter():
            if element.text:
                element.text = _EDGE.sub(BREAK, element.text)
            if element is not block and element.tail:
                element.tail = _EDGE.sub(BREAK, element.tail)


def _close(table: etree._Element) -> None:
    """Give a table a foot, and a head if it has none, that repeat as a line on every page.

    Without them a merged cell that goes on has no line at the foot of its page.
    """
    grid = table_grid(table)
    if not grid.head_rows and (body := table.find("tbody")) is not None:
        body.addprevious(_edge("thead", grid.columns))
    table.append(_edge("tfoot", grid.columns))


def _edge(part: str, columns: int) -> etree._Element:
    edge = etree.Element(part)
    row = etree.SubElement(edge, "tr")
    etree.SubElement(row, "td", {"colspan": str(columns), "class": "pg-edge"})
    return edge
