"""The measured trials as numbers: recall, place and precision, by kind of error and by rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from truth.measure import Found, Measured, Trial


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    def __str__(self) -> str:
        """Return `45/50（90.0%）`."""
        return f"{self.part}/{self.whole}（{self.percent}）" if self.whole else "—"

    @property
    def percent(self) -> str:
        """Return the share in percent."""
        return f"{self.part * 100 / self.whole:.1f}%" if self.whole else "—"


@dataclass(frozen=True)
class Kind:
    """How one kind of planted error fares."""

    name: str
    found: Share
    on_sheet: Share
    at_place: Share


def share(trials: Sequence[Trial], fits: Callable[[Trial], bool]) -> Share:
    """Return how many of the trials fit."""
    return Share(sum(map(fits, trials)), len(trials))


def kinds(trials: Iterable[Trial]) -> tuple[Kind, ...]:
    """Return the planted errors by kind, in the order of their first appearance."""
    by_kind: dict[str, list[Trial]] = {}
    for trial in trials:
        by_kind.setdefault(trial.edit.kind, []).append(trial)
    return tuple(
        Kind(
            name,
            share(group, lambda trial: trial.found),
            share(group, lambda trial: trial.on_sheet),
            share(group, lambda trial: trial.at_place),
        )
        for name, group in by_kind.items()
    )


def plants(measured: Sequence[Measured]) -> list[Trial]:
    """Return all planted errors."""
    return [trial for book in measured for trial in book.plants]


def wrong_sentences(measured: Sequence[Measured]) -> list[Trial]:
    """Return all wrong sentences."""
    return [trial for book in measured for trial in book.wrong]


def right_sentences(measured: Sequence[Measured]) -> list[Trial]:
    """Return all right sentences."""
    return [trial for book in measured for trial in book.right]


def harmless(measured: Sequence[Measured]) -> list[Trial]:
    """Return all edits that do no harm."""
    return [trial for book in measured for trial in book.benign]


def false_findings(measured: Sequence[Measured]) -> list[Found]:
    """Return what is said of clean workbooks, harmless edits and right sentences."""
    found = [one for book in measured for one in book.clean]
    trials = [*harmless(measured), *right_sentences(measured)]
    return found + [one for trial in trials for one in trial.new]


def precision(measured: Sequence[Measured]) -> tuple[tuple[str, Share], ...]:
    """Return, for each rule, how many of its findings point at an error that was planted.

    A finding elsewhere in a workbook with an error counts neither way: it may follow from it.
    """
    right: Counter[str] = Counter()
    for trial in [*plants(measured), *wrong_sentences(measured)]:
        right.update({one.code for one in trial.new if one.place in trial.places})
    wrong = Counter(one.code for one in false_findings(measured))
    return tuple(
        (code, Share(right[code], right[code] + wrong[code])) for code in sorted(right | wrong)
    )


def one_or_more(trials: Sequence[Trial]) -> tuple[int, int]:
    """Return how many findings to mend the found errors have in all, and the most that one has."""
    numbers = [max(1, sum(not one.follows for one in trial.new)) for trial in trials if trial.found]
    return sum(numbers), max(numbers, default=0)
