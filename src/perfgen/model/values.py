"""What a target or a result means (值): a number, a range, a rank, a clock time, words.

`read_value` is the one reader of both; how they compare is in `figures/comparison.py`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from perfgen.model.units import Unit, read_unit


class Kind(StrEnum):
    """The kinds of values: how two of them compare goes by it."""

    NUMBER = "数"
    RANGE = "区间"
    RANK = "名次"
    CLOCK = "时刻"
    RATIO = "比值"
    WORDS = "文字"


class Vague(StrEnum):
    """How a number is blurred: about (约), almost (近), somewhat more (余)."""

    NONE = ""
    ABOUT = "约"
    NEAR = "近"
    OVER = "余"


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A target or a result as it is compared.

    `low` and `high` are the same but for a range; a rank's number is its place, a clock time's are
    minutes. `own_unit` says that the unit was typed with the number, and not in a column of its
    own. `change` is 1 for 增长, -1 for 下降; `period` that of 每月2次, `every` how many of them one
    spans, `average` that of 日均200人次: it counts beside a value of that period alone. `subject`
    is what stands before the number and may mean another thing (市级20家). `parts` are the numbers
    in a bracket behind, `several` says that there are more without one.
    """

    kind: Kind = Kind.WORDS
    text: str = ""
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)
    unit: str = ""
    own_unit: bool = False
    operator: str | None = None
    vague: Vague = Vague.NONE
    change: int = 0
    period: str = ""
    every: Decimal = Decimal(1)
    average: str = ""
    subject: str = ""
    parts: tuple[Decimal, ...] = ()
    several: bool = False

    @property
    def measured_in(self) -> Unit:
        """Return the unit as it is compared (万m3 → 万 立方米)."""
        return read_unit(self.unit)

    @property
    def is_number(self) -> bool:
        """Return whether there is one number in it, however blurred."""
        return self.kind is Kind.NUMBER

    @property
    def is_percent(self) -> bool:
        """Return whether it is a number of percents."""
        return self.is_number and self.unit == "%"

    def times(self, factor: Decimal) -> Value:
        """Return the value so many times as much; a negative factor turns a range round."""
        low, high = sorted((self.low * factor, self.high * factor))
        return replace(self, low=low, high=high)


def fold_value(text: str) -> str:
    """Return a value as it is read: half-width, without spaces, one kind of minus and dash.

    Spaces stay where two numbers would run into one (`20 30`); thousands lose theirs (`5 661.17`).
    """
    folded = unicodedata.normalize("NFKC", text).strip().rstrip("。.;,、")
    folded = folded.replace("−", "-").replace("﹣", "-").replace("〜", "~").replace("∼", "~")
    if _SPACED_THOUSANDS.fullmatch(folded):
        folded = re.sub(r"(?<=\d) (?=\d)", "", folded)
    folded = re.sub(r"(?<![\d.])\s+|\s+(?![\d.])", "", folded)
    return _EDITION.sub("", folded)


_SPACED_THOUSANDS = re.compile(r"\D{0,4}\d{1,3}(?: \d{3}){1,4}(?:\.\d+)?\D{0,8}")
_EDITION = re.compile(r"\(含[^()]{0,8}\)")
"""5%（含）以内: the bound is part of it, as ever."""
