"""What Excel shows for a number under its number format (数字格式).

Read from the format: decimals, zeros in front, the percent sign, and words of the officer's own
(`0"次"` shows 5次). Only the part for positive numbers counts; a negative keeps its minus.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from perfgen.model.numbers import decimals_of, half_up, plain

LONGEST = 255
"""Characters of a format that Excel itself allows."""

_PIECE = re.compile(r'"([^"]*)"|[\\!](.)|\[[^\]]*\]|[_*].|(General|G/通用格式)|(.)', re.DOTALL)
_BARE = re.compile(r'"[^"]*"|[\\!].|[_*].|\[[^\]]*\]', re.DOTALL)
_DIGITS = re.compile(r"[0#?,]+(\.[0#?]*)?")
_CURRENCY = dict.fromkeys(map(ord, "¥￥$€"))


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A number format: words before and after, and how many digits it shows.

    `most` is None where the format leaves the decimals to the number (General, text). `scaled`
    is True where a comma at the end shows thousands (`0.00,`): what is seen is not what is stored.
    """

    before: str = ""
    after: str = ""
    whole: int = 1
    least: int = 0
    most: int | None = None
    percent: bool = False
    scaled: bool = False

    def show(self, number: Decimal) -> str:
        """Return the number as Excel shows it, without thousands separators and currency."""
        value = number * 100 if self.percent else number
        if self.most is None:
            digits = plain(value)
        else:
            value = half_up(value, self.most) if decimals_of(value) > self.most else value
            digits = plain(value)
            if self.least > decimals_of(Decimal(digits)):
                digits = format(half_up(Decimal(digits), self.least), "f")
        sign = "-" if digits.startswith("-") else ""
        whole, point, rest = digits.removeprefix("-").partition(".")
        return f"{sign}{self.before}{whole.zfill(self.whole)}{point}{rest}{self.after}"


@lru_cache(maxsize=256)
def parse_format(code: str) -> NumberFormat:
    """Return what a format code such as `#,##0.00"次"` says; General where it says nothing."""
    section = _first_section(code[:LONGEST])
    before, digits, after = _parts(section)
    if digits == "G":
        return NumberFormat(before=before, after=after)
    bare = _BARE.sub("", section)
    if re.search(r"[0#?],+(?![0#?,])", bare):
        return NumberFormat(scaled=True)
    if not _DIGITS.fullmatch(digits):  # text, fractions, exponents: as General
        return NumberFormat()
    whole, _, decimals = digits.partition(".")
    return NumberFormat(
        before=before,
        after=after,
        whole=max(1, whole.count("0")),
        least=decimals.count("0"),
        most=len(decimals),
        percent="%" in bare,
    )


def show_day(day: date, code: str) -> str:
    """Return a day as its format shows it: 12月31日 where the format has no year."""
    bare = _BARE.sub("", _first_section(code[:LONGEST])).lower()
    year, number = "y" in bare, "d" in bare
    parts = [f"{day.year}年" if year or not number else ""]
    parts.append(f"{day.month}月" if "m" in bare or number or not year else "")
    parts.append(f"{day.day}日" if number or not year else "")
    return "".join(parts)


def _parts(section: str) -> tuple[str, str, str]:
    """The words before the digits, the digits' own code, and the words after them."""
    before, digits, after = "", "", ""
    for quoted, escaped, general, char in _PIECE.findall(section):
        if general:
            digits += "G"
        elif char and (char in "0#?@" or (digits and not after and char in ".,Ee+-/")):
            # Digits on both sides of a word (0"年"00"月") make no plain number.
            digits += f" {char}" if after else char
        elif digits:
            after += quoted or escaped or char
        else:
            before += quoted or escaped or char
    return before.translate(_CURRENCY).strip(), digits, after.strip()


def _first_section(code: str) -> str:
    """The part for positive numbers: up to the first semicolon outside quotation marks."""
    matched = re.match(r'(?:"[^"]*"|\\.|[^;"])*', code, re.DOTALL)
    return matched.group() if matched else code
