"""Points in time as officers write them (时限): `12月31日前`, `6月底`, `第三季度`, `次年3月底`."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping
from datetime import date

from perfgen.model.measure import normalise
from perfgen.model.numerals import NUMERALS, number_of

_SOME_YEAR = r"(?<!\d)(?P<year>(?:19|20)\d\d)"
_YEAR = rf"(?:{_SOME_YEAR}年度?|(?P<next>次年|翌年|下一?年)度?|[当本今]年度?)?"
_MONTH = r"(?P<month>1[0-2]|0?[1-9])"
_PART = r"(?P<part>上旬|中旬|下旬|初|中|底|末)"
_FORMS = (
    re.compile(r"(?<![\d./-])(?P<short>\d\d)[-/.]" + _MONTH + r"[-/.](?P<day>\d{1,2})(?![\d./-])"),
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)(?!\d)"),
    re.compile(rf"{_SOME_YEAR}[-/.]{_MONTH}(?!\d)(?:[-/.](?P<day>\d{{1,2}})(?!\d))?"),
    re.compile(rf"(?<![\d./]){_MONTH}[./](?P<day>\d{{1,2}})(?=之?前|以前)"),
    re.compile(rf"{_YEAR}(?<!\d){_MONTH}月(?:(?P<day>\d{{1,2}})[日号]|{_PART})?"),
    re.compile(rf"{_YEAR}第?(?P<quarter>[一二三四1-4])季度"),
    re.compile(rf"{_YEAR}(?P<half>上半年|下半年)"),
    re.compile(
        rf"(?:{_SOME_YEAR}|(?P<next>次|翌|下一?)|(?<![\d一二三四五六七八九十两几]))年[年度]?[底末内终]"
    ),
)
"""24/4/15; 20240415; 6.30前; 2023-12-31; 2023年12月31日, 12月底; 第三季度; 上半年; 年内."""

_SPOKEN_NUMBER = re.compile(rf"[{NUMERALS}]{{1,4}}(?=[年月日号])")
_WRITTEN = re.compile(
    rf"(?:{_SOME_YEAR}[-/.年]|(?<![\d.]))(?P<month>\d{{1,2}})(?:月|(?<=\d)[-/.])(?P<day>\d{{1,2}})[日号]?(?![\d.%])"
)
"""Any month and day, sensible or not: 2月30日, 2024.2.30."""

_OF_EACH_MONTH = re.compile(r"(?:每个?|次|当)月(\d{1,2})[日号]")
_MOST_DAYS = 31

_PARTS_OF_MONTH: Mapping[str, int] = {"初": 10, "上旬": 10, "中": 20, "中旬": 20}
_QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}
_HALVES = {"上半年": 6, "下半年": 12}
_FIRST_YEAR = 1949
_LATE = "逾期|延期|超期|延误|推迟"
_NOT_DONE = re.compile(rf"未(?!{_LATE})|没有|尚|预计|拟|(?<!未)(?:{_LATE})")


def last_day(text: str, year: int, *, unsaid: int | None = None) -> date | None:
    """Return the last day of all the times that a text names; None where it names none.

    `year` is the report's own (次年 is the one after it; 0 where it is not known), `unsaid` the
    year of a day that is written without one, by default the same.
    """
    known = year if year >= _FIRST_YEAR else _LEAP_YEAR
    days = list(_days(_in_digits(text), known, known if unsaid is None else unsaid))
    return max(days, default=None)


def kept(target: str, result: str, year: int) -> bool | None:
    """Return whether a day that was set was kept (按时): 12月底前 by 11月20日; else None."""
    if year < _FIRST_YEAR:
        return None
    wanted = last_day(target, year)
    done = last_day(result, year, unsaid=wanted.year) if wanted else None
    if wanted is None or done is None or says_not_done(result):
        return None
    return done <= wanted


def no_such_day(text: str, year: int) -> str:
    """Return a day that a text names and no calendar has (2月30日); an empty text for none."""
    if (monthly := _OF_EACH_MONTH.search(_in_digits(text))) and int(monthly[1]) > _MOST_DAYS:
        return monthly.group()
    for found in _WRITTEN.finditer(_in_digits(text)):
        said = int(found.group("year") or (year if year >= _FIRST_YEAR else _LEAP_YEAR))
        month, day = int(found.group("month")), int(found.group("day"))
        spoken = "月" in found.group()
        if not spoken and not found.group("year"):
            continue  # 3.5 is a number
        if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(said, month)[1]:
            return found.group()
    odd = _NO_MONTH.search(_in_digits(text)) or _NO_DAY_IN_DIGITS.fullmatch(text.strip())
    return odd.group() if odd else ""


_NO_MONTH = re.compile(r"(?<![\d.第])(?:1[3-9]|[2-9]\d|0{1,2})月(?=[底末初中上下前内份]|$)")
_NO_DAY_IN_DIGITS = re.compile(
    r"20\d\d(?:(?:1[3-9]|[2-9]\d|00)\d\d|\d\d(?:3[2-9]|[4-9]\d|00)|(?:04|06|09|11)31|02(?:30|31))"
)
"""13月底; 20231131."""


_LEAP_YEAR = 2024


def _in_digits(text: str) -> str:
    """A text whose days stand in digits: 二〇二四年四月十五日 → 2024年4月15日."""
    return _SPOKEN_NUMBER.sub(
        lambda found: str(number_of(found.group()) or found.group()), normalise(text)
    )


def says_not_done(text: str) -> bool:
    """Return whether a text that names a day says that the thing was not done then (未完成)."""
    return _NOT_DONE.search(text) is not None


def _days(text: str, year: int, unsaid: int) -> Iterator[date]:
    """A day without a year has that of the day named before it: 2023年3月至10月."""
    found = sorted(
        (match for form in _FORMS for match in form.finditer(text)), key=lambda match: match.start()
    )
    current = unsaid
    for match in found:
        said = match.groupdict()
        if said.get("year"):
            current = int(said["year"])
        elif said.get("short"):
            current = 2000 + int(said["short"] or 0)
        elif said.get("next"):
            current = year + 1
        yield _day(current, said)


def _day(year: int, said: Mapping[str, str | None]) -> date:
    month = (
        int(said.get("month") or 0)
        or _QUARTERS.get(said.get("quarter") or "")
        or _HALVES.get(said.get("half") or "", 12)
    )
    last = calendar.monthrange(year, month)[1]
    day = int(said.get("day") or 0) or _PARTS_OF_MONTH.get(said.get("part") or "", last)
    return date(year, month, min(day or 1, last))
