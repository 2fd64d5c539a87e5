"""Chinese numerals and the numbers of lists (序号), as official documents write them."""

from __future__ import annotations

import re

_DIGITS = "零一二三四五六七八九"
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
