"""Amounts and rates that are no row's of the tables, as the report itself shows (说得通的金额)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfgen.checks.common.told_money import money_told
from perfgen.checks.once import once
from perfgen.checks.registry import Case
from perfgen.prose import words
from perfgen.prose.explained import is_sum_of_next
from perfgen.prose.money import Statement
from perfgen.prose.quantities import Quantity
from perfgen.prose.text import folded

_TELLING = 5
"""An amount of so many characters (31.2万) is told by chance nowhere else."""

_NOT_OF_MONEY = ("使用率", "完成率", "利用率", "到位率", "支付率")
"""Rates that a thing may have as well as money: 设备使用率."""


class Excused:
    """What a report tells of money and of rates, to be looked up."""

    def __init__(self, case: Case) -> None:
        """Take the report."""
        typed = (
            abs(one.quantity.value)
            for sentence in money_told(case)
            for one in sentence.figures
            if one.quantity.is_money and len(one.quantity.typed) >= _TELLING
        )
        self._amounts = Counter(typed)
        self._rates = {
            (word, measure.number)
            for row in case.report.indicators
            for measure in (row.actual, *(one.measure for one in row.targets.values()))
            for word in _NOT_OF_MONEY
            if measure is not None and measure.number is not None and word in folded(row.name)
        }

    def is_(
        self, statement: Statement, numbers: Sequence[Quantity], known: Sequence[Decimal]
    ) -> bool:
        """Return whether an amount is explained by its fellows, or a rate by an indicator.

        `numbers` are those of its sentence, `known` what the table has for it.
        """
        said = statement.quantity
        if statement.column == words.BALANCE:
            return any(rest in self._amounts for rest in _rests(said, known))
        if statement.column == words.RATE:
            return (statement.word, said.number) in self._rates
        return statement.column in ("", words.SPENT) and is_sum_of_next(numbers, said)

    def is_of_another(self, statement: Statement, sentence: str) -> bool:
        """Return whether a name that is only like a row's has an amount that is told twice."""
        named = statement.row.whole or statement.row.name in sentence
        return not named and self._amounts[abs(statement.quantity.value)] > 1


def excused(case: Case) -> Excused:
    """Return what a report tells of money, read once."""
    return once(case, Excused)


def _rests(said: Quantity, known: Sequence[Decimal]) -> Iterator[Decimal]:
    """What a balance has besides: 结余31.2万元 beside 余款101.76万元."""
    return (value - said.value for value in known if value > said.value)
