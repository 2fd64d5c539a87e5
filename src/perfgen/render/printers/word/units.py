"""Word's units: twentieths of a point (缇), half points, eighths of a point, EMU."""

from __future__ import annotations

from math import floor

EMU_PER_POINT = 12700


def twips(points: float) -> int:
    """Return a length in twentieths of a point, to the nearest."""
    return round(points * 20)


def twips_down(points: float) -> int:
    """Return a length in twentieths of a point, rounded down.

    Line heights and letter spacing must not be rounded up, or the type area holds one line, or a
    line one character, less than it should.
    """
    return floor(points * 20 + 1e-6)


def half_points(points: float) -> int:
    """Return a font size in half points."""
    return round(points * 2)


def eighths(points: float) -> int:
    """Return a line's width in eighths of a point, within what Word draws (1/4 to 6 pt)."""
    return min(max(round(points * 8), 2), 48)
