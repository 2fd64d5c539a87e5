"""What is marked while the pages are painted (标记内容).

WeasyPrint numbers each piece of text as it paints it, page by page. `Recorder` keeps these
numbers, and makes an artifact of what is printed for the eye alone. The list of a stream's
pieces and its `_tags` are WeasyPrint's private matter: the tests of the tree tell when a new
version has changed them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pydyf

from perfgen.render.printers.weasyprint.accessible.content import Content

_ARTIFACT = {"Type": "/Pagination"}


class Recorder:
    """Listens while the pages of a document are painted.

    `numbers` is the marked-content number of each box, by page. `stray` counts the pieces that
    have no place in the tree, or that a screen reader could not reach.
    """

    def __init__(self, content: Content, pages: list[Any]) -> None:
        """Listen to `pages`; `content` says which of their boxes are read aloud."""
        self.numbers: list[dict[Any, int]] = [{} for _ in pages]
        self.stray = 0
        self._content = content
        for number, page in enumerate(pages):
            page.paint = partial(self._paint, page.paint, number)

    def _paint(
        self, paint: Callable[..., None], page: int, stream: Any, *args: Any, **options: Any
    ) -> None:
        stream._tags = {}
        paint(stream, *args, **options)
        numbers = {box: tag["mcid"] for box, tag in stream._tags.items()}
        silent = {mcid for box, mcid in numbers.items() if box not in self._content.read}
        found = _hush(stream.stream, silent)
        # A piece inside a form of its own (opacity, for instance) is out of the page's reach.
        self.stray += len(set(numbers.values()) - found)
        self.stray += sum(box not in self._content.seen for box in numbers)
        self.numbers[page] = {box: mcid for box, mcid in numbers.items() if mcid not in silent}


def _hush(pieces: list[Any], silent: set[int]) -> set[int]:
    """Make artifacts of the marked contents in `silent`; return all numbers that were found."""
    found = set()
    for index, piece in enumerate(pieces):
        if isinstance(piece, pydyf.Dictionary) and "MCID" in piece:
            found.add(piece["MCID"])
            if piece["MCID"] in silent:
                pieces[index - 1 : index + 1] = [b"/Artifact", pydyf.Dictionary(_ARTIFACT)]
    return found
