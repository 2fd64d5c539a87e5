"""@page rules → the kinds of paper: size, margins, and what stands in the margins."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Literal

import tinycss2

from perfgen.render.looks.computed import (
    Values,
    compute,
    line_height_in_points,
    sides_of,
    text_look,
)
from perfgen.render.looks.model import Counter, MarginBox, Paper, Sides
from perfgen.render.looks.properties import LONGHANDS, SIDES
from perfgen.render.looks.rules import PageRule, PageSelector, declarations_in, longhands_of
from perfgen.render.looks.sheets import Faults, Sheet
from perfgen.render.looks.values import POINTS, Dim, Token, length, nearest, significant

_MM = POINTS["mm"]
_SIZES = {
    "a3": (297 * _MM, 420 * _MM), "a4": (210 * _MM, 297 * _MM), "a5": (148 * _MM, 210 * _MM),
    "b4": (250 * _MM, 353 * _MM), "b5": (176 * _MM, 250 * _MM), "letter": (612.0, 792.0),
}  # fmt: skip
_TURNS = ("portrait", "landscape")
PLACES: dict[str, tuple[bool, Literal["left", "center", "right"]]] = {
    "top-left": (True, "left"), "top-center": (True, "center"), "top-right": (True, "right"),
    "bottom-left": (False, "left"), "bottom-center": (False, "center"),
    "bottom-right": (False, "right"),
}  # fmt: skip
_MARGINS = frozenset(f"margin-{side}" for side in SIDES)
_OF_BLOCKS = {"text-align", "text-indent", "list-style-type", "orphans", "widows"}
_OF_TEXT = {name for name, prop in LONGHANDS.items() if prop.inherited} - _OF_BLOCKS
PAGE_PROPERTIES = frozenset(_MARGINS | _OF_TEXT)
"""What may stand in @page, beside size and counter-increment: what margin boxes inherit, too."""
BOX_PROPERTIES = PAGE_PROPERTIES | {f"padding-{side}" for side in SIDES} | {"vertical-align"}
"""What may stand in a margin box, beside content; its place says how it is aligned."""
_BOX_VERTICAL = ("top", "middle", "bottom")
_COUNTERS = {"page": Counter.PAGE, "pages": Counter.PAGES}
_BASE_MARGIN = Dim(75 * POINTS["px"], "pt")
"""A page's margins where no stylesheet speaks, as WeasyPrint has them."""


_LEAST_ROOM, _MOST_PAPER = 28.0, 1584.0
"""Points: a centimetre; and the largest paper that Word has, 22 inches."""


def read_papers(
    rules: Sequence[PageRule], names: Iterable[str], root: Values, faults: Faults
) -> Mapping[str, Paper]:
    """Return the paper of each named page ("" is the ordinary one).

    `root` are the values of <html>, from which pages inherit. What the printers do not share, such
    as sizes, margins and contents that Word has not, goes to `faults`.
    """
    return {name: _paper(name, rules, root, faults) for name in names}


def _paper(name: str, rules: Sequence[PageRule], root: Values, faults: Faults) -> Paper:
    right = _matching(rules, PageSelector(name, first=False, side="right"))
    left = _matching(rules, PageSelector(name, first=False, side="left"))
    first = _matching(rules, PageSelector(name, first=True, side="right"))
    values, size = _page_values(right, root)
    margin = sides_of(values, "margin-{}")
    for others in (left, first):
        other_values, other_size = _page_values(others, root)
        if (other_size, sides_of(other_values, "margin-{}")) != (size, margin):
            faults.add(
                f"页面 {name or '（普通）'} 的纸张或页边距各页不同，Word 里做不到；"
                "@page :left、:right、:first 里不要写 size 和 margin"
            )
    width, height = size
    room = (width - margin.left - margin.right, height - margin.top - margin.bottom)
    if min(room) < _LEAST_ROOM or max(size) > _MOST_PAPER:
        faults.add(
            f"页面 {name or '（普通）'} 的纸张太小、太大，或页边距占满了整张纸：至少要留 1 厘米见方"
        )
    if min(margin.left, margin.right, margin.top, margin.bottom) < 0:
        faults.add(f"页面 {name or '（普通）'} 的页边距是负数，字会印到纸外面去")
    return Paper(
        name,
        *size,
        margin,
        right=_boxes(right, values, margin),
        left=_boxes(left, values, margin),
        first=_boxes(first, values, margin),
        counted=_counted(right),
    )


def _matching(rules: Sequence[PageRule], page: PageSelector) -> list[PageRule]:
    """Return the rules for a page, the stronger ones later."""
    found = []
    for rule in rules:
        strengths = [
            selector.specificity
            for selector in rule.selectors
            if selector.name in {"", page.name}
            and selector.side in {"", page.side}
            and (page.first or not selector.first)
        ]
        if strengths:
            found.append((max(strengths), rule))
    return [rule for _, rule in sorted(found, key=lambda pair: pair[0])]


def _page_values(rules: Iterable[PageRule], root: Values) -> tuple[Values, tuple[float, float]]:
    size = _SIZES["a4"]
    declared: dict[str, object] = {f"margin-{side}": _BASE_MARGIN for side in SIDES}
    for rule in rules:
        for item in rule.declarations:
            if item.lower_name == "size":
                size = _size(item, rule.sheet) or size
            elif item.lower_name != "counter-increment":
                declared.update(_allowed(item, rule.sheet, PAGE_PROPERTIES, "@page"))
    return compute(declared, root), size


