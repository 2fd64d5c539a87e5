"""The hidden calculation sheet: live formulas in small steps, row n for row n of a data sheet.

Data sheets stay free of helper columns. A computed cell only looks up its own row here, so it
survives sorting, inserting and cutting, and one formula fills a whole column.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from perfgen.model.cells import column_letters
from perfgen.workbook.hidden import CALC_SHEET
from perfgen.workbook.writing.expressions import UNKNOWN
from perfgen.workbook.writing.plan import HEADER_ROW


@dataclass(frozen=True, slots=True)
class Step:
    """One column of the calculation sheet."""

    letters: str
    last_row: int

    def at(self, row: int) -> str:
        """Return the step's cell of a row, as its neighbours refer to it."""
        return f"{self.letters}{row}"

    @property
    def column(self) -> str:
        """Return the whole step, as its neighbours refer to it."""
        return f"${self.letters}${HEADER_ROW}:${self.letters}${self.last_row}"

    @property
    def values(self) -> str:
        """Return the step without its label, for sums over products, which no text may enter."""
        return f"${self.letters}${HEADER_ROW + 1}:${self.letters}${self.last_row}"

    @property
    def looked_up(self) -> str:
        """Return the formula of a data cell that shows this step of its own row."""
        return f"=IFERROR(INDEX({CALC_SHEET}!{self.column},ROW()),{UNKNOWN})"


class CalcSheet:
    """Takes steps from left to right."""

    def __init__(self, worksheet: Any) -> None:
        """Write to an empty worksheet of XlsxWriter."""
        self._worksheet = worksheet
        self._used = 0

    def add(self, label: str, formula: Callable[[int], str], last_row: int) -> Step:
        """Write `formula(row)` into each row below the header down to `last_row`."""
        step = self._next(label, last_row)
        for row in range(HEADER_ROW + 1, last_row + 1):
            self._worksheet.write_formula(step.at(row), f"={formula(row)}", None, "")
        return step

    def add_running(self, label: str, formula: Callable[[int, str], str], last_row: int) -> Step:
        """Write a step whose formula also takes the reference to its own cell of the row above."""
        own = column_letters(self._used + 1)
        return self.add(label, lambda row: formula(row, f"{own}{row - 1}"), last_row)

    def add_single(self, label: str, formula: str) -> str:
        """Write one formula and return the absolute reference to its cell."""
        step = self._next(label, HEADER_ROW + 1)
        self._worksheet.write_formula(step.at(HEADER_ROW + 1), f"={formula}", None, "")
        return f"{CALC_SHEET}!${step.letters}${HEADER_ROW + 1}"

    def _next(self, label: str, last_row: int) -> Step:
        self._used += 1
        step = Step(column_letters(self._used), last_row)
        self._worksheet.write_string(step.at(HEADER_ROW), label)
        return step
