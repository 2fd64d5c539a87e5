"""Reads the outlines of PostScript fonts (CFF): a glyph's program → its contours.

fontTools reads them too, four times slower: a Chinese font has up to 30,000 glyphs. What only odd
fonts use (arithmetic, accents put together) is left to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

Number = float
Line = tuple[Number, Number]
Curve = tuple[Number, Number, Number, Number, Number, Number]
Contour = list[Line | Curve]
"""A contour's starting point, then the ends of its lines and the three points of its curves."""

_MOST_NESTED = 16


class Unusual(Exception):
    """A program that this module does not read."""


class _Path:
    """The contours drawn so far, and where the pen stands."""

    __slots__ = ("contour", "contours", "x", "y")

    def __init__(self) -> None:
        self.contours: list[Contour] = []
        self.contour: Contour = []
        self.x: Number = 0
        self.y: Number = 0

    def move(self, dx: Number, dy: Number) -> None:
        self.x += dx
        self.y += dy
        self.contour = [(self.x, self.y)]
        self.contours.append(self.contour)

    def line(self, dx: Number, dy: Number) -> None:
        self.x += dx
        self.y += dy
        self.contour.append((self.x, self.y))

    def curve(
        self, dx1: Number, dy1: Number, dx2: Number, dy2: Number, dx3: Number, dy3: Number
    ) -> None:
        x1, y1 = self.x + dx1, self.y + dy1
        x2, y2 = x1 + dx2, y1 + dy2
        self.x, self.y = x2 + dx3, y2 + dy3
        self.contour.append((x1, y1, x2, y2, self.x, self.y))


def contours_of(
    program: bytes, local_subrs: Sequence[bytes], global_subrs: Sequence[bytes]
) -> list[Contour]:
    """Return the contours that a glyph's program (Type 2 charstring) draws.

    Raises Unusual, or IndexError where the program is damaged.
    """
    path = _Path()
    stack: list[Number] = []
    returns: list[tuple[bytes, int]] = []
    hints, at = 0, 0
    while True:
        byte = program[at]
        at += 1
        if 32 <= byte <= 246:
            stack.append(byte - 139)
        elif byte >= 247 or byte == 28:
            number, at = _long_number(program, byte, at)
            stack.append(number)
        elif byte in _DRAWS:
            _DRAWS[byte](path, stack)
            stack.clear()
        elif byte in _STEMS:
            hints += len(stack) // 2
            stack.clear()
            if byte in _MASKS:
                at += (hints + 7) // 8
        elif byte in {10, 29}:
            if len(returns) >= _MOST_NESTED:
                raise Unusual
            returns.append((program, at))
            program, at = _subroutine(stack, local_subrs if byte == 10 else global_subrs), 0
        elif byte == 11:
            program, at = returns.pop()
        elif byte == 12:
            _flex(program[at], path, stack)
            at += 1
        elif byte == 14 and len(stack) < 4:
            return path.contours
        else:
            raise Unusual


def _long_number(program: bytes, byte: int, at: int) -> tuple[Number, int]:
    if byte == 28:
        return int.from_bytes(program[at : at + 2], "big", signed=True), at + 2
    if byte <= 250:
        return (byte - 247) * 256 + program[at] + 108, at + 1
    if byte <= 254:
        return (251 - byte) * 256 - program[at] - 108, at + 1
    return int.from_bytes(program[at : at + 4], "big", signed=True) / 65536, at + 4


def _subroutine(stack: list[Number], subrs: Sequence[bytes]) -> bytes:
    count = len(subrs)
    bias = 107 if count < 1240 else 1131 if count < 33900 else 32768
    number = int(stack.pop()) + bias
    if number < 0:
        raise Unusual
    return subrs[number]


def _rmoveto(path: _Path, stack: list[Number]) -> None:
    path.move(stack[-2], stack[-1])


def _hmoveto(path: _Path, stack: list[Number]) -> None:
    path.move(stack[-1], 0)


def _vmoveto(path: _Path, stack: list[Number]) -> None:
    path.move(0, stack[-1])


