"""Numbers that follow from a table's: shares, differences between columns, sums of rows.

`占总支出的32%`, `比年初预算增加300万元，增长4.8%`, `两项共支出528万元`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfgen.model.numbers import half_up
from perfgen.prose import words
from perfgen.prose.columns import SOURCES
from perfgen.prose.derived import MOST_FIGURES
from perfgen.prose.money import Figure, MoneyReader, Row
from perfgen.prose.quantities import PERCENT, Quantity
from perfgen.prose.slips import is_slip
from perfgen.prose.words import Word

_ZERO, _HUNDRED = Decimal(0), Decimal(100)
_LEVELS = (words.INITIAL, words.ADJUSTED, words.ACTUAL)
_COMPARES = re.compile("比|较")
_CHANGES = re.compile("增|减|多|少|高|低|降|升|节约|节省|相差|差")
_TOGETHER = re.compile("共$|合计$|总计$|共计$|一共$")
_SPLIT = re.compile("和|与|及|、")


@dataclass(frozen=True, slots=True)
class Related:
    """A number that is not what the tables give; the values that it might be, and of what."""

    said: Quantity
    expected: tuple[Decimal, ...]
    of: str


def related_wrongly(
    figures: Sequence[Figure], reader: MoneyReader, whole: Row | None
) -> Iterator[Related]:
    """Yield the numbers of a sentence that do not follow from the tables.

    `whole` is what the sentence speaks of where it names nothing.
    """
    if len(figures) > MOST_FIGURES:
        return
    for place, figure in enumerate(figures):
        if figure.quantity.bound or figure.has(Word.OTHER_BASE, Word.OTHER_TIME, Word.PLANNED):
            continue
        if figure.quantity.unit == PERCENT and figure.has(Word.SHARE):
            yield from _share(figures, place, reader, whole)
        elif figure.has(Word.COMPARED) and _COMPARES.search(figure.lead):
            yield from _difference(figures, place, reader)
        elif figure.quantity.is_money:
            yield from _plain_difference(figures, place)
            yield from _sum_of_rows(figures, place, reader)
            yield from _respectively(figures, place, reader)
            if place:
                yield from _sum_of_details(figures, place, reader)


# --- shares --------------------------------------------------------------------------------------


def _share(
    figures: Sequence[Figure], place: int, reader: MoneyReader, spoken_of: Row | None
) -> Iterator[Related]:
    figure = figures[place]
    before, _, after = figure.lead.partition("占")
    whole = _wholes_of(after, spoken_of, reader)
    shares = tuple(
        one / other * _HUNDRED
        for part in _parts_of(figures, place, before, reader)
        for column, one in part.items()
        for other_column, other in whole
        if other and (column in ("", other_column) or len(part) == 1)
    )
    if not shares or any(figure.quantity.is_(share) for share in shares):
        return
    said = figure.quantity.value
    if any(
        Decimal("0.5") <= said / share <= 2
        or is_slip(said, half_up(share, figure.quantity.decimals))
        for share in shares
        if share
    ):
        yield Related(figure.quantity, shares[:1], "这一部分占的比例")


def _parts_of(
    figures: Sequence[Figure], place: int, before: str, reader: MoneyReader
) -> tuple[dict[str, Decimal], ...]:
    """The amounts that have a share: those of a row named before 占, else the one just stated."""
    named = _rows_in(before, reader)
    if len(named) == 1:
        columns = (words.ACTUAL, words.ADJUSTED, words.INITIAL)
        values = named[0].values
        return ({column: values[column][0] for column in columns if values.get(column)},)
    filler = all(token.word is Word.FILLER for token in reader.lexicon.tokens(before))
    if not filler or named or place == 0:
        return ()
    stated = figures[place - 1]
    if not stated.quantity.is_money or stated.quantity.bound or stated.has(Word.OTHER_BASE):
        return ()
    return ({"": stated.quantity.value},)


def _wholes_of(
    after: str, whole: Row | None, reader: MoneyReader
) -> tuple[tuple[str, Decimal], ...]:
    """The columns and amounts that a share may be of: a row's, or those of the whole."""
    tokens = list(reader.lexicon.tokens(after))
    if any(token.word in (Word.UNKNOWN, Word.OTHER_BASE, Word.OTHER_TIME) for token in tokens):
        return ()
    named = [reader.row_named(token.value) for token in tokens if token.word is Word.NAME]
    row = named[0] if len(named) == 1 else (whole or reader.whole) if not named else None
    if row is None:
        return ()
    columns = {token.value for token in tokens if token.word is Word.COLUMN}
    if columns & {words.INITIAL, words.ADJUSTED, words.BUDGET}:
        wanted: tuple[str, ...] = (words.ADJUSTED, words.INITIAL)
    elif words.ACTUAL in columns and not named:
        wanted = (words.ACTUAL,)
    else:
        wanted = (words.ACTUAL, words.ADJUSTED, words.INITIAL)
    return tuple((column, value) for column in wanted for value in row.values.get(column, ()))


