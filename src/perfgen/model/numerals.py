"""Chinese numerals and the numbers of lists (序号), as official documents write them."""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = "零一二三四五六七八九"
_VALUES = {char: value for value, char in enumerate(_DIGITS)} | {"〇": 0, "○": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
NUMERALS = "〇○零一二两三四五六七八九十百千"
"""The characters of a Chinese numeral; 万 and 亿 are read as part of the unit."""
_NUMBERED = re.compile(r"[（(][一二三四五六七八九十]+[)）]")
_NUMBER = r"\s*[0-9０-９一二三四五六七八九十]*\s*[：:、.．]\s*"


def chinese(number: int) -> str:
    """`{{ loop.index | chinese }}`: 一, 十二, 二十; for numbers below 100."""
    tens, ones = divmod(number, 10)
    front = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return front + (_DIGITS[ones] if ones else "")


def numbered(text: str, number: int) -> str:
    """`{{ duty.text | numbered(loop.index) }}`: （三）…; a number that the officer typed stays."""
    return text if _NUMBERED.match(text) else "（" + chinese(number) + "）" + text


def unlabelled(text: str, label: str) -> str:
    """`{{ goal | unlabelled("目标") }}`: a label that the officer typed (目标1：) is left out."""
    matched = re.match(rf"\s*{re.escape(label)}{_NUMBER}", text)
    return text[matched.end() :] if matched else text


def number_of(numeral: str) -> Decimal | None:
    """Return what a Chinese numeral stands for: 一百二十 → 120, 两 → 2, 二〇二四 → 2024.

    None for what is no numeral, such as 十百 or an empty text. Behind 点 stand single digits:
    九十五点六 → 95.6.
    """
    whole, point, places = numeral.partition("点")
    if point:
        number, digits = number_of(whole), [_VALUES.get(char) for char in places]
        if number is None or not digits or None in digits:
            return None
        return number + Decimal("0." + "".join(map(str, digits)))
    if not numeral or len(numeral) > _LONGEST or any(char not in NUMERALS for char in numeral):
        return None
    if len(numeral) > 1 and all(char in _VALUES for char in numeral):
        if len(numeral) < _DIGITS_OF_YEAR:
            return None  # 三四家 are three or four
        return Decimal("".join(str(_VALUES[char]) for char in numeral))
    value, digit, lowest = 0, None, 10000
    for char in numeral:
        if char in _TENS:
            if _TENS[char] >= lowest:
                return None
            lowest = _TENS[char]
            value += (1 if digit is None else digit) * lowest
            digit = None
        else:
            digit = _VALUES[char]
    if digit and lowest in (100, 1000) and numeral[-2] in _TENS:
        return None  # 一百二 is said for 120, and could be 102
    return Decimal(value + (digit or 0))


_LONGEST = 12
_DIGITS_OF_YEAR = 4
"""Digit by digit stands only what is long enough for it: 二〇二四."""
