"""Parsers of CSS values: the tokens of one declaration → a declared value, or ValueError."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import tinycss2.color4

from perfgen.render.looks.model import NO_BORDER, Border, BorderStyle
from perfgen.render.looks.roles import ROLES

Token = Any
Tokens = Sequence[Token]
T = TypeVar("T")

POINTS = {
    "pt": 1.0, "px": 0.75, "pc": 12.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "q": 18 / 25.4,
}  # fmt: skip
_ROLE_KEYS = frozenset(role.key for role in ROLES)
_BORDER_STYLES: dict[str, BorderStyle] = {
    "none": "none", "hidden": "none", "solid": "solid", "double": "double", "dashed": "dashed",
    "dotted": "dotted",
}  # fmt: skip
_BORDER_WIDTHS = {"thin": 0.75, "medium": 2.25, "thick": 3.75}

_WIDEST_BORDER = 12


@dataclass(frozen=True, slots=True)
class Dim:
    """A declared length: `unit` is pt, em, rem, % or, for a plain number, empty."""

    number: float
    unit: str

    def points(self, size: float, root_size: float) -> float:
        """Return the length in points where the font size is `size`; no percent, no number."""
        return self.number * {"pt": 1.0, "em": size, "rem": root_size}[self.unit]


ZERO = Dim(0.0, "pt")


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the question whether one of the known words was meant; empty if none is like it."""
    near = difflib.get_close_matches(word.lower(), tuple(known), n=1, cutoff=0.65)
    return f"，是不是 {near[0]}？" if near else ""


def significant(tokens: Tokens) -> list[Token]:
    """Return the tokens without white space and comments."""
    return [token for token in tokens if token.type not in {"whitespace", "comment"}]


def single(tokens: Tokens) -> Token:
    """Return the one token that there is; ValueError if there are more or none."""
    if len(tokens) != 1:
        raise ValueError("应当只有一个值")
    return tokens[0]


def keyword(tokens: Tokens, known: dict[str, T]) -> T:
    """Return what a single keyword stands for; ValueError if it is not among `known`."""
    token = single(tokens)
    if token.type != "ident" or token.lower_value not in known:
        word = token.value if token.type == "ident" else ""
        raise ValueError("应当是 " + "、".join(known) + nearest(word, known))
    return known[token.lower_value]


_MOST = 20_000
"""The largest number of a length: seven metres in points."""


def length(tokens: Tokens, *, percent: bool = False, number: bool = False) -> Dim:
    """Return a declared length; percentages and plain numbers only where they are allowed."""
    token = single(tokens)
    if token.type in ("dimension", "percentage", "number") and not abs(token.value) <= _MOST:
        raise ValueError(f"这个数太大，最多 {_MOST}")
    if token.type == "dimension":
        unit = token.lower_unit
        if unit in POINTS:
            return Dim(token.value * POINTS[unit], "pt")
        if unit in {"em", "rem"}:
            return Dim(token.value, unit)
        raise ValueError(f"不认识长度单位 {token.unit}{nearest(unit, (*POINTS, 'em', 'rem'))}")
    if token.type == "percentage" and percent:
        return Dim(token.value, "%")
    if token.type == "number" and (number or token.value == 0):
        return Dim(token.value, "") if number else ZERO
    raise ValueError("应当是长度，例如 12pt、3mm、2em")


def length_or(tokens: Tokens, word: str, *, percent: bool = False) -> Dim | None:
    """Return a declared length, or None for the keyword `word`."""
    if len(tokens) == 1 and tokens[0].type == "ident" and tokens[0].lower_value == word:
        return None
    return length(tokens, percent=percent)


def non_negative(tokens: Tokens) -> Dim:
    """Return a declared length that is not below zero."""
    dim = length(tokens)
    if dim.number < 0:
        raise ValueError("不能是负数")
    return dim


def font_size(tokens: Tokens) -> Dim:
    """Return a declared size of type: a length or a percentage, above zero."""
    dim = length(tokens, percent=True)
    if dim.number <= 0:
        raise ValueError("应当大于 0")
    return dim


def color(tokens: Tokens) -> str | None:
    """Return a colour as RRGGBB; None for transparent."""
    value = tinycss2.color4.parse_color(single(tokens))
    if value is None or isinstance(value, str):
        raise ValueError("应当是颜色，例如 #c00、black")
    alpha = float(value.alpha)
    if alpha == 0:
        return None
    # Documents know no transparency: what shows is the colour on white paper.
    parts = (min(max(part or 0, 0), 1) for part in value.to("srgb").coordinates)
    blended = (alpha * part + 1 - alpha for part in parts)
    return "".join(f"{round(255 * part):02X}" for part in blended)


def opaque_color(tokens: Tokens) -> str:
    """Return a colour as RRGGBB; ValueError for transparent."""
    value = color(tokens)
    if value is None:
        raise ValueError("应当是看得见的颜色")
    return value


def font_role(tokens: Tokens) -> str:
    """Return the font role that font-family names: `var(--fangsong)`, and nothing behind it."""
    token = tokens[0] if len(tokens) == 1 else None
    key = ""
    if token is not None and token.type == "function" and token.lower_name == "var":
        name = significant(token.arguments)
        if len(name) == 1 and name[0].type == "ident":
            key = name[0].value.removeprefix("--")
        if key in _ROLE_KEYS:
            return key
    roles = "、".join(f"var(--{key})" for key in sorted(_ROLE_KEYS))
    raise ValueError(f"字体应当写成角色：{roles}{nearest(key, _ROLE_KEYS)}")


def weight(tokens: Tokens) -> bool:
    """Return whether a font weight is bold."""
    token = single(tokens)
    if token.type == "number" and 1 <= token.value <= 1000:
        return bool(token.value >= 600)
    return keyword(tokens, {"normal": False, "bold": True, "bolder": True, "lighter": False})


def slant(tokens: Tokens) -> bool:
    """Return whether a font style is italic."""
    return keyword(tokens, {"normal": False, "italic": True, "oblique": True})


def count(tokens: Tokens) -> int:
    """Return a positive whole number."""
    token = single(tokens)
    if token.type != "number" or not token.is_integer or token.int_value < 1:
        raise ValueError("应当是正整数")
    return int(token.int_value)


def border_width(tokens: Tokens) -> Dim:
    """Return the width of a border."""
    token = single(tokens)
    if token.type == "ident" and token.lower_value in _BORDER_WIDTHS:
        return Dim(_BORDER_WIDTHS[token.lower_value], "pt")
    width = non_negative(tokens)
    if width.unit == "pt" and width.number > _WIDEST_BORDER:
        raise ValueError(f"不能超过 {_WIDEST_BORDER}pt，Word 没有更粗的")
    return width


def border_style(tokens: Tokens) -> BorderStyle:
    """Return the style of a border."""
    return keyword(tokens, _BORDER_STYLES)


def border_of(width: float, style: BorderStyle, shade: str | None) -> Border:
    """Return a computed border; one that would not be seen is NO_BORDER."""
    if style == "none" or width <= 0 or shade is None:
        return NO_BORDER
    return Border(width, style, shade)
