"""What the unit has explained (说明事项) and wants printed as it was typed, not as computed.

A published rate or deviation that the rule does not give is a finding; once explained, it is what
gets printed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from perfgen.figures.deviation import Deviation
from perfgen.figures.rates import Rate, RateState
from perfgen.model.names import bare_name
from perfgen.model.records import BudgetLine, Fund, Indicator, Project, Report, Waiver

TYPED_RATE = "PG105"
"""The rule about typed execution rates (执行率): what explains it, keeps the typed one."""

TYPED_DEVIATION = "PG127"
"""The rule about typed deviations (偏差情况), likewise."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The names of rows whose typed execution rate, or deviation, gets printed."""

    rates: Collection[str] = ()
    deviations: Collection[str] = ()

    def deviation(self, indicator: Indicator, computed: Deviation | None) -> Deviation | None:
        """Return the deviation with what is printed in its stead, where the typed one is kept."""
        typed = indicator.deviation.strip()
        is_percent = typed.endswith(("%", "％"))  # what the rule compares
        if computed is None or not is_percent or bare_name(indicator.name) not in self.deviations:
            return computed
        return replace(computed, kept=typed)

    def rate(self, row: BudgetLine | Fund | Project, computed: Rate) -> Rate:
        """Return the rate to print for a row: the computed one, unless the typed one is kept."""
        typed = row.execution_rate
        if typed is None or bare_name(row.name) not in self.rates:
            return computed
        return Rate(RateState.VALUE, typed)


NOTHING_KEPT = Kept()


def kept_as_typed(report: Report) -> Kept:
    """Return what the report's waivers in force keep as it was typed."""
    in_force = [waiver for waiver in report.waivers if is_in_force(waiver, report)]

    def explained(rule: str) -> frozenset[str]:
        return frozenset(bare_name(waiver.subject) for waiver in in_force if waiver.rule == rule)

    return Kept(rates=explained(TYPED_RATE), deviations=explained(TYPED_DEVIATION))


def is_in_force(waiver: Waiver, report: Report) -> bool:
    """Return whether a waiver has not expired on the report's own date (有效期)."""
    return waiver.expires is None or waiver.expires >= report.day
