"""How a layout scores (评分办法): data that `layout.toml` declares under `[scoring]`.

Full marks, bands, steps and grades differ from city to city; the ways of scoring have names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from perfgen.model.names import bare_name

SCORE_RULES = (
    "ratio", "all_or_nothing", "deduction", "bands", "steps", "completion", "overshoot", "given",
    "sum", "best",
)  # fmt: skip
"""The ways an item is scored (评分规则): 按比率, 达标得满分, 扣分, 分档, 每差一步扣分, 按完成率,
超额完成扣分, 评定, 下级合计, 取下级最高."""

SCORED_BY = ("value", "completion", "deviation")
"""What a rule looks at: the value itself (计分依据, 完成值), how much of the target it is (完成率),
or how far it is from the target (偏差率)."""

STEPS_COUNTED = ("whole", "started", "parts")
"""How a part of a step counts: not at all (不足一步不扣), as a whole one, or in proportion."""


@dataclass(frozen=True, slots=True)
class Band:
    """A band of values (档次) and what it gives: a part of full marks, marks, or the value itself.

    `start` and `end` belong to it unless they are excluded; None is no bound. `by_value` gives
    full marks times the value (按比率).
    """

    start: Decimal | None
    share: Decimal = Decimal(0)
    end: Decimal | None = None
    start_excluded: bool = False
    end_excluded: bool = False
    marks: Decimal | None = None
    by_value: bool = False

    def holds(self, value: Fraction) -> bool:
        """Return whether a value is in this band."""
        if self.start is not None:
            start = Fraction(self.start)
            if value < start or (value == start and self.start_excluded):
                return False
        if self.end is not None:
            end = Fraction(self.end)
            return value < end or (value == end and not self.end_excluded)
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRule:
    """A way of scoring with its numbers (一条评分规则).

    `of` is what it looks at. `full_at` is where full marks begin, `zero_at` where nothing is left;
    `better` says on which side of them (higher, lower; equal: only there). `step` costs `loses`
    marks, or `loses_share` of full marks, down to `least`; `counted` says how a part of a step
    counts. `full` are the full marks where the workbook has no column for them; `takes` names where
    in the workbook the value stands for an item whose basis is blank (`report.own.staff_rate`), as
    a ratio where `takes_percent`.
    """

    kind: str = "given"
    of: str = "value"
    bands: tuple[Band, ...] = ()
    full_at: Decimal | None = None
    zero_at: Decimal | None = None
    better: str = "higher"
    step: Decimal | None = None
    loses: Decimal = Decimal(0)
    loses_share: Decimal = Decimal(0)
    counted: str = "parts"
    least: Decimal = Decimal(0)
    full: Decimal | None = None
    takes: str = ""
    takes_percent: bool = False

    @property
    def lower_is_better(self) -> bool:
        """Return whether less is better."""
        return self.better == "lower"


BY_THE_OFFICER = ScoreRule()
"""The rule of an item that names none: the officer's own mark (评定)."""


@dataclass(frozen=True, slots=True)
class Attainment:
    """How far a target in words was reached (达成情况), and the part of full marks it may get.

    `words` are results that say so themselves (较好).
    """

    name: str
    lowest: Decimal
    highest: Decimal
    words: tuple[str, ...] = ()

    def is_said(self, text: str) -> bool:
        """Return whether a text is this one's name, or one of its words."""
        return bool(text) and (text == self.name or text in self.words)


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade (等级) and the marks from which it is given."""

    name: str
    start: Decimal


@dataclass(frozen=True, slots=True)
class Cap:
    """The most that all marks may come to where too little was spent (总分封顶).

    It holds for execution rates below `rate_below`. `most` is a number of marks; None stands for
    the layout's total times the execution rate.
    """

    rate_below: Decimal
    most: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoring:
    """The settings of scoring.

    `rules` gives each word of the workbook's list, or an item's name, its rule; `rate_full` are
    the marks of a project's execution rate, `rate_rule` the word of its rule (in proportion where
    it is empty); `indicator_rule` is the word of the rule for indicators that name none;
    `weights` the marks of each category of indicators (一级指标).
    `over_above` and `over_loses` are the penalty on over-completion: beyond this ratio an item
    loses this part of its marks; None where there is no such penalty.
    `equal_overshoot` says what an `=` target that is overshot gets: `reached` (full marks) or
    `proportion` (target / actual).
    """

    total: Decimal | None = None
    decimals: int = 2
    rules: Mapping[str, ScoreRule] = field(default_factory=dict)
    reached_words: tuple[str, ...] = ()
    missed_words: tuple[str, ...] = ()
    bands: tuple[Band, ...] = ()
    attainments: tuple[Attainment, ...] = ()
    grades: tuple[Grade, ...] = ()
    caps: tuple[Cap, ...] = ()
    weights: Mapping[str, Decimal] = field(default_factory=dict)
    rate_full: Decimal | None = None
    rate_rule: str = ""
    indicator_rule: str = ""
    over_above: Decimal | None = None
    over_loses: Decimal = Decimal(0)
    equal_overshoot: str = "reached"

    def rule_of(self, word: str, name: str = "") -> ScoreRule:
        """Return the rule that a word stands for; without a word, the rule of the item's name."""
        if word:
            return self.rules.get(word, BY_THE_OFFICER)
        wanted = bare_name(name)
        found = (rule for known, rule in self.rules.items() if bare_name(known) == wanted)
        return next(found, BY_THE_OFFICER)

    def indicator_rule_of(self, word: str, name: str) -> ScoreRule | None:
        """Return the rule of an indicator: the one that it names, its name's, the layout's.

        None where none is declared: then it is scored in proportion (按完成率), by its date, or by
        how far its words were reached.
        """
        if not word and not self.indicator_rule and self.rule_of("", name) is BY_THE_OFFICER:
            return None
        found = self.rule_of(word, name)
        by_default = found is BY_THE_OFFICER and not word and self.indicator_rule
        return self.rule_of(self.indicator_rule) if by_default else found
