"""The XML of one sheet: cells get a fill, and are made where the file has none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lxml import etree

from perfgen.model.cells import column_letters
from perfgen.workbook.addresses import area_of, place_of
from perfgen.workbook.annotating.package import add, child, insert_in_order, local, main

Cell = tuple[int, int]
"""Row and column, counted from 1."""

_BEFORE = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
    "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState",
    "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting",
    "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter",
    "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "legacyDrawing",
)  # fmt: skip
"""The children of a worksheet in the order of the schema, as far as a legacyDrawing."""

_NARROW, _LOW = 64, 20
"""The size of a usual cell on the screen, in pixels."""


def before(name: str) -> frozenset[str]:
    """Return the names of a worksheet's children that stand before this one, and its own."""
    return frozenset(_BEFORE[: _BEFORE.index(name) + 1])


class SheetCells:
    """The cells of one worksheet."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        data = child(root, "sheetData")
        if data is None:
            data = etree.Element(main("sheetData"))
            insert_in_order(root, data, before("sheetData"))
        self._data = data
        self._rows = _numbered_rows(data)
        self._merged = [
            area
            for merged in root.iterfind(f"{main('mergeCells')}/{main('mergeCell')}")
            if (area := area_of(merged.get("ref", "")))
        ]

    def top_left(self, row: int, column: int) -> Cell:
        """Return the cell that shows what this one holds: the first of a merged range."""
        for top, left, bottom, right in self._merged:
            if top <= row <= bottom and left <= column <= right:
                return top, left
        return row, column

    def style(self, cell: Cell) -> int:
        """Return the index of a cell's look: its own, else its row's, else its column's."""
        row = self._rows.get(cell[0])
        if row is not None:
            element = _numbered_cells(row, cell[0]).get(cell[1])
            if element is not None:
                return int(element.get("s", "0"))
            if row.get("customFormat") in ("1", "true"):
                return int(row.get("s", "0"))
        column = self._column(cell[1])
        return int(column.get("style", "0")) if column is not None else 0

    def set_style(self, cell: Cell, style: int) -> None:
        """Give a cell another look; the cell is made where the file has none."""
        number, column = cell
        row = self._rows.get(number)
        if row is None:
            row = etree.Element(main("row"), r=str(number))
            later = [known for known in self._rows if known > number]
            place = self._data.index(self._rows[min(later)]) if later else len(self._data)
            self._data.insert(place, row)
            self._rows[number] = row
        cells = _numbered_cells(row, number)
        if column not in cells:
            element = etree.Element(main("c"), r=f"{column_letters(column)}{number}")
            later = [known for known in cells if known > column]
            row.insert(row.index(cells[min(later)]) if later else len(row), element)
            row.attrib.pop("spans", "")  # a hint only, and one that would now be wrong
            cells[column] = element
        cells[column].set("s", str(style))

    def highlight(self, cells: Mapping[int, Sequence[Cell]]) -> None:
        """Put conditional fills over those of the sheet; `cells` by their index in `dxfs`.

        Where a sheet has conditional fills of its own, they would hide a plain one.
        """
        own = list(self.root.iter("{*}cfRule"))
        formats = list(self.root.iter("{*}conditionalFormatting"))
        if not own or any(known.get("pivot") in ("1", "true") for known in formats):
            return
        for rule in own:
            rule.set("priority", str(int(rule.get("priority", "1")) + len(cells)))
        for priority, (look, places) in enumerate(cells.items(), 1):
            addresses = " ".join(f"{column_letters(column)}{row}" for row, column in places)
            wrapper = etree.Element(main("conditionalFormatting"), sqref=addresses)
            rule = add(wrapper, "cfRule", type="expression", dxfId=str(look),
                       priority=str(priority))  # fmt: skip
            add(rule, "formula").text = "TRUE"
            insert_in_order(self.root, wrapper, before("phoneticPr"))

    def width(self, column: int) -> int:
        """Return a column's width on the screen, in pixels."""
        element = self._column(column)
        if element is None or element.get("width") is None:
            usual = child(self.root, "sheetFormatPr")
            width = usual.get("defaultColWidth") if usual is not None else None
            return int(float(width) * 7 + 5) if width else _NARROW
        if element.get("hidden") in ("1", "true"):
            return 0
        return int(float(element.get("width", "9")) * 7 + 5)

    def height(self, number: int) -> int:
        """Return a row's height on the screen, in pixels."""
        row = self._rows.get(number)
        if row is not None and row.get("hidden") in ("1", "true"):
            return 0
        height = row.get("ht") if row is not None else None
        if height is None:
            usual = child(self.root, "sheetFormatPr")
            height = usual.get("defaultRowHeight") if usual is not None else None
        return int(float(height) * 4 / 3) if height else _LOW

    def _column(self, column: int) -> etree._Element | None:
        for element in self.root.iterfind(f"{main('cols')}/{main('col')}"):
            if int(element.get("min", "0")) <= column <= int(element.get("max", "0")):
                return element
        return None


def _numbered_rows(data: etree._Element) -> dict[int, etree._Element]:
    """The rows by number. One without a number comes after the one before it."""
    rows: dict[int, etree._Element] = {}
    number = 0
    for row in data:
        if local(row) == "row":
            number = int(row.get("r", number + 1))
            row.set("r", str(number))
            rows[number] = row
    return rows


def _numbered_cells(row: etree._Element, number: int) -> dict[int, etree._Element]:
    """The cells of a row by column. One without an address comes after the one before it."""
    cells: dict[int, etree._Element] = {}
    column = 0
    for cell in row:
        if local(cell) == "c":
            place = place_of(cell.get("r", ""))
            column = place[1] if place else column + 1
            cell.set("r", f"{column_letters(column)}{number}")
            cells[column] = cell
    return cells
