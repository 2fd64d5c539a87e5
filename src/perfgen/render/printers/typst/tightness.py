"""How tight the rows of a table are printed (行距松紧)."""

from __future__ import annotations

from typing import NamedTuple


class Tightness(NamedTuple):
    """What is left of the space above and below the words of cells, and of their lines' height."""

    space: float
    lines: float


AS_ASKED = Tightness(1.0, 1.0)
TIGHTER = (Tightness(0.75, 1.0), Tightness(0.5, 1.0), Tightness(0.5, 0.96))
"""What is tried, one after the other, to draw in a short tail."""
