"""Where in an edited document something stands that no text of a cell is (在文件里的位置)."""

from __future__ import annotations

from lxml import etree

from perfgen.pulling.naming_places import shortened
from perfgen.pulling.styles import W

_MOST_BEFORE = 50
"""Blocks that are looked at for words that tell where an empty one stands."""


class Places:
    """Names the places of elements; each row and paragraph is read once."""

    def __init__(self) -> None:
        """Begin with none named."""
        self._known: dict[etree._Element, str] = {}

    def of(self, element: etree._Element) -> str:
        """Return where an element stands: by the words of its table row, or of its paragraph."""
        row = next(element.iterancestors(f"{W}tr"), None)
        if row is not None:
            if row not in self._known:
                words = _first_words(row)
                self._known[row] = f"表里“{shortened(words)}”一行" if words else ""
            if self._known[row]:
                return self._known[row]
        block = element
        for parent in element.iterancestors():
            if parent.tag in (f"{W}body", f"{W}hdr", f"{W}ftr"):
                break
            block = parent
        if block not in self._known:
            self._known[block] = _beside(block)
        return self._known[block]


def _beside(block: etree._Element) -> str:
    """Where a paragraph or a table stands in the text: by its own words, or those before it."""
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
