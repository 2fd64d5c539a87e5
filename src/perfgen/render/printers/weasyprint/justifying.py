"""Straight right edges for Chinese text (两端对齐).

WeasyPrint stretches only spaces when it justifies: Chinese has none, so its lines end ragged, and
a line with one space gets a hole. `straighten` spreads the characters of each justified line
evenly, as Word does, and never inside a number, a Latin word, a dash or an ellipsis.

It works on the boxes of a finished layout, which are WeasyPrint's private matter: the tests of
this module tell when a new version of it has changed them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.text.line_break import create_layout, line_size

from perfgen.render.printers.weasyprint.line_ends import BREAK

_WORD = re.compile(r"[!-~\u00a0-\u024f]+|—+|…+")
_PIECE = re.compile(rf"{_WORD.pattern}|[^!-~\u00a0-\u024f—…]+")
_WIDEST = 0.3  # of the size of the type; a line that needs more is better left ragged


def straighten(document: Any) -> None:
    """Spread the characters of every justified line of a laid-out document over its width."""
    for page in document.pages:
        for block, line in _lines(page._page_box):
            if line.style["text_align_all"] == "justify" and not _is_last(line):
                _Line(block, line).spread()


def characters(page: Any, name: str) -> int:
    """Return how many characters the element with the id `name` prints on a laid-out page."""
    for box in page._page_box.descendants():
        if box.element is not None and box.element.get("id") == name:
            return sum(len(text.text) for text in box.descendants() if _is_text(text))
    return 0


def _is_text(box: Any) -> bool:
    return isinstance(box, boxes.TextBox)


def _lines(box: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each line of text with the block that holds it."""
    for child in box.all_children():
        if isinstance(child, boxes.LineBox):
            yield box, child
        elif isinstance(child, boxes.ParentBox):
            yield from _lines(child)


def _is_last(line: Any) -> bool:
    """Return whether a line ends its paragraph, or ends with a line break of its own."""
    last = line
    while isinstance(last, (boxes.LineBox, boxes.InlineBox)) and last.children:
        last = last.children[-1]
    return line.resume_at is None or (last.element_tag or "").startswith("br")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of characters that are spread alike. `gaps`: how many gaps follow its characters."""

    text: str
    width: float
    gaps: int
    layout: Any


class _Line:
    """One line of text, taken apart at the edges of words and numbers."""

    def __init__(self, block: Any, line: Any) -> None:
        self._line = line
        self._pieces = {box: list(_pieces(box)) for box in line.descendants() if _is_text(box)}
        pieces = [piece for found in self._pieces.values() for piece in found]
        self._gaps = sum(piece.gaps for piece in pieces) - 1
        stretched = sum(box.width for box in self._pieces) - sum(piece.width for piece in pieces)
        self._room = block.width - line.width + stretched

    def spread(self) -> None:
        """Put each piece in its new place. A line that would become too loose keeps its width."""
        size = self._line.style["font_size"]
        gap = self._room / self._gaps if self._gaps > 0 and self._room > 0 else 0.0
        start = self._line.children[0].position_x
        self._place(self._line, start, gap if gap < _WIDEST * size else 0.0)

    def _place(self, box: Any, start: float, gap: float) -> float:
        """Lay the children of a line or inline box side by side from `start`; return the end."""
        x = start
        children: list[Any] = []
        for child in box.children:
            if isinstance(child, boxes.TextBox):
                for piece in self._pieces[child]:
                    text = _text_box(child, piece, gap)
                    text.position_x = x
                    x += text.width
                    children.append(text)
                continue
            if isinstance(child, boxes.InlineBox):
                lead = child.content_box_x() - child.position_x
                trail = child.margin_width() - lead - child.width
                child.position_x = x
                x = self._place(child, x + lead, gap) + trail
            elif child.is_in_normal_flow():
                child.translate(x - child.position_x, 0)
                x += child.margin_width()
            children.append(child)
        box.children = children
        box.width = x - start
        return x


def _pieces(box: Any) -> Iterator[_Piece]:
    for text in _PIECE.findall(box.text.replace(BREAK, "")):
        layout = create_layout(text, box.style, None, None, 0)
        width, _ = line_size(layout.get_first_line()[0], box.style)
        layout.deactivate()
        yield _Piece(text, width, 1 if _WORD.fullmatch(text) else len(text), layout)


def _text_box(box: Any, piece: _Piece, gap: float) -> Any:
    """Return a box like `box` for one piece of its text, its characters `gap` further apart."""
    text = box.copy_with_text(piece.text)
    text.width = piece.width + gap * piece.gaps
    text.pango_layout = piece.layout
    text.justification_spacing = 0
    if piece.gaps > 1 and gap:
        spacing = box.style["letter_spacing"]
        text.style = box.style.copy()
        text.style["letter_spacing"] = gap + (0 if spacing == "normal" else spacing)
    return text