# --- differences ---------------------------------------------------------------------------------


def _difference(figures: Sequence[Figure], place: int, reader: MoneyReader) -> Iterator[Related]:
    """实际支出比调整预算数少286万元: two columns of one row."""
    figure = figures[place]
    columns = [t.value for t in figure.tokens if t.word is Word.COLUMN and t.value in _LEVELS]
    columns = list(dict.fromkeys(columns))
    row = figure.row or reader.whole
    if len(columns) == 1:
        yield from _change_from(figure, columns[0], row)
    if len(columns) != 2 or figure.has(Word.UNKNOWN) or row is None or not figure.quantity.is_money:
        return
    ours, theirs = (row.values.get(column, ()) for column in columns)
    if not ours or not theirs:
        return
    wanted = tuple(abs(one - other) for one in ours for other in theirs)
    if not any(figure.quantity.is_(value) for value in wanted):
        yield Related(figure.quantity, wanted[:1], f"{row.name}两列的差额")
    if place + 1 < len(figures):
        yield from _rate_of_change(figures[place + 1], wanted[0], theirs[0])


def _change_from(figure: Figure, column: str, row: Row | None) -> Iterator[Related]:
    """项目支出较年初预算增加440万元: one column is named, the other one is understood."""
    said = figure.quantity
    if row is None or not said.is_money or figure.has(Word.UNKNOWN):
        return
    base = row.values.get(column, ())
    wanted = tuple(
        abs(value - one)
        for other in _LEVELS
        if other != column
        for value in row.values.get(other, ())
        for one in base
    )
    if any(said.is_(value) for value in wanted):
        return
    if any(
        is_slip(said.value, value) or Decimal("0.8") <= said.value / value <= Decimal("1.25")
        for value in wanted
        if value
    ):
        yield Related(said, wanted[:1], f"{row.name}与这一列的差额")


def _rate_of_change(figure: Figure, change: Decimal, base: Decimal) -> Iterator[Related]:
    """增加300万元，增长4.48%: the second number, as a part of the column compared with."""
    said = figure.quantity
    alone = all(token.word in (Word.COMPARED, Word.FILLER) for token in figure.tokens)
    if said.unit != PERCENT or said.bound or not alone or not base:
        return
    if not _CHANGES.search(figure.lead):
        return
    if not said.is_(change / base * _HUNDRED):
        yield Related(said, (change / base * _HUNDRED,), "增减的比例")


def _plain_difference(figures: Sequence[Figure], place: int) -> Iterator[Related]:
    """年初预算8650万元，调整为8300万元，净减少350万元: two amounts of one sentence."""
    figure = figures[place]
    levels = [one for one in figures[:place] if one.statement and one.quantity.is_money]
    alone = all(
        token.word in (Word.COMPARED, Word.FILLER)
        or (token.word is Word.COLUMN and token.value == words.ADJUSTMENT)
        for token in figure.tokens
    )
    if len(levels) != 2 or place != 2 or not alone or not _CHANGES.search(figure.lead):
        return
    if {one.column for one in levels} - set(_LEVELS) or levels[0].row is not levels[1].row:
        return
    if figure.statement is not None:  # the row's own adjustment is compared elsewhere
        return
    first, second = (one.quantity for one in levels)
    change = abs(second.value - first.value)
    if not figure.quantity.is_(change):
        yield Related(figure.quantity, (change,), f"{first.typed}与{second.typed}的差额")


