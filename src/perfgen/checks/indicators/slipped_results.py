"""What a result that missed its target may have been meant to be (完成值是不是填错).

Where nobody wrote a reason for a miss, and a single slip of the keys lies between the result and
one that just reaches the target, the result is as doubtful as the missing reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from perfgen.checks.common.nature import is_percent, less_is_better
from perfgen.checks.mending import near_misses
from perfgen.checks.registry import Case
from perfgen.figures.deadlines import last_day
from perfgen.figures.deviation import IndicatorFigures
from perfgen.model.days import spoken_day
from perfgen.model.numbers import plain

_ALL = Decimal(100)
_JUST = Decimal("0.15")
"""How far beyond its target a result may be and still be the usual outcome."""

_LONGEST_EARLY = 62
"""Days before its term by which work is usually done."""

_YEAR = re.compile(r"(?:19|20)\d\d")


def result_meant(row: IndicatorFigures, case: Case) -> str:
    """Return what a missed result may have been meant to be; empty where nothing suggests it."""
    mark, weight = row.indicator.mark, row.indicator.weight
    if not row.adverse or (mark is not None and mark != weight):
        return ""  # marks that were taken off confirm the result
    by_number = next(_numbers_meant(row, case), "")
    return by_number or next(_days_meant(row, case), "")


def _numbers_meant(row: IndicatorFigures, case: Case) -> Iterator[str]:
    actual, numbers = row.indicator.actual, row.compared.numbers
    if actual is None or not actual.number or numbers is None or numbers[0] <= 0:
        return
    wanted, reached = numbers
    falls = less_is_better(row.indicator, case.layout.rules)
    for meant in near_misses(actual.number):
        size = meant * reached / actual.number
        most = _ALL if is_percent(actual) else wanted * (1 + _JUST)
        met = wanted * (1 - _JUST) <= size <= wanted if falls else wanted <= size <= most
        if met and meant > 0:
            yield f"{plain(meant)}{actual.unit}"


def _days_meant(row: IndicatorFigures, case: Case) -> Iterator[str]:
    target, actual = row.indicator.target, row.indicator.actual
    if target is None or actual is None:
        return
    term = last_day(target.text, case.report.year)
    done = last_day(actual.text, case.report.year) if term else None
    if term is None or done is None or done <= term:
        return
    for meant in _near_days(done, typed_year=_YEAR.search(actual.text) is not None):
        if 0 <= (term - meant).days <= _LONGEST_EARLY:
            yield spoken_day(meant)


def _near_days(day: date, *, typed_year: bool) -> Iterator[date]:
    """Days that differ by one figure: the year before, the month before, day and month changed."""
    if typed_year:
        yield from _day(day.year - 1, day.month, day.day)
    if day.month > 1:
        yield from _day(day.year, day.month - 1, day.day)
    yield from _day(day.year, day.day, day.month)


def _day(year: int, month: int, day: int) -> Iterator[date]:
    try:
        yield date(year, month, day)
    except ValueError:  # 31 November, the 20th month
        return
