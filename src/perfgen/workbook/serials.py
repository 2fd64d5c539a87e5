"""Excel's numbers for days and times (日期序列号) → days, times of day, lengths of time."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

_FROM_1900 = datetime(1899, 12, 30)
_FROM_1904 = datetime(1904, 1, 1)
_MISSING_DAY = 60
"""Excel counts a 29 February 1900 that never was."""

_NO_PART_OF_IT = re.compile(r'"[^"]*"|\[(?!hh?\]|mm?\]|ss?\])[^\]]*\]', re.IGNORECASE)
_OF_A_DAY = re.compile(r"(?<![_\\])[dmhys]", re.IGNORECASE)
_LENGTH = re.compile(r"\[(?:hh?|mm?|ss?)\]", re.IGNORECASE)

Moment = date | time | timedelta


@lru_cache(maxsize=256)
def shows_day(code: str) -> bool:
    """Return whether a number format shows days or times."""
    return _OF_A_DAY.search(_NO_PART_OF_IT.sub("", code.split(";", maxsplit=1)[0])) is not None


def moment_of(number: float, code: str = "", *, from_1904: bool = False) -> Moment:
    """Return what a number means under a format: a day, a time of day, or a length of time.

    Raises ValueError or OverflowError for a number outside the calendar.
    """
    if _LENGTH.search(code.split(";", maxsplit=1)[0]):
        return timedelta(seconds=round(timedelta(days=number).total_seconds()))
    whole, rest = divmod(number, 1)
    passed = timedelta(milliseconds=round(rest * 86_400_000))
    if 0 <= number < 1 and not passed.days:
        return (datetime.min + passed).time()
    if from_1904:
        return (_FROM_1904 + timedelta(days=whole) + passed).date()
    if 0 < number < _MISSING_DAY:
        whole += 1
    return (_FROM_1900 + timedelta(days=whole) + passed).date()


def moment_stated(text: str) -> Moment | None:
    """Return what a cell of ISO 8601 states; None where it states nothing that is understood."""
    text = text.strip().removesuffix("Z")
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        pass
    try:
        return time.fromisoformat(text)
    except ValueError:
        return None
