"""Form sheets (项目 | 内容) → one row of fields; each item stands on a row of its own."""

from __future__ import annotations

from collections.abc import Sequence

from perfgen.model.cells import CellRef
from perfgen.model.headers import fold_header
from perfgen.model.layout import Column, Sheet
from perfgen.workbook.kinds import Parsed, one_line
from perfgen.workbook.problems import Reading
from perfgen.workbook.raw import RawCell, RawSheet
from perfgen.workbook.tables import Row, nearest, own_text, read_value


def read_form(raw: RawSheet, sheet: Sheet, reading: Reading) -> Row:
    """Return a form sheet (项目 | 内容) as one row; items of the officer's own go to `extra`.

    An item's content stands in the next column, past what is merged with the item.
    """
    wanted = {fold_header(column.header): column for column in sheet.columns}
    values: dict[str, Parsed] = {}
    cells: dict[str, CellRef] = {}
    extra: dict[str, str] = {}
    extra_cells: dict[str, CellRef] = {}
    strangers: list[str] = []
    for number, row in raw.rows.items():
        places = [place for place in row if fold_header(row[place].text) in wanted]
        for place in places or [min(row)]:
            item = one_line(row[place].text)
            ref = CellRef(reading.workbook, raw.name, number, _content_place(raw, number, place))
            content = raw.at(ref.row, ref.column)
            column = wanted.get(fold_header(item))
            if column is None:
                strangers.append(item)
                if cells and item and content:  # above the first item stand titles
                    extra[item] = own_text(content, item, reading)
                    extra_cells[item] = ref
            elif column.field in cells:
                reading.problem(f"“{column.header}”这一项出现了两次", "删掉其中一行", ref=ref)
            else:
                cells[column.field] = ref
                values[column.field] = _form_value(content, column, ref, reading)
                year = values.get("year")
                reading.year = year if isinstance(year, int) else 0  # for days without one
    for column in sheet.columns:
        if column.field not in cells:
            _missing_item(column, values, strangers, reading, raw.name)
    return Row(0, values, cells, extra, extra_cells)


def _content_place(raw: RawSheet, row: int, place: int) -> int:
    after = place + 1
    while raw.merged.get((row, after)) == (row, place):
        after += 1
    return after


def _missing_item(
    column: Column,
    values: dict[str, Parsed],
    strangers: Sequence[str],
    reading: Reading,
    sheet: str,
) -> None:
    near = nearest(column.header, strangers, likeness=0.5 if column.required else 0.7)
    if near:
        hint = f"表里的“{near}”是不是应当改回“{column.header}”？"
        reading.problem(f"缺少“{column.header}”这一项", hint, place=sheet)
    elif column.required:
        reading.problem(f"缺少“{column.header}”这一项", column.help, place=sheet)
    elif column.default:
        values[column.field] = column.default


def _form_value(content: RawCell | None, column: Column, ref: CellRef, reading: Reading) -> Parsed:
    value = read_value(content, column, ref, reading)
    return column.default or None if value is None else value
