"""How a layout scores (评分办法): data that `layout.toml` declares under `[scoring]`.

Full marks, bands and grades differ from city to city; the rules themselves have names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

SCORE_RULES = (
    "ratio", "all_or_nothing", "deduction", "bands", "completion", "overshoot", "given", "sum",
)  # fmt: skip
"""The ways an item is scored (评分规则): 按比率, 达标得满分, 扣分, 分档, 按完成率, 超额完成扣分,
评定, 下级合计."""


@dataclass(frozen=True, slots=True)
class Band:
    """From this ratio on (档次), an item gets this part of its full marks."""

    start: Decimal
    share: Decimal


@dataclass(frozen=True, slots=True)
class Attainment:
    """How far a target in words was reached (达成情况), and the part of full marks it may get."""

    name: str
    lowest: Decimal
    highest: Decimal


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade (等级) and the marks from which it is given."""

    name: str
    start: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoring:
    """The settings of scoring.

    `rules` gives each word of the workbook's list its named rule; `rate_full` are the marks of a
    project's execution rate; `weights` the marks of each category of indicators (一级指标).
    `over_above` and `over_loses` are the penalty on over-completion: beyond this ratio an item
    loses this part of its marks; None where there is no such penalty.
    `equal_overshoot` says what an `=` target that is overshot gets: `reached` (full marks) or
    `proportion` (target / actual).
    """

    total: Decimal | None = None
    decimals: int = 2
    rules: Mapping[str, str] = field(default_factory=dict)
    reached_words: tuple[str, ...] = ()
    missed_words: tuple[str, ...] = ()
    bands: tuple[Band, ...] = ()
    attainments: tuple[Attainment, ...] = ()
    grades: tuple[Grade, ...] = ()
    weights: Mapping[str, Decimal] = field(default_factory=dict)
    rate_full: Decimal | None = None
    over_above: Decimal | None = None
    over_loses: Decimal = Decimal(0)
    equal_overshoot: str = "reached"
