"""The words of sentences about money, as data: what they say of the number that follows.

A clause is read word by word, the longest known one first. What no list knows is taken for the name
of something; a number is only compared where nothing is left unread between a name that a table
knows and the number.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto

from perfgen.prose.data import data


class Word(Enum):
    """What a word does in a clause."""

    NAME = auto()  # a row of a table
    COLUMN = auto()  # says which column the number belongs to
    WHOLE = auto()  # the unit's budget as a whole
    FILLER = auto()  # changes nothing
    COMPARED = auto()  # behind it stands a difference, or another base
    SHARE = auto()  # a part of something
    OTHER_TIME = auto()  # another year or a part of this one
    OTHER_BASE = auto()  # something is left out, or only a source of money is meant
    OTHER_MONEY = auto()  # an amount that no table holds (上年结转, 合同金额)
    PLANNED = auto()  # not yet so
    PART = auto()  # 其中
    UNKNOWN = auto()


INITIAL, ADJUSTMENT, ADJUSTED, ACTUAL = "initial", "adjustment", "adjusted", "actual"
RATE, BALANCE, BALANCE_RATE, BUDGET = "execution_rate", "balance", "balance_rate", "budget"
SPENT, SIGNED = "spent", "signed_adjustment"
"""Columns. `budget` is the initial or the adjusted one; `spent` is most likely the actual amount,
but may stand for any other (安排, 投入, 拨付); `signed_adjustment` keeps the sign of a change."""

COLUMNS: Mapping[str, tuple[str, ...]] = {
    column: tuple(known) for column, known in data("words.toml")["columns"].items()
}
"""The words for each column, besides the column's own header."""

KINDS: Mapping[Word, tuple[str, ...]] = {
    Word[kind.upper()]: tuple(known) for kind, known in data("words.toml")["kinds"].items()
}
"""What all other words do."""