def _rlineto(path: _Path, stack: list[Number]) -> None:
    for at in range(0, len(stack) - 1, 2):
        path.line(stack[at], stack[at + 1])


def _hlineto(path: _Path, stack: list[Number]) -> None:
    for at, step in enumerate(stack):
        path.line(*((0, step) if at % 2 else (step, 0)))


def _vlineto(path: _Path, stack: list[Number]) -> None:
    for at, step in enumerate(stack):
        path.line(*((step, 0) if at % 2 else (0, step)))


def _rrcurveto(path: _Path, stack: list[Number]) -> None:
    for at in range(0, len(stack) - 5, 6):
        path.curve(*stack[at : at + 6])


def _rcurveline(path: _Path, stack: list[Number]) -> None:
    _rrcurveto(path, stack[:-2])
    path.line(stack[-2], stack[-1])


def _rlinecurve(path: _Path, stack: list[Number]) -> None:
    _rlineto(path, stack[:-6])
    path.curve(*stack[-6:])


def _hhcurveto(path: _Path, stack: list[Number]) -> None:
    first = len(stack) % 2
    dy1 = stack[0] if first else 0
    for at in range(first, len(stack) - 3, 4):
        path.curve(stack[at], dy1, stack[at + 1], stack[at + 2], stack[at + 3], 0)
        dy1 = 0


def _vvcurveto(path: _Path, stack: list[Number]) -> None:
    first = len(stack) % 2
    dx1 = stack[0] if first else 0
    for at in range(first, len(stack) - 3, 4):
        path.curve(dx1, stack[at], stack[at + 1], stack[at + 2], 0, stack[at + 3])
        dx1 = 0


def _hvcurveto(path: _Path, stack: list[Number]) -> None:
    _turning_curves(path, stack, level=True)


def _vhcurveto(path: _Path, stack: list[Number]) -> None:
    _turning_curves(path, stack, level=False)


def _turning_curves(path: _Path, stack: list[Number], *, level: bool) -> None:
    """Draw curves that begin level and end upright, or the other way round, by turns."""
    last = len(stack) - 4 - len(stack) % 4
    for at in range(0, len(stack) - 3, 4):
        first, dx2, dy2, end = stack[at : at + 4]
        bent = stack[at + 4] if at == last and len(stack) % 4 else 0
        if level:
            path.curve(first, 0, dx2, dy2, bent, end)
        else:
            path.curve(0, first, dx2, dy2, end, bent)
        level = not level


def _flex(operator: int, path: _Path, stack: list[Number]) -> None:
    """Draw two curves that nearly make a line."""
    if operator == 35:
        path.curve(*stack[:6])
        path.curve(*stack[6:12])
    elif operator == 34:
        dx1, dx2, dy2, dx3, dx4, dx5, dx6 = stack
        path.curve(dx1, 0, dx2, dy2, dx3, 0)
        path.curve(dx4, 0, dx5, -dy2, dx6, 0)
    elif operator == 36:
        dx1, dy1, dx2, dy2, dx3, dx4, dx5, dy5, dx6 = stack
        path.curve(dx1, dy1, dx2, dy2, dx3, 0)
        path.curve(dx4, 0, dx5, dy5, dx6, -(dy1 + dy2 + dy5))
    elif operator == 37:
        *both, last = stack
        dx, dy = sum(both[0::2]), sum(both[1::2])
        end = (last, -dy) if abs(dx) > abs(dy) else (-dx, last)
        path.curve(*both[:6])
        path.curve(*both[6:10], *end)
    else:
        raise Unusual
    stack.clear()


_DRAWS: dict[int, Callable[[_Path, list[Number]], None]] = {
    4: _vmoveto, 5: _rlineto, 6: _hlineto, 7: _vlineto, 8: _rrcurveto, 21: _rmoveto, 22: _hmoveto,
    24: _rcurveline, 25: _rlinecurve, 26: _vvcurveto, 27: _hhcurveto, 30: _vhcurveto,
    31: _hvcurveto,
}  # fmt: skip
_MASKS = frozenset({19, 20})
_STEMS = frozenset({1, 3, 18, 23}) | _MASKS
