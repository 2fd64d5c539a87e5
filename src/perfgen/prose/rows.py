"""Rows that a sentence lists (甲、乙和丙), and numbers that it gives to each of them (分别)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfgen.prose import words
from perfgen.prose.money import Figure, MoneyReader, Row
from perfgen.prose.quantities import PERCENT, Quantity
from perfgen.prose.slips import is_slip

_HUNDRED = Decimal(100)
_LEVELS = (words.INITIAL, words.ADJUSTED, words.ACTUAL)
_RATED = (words.ACTUAL, words.ADJUSTED)
_SPLIT = re.compile("和|与|及|、")
_TAILS = ("支出", "经费", "资金", "补助", "工程", "项目")
_LINK = re.compile("^[和与及、]?$")
_RATE = re.compile("执行率|支出率|支出进度|执行进度|支付进度|支付率|完成率")
_RATE_ALONE = re.compile(
    "^(?:总体|整体|平均|综合)?(?:预算)?(?:执行率|支出率|支出进度|执行进度)(?:为|达|达到|是|约)?$"
)
_NEARLY = Decimal(10)
"""Percentage points by which a rate may be off and still be meant."""


@dataclass(frozen=True, slots=True)
class Related:
    """A number that is not what the tables give; the values that it might be, and of what."""

    said: Quantity
    expected: tuple[Decimal, ...]
    of: str


def rows_in(lead: str, reader: MoneyReader) -> list[Row]:
    """Return the rows that a list names, by name or a shorter form; none if one is unknown.

    What all of them end with may stand behind the last one only: 基本、项目支出.
    """
    found: list[Row] = []
    pieces = _SPLIT.split(lead)
    for piece in pieces:
        row = reader.row_in(piece) or _with_tail(piece, pieces[-1], reader)
        if row is None:
            return [] if len(found) != 1 or piece else found
        found.append(row)
    return list({row.name: row for row in found}.values())


def _with_tail(piece: str, last: str, reader: MoneyReader) -> Row | None:
    bare = piece.removeprefix("其中").removeprefix("全年")
    if not 2 <= len(bare) <= 12:
        return None
    rows = (reader.row_named(bare + tail) for tail in _TAILS if tail in last)
    return next((row for row in rows if row is not None), None)


def wrong_in_lists(figures: Sequence[Figure], reader: MoneyReader) -> Iterator[Related]:
    """Yield the numbers that a list gives to the wrong row (甲和乙分别支出1748万元、986万元)."""
    rows: list[Row] = []
    rated = False
    for place, first in enumerate(figures):
        rated = rated or first.column == words.RATE
        front, respectively, _ = first.lead.partition("分别")
        here = rows_in(front, reader)
        together = respectively or _plain_list(figures, place, len(here))
        if len(here) > 1:
            rows = here
        if respectively and not here and not _RATE.search(front):
            rows = []
        if together and len(rows) > 1:
            yield from _each(figures[place : place + len(rows)], rows, rated=rated)
        elif rows and not here and _RATE_ALONE.match(first.lead):
            yield from _of_all(first, rows, reader)


def _plain_list(figures: Sequence[Figure], place: int, count: int) -> bool:
    """其中基本、项目支出2336.4万元、1562.3万元: as many numbers as names, one after the other."""
    some = figures[place : place + count]
    return count > 1 and len(some) == count and all(not one.lead for one in some[1:])


def _each(some: Sequence[Figure], rows: Sequence[Row], *, rated: bool) -> Iterator[Related]:
    first = some[0]
    rates = first.quantity.unit == PERCENT
    if len(some) != len(rows) or any(one.quantity.bound for one in some):
        return
    if len({one.quantity.unit for one in some}) != 1 or not (rates or first.quantity.is_money):
        return
    if any(not _LINK.match(one.lead) or one.clause.opener not in "、,和" for one in some[1:]):
        return
    if rates and not (rated or _RATE.search(first.lead)):
        return
    changed = first.column == words.ADJUSTMENT
    if changed and not all(row.values.get(words.ADJUSTMENT) for row in rows):
        return
    known = changed or first.column in _LEVELS
    columns = (words.RATE,) if rates else (first.column,) if known else _LEVELS
    for row, one in zip(rows, some, strict=True):
        wanted = [value for column in columns for value in row.values.get(column, ())]
        wanted = [value * _HUNDRED for value in wanted] if rates else wanted
        if wanted and not any(one.quantity.is_(value) for value in wanted):
            yield Related(one.quantity, tuple(wanted[-1:]), row.name)


def _rate_together(rows: Sequence[Row]) -> Iterator[Decimal]:
    """The rate of several rows together, where the table has both of their columns."""
    spent, budgets = ([row.values.get(column, ()) for row in rows] for column in _RATED)
    if all(spent) and all(budgets) and (budget := sum(one[0] for one in budgets)):
        yield sum((one[0] for one in spent), Decimal(0)) / budget


def _of_all(figure: Figure, rows: Sequence[Row], reader: MoneyReader) -> Iterator[Related]:
    """…其中基本、项目支出a、b，执行率97.71%: of all of it, or of those listed, behind a list."""
    rates = reader.whole.values.get(words.RATE, ()) if reader.whole else ()
    wanted = tuple(rate * _HUNDRED for rate in (*rates, *_rate_together(rows)))
    said = figure.quantity
    if said.unit != PERCENT or said.bound or not wanted or any(said.is_(one) for one in wanted):
        return
    if any(abs(said.value - one) <= _NEARLY or is_slip(said.value, one) for one in wanted):
        yield Related(said, wanted[:1], "整体执行率")
