"""What is read of money in a sentence: rows of a table, numbers, and what is said of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from perfgen.prose.lexing import Token
from perfgen.prose.quantities import Quantity
from perfgen.prose.text import Clause
from perfgen.prose.words import Word


@dataclass(frozen=True, slots=True)
class Row:
    """What a table holds under a name: amounts in 元 and rates as ratios, by column.

    `whole` is True for the unit's budget as a whole, `detail` for a line that has no parts.
    """

    name: str
    values: Mapping[str, tuple[Decimal, ...]]
    whole: bool = False
    detail: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """A number said of a row. `column` is empty where only the row is named.

    `sure` is how certain it is that the number is this row's: 2 where the row is named and the
    column said, 1 where one of them is guessed, 0 where both may be otherwise.
    """

    row: Row
    column: str
    word: str
    quantity: Quantity
    sure: int
    others: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity in its sentence: the words before it, and the row that they are about, if any.

    `statement` is there where the number may be compared with that row.
    """

    quantity: Quantity
    clause: Clause
    lead: str
    tokens: tuple[Token, ...]
    row: Row | None
    column: str
    statement: Statement | None

    def has(self, *kinds: Word) -> bool:
        """Return whether a word of one of these kinds stands before the number."""
        return any(token.word in kinds for token in self.tokens)