def _allowed(
    item: Token, sheet: Sheet, allowed: Collection[str], where: str
) -> Mapping[str, object]:
    """Return the longhands of a declaration that hold on pages, or in their margins."""
    longhands = longhands_of(item, sheet)
    if longhands and not longhands.keys() <= set(allowed):
        sheet.fault(item, f"{item.name} 不能用在 {where} 里，Word 里没有")
        return {}
    return longhands


def _counted(rules: Iterable[PageRule]) -> bool:
    counted = True
    for rule in rules:
        for item in rule.declarations:
            if item.lower_name == "counter-increment":
                words = tinycss2.serialize(item.value).split()
                if words not in (["page"], ["page", "1"], ["page", "0"]):
                    message = "counter-increment 只能是 page 0（不计页码）或 page 1"
                    rule.sheet.fault(item, message)
                counted = words[-1:] != ["0"]
    return counted


def _size(item: Token, sheet: Sheet) -> tuple[float, float] | None:
    """Return the size that a declaration asks for; None, and a fault, where it cannot be read."""
    tokens = significant(item.value)
    words = [token.lower_value for token in tokens if token.type == "ident"]
    size = _size_of(tokens, words)
    if size is None:
        text = tinycss2.serialize(item.value).strip()
        known = (*_SIZES, *_TURNS)
        near = next(filter(None, (nearest(word, known) for word in words if word not in known)), "")
        message = f"size: {text} 不能用，应当像 A4、A4 landscape 或 210mm 297mm{near}"
        sheet.fault(item, message)
    return size


def _size_of(tokens: Sequence[Token], words: Sequence[str]) -> tuple[float, float] | None:
    turns = [word for word in words if word in _TURNS]
    named = [word for word in words if word in _SIZES]
    try:
        lengths = [length([token]) for token in tokens if token.type != "ident"]
    except ValueError:
        return None
    known = len(turns) + len(named) == len(words) and len(turns) <= 1
    if not known or (len(named), len(lengths)) not in {(1, 0), (0, 1), (0, 2), (0, 0)}:
        return None
    if any(dim.unit != "pt" for dim in lengths) or not (named or lengths or turns):
        return None
    size = _SIZES[named[0] if named else "a4"]
    if lengths:
        size = (lengths[0].number, lengths[-1].number)
    if turns:
        size = (max(size), min(size)) if turns == ["landscape"] else (min(size), max(size))
    return size


def _boxes(rules: Iterable[PageRule], page: Values, margin: Sides[float]) -> tuple[MarginBox, ...]:
    declared: dict[str, dict[str, object]] = {}
    contents: dict[str, tuple[str | Counter, ...]] = {}
    for rule in rules:
        for box in rule.boxes:
            name = box.lower_at_keyword
            if name not in PLACES:
                message = f"@{name} 不能用，Word 的页眉页脚只有左、中、右{nearest(name, PLACES)}"
                rule.sheet.fault(box, message)
                continue
            values = declared.setdefault(name, {"vertical-align": "middle"})
            for item in declarations_in(box.content, rule.sheet):
                if item.lower_name == "content":
                    contents[name] = _content(item, rule.sheet)
                else:
                    values.update(_in_box(item, rule.sheet, name))
    return tuple(
        _box(place, contents[name], compute(declared[name], page), margin)
        for name, place in PLACES.items()
        if contents.get(name)
    )


def _in_box(item: Token, sheet: Sheet, name: str) -> Mapping[str, object]:
    longhands = _allowed(item, sheet, BOX_PROPERTIES, f"@{name}")
    if longhands.get("vertical-align", "middle") not in _BOX_VERTICAL:
        sheet.fault(item, f"@{name} 里的 vertical-align 只能是 {'、'.join(_BOX_VERTICAL)}")
    return longhands


def _content(item: Token, sheet: Sheet) -> tuple[str | Counter, ...]:
    parts: list[str | Counter] = []
    for token in significant(item.value):
        if token.type == "string":
            parts.append(token.value)
        elif counter := _counter(token):
            parts.append(counter)
        elif token.type != "ident" or token.lower_value not in {"none", "normal"}:
            text = tinycss2.serialize(item.value).strip()
            message = f"content: {text} 不能用，只能是文字、counter(page) 和 counter(pages)"
            sheet.fault(item, message)
    return tuple(parts)


def _counter(token: Token) -> Counter | None:
    if token.type != "function" or token.lower_name != "counter":
        return None
    names = significant(token.arguments)
    if len(names) == 1 and names[0].type == "ident":
        return _COUNTERS.get(names[0].value)
    return None


def _box(
    place: tuple[bool, Literal["left", "center", "right"]],
    content: tuple[str | Counter, ...],
    values: Values,
    margin: Sides[float],
) -> MarginBox:
    at_top, align = place
    padding, outside = sides_of(values, "padding-{}"), sides_of(values, "margin-{}")
    line = line_height_in_points(values)
    above, below = padding.top + outside.top, padding.bottom + outside.bottom
    room = (margin.top if at_top else margin.bottom) - above - below - line
    gap_above = above + {"top": 0.0, "bottom": room}.get(values["vertical-align"], room / 2)
    gap_below = above + below + room - gap_above
    inset = {"left": padding.left + outside.left, "right": padding.right + outside.right}
    return MarginBox(
        content=content,
        at_top=at_top,
        align=align,
        text=text_look(values),
        line_height=line,
        offset=gap_below if at_top else gap_above,
        inset=inset.get(align, 0.0),
    )
