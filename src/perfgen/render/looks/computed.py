"""Declared values → computed values (lengths in points, what is inherited filled in) → a look."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from perfgen.render.looks.model import Border, BoxLook, Look, ParagraphLook, Sides, TextLook, Width
from perfgen.render.looks.properties import INITIAL_SIZE, LONGHANDS, SIDES
from perfgen.render.looks.shorthands import asks_for_initial, asks_for_parent
from perfgen.render.looks.values import Dim, border_of

Values = Mapping[str, Any]

_ROOT_SIZE = "root font size"
_SMALLEST = 0.5
"""Points below which no type is set: sizes in em shrink from one element to the next."""
_NORMAL_LINE = 1.2
"""A line of the font's own height, in font sizes, where a number is needed for it."""


def compute(declared: Mapping[str, object], parent: Values | None) -> Values:
    """Return the computed values of every shared property; `parent` is None for <html>."""
    specified = {name: _specified(name, declared, parent) for name in LONGHANDS}
    parent_size = parent["font-size"] if parent else INITIAL_SIZE
    size = max(_font_size(specified["font-size"], parent_size, parent), _SMALLEST)
    root_size = parent[_ROOT_SIZE] if parent else size
    values: dict[str, Any] = {_ROOT_SIZE: root_size}
    for name, value in specified.items():
        in_points = isinstance(value, Dim) and value.unit in {"pt", "em", "rem"}
        values[name] = value.points(size, root_size) if in_points else value
    values["font-size"] = size
    line_height = values["line-height"]
    if isinstance(line_height, Dim) and line_height.unit == "%":
        values["line-height"] = size * line_height.number / 100
    if values["page"] is None:
        values["page"] = parent["page"] if parent else ""
    return values


def look_of(values: Values) -> Look:
    """Return the look that computed values make."""
    return Look(
        style=values["--word-style"],
        text=text_look(values),
        paragraph=_paragraph_look(values),
        box=_box_look(values),
        page=values["page"],
        marker=values["list-style-type"],
    )


def text_look(values: Values) -> TextLook:
    """Return how computed values make characters look."""
    shift = values["vertical-align"]
    return TextLook(
        role=values["font-family"],
        size=values["font-size"],
        bold=values["font-weight"],
        italic=values["font-style"],
        color=values["color"],
        background=values["background-color"],
        spacing=values["letter-spacing"] or 0.0,
        decoration=values["text-decoration-line"],
        shift=shift if shift in {"super", "sub"} else "baseline",
    )


def line_height_of(values: Values) -> float | None:
    """Return the line height in points; None for the font's own."""
    height: Dim | float | None = values["line-height"]
    return height.number * float(values["font-size"]) if isinstance(height, Dim) else height


def line_height_in_points(values: Values) -> float:
    """Return the line height in points, an estimate where it is the font's own."""
    height = line_height_of(values)
    return _NORMAL_LINE * float(values["font-size"]) if height is None else height


def sides_of(values: Values, pattern: str) -> Sides[float]:
    """Return four lengths such as padding-{}; auto counts as none."""
    return Sides(*(values[pattern.format(side)] or 0.0 for side in SIDES))


def _specified(name: str, declared: Mapping[str, object], parent: Values | None) -> Any:
    prop = LONGHANDS[name]
    value = declared.get(name, _ABSENT)
    wants_parent = prop.inherited if value is _ABSENT else asks_for_parent(name, value)
    if wants_parent and parent is not None:
        return parent[name]
    if value is _ABSENT or asks_for_initial(value) or wants_parent:
        return prop.initial
    return value


_ABSENT = object()


def _font_size(value: Any, parent_size: float, parent: Values | None) -> float:
    if not isinstance(value, Dim):
        return float(value)
    if value.unit == "%":
        return parent_size * value.number / 100
    return value.points(parent_size, parent[_ROOT_SIZE] if parent else parent_size)


def _paragraph_look(values: Values) -> ParagraphLook:
    return ParagraphLook(
        align=values["text-align"],
        indent=values["text-indent"],
        line_height=line_height_of(values),
        margin=sides_of(values, "margin-{}"),
        keep_with_next=values["break-after"] == "avoid",
        keep_with_previous=values["break-before"] == "avoid",
        keep_together=values["break-inside"],
        break_before=values["break-before"] == "page",
        break_after=values["break-after"] == "page",
        orphans=values["orphans"],
        widows=values["widows"],
    )


def _box_look(values: Values) -> BoxLook:
    width = values["width"]
    if width is not None:
        percent = isinstance(width, Dim)
        width = Width(width.number if percent else width, percent)
    borders: list[Border] = [
        border_of(*(values[f"border-{side}-{part}"] for part in ("width", "style", "color")))
        for side in SIDES
    ]
    vertical = values["vertical-align"]
    return BoxLook(
        padding=sides_of(values, "padding-{}"),
        border=Sides(*borders),
        background=values["background-color"],
        vertical_align=vertical if vertical in {"middle", "bottom"} else "top",
        nowrap=values["white-space"],
        width=width,
        centered=values["margin-left"] is None and values["margin-right"] is None,
    )
