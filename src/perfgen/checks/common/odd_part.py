"""Where a total is not the sum of its parts: which of the parts is off (错在哪一格).

A total says nothing of the cell to mend. One part is blamed where only that part becomes what it
should be by a slip of the keys (two digits exchanged, the point moved, the sign turned), or where
the text has the number that it should be, and not the one that was typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfgen.checks.common.passages import plain_text, prose
from perfgen.checks.mending import near_misses
from perfgen.checks.once import once
from perfgen.checks.registry import Case
from perfgen.model.numbers import plain

_AMOUNT = re.compile(
    r"(?<![\d.,])(\d{1,12}(?:,\d{3}){0,4}(?:\.\d{1,6})?)(?=[百千万亿]{0,2}元|、\d|和\d)"
)
"""An amount, or one in a list of them."""
_FEW_DIGITS = 2
"""A number of so few digits may stand in a text for anything."""

Told = Callable[[Decimal], bool]


def told_in_text(case: Case) -> Told:
    """Return whether an amount, as it stands in a table, stands in the sentences, too.

    The sentences are only read where it is asked.
    """

    def is_told(amount: Decimal) -> bool:
        written = plain(abs(amount))
        return len(written.replace(".", "")) > _FEW_DIGITS and written in once(case, _amounts_told)

    return is_told


def _amounts_told(case: Case) -> frozenset[str]:
    texts = (plain_text(passage.text) for passage in prose(case))
    amounts = (amount for text in texts for amount in _AMOUNT.findall(text))
    return frozenset(plain(Decimal(one.replace(",", ""))) for one in amounts)


@dataclass(frozen=True, slots=True)
class OddPart:
    """The part that is off: its place, what was typed and what would make the total right."""

    place: int
    typed: Decimal
    meant: Decimal

    def said(self, name: str) -> str:
        """Return what is told of it behind the sentence about the total."""
        return f"；{name}的 {plain(self.typed)} 如果是 {plain(self.meant)}，就对得上"


def odd_part(values: Sequence[Decimal | None], stated: Decimal, told: Told) -> OddPart | None:
    """Return the part that is off; None where nobody can tell. `values` are those that were typed.

    A part that is 0 or None is none of those that may be off.
    """
    summed = sum((value for value in values if value is not None), Decimal(0))
    off = stated - summed
    if not off or (told(summed) and not told(stated)):
        return None
    doubted = [
        OddPart(place, value, value + off)
        for place, value in enumerate(values)
        if value and not told(value)
    ]
    confirmed = [one for one in doubted if told(one.meant)]
    if len(confirmed) == 1:
        return confirmed[0]
    slipped = [one for one in doubted if is_key_slip(one.typed, one.meant)]
    if len(slipped) == 1 and not is_key_slip(stated, summed):
        return slipped[0]
    return None


def is_key_slip(typed: Decimal, meant: Decimal) -> bool:
    """Return whether one number is the other with digits exchanged, its point or sign moved."""
    return bool(meant) and (meant == -typed or meant in near_misses(typed))
