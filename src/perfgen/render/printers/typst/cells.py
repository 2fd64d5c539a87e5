"""Cells: what each holds, and the function for cells of its look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from perfgen.render.looks import Border, Look, Sides
from perfgen.render.page.grid import Cell, Grid
from perfgen.render.page.text import collapsed
from perfgen.render.printers.typst.borders import collapsed_borders, strokes
from perfgen.render.printers.typst.language import color
from perfgen.render.printers.typst.paragraphs import Words
from perfgen.render.printers.typst.styles import sides
from perfgen.render.printers.typst.tightness import Tightness

EMPTY = "[]"
_VERTICAL = {"top": "top", "middle": "horizon", "bottom": "bottom", "super": "top", "sub": "top"}
_ACROSS = {"left": "left", "justify": "left", "center": "center", "right": "right"}


class CellStyle(NamedTuple):
    """The look of a cell, the function that makes cells of it, and the space around the words."""

    look: Look
    function: str
    inset: Sides[float]


class Cells:
    """Writes the cells of one table.

    `tight` says how much of the space above and below the words, and of their lines, remains.
    """

    def __init__(
        self,
        grid: Grid,
        table: Look,
        words: Words,
        widths: Sequence[float],
        tight: Tightness,
    ) -> None:
        """Work out which lines show around the cells, and the characters' most common look."""
        self._grid = grid
        self._words = words
        self._widths = widths
        self._tight = tight
        self._borders: Mapping[int, Sides[Border]] = collapsed_borders(
            grid, words.looks, table.box.border
        )
        self._styles: dict[tuple[int, Sides[Border] | None], CellStyle] = {}
        self.text = self._most_common_text()

    @property
    def stroke(self) -> str:
        """Return the lines around all cells, where they are alike; else each has its own."""
        if self._borders:
            return "none"
        return strokes(self._words.looks.of(self._grid.cells[0].element).box.border) or "none"

    def style(self, cell: Cell) -> CellStyle:
        """Return the style of a cell."""
        look = self._words.looks.of(cell.element)
        border = self._borders[id(cell)] if self._borders else None
        key = (id(look), border)
        known = self._styles.get(key)
        if known is None:
            inset = self._inset(look, border or look.box.border)
            definition = self._definition(look, inset, border)
            name = look.style or "单元格"
            function = self._words.styles.define((name, definition), name, definition)
            known = self._styles[key] = CellStyle(look, function, inset)
        return known

    def words(self, cell: Cell, style: CellStyle) -> str:
        """Return what a cell holds, as one expression."""
        element, look = cell.element, style.look
        room = self.width(cell) - style.inset.left - style.inset.right
        if len(element):
            words = self._words.container(element, look, room)
        else:
            text = collapsed(element.text or "")
            words = self._words.text(text, look, room) if text else EMPTY
        return f"box({words})" if look.box.nowrap and words != EMPTY else words

    def width(self, cell: Cell) -> float:
        """Return how wide a cell is, in points."""
        if cell.colspan == 1:
            return self._widths[cell.column]
        return sum(self._widths[cell.column : cell.column + cell.colspan])

    def text_of(self, look: Look) -> str:
        """Return the name of the text settings of a look."""
        height = look.paragraph.line_height
        height = None if height is None else height * self._tight.lines
        return self._words.styles.text(look.text, height)

    def _most_common_text(self) -> str:
        looks = self._words.looks
        counts = Counter(id(looks.of(cell.element)) for cell in self._grid.cells)
        known = {id(look): look for cell in self._grid.cells if (look := looks.of(cell.element))}
        by_text: Counter[str] = Counter()
        for key, count in counts.items():
            by_text[self.text_of(known[key])] += count
        return by_text.most_common(1)[0][0]

    def _inset(self, look: Look, border: Sides[Border]) -> Sides[float]:
        """Return the space around a cell's words: its padding and half of its lines."""
        padding = look.box.padding
        return Sides(
            top=padding.top * self._tight.space + border.top.width / 2,
            right=padding.right + border.right.width / 2,
            bottom=padding.bottom * self._tight.space + border.bottom.width / 2,
            left=padding.left + border.left.width / 2,
        )

    def _definition(self, look: Look, inset: Sides[float], border: Sides[Border] | None) -> str:
        settings = {
            "align": alignment(look),
            "inset": sides(inset.top, inset.right, inset.bottom, inset.left),
        }
        if border is not None:
            settings["stroke"] = strokes(border) or "none"
        if look.box.background is not None:
            settings["fill"] = color(look.box.background)
        text = self.text_of(look)
        rules = [] if text == self.text else [f"set text(..{text})"]
        if look.paragraph.align == "justify":
            rules.append("set par(justify: true)")
        body = f"{{ {'; '.join(rules)}; body }}" if rules else "body"
        listed = ", ".join(f"{name}: {value}" for name, value in settings.items())
        return f"(body, ..span) = table.cell({listed}, ..span, {body})"


def alignment(look: Look) -> str:
    """Return where in its cell the words of a look stand."""
    return f"{_ACROSS[look.paragraph.align]} + {_VERTICAL[look.box.vertical_align]}"
