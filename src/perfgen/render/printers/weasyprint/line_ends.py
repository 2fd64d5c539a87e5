"""Where a line of Chinese text may end (避头尾).

Pango follows Unicode's line breaking rules, which let no line end beside a curly quotation mark,
because they cannot tell an opening one from a closing one. Chinese can, and uses many.
"""

from __future__ import annotations

import re

from lxml import etree

BREAK = "\u200b"  # zero-width space: a line may end here; leaves no trace in the text of a PDF
_TEXTS = ("p", "li", "td", "th", "caption", "figcaption")
_OPENING = "（《〈【〔「『"
_CLOSING = "）》〉】〕」』，。、；：？！"
_EDGE = re.compile(rf"(?<=[\w%％‰℃{_CLOSING}”’])(?=[“‘])|(?<=[”’])(?=[\w{_OPENING}])")


def allow_breaks(root: etree._Element) -> None:
    """Mark in an element tree where lines may end before “ and after ”.

    Headings are left alone, because their text also becomes the PDF's bookmarks.
    """
    for block in root.iter(*_TEXTS):
        for element in block.iter():
            if element.text:
                element.text = _EDGE.sub(BREAK, element.text)
            if element is not block and element.tail:
                element.tail = _EDGE.sub(BREAK, element.tail)
