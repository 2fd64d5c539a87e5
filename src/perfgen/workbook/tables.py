"""Table sheets → rows of fields: the header row is found, columns are matched by header text.

Columns may stand in any order, with the officer's own between them; labels may be merged; rows
may be blank. What does not fit the declaration is said with its place.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from perfgen.model.cells import CellRef, column_letters
from perfgen.model.headers import fold_header
from perfgen.model.layout import Column, Sheet
from perfgen.model.numbers import plain
from perfgen.workbook.amounts import in_unit, short, typed_unit
from perfgen.workbook.header_units import column_units
from perfgen.workbook.kinds import Around, Parsed, Unreadable, one_line, parse_cell
from perfgen.workbook.problems import Reading
from perfgen.workbook.raw import RawCell, RawSheet

HEADER_WITHIN = 15
"""The header row is looked for among the first rows; above it may stand titles and notes."""

EXTRA = "extra"
"""The field of a city's own columns: any number of them, each under its header."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: parsed values and cells by field, the officer's own columns by header."""

    number: int
    values: Mapping[str, Parsed]
    cells: Mapping[str, CellRef]
    extra: Mapping[str, str]
    extra_cells: Mapping[str, CellRef] = field(default_factory=dict)


def find_sheet(names: Sequence[str], wanted: str) -> str | None:
    """Return the workbook's sheet of this name, spaces and full-width letters aside."""
    if wanted in names:
        return wanted
    folded = fold_header(wanted)
    return next((name for name in names if fold_header(name) == folded), None)


def nearest(word: str, words: Sequence[str], *, likeness: float = 0.5) -> str | None:
    """Return the word most like `word`, if any is alike."""
    near = difflib.get_close_matches(word, words, n=1, cutoff=likeness)
    return near[0] if near else None


def read_table(raw: RawSheet, sheet: Sheet, reading: Reading) -> list[Row]:
    """Return the rows of a table sheet that hold something; problems go to `reading`."""
    if not raw.rows and not sheet.required:
        return []
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
    units = column_units(raw, number, texts, columns, reading)
    own = _own_columns({place: text for place, text in texts.items() if place not in columns})
    filler = _Filler(raw, columns)
    return [
        _read_row(raw, row, columns, own, filler, units, reading)
        for row in raw.rows
        if row > number and _has_content(raw.rows[row], columns)
    ]


def _own_columns(texts: Mapping[int, str]) -> dict[int, str]:
    """The officer's own columns by place, each under a name of its own: 备注, 备注2."""
    named: dict[int, str] = {}
    seen: Counter[str] = Counter()
    for place, text in texts.items():
        name = one_line(text)
        seen[name] += 1
        named[place] = f"{name}{seen[name]}" if seen[name] > 1 else name
    return named


def _find_header(raw: RawSheet, sheet: Sheet) -> tuple[int, dict[int, str]] | None:
    wanted = {fold_header(column.header) for column in sheet.columns}
    best: tuple[int, dict[int, str]] | None = None
    most = 0
    for number in [n for n in raw.rows if n <= HEADER_WITHIN]:
        cells = raw.rows[number].items()
        texts = {place: cell.text for place, cell in cells if cell.text and not cell.error}
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
        elif not column.computed and _misses(raw, column, sheet, number, texts, reading):
            complete = False
    return found if complete else None


def _misses(
    raw: RawSheet,
    column: Column,
    sheet: Sheet,
    number: int,
    texts: Mapping[int, str],
    reading: Reading,
) -> bool:
    """Note a missing column. An optional one only where a header looks like it, misspelt."""
    needed = column.required or column.expected
    known = {fold_header(known.header) for known in sheet.columns}
    strangers = {
        fold_header(text): place for place, text in texts.items() if fold_header(text) not in known
    }
    near = nearest(fold_header(column.header), list(strangers), likeness=0.5 if needed else 0.7)
    if near is None:
        if needed:
            hint = "补上这一列，表头照填报工作簿"
            reading.problem(f"缺少“{column.header}”这一列", hint, place=raw.name)
        return needed
    typed = one_line(texts[strangers[near]])
    hint = f"表里的“{typed}”是不是应当改回“{column.header}”？"
    if not needed:
        hint += "若不是，请给它换一个不易混淆的名称"
    reading.problem(
        f"缺少“{column.header}”这一列",
        hint,
        ref=CellRef(reading.workbook, raw.name, number, strangers[near]),
    )
    return True


