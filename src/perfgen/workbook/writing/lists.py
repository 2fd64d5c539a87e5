"""The lists that cells choose from, on a hidden sheet, each under a defined name.

Named ranges work in Excel 2010, WPS and LibreOffice alike, at any length and with commas in
them; lists written into the cells' rules would stop at 255 characters.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from perfgen.model.cells import column_letters
from perfgen.workbook.hidden import LISTS_SHEET
from perfgen.workbook.writing.calc import CalcSheet
from perfgen.workbook.writing.plan import HEADER_ROW, LAST_HELPED_ROW, SheetPlan


class Lists:
    """Takes lists, and names them."""

    def __init__(self, workbook: Any, worksheet: Any) -> None:
        """Write to an empty worksheet of XlsxWriter."""
        self._workbook = workbook
        self._worksheet = worksheet
        self._names: dict[tuple[str, ...], str] = {}

    def named(self, label: str, choices: Sequence[str]) -> str:
        """Return the name of the list of these choices, written once."""
        key = tuple(choices)
        if key not in self._names:
            place = len(self._names)
            name = f"_perfgen_list_{place + 1}"
            letters = column_letters(place + 1)
            self._worksheet.write_column(0, place, [label, *choices])
            self._workbook.define_name(
                name, f"={LISTS_SHEET}!${letters}$2:${letters}${len(choices) + 1}"
            )
            self._names[key] = name
        return self._names[key]


def name_of_lines(workbook: Any, calc: CalcSheet, budget: SheetPlan) -> str | None:
    """Define the living list of the budget lines' names; return its name, None without any.

    It ends at the last line, so that nobody scrolls through empty rows.
    """
    column, letters = budget.column_range("name"), budget.letters("name")
    if column is None:
        return None
    cells = f"{budget.quoted}!${letters}${HEADER_ROW}:${letters}${LAST_HELPED_ROW}"
    last = calc.add_single(
        "预算项目末行", f'MAX({HEADER_ROW + 1},SUMPRODUCT(MAX(({cells}<>"")*ROW({cells}))))'
    )
    name = "_perfgen_lines"
    workbook.define_name(name, f"=INDEX({column},{HEADER_ROW + 1}):INDEX({column},{last})")
    return name
