"""How one number of a text differs from another (怎样写错的), and what slips have in common."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from enum import Enum

from perfgen.model.numbers import decimals_of, plain
from perfgen.prose.mentions import Mention
from perfgen.prose.slips import is_slip, swapped_apart

_LONG, _TWO = 3, 2
"""Numbers of so many digits are seldom alike by chance; of two digits many are."""

_HALF, _TWICE = Decimal("0.5"), Decimal(2)


class Slip(Enum):
    """How two numbers differ; the value says how much the words in common must weigh."""

    TURNED_LONG = 1.5  # two neighbouring digits of an amount of four and more changed places
    TURNED = 4.0  # two neighbouring digits of three and more changed places
    TURNED_SHORT = 5.0  # of two digits, or digits farther apart
    ONE_DIGIT = 7.5  # one digit of three and more
    LEFT_OUT = 8.0  # a digit was left out or typed twice
    ONE_OF_TWO = 16.0  # one digit of two
    NEAR = 10.0  # another number, but none that is far off


def slip_of(one: Mention, other: Mention) -> Slip | None:
    """Return how one number is a slip of the other; None where it is not."""
    said, right = abs(one.quantity.value), abs(other.quantity.value)
    if said == right or not said or not right:
        return None
    digits = min(len(one.digits), len(other.digits))
    apart = swapped_apart(said, right)
    if apart:
        if apart > 1 or digits < _LONG:
            return Slip.TURNED_SHORT
        return Slip.TURNED_LONG if one.quantity.is_money and digits > _LONG else Slip.TURNED
    if not _written_alike(one, other):
        return None  # 39% and 39.4%: rounded, or two things
    if is_slip(said, right):
        as_long = len(one.digits) == len(other.digits)
        return Slip.ONE_DIGIT if as_long else Slip.LEFT_OUT if digits >= _LONG else None
    first, second = one.digits, other.digits
    one_off = sum(a != b for a, b in zip(first, second, strict=False)) == 1
    if one.quantity.is_money or are_two_things(one, other):
        return None
    if len(first) == len(second) == _TWO and one_off:
        return Slip.ONE_OF_TWO
    return Slip.NEAR if _HALF <= said / right <= _TWICE else None


def _written_alike(one: Mention, other: Mention) -> bool:
    """Whether both have as many decimals; a table writes 1260000 for 126万元."""
    first, second = one.quantity, other.quantity
    if first.scale == second.scale or not first.is_money:
        return first.decimals == second.decimals
    return decimals_of(first.value / first.scale) == decimals_of(second.value / first.scale)


def are_two_things(one: Mention, other: Mention) -> bool:
    """Whether what is counted has two names, whatever else is told beside: 金牌18枚, 银牌17枚."""
    return (
        len(one.head) == len(other.head) == _TWO
        and one.head not in other.whole
        and other.head not in one.whole
    )


def keys_of(one: Mention) -> Iterator[str]:
    """The digits sorted, with each left out, and with each as a blank: slips share a key."""
    digits = plain(abs(one.quantity.value)).replace(".", "").lstrip("0")
    if len(digits) < _TWO:
        return
    yield "".join(sorted(digits)).lstrip("0")
    for place in range(len(digits)):
        yield digits[:place] + "*" + digits[place + 1 :]
        if len(digits) > _LONG:
            yield digits[:place] + digits[place + 1 :] + "-"
    if len(digits) >= _LONG:
        yield digits + "-"
