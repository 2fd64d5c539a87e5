"""The cells of a sheet as the file stores them (单元格), streamed: values, formulas, merged ranges.

A cell that holds nothing is passed over, so whole formatted columns cost no memory.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from perfgen.model.cells import column_letters
from perfgen.workbook.addresses import LAST_COLUMN, LAST_ROW, Area, Place, area_of, place_of
from perfgen.workbook.limits import Counter
from perfgen.workbook.parts import MAIN, BadPart, Parts
from perfgen.workbook.shared_formulas import SharedFormulas
from perfgen.workbook.stored_styles import PLAIN, Style, style_at
from perfgen.workbook.stored_texts import StoredText, text_of

_SHEET, _DATA = f"{MAIN}worksheet", f"{MAIN}sheetData"
_ANY_ROW = "{*}row"
_ROW, _CELL, _MERGE = f"{MAIN}row", f"{MAIN}c", f"{MAIN}mergeCell"
_VALUE, _FORMULA, _INLINE = f"{MAIN}v", f"{MAIN}f", f"{MAIN}is"
_NUMBER = re.compile(
    r"\s*[+-]?(?:[0-9]{1,400}(?:\.[0-9]{0,400})?|\.[0-9]{1,400})(?:[eE][+-]?[0-9]{1,9})?\s*"
)


@dataclass(frozen=True, slots=True)
class StoredCell:
    """A cell as stored: its type (`n`, `s`, `str`, `b`, `e`, `d`), value, formula and style."""

    row: int
    column: int
    kind: str
    value: str | StoredText | None
    formula: str
    style: Style


@dataclass(frozen=True, slots=True)
class StoredSheet:
    """A sheet's title, its filled cells in the order of the file, and its merged ranges."""

    title: str
    cells: Sequence[StoredCell]
    merged: Sequence[Area]

    def value(self, row: int, column: int) -> str:
        """Return a cell's text or number as it is stored; empty where there is none."""
        for cell in self.cells:
            if (cell.row, cell.column) == (row, column):
                return cell.value.kept if isinstance(cell.value, StoredText) else cell.value or ""
        return ""


class SheetReader:
    """Reads sheets of one workbook, and counts what it reads."""

    def __init__(
        self, texts: Sequence[StoredText], styles: Sequence[Style], counter: Counter
    ) -> None:
        """Keep what cells refer to by number."""
        self._texts = texts
        self._styles = styles
        self._counter = counter

    def read(self, parts: Parts, part: str, title: str) -> StoredSheet:
        """Return a sheet. Raises BadPart, or WorkbookError beyond a limit."""
        cells: dict[Place, StoredCell] = {}
        merged: list[Area] = []
        formulas = SharedFormulas()
        row = filled = 0
        for element in parts.elements(part, _ANY_ROW, _MERGE, root=_SHEET):
            if element.tag == _MERGE:
                merged.append(self._range(element.get("ref", ""), title))
                continue
            if element.tag != _ROW:
                _refuse_foreign(element, title)
                continue
            row = _row_number(element, row)
            found = self._cells(element, row, title, formulas)
            for place in cells.keys() & found.keys():
                raise BadPart(f"工作表“{title}”的{_address(place)} 出现了两次")
            cells.update(found)
            filled += bool(found)
            self._counter.at_most("rows", filled, sheet=title)
        self._counter.at_most("columns", len({column for _, column in cells}), sheet=title)
        return StoredSheet(title, list(cells.values()), merged)

    def _cells(
        self, row: Any, number: int, title: str, formulas: SharedFormulas
    ) -> Mapping[Place, StoredCell]:
        found: dict[Place, StoredCell] = {}
        column = 0
        for element in row:
            if element.tag != _CELL:
                _refuse_foreign(element, title)
                continue
            place = _place(element.get("r"), number, column + 1, title)
            column = place[1]
            if not len(element):
                continue
            cell = self._cell(element, place, title, formulas)
            if cell is not None:
                if place in found:
                    raise BadPart(f"工作表“{title}”的{_address(place)} 出现了两次")
                found[place] = cell
                self._count(cell, title)
        return found

    def _count(self, cell: StoredCell, title: str) -> None:
        self._counter.add("cells", sheet=title)
        text = cell.value.kept if isinstance(cell.value, StoredText) else cell.value
        self._counter.add("characters", len(cell.formula if text is None else text), sheet=title)

    def _cell(
        self, element: Any, place: Place, title: str, formulas: SharedFormulas
    ) -> StoredCell | None:
        kind = element.get("t", "n")
        stored = element.findtext(_VALUE)
        formula = formulas.formula(element.find(_FORMULA), place, exact=not stored)
        value: str | StoredText | None = stored or None
        if stored == "" and formula and kind in ("s", "str"):
            value = ""  # the result is an empty text; without `v`, nothing was ever computed
        if kind == "s" and stored:
            value = self._shared(stored, place, title)
        elif kind == "n" and stored and not _NUMBER.fullmatch(stored):
            raise BadPart(f"工作表“{title}”{_address(place)} 存的“{stored[:20]}”不是数")
        elif kind == "inlineStr" and not stored:
            inline = element.find(_INLINE)
            value = None if inline is None else text_of(inline)
        if value is None and not formula:
            return None
        style = style_at(self._styles, element.get("s", "")) if self._styles else PLAIN
        return StoredCell(*place, "s" if kind == "inlineStr" else kind, value, formula, style)

    def _shared(self, number: str, place: Place, title: str) -> StoredText:
        number = number.strip()
        if number.isascii() and number.isdigit() and len(number) < 10:
            index = int(number)
            if index < len(self._texts):
                return self._texts[index]
        raise BadPart(f"工作表“{title}”{_address(place)} 的文字不在文字表里")

    def _range(self, ref: str, title: str) -> Area:
        area = area_of(ref)
        if area is None:
            raise BadPart(f"工作表“{title}”里合并单元格的范围“{ref[:40]}”读不懂")
        top, left, bottom, right = area
        self._counter.add("merged_ranges", sheet=title)
        self._counter.add("merged_cells", (bottom - top + 1) * (right - left + 1), sheet=title)
        return area


def number_of(stored: str) -> int | float:
    """Return the number that a cell stores; infinite where it is beyond all bounds."""
    text = stored.strip()
    return int(text) if text.lstrip("+-").isdigit() else float(text)


def _row_number(row: Any, before: int) -> int:
    text = row.get("r", "").strip()
    if not text:
        return before + 1
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise BadPart(f"行号“{text[:20]}”读不懂")
    return int(text)


def _refuse_foreign(element: Any, title: str) -> None:
    """Rows and cells under another name would be passed over, and what they say with them.

    The place of a button or a picture (控件) is told in rows, too: those are no rows of cells.
    """
    name = str(element.tag).rpartition("}")[2]  # no QName: a spoilt name may hold anything
    if name == "c" or (name == "row" and element.getparent().tag == _DATA):
        raise BadPart(f"工作表“{title}”里有读不懂的{'单元格' if name == 'c' else '行'}")


def _place(ref: str | None, row: int, column: int, title: str) -> Place:
    if ref:
        place = place_of(ref)
        if place is None:
            raise BadPart(f"工作表“{title}”里有读不懂的单元格地址“{ref[:20]}”")
        return place
    if not (1 <= row <= LAST_ROW and column <= LAST_COLUMN):
        raise BadPart(f"工作表“{title}”里有表外的单元格")
    return row, column


def _address(place: Place) -> str:
    return f"{column_letters(place[1])}{place[0]}"
