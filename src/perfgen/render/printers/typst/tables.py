"""Tables: the grid of the page as a table of Typst's, with what its rows do at a page's end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from perfgen.render.looks import Paper
from perfgen.render.looks.columns import column_widths, table_width
from perfgen.render.page.grid import Cell, Grid, table_grid
from perfgen.render.printers.typst.cells import EMPTY, Cells, CellStyle, alignment
from perfgen.render.printers.typst.heights import cell_height
from perfgen.render.printers.typst.labels import HEAD, Label, plain_text
from perfgen.render.printers.typst.language import array, literal, points
from perfgen.render.printers.typst.paragraphs import Words
from perfgen.render.printers.typst.places import Marks
from perfgen.render.printers.typst.rows import plan_rows
from perfgen.render.printers.typst.source import Line
from perfgen.render.printers.typst.styles import CENTRE, paragraph_settings
from perfgen.render.printers.typst.tightness import Tightness

_NORMAL_LINE = 1.2
_WHOLE_LABEL = 0.5
"""How much of a page a label that stays in one piece fills at most, by the generous reckoning."""


@dataclass(slots=True)
class PrintedTable:
    """A table as it is printed: its lines of the source, its labels, and what all labels share."""

    grid: Grid
    lines: list[Line] = field(default_factory=list)
    shared: Mapping[str, str] = field(default_factory=dict)
    labels: list[Label] = field(default_factory=list)


class TableWriter:
    """Writes one <table>.

    Rows that must stay together, and have no merged cell in common, are linked by a cell in a
    column without width at the table's end. It is no column of the page's table: `structure` takes
    it out of the structure of the PDF again.
    """

    def __init__(
        self, number: int, table: etree._Element, words: Words, paper: Paper, tight: Tightness,
        marks: Marks,
    ) -> None:  # fmt: skip
        """Work out the grid, the widths and the plan of the rows.

        `number` names the table, `tight` says how much of the space in its rows remains.
        """
        self._number = number
        self._table = table
        self._words = words
        self._look = words.looks.of(table)
        self._paper = paper
        self._grid = table_grid(table)
        width = table_width(self._look, paper.text_width)
        self._widths = column_widths(table, self._grid, words.looks, width)
        self._plan = plan_rows(self._grid, words.looks, self._look, self._widths, paper.text_height)
        self._cells = Cells(self._grid, self._look, words, self._widths, tight)
        self._links = dict(self._plan.links)
        self._linked = {
            row for first, count in self._plan.links for row in range(first, first + count)
        }
        labels = [cell for cell in self._grid.cells if self._is_label(cell)]
        self._near = {id(cell): self._near_rows(cell) for cell in labels}
        near = {row for cell in labels for row in range(cell.row, self._near[id(cell)])}
        self._starts = {cell.row for cell in labels} | near
        self._ends = {cell.row + cell.rowspan - 1 for cell in labels} | near
        self._left = paper.margin.left + self._offset()
        self._first_mark = marks.table(table, paper, self._grid, self._left, self._widths)
        self._printed = PrintedTable(self._grid)

    @property
    def beginning(self) -> float:
        """Return how much room the table needs on a page to begin there, generously reckoned."""
        return self._plan.begun

    def write(self, above: float) -> PrintedTable:
        """Return the table as printed, with a space above it."""
        head = self._grid.head_rows
        widths = [*map(points, self._widths), *(["0pt"] if self._links else [])]
        align = "center" if self._look.box.centered else "left"
        left = points(self._look.paragraph.margin.left)
        self._say(f"表格({align}, above: {points(above)}, left: {left}, {{")
        self._say(f"set text(..{self._cells.text})")
        self._say(f"table(columns: {array(widths)}, stroke: {self._cells.stroke}, inset: 0pt,")
        rows = self._rows()
        if head:
            self._say("table.header(")
            self._printed.lines.extend(next(rows) for _ in range(head))
            self._say("),")
        self._printed.lines.extend(rows)
        self._say(")")
        self._say("})")
        self._printed.shared = {
            "first": str(head),
            "top": points(self._paper.margin.top),
            "bottom": points(self._paper.height - self._paper.margin.bottom),
        }
        return self._printed

    def _say(self, line: str) -> None:
        self._printed.lines.append((line, self._table))

    def _offset(self) -> float:
        if self._look.box.centered:
            return (self._paper.text_width - sum(self._widths)) / 2
        return self._look.paragraph.margin.left

    def _rows(self) -> Iterator[Line]:
        starts: list[list[Cell]] = [[] for _ in self._grid.rows]
        for cell in self._grid.cells:
            starts[cell.row].append(cell)
        for number, (row, cells) in enumerate(zip(self._grid.rows, starts, strict=True)):
            parts = []
            bearer = self._bearer(cells)
            for cell in cells:
                lead = self._lead(number, row, cells, cell) if cell is bearer else ""
                parts.append(self._cell(cell, lead))
            if number in self._links:
                parts.append(f"相连({self._links[number]}),")
            elif self._links and number not in self._linked and not self._reaches_end(number):
                parts.append("相连(1),")
            yield " ".join(parts), row

    def _reaches_end(self, number: int) -> bool:
        """Return whether the last cell of a row reaches over the linking column."""
        return self._is_widened(self._grid.at[number][-1])

    def _is_widened(self, cell: Cell) -> bool:
        """Return whether a cell reaches over the linking column: none of its rows is linked."""
        if not self._links or cell.column + cell.colspan < self._grid.columns:
            return False
        return self._linked.isdisjoint(range(cell.row, cell.row + cell.rowspan))

    def _bearer(self, cells: Sequence[Cell]) -> Cell | None:
        """Return the cell that bears the marks of its row: one that surely begins on its page."""
        own = [cell for cell in cells if cell.rowspan == 1]
        plain = [cell for cell in own if not self._is_label(cell)]
        return next(iter((*plain, *own, *cells)), None)

    def _lead(self, number: int, row: etree._Element, cells: Sequence[Cell], bearer: Cell) -> str:
        """Return what stands before the words of a row's bearer: marks, and the row's height."""
        lead = ""
        top = self._cells.style(bearer).inset.top
        if self._starts and self._needs_mark(number):
            name = literal(HEAD) if number < self._grid.head_rows else str(number)
            lead += f"行({self._number}, {name}, {points(top)}); "
        if self._first_mark is not None:
            mark = f'处("start", {self._first_mark + number})'
            lead += f"place(top + left, dy: {points(-top)}, {mark}); "
        lead += self._words.targets(_beginning_with(row))
        own = [cell for cell in cells if cell.rowspan == 1]
        if own and not any(_holds_words(cell) for cell in own):
            look = self._cells.style(own[0]).look
            height = look.paragraph.line_height or _NORMAL_LINE * look.text.size
            lead += f"v({points(height)}); "  # a row without any words is one line high
        return lead

    def _needs_mark(self, number: int) -> bool:
        """Return whether it must be known where a row came to stand."""
        if number < self._grid.head_rows:
            return number == 0
        return number == self._grid.head_rows or number in self._starts or number in self._ends

    def _cell(self, cell: Cell, lead: str) -> str:
        style = self._cells.style(cell)
        words = self._cells.words(cell, style)
        span = ""
        colspan = cell.colspan + self._is_widened(cell)
        if colspan > 1:
            span += f", colspan: {colspan}"
        if cell.rowspan > 1:
            span += f", rowspan: {cell.rowspan}"
        whole = cell.rowspan == 1 and self._plan.whole[cell.row]
        if not (whole or id(cell) in self._plan.holders):
            span += ", breakable: true"
        tail = self._tail(cell, style)
        if self._starts and self._is_label(cell):
            number = len(self._printed.labels)
            self._printed.labels.append(self._label(cell, style, words))
            tail += f"; 末({self._number}, {number})"
            if words != EMPTY and self._stays_whole(cell):
                words, tail = f"block(breakable: false, {{{words}{tail}}})", ""
            elif words != EMPTY:
                lead += f"首({self._number}, {number}); "
        lead += self._words.targets(cell.element.iter())
        if lead or tail:
            words = f"{{{lead}{words}{tail}}}"
        return f"{style.function}({words}{span}),"

    def _tail(self, cell: Cell, style: CellStyle) -> str:
        """Return the marks behind a cell's words by which it shows where its row ends."""
        tail = ""
        if cell.rowspan > 1:
            return tail
        bottom = points(style.inset.bottom)
        whole = self._plan.whole[cell.row]
        if cell.row in self._ends:
            tail += f"; {'底' if whole else '尾'}({self._number}, {cell.row}, {bottom})"
        if self._first_mark is not None:
            kind = "head end" if cell.row < self._grid.head_rows else "end"
            mark = f'处("{kind}", {self._first_mark + cell.row})'
            tail += f"; place(bottom + left, dy: {bottom}, {mark})" if whole else f"; {mark}"
        return tail

    def _is_label(self, cell: Cell) -> bool:
        """Return whether a cell's text holds for several rows, or for a row of several pages."""
        if cell.row < self._grid.head_rows:
            return False
        if cell.rowspan > 1:
            return True
        return cell.element.tag == "th" and not self._plan.whole[cell.row]

    def _near_rows(self, cell: Cell) -> int:
        """Return the row before which a label's text surely ends: so many rows it may be high."""
        height = cell_height(cell, self._words.looks, self._widths)
        row = cell.row
        while row < cell.row + cell.rowspan and height > 0:
            height -= self._plan.least[row]
            row += 1
        return row

    def _stays_whole(self, cell: Cell) -> bool:
        """Return whether a label's text stays in one piece."""
        height = cell_height(cell, self._words.looks, self._widths)
        return height <= _WHOLE_LABEL * self._paper.text_height

    def _label(self, cell: Cell, style: CellStyle, words: str) -> Label:
        look = style.look
        return Label(
            text=plain_text(cell.element),
            words=words,
            whole=self._stays_whole(cell),
            rows=(cell.row, cell.row + cell.rowspan - 1),
            near=self._near[id(cell)],
            below=(look.paragraph.line_height or _NORMAL_LINE * look.text.size) / 2
            - CENTRE * look.text.size,
            left=self._left + sum(self._widths[: cell.column]),
            width=self._cells.width(cell),
            inset=style.inset,
            align=alignment(look),
            style=self._cells.text_of(look),
            rules=paragraph_settings(look.paragraph),
        )


def _holds_words(cell: Cell) -> bool:
    return bool(len(cell.element) or (cell.element.text or "").strip())


def _beginning_with(row: etree._Element) -> list[etree._Element]:
    """Return what begins with a row: itself, and with the first row its part of the table."""
    part = row.getparent()
    return [part, row] if part is not None and row.getprevious() is None else [row]
