"""Sums of rows that a sentence names or counts: 甲和乙两项共支出528万元, 四个项目合计4854万元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfgen.prose import words
from perfgen.prose.money import Figure, MoneyReader
from perfgen.prose.rows import Related, rows_in
from perfgen.prose.words import Word

_ZERO = Decimal(0)
_LEVELS = (words.INITIAL, words.ADJUSTED, words.ACTUAL)
_NO_SUM = (words.BALANCE, words.ADJUSTMENT, words.RATE)
_TOGETHER = re.compile("共$|合计$|总计$|共计$|一共$")
_ONE_SOURCE = re.compile("财政资金|财政拨款|财政性资金|其他资金|自筹|市级|省级|中央|区级|县级|上级")


def unfit_row_sums(figures: Sequence[Figure], reader: MoneyReader) -> Iterator[Related]:
    """Yield the sums of rows that are not those of the table."""
    for place, figure in enumerate(figures):
        apart = figure.has(Word.OTHER_BASE, Word.OTHER_TIME, Word.PLANNED)
        if figure.quantity.bound or apart or not figure.quantity.is_money:
            continue
        yield from _sum_of_rows(figures, place, reader)
        if place and not _ONE_SOURCE.search(figure.lead):
            yield from _sum_of_details(figures, place, reader)


def _sum_of_rows(figures: Sequence[Figure], place: int, reader: MoneyReader) -> Iterator[Related]:
    """文物保护和非遗传承两项共支出582.6万元: the rows named, together."""
    figure = figures[place]
    summed = not figure.column and _TOGETHER.search(figure.lead)
    if figure.column not in (*_LEVELS, words.SPENT, words.BUDGET) and not summed:
        return
    if place + 1 < len(figures) and not figures[place + 1].lead:  # 甲、乙由300万元、150万元: each
        return
    rows = rows_in(figure.lead, reader)
    before = figures[place - 1] if place else None
    if before and before.clause is figure.clause and before.quantity.unit in ("个", "项"):
        rows = rows_in(before.lead, reader)
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


def _sum_of_details(
    figures: Sequence[Figure], place: int, reader: MoneyReader
) -> Iterator[Related]:
    """四个项目合计支出4854万元: all the lines of the table, counted and summed."""
    figure, before = figures[place], figures[place - 1]
    counted = before.clause is figure.clause and before.quantity.unit in ("个", "项")
    words_known = all(token.word in (Word.FILLER, Word.COLUMN) for token in figure.tokens)
    if not counted or not figure.lead.startswith("项目") or not words_known:
        return
    if before.has(Word.OTHER_TIME, Word.OTHER_BASE) or figure.column in _NO_SUM:
        return
    columns = _LEVELS if figure.column not in _LEVELS else (figure.column,)
    details = reader.details
    known = [c for c in columns if all(row.values.get(c) for row in details)]
    if not known or len(details) != before.quantity.value or before.has(Word.UNKNOWN):
        return
    sums = [sum((row.values[column][0] for row in details), _ZERO) for column in known]
    if not any(figure.quantity.is_(one) for one in sums):
        yield Related(figure.quantity, (sums[-1],), f"{len(details)} 个项目之和")
