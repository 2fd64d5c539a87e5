"""One declaration → the longhands that it sets: shorthands taken apart, global words kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from perfgen.render.looks.properties import (
    LONGHANDS,
    MARKERS,
    SIDES,
    Parser,
    decoration,
    line_height,
)
from perfgen.render.looks.values import (
    Dim,
    Token,
    Tokens,
    border_style,
    border_width,
    color,
    font_role,
    font_size,
    keyword,
    significant,
    weight,
)

INHERIT, INITIAL, UNSET = "inherit", "initial", "unset"
_ALIASES = {
    "page-break-before": "break-before",
    "page-break-after": "break-after",
    "page-break-inside": "break-inside",
}


def declared(name: str, tokens: Tokens) -> dict[str, object]:
    """Return the longhands that one declaration sets.

    Raises KeyError for a property that documents do not share, ValueError for such a value.
    """
    name = _ALIASES.get(name, name)
    tokens = significant(tokens)
    names = tuple(_SHORTHANDS[name][0]) if name in _SHORTHANDS else (name,)
    if name not in LONGHANDS and name not in _SHORTHANDS:
        raise KeyError(name)
    if len(tokens) == 1 and tokens[0].type == "ident":
        word = tokens[0].lower_value
        if word in {INHERIT, INITIAL, UNSET}:
            return dict.fromkeys(names, _Global(word))
    if name in _SHORTHANDS:
        return _SHORTHANDS[name][1](tokens)
    return {name: LONGHANDS[name].parse(tokens)}


def known_names() -> frozenset[str]:
    """Return the names of all properties that documents share, shorthands and old names too."""
    return frozenset((*LONGHANDS, *_SHORTHANDS, *_ALIASES))


def is_global(value: object) -> bool:
    """Return whether a declared value is one of the words that every property takes."""
    return isinstance(value, _Global)


@dataclass(frozen=True, slots=True)
class _Global:
    """One of the words that every property takes: inherit, initial, unset."""

    word: str


INHERITED = _Global(INHERIT)


def asks_for_parent(name: str, value: object) -> bool:
    """Return whether a declared value asks for the parent's."""
    if not isinstance(value, _Global):
        return False
    return value.word == INHERIT or (value.word == UNSET and LONGHANDS[name].inherited)


def asks_for_initial(value: object) -> bool:
    """Return whether a declared value that does not ask for the parent's asks for the initial."""
    return isinstance(value, _Global)


def _font(tokens: Tokens) -> dict[str, object]:
    values: dict[str, object] = {"font-weight": False, "font-style": False, "line-height": None}
    rest = list(tokens)
    while rest and rest[0].type in {"ident", "number"}:
        values.update(_font_word(rest.pop(0)))
    if len(rest) < 2:
        raise ValueError("应当是 字号/行距 字体，例如 16pt/28.99pt var(--fangsong)")
    values["font-size"] = font_size(rest[:1])
    del rest[0]
    if rest[0].type == "literal" and rest[0].value == "/":
        values["line-height"] = line_height(rest[1:2])
        del rest[:2]
    values["font-family"] = font_role(rest)
    return values


def _font_word(token: Token) -> dict[str, object]:
    if token.type == "ident" and token.lower_value in {"italic", "oblique"}:
        return {"font-style": True}
    if token.type == "ident" and token.lower_value == "normal":
        return {}
    return {"font-weight": weight([token])}


def _four(name: str, parse: Parser, tokens: Tokens) -> dict[str, object]:
    """Expand one to four values, as margin has them. `name` holds {} for the side."""
    if not 1 <= len(tokens) <= 4:
        raise ValueError("应当是一到四个值")
    values = [parse([token]) for token in tokens]
    by_side = [values[0], values[1 % len(values)], values[0], values[1 % len(values)]]
    if len(values) > 2:
        by_side[2] = values[2]
    if len(values) > 3:
        by_side[3] = values[3]
    return {name.format(side): value for side, value in zip(SIDES, by_side, strict=True)}


def _border(sides: tuple[str, ...], tokens: Tokens) -> dict[str, object]:
    parts: dict[str, object] = {}
    for token in tokens:
        for part, parse in (("style", border_style), ("width", border_width), ("color", color)):
            try:
                value = parse([token])
            except ValueError:
                continue
            if part in parts:
                raise ValueError(f"{part} 写了两次")
            parts[part] = value
            break
        else:
            raise ValueError("应当是 粗细 线型 颜色，例如 0.5pt solid #000")
    initial = {"style": "none", "width": Dim(2.25, "pt"), "color": "000000"}
    return {
        f"border-{side}-{part}": parts.get(part, value)
        for side in sides
        for part, value in initial.items()
    }


def _background(tokens: Tokens) -> dict[str, object]:
    if len(tokens) == 1 and tokens[0].type == "ident" and tokens[0].lower_value == "none":
        return {"background-color": None}
    return {"background-color": color(tokens)}


def _list_style(tokens: Tokens) -> dict[str, object]:
    return {"list-style-type": keyword(tokens, MARKERS)}


def _text_decoration(tokens: Tokens) -> dict[str, object]:
    return {"text-decoration-line": decoration(tokens)}


_FONT = ("font-family", "font-size", "font-weight", "font-style", "line-height")
_EDGES = tuple(f"border-{side}-{part}" for side in SIDES for part in ("width", "style", "color"))
_SHORTHANDS: Mapping[str, tuple[tuple[str, ...], Callable[[Tokens], dict[str, object]]]] = {
    "font": (_FONT, _font),
    "background": (("background-color",), _background),
    "list-style": (("list-style-type",), _list_style),
    "text-decoration": (("text-decoration-line",), _text_decoration),
    "border": (_EDGES, partial(_border, SIDES)),
    **{
        f"border-{side}": (
            tuple(f"border-{side}-{part}" for part in ("width", "style", "color")),
            partial(_border, (side,)),
        )
        for side in SIDES
    },
    **{
        name: (
            tuple(pattern.format(side) for side in SIDES),
            partial(_four, pattern, LONGHANDS[pattern.format("top")].parse),
        )
        for name, pattern in {
            "margin": "margin-{}",
            "padding": "padding-{}",
            "border-width": "border-{}-width",
            "border-style": "border-{}-style",
            "border-color": "border-{}-color",
        }.items()
    },
}
