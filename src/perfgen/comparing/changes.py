"""What differs between two snapshots: rows new, gone, renamed and changed, by name.

Rows are matched by record and name, never by their place; those left over on both sides by
likeness, and marked as renamed.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfgen.comparing.snapshot import Entry, Snapshot
from perfgen.model.names import bare_name

LIKENESS = 0.6
"""How alike two names must be for one row to count as the other, renamed."""


_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{0,15})?")
"""A number as a snapshot holds it: one with an exponent could be as long as a disk."""

_LONGEST_NAME = 200
_MOST_COMPARED = 20_000_000
"""Beyond so many pairs of characters names are not compared for likeness: it would take minutes."""


def as_number(text: str) -> Decimal | None:
    """Return the number that a text is; None where it is none."""
    return Decimal(text) if _NUMBER.fullmatch(text) else None


@dataclass(frozen=True, slots=True)
class Change:
    """One value that differs. `typed` says whether it was entered or follows from others."""

    header: str
    old: str
    new: str
    typed: bool
    amount: bool = False

    @property
    def difference(self) -> Decimal | None:
        """Return new - old where both are numbers; a blank counts as nothing."""
        new, old = as_number(self.new or "0"), as_number(self.old or "0")
        return None if new is None or old is None else new - old


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that differs: `old` is None for a new one, `new` is None for one that is gone."""

    old: Entry | None
    new: Entry | None
    changes: tuple[Change, ...] = ()

    @property
    def entry(self) -> Entry:
        """Return the row as it is, or as it was where it is gone."""
        entry = self.new or self.old
        assert entry is not None
        return entry

    @property
    def renamed(self) -> bool:
        """Return whether the row has another name now (改名)."""
        return bool(self.old and self.new and self.old.name != self.new.name)


@dataclass(frozen=True, slots=True)
class Changes:
    """All that differs between two states of a report."""

    rows: tuple[RowChange, ...]
    found: tuple[Mapping[str, str], ...]
    cured: tuple[Mapping[str, str], ...]

    @property
    def any(self) -> bool:
        """Return whether anything differs."""
        return bool(self.rows or self.found or self.cured)

    def count(self, kind: str) -> int:
        """Return how many rows are `new`, `gone`, `renamed` or `changed`."""
        return sum(kind_of(row) == kind for row in self.rows)


def kind_of(row: RowChange) -> str:
    """Return new, gone, renamed or changed."""
    if row.old is None:
        return "new"
    if row.new is None:
        return "gone"
    return "renamed" if row.renamed else "changed"


def compare(old: Snapshot, new: Snapshot) -> Changes:
    """Return what differs from `old` to `new`, in the order of the new report."""
    pairs = _pairs(old.entries, new.entries)
    matched = {id(entry) for entry in pairs.values()}
    rows = [_row_change(pairs.get(entry.key), entry) for entry in new.entries]
    gone = [RowChange(entry, None) for entry in old.entries if id(entry) not in matched]
    return Changes(
        rows=tuple(row for row in rows if row is not None) + tuple(gone),
        found=tuple(_without(new.findings, old.findings)),
        cured=tuple(_without(old.findings, new.findings)),
    )


def _pairs(old: Sequence[Entry], new: Sequence[Entry]) -> dict[tuple[str, str, str], Entry]:
    """The old row of each new one, by the new row's key."""
    known = {entry.key: entry for entry in old}
    pairs = {entry.key: known[entry.key] for entry in new if entry.key in known}
    _pair_alike(
        [entry for entry in old if entry.key not in pairs],
        [entry for entry in new if entry.key not in pairs],
        pairs,
    )
    return pairs


def _pair_alike(
    old: Sequence[Entry], new: Sequence[Entry], pairs: dict[tuple[str, str, str], Entry]
) -> None:
    lengths = (sum(len(entry.name[:_LONGEST_NAME]) + 1 for entry in some) for some in (old, new))
    if math.prod(lengths) > _MOST_COMPARED:
        return
    likely = sorted(
        (
            (-_likeness(before, after), place, other, before, after)
            for place, after in enumerate(new)
            for other, before in enumerate(old)
            if before.record == after.record and _likeness(before, after) >= LIKENESS
        ),
        key=lambda item: item[:3],
    )
    taken: set[int] = set()
    for _, _, _, before, after in likely:
        if after.key not in pairs and id(before) not in taken:
            pairs[after.key] = before
            taken.add(id(before))


def _likeness(before: Entry, after: Entry) -> float:
    """How alike two rows are, from 0 to 1: their names, or their contents where these say more."""
    one, other = (bare_name(entry.name[:_LONGEST_NAME]) for entry in (before, after))
    names = difflib.SequenceMatcher(None, one, other).ratio()
    shared = [h for h in before.entered if before.entered[h] == after.entered.get(h)]
    widest = max(len(before.entered), len(after.entered)) or 1
    return max(names, len(shared) / widest if len(shared) >= 3 else 0.0)


def _row_change(old: Entry | None, new: Entry) -> RowChange | None:
    if old is None:
        return RowChange(None, new)
    changes = tuple(_changes(old, new))
    if not changes and old.name == new.name:
        return None
    return RowChange(old, new, changes)


def _changes(old: Entry, new: Entry) -> Iterable[Change]:
    headers = dict.fromkeys((*new.entered, *new.computed, *old.entered, *old.computed))
    for header in headers:
        before = old.entered.get(header, old.computed.get(header, ""))
        after = new.entered.get(header, new.computed.get(header, ""))
        if before != after and not (header in new.entered and after == new.name):
            typed = header in old.entered or header in new.entered
            yield Change(header, before, after, typed, amount=header in new.numbers)


def _without(
    these: Sequence[Mapping[str, str]], those: Sequence[Mapping[str, str]]
) -> Iterable[Mapping[str, str]]:
    """The findings that are not among the others: by rule, record and what is said."""
    known = {(finding["code"], finding["subject"], finding["message"]) for finding in those}
    for finding in these:
        if (finding["code"], finding["subject"], finding["message"]) not in known:
            yield finding
