"""Tables: the grid as Word wants it, with real widths, whole merges and repeated heads.

A table of 10,000 rows is written as text, cell by cell; what is alike is worked out once for each
kind of cell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from lxml import etree

from perfgen.render.looks import BoxLook
from perfgen.render.looks.columns import column_widths, table_width
from perfgen.render.page.elements import fault
from perfgen.render.page.grid import Cell, table_grid
from perfgen.render.page.text import Paragraph, collapsed, contents, paragraph_of
from perfgen.render.printers.word.cells import cell_properties, common_box, table_style_xml
from perfgen.render.printers.word.flow import Item, list_items
from perfgen.render.printers.word.lists import list_properties
from perfgen.render.printers.word.paragraphs import beginning_xml, paragraph_xml
from perfgen.render.printers.word.properties import Properties, on_off
from perfgen.render.printers.word.recording import PrintedCell, PrintedTable
from perfgen.render.printers.word.runs import Resources, plain_run
from perfgen.render.printers.word.units import twips_down
from perfgen.render.printers.word.xml import quoteattr

_MOST_COLUMNS = 63
_LONGEST_DESCRIPTION = 200
_KEEP_NEXT: Properties = {"keepNext": on_off("keepNext", True)}
_BREAK_BEFORE: Properties = {"pageBreakBefore": on_off("pageBreakBefore", True)}
_NOTHING: Properties = {}


class TableWriter:
    """Writes one <table> as a <w:tbl>."""

    def __init__(self, table: etree._Element, resources: Resources, room: float) -> None:
        """Work out grid and widths; `room` is the width of the type area in points.

        Raises PageError for a broken grid and for more columns than Word has.
        """
        self._table = table
        self._resources = resources
        self._looks = resources.looks
        self._look = self._looks.of(table)
        self._grid = table_grid(table)
        if self._grid.columns > _MOST_COLUMNS:
            raise fault(table, f"Word 的表格最多 {_MOST_COLUMNS} 列")
        width = table_width(self._look, room)
        self._whole_width = width >= room
        self._widths = _in_twips(column_widths(table, self._grid, self._looks, width))
        self._common = common_box(self._boxes())
        self._cell_begins: dict[tuple[object, ...], str] = {}
        self._row_texts: dict[tuple[int, bool], str] = {}
        self._printed = resources.printed
        self._noted = PrintedTable()

    def to_xml(self, item: Item, *, heading: str, break_before: bool) -> str:
        """Return the <w:tbl>; without a caption of its own it is called after `heading`."""
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in self._widths)
        if self._printed is not None:
            self._noted = self._printed.table()
        rows = "".join(self._rows(item.anchors, break_before=break_before))
        if self._printed is not None:
            self._printed.end_table()
        return f"<w:tbl>{self._about(heading)}<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"

    def _boxes(self) -> Counter[BoxLook]:
        counts: Counter[int] = Counter()
        boxes: dict[int, BoxLook] = {}
        for cell in self._grid.cells:
            box = self._looks.of(cell.element).box
            counts[id(box)] += 1
            boxes[id(box)] = box
        together: Counter[BoxLook] = Counter()
        for key, count in counts.items():
            together[boxes[key]] += count
        return together

    def _about(self, heading: str) -> str:
        style_xml = table_style_xml(self._common, self._look.box)
        suffix = "-".join(self._table.get("class", "").split())
        style = self._resources.styling.book.table(self._look.style, style_xml, suffix)
        # Centred, a table as wide as the type area lies exactly in it in every version of Word.
        centred = self._whole_width or self._look.box.centered
        return (
            f'<w:tblPr><w:tblStyle w:val="{style}"/>'
            f'<w:tblW w:w="{sum(self._widths)}" w:type="dxa"/>'
            f'<w:jc w:val="{"center" if centred else "left"}"/><w:tblLayout w:type="fixed"/>'
            f"{self._style_parts()}"
            f"<w:tblCaption w:val={quoteattr(self._name(heading))}/>"
            f"<w:tblDescription w:val={quoteattr(self._description())}/></w:tblPr>"
        )

    def _style_parts(self) -> str:
        """Return whether the first row and the first column are heads, for those who listen."""
        heads = self._grid.head_rows
        first_row = bool(heads)
        first_column = all(row[0].element.tag == "th" for row in self._grid.at[heads:])
        bits = 0x0600 | (0x0020 if first_row else 0) | (0x0080 if first_column else 0)
        return (
            f'<w:tblLook w:val="{bits:04X}" w:firstRow="{int(first_row)}" w:lastRow="0"'
            f' w:firstColumn="{int(first_column)}" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        )

    def _name(self, heading: str) -> str:
        caption = self._table.find("caption")
        text = "" if caption is None else paragraph_of(caption).text
        return _one_line(text or heading)

    def _description(self) -> str:
        """Return the table's size and heads, for those who hear the table instead of seeing it."""
        heads = [_cell_text(cell) for cell in self._grid.cells if cell.row < self._grid.head_rows]
        size = f"{self._grid.columns} 列 {self._grid.head_rows + self._grid.body_rows} 行"
        named = "、".join(head for head in heads if head)
        return f"{size}：{named}"[:_LONGEST_DESCRIPTION] if named else size

    def _rows(self, anchors: tuple[str, ...], *, break_before: bool) -> Iterator[str]:
        waiting = list(anchors)
        last = len(self._grid.rows) - 1
        together = self._look.paragraph.keep_together
        for number, row in enumerate(self._grid.rows):
            is_head = number < self._grid.head_rows
            keep = number < last and (is_head or together or self._keeps(number))
            here = _KEEP_NEXT if keep else _NOTHING
            waiting.extend(_names_of(row))
            first = {**here, **_BREAK_BEFORE} if break_before and number == 0 else here
            cells = []
            self._noted.rows.append([])
            for cell in self._row_cells(number):
                if self._printed is not None:
                    self._printed.cell(self._noted, _noted(cell, number))
                if cell.row == number:
                    cells.append(self._cell(cell, first, waiting))
                    waiting.clear()
                    first = here
                else:
                    cells.append(self._plain_cell(cell, here, "continue", ""))
            yield f"<w:tr>{self._row_properties(row, is_head=is_head)}{''.join(cells)}</w:tr>"

    def _keeps(self, number: int) -> bool:
        """Return whether the CSS keeps a row with the one after it."""
        row, following = self._grid.rows[number], self._grid.rows[number + 1]
        return (
            self._looks.of(row).paragraph.keep_with_next
            or self._looks.of(following).paragraph.keep_with_previous
        )

    def _row_cells(self, number: int) -> Iterator[Cell]:
        """Yield the cells that cover a row, each once."""
        column = 0
        row = self._grid.at[number]
        while column < len(row):
            yield row[column]
            column += row[column].colspan

    def _row_properties(self, row: etree._Element, *, is_head: bool) -> str:
        look = self._looks.of(row)
        key = (id(look), is_head)
        if key not in self._row_texts:
            parts = ("<w:cantSplit/>" if look.paragraph.keep_together else "") + (
                "<w:tblHeader/>" if is_head else ""
            )
            self._row_texts[key] = f"<w:trPr>{parts}</w:trPr>" if parts else ""
        return self._row_texts[key]

    def _cell(self, cell: Cell, here: Properties, anchors: list[str]) -> str:
        merge = "restart" if cell.rowspan > 1 else ""
        element = cell.element
        named = anchors or element.get("id") or self._resources.foreign
        if not named and not len(element):
            return self._plain_cell(cell, here, merge, collapsed(element.text or ""))
        paragraphs = "".join(self._cell_paragraphs(cell, here, anchors))
        return f"<w:tc>{self._cell_properties(cell, merge)}{paragraphs}</w:tc>"

    def _plain_cell(self, cell: Cell, here: Properties, merge: str, text: str) -> str:
        """Return a cell with one paragraph of plain text, as almost all cells are."""
        key = (id(self._looks.of(cell.element)), cell.column, cell.colspan, merge, *here)
        begin = self._cell_begins.get(key)
        if begin is None:
            empty = Paragraph(cell.element, ())
            paragraph = beginning_xml(empty, self._resources, here=here)
            begin = f"<w:tc>{self._cell_properties(cell, merge)}{paragraph}"
            self._cell_begins[key] = begin
        start, end = ("", "") if merge == "continue" else self._resources.noted(text)
        return f"{begin}{start}{plain_run(text) if text else ''}{end}</w:p></w:tc>"

    def _cell_properties(self, cell: Cell, merge: str) -> str:
        look = self._looks.of(cell.element)
        return cell_properties(cell, look, self._width(cell), self._common, merge)

    def _cell_paragraphs(self, cell: Cell, here: Properties, anchors: list[str]) -> Iterator[str]:
        room = self._room(cell)
        written = False
        for content in contents(cell.element):
            if isinstance(content, Paragraph):
                if content.pieces:
                    yield paragraph_xml(
                        content, self._resources, room=room, here=here, anchors=anchors
                    )
                    written = True
            else:
                for item in list_items(content, self._looks, self._resources.numbering):
                    yield self._list_paragraph(item, here, room)
                    written = True
        if not written:
            empty = Paragraph(cell.element, ())
            yield paragraph_xml(empty, self._resources, room=room, here=here, anchors=anchors)

    def _list_paragraph(self, item: Item, here: Properties, room: float) -> str:
        assert isinstance(item.content, Paragraph), "a list in a cell has no tables"
        return paragraph_xml(
            item.content,
            self._resources,
            room=room,
            here={**here, **list_properties(item)},
            anchors=item.anchors,
        )

    def _room(self, cell: Cell) -> float:
        padding = self._looks.of(cell.element).box.padding
        return self._width(cell) / 20 - padding.left - padding.right

    def _width(self, cell: Cell) -> int:
        return sum(self._widths[cell.column : cell.column + cell.colspan])


def _in_twips(widths: Sequence[float]) -> tuple[int, ...]:
    """Return column widths in twips; together they are exactly the table's width."""
    edges = [sum(widths[:count]) for count in range(len(widths) + 1)]
    scale = twips_down(edges[-1]) / edges[-1]
    marks = [round(edge * scale) for edge in edges]
    return tuple(right - left for left, right in pairwise(marks))


def _noted(cell: Cell, row: int) -> PrintedCell:
    return PrintedCell(
        cell.column, cell.colspan, merged=cell.rowspan > 1, continues=cell.row != row
    )


def _names_of(row: etree._Element) -> Iterator[str]:
    """Yield the ids that begin with a row: its own, and that of its part of the table."""
    part = row.getparent()
    if part is not None and row.getprevious() is None and part.get("id"):
        yield part.get("id", "")
    if row.get("id"):
        yield row.get("id", "")


def _cell_text(cell: Cell) -> str:
    texts = [item.text for item in contents(cell.element) if isinstance(item, Paragraph)]
    return _one_line(" ".join(texts))


def _one_line(text: str) -> str:
    return " ".join(text.split())
