"""Where a value stands in the officer's workbook, and what is wrong there."""

from __future__ import annotations

from dataclasses import dataclass


def column_letters(column: int) -> str:
    """Return Excel's letters of a column counted from 1: 1 → A, 28 → AB."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True, slots=True, order=True)
class CellRef:
    """One cell (单元格) of one sheet (工作表) of one workbook (工作簿)."""

    workbook: str
    sheet: str
    row: int
    column: int

    @property
    def address(self) -> str:
        """Return the address inside its sheet, such as `F12`."""
        return f"{column_letters(self.column)}{self.row}"

    def __str__(self) -> str:
        """Return what an officer reads: `绩效指标!F12`."""
        return f"{self.sheet}!{self.address}"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that was read in another way than it stands (读取说明): converted, left out.

    `subject` names it where a waiver speaks of it; `grave` where it may be a fault.
    """

    message: str
    hint: str
    subject: str
    ref: CellRef | None = None
    grave: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the workbook that cannot be read (读不懂的内容).

    `ref` is None where the whole workbook or a whole sheet is meant; then `place` says which.
    """

    message: str
    hint: str = ""
    ref: CellRef | None = None
    place: str = ""

    @property
    def where(self) -> str:
        """Return the place as an officer reads it: `绩效指标!F12`, or a sheet's name."""
        return str(self.ref) if self.ref else self.place
