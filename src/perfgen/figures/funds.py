"""Income and spending as a whole (收入预算, 收支情况): a tree of sources, blank totals summed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfgen.figures.budget import total
from perfgen.figures.kept import NOTHING_KEPT, Kept
from perfgen.figures.rates import Rate, execution_rate
from perfgen.figures.trees import Tree
from perfgen.model.layout import Rules
from perfgen.model.records import Fund


@dataclass(frozen=True, slots=True, kw_only=True)
class FundFigures:
    """The figures of one source or use of money, in the workbook's unit. None prints blank.

    `execution_rate` is what gets printed, `computed_rate` what the rule gives.
    """

    fund: Fund
    level: int
    parts: tuple[FundFigures, ...]
    initial: Decimal | None
    adjusted: Decimal | None
    actual: Decimal | None
    execution_rate: Rate
    computed_rate: Rate

    @property
    def name(self) -> str:
        """Return the name of the source (资金来源)."""
        return self.fund.name

    @property
    def below(self) -> tuple[FundFigures, ...]:
        """Return the parts, and theirs, each before its own parts, as a table prints them."""
        return tuple(fund for part in self.parts for fund in (part, *part.below))


def fund_figures(
    funds: Sequence[Fund], rules: Rules, *, kept: Kept = NOTHING_KEPT
) -> tuple[FundFigures, ...]:
    """Return the figures of all sources, in the order of `funds`.

    A blank amount is the sum of the parts; a given one is kept. The rate is actual / adjusted, or
    actual / initial where the layout has no adjusted amounts; without an actual there is none.
    """
    tree = Tree.by_name([fund.name for fund in funds], [fund.parent for fund in funds])
    done: dict[int, FundFigures] = {}

    def figures(index: int) -> FundFigures:
        if index not in done:
            parts = tuple(figures(child) for child in tree.children(index))
            done[index] = _figures(funds[index], tree.level(index), parts, rules, kept)
        return done[index]

    return tuple(figures(index) for index in range(len(funds)))


def _figures(
    fund: Fund, level: int, parts: tuple[FundFigures, ...], rules: Rules, kept: Kept
) -> FundFigures:
    def given_or_sum(given: Decimal | None, below: Sequence[Decimal | None]) -> Decimal | None:
        return total(below) if given is None else given

    initial = given_or_sum(fund.initial, [part.initial for part in parts])
    adjusted = given_or_sum(fund.adjusted, [part.adjusted for part in parts])
    actual = given_or_sum(fund.actual, [part.actual for part in parts])
    rate = execution_rate(
        actual, initial if adjusted is None else adjusted, decimals=rules.rate_decimals
    )
    return FundFigures(
        fund=fund,
        level=level,
        parts=parts,
        initial=initial,
        adjusted=adjusted,
        actual=actual,
        execution_rate=kept.rate(fund, rate),
        computed_rate=rate,
    )
