"""The adjustment ledger (预算调整台账): each row with its sign, sums by line, the running total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from perfgen.model.records import Adjustment


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """A row of the ledger: its amount with its sign, and the total of all rows up to it (累计)."""

    entry: Adjustment
    amount: Decimal
    running: Decimal


def signed_amount(row: Adjustment, signs: Mapping[str, Decimal]) -> Decimal:
    """Return what a row adds to its line; negative where it takes away."""
    return row.amount * signs[row.type]


def ledger_sums(
    adjustments: Sequence[Adjustment], signs: Mapping[str, Decimal]
) -> Mapping[str, Decimal]:
    """Return the signed sum of the ledger for each budget line that it names."""
    sums: dict[str, Decimal] = {}
    for row in adjustments:
        sums[row.line] = sums.get(row.line, Decimal(0)) + signed_amount(row, signs)
    return sums


def ledger_rows(
    adjustments: Sequence[Adjustment], signs: Mapping[str, Decimal]
) -> tuple[LedgerRow, ...]:
    """Return the rows by date, those of one day in their order, undated ones at the end."""
    found: list[LedgerRow] = []
    running = Decimal(0)
    for row in sorted(adjustments, key=lambda row: row.day or date.max):
        amount = signed_amount(row, signs)
        running += amount
        found.append(LedgerRow(entry=row, amount=amount, running=running))
    return tuple(found)
