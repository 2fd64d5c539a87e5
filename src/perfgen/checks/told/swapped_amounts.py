"""PG331: an amount that is a table's with two digits changed about (金额像是写颠倒了)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfgen.checks.common.money_rows import money_rows
from perfgen.checks.common.passages import Passage
from perfgen.checks.common.subjects import money_reader
from perfgen.checks.common.told_money import money_told
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.checks.told.texts import is_said, is_wrong, known_values
from perfgen.model.finding import Severity
from perfgen.model.numbers import YUAN, half_up, plain
from perfgen.prose import words
from perfgen.prose.derived import MOST_FIGURES
from perfgen.prose.explained import adds_up, makes_another
from perfgen.prose.money import Figure, MoneyReader, Row
from perfgen.prose.names import core
from perfgen.prose.slips import is_slip, is_swapped
from perfgen.prose.text import folded
from perfgen.prose.words import Word

_COLUMNS = (words.INITIAL, words.ADJUSTED, words.ACTUAL, words.ADJUSTMENT)
_KEPT_OUT = (
    Word.OTHER_TIME, Word.OTHER_BASE, Word.OTHER_MONEY, Word.COMPARED, Word.PLANNED, Word.SHARE,
)  # fmt: skip
_NOW = re.compile("本年|今年|当年|全年")
_LEAST_DIGITS = 4
_SHORT = 120
"""Characters of a text all of whose sentences are likely to be about one thing."""


@dataclass(frozen=True, slots=True)
class _Amount:
    """An amount of a table, in the report's unit; `marks` are pairs of characters of its row."""

    row: Row
    value: Decimal
    marks: frozenset[str]


@rule(
    "PG331",
    Severity.WARNING,
    title="文字里的金额像是把表里的数写颠倒了",
    reason="四位以上的金额，与表里同一事项的金额只差相邻两位数字的次序（1306.2 写成 1360.2），"
    "多半是抄写时颠倒了。这里只看句子没有写明是哪一列、别的规则核对不了的金额，并且句子或这一行要说到同一个事项。",
    good="表里“学前教育奖补”实际支出 1306.2，任务完成情况“发放奖补资金1306.2万元”",
    bad="表里“学前教育奖补”实际支出 1306.2，任务完成情况“发放奖补资金1360.2万元”",
    most=8,
)
def swapped_amounts(case: Case) -> Iterator[Hit]:
    """An amount that no table has, beside one that differs by two neighbouring digits."""
    unit = YUAN[case.report.amount_unit]
    amounts = [
        _Amount(row, abs(value) / unit, _marks(row.name))
        for row in money_rows(case)
        for column in _COLUMNS
        for value in row.values.get(column, ())
        if len(_digits(value / unit)) >= _LEAST_DIGITS
    ]
    known = {amount.value for amount in amounts}
    reader = money_reader(case)
    for sentence in money_told(case) if amounts else ():
        passage, figures = sentence.passage, sentence.figures
        for figure in figures if len(figures) <= MOST_FIGURES else ():
            said = figure.quantity.value / unit
            if said not in known and _may_be_asked(figure) and not _elsewhen(figure, figures):
                own = _own_row(passage, reader)
                yield from _of(figure, said, figures, amounts, own, passage)


def _may_be_asked(figure: Figure) -> bool:
    said = figure.quantity
    if not said.is_money or said.bound or said.about or len(_digits(said.number)) < _LEAST_DIGITS:
        return False
    statement = figure.statement
    if statement is not None:
        known = known_values(statement)
        if is_wrong(statement) or any(is_said(statement, value) for value in known):
            return False  # PG301 says so
    return not figure.has(*_KEPT_OUT)


def _elsewhen(figure: Figure, figures: Sequence[Figure]) -> bool:
    """Whether another year was told of before: 2022年减免1168例，补助144.8万元."""
    before = figures[: figures.index(figure)]
    told = next((one for one in reversed(before) if one.has(Word.OTHER_TIME)), None)
    return told is not None and not _NOW.search(figure.clause.text)


def _of(
    figure: Figure,
    said: Decimal,
    figures: Sequence[Figure],
    amounts: Sequence[_Amount],
    own: Row | None,
    passage: Passage,
) -> Iterator[Hit]:
    told = {one.quantity.value for one in figures}
    said_beside = "".join(one.clause.text for one in figures)
    short = len(passage.text) <= _SHORT
    text = folded(passage.subject + (passage.text if short else said_beside))
    unnamed = all(t.word in (Word.FILLER, Word.COLUMN, Word.WHOLE) for t in figure.tokens)
    meant = {
        amount.value: amount.row
        for amount in amounts
        if (unnamed if amount.row.whole else any(mark in text for mark in amount.marks))
        and _is_meant(said, amount, own)
    }
    if len(meant) != 1:
        return
    ((value, row),) = meant.items()
    wanted = value * (figure.quantity.value / said)
    numbers = [one.quantity for one in figures]
    if wanted in told or adds_up(numbers, figure.quantity, [wanted]):
        return
    if makes_another(numbers, figure.quantity):
        return
    yield Hit(
        subject=passage.subject if row.whole else row.name,
        message=f"{quoted(passage.shown)}里写“{figure.lead[-8:]}{figure.quantity.typed}”，"
        f"{row.name}在表里是 {plain(half_up(value, 6))}",
        hint="核对是不是数字写颠倒了",
        ref=passage.ref,
    )


def _own_row(passage: Passage, reader: MoneyReader) -> Row | None:
    """The one row that a text is about: a project's, or the line that a task is named for."""
    named = passage.kind in ("task", "project")
    return reader.row_in(folded(passage.subject)) if named else None


def _is_meant(said: Decimal, amount: _Amount, own: Row | None) -> bool:
    """Whether digits changed places; in a text about one row any slip is enough."""
    of_its_own = own is not None and own.name == amount.row.name
    return is_swapped(said, amount.value) or (of_its_own and is_slip(said, amount.value))


def _marks(name: str) -> frozenset[str]:
    bare = core(name)
    return frozenset(bare[place : place + 2] for place in range(len(bare) - 1))


def _digits(number: Decimal) -> str:
    return plain(abs(number)).replace(".", "").strip("0")
