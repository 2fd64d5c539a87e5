"""Sheets → rows of fields: the header row is found, columns are matched by their header texts.

Columns may stand in any order, with the officer's own between them; labels may be merged; rows
may be blank. What does not fit the declaration is said with its place.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from perfgen.model.cells import CellRef, Problem, column_letters
from perfgen.model.layout import Column, Sheet
from perfgen.workbook.kinds import Parsed, Unreadable, parse_cell
from perfgen.workbook.raw import RawCell, RawSheet

HEADER_WITHIN = 15
"""The header row is looked for among the first rows; above it may stand titles and notes."""

_UNIT_NOTE = re.compile(r"\((万元|亿元|元|%|单位.*?|必填|选填)\)|[*:]")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: parsed values and cells by field, the officer's own columns by header."""

    number: int
    values: Mapping[str, Parsed]
    cells: Mapping[str, CellRef]
    extra: Mapping[str, str]


@dataclass(slots=True)
class Reading:
    """What one pass over a workbook collects: every problem, in the order of the cells."""

    workbook: str
    amount_unit: str = "万元"
    problems: list[Problem] = field(default_factory=list)

    def problem(self, message: str, hint: str = "", *, ref: CellRef | None = None,
                place: str = "") -> None:  # fmt: skip
        """Note one problem."""
        self.problems.append(Problem(message, hint, ref, place))


def fold_header(text: str) -> str:
    """Return a header text as it is compared: no spaces, no `（万元）`, half-width signs."""
    folded = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    return _UNIT_NOTE.sub("", folded)


def find_sheet(names: Sequence[str], wanted: str) -> str | None:
    """Return the workbook's sheet of this name, spaces and full-width letters aside."""
    folded = fold_header(wanted)
    return next((name for name in names if fold_header(name) == folded), None)


def nearest(word: str, words: Sequence[str]) -> str | None:
    """Return the word most like `word`, if any is alike."""
    near = difflib.get_close_matches(word, words, n=1, cutoff=0.5)
    return near[0] if near else None


def read_table(raw: RawSheet, sheet: Sheet, reading: Reading) -> list[Row]:
    """Return the rows of a table sheet that hold something; problems go to `reading`."""
    header = _find_header(raw, sheet)
    if header is None:
        reading.problem(
            "找不到表头",
            f"表头应当有：{'、'.join(column.header for column in sheet.columns)}",
            place=raw.name,
        )
        return []
    number, texts = header
    columns = _match_columns(raw, sheet, number, texts, reading)
    if columns is None:
        return []
    own = {place: text for place, text in texts.items() if place not in columns}
    filler = _Filler(raw, columns)
    rows = []
    for row_number in [n for n in raw.rows if n > number]:
        if _has_content(raw.rows[row_number], columns, own):
            rows.append(_read_row(raw, row_number, columns, own, filler, reading))
    return rows


def _find_header(raw: RawSheet, sheet: Sheet) -> tuple[int, dict[int, str]] | None:
    wanted = {fold_header(column.header) for column in sheet.columns}
    best: tuple[int, dict[int, str]] | None = None
    most = 0
    for number in [n for n in raw.rows if n <= HEADER_WITHIN]:
        texts = {place: cell.text for place, cell in raw.rows[number].items() if cell.text}
        hits = len(wanted & {fold_header(text) for text in texts.values()})
        if hits > most:
            best, most = (number, texts), hits
    return best if most * 3 >= len(wanted) else None


def _match_columns(
    raw: RawSheet, sheet: Sheet, number: int, texts: Mapping[int, str], reading: Reading
) -> dict[int, Column] | None:
    places: dict[str, list[int]] = {}
    for place, text in texts.items():
        places.setdefault(fold_header(text), []).append(place)
    found: dict[int, Column] = {}
    complete = True
    for column in sheet.columns:
        here = places.get(fold_header(column.header), [])
        if len(here) > 1:
            spots = "、".join(f"{column_letters(place)}{number}" for place in here)
            reading.problem(f"表头“{column.header}”出现了两次（{spots}）", "删掉或改名其中一列",
                            ref=CellRef(reading.workbook, raw.name, number, here[1]))  # fmt: skip
            complete = False
        if here:
            found[here[0]] = column
        elif (column.required or column.expected) and not column.computed:
            _missing_column(raw, column, sheet, texts, reading)
            complete = False
    return found if complete else None


