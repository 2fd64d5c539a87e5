"""Contours of lines and cubic curves → a TrueType glyph, whose curves are quadratic."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from fontTools.cu2qu import curve_to_quadratic

from perfgen.render.fonts.truetype.charstrings import Contour

_Point = tuple[int, int, bool]
_ON, _X_SHORT, _Y_SHORT, _X_SAME, _Y_SAME = 1, 2, 4, 16, 32
_FEWEST_POINTS = 3


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph as TrueType writes it, its box, and how many points and contours it has."""

    data: bytes
    box: tuple[int, int, int, int]
    points: int
    contours: int


EMPTY = Glyph(b"", (0, 0, 0, 0), 0, 0)


def truetype_glyph(contours: Sequence[Contour], tolerance: float) -> Glyph:
    """Return the glyph whose curves lie within `tolerance` units of the given ones."""
    rings = [ring for one in contours if len(ring := _ring(one, tolerance)) >= _FEWEST_POINTS]
    if not rings:
        return EMPTY
    points = [point for ring in rings for point in ring]
    xs, ys = [x for x, _, _ in points], [y for _, y, _ in points]
    box = (min(xs), min(ys), max(xs), max(ys))
    ends, end = [], -1
    for ring in rings:
        end += len(ring)
        ends.append(end)
    head = struct.pack(f">h4h{len(ends)}HH", len(ends), *box, *ends, 0)
    return Glyph(head + _written(points), box, len(points), len(ends))


def _ring(contour: Contour, tolerance: float) -> list[_Point]:
    """Return a contour's points, in TrueType's direction of turning (the other one)."""
    x, y = contour[0][0], contour[0][1]
    points: list[_Point] = [(round(x), round(y), True)]
    for segment in contour[1:]:
        if len(segment) == 6:
            x1, y1, x2, y2, x3, y3 = segment
            spline = curve_to_quadratic(((x, y), (x1, y1), (x2, y2), (x3, y3)), tolerance)
            points += [(round(cx), round(cy), False) for cx, cy in spline[1:-1]]
            x, y = x3, y3
        else:
            x, y = segment
        point = (round(x), round(y), True)
        if point != points[-1]:
            points.append(point)
    if len(points) > 1 and points[-1] == points[0]:
        points.pop()
    points[1:] = points[:0:-1]
    return points


def _written(points: Sequence[_Point]) -> bytes:
    """Return the flags and the steps from point to point, each in one or two bytes."""
    flags, across, along = bytearray(), bytearray(), bytearray()
    for (old_x, old_y, _), (x, y, on) in pairwise(((0, 0, True), *points)):
        flag = _ON if on else 0
        flag |= _step(x - old_x, across, _X_SHORT, _X_SAME)
        flag |= _step(y - old_y, along, _Y_SHORT, _Y_SAME)
        flags.append(flag)
    return bytes(flags + across + along)


def _step(step: int, written: bytearray, short: int, same: int) -> int:
    """Write one step; return the bits that say how it is written."""
    if step == 0:
        return same
    if -256 < step < 256:
        written.append(abs(step))
        return short | same if step > 0 else short
    written += step.to_bytes(2, "big", signed=True)
    return 0
