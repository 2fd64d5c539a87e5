"""Where a property holds (属性用在哪里): the elements on which every printer does what it says.

Only what is not inherited is limited: text looks alike wherever it stands. The initial value, which
changes nothing, may stand anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from perfgen.render.looks.properties import LONGHANDS, SIDES
from perfgen.render.page.elements import CELLS, HEADINGS

PARAGRAPHS = HEADINGS | {"p", "li", "caption", "figcaption"}
SPANS = frozenset({"strong", "em", "span", "a"})
ROWS = frozenset({"tr", "thead", "tbody"})
LISTS = frozenset({"ol", "ul"})
_BOXES = PARAGRAPHS | {"figure"}
_CONTAINERS = LISTS | {"section", "figure"}

_Values = frozenset[object] | None
"""The values that hold, or None: all of them."""
_Places = Mapping[str, _Values]


def _on(elements: frozenset[str] | set[str], *values: object) -> _Places:
    return dict.fromkeys(elements, frozenset(values) if values else None)


_ABOVE_AND_BELOW = _on(_BOXES | _CONTAINERS | {"table"})
_AUTO = _on({"table"}, None)
"""A table may stand in the middle; it has no other space beside it."""
_BREAKS = {**_on(PARAGRAPHS), **_on(_CONTAINERS, "page"), "tr": frozenset({"avoid"})}

_WIDEST_PADDING = 31.0
"""Points between a paragraph's text and its border, in Word."""

PLACES: Mapping[str, _Places] = {
    "background-color": _on(PARAGRAPHS | SPANS | CELLS | ROWS | {"table"}),
    "vertical-align": {
        **_on(CELLS | ROWS, "top", "middle", "bottom"),
        **_on(SPANS, "super", "sub"),
    },
    "white-space": _on(CELLS | ROWS | {"table"}),
    "width": _on(CELLS | {"table", "col", "img"}),
    "page": _on({"section"}),
    "margin-top": _ABOVE_AND_BELOW,
    "margin-bottom": _ABOVE_AND_BELOW,
    "margin-left": {**_on((_BOXES - {"li"}) | LISTS), **_AUTO},
    "margin-right": {**_on(_BOXES), **_AUTO},
    "padding-top": _on(PARAGRAPHS | CELLS),
    "padding-bottom": _on(PARAGRAPHS | CELLS),
    "padding-left": _on((_BOXES - {"li"}) | CELLS | LISTS),
    "padding-right": _on(_BOXES | CELLS),
    **{f"border-{side}-style": _on(PARAGRAPHS | CELLS | {"table"}) for side in SIDES},
    "break-before": {**_BREAKS, "table": None},
    "break-after": {**_BREAKS, "table": frozenset({"page"})},
    "break-inside": _on(PARAGRAPHS | {"table", "tr"}),
}


def misplaced(element: str, name: str, value: object) -> str:
    """Return why a declared value does not hold on an element; empty where it does."""
    places = PLACES.get(name)
    if places is None or value == LONGHANDS[name].initial:
        return ""
    if value is None and element != "table":  # auto, which is no space
        return ""
    if element not in places:
        return f"用在 <{element}> 上，不是各种文件都能照办的，只能用在 {_listed(places)}"
    values = places[element]
    if values is not None and value not in values:
        return f"用在 <{element}> 上，不是各种文件都能照办的"
    return ""


def doubtful(element: str, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the longhands that do not hold beside others on an element, and why."""
    if element in PARAGRAPHS:
        for side in SIDES:
            padding, bordered = values[f"padding-{side}"], values[f"border-{side}-style"] != "none"
            if padding and not bordered and side in {"top", "bottom"}:
                yield f"padding-{side}", f"在没有边框的段落上要改用 margin-{side}"
            if bordered and padding > _WIDEST_PADDING:
                yield f"padding-{side}", "在有边框的段落上至多 31pt，Word 没有更大的"
        for side in ("top", "bottom"):
            if (values[f"margin-{side}"] or 0) < 0:
                yield f"margin-{side}", "在段落上不能是负数，Word 里没有"
    if element == "table" and values["width"] is not None:
        auto = [side for side in ("left", "right") if values[f"margin-{side}"] is None]
        if len(auto) == 1:
            yield f"margin-{auto[0]}", "只有左右都是 auto（居中）时各种文件才一致"


def _listed(places: _Places) -> str:
    return "、".join(sorted(places))
