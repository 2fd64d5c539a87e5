"""Numbers that stand beside each other in a sentence (挨着的数), and what they give together.

What stands in brackets belongs to what stands right before them: walking back from a number, the
brackets that were closed on the way are passed over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfgen.prose.claims import Said
from perfgen.prose.quantities import Quantity
from perfgen.prose.spans import Span

_HALF, _HUNDRED = Decimal("0.5"), Decimal(100)


@dataclass(frozen=True, slots=True)
class Misfit:
    """A number that is not what its neighbours give, what they give, and how it is worked out.

    `other_way` is where it only goes the other way than is said.
    """

    said: Quantity
    wanted: Decimal
    shown: str
    other_way: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence's numbers in their order, each with how deep it stands in brackets."""

    text: str
    numbers: tuple[Said, ...]
    depths: tuple[int, ...]

    def before(self, place: int, most: int = 4) -> list[int]:
        """Return the places of the numbers before one, the nearest first, closed brackets aside."""
        found: list[int] = []
        lowest = self.depths[place]
        for at in range(place - 1, -1, -1):
            between = self.text[self.end(at) : self.start(at + 1)]
            lowest = min(lowest, self._lowest(at, between))
            if self.depths[at] <= lowest:
                found.append(at)
            if len(found) == most:
                break
        return found

    def _lowest(self, at: int, between: str) -> int:
        depth = lowest = self.depths[at]
        for char in between:
            depth += {"(": 1, ")": -1}.get(char, 0)
            lowest = min(lowest, depth)
        return lowest

    def start(self, place: int) -> int:
        """Return where a number begins."""
        return self.numbers[place].quantity.start

    def end(self, place: int) -> int:
        """Return where a number ends."""
        return self.numbers[place].quantity.end

    def lead(self, place: int) -> str:
        """Return the words before a number back to the number before."""
        return self.numbers[place].lead

    def of(self, place: int) -> Quantity:
        """Return the quantity at a place."""
        return self.numbers[place].quantity

    def in_brackets_behind(self, place: int) -> list[int]:
        """Return the places of the numbers in brackets that are opened right behind a number."""
        found: list[int] = []
        for at in range(place + 1, len(self.numbers)):
            if at == place + 1 and not self.lead(at).startswith("("):
                break
            if self.depths[at] <= self.depths[place]:
                break
            found.append(at)
        return found


def told(text: str, numbers: Sequence[Said]) -> Told:
    """Return a sentence's numbers with their brackets."""
    depths: list[int] = []
    depth = at = 0
    for one in numbers:
        for char in text[at : one.quantity.start]:
            depth = max(0, depth + {"(": 1, ")": -1}.get(char, 0))
        at = one.quantity.start
        depths.append(depth)
    return Told(text, tuple(numbers), tuple(depths))


def is_in(said: Quantity, low: Decimal, high: Decimal) -> bool:
    """Return whether a number, as it is rounded, lies between two others, in its own unit."""
    number, scale = abs(said.number), said.scale
    step = said.step if said.about or said.decimals else _HALF
    return low / scale - step <= number <= high / scale + step


def quotient(total: Quantity, count: Quantity) -> tuple[Decimal, Decimal]:
    """Return the least and the greatest that a total may be for each one of a count."""
    whole, many = Span.of(total), Span.of(count)
    return whole.low / many.high, whole.high / max(many.low, Decimal(1))


def share(part: Quantity, whole: Quantity) -> tuple[Decimal, Decimal]:
    """Return the least and the greatest percentage that a part may be of a whole."""
    return Span.of(part).share_of(Span.of(whole))


def rest_of(share_: tuple[Decimal, Decimal]) -> tuple[Decimal, Decimal]:
    """Return what is left of a whole, in percent."""
    return _HUNDRED - share_[1], _HUNDRED - share_[0]