class _Filler:
    """Labels that stand for several rows: merged cells, and empty cells that mean "as above".

    A label belongs to the labels on its left (in the order of the declaration): where one of
    those changes, an empty cell means that there is none.
    """

    def __init__(self, raw: RawSheet, columns: Mapping[int, Column]) -> None:
        self._raw = raw
        self._filled = [place for place, column in columns.items() if column.fill_down]
        self._last: dict[int, RawCell] = {}
        self._first_missing: dict[int, int] = {}

    def cell(self, row: int, place: int) -> RawCell | None:
        cell = self._raw.at(row, place)
        if place not in self._filled:
            return cell
        top = self._raw.merged.get((row, place))
        if cell is None and top and top[1] == place:
            cell = self._raw.at(*top)
        if cell is None or cell.value == "":
            return self._last.get(place)
        self._note(place, cell)
        return cell

    def _note(self, place: int, cell: RawCell) -> None:
        before = self._last.get(place)
        if before is not None and before.text != cell.text:
            for further in self._filled[self._filled.index(place) + 1 :]:
                self._last.pop(further, None)
        self._last[place] = cell

    def place_of_problem(self, row: int, place: int) -> int:
        """The row to name where a cell is missing: once, for a label that several rows miss."""
        if place not in self._filled:
            return row
        return self._first_missing.setdefault(place, row)


def _has_content(cells: Mapping[int, RawCell], columns: Mapping[int, Column]) -> bool:
    """Whether something was filled in; formulas copied down to spare rows give "" or 0."""
    return any(
        place in columns
        and not columns[place].computed
        and cell.value != ""
        and not (cell.formula and cell.value == 0 and not isinstance(cell.value, bool))
        for place, cell in cells.items()
    )


def _read_row(
    raw: RawSheet,
    number: int,
    columns: Mapping[int, Column],
    own: Mapping[int, str],
    filler: _Filler,
    units: Mapping[int, str],
    reading: Reading,
) -> Row:
    values: dict[str, Parsed] = {}
    cells: dict[str, CellRef] = {}
    extra: dict[str, str] = {}
    extra_cells: dict[str, CellRef] = {}
    for place, column in columns.items():  # in the order of the declaration: labels first
        ref = CellRef(reading.workbook, raw.name, number, place)
        cell = filler.cell(number, place)
        named = replace(ref, row=filler.place_of_problem(number, place)) if cell is None else ref
        value = read_value(cell, column, named, reading, unit=units.get(place, ""))
        if column.field == EXTRA:
            extra[column.header] = "" if value is None else str(value)
            extra_cells[column.header] = ref
        else:
            values[column.field] = value
            cells[column.field] = ref
    for place, header in own.items():
        if cell := raw.at(number, place):
            extra[header] = own_text(cell, header, reading)
            extra_cells[header] = cell.ref
    return Row(number, values, cells, extra, extra_cells)


def own_text(cell: RawCell, header: str, reading: Reading) -> str:
    """The text of an officer's own cell. Errors of Excel (#N/A) are his own matter and print
    blank; what no document can hold is a problem everywhere.
    """
    if cell.error and not cell.error.startswith("#"):
        reading.problem(f"{header}：含有{cell.error}", "删掉这个单元格重新输入", ref=cell.ref)
    return "" if cell.error else cell.text


def read_value(
    cell: RawCell | None, column: Column, ref: CellRef, reading: Reading, *, unit: str = ""
) -> Parsed:
    """Return the parsed value, an amount in the workbook's unit; `unit` is the column's own.

    An unreadable value or a missing required one is noted as a problem.

    What stands in a computed column is never a problem: it is computed anew in any case; a
    formula there is the workbook's own, not something that the officer typed.
    """
    if column.computed and cell is not None and cell.formula:
        return None
    try:
        value = parse_cell(cell, column, Around(unit or reading.amount_unit, reading.year))
    except Unreadable as error:
        if not column.computed:
            place = cell.ref if cell else ref
            reading.problem(f"{column.header}：{error.message}", error.hint, ref=place)
        return None
    if cell is not None and value is not None and (column.formula or not column.computed):
        value = _in_workbook_unit(value, cell, column, reading, unit)
        _note_struck(cell, column, reading)
    if value is None and column.required:
        reading.problem(f"没有填“{column.header}”", column.help or "补填", ref=ref)
    return value


def _in_workbook_unit(
    value: Parsed, cell: RawCell, column: Column, reading: Reading, unit: str
) -> Parsed:
    """An amount in the workbook's unit; a cell with a unit of its own is told."""
    if column.kind != "amount" or not isinstance(value, Decimal):
        return value
    own = typed_unit(cell)
    here = unit or reading.amount_unit
    if own and own != here:
        shown = in_unit(value, here, reading.amount_unit)
        reading.notice(
            f"{column.header}：“{short(cell.text)}”的单位是{own}，已换算成 {plain(shown)}"
            f"{reading.amount_unit}",
            f"核对；表里统一按{here}填写，只填数字",
            cell.ref,
        )
    return in_unit(value, here, reading.amount_unit)


def _note_struck(cell: RawCell, column: Column, reading: Reading) -> None:
    if cell.struck_whole:
        reading.notice(
            f"{column.header}：“{short(cell.text)}”整格划了删除线，仍然照常读取",
            "确实不要的，删掉内容或整行；还要的，去掉删除线",
            cell.ref,
            grave=True,
        )
    if cell.struck:
        reading.notice(
            f"{column.header}：划了删除线的“{short(cell.struck)}”没有印出来",
            "确实不要的就删掉；还要的，去掉删除线",
            cell.ref,
        )
