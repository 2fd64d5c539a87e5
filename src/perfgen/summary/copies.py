"""Reports that were handed in twice (重复), and projects that stand in two reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfgen.summary.entries import PDF, WORD, WORKBOOK, Entry, Key, Money

_RANK = {WORKBOOK: 0, PDF: 1, WORD: 2}

_Project = tuple[str, int, str, str]


@dataclass(frozen=True, slots=True)
class Copies:
    """Which entries are second copies: the place of each → the place of the one that counts.

    `_projects` are the places of the counted entries that have a project, in their order.
    """

    entries: Sequence[Entry]
    counted: Mapping[int, int]
    _projects: Mapping[_Project, Sequence[int]]

    def note_of(self, place: int) -> str:
        """Return what is to be said of an entry: that it is a second copy, and how it differs."""
        entry = self.entries[place]
        if place not in self.counted:
            told = [
                f"项目“{name}”也在 {file} 里，合计里计了两次，请核对"
                for name, file in self._shared(place)
            ]
            return "；".join(filter(None, [*told, entry.note]))
        kept = self.entries[self.counted[place]]
        same = _amounts(entry.money) == _amounts(kept.money) and entry.mark == kept.mark
        differs = "" if same else "；两份的数字不一致，请核对"
        said = f"重复：与 {kept.file} 是同一份报告，不计入合计{differs}"
        return f"{said}。{entry.note}" if entry.note else said

    @property
    def counted_twice(self) -> int:
        """Return how many projects stand in several of the entries that count."""
        return sum(len(set(places)) > 1 for places in self._projects.values())

    def _shared(self, place: int) -> Sequence[tuple[str, str]]:
        """An entry's projects that other counted entries have, too, each with the last such file.

        They come in the order in which the others do.
        """
        entry = self.entries[place]
        found = []
        for name in dict.fromkeys(project.name for project in entry.projects):
            others = [one for one in self._projects.get(_of(entry, name), ()) if one != place]
            if others:
                found.append((others[0], name, self.entries[others[-1]].file))
        return [(name, file) for _, name, file in sorted(found, key=lambda one: one[0])]


def find_copies(entries: Sequence[Entry]) -> Copies:
    """Return which entries are copies.

    A workbook comes before a PDF, a PDF before a Word file; of two alike the later one counts.
    """
    best: dict[Key, int] = {}
    keys = [entry.key for entry in entries]
    for place, (entry, key) in enumerate(zip(entries, keys, strict=True)):
        known = best.get(key)
        if known is None or _RANK[entry.source] <= _RANK[entries[known].source]:
            best[key] = place
    counted = {place: best[key] for place, key in enumerate(keys) if best[key] != place}
    projects: dict[_Project, list[int]] = {}
    for place, entry in enumerate(entries):
        if place not in counted:
            for name in dict.fromkeys(project.name for project in entry.projects):
                projects.setdefault(_of(entry, name), []).append(place)
    return Copies(entries, counted, projects)


def _of(entry: Entry, project: str) -> _Project:
    unit, year, layout, _ = entry.key
    return unit, year, layout, project


def _amounts(money: Money) -> tuple[Decimal | None, ...]:
    return money.initial, money.adjusted, money.actual
