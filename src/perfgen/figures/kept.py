"""What the unit has explained (说明事项) and wants printed as it was typed, not as computed.

A published rate that the rule does not give is a finding; once explained, it is what gets printed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from perfgen.figures.rates import Rate, RateState
from perfgen.model.names import bare_name
from perfgen.model.records import BudgetLine, Fund, Project, Report, Waiver

TYPED_RATE = "PG105"
"""The rule about typed execution rates (执行率): what explains it, keeps the typed one."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The names of rows whose typed execution rate gets printed."""

    rates: Collection[str] = ()

    def rate(self, row: BudgetLine | Fund | Project, computed: Rate) -> Rate:
        """Return the rate to print for a row: the computed one, unless the typed one is kept."""
        typed = row.execution_rate
        if typed is None or bare_name(row.name) not in self.rates:
            return computed
        return Rate(RateState.VALUE, typed)


NOTHING_KEPT = Kept()


def kept_as_typed(report: Report) -> Kept:
    """Return what the report's waivers in force keep as it was typed."""
    return Kept(
        frozenset(
            bare_name(waiver.subject)
            for waiver in report.waivers
            if waiver.rule == TYPED_RATE and is_in_force(waiver, report)
        )
    )


def is_in_force(waiver: Waiver, report: Report) -> bool:
    """Return whether a waiver has not expired on the report's own date (有效期)."""
    return waiver.expires is None or waiver.expires >= report.day
