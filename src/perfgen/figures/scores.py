"""The scores of a self-evaluation (评分): each item by its rule, parents the sum of their children.

A score is rounded half-up to the layout's decimals where it is computed, so a parent is the sum
of what is printed below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from perfgen.figures.budget import total
from perfgen.figures.score_rules import VALUE_RULES, ZERO, marks_for, reaches, value_of
from perfgen.figures.taken import Taken
from perfgen.figures.thresholds import threshold_of
from perfgen.figures.trees import Tree
from perfgen.model.measure import Measure
from perfgen.model.numbers import half_up, part_of, plain
from perfgen.model.records import ScoreItem
from perfgen.model.scoring import ScoreRule, Scoring

ONE = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreFigures:
    """An item's marks. `computed` is what its rule gives, `score` what gets printed.

    `score` is the typed one where there is one (得分 填了的以填的为准, and is checked), else the
    computed one; None where neither is known. `basis` is what the rule starts from: typed
    (计分依据), or taken from elsewhere.
    """

    item: ScoreItem
    level: int
    parts: tuple[ScoreFigures, ...]
    full: Decimal | None
    computed: Decimal | None
    score: Decimal | None
    basis: Measure | None = None

    @property
    def name(self) -> str:
        """Return the item's name (评分指标)."""
        return self.item.name

    @property
    def value(self) -> Decimal | None:
        """Return the number that the rule looks at: typed, or taken; a percent as a ratio."""
        value = value_of(self.basis)
        return None if value is None else part_of(ONE, value)

    @property
    def lost(self) -> Decimal | None:
        """Return the marks lost (扣分)."""
        if self.full is None or self.score is None:
            return None
        return self.full - self.score


def score_figures(
    items: Sequence[ScoreItem], scoring: Scoring, taken: Taken | None = None
) -> tuple[ScoreFigures, ...]:
    """Return the marks of all items, in the order of `items`.

    `taken` looks up what a rule takes from elsewhere, for items whose basis is blank.
    """
    tree = Tree.by_name([item.name for item in items], [item.parent for item in items])
    done: dict[int, ScoreFigures] = {}

    def figures(index: int) -> ScoreFigures:
        if index not in done:
            parts = tuple(figures(child) for child in tree.children(index))
            used = _with_basis(items[index], scoring, taken)
            found = _figures(used, tree.level(index), parts, scoring)
            done[index] = replace(found, item=items[index])
        return done[index]

    return tuple(figures(index) for index in range(len(items)))


def _with_basis(item: ScoreItem, scoring: Scoring, taken: Taken | None) -> ScoreItem:
    rule = scoring.rule_of(item.rule, item.name)
    if taken is None or item.basis is not None or not rule.takes:
        return item
    found = taken(rule.takes)
    if found is not None and found.number is not None and rule.takes_percent:
        found = Measure.parse(f"{plain(found.number * 100)}%")
    return replace(item, basis=found)


def _figures(
    item: ScoreItem, level: int, parts: tuple[ScoreFigures, ...], scoring: Scoring
) -> ScoreFigures:
    rule = scoring.rule_of(item.rule, item.name)
    counted = [part for part in parts if part.full is not None or part.score is not None]
    full = _full(item, counted, rule)
    if counted:
        computed = _of_parts([part.score for part in counted], rule)
    else:
        computed = item_score(item, full, scoring)
    score = computed if item.score is None else item.score
    return ScoreFigures(
        item=item,
        level=level,
        parts=parts,
        full=full,
        computed=computed,
        score=score,
        basis=item.basis,
    )


def _full(item: ScoreItem, parts: Sequence[ScoreFigures], rule: ScoreRule) -> Decimal | None:
    """The full marks: typed, the layout's, or those of the parts. 其中 rows may have none."""
    if item.full is not None:
        return item.full
    fulls = [part.full for part in parts]
    if rule.kind == "best":
        return max((full for full in fulls if full is not None), default=rule.full)
    return total(fulls) if rule.full is None else rule.full


def _of_parts(scores: Sequence[Decimal | None], rule: ScoreRule) -> Decimal | None:
    known = [score for score in scores if score is not None]
    if len(known) < len(scores):
        return None
    return max(known) if rule.kind == "best" else total(known)


def item_score(item: ScoreItem, full: Decimal | None, scoring: Scoring) -> Decimal | None:
    """Return the marks that an item's own rule gives it, between 0 and its full marks.

    None where the rule is the officer's own mark (评定), or what it starts from is missing.
    """
    if full is None:
        return None
    marks = _marks(item, Fraction(full), scoring)
    if marks is None:
        return None
    within = min(max(marks, ZERO), Fraction(full))
    return half_up(part_of(ONE, within), scoring.decimals)


def _marks(item: ScoreItem, full: Fraction, scoring: Scoring) -> Fraction | None:
    rule = scoring.rule_of(item.rule, item.name)
    value = value_of(item.basis)
    if rule.kind == "all_or_nothing":
        met = _is_met(item, value, rule, scoring)
        return None if met is None else full if met else ZERO
    if rule.kind in VALUE_RULES:
        return None if value is None else marks_for(value, full, rule, scoring)
    if rule.kind == "completion":
        return None if value is None else full * completed_share(value, scoring)
    if rule.kind in ("deduction", "overshoot"):
        return _less(item.basis, full, rule, scoring)
    return None


def _is_met(
    item: ScoreItem, value: Fraction | None, rule: ScoreRule, scoring: Scoring
) -> bool | None:
    """Whether the threshold is met: the rule's, the one that the texts state, or 100%; or words."""
    if rule.full_at is None and (met := meets_threshold(item)) is not None:
        return met
    if value is not None:
        return reaches(value, rule)
    text = item.basis.text if item.basis else ""
    if text in scoring.reached_words:
        return True
    return False if text in scoring.missed_words else None


def _less(
    basis: Measure | None, full: Fraction, rule: ScoreRule, scoring: Scoring
) -> Fraction | None:
    """Full marks less those that the basis counts; a blank basis costs none."""
    if basis is None:
        return full
    if basis.number is None:
        return None
    part = scoring.over_loses if rule.kind == "overshoot" else ONE
    return full - Fraction(basis.number) * Fraction(part)


def meets_threshold(item: ScoreItem) -> bool | None:
    """Return whether the measured rate (计分依据) meets the threshold that the item's texts state.

    None where the basis is no number, or the texts state no threshold.
    """
    threshold, ratio = threshold_of(item), value_of(item.basis)
    if threshold is None or ratio is None:
        return None
    return threshold.is_met(part_of(ONE, ratio * 100))


def completed_share(ratio: Fraction, scoring: Scoring) -> Fraction:
    """Return the part of full marks for a completion rate (完成率): in proportion, 1 at the most.

    Beyond the layout's bound a target was set too low, and the penalty is taken (超额完成扣分;
    Guangzhou: above 150%, half of the marks).
    """
    if scoring.over_above is not None and ratio > Fraction(scoring.over_above):
        return 1 - Fraction(scoring.over_loses)
    return min(max(ratio, ZERO), Fraction(1))
