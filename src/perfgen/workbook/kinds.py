"""A cell → the value that its column's kind asks for, or the sentence that says why not.

Each parser returns the value (None for an empty cell) and raises `Unreadable` otherwise.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from perfgen.model.layout import Column
from perfgen.model.measure import OPERATORS, QUALITATIVE, spell_operator
from perfgen.model.names import MISSING
from perfgen.model.vocabulary import OPERATOR_BEFORE
from perfgen.workbook.amounts import (
    Unreadable,
    read_amount,
    read_number,
    short,
    typed_decimals,
)
from perfgen.workbook.days import read_date_cell, read_day
from perfgen.workbook.formats import parse_format
from perfgen.workbook.raw import RawCell

__all__ = ["Around", "Parsed", "Unreadable", "one_line", "parse_cell", "read_day"]

Parsed = str | Decimal | date | int | None

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_TOO_LONG = Decimal(10) ** 15
_TEXTS = frozenset({"text", "long"})
_LITERAL = re.compile(r'=\s*"?([+-]?[\d.,]+\s*[%％]?[^\W\d_()]*)"?')


@dataclass(frozen=True, slots=True)
class Around:
    """What a cell's meaning depends on beside its column: the unit of money, the report's year."""

    amount_unit: str = "万元"
    year: int = 0


def parse_cell(cell: RawCell | None, column: Column, around: Around) -> Parsed:
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
            f"公式 {short(cell.formula)} 还没有算出结果",
            "用 Excel 或 WPS 打开工作簿，保存一次再用",
        )
    if isinstance(cell.value, bool):
        raise Unreadable(f"内容是 {cell.text}（逻辑值），不是要填的内容", "重新填写")
    if cell.ambiguous:
        raise Unreadable(
            f"Excel 把这里变成了时间（{cell.text}），不知道填的是比例（{cell.ambiguous}）还是时间",
            "先把单元格设为文本，再重新填写",
        )
    if isinstance(cell.value, Decimal) and abs(cell.value) >= _TOO_LONG and column.kind in _TEXTS:
        raise Unreadable(
            f"“{short(cell.text)}”是存成数字的长编码，Excel 只保留前 15 位，后面的已经变成 0",
            "先把单元格设为文本，再照原件重新填写",
        )
    return _PARSERS[column.kind](cell, column, around)


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


def _text(cell: RawCell, column: Column, around: Around) -> Parsed:
    return one_line(cell.text) or None


def _long(cell: RawCell, column: Column, around: Around) -> Parsed:
    return re.sub(r"\n{2,}", "\n", cell.text) or None


def _value_text(cell: RawCell, column: Column, around: Around) -> Parsed:
    return one_line(cell.text) or None


def _amount(cell: RawCell, column: Column, around: Around) -> Parsed:
    return read_amount(cell, around.amount_unit)


def _plain_number(cell: RawCell, column: Column, around: Around) -> Parsed:
    number, rest = read_number(cell)
    if rest == "%" and column.role in _WEIGHTS:
        return number
    if rest:
        raise Unreadable(f"“{short(cell.text)}”应当是不带单位的数字", "只填数字，例如 4.5")
    if number is None or not isinstance(cell.value, Decimal):
        return number
    if column.role in _WEIGHTS and parse_format(cell.number_format).percent:
        return number * 100
    return typed_decimals(number, cell)


_WEIGHTS = frozenset({"indicator.weight", "score.full"})
"""Columns in which 20% is a weight of 20 (权重)."""


def _percent(cell: RawCell, column: Column, around: Around) -> Parsed:
    number, rest = read_number(cell)
    if number is None:
        return None
    if rest == "%":
        return number / 100
    if rest:
        raise Unreadable(f"“{short(cell.text)}”不是百分数", "例如 99.04%")
    # A plain 99.04 under a heading that already says % means 99.04%; 0.9904 is the ratio.
    typed = isinstance(cell.value, Decimal)
    shows_percent = typed and parse_format(cell.number_format).percent
    return number / 100 if number > 2 and not shows_percent else number


def _choice(cell: RawCell, column: Column, around: Around) -> Parsed:
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
        f"“{short(cell.text)}”不在“{column.header}”的清单里",
        f"{guess}可以填：{'、'.join(column.choices)}",
    )


def _operator(cell: RawCell, column: Column, around: Around) -> Parsed:
    """A sign as it is always spelled; words (大于等于, 定性) and marks for nothing as typed."""
    text = one_line(cell.text)
    spelled = spell_operator(text)
    if spelled is not None:
        return text if text in OPERATOR_BEFORE else spelled
    known = {_fold(choice) for choice in (*column.choices, *QUALITATIVE)}
    if text in MISSING or _fold(text) in known:
        return text or None
    raise Unreadable(
        f"“{short(cell.text)}”不是目标符号",
        f"可以填：{' '.join(column.choices or OPERATORS)}，或留空",
    )


def _date(cell: RawCell, column: Column, around: Around) -> Parsed:
    return read_date_cell(cell, around.year)


def _year(cell: RawCell, column: Column, around: Around) -> Parsed:
    given = cell.value.year if isinstance(cell.value, date) else cell.value
    folded = str(given).translate(_FULL_WIDTH).replace(" ", "")
    matched = re.fullmatch(r"(20[0-9]{2})(\.0+)?(年度?|会计年度|预算年度)?", folded)
    if not matched:
        raise Unreadable(f"“{short(cell.text)}”不是年度", "写四位数字，例如 2023")
    return int(matched.group(1))


_PARSERS: Mapping[str, Callable[[RawCell, Column, Around], Parsed]] = {
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
