"""What several rules ask of one report, worked out once (同一份报告只算一次)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from perfgen.checks.registry import Case
from perfgen.figures.compute import Figures
from perfgen.model.layout import Layout
from perfgen.model.records import Report

T = TypeVar("T")

_latest: list[tuple[Report, Figures, Layout, dict[Callable[[Case], Any], Any]]] = []
"""What was worked out for the report that was looked at last."""


def once(case: Case, make: Callable[[Case], T]) -> T:
    """Return what `make` gives for this report; whoever asks next is given the same.

    `make` goes by the report, its figures and its layout alone, never by a rule's bounds.
    """
    if not _latest or any(
        known is not asked
        for known, asked in zip(_latest[0], (case.report, case.figures, case.layout), strict=False)
    ):
        _latest[:] = [(case.report, case.figures, case.layout, {})]
    made = _latest[0][3]
    if make not in made:
        made[make] = make(case)
    result: T = made[make]
    return result


def forget() -> None:
    """Keep nothing of the last report: what is printed next needs the room."""
    _latest.clear()
