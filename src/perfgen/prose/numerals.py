"""Chinese numerals as numbers (中文数字): 两, 十二, 三百二十, 一千零五."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7,
           "八": 8, "九": 9}  # fmt: skip
_TENS = {"十": 10, "百": 100, "千": 1000}


def chinese_number(text: str) -> Decimal | None:
    """Return what a numeral below ten thousand says, None where it is none (百千, 三五).

    Digits in a row (二〇二三) are no number here: they are years.
    """
    total, digit, size = 0, None, 10000
    for char in text:
        if char in _DIGITS:
            if digit is not None and digit != 0:
                return None
            digit = _DIGITS[char]
        elif char in _TENS and _TENS[char] < size:
            size = _TENS[char]
            if digit is None and (size != 10 or total):
                return None
            total += (1 if digit is None else digit) * size
            digit = None
        else:
            return None
    return Decimal(total + (digit or 0))
