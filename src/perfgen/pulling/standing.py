"""Where in an edited document something stands that no text of a cell is (在文件里的位置)."""

from __future__ import annotations

from lxml import etree

from perfgen.pulling.naming_places import shortened
from perfgen.pulling.styles import W

_MOST_BEFORE = 50
"""Blocks that are looked at for words that tell where an empty one stands."""


def where_it_stands(element: etree._Element) -> str:
    """Return the place of an element: by the words of its table row, or of its paragraph."""
    row = next(element.iterancestors(f"{W}tr"), None)
    if row is not None and (words := _first_words(row)):
        return f"表里“{shortened(words)}”一行"
    block = element
    for parent in element.iterancestors():
        if parent.tag in (f"{W}body", f"{W}hdr", f"{W}ftr"):
            break
        block = parent
    if words := _text(block):
        return f"“{shortened(words)}”一段"
    for before, _ in zip(block.itersiblings(preceding=True), range(_MOST_BEFORE), strict=False):
        if words := _text(before):
            return f"“{shortened(words)}”后面"
    return "文件开头"


def _first_words(row: etree._Element) -> str:
    return next(filter(None, (_text(cell) for cell in row.iter(f"{W}tc"))), "")


def _text(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(f"{W}t")).strip()