# --- sums of rows --------------------------------------------------------------------------------


def _sum_of_rows(figures: Sequence[Figure], place: int, reader: MoneyReader) -> Iterator[Related]:
    """文物保护和非遗传承两项共支出582.6万元: the rows named, together."""
    figure = figures[place]
    summed = not figure.column and _TOGETHER.search(figure.lead)
    if figure.column not in (*_LEVELS, words.SPENT, words.BUDGET) and not summed:
        return
    rows = _rows_in(figure.lead, reader)
    before = figures[place - 1] if place else None
    if before and before.clause is figure.clause and before.quantity.unit in ("个", "项"):
        rows = _rows_in(before.lead, reader)
        if len(rows) != before.quantity.value or figure.has(Word.UNKNOWN, Word.NAME):
            return
    if len(rows) < 2 or "分别" in figure.lead or figure.has(Word.COMPARED, Word.SHARE):
        return
    columns = (figure.column,) if figure.column in _LEVELS else _LEVELS
    wanted = tuple(
        sum((row.values[column][0] for row in rows), _ZERO)
        for column in columns
        if all(row.values.get(column) for row in rows)
    )
    if wanted and not any(figure.quantity.is_(value) for value in wanted):
        yield Related(figure.quantity, wanted[-1:], f"{'、'.join(row.name for row in rows)}之和")


def _respectively(figures: Sequence[Figure], place: int, reader: MoneyReader) -> Iterator[Related]:
    """甲和乙分别支出1748万元、986万元: each amount is that of its row."""
    first = figures[place]
    front, together, _ = first.lead.partition("分别")
    rows = _rows_in(front, reader) if together else []
    amounts = figures[place : place + len(rows)]
    if len(rows) < 2 or len(amounts) != len(rows):
        return
    if any(not one.quantity.is_money or one.quantity.bound for one in amounts):
        return
    if any(one.lead or one.clause.opener not in "、,和" for one in amounts[1:]):
        return
    columns = (first.column,) if first.column in _LEVELS else _LEVELS
    for row, one in zip(rows, amounts, strict=True):
        wanted = tuple(value for column in columns for value in row.values.get(column, ()))
        if wanted and not any(one.quantity.is_(value) for value in wanted):
            yield Related(one.quantity, wanted[-1:], row.name)


def _rows_in(lead: str, reader: MoneyReader) -> list[Row]:
    """The rows that a list names, each by its name or a shorter form; none where one is unknown."""
    found: list[Row] = []
    for piece in _SPLIT.split(lead):
        row = reader.row_in(piece)
        if row is None:
            return [] if len(found) != 1 or piece else found
        found.append(row)
    return list({row.name: row for row in found}.values())


def _sum_of_details(
    figures: Sequence[Figure], place: int, reader: MoneyReader
) -> Iterator[Related]:
    """四个项目合计支出4854万元: all the lines of the table, counted and summed."""
    figure, before = figures[place], figures[place - 1]
    counted = before.clause is figure.clause and before.quantity.unit in ("个", "项")
    words_known = all(token.word in (Word.FILLER, Word.COLUMN) for token in figure.tokens)
    if not counted or not figure.lead.startswith("项目") or not words_known:
        return
    if any(token.text in SOURCES for token in figure.tokens):  # the lines may have others, too
        return
    columns = _LEVELS if figure.column not in _LEVELS else (figure.column,)
    details = reader.details
    known = [c for c in columns if all(row.values.get(c) for row in details)]
    if not known or len(details) != before.quantity.value or before.has(Word.UNKNOWN):
        return
    sums = [sum((row.values[column][0] for row in details), _ZERO) for column in known]
    if not any(figure.quantity.is_(one) for one in sums):
        yield Related(figure.quantity, (sums[-1],), f"{len(details)} 个项目之和")
