"""Formulas as cells store them (公式): most state their own, some share that of another cell."""

from __future__ import annotations

import re
from typing import Any

from perfgen.model.cells import column_letters
from perfgen.workbook.addresses import Place, column_number

MOST_CHARACTERS = 8192
"""What Excel allows a formula."""

_REFERENCE = re.compile(r'"[^"]*"|(?<![\w.$])(\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,7})(?![\w.(])')


class SharedFormulas:
    """The formulas of one sheet that several cells share."""

    def __init__(self) -> None:
        """Know none yet."""
        self._known: dict[str, tuple[str, Place]] = {}

    def formula(self, element: Any, place: Place, *, exact: bool) -> str:
        """Return the formula of the cell at `place`, `=` in front.

        Only where it is to be `exact` is a shared one written as Excel shows it in this cell.
        """
        if element is None:
            return ""
        text = (element.text or "")[:MOST_CHARACTERS]
        if element.get("t") != "shared":
            return f"={text}"
        number = element.get("si", "")
        if number not in self._known:
            self._known[number] = text, place
            return f"={text}"
        shared, home = self._known[number]
        if not exact:
            return f"={shared}"
        return f"={moved(shared, place[0] - home[0], place[1] - home[1])}"


def moved(formula: str, rows: int, columns: int) -> str:
    """Return a formula as Excel shows it so many rows below and columns to the right."""

    def reference(found: re.Match[str]) -> str:
        fixed_column, letters, fixed_row, row = found.groups()
        if letters is None:
            return found.group()
        column = letters if fixed_column else column_letters(column_number(letters) + columns)
        return f"{fixed_column}{column}{fixed_row}{row if fixed_row else int(row) + rows}"

    return _REFERENCE.sub(reference, formula)
