"""Days in cells (日期): Excel's own, and texts such as 2023年6月30日, 6月30日, 23/6/30."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal

from perfgen.model.names import MISSING
from perfgen.model.numerals import NUMERALS, number_of
from perfgen.workbook.amounts import Unreadable, short
from perfgen.workbook.raw import RawCell
from perfgen.workbook.serials import moment_of

OLDEST_YEAR, LATEST_YEAR = 1949, 2099
_SOME_YEAR = 2023

_DAY = re.compile(
    r"(\d{4}|\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?"
    r"(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?"
)
_OF_THE_YEAR = re.compile(r"(?:[本当今]年)?\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]")
_NUMERAL = re.compile(rf"[{NUMERALS}]{{1,4}}(?=\s?[年月日号])")


def read_date_cell(cell: RawCell, year: int) -> date | None:
    """Return the day of a cell; one without a year is in `year`, the report's own.

    Raises Unreadable, in Chinese.
    """
    if isinstance(cell.value, date):
        day: date | None = cell.value
    elif cell.text in MISSING:
        day = None
    elif isinstance(cell.value, Decimal):
        day = _date_of_number(cell, year)
    else:
        day = _day_of_text(cell.text, year)
    # 2023 typed into a cell formatted as a date is a day of 1905.
    return None if day is None else _sensible(day, cell.text, year)


def read_day(text: str, year: int = 0) -> date:
    """Return the day that a text means: 2023-06-30, 2023年6月30日, 20230630, 23/6/30.

    Raises Unreadable, in Chinese.
    """
    return _sensible(_day_of_text(text, year), text, year)


def how_to_write(year: int) -> str:
    """Return how a day is written, in the report's own year."""
    return f"写作 {year or _SOME_YEAR}-06-30"


def _sensible(day: date, shown: str, year: int) -> date:
    if not OLDEST_YEAR <= day.year <= LATEST_YEAR:
        raise Unreadable(f"“{short(shown)}”不像是要填的日期", how_to_write(year))
    return day


def _day_of_text(text: str, year: int) -> date:
    folded = unicodedata.normalize("NFKC", text[:60]).strip()
    folded = _NUMERAL.sub(lambda found: str(number_of(found.group()) or found.group()), folded)
    matched = _DAY.fullmatch(folded) or re.fullmatch(r"(\d{4})(\d{2})(\d{2})", folded)
    if matched:
        typed, month, day = (int(part) for part in matched.groups())
        return _real_day(typed if typed > 99 else 2000 + typed, month, day, text, year)
    within = _OF_THE_YEAR.fullmatch(folded)
    if within and year:
        return _real_day(year, int(within.group(1)), int(within.group(2)), text, year)
    raise Unreadable(f"“{short(text)}”不是日期", how_to_write(year))


def _date_of_number(cell: RawCell, year: int) -> date:
    number = cell.value
    assert isinstance(number, Decimal)
    digits = str(int(number))
    if number == int(number) and len(digits) == 8:
        return _real_day(int(digits[:4]), int(digits[4:6]), int(digits[6:]), digits, year)
    if 30000 < number < 80000:  # Excel's own day numbers, of 1982 to 2119
        day = moment_of(int(number))
        assert isinstance(day, date)
        return day
    raise Unreadable(f"“{short(cell.text)}”不是日期", how_to_write(year))


def _real_day(typed_year: int, month: int, day: int, shown: str, year: int) -> date:
    try:
        return date(typed_year, month, day)
    except ValueError:
        raise Unreadable(f"没有“{short(shown)}”这一天", how_to_write(year)) from None
