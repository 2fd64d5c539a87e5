"""Quantities in a clause (数量): a number, how exactly it is meant, and its unit.

Numerals may be Chinese (三项, 二十八场), units scaled (2.1万亩, 0.5亿元). Years, days, hours of the
clock and document numbers are no quantities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from perfgen.model.numbers import half_up
from perfgen.prose.data import data
from perfgen.prose.numerals import chinese_number

_NUMBER = re.compile(
    r"(?:(?<![\dA-Za-z.])|(?<=[A-Z]{3})|(?<=[A-Z]{2})(?=\d{1,4}[台套部辆架把块件只张组]))(?:(?P<sign>[-+])(?=\d))?(?P<digits>\d{1,16}(?:\.\d{1,12})?)(?![\d.])"
    r"|(?P<chinese>[一二三四五六七八九两十百千]{1,9})"
)
_SCALE = re.compile(r"(?:百|千|十)?(?:万|亿)亿?|百|千")
_SCALES = {
    "十": Decimal(10), "百": Decimal(100), "千": Decimal(1000), "万": Decimal(10) ** 4,
    "亿": Decimal(10) ** 8,
}  # fmt: skip
MONEY = "元"
PERCENT = "%"
POINTS = "个百分点"
MARKS = "分"

_IN_DIGITS = frozenset(data("units.toml")["in_digits"])
_KNOWN = frozenset(data("units.toml")["units"]) | _IN_DIGITS
_LONGEST_UNIT = max(len(unit) for unit in _KNOWN)
_NO_QUANTITY = frozenset(data("units.toml")["no_quantity"])
_FIXED = tuple(data("units.toml")["fixed"])
_SAME: Mapping[str, str] = data("units.toml")["same"]

_ABOUT_BEFORE = ("约", "大约", "约为", "左右", "大概")
_NO_ABOUT = ("节约", "签约", "预约", "违约", "履约", "续约", "合约", "公约", "毁约", "解约")
_BOUND_BEFORE = (
    "近", "超", "超过", "超出", "逾", "突破", "不少于", "不低于", "不超过", "不高于", "至少",
    "最多", "多达", "不足", "将近", "接近", "低于", "高于", "大于", "小于", "达到或超过", ">",
    "<", "≥", "≤", "第", "每",
)  # fmt: skip
_BOUND_AFTER = ("余", "多", "以上", "以下", "以内", "及以上", "及以下", "上下", "来")
_ABOUT_AFTER = ("左右",)
_AT_MOST = frozenset(
    {"近", "不超过", "不高于", "最多", "不足", "将近", "接近", "低于", "小于", "<", "≤"}
)
_AT_MOST_AFTER = ("以下", "以内", "及以下")
_NO_LIMIT = frozenset({"第", "每", "上下", "来"})


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit. `value` counts the scale in: 2.1万亩 has the number 2.1, value 21000.

    `about` is True where the number is meant as rounded (约), `bound` where it is only a bound, a
    rank or a part of a frequency (近百家, 超过, 第3, 每月2次). `limit` is ≥ or ≤ for a bound.
    """

    typed: str
    number: Decimal
    scale: Decimal
    unit: str
    decimals: int
    start: int
    end: int
    about: bool = False
    bound: bool = False
    limit: str = ""

    @property
    def value(self) -> Decimal:
        """Return the number times its scale: 元 for 万元."""
        return self.number * self.scale

    @property
    def written_unit(self) -> str:
        """Return the unit with its scale, as it is written: 万元 of 1126万元."""
        return self.typed.lstrip("+-0123456789.一二三四五六七八九十两")

    @property
    def is_money(self) -> bool:
        """Return whether this is an amount of money in 元."""
        return self.unit == MONEY

    @property
    def kind(self) -> str:
        """Return the unit under which quantities may be compared: 人 for 名 and 位."""
        return kind_of(self.unit)

    def is_(self, value: Decimal) -> bool:
        """Return whether a value, rounded as this number is written, is this number."""
        scaled = value / self.scale
        if half_up(scaled, self.decimals) == self.number:
            return True
        return self.about and abs(scaled - self.number) <= self.step

    @property
    def step(self) -> Decimal:
        """Return half of the last place that is written: 0.05 for 2.3, 50 for 约2800."""
        if self.decimals:
            return Decimal(1).scaleb(-self.decimals) / 2
        digits = str(self.number)
        zeros = len(digits) - len(digits.rstrip("0"))
        return Decimal(1).scaleb(min(zeros, len(digits) - 1)) / 2


@lru_cache(maxsize=1024)
def kind_of(unit: str) -> str:
    """Return the unit under which a unit's quantities may be compared: 人 for 名 and 位."""
    bare = _SECOND_UNIT.sub("", unit)
    return _SAME.get(bare, bare)


