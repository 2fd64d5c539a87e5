"""Whether one number looks like a slip of another (笔误): 1236 for 1263, 19.6 for 196."""

from __future__ import annotations

from decimal import Decimal

from perfgen.model.numbers import decimals_of, plain


def is_slip(one: Decimal, other: Decimal) -> bool:
    """Return whether two different numbers differ as slips of the hand do.

    The same digits in another order, one digit of three or more changed, one left out or typed
    twice, or the point in another place.
    """
    if not one or not other or one == other:
        return False
    if plain(abs(one)).replace(".", "").strip("0") == plain(abs(other)).replace(".", "").strip("0"):
        return True
    decimals = max(decimals_of(one), decimals_of(other))
    first, second = _digits(one, decimals), _digits(other, decimals)
    if len(first) == len(second):
        changed = sum(a != b for a, b in zip(first, second, strict=True))
        written_alike = decimals_of(one) == decimals_of(other) or changed == 2
        moved = sorted(first) == sorted(second) and written_alike  # 412 is no 102.4
        return moved or (changed == 1 and len(first.strip("0")) >= 3)
    longer, shorter = sorted((first, second), key=len, reverse=True)
    if len(longer) != len(shorter) + 1 or len(shorter.strip("0")) < 3:
        return False
    return any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))


def swapped_apart(one: Decimal, other: Decimal) -> int:
    """Return how far apart the two digits are that stand in each other's place; 0 for no swap."""
    decimals = max(decimals_of(one), decimals_of(other))
    first, second = _digits(one, decimals), _digits(other, decimals)
    if len(first) != len(second) or sorted(first) != sorted(second):
        return 0
    places = [place for place, (a, b) in enumerate(zip(first, second, strict=True)) if a != b]
    return places[1] - places[0] if len(places) == 2 else 0


def is_swapped(one: Decimal, other: Decimal) -> bool:
    """Return whether two neighbouring digits of a long number changed places: 1360.2 for 1306.2.

    Of numbers of four digits and more next to none are alike so by chance.
    """
    decimals = max(decimals_of(one), decimals_of(other))
    first, second = _digits(one, decimals), _digits(other, decimals)
    if len(first) != len(second) or len(first.strip("0")) < 4:
        return False
    apart = [place for place, (a, b) in enumerate(zip(first, second, strict=True)) if a != b]
    if len(apart) != 2 or apart[1] != apart[0] + 1:
        return False
    return first[apart[0]] == second[apart[1]] and first[apart[1]] == second[apart[0]]


def _digits(number: Decimal, decimals: int) -> str:
    """The digits of a number without its point, with as many decimals as its fellow has."""
    return plain(abs(number.scaleb(decimals))) if number else ""
