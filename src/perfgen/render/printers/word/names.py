"""The names of Word's built-in styles: as a Chinese Word shows them, and as the file has them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

StyleKind = Literal["paragraph", "character", "table"]


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """A built-in style. `outline` is its outline level (大纲级别) from 0, None for body text."""

    kind: StyleKind
    name: str
    id: str
    priority: int
    outline: int | None = None


BUILT_IN = {
    "正文": BuiltIn("paragraph", "Normal", "Normal", 0),
    "标题": BuiltIn("paragraph", "Title", "Title", 10),
    "副标题": BuiltIn("paragraph", "Subtitle", "Subtitle", 11),
    "题注": BuiltIn("paragraph", "caption", "Caption", 35),
    "列表段落": BuiltIn("paragraph", "List Paragraph", "ListParagraph", 34),
    "页眉": BuiltIn("paragraph", "header", "Header", 99),
    "页脚": BuiltIn("paragraph", "footer", "Footer", 99),
    "要点": BuiltIn("character", "Strong", "Strong", 22),
    "强调": BuiltIn("character", "Emphasis", "Emphasis", 20),
    "超链接": BuiltIn("character", "Hyperlink", "Hyperlink", 99),
    "网格型": BuiltIn("table", "Table Grid", "TableGrid", 39),
}
_HEADING = re.compile(r"标题\s*([1-9])")


def built_in(shown_name: str) -> BuiltIn | None:
    """Return the built-in style that a Chinese Word shows by this name, such as 标题 1."""
    heading = _HEADING.fullmatch(shown_name)
    if heading:
        level = int(heading.group(1))
        return BuiltIn("paragraph", f"heading {level}", f"Heading{level}", 9, level - 1)
    return BUILT_IN.get(shown_name)
