"""Tables: the grid of the page as a table of Typst's, with what its rows do at a page's end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from perfgen.render.looks import Border, Look, Looks, Paper, Sides
from perfgen.render.looks.columns import column_widths, table_width
from perfgen.render.page.grid import Cell, Grid, table_grid
from perfgen.render.page.text import collapsed
from perfgen.render.printers.typst.borders import collapsed_borders, strokes
from perfgen.render.printers.typst.heights import cell_height
from perfgen.render.printers.typst.labels import (
    brief,
    inset_of,
    is_short,
    label_entry,
    plain_text,
)
from perfgen.render.printers.typst.language import array, color, literal, points
from perfgen.render.printers.typst.paragraphs import Words
from perfgen.render.printers.typst.rows import RowPlan, plan_rows
from perfgen.render.printers.typst.styles import paragraph_settings, sides

_VERTICAL = {"top": "top", "middle": "horizon", "bottom": "bottom", "super": "top", "sub": "top"}
_ACROSS = {"left": "left", "justify": "left", "center": "center", "right": "right"}


@dataclass(slots=True)
class PrintedTable:
    """A table as it is printed: its source, its labels, and what its structure must become.

    `helper` says whether a column without width stands at its end, which links rows; it is no
    column of the page's table and is taken out of the structure again.
    """

    grid: Grid
    lines: list[str] = field(default_factory=list)
    shared: Mapping[str, str] = field(default_factory=dict)
    labels: list[str] = field(default_factory=list)
    helper: bool = False


class TableWriter:
    """Writes one <table>."""

    def __init__(
        self, number: int, table: etree._Element, words: Words, paper: Paper, tight: float
    ) -> None:
        """Work out the grid, the widths and the plan of the rows.

        `number` names the table, `tight` is how much of the space above and below words remains.
        """
        self._number = number
        self._tight = tight
        self._words = words
        self._looks: Looks = words.looks
        self._look = self._looks.of(table)
        self._paper = paper
        self._grid = table_grid(table)
        width = table_width(self._look, paper.text_width)
        self._widths = column_widths(table, self._grid, self._looks, width)
        self._plan: RowPlan = plan_rows(
            self._grid, self._looks, self._look, self._widths, paper.text_height
        )
        self._borders = collapsed_borders(self._grid, self._looks, self._look.box.border)
        self._base = self._most_common_text()
        self._printed = PrintedTable(self._grid, helper=bool(self._plan.links))
        self._numbers = {id(cell): number for number, cell in enumerate(self._grid.cells)}
        labels = [cell for cell in self._grid.cells if self._is_label(cell)]
        self._starts = {cell.row for cell in labels}
        self._ends = {cell.row + cell.rowspan - 1 for cell in labels}

    def write(self, above: float, *, centered: bool) -> PrintedTable:
        """Return the table as printed, with a space above it."""
        lines = self._printed.lines
        margin = self._look.paragraph.margin
        align = "center" if centered else "left"
        lines.append(f"表格({align}, above: {points(above)}, 左: {points(margin.left)}, {{")
        lines.append(f"set text(..{self._base})")
        widths = [*map(points, self._widths), *(["0pt"] if self._printed.helper else [])]
        lines.append(f"table(columns: {array(widths)}, stroke: {self._stroke()}, inset: 0pt,")
        rows = list(self._rows())
        head = self._grid.head_rows
        if head:
            lines.append("table.header(")
            lines.extend(rows[:head])
            lines.append("),")
        lines.extend(rows[head:])
        lines.append(")")
        lines.append("})")
        if self._printed.labels:
            self._printed.shared = {
                "first": str(head),
                "top": points(self._paper.margin.top),
                "bottom": points(self._paper.height - self._paper.margin.bottom),
            }
        return self._printed

    def _most_common_text(self) -> str:
        counts: Counter[int] = Counter()
        looks: dict[int, Look] = {}
        for cell in self._grid.cells:
            look = self._looks.of(cell.element)
            counts[id(look)] += 1
            looks[id(look)] = look
        by_text: Counter[str] = Counter()
        for key, count in counts.items():
            by_text[self._text_of(looks[key])] += count
        return by_text.most_common(1)[0][0]

    def _text_of(self, look: Look) -> str:
        return self._words.styles.text(look.text, look.paragraph.line_height)

    def _stroke(self) -> str:
        if self._borders:
            return "none"
        border = self._looks.of(self._grid.cells[0].element).box.border
        return strokes(border) or "none"

    def _is_label(self, cell: Cell) -> bool:
        """Return whether a cell's text holds for several rows, or for a row of several pages."""
        if cell.row < self._grid.head_rows:
            return False
        if cell.rowspan > 1:
            return True
        return cell.element.tag == "th" and not self._plan.whole[cell.row]

    def _stays_whole(self, cell: Cell) -> bool:
        """Return whether a label's text stays in one piece: it would fill no half of a page."""
        return cell_height(cell, self._looks, self._widths) <= 0.4 * self._paper.text_height

    def _rows(self) -> Iterator[str]:
        starts: dict[int, list[Cell]] = {}
        for cell in self._grid.cells:
            starts.setdefault(cell.row, []).append(cell)
        links = dict(self._plan.links)
        linked = {row for first, count in self._plan.links for row in range(first, first + count)}
        for number in range(len(self._grid.rows)):
            cells = starts.get(number, [])
            lead = (
                self._row_mark(number, cells) if self._starts and self._needs_mark(number) else ""
            )
            lead += self._strut(cells)
            parts = []
            for cell in cells:
                widened = self._printed.helper and self._is_widened(cell, linked)
                colspan = cell.colspan + widened
                first = cell is cells[0]
                parts.append(self._cell(cell, lead, colspan=colspan, lead_of_row=first))
                lead = ""
            if number in links:
                parts.append(f"相连({links[number]}),")
            elif self._needs_filling(number, linked):
                parts.append("相连(1),")
            yield " ".join(parts)

    def _needs_filling(self, number: int, linked: set[int]) -> bool:
        """Return whether the helping column is to be filled in a row that no cell reaches into."""
        last = self._grid.at[number][-1]
        return self._printed.helper and number not in linked and not self._is_widened(last, linked)

    def _is_widened(self, cell: Cell, linked: set[int]) -> bool:
        """Return whether a cell reaches over the helping column: none of its rows is linked."""
        if cell.column + cell.colspan < self._grid.columns:
            return False
        return linked.isdisjoint(range(cell.row, cell.row + cell.rowspan))

    def _needs_mark(self, number: int) -> bool:
        """Return whether it must be known where a row came to stand."""
        if number < self._grid.head_rows:
            return number == 0
        return number == self._grid.head_rows or number in self._starts or number in self._ends

    def _row_mark(self, number: int, cells: Sequence[Cell]) -> str:
        if not cells:
            return ""
        row = literal("头") if number < self._grid.head_rows else str(number)
        return f"行({self._number}, {row}, {points(self._inset(cells[0]).top)}); "

    def _strut(self, cells: Sequence[Cell]) -> str:
        """Return what gives a row without any text the height of a line."""
        own = [cell for cell in cells if cell.rowspan == 1]
        if not own or any(len(cell.element) or (cell.element.text or "").strip() for cell in own):
            return ""
        look = self._looks.of(own[0].element)
        return f"v({points(look.paragraph.line_height or 1.2 * look.text.size)}); "

    def _inset(self, cell: Cell) -> Sides[float]:
        """Return the space around a cell's words: its padding and half of its lines."""
        box = self._looks.of(cell.element).box
        border = self._border(cell)
        return Sides(
            top=box.padding.top * self._tight + border.top.width / 2,
            right=box.padding.right + border.right.width / 2,
            bottom=box.padding.bottom * self._tight + border.bottom.width / 2,
            left=box.padding.left + border.left.width / 2,
        )

    def _border(self, cell: Cell) -> Sides[Border]:
        known = self._borders.get(self._numbers[id(cell)])
        return known or self._looks.of(cell.element).box.border

    def _cell(self, cell: Cell, lead: str, *, colspan: int, lead_of_row: bool) -> str:
        element = cell.element
        look = self._looks.of(element)
        function = self._function(cell, look)
        span = {}
        if colspan > 1:
            span["colspan"] = str(colspan)
        if cell.rowspan > 1:
            span["rowspan"] = str(cell.rowspan)
        whole = cell.rowspan == 1 and self._plan.whole[cell.row]
        if not (whole or id(cell) in self._plan.holders):
            span["breakable"] = "true"
        inset = self._inset(cell)
        room = self._width(cell) - inset.left - inset.right
        if len(element):
            words = self._words.cell(element, look, room)
        else:
            text = collapsed(element.text or "")
            words = self._words.text(text, look, room) if text else "[]"
        if look.box.nowrap and words != "[]":
            words = f"box({words})"
        tail = self._tail(cell, look, inset, words)
        if self._is_label(cell) and words != "[]" and self._stays_whole(cell):
            words, tail = f"block(breakable: false, {{{words}{tail}}})", ""
        ids = [name for each in element.iter() if (name := each.get("id"))]
        if lead_of_row:
            ids += _ids_of_row(self._grid.rows[cell.row])
        marks = "".join(f"目标({literal(i)}); " for i in ids if i in self._words.ids)
        if lead or tail or marks:
            words = f"{{{lead}{marks}{words}{tail}}}"
        spans = "".join(f", {name}: {value}" for name, value in span.items())
        return f"{function}({words}{spans}),"

    def _tail(self, cell: Cell, look: Look, inset: Sides[float], words: str) -> str:
        """Return the marks behind a cell's words by which it shows where rows and labels end."""
        tail = ""
        last = cell.row + cell.rowspan - 1
        if self._is_label(cell):
            number = len(self._printed.labels)
            self._printed.labels.append(self._label(cell, look, inset, words))
            tail += f"; 末({self._number}, {number})"
        if cell.rowspan == 1 and last in self._ends:
            sign = "底" if self._plan.whole[last] else "尾"
            tail += f"; {sign}({self._number}, {last}, {points(inset.bottom)})"
        return tail

    def _label(self, cell: Cell, look: Look, inset: Sides[float], words: str) -> str:
        text = plain_text(cell.element)
        style = self._text_of(look)
        again = words if is_short(text) else literal(brief(text))
        left = self._paper.margin.left + self._offset() + sum(self._widths[: cell.column])
        rules = paragraph_settings(look.paragraph)
        return label_entry(
            {
                "whole": "true" if self._stays_whole(cell) else "false",
                "first": str(cell.row),
                "last": str(cell.row + cell.rowspan - 1),
                "left": points(left),
                "width": points(self._width(cell)),
                "inset": inset_of(inset.top, inset.right, inset.bottom, inset.left),
                "align": self._align(look),
                "text": style,
                "plain": literal(text[:20]),
                "brief": f"{{set text(..{style}); {rules}; {again}}}",
            }
        )

    def _offset(self) -> float:
        if self._look.box.centered:
            return (self._paper.text_width - sum(self._widths)) / 2
        return self._look.paragraph.margin.left

    def _align(self, look: Look) -> str:
        across = _ACROSS[look.paragraph.align]
        return f"{across} + {_VERTICAL[look.box.vertical_align]}"

    def _width(self, cell: Cell) -> float:
        return sum(self._widths[cell.column : cell.column + cell.colspan])

    def _function(self, cell: Cell, look: Look) -> str:
        """Return the name of the function for cells of a look."""
        border = self._border(cell) if self._borders else None
        key = ("cell", look, border, self._base, self._tight)
        name = look.style or "单元格"
        return self._words.styles.define(key, name, self._definition(cell, look, border))

    def _definition(self, cell: Cell, look: Look, border: Sides[Border] | None) -> str:
        inset = self._inset(cell)
        settings = {
            "align": self._align(look),
            "inset": sides(inset.top, inset.right, inset.bottom, inset.left),
        }
        if border is not None:
            settings["stroke"] = strokes(border) or "none"
        if look.box.background is not None:
            settings["fill"] = color(look.box.background)
        text = self._text_of(look)
        rules = [] if text == self._base else [f"set text(..{text})"]
        if look.paragraph.align == "justify":
            rules.append("set par(justify: true)")
        body = f"{{ {'; '.join(rules)}; body }}" if rules else "body"
        listed = ", ".join(f"{name}: {value}" for name, value in settings.items())
        return f"(body, ..span) = table.cell({listed}, ..span, {body})"


def _ids_of_row(row: etree._Element) -> list[str]:
    """Return the ids that begin with a row: its own, and that of its part of the table."""
    part = row.getparent()
    above = [part] if part is not None and row.getprevious() is None else []
    return [name for each in (row, *above) if (name := each.get("id"))]