_SECOND_UNIT = re.compile("(?<=.)[(（].[)）]")
"""件(套), 台（套）."""


@lru_cache(maxsize=4096)
def quantities(clause: str) -> tuple[Quantity, ...]:
    """Return the quantities of a folded clause, in their order."""
    return tuple(_quantities(clause))


def _quantities(clause: str) -> Iterator[Quantity]:
    place = 0
    while found := _NUMBER.search(clause, place):
        place = found.end()
        digits = found["digits"]
        number = Decimal(digits) if digits else chinese_number(found["chinese"])
        if number is None:
            continue
        if found["sign"]:
            number = -number if found["sign"] == "-" and _is_sign(clause, found.start()) else number
        end, vague = _skip(clause, found.end(), _BOUND_AFTER)
        scale, end = _scale(clause, end)
        end, more = _skip(clause, end, _BOUND_AFTER[:2])
        unit = _unit(clause, end)
        if not unit or unit in _NO_QUANTITY or (not digits and _is_word(clause, found, unit)):
            continue
        if not digits and clause.startswith(_FIXED, found.start()):
            continue
        unit += _per(clause, end + len(unit))
        end += len(unit)
        after = clause[end : end + 3]
        if after[:1] == "多" and after[1:2].isdigit():  # 比计划的440公里多26公里
            after = ""
        before = clause[max(0, found.start() - 5) : found.start()].replace("彩超", "彩色")
        limit = "≥" if vague or more else _limit(before, after)
        yield Quantity(
            typed=clause[found.start() : end],
            number=number,
            scale=scale,
            unit=POINTS if unit == "百分点" else unit,
            decimals=len(digits.partition(".")[2]) if digits else 0,
            start=found.start(),
            end=end,
            about=(before.endswith(_ABOUT_BEFORE) and not before.endswith(_NO_ABOUT))
            or after.startswith(_ABOUT_AFTER),
            bound=vague or more or before.endswith(_BOUND_BEFORE) or after.startswith(_BOUND_AFTER),
            limit=limit,
        )
        place = end


def _limit(before: str, after: str) -> str:
    """≥ or ≤ by the words around a number; "" where it is no bound, or a rank."""
    for word in sorted(_BOUND_BEFORE, key=len, reverse=True):
        if before.endswith(word):
            return "" if word in _NO_LIMIT else "≤" if word in _AT_MOST else "≥"
    word = next((one for one in sorted(_BOUND_AFTER, key=len) if after.startswith(one)), "")
    if not word or word in _NO_LIMIT:
        return ""
    return "≤" if after.startswith(_AT_MOST_AFTER) else "≥"


def _is_sign(clause: str, place: int) -> bool:
    """Whether a dash is a minus, and no dash of a range or a number of a document."""
    return place == 0 or clause[place - 1] not in "0123456789号年月日%元"


def _skip(clause: str, place: int, words: tuple[str, ...]) -> tuple[int, bool]:
    for word in words[:2]:  # 余 and 多 stand between number and unit
        if clause.startswith(word, place):
            return place + len(word), True
    return place, False


def _scale(clause: str, place: int) -> tuple[Decimal, int]:
    found = _SCALE.match(clause, place)
    if not found or (not _unit(clause, found.end()) and found.group() in ("百", "千")):
        return Decimal(1), place
    scale = Decimal(1)
    for char in found.group():
        scale *= _SCALES[char]
    return scale, found.end()


def unit_at(text: str, place: int) -> str:
    """Return the unit that stands at a place of a folded text, or ""."""
    return _unit(text, place)


def _unit(clause: str, place: int) -> str:
    for length in range(_LONGEST_UNIT, 0, -1):
        if clause[place : place + length] in _KNOWN:
            return clause[place : place + length]
    return ""


_HEADS = frozenset("生师车校")
_PER = re.compile(r"/每?[百千万亿]{0,2}")


def _per(clause: str, place: int) -> str:
    """What a unit is divided by (6批次/千人, 800元/户): such a number is no count and no amount."""
    found = _PER.match(clause, place)
    if found is None:
        return ""
    following = clause[found.end() : found.end() + 1]
    unit = _unit(clause, found.end()) or (following if following in _HEADS else "")
    return found.group() + unit if unit else ""


def _is_word(clause: str, found: re.Match[str], unit: str) -> bool:
    """Whether a Chinese numeral is a part of a word (一级, 第一, 万众一心), and no count."""
    if unit in _IN_DIGITS:
        return True
    before = clause[found.start() - 1] if found.start() else ""
    if before in ("第", "之", "唯", "每", "统", "同", "任", "某", "逐", "这", "那", "另", "初"):
        return True
    return unit in ("期", "级", "线", "般", "点", "部", "方", "路", "大", "级") or unit in (
        "分",
        "口",
        "体",
    )
