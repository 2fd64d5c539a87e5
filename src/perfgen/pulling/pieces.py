"""The printed parts of one cell, and what became of them (一格的各段)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from perfgen.pulling.changes import Ask


@dataclass(slots=True)
class Piece:
    """A printed part of a cell, or a paragraph that was added to it.

    `old` is None for an added one; `new` is None for one that is gone.
    """

    source: int
    old: str | None
    new: str | None
    where: str
    order: int = 0
    ask: Ask | None = None
    group: int = 0
    note: str = ""


Run = list[Piece]
"""The pieces of one cell that stand together in one place, in their new order."""


def is_edit(piece: Piece) -> bool:
    """Return whether a piece was added, taken out or edited."""
    return piece.old is None or piece.new != piece.old


def rises(run: Run) -> bool:
    """Return whether the printed pieces of a run stand in their old order."""
    orders = [piece.order for piece in run if piece.old is not None and piece.new is not None]
    return orders == sorted(orders)


def order_of(piece: Piece) -> int:
    """Return where a piece was printed."""
    return piece.order


def notes_of(runs: Sequence[Run]) -> list[str]:
    """Return what the officer should know of these pieces."""
    return [piece.note for run in runs for piece in run if piece.note]
