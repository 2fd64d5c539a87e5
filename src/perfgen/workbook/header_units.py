"""The unit of money that a table states itself (金额单位): in its headers, or in a row above them.

`预算数（元）` and a row `单位：元` say how the amounts below were typed, whatever 金额单位 says.
"""

from __future__ import annotations

from collections.abc import Mapping

from perfgen.model.cells import CellRef
from perfgen.model.headers import stated_unit, unit_of_table
from perfgen.model.layout import Column
from perfgen.workbook.problems import Reading
from perfgen.workbook.raw import RawSheet


def column_units(
    raw: RawSheet,
    header: int,
    texts: Mapping[int, str],
    columns: Mapping[int, Column],
    reading: Reading,
) -> Mapping[int, str]:
    """Return the unit of each column of amounts that states one, by the column's place.

    A unit that is not the workbook's is noted; one above the table that its own headers
    contradict is a problem.
    """
    title, place_of_title = _unit_above(raw, header)
    units: dict[int, str] = {}
    told: dict[str, list[tuple[int, str]]] = {}
    for place, column in columns.items():
        if column.kind != "amount" or (column.computed and column.formula is None):
            continue
        own = stated_unit(texts.get(place, ""))
        if own and title and own != title and place_of_title:
            reading.problem(
                f"表头“{texts[place]}”的单位是{own}，表上方写的单位是{title}",
                "改成一致的单位", ref=place_of_title,
            )  # fmt: skip
        unit = own or title
        if unit:
            units[place] = unit
            told.setdefault(unit, []).append((place, column.header))
    for unit, named in told.items():
        if unit != reading.amount_unit:
            ref = CellRef(reading.workbook, raw.name, header, named[0][0])
            reading.notice(
                f"{'、'.join(name for _, name in named)}：表里写的单位是{unit}，金额单位是"
                f"{reading.amount_unit}，已换算成{reading.amount_unit}",
                "核对金额；表头、表上方和“金额单位”改成一致",
                ref,
                grave=True,
            )
    return units


def _unit_above(raw: RawSheet, header: int) -> tuple[str, CellRef | None]:
    for row in raw.rows:
        if row >= header:
            break
        for cell in raw.rows[row].values():
            if unit := unit_of_table(cell.text):
                return unit, cell.ref
    return "", None
