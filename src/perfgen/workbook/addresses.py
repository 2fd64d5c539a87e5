"""Addresses of cells (单元格地址): `C5` → row and column; `A1:C5` → the corners of a range."""

from __future__ import annotations

import re

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")

Place = tuple[int, int]
"""Row and column, counted from 1."""

Area = tuple[int, int, int, int]
"""The first row and column of a range, and its last row and column."""


def column_number(letters: str) -> int:
    """Return the number of a column from its letters: A → 1, AB → 28."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def place_of(address: str) -> Place | None:
    """Return row and column of an address; None where it names no cell of a sheet."""
    found = _ADDRESS.fullmatch(address.strip())
    if found is None:
        return None
    row, column = int(found.group(2)), column_number(found.group(1))
    return (row, column) if 1 <= row <= LAST_ROW and 1 <= column <= LAST_COLUMN else None


def area_of(ref: str) -> Area | None:
    """Return the corners of a range, whichever two it names; None where it is none."""
    corners = [place_of(corner) for corner in ref.split(":", 2)]
    places = [place for place in corners if place is not None]
    if len(places) != len(corners) or len(places) > 2:
        return None
    rows, columns = sorted(row for row, _ in places), sorted(column for _, column in places)
    return rows[0], columns[0], rows[-1], columns[-1]
