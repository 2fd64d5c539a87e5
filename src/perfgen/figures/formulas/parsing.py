"""A formula's text → its tree (解析). Names in brackets are settled later, in `settling.py`."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from perfgen.model.formulas import (
    Call,
    Expression,
    Name,
    Number,
    Operation,
    Words,
    parts_of,
)

if TYPE_CHECKING:
    from lark import Lark

LONGEST = 1000
"""Characters of a formula."""

MOST_PARTS = 200
DEEPEST = 100
"""Parts of a formula, and how deep they stand in one another: no form has a tenth of it."""

FUNCTIONS: Mapping[str, tuple[str, int, int]] = {
    "若": ("若", 2, 3), "如果": ("若", 2, 3), "IF": ("若", 2, 3),
    "最大": ("最大", 1, 20), "MAX": ("最大", 1, 20),
    "最小": ("最小", 1, 20), "MIN": ("最小", 1, 20),
    "四舍五入": ("四舍五入", 2, 2), "ROUND": ("四舍五入", 2, 2),
    "绝对值": ("绝对值", 1, 1), "ABS": ("绝对值", 1, 1),
    "且": ("且", 2, 20), "AND": ("且", 2, 20),
    "或": ("或", 2, 20), "OR": ("或", 2, 20),
    "非": ("非", 1, 1), "NOT": ("非", 1, 1),
    "合计": ("合计", 1, 2), "SUM": ("合计", 1, 2),
    "计数": ("计数", 1, 2), "COUNT": ("计数", 1, 2),
    "平均": ("平均", 1, 2), "AVERAGE": ("平均", 1, 2),
    "下级合计": ("下级合计", 1, 1),
}  # fmt: skip
"""Each function as it may be written: its own name, how many parts it takes at least and most."""

_SIGNS = {
    ">=": "≥", "≧": "≥", "<=": "≤", "≦": "≤", "<>": "≠", "!=": "≠", "==": "=", "＝": "=",
    "＜": "<", "＞": ">", "＋": "+", "－": "-", "−": "-", "–": "-", "*": "×", "＊": "×",
    "/": "÷", "／": "÷",
}  # fmt: skip


class FormulaError(Exception):
    """What is wrong with a formula, in Chinese."""


def parse_formula(text: str) -> Expression:
    """Return the tree of a formula. Raises FormulaError, saying where it cannot be read."""
    from lark.exceptions import UnexpectedInput, VisitError  # noqa: PLC0415  (few layouts need it)

    if len(text) > LONGEST:
        raise FormulaError(f"有 {len(text)} 个字，超过 {LONGEST} 个字的上限")
    if not text.strip():
        raise FormulaError("是空的")
    try:
        tree: Expression = _grammar().parse(text)  # type: ignore[assignment]  # by the builder
    except UnexpectedInput as error:
        raise FormulaError(_where(text, error.pos_in_stream, ended=_ended(error))) from error
    except VisitError as error:
        raise FormulaError(str(error.orig_exc)) from error
    _check_size(tree)
    return tree


def _check_size(tree: Expression) -> None:
    left, parts = [(tree, 1)], 0
    while left:
        one, depth = left.pop()
        parts += 1
        if parts > MOST_PARTS:
            raise FormulaError(f"超过 {MOST_PARTS} 个部分，拆成几列")
        if depth > DEEPEST:
            raise FormulaError(f"嵌套超过 {DEEPEST} 层，拆成几列")
        left += [(part, depth + 1) for part in parts_of(one)]


def _ended(error: Exception) -> bool:
    return getattr(getattr(error, "token", None), "type", "") == "$END"


def _where(text: str, place: int | None, *, ended: bool) -> str:
    if ended or place is None or not 0 <= place < len(text):
        return "没有写完，或少了右括号"
    around = text[max(0, place - 8) : place + 8]
    return f"从第 {place + 1} 个字“{text[place]}”起读不懂（“{around}”）"


@lru_cache(maxsize=1)
def _grammar() -> Lark:
    """The parser; loading it takes a moment, so it is made where a formula is met."""
    from lark import Lark, Transformer, v_args  # noqa: PLC0415

    class Builder(Transformer[Any, Expression]):
        """Makes the tree from the bottom up."""

        @v_args(inline=True)
        def number(self, token: str) -> Expression:
            unit = token.lstrip("0123456789.")
            value = Decimal(token[: len(token) - len(unit)])
            percent = unit in ("%", "％")
            return Number(value / 100 if percent else value, percent, "" if percent else unit)

        @v_args(inline=True)
        def words(self, token: str) -> Expression:
            return Words(token[1:-1])

        @v_args(inline=True)
        def name(self, token: str) -> Expression:
            start = next(place for place, char in enumerate(token) if char in "[［")
            prefix, text = token[:start], token[start + 1 : -1].strip()
            if prefix == "同":  # the rows that share this column's content with the row at hand
                return Operation("=", Name(text), Name(text, outer=True))
            return Name(text, outer=prefix == "本行")

        @v_args(inline=True)
        def operation(self, left: Expression, sign: str, right: Expression) -> Expression:
            return Operation(_SIGNS.get(sign, str(sign)), left, right)

        @v_args(inline=True)
        def signed(self, sign: str, part: Expression) -> Expression:
            minus = _SIGNS.get(sign, str(sign)) == "-"
            return Operation("×", Number(Decimal(-1)), part) if minus else part

        def call(self, children: list[Any]) -> Expression:
            word, *parts = [child for child in children if child is not None]
            known = FUNCTIONS.get(str(word).upper())
            if known is None:
                names = "、".join(dict.fromkeys(name for name, _, _ in FUNCTIONS.values()))
                raise FormulaError(f"不认识“{word}”，可以用的有 {names}")
            name, least, most = known
            if not least <= len(parts) <= most:
                wanted = str(least) if least == most else f"{least} 到 {most}"
                raise FormulaError(f"“{word}”括号里应当有 {wanted} 项，现在有 {len(parts)} 项")
            return Call(name, tuple(parts))

    grammar = (Path(__file__).parent / "grammar.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", transformer=Builder(), propagate_positions=False)
