"""Amounts and numbers in cells (金额和数字): digits as people type them, and their units.

A number keeps the decimals that the officer sees. An amount in another unit of money than the
column's (500元 under 万元) is converted; what was converted is said by whoever reads the table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from perfgen.model.names import MISSING
from perfgen.model.numbers import YUAN, decimals_of, half_up
from perfgen.workbook.formats import parse_format
from perfgen.workbook.raw import RawCell

MOST_DIGITS = 15
"""Digits before the point that Excel can keep exactly; no sum of public money has more."""

FINEST = 10
"""Decimals of an amount: 分 in 亿元. What a formula leaves beyond them is binary dust."""

_AMOUNT = re.compile(
    r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,2}(?![0-9]))?"
    r"|[+-]?\.[0-9]+"
)
_SPACED = re.compile(r"[+-]?[0-9]{1,3}(?: [0-9]{3})+(?:\.[0-9]+)?(?![0-9])")
"""Thousands set apart by spaces, as Word tables have them: 5 661.17."""

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_UNITS: Mapping[str, str] = {
    "元": "元", "元整": "元", "圆": "元", "圆整": "元", "块": "元", "万元": "万元", "万": "万元",
    "万元整": "万元", "亿元": "亿元", "亿": "亿元", "亿元整": "亿元",
}  # fmt: skip


class Unreadable(Exception):
    """What is wrong with a cell, and what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep both sentences."""
        super().__init__(message)
        self.message = message
        self.hint = hint


def short(text: str, limit: int = 24) -> str:
    """Return a cell's text on one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"


def read_number(cell: RawCell) -> tuple[Decimal | None, str]:
    """Return the number of a cell and what follows it (`%`, `万元`); (None, "") when empty.

    Raises Unreadable, in Chinese.
    """
    if isinstance(cell.value, Decimal):
        return cell.value, ""
    if isinstance(cell.value, date):
        raise Unreadable(f"这里是日期（{cell.text}），应当是数字", "把单元格格式改为数值，重新填写")
    narrow = cell.text.translate(_FULL_WIDTH).lstrip("'’‘`")
    spaced = _SPACED.match(narrow)
    if spaced:
        narrow = spaced.group().replace(" ", "") + narrow[spaced.end() :]
    several = re.search(r"[0-9.,]\s+[0-9.,]", narrow)
    folded = re.sub(r"^[¥￥](?=.)|\s", "", narrow)
    if folded in MISSING:
        return None, ""
    if re.fullmatch(r"\([^()]+\)", folded):  # bookkeepers' negative
        folded = f"-{folded[1:-1]}"
    folded = folded.replace("−", "-").replace("–", "-")
    matched = _AMOUNT.match(folded)
    rest = folded[matched.end() :] if matched else ""
    if not matched or several or (rest and rest not in _UNITS and rest != "%"):
        raise Unreadable(f"“{short(cell.text)}”不是数字", "只填数字，例如 1234.50；没有就留空")
    number = Decimal(matched.group().replace(",", ""))
    exponent = "e" in matched.group().lower()
    return (Decimal(format(number, "f")) if exponent else number), rest


def read_amount(cell: RawCell, amount_unit: str) -> Decimal | None:
    """Return an amount in `amount_unit`, whatever unit of money the cell says.

    Raises Unreadable, in Chinese.
    """
    number, rest = read_number(cell)
    if number is None:
        return None
    if rest == "%":
        raise Unreadable(
            f"“{short(cell.text)}”是百分数，这里应当填金额", f"填金额，单位{amount_unit}"
        )
    if rest:
        number = in_unit(number, _UNITS[rest], amount_unit)
    if number and number.adjusted() >= MOST_DIGITS:
        raise Unreadable(f"“{short(cell.text)}”超过 {MOST_DIGITS} 位", "核对数字和金额单位")
    return typed_decimals(number, cell) if isinstance(cell.value, Decimal) else number


def in_unit(number: Decimal, unit: str, wanted: str) -> Decimal:
    """Return an amount of money in another unit: 500 元 are 0.05 万元."""
    if unit == wanted or not number:
        return number
    converted = number * YUAN[unit] / YUAN[wanted]
    return half_up(converted, FINEST).normalize() + 0 if decimals_of(converted) else converted


def typed_unit(cell: RawCell) -> str:
    """Return the unit of money that stands in the cell itself (500元); an empty text for none."""
    if not isinstance(cell.value, str):
        return ""
    _, rest = read_number(cell)
    return _UNITS.get(rest, "")


def typed_decimals(number: Decimal, cell: RawCell) -> Decimal:
    """Return the number with the decimals that the officer sees: 1320.7 shown as 1320.70."""
    if "%" in cell.number_format:
        raise Unreadable(
            f"“{short(cell.text)}”是百分数，这里应当填数值", "把单元格格式改为数值，重新填写"
        )
    style = parse_format(cell.number_format)
    if style.scaled:
        raise Unreadable(
            "单元格格式把数缩小了显示，看到的不是实际的数", "把单元格格式改为数值，再核对这个数"
        )
    if decimals_of(number) > FINEST:
        number = half_up(number, FINEST).normalize()
    return half_up(number, style.least) if decimals_of(number) < style.least else number
