"""What a comparison gives, and what is to be said of it (说明): each remark has a name."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Remarks(StrEnum):
    """What a pair of target and result calls for; the rules know how grave each one is."""

    UNITS_DIFFER = "units differ"
    UNITS_UNSURE = "units may differ"
    UNIT_SLIP = "a slip of unit"
    SMALL_PERCENT = "0.96 where 96% may be meant"
    RATIO_READ = "a ratio was read as a percent"
    RATIO_TARGET = "a target's ratio was read as a percent"
    BARE_NUMBER = "a number without 万 was read as such"
    CALENDAR = "months against days"
    WORKING_DAYS = "working days against days"
    NO_SUCH_DAY = "no such day"
    GIVE_DAY = "the day is not said"
    GIVE_NUMBER = "done, without the number"
    GIVE_NUMBER_MISSED = "not done, without the number"
    WORDS_FOR_NUMBER = "words for a number"
    NUMBER_FOR_WORDS = "a number for words"
    AS_TARGET = "a result with an operator"
    BLURRED = "a blurred result"
    BLURRED_UNSURE = "a result too blurred to judge"
    PARTS = "parts do not add up"
    NEGATIVE_TARGET = "a negative target"
    NO_PLACE = "no place in a ranking"
    OTHER_RANKING = "another ranking"
    RATIO = "a ratio such as 1:15"
    RANGE_RESULT = "a result that is a range"
    OTHER_SUBJECT = "numbers of two things"
    PERIOD = "a result that may be of one period"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to be said of a pair; `detail` is what the sentence names (a unit, a day)."""

    name: Remarks
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """A result beside its target.

    `wanted` and `reached` are the numbers of a ratio, in the target's unit. Without them, `same`
    tells whether the deviation prints 0% or 100%; where it is None, too, there is none. `met` is
    None where nobody can tell. `operator` is the one that the numbers were judged by.
    """

    wanted: Decimal | None = None
    reached: Decimal | None = None
    met: bool | None = None
    same: bool | None = None
    operator: str | None = None
    remarks: tuple[Remark, ...] = ()

    @classmethod
    def kept(cls, *remarks: Remark) -> Compared:
        """Return what is met without a ratio: 0%."""
        return cls(met=True, same=True, remarks=remarks)

    @classmethod
    def missed(cls) -> Compared:
        """Return what is missed without a ratio: 100%."""
        return cls(met=False, same=False)

    @property
    def numbers(self) -> tuple[Decimal, Decimal] | None:
        """Return both numbers in one unit; None where there is no ratio."""
        if self.wanted is None or self.reached is None:
            return None
        return self.wanted, self.reached

    def has(self, *names: Remarks) -> bool:
        """Return whether one of these remarks was made."""
        return any(remark.name in names for remark in self.remarks)


NOTHING_COMPARED = Compared()
"""Where target or result is missing."""
