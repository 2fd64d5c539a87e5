"""A cell → the value that its column's kind asks for, or the sentence that says why not.

Each parser returns the value (None for an empty cell) and raises `Unreadable` otherwise.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from openpyxl.utils.datetime import from_excel

from perfgen.model.layout import Column
from perfgen.model.measure import OPERATORS, spell_operator
from perfgen.model.numbers import decimals_of, half_up
from perfgen.workbook.formats import parse_format
from perfgen.workbook.raw import RawCell

Parsed = str | Decimal | date | int | None

MISSING = frozenset({"", "—", "——", "－", "-", "--", "–", "−", "/", "//", "／", "无"})
"""What officers write into a cell for "nothing here" (无数据) where a number or a date goes."""

_AMOUNT = re.compile(r"[+-]?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)(\.[0-9]+)?|[+-]?\.[0-9]+")
MOST_DIGITS = 15
"""Digits before the point that Excel can keep exactly; no sum of public money has more."""

FINEST = 10
"""Decimals of an amount: 分 in 亿元. What a formula leaves beyond them is binary dust."""

OLDEST_YEAR, LATEST_YEAR = 1949, 2099

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_UNITS = ("万元", "亿元", "元")
_LITERAL = re.compile(r'=\s*"?([+-]?[\d.,]+\s*[%％]?[^\W\d_()]*)"?')
_DAY = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?"
)


class Unreadable(Exception):
    """What is wrong with a cell, and what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep both sentences."""
        super().__init__(message)
        self.message = message
        self.hint = hint


def parse_cell(cell: RawCell | None, column: Column, *, amount_unit: str) -> Parsed:
    """Return the value of `cell` as `column` wants it; None where it is empty.

    Raises Unreadable, in Chinese.
    """
    if cell is None or cell.blank:
        return None
    literal = _literal_formula(cell, column)
    if literal is not None:
        return literal
    if cell.error.startswith("#"):
        raise Unreadable(f"公式出错（{cell.error}）", "改正公式，或直接填写数值")
    if cell.error:
        raise Unreadable(f"含有{cell.error}，不能印出来", "删掉这个单元格重新输入")
    if cell.formula and cell.value is None:
        raise Unreadable(
            f"公式 {_short(cell.formula)} 还没有算出结果",
            "用 Excel 或 WPS 打开工作簿，保存一次再用",
        )
    if isinstance(cell.value, bool):
        raise Unreadable(f"内容是 {cell.text}（逻辑值），不是要填的内容", "重新填写")
    return _PARSERS[column.kind](cell, column, amount_unit)


def _literal_formula(cell: RawCell, column: Column) -> str | None:
    """`=100%` typed into an ordinary cell: Excel took the target for a formula (目标值变成公式)."""
    if column.kind not in ("target", "measure") or not cell.formula:
        return None
    matched = _LITERAL.fullmatch(cell.formula)
    if not matched:
        return None
    return ("=" if column.kind == "target" else "") + matched.group(1)


def one_line(text: str) -> str:
    """Return text on one line; a break between Chinese characters leaves no space behind."""
    joined = ""
    for line in filter(None, map(str.strip, text.split("\n"))):
        joined += " " + line if joined and (joined[-1] + line[0]).isascii() else line
    return joined


def _text(cell: RawCell, column: Column, amount_unit: str) -> Parsed:
    return one_line(cell.text) or None


def _long(cell: RawCell, column: Column, amount_unit: str) -> Parsed:
    return re.sub(r"\n{2,}", "\n", cell.text) or None


def _value_text(cell: RawCell, column: Column, amount_unit: str) -> Parsed:
    text = one_line(cell.text)
    return None if text in MISSING - {"无"} else text


def _number(cell: RawCell) -> tuple[Decimal | None, str]:
    """Return the number of a cell and what follows it (`%`, `万元`); (None, "") when empty."""
    if isinstance(cell.value, Decimal):
        return cell.value, ""
    if isinstance(cell.value, date):
        raise Unreadable(f"这里是日期（{cell.text}），应当是数字", "把单元格格式改为数值，重新填写")
    shown = cell.text
    narrow = shown.translate(_FULL_WIDTH)
    several = re.search(r"[0-9.,]\s+[0-9.,]", narrow)
    folded = re.sub(r"^[¥￥](?=.)|\s", "", narrow)
    if folded in MISSING:
        return None, ""
    if re.fullmatch(r"\(.+\)", folded):  # bookkeepers' negative
        folded = f"-{folded[1:-1]}"
    folded = folded.replace("−", "-").replace("–", "-")
    matched = _AMOUNT.match(folded)
    rest = folded[matched.end() :] if matched else ""
    if not matched or several or (rest and rest not in (*_UNITS, "%")):
        raise Unreadable(f"“{_short(shown)}”不是数字", "只填数字，例如 1234.50；没有就留空")
    return Decimal(matched.group().replace(",", "")), rest


def _amount(cell: RawCell, column: Column, amount_unit: str) -> Parsed:
    number, rest = _number(cell)
    if number is None:
        return None
    if rest == "%":
        raise Unreadable(
            f"“{_short(cell.text)}”是百分数，这里应当填金额", f"填金额，单位{amount_unit}"
        )
    if rest and rest != amount_unit:
        raise Unreadable(
            f"“{_short(cell.text)}”的单位是{rest}，工作簿的金额单位是{amount_unit}",
            f"换算成{amount_unit}，只填数字",
        )
    if number and number.adjusted() >= MOST_DIGITS:
        raise Unreadable(f"“{_short(cell.text)}”超过 {MOST_DIGITS} 位", "核对数字和金额单位")
    return _typed_decimals(number, cell) if isinstance(cell.value, Decimal) else number


def _plain_number(cell: RawCell, column: Column, amount_unit: str) -> Parsed:
    number, rest = _number(cell)
    if rest:
        raise Unreadable(f"“{_short(cell.text)}”应当是不带单位的数字", "只填数字，例如 4.5")
    if number is None or not isinstance(cell.value, Decimal):
        return number
    return _typed_decimals(number, cell)


def _typed_decimals(number: Decimal, cell: RawCell) -> Decimal:
    """The number with the decimals that the officer sees: 1320.7 shown as 1320.70."""
    if "%" in cell.number_format:
        raise Unreadable(
            f"“{_short(cell.text)}”是百分数，这里应当填数值", "把单元格格式改为数值，重新填写"
        )
    style = parse_format(cell.number_format)
    if style.scaled:
        raise Unreadable(
            "单元格格式把数缩小了显示，看到的不是实际的数", "把单元格格式改为数值，再核对这个数"
        )
    if decimals_of(number) > FINEST:
        number = half_up(number, FINEST).normalize()
    return half_up(number, style.least) if decimals_of(number) < style.least else number


def _percent(cell: RawCell, column: Column, amount_unit: str) -> Parsed:
    number, rest = _number(cell)
    if number is None:
        return None
    if rest == "%":
        return number / 100
    if rest:
        raise Unreadable(f"“{_short(cell.text)}”不是百分数", "例如 99.04%")
    # A plain 99.04 under a heading that already says % means 99.04%; 0.9904 is the ratio.
    typed = isinstance(cell.value, Decimal)
    shows_percent = typed and parse_format(cell.number_format).percent
    return number / 100 if number > 2 and not shows_percent else number


def _choice(cell: RawCell, column: Column, amount_unit: str) -> Parsed:
    folded = _fold(cell.text)
    if not folded:
        return None
    for choice in column.choices:
        if _fold(choice) == folded:
            return choice
    near = difflib.get_close_matches(folded, [_fold(choice) for choice in column.choices], n=1)
    names = {_fold(choice): choice for choice in column.choices}
    guess = f"是不是“{names[near[0]]}”？" if near else ""
    raise Unreadable(
        f"“{_short(cell.text)}”不在“{column.header}”的清单里",
        f"{guess}可以填：{'、'.join(column.choices)}",
    )


def _operator(cell: RawCell, column: Column, amount_unit: str) -> Parsed:
    if cell.text in MISSING:
        return None
    spelled = spell_operator(cell.text)
    if spelled is None:
        raise Unreadable(
            f"“{_short(cell.text)}”不是目标符号",
            f"可以填：{' '.join(column.choices or OPERATORS)}，或留空",
        )
    return spelled


def _date(cell: RawCell, column: Column, amount_unit: str) -> Parsed:
    day = _day(cell)
    # 2023 typed into a cell formatted as a date is a day of 1905.
    return None if day is None else _sensible(day, cell.text)


def read_day(text: str) -> date:
    """Return the day that a text means: 2023-06-30, 2023年6月30日, 20230630.

    Raises Unreadable, in Chinese.
    """
    return _sensible(_day_of_text(text), text)


def _sensible(day: date, shown: str) -> date:
    if not OLDEST_YEAR <= day.year <= LATEST_YEAR:
        raise Unreadable(f"“{_short(shown)}”不像是要填的日期", "写作 2023-06-30")
    return day


def _day(cell: RawCell) -> date | None:
    if isinstance(cell.value, date):
        return cell.value
    if cell.text in MISSING:
        return None
    if isinstance(cell.value, Decimal):
        return _date_of_number(cell)
    return _day_of_text(cell.text)


def _day_of_text(text: str) -> date:
    folded = unicodedata.normalize("NFKC", text).strip()
    matched = _DAY.fullmatch(folded) or re.fullmatch(r"(\d{4})(\d{2})(\d{2})", folded)
    if not matched:
        raise Unreadable(f"“{_short(text)}”不是日期", "写作 2023-06-30")
    return _real_day(*(int(part) for part in matched.groups()), shown=text)


def _date_of_number(cell: RawCell) -> date:
    number = cell.value
    assert isinstance(number, Decimal)
    digits = str(int(number))
    if number == int(number) and len(digits) == 8:
        return _real_day(int(digits[:4]), int(digits[4:6]), int(digits[6:]), shown=digits)
    if 30000 < number < 80000:  # Excel's own day numbers, of 1982 to 2119
        day = from_excel(int(number))
        return day if type(day) is date else date(day.year, day.month, day.day)
    raise Unreadable(f"“{_short(cell.text)}”不是日期", "写作 2023-06-30")


def _real_day(year: int, month: int, day: int, *, shown: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable(f"没有“{shown}”这一天", "写作 2023-06-30") from None


def _year(cell: RawCell, column: Column, amount_unit: str) -> Parsed:
    given = cell.value.year if isinstance(cell.value, date) else cell.value
    folded = str(given).translate(_FULL_WIDTH).replace(" ", "")
    matched = re.fullmatch(r"(20[0-9]{2})(\.0+)?(年度?|会计年度|预算年度)?", folded)
    if not matched:
        raise Unreadable(f"“{_short(cell.text)}”不是年度", "写四位数字，例如 2023")
    return int(matched.group(1))


_PARSERS: Mapping[str, Callable[[RawCell, Column, str], Parsed]] = {
    "text": _text,
    "long": _long,
    "amount": _amount,
    "number": _plain_number,
    "percent": _percent,
    "choice": _choice,
    "operator": _operator,
    "target": _value_text,
    "measure": _value_text,
    "date": _date,
    "year": _year,
}


def _fold(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def _short(text: str, limit: int = 24) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"