def _missing_column(
    raw: RawSheet, column: Column, sheet: Sheet, texts: Mapping[int, str], reading: Reading
) -> None:
    known = {fold_header(known.header) for known in sheet.columns}
    strangers = [text for text in texts.values() if fold_header(text) not in known]
    near = nearest(column.header, strangers)
    hint = (
        f"表里的“{near}”是不是应当改回“{column.header}”？"
        if near
        else "补上这一列，表头照填报工作簿"
    )
    reading.problem(f"缺少“{column.header}”这一列", hint, place=raw.name)


class _Filler:
    """Labels that stand for several rows: merged cells, and empty cells that mean "as above"."""

    def __init__(self, raw: RawSheet, columns: Mapping[int, Column]) -> None:
        self._raw = raw
        self._filled = {place for place, column in columns.items() if column.fill_down}
        self._last: dict[int, RawCell] = {}

    def cell(self, row: int, place: int) -> RawCell | None:
        cell = self._raw.at(row, place)
        if place not in self._filled:
            return cell
        if cell is None and (top := self._raw.merged.get((row, place))):
            cell = self._raw.at(*top)
        if cell is None:
            return self._last.get(place)
        self._last[place] = cell
        return cell


def _has_content(
    cells: Mapping[int, RawCell], columns: Mapping[int, Column], own: Mapping[int, str]
) -> bool:
    filled = [
        place
        for place, cell in cells.items()
        if not cell.blank and cell.value != "" and (place in columns or place in own)
    ]
    return any(place in columns and not columns[place].computed for place in filled)


def _read_row(
    raw: RawSheet,
    number: int,
    columns: Mapping[int, Column],
    own: Mapping[int, str],
    filler: _Filler,
    reading: Reading,
) -> Row:
    values: dict[str, Parsed] = {}
    cells: dict[str, CellRef] = {}
    for place, column in columns.items():
        ref = CellRef(reading.workbook, raw.name, number, place)
        cells[column.field] = ref
        cell = filler.cell(number, place)
        values[column.field] = read_value(cell, column, ref, reading)
    extra = {text: cell.text for place, text in own.items() if (cell := raw.at(number, place))}
    return Row(number, values, cells, extra)


def read_value(cell: RawCell | None, column: Column, ref: CellRef, reading: Reading) -> Parsed:
    """Return the parsed value; an unreadable or missing required one is noted as a problem.

    What stands in a computed column is never a problem: it is computed anew in any case.
    """
    try:
        value = parse_cell(cell, column, amount_unit=reading.amount_unit)
    except Unreadable as error:
        if not column.computed:
            reading.problem(f"{column.header}：{error.message}", error.hint, ref=ref)
        return None
    if value is None and column.required:
        reading.problem(f"没有填“{column.header}”", column.help or "补填", ref=ref)
    return value


def read_form(raw: RawSheet, sheet: Sheet, reading: Reading) -> Row:
    """Return a form sheet (项目 | 内容) as one row; items of the officer's own go to `extra`."""
    wanted = {fold_header(column.header): column for column in sheet.columns}
    values: dict[str, Parsed] = {}
    cells: dict[str, CellRef] = {}
    extra: dict[str, str] = {}
    for number, row in raw.rows.items():
        item, place = _form_item(row)
        content = raw.at(number, place + 1)
        column = wanted.pop(fold_header(item), None)
        if column:
            ref = CellRef(reading.workbook, raw.name, number, place + 1)
            cells[column.field] = ref
            values[column.field] = _form_value(content, column, ref, reading)
        elif content and content.text and item:
            extra[item] = content.text
    for column in wanted.values():
        if column.required:
            reading.problem(f"缺少“{column.header}”这一项", column.help, place=raw.name)
        elif column.default:
            values[column.field] = column.default
    return Row(0, values, cells, extra)


def _form_item(row: Mapping[int, RawCell]) -> tuple[str, int]:
    place = min(row)
    return row[place].text, place


def _form_value(content: RawCell | None, column: Column, ref: CellRef, reading: Reading) -> Parsed:
    value = read_value(content, column, ref, reading)
    return column.default or None if value is None else value
