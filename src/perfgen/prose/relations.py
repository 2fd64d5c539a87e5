"""Numbers that follow from a table's: shares, differences between columns, sums of rows.

`占总支出的32%`, `比年初预算增加300万元，增长4.8%`, `两项共支出528万元`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfgen.model.numbers import half_up
from perfgen.prose import words
from perfgen.prose.derived import MOST_FIGURES
from perfgen.prose.money import Figure, MoneyReader, Row
from perfgen.prose.partitions import tail_of
from perfgen.prose.quantities import PERCENT
from perfgen.prose.rows import Related, rows_in
from perfgen.prose.slips import is_slip
from perfgen.prose.spans import Span
from perfgen.prose.wholes import outside_brackets
from perfgen.prose.words import Word

_ZERO, _HUNDRED = Decimal(0), Decimal(100)
_LEVELS = (words.INITIAL, words.ADJUSTED, words.ACTUAL)
_GROUPS = ("各项任务", "项目支出")
_COMPARES = re.compile("比|较")
_OTHER_WHOLES = frozenset({Word.UNKNOWN, Word.OTHER_BASE, Word.OTHER_TIME, Word.OTHER_MONEY})
_CHANGES = re.compile("增|减|多|少|高|低|降|升|节约|节省|相差|差")


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
            if any(one.has(Word.OTHER_TIME) for one in figures[:place]):
                continue  # 2025年按5260万元编报，比2024年多185万元
            yield from _difference(figures, place, reader)
        elif figure.quantity.unit == PERCENT and place and figure.has(Word.COMPARED):
            yield from _rate_of_adjustment(figures[place - 1], figure)
        elif figure.quantity.is_money:
            yield from _plain_difference(figures, place)


# --- shares --------------------------------------------------------------------------------------


def _share(
    figures: Sequence[Figure], place: int, reader: MoneyReader, spoken_of: Row | None
) -> Iterator[Related]:
    figure = figures[place]
    before, _, after = figure.lead.partition("占")
    if _of_what_is_told(figures, place, before, reader):
        return
    if not after and any(_counts_the_whole(figures, number) for number in range(place)):
        return
    whole = (*_wholes_of(after, spoken_of, reader), *_own_wholes(figures, place, after, reader))
    shares = tuple(
        one / other * _HUNDRED
        for part in _parts_of(figures, place, before, reader)
        for column, one in part.items()
        for other_column, other in _alike(whole, column)
        if other
    )
    if not shares or any(figure.quantity.is_(share) for share in shares):
        return
    if place and _is_rounded_share(figures[place - 1], figure, whole):
        return
    said = figure.quantity.value
    meant = tuple(
        share
        for share in shares
        if share and (_near(said, share) or is_slip(said, half_up(share, figure.quantity.decimals)))
    )
    if meant:
        yield Related(figure.quantity, meant[:1], "这一部分占的比例")


def _of_what_is_told(
    figures: Sequence[Figure], place: int, before: str, reader: MoneyReader
) -> bool:
    """Whether a share is of an amount that the sentence itself tells: 5874万元, 其中甲占53.8%."""
    said, told = figures[place].quantity, [one.quantity for one in figures[:place]]
    parts = _parts_of(figures, place, before, reader)
    if told and _ABOVE.match(figures[place - 1].lead):  # 以上合计支出…，占预算的…
        return True
    return any(
        said.is_(value / whole.value * _HUNDRED)
        for whole in told[-_MOST_TOLD:]
        if whole.is_money and whole.value
        for part in parts
        for value in part.values()
        if value < whole.value
    )


_ABOVE = re.compile("以上|上述|这些|前述")
_MOST_TOLD = 6


def _counts_the_whole(figures: Sequence[Figure], place: int) -> bool:
    """10个项目中，……占91.3%: of those that were counted."""
    counted = figures[place].quantity.unit in ("个", "项")
    return counted and re.search("[中里内]$", tail_of(figures, place)) is not None


def _is_rounded_share(part: Figure, share: Figure, whole: Sequence[tuple[str, Decimal]]) -> bool:
    """Whether rounding explains a share: 项目支出0.65亿元，占82.3%."""
    if not part.quantity.is_money or part.quantity.bound:
        return False
    span = Span.of(part.quantity)
    return any(
        span.low / other * _HUNDRED <= share.quantity.value <= span.high / other * _HUNDRED
        for _, other in whole
        if other > 0
    )


def _near(said: Decimal, share: Decimal) -> bool:
    return Decimal("0.5") <= said / share <= 2


def _parts_of(
    figures: Sequence[Figure], place: int, before: str, reader: MoneyReader
) -> tuple[dict[str, Decimal], ...]:
    """The amounts that have a share: those of a row named before 占, else the one just stated."""
    named = rows_in(before, reader)
    if len(named) == 1:
        columns = (words.ACTUAL, words.ADJUSTED, words.INITIAL)
        values = named[0].values
        return ({column: values[column][0] for column in columns if values.get(column)},)
    filler = all(token.word is Word.FILLER for token in reader.lexicon.tokens(before))
    if not filler or named or place == 0:
        return ()
    outer = outside_brackets(figures, place)  # 180万元(省30万元、市150万元), 占……
    stated = figures[outer if outer >= 0 else place - 1]
    if not stated.quantity.is_money or stated.quantity.bound or stated.has(Word.OTHER_BASE):
        return ()
    value = stated.quantity.value
    known = stated.row.values if stated.row is not None else {}
    fitting = [c for c in _LEVELS if any(stated.quantity.is_(one) for one in known.get(c, ()))]
    return ({fitting[0] if len(fitting) == 1 else "": value},)


def _alike(whole: Sequence[tuple[str, Decimal]], column: str) -> Sequence[tuple[str, Decimal]]:
    """The amounts of a whole in the column of its part, where it has that; else all of them."""
    same = [one for one in whole if one[0] == column]
    return same or whole


def _own_wholes(
    figures: Sequence[Figure], place: int, after: str, reader: MoneyReader
) -> tuple[tuple[str, Decimal], ...]:
    """What else a share may be of: 占该项预算的95%, or of all tasks where nothing is said."""
    before = figures[place - 1] if place else None
    row = before.row if before is not None else None
    if row is None or row.whole:
        return ()
    tokens = reader.lexicon.tokens(after)
    columns = {token.value for token in tokens if token.word is Word.COLUMN}
    known = all(token.word in (Word.FILLER, Word.COLUMN) for token in tokens)
    if known and columns and columns <= {words.INITIAL, words.ADJUSTED, words.BUDGET}:
        values = row.values
        return tuple((c, v) for c in (words.ADJUSTED, words.INITIAL) for v in values.get(c, ()))
    if after:
        return ()
    groups = (reader.row_named(name) for name in _GROUPS)
    return tuple(
        (column, value)
        for group in groups
        if group is not None and group is not row
        for column in _LEVELS
        for value in group.values.get(column, ())
    )


def _wholes_of(
    after: str, whole: Row | None, reader: MoneyReader
) -> tuple[tuple[str, Decimal], ...]:
    """The columns and amounts that a share may be of: a row's, or those of the whole."""
    tokens = list(reader.lexicon.tokens(after))
    if any(token.word in _OTHER_WHOLES for token in tokens):  # 占总投资的: no table has it
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


def _rate_of_adjustment(changed: Figure, figure: Figure) -> Iterator[Related]:
    """全年预算增加190万元，增长5%: the change of a budget, as a part of what it was."""
    row = changed.statement.row if changed.statement else changed.row
    if row is None or not changed.quantity.is_money or changed.quantity.bound:
        return
    changes, opening = (row.values.get(c, ()) for c in (words.ADJUSTMENT, words.INITIAL))
    if any(changed.quantity.is_(value) for value in changes) and _CHANGES.search(changed.lead):
        for base in opening[:1]:
            yield from _rate_of_change(figure, changed.quantity.value, base)


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
    smaller, larger = sorted((Span.of(first), Span.of(second)), key=lambda one: one.middle)
    rounded = larger.minus(smaller).meets(Span.of(figure.quantity))
    if not figure.quantity.is_(change) and not rounded:
        yield Related(figure.quantity, (change,), f"{first.typed}与{second.typed}的差额")
