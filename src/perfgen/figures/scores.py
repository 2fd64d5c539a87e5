"""The scores of a self-evaluation (评分): each item by its rule, parents the sum of their children.

A score is rounded half-up to the layout's decimals where it is computed, so a parent is the sum
of what is printed below it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from perfgen.figures.budget import total
from perfgen.figures.thresholds import threshold_of
from perfgen.figures.trees import Tree
from perfgen.model.measure import Measure
from perfgen.model.numbers import half_up, part_of
from perfgen.model.records import ScoreItem
from perfgen.model.scoring import Scoring

ONE = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreFigures:
    """An item's marks. `computed` is what its rule gives, `score` what gets printed.

    `score` is the typed one where there is one (得分 填了的以填的为准, and is checked), else the
    computed one; None where neither is known.
    """

    item: ScoreItem
    level: int
    parts: tuple[ScoreFigures, ...]
    full: Decimal | None
    computed: Decimal | None
    score: Decimal | None

    @property
    def name(self) -> str:
        """Return the item's name (评分指标)."""
        return self.item.name

    @property
    def lost(self) -> Decimal | None:
        """Return the marks lost (扣分)."""
        if self.full is None or self.score is None:
            return None
        return self.full - self.score


def score_figures(items: Sequence[ScoreItem], scoring: Scoring) -> tuple[ScoreFigures, ...]:
    """Return the marks of all items, in the order of `items`."""
    tree = Tree.by_name([item.name for item in items], [item.parent for item in items])
    done: dict[int, ScoreFigures] = {}

    def figures(index: int) -> ScoreFigures:
        if index not in done:
            parts = tuple(figures(child) for child in tree.children(index))
            done[index] = _figures(items[index], tree.level(index), parts, scoring)
        return done[index]

    return tuple(figures(index) for index in range(len(items)))


def _figures(
    item: ScoreItem, level: int, parts: tuple[ScoreFigures, ...], scoring: Scoring
) -> ScoreFigures:
    full = total([part.full for part in parts]) if item.full is None else item.full
    if parts:
        known = [part.score for part in parts]
        computed = None if None in known else total(known)
    else:
        computed = item_score(item, full, scoring)
    score = computed if item.score is None else item.score
    return ScoreFigures(
        item=item, level=level, parts=parts, full=full, computed=computed, score=score
    )


def item_score(item: ScoreItem, full: Decimal | None, scoring: Scoring) -> Decimal | None:
    """Return the marks that an item's own rule gives it, between 0 and its full marks.

    None where the rule is the officer's own mark (评定), or what it starts from is missing.
    """
    name = scoring.rules.get(item.rule, "given")
    rule = _RULES.get(name)
    if rule is None or full is None:
        return None
    if name == "all_or_nothing" and (met := meets_threshold(item)) is not None:
        return full if met else Decimal(0)
    marks = rule(item.basis, full, scoring)
    return None if marks is None else half_up(min(max(marks, Decimal(0)), full), scoring.decimals)


def meets_threshold(item: ScoreItem) -> bool | None:
    """Return whether the measured rate (计分依据) meets the threshold that the item's texts state.

    None where the basis is no percent, or the texts state no threshold.
    """
    threshold, ratio = threshold_of(item), _ratio_of(item.basis)
    if threshold is None or ratio is None:
        return None
    return threshold.is_met(ratio * 100)


def _ratio_of(basis: Measure | None) -> Decimal | None:
    """The ratio that a basis states: 72.52% and 0.7252 are the same."""
    if basis is None or basis.number is None:
        return None
    return basis.number / 100 if basis.unit == "%" else basis.number


def _by_ratio(basis: Measure | None, full: Decimal, scoring: Scoring) -> Decimal | None:
    ratio = _ratio_of(basis)
    return None if ratio is None else full * ratio


def _all_or_nothing(basis: Measure | None, full: Decimal, scoring: Scoring) -> Decimal | None:
    if basis is None:
        return None
    ratio = _ratio_of(basis)
    if ratio is not None:
        return full if ratio >= ONE else Decimal(0)
    if basis.text in scoring.reached_words:
        return full
    return Decimal(0) if basis.text in scoring.missed_words else None


def _deduction(basis: Measure | None, full: Decimal, scoring: Scoring) -> Decimal | None:
    if basis is None:
        return full
    return None if basis.number is None else full - basis.number


def _bands(basis: Measure | None, full: Decimal, scoring: Scoring) -> Decimal | None:
    ratio = _ratio_of(basis)
    if ratio is None:
        return None
    share = next((band.share for band in scoring.bands if ratio >= band.start), Decimal(0))
    return full * share


def _completion(basis: Measure | None, full: Decimal, scoring: Scoring) -> Decimal | None:
    ratio = _ratio_of(basis)
    return None if ratio is None else part_of(full, completed_share(Fraction(ratio), scoring))


def completed_share(ratio: Fraction, scoring: Scoring) -> Fraction:
    """Return the part of full marks for a completion rate (完成率): in proportion, 1 at the most.

    Beyond the layout's bound a target was set too low, and the penalty is taken (超额完成扣分;
    Guangzhou: above 150%, half of the marks).
    """
    if scoring.over_above is not None and ratio > Fraction(scoring.over_above):
        return 1 - Fraction(scoring.over_loses)
    return min(max(ratio, Fraction(0)), Fraction(1))


def _overshoot(basis: Measure | None, full: Decimal, scoring: Scoring) -> Decimal | None:
    if basis is None:
        return full
    return None if basis.number is None else full - basis.number * scoring.over_loses


_RULES: Mapping[str, Callable[[Measure | None, Decimal, Scoring], Decimal | None]] = {
    "ratio": _by_ratio,
    "all_or_nothing": _all_or_nothing,
    "deduction": _deduction,
    "bands": _bands,
    "completion": _completion,
    "overshoot": _overshoot,
}
"""ratio: full × rate; deduction: full - marks; overshoot: full - the penalty's part of the marks of
those indicators that were completed beyond the bound. What is not here is the officer's mark."""
