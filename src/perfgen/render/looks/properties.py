"""The CSS properties that documents share: how each is parsed, inherited, and what it is at first.

This is the one list that all printers keep to. A property that is not in it, and a value that its
parser does not take (ValueError), is a fault of the stylesheet. `places.py` says on which elements
a property holds, `guide.py` says all of it in words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from perfgen.render.looks.model import Align, Decoration, VerticalAlign
from perfgen.render.looks.values import (
    ZERO,
    Dim,
    Tokens,
    border_style,
    border_width,
    color,
    count,
    font_role,
    font_size,
    keyword,
    length,
    length_or,
    non_negative,
    opaque_color,
    single,
    slant,
    weight,
)

SIDES = ("top", "right", "bottom", "left")
INITIAL_SIZE = 12.0
"""The font size in points where no stylesheet speaks."""
_STYLE_NAME = re.compile(r"[^,;{}\\\x00-\x1f]{1,100}")
_ALIGN: dict[str, Align] = {
    "left": "left", "start": "left", "right": "right", "end": "right", "center": "center",
    "justify": "justify",
}  # fmt: skip
_VERTICAL: dict[str, VerticalAlign] = {
    "baseline": "baseline", "top": "top", "middle": "middle", "bottom": "bottom",
    "super": "super", "sub": "sub",
}  # fmt: skip
_BREAK = {
    "auto": "auto", "avoid": "avoid", "avoid-page": "avoid", "page": "page", "always": "page",
}  # fmt: skip
_DECORATIONS: dict[str, Decoration] = {
    "none": "none", "underline": "underline", "line-through": "line-through",
}  # fmt: skip
_INSIDE = {"auto": False, "avoid": True, "avoid-page": True}
MARKERS = {
    "none": "none", "disc": "disc", "circle": "circle", "square": "square", "decimal": "decimal",
    "lower-alpha": "lower-alpha", "upper-alpha": "upper-alpha", "lower-roman": "lower-roman",
    "upper-roman": "upper-roman",
    # 一、 … 十、 十一、; what CSS calls cjk-decimal goes on with 一〇、 一一、, which Word has not.
    "simp-chinese-informal": "cjk-decimal", "cjk-ideographic": "cjk-decimal",
}  # fmt: skip

Parser = Callable[[Tokens], object]


@dataclass(frozen=True, slots=True)
class Property:
    """A longhand property: its parser, its initial (declared) value, whether it is inherited."""

    parse: Parser
    initial: object
    inherited: bool = False


def _style_name(tokens: Tokens) -> str:
    token = single(tokens)
    if token.type != "string" or not _STYLE_NAME.fullmatch(token.value.strip()):
        raise ValueError("应当是引号里的样式名，不能含逗号、分号和反斜杠")
    return str(token.value.strip())


def _page_name(tokens: Tokens) -> str | None:
    token = single(tokens)
    if token.type != "ident":
        raise ValueError("应当是页面的名称，例如 wide")
    return None if token.lower_value == "auto" else str(token.value)


def line_height(tokens: Tokens) -> Dim | None:
    """Return a declared line height; None for the font's own."""
    token = single(tokens)
    if token.type == "ident" and token.lower_value == "normal":
        return None
    dim = length(tokens, percent=True, number=True)
    if dim.number < 0:
        raise ValueError("不能是负数")
    return dim


def decoration(tokens: Tokens) -> Decoration:
    """Return the line drawn along the text."""
    return keyword(tokens, _DECORATIONS)


def _only(reason: str, *known: str) -> Property:
    """Return a property that takes these keywords only: with any other, documents would differ."""

    def parse(tokens: Tokens) -> str:
        token = single(tokens)
        if token.type != "ident" or token.lower_value not in known:
            raise ValueError(f"只能是 {'、'.join(known)}：{reason}")
        return str(token.lower_value)

    return Property(parse, known[0])


def _lines_kept(tokens: Tokens) -> int:
    number = count(tokens)
    if number > 2:
        raise ValueError("只能是 1 或 2，Word 没有更多的")
    return number


_MARGIN = Property(partial(length_or, word="auto"), ZERO)

LONGHANDS: Mapping[str, Property] = {
    "--word-style": Property(_style_name, ""),
    "font-family": Property(font_role, "songti", inherited=True),
    "font-size": Property(font_size, Dim(INITIAL_SIZE, "pt"), inherited=True),
    "font-weight": Property(weight, False, inherited=True),
    "font-style": Property(slant, False, inherited=True),
    "line-height": Property(line_height, None, inherited=True),
    "color": Property(opaque_color, "000000", inherited=True),
    "letter-spacing": Property(partial(length_or, word="normal"), ZERO, inherited=True),
    "text-align": Property(partial(keyword, known=_ALIGN), "left", inherited=True),
    "text-indent": Property(length, ZERO, inherited=True),
    # Not inherited in CSS, but drawn through the text of all descendants.
    "text-decoration-line": Property(decoration, "none", inherited=True),
    "white-space": Property(
        partial(keyword, known={"normal": False, "nowrap": True}), False, inherited=True
    ),
    "list-style-type": Property(partial(keyword, known=MARKERS), "disc", inherited=True),
    "orphans": Property(_lines_kept, 2, inherited=True),
    "widows": Property(_lines_kept, 2, inherited=True),
    "background-color": Property(color, None),
    "vertical-align": Property(partial(keyword, known=_VERTICAL), "baseline"),
    "width": Property(partial(length_or, word="auto", percent=True), None),
    "page": Property(_page_name, None),
    "break-before": Property(partial(keyword, known=_BREAK), "auto"),
    "break-after": Property(partial(keyword, known=_BREAK), "auto"),
    "break-inside": Property(partial(keyword, known=_INSIDE), False),
    # What every printer does anyway; said in stylesheets for browsers and WeasyPrint.
    "caption-side": _only("Word 里表格标题只能在表格上方", "top"),
    "table-layout": _only("列宽由版式决定", "fixed"),
    "border-collapse": _only("相邻的格子共用一条线", "collapse"),
    "overflow-wrap": _only("放不下的长词总要换行", "anywhere", "break-word"),
    "hyphens": _only("中文公文不用连字符断词", "none", "manual"),
    **{f"margin-{side}": _MARGIN for side in SIDES},
    **{f"padding-{side}": Property(non_negative, ZERO) for side in SIDES},
    **{f"border-{side}-width": Property(border_width, Dim(2.25, "pt")) for side in SIDES},
    **{f"border-{side}-style": Property(border_style, "none") for side in SIDES},
    **{f"border-{side}-color": Property(opaque_color, "000000") for side in SIDES},
}

REFUSED: Mapping[str, str] = {
    **dict.fromkeys(("display", "visibility"), "不能隐藏内容，也不能换排法；不要印的在模板里去掉"),
    "content": "只能用在页边的格子里，例如 @bottom-right；正文里要印的字应当写进模板",
    "size": "只能用在 @page 里",
    "counter-increment": "只能用在 @page 里，不计页码的封面写 counter-increment: page 0",
    "text-transform": "大小写应当在模板里写好",
    **dict.fromkeys(("float", "position"), "内容只能依次往下排；并排的用表格"),
    **dict.fromkeys(("height", "min-height", "max-height"), "高度由内容决定，用 padding 或 margin"),
    **dict.fromkeys(("min-width", "max-width"), "只能用 width"),
}
"""What authors of stylesheets may look for, and what to do instead."""
