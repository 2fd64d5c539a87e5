"""The list of styles in words, for the guides: `python -m perfgen.render.looks.guide FILE …`.

A guide holds the list between two marks; which language it is in, the first mark says.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from perfgen.files import write_whole
from perfgen.render.looks import papers
from perfgen.render.looks.places import LISTS, PARAGRAPHS, PLACES, ROWS, SPANS
from perfgen.render.looks.properties import SIDES
from perfgen.render.looks.roles import ROLES
from perfgen.render.looks.rules import MEDIA, PAGE_CLASSES
from perfgen.render.looks.selectors import PSEUDO_CLASSES
from perfgen.render.page.elements import CELLS

Language = Literal["zh", "en"]
MARKS = re.compile(r"(<!-- styles (zh|en): .*? -->\n).*?(<!-- /styles -->)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Entry:
    """Properties that go together: the values they take, and what is to be known of them.

    A value in parentheses is a kind of values, by an example. `where` is said where `places.py`
    has nothing to say. All words are in Chinese and in English.
    """

    names: tuple[str, ...]
    values: tuple[str, ...]
    note: tuple[str, str] = ("", "")
    where: tuple[str, str] = ("", "")


def _sides(pattern: str) -> tuple[str, ...]:
    return tuple(pattern.format(side) for side in SIDES)


_TABLES = ("表格", "tables")
_BREAKS = ("auto", "avoid", "avoid-page", "page", "always")
_COLORS = ("(#c00000)", "(red)", "(rgb(0 0 0 / 50%))")
ENTRIES = (
    Entry(
        ("font",),
        ("(16pt/28.99pt var(--fangsong))", "(bold 14pt var(--heiti))"),
        ("字号/行距 字体；没写的回到常规", "size/line height and font; what is left out is reset"),
    ),
    Entry(
        ("font-family",),
        tuple(f"var(--{role.key})" for role in ROLES),
        ("只写角色，一个", "a role, one only"),
    ),
    Entry(("font-size",), ("(16pt)", "(120%)")),
    Entry(
        ("font-weight",),
        ("normal", "bold", "bolder", "lighter", "(700)"),
        ("600 以上是粗体", "bold from 600 up"),
    ),
    Entry(("font-style",), ("normal", "italic", "oblique")),
    Entry(("line-height",), ("normal", "(28pt)", "(1.5)", "(150%)")),
    Entry(("color",), _COLORS, ("透明度按白纸折算", "as it shows on white paper")),
    Entry(("letter-spacing",), ("normal", "(0.5pt)")),
    Entry(("text-align",), ("left", "start", "right", "end", "center", "justify")),
    Entry(("text-indent",), ("(2em)",), ("负数是悬挂缩进", "negative: a hanging indent")),
    Entry(
        ("text-decoration", "text-decoration-line"), ("none", "underline", "line-through"),
        ("一个词；没有线型和颜色", "one word; no style, no colour"),
    ),
    Entry(
        ("list-style", "list-style-type"),
        ("none", "disc", "circle", "square", "decimal", "lower-alpha", "upper-alpha",
         "lower-roman", "upper-roman", "simp-chinese-informal", "cjk-ideographic"),
        ("后两个是 一、二、三、", "the last two are 一、二、三、"), ("列表", "lists"),
    ),
    Entry(
        ("white-space",), ("normal", "nowrap"),
        ("列宽自动放得下；在页边的格子里也可以写", "columns grow to fit; in margin boxes, too"),
    ),
    Entry(("vertical-align",), ("baseline", "top", "middle", "bottom", "super", "sub")),
    Entry(
        ("background", "background-color"), ("none", "transparent", *_COLORS),
        ("只有颜色；none 只用于 background", "a colour only; none for background"),
    ),
    Entry(
        ("width",), ("auto", "(30%)", "(25mm)"),
        ("写在 col 上，或第一行的格子上", "on col, or on the cells of the first row"),
    ),
    Entry(
        ("margin", *_sides("margin-{}")), ("auto", "(6pt)"),
        ("左右都是 auto 是居中；段落的上下不能是负数",
         "auto on both sides centres; none below zero above or below a paragraph"),
    ),
    Entry(
        ("padding", *_sides("padding-{}")), ("(3pt)",),
        ("段落的上下要有边框才行", "above and below a paragraph only within a border"),
    ),
    Entry(
        ("border", *_sides("border-{}")), ("(0.5pt solid #000)", "(none)"),
        ("至多 12pt", "12pt at most"),
    ),
    Entry(
        ("border-width", *_sides("border-{}-width")), ("thin", "medium", "thick", "(0.5pt)"),
    ),
    Entry(
        ("border-style", *_sides("border-{}-style")),
        ("none", "hidden", "solid", "double", "dashed", "dotted"),
    ),
    Entry(("border-color", *_sides("border-{}-color")), _COLORS),
    Entry(
        ("break-before", "break-after", "page-break-before", "page-break-after"), _BREAKS,
        ("avoid 是与前、后的放在一页", "avoid keeps with what is before or after"),
    ),
    Entry(("break-inside", "page-break-inside"), ("auto", "avoid", "avoid-page")),
    Entry(
        ("orphans", "widows"), ("1", "2"),
        ("Word 只有一个开关：有一个是 2 就都算 2", "one switch in Word: both 2 where one is"),
    ),
    Entry(
        ("page",), ("auto", "(wide)"),
        ("@page 里起的名称", "a name that @page gives"),
    ),
    Entry(
        ("--word-style",), ('("表格数字")',),
        ("Word 里的样式名；PDF 不管", "the style's name in Word; nothing in the PDF"),
    ),
    Entry(("caption-side",), ("top",), ("各种文件本来如此", "so in all documents anyway"), _TABLES),
    Entry(("table-layout",), ("fixed",), ("同上", "the same"), _TABLES),
    Entry(("border-collapse",), ("collapse",), ("同上", "the same"), _TABLES),
    Entry(("overflow-wrap",), ("anywhere", "break-word"), ("同上", "the same")),
    Entry(("hyphens",), ("none", "manual"), ("同上", "the same")),
)  # fmt: skip

_GROUPS = (
    (PARAGRAPHS, "段落", "paragraphs"),
    (PARAGRAPHS - {"li"}, "`li` 以外的段落", "paragraphs other than `li`"),
    (CELLS, "格子", "cells"),
    (SPANS, "文中的字", "words"),
    (ROWS, "行", "rows"),
    (LISTS, "列表", "lists"),
    (frozenset({"table"}), "表格", "tables"),
)
_WORDS = {
    "zh": ("属性", "取值", "用在", "说明", "文字所在的任何地方", "、"),
    "en": ("property", "values", "on", "note", "anything with text", ", "),
}
_OTHERS = {
    "zh": """\
“段落”是 {paragraphs}；括号里是例子；
`inherit`、`initial`、`unset` 都可以用。写在 `thead`、`tbody`、`tr`、`table` 上的底色，
由里面没有底色的格子显出来。

- 选择器：元素、`.类`、`#id`、`[属性]`、`>`、`+`、`~`、`*`，以及
  {pseudo}。
  没有 `::before` 这样的，要印的字写进模板。
- `@media`：{media}（`screen` 只给浏览器看）。没有 `@import`、`@font-face`。
- `@page`、`@page 名称`、{page_classes}：`size`（`A3` `A4` `A5` `B4` `B5` `letter`、两个长度、
  `landscape`）、`margin`、`counter-increment: page 0`（不计页码），以及页边文字继承的
  {page}。
  `size` 和 `margin` 各页要一样。
- 页边的格子 {boxes}：
  `content`（文字、`counter(page)`、`counter(pages)`、`none`）、
  `vertical-align`（`top` `middle` `bottom`）、`margin`、`padding` 和文字的属性。
""",
    "en": """\
Paragraphs are {paragraphs}; what is in
parentheses is an example; `inherit`, `initial` and `unset` go everywhere. The background of
`thead`, `tbody`, `tr`, `table` shows in the cells that have none.

- Selectors: elements, `.class`, `#id`, `[attribute]`, `>`, `+`, `~`, `*`, and
  {pseudo}.
  No `::before` and the like: what is to be printed belongs in the template.
- `@media`: {media} (`screen` is for browsers alone). No `@import`, no `@font-face`.
- `@page`, `@page name`, {page_classes}: `size` (`A3` `A4` `A5` `B4` `B5` `letter`, two
  lengths, `landscape`), `margin`, `counter-increment: page 0` (not counted), and what the text in
  the margins inherits:
  {page}.
  `size` and `margin` are the same for all pages of a name.
- Margin boxes {boxes}:
  `content` (text, `counter(page)`, `counter(pages)`, `none`), `vertical-align` (`top` `middle`
  `bottom`), `margin`, `padding`, and what text has.
""",
}
_BRACKETS = str.maketrans({"（": " (", "）": ")", "；": "; "})


def styles_in_words(language: Language) -> str:
    """Return the list as Markdown: a table of the properties, then rules and selectors."""
    *heads, anywhere, comma = _WORDS[language]
    rows = [f"| {' | '.join(heads)} |", "|---|---|---|---|"]
    for entry in ENTRIES:
        names = " ".join(f"`{name}`" for name in _shown(entry.names))
        values = " ".join(_value(value) for value in entry.values)
        where = entry.where[language == "en"] or _where(entry.names, language, comma) or anywhere
        rows.append(f"| {names} | {values} | {where} | {entry.note[language == 'en']} |")
    margin = {f"margin-{side}" for side in SIDES}
    others = _OTHERS[language].format(
        paragraphs=_listed(sorted(PARAGRAPHS)),
        pseudo=_listed(f":{name}" for name in PSEUDO_CLASSES),
        media=_listed(MEDIA),
        page_classes=_listed(f":{name}" for name in PAGE_CLASSES),
        page=_listed(sorted(papers.PAGE_PROPERTIES - margin)),
        boxes=_listed(f"@{name}" for name in papers.PLACES),
    )
    table = "\n".join(rows)
    return f"{table.translate(_BRACKETS) if language == 'en' else table}\n\n{others}"


def _shown(names: Sequence[str]) -> Iterator[str]:
    """Yield the names; those that differ by the side only as one."""
    for name in names:
        if "-top" in name:
            yield name.replace("-top", "-*")
        elif not any(f"-{side}" in name for side in SIDES):
            yield name


def _value(value: str) -> str:
    example = value.startswith("(")
    return f"(`{value[1:-1]}`)" if example else f"`{value}`"


def _where(names: Sequence[str], language: Language, comma: str) -> str:
    """Return on which elements the properties hold; empty where it is any."""
    texts: dict[str, list[str]] = {}
    for name in names:
        if name.startswith("border"):
            return comma.join(_elements("border-top-style", language))
        if name in PLACES:
            texts.setdefault(comma.join(_elements(name, language)), []).append(name)
    if len(texts) < 2:
        return "".join(texts)
    return "；".join(f"{'/'.join(_tails(named))}: {text}" for text, named in texts.items())


def _tails(names: Sequence[str]) -> Iterator[str]:
    return (name.rpartition("-")[2] for name in names)


def _elements(name: str, language: Language) -> Iterator[str]:
    places = dict(PLACES[name])
    for group, chinese, english in _GROUPS:
        values = {places.get(tag, frozenset({"-"})) for tag in group}
        if group <= places.keys() and len(values) == 1:
            yield (english if language == "en" else chinese) + _limit(values.pop())
            for tag in group:
                del places[tag]
    for tag in sorted(places):
        yield f"`{tag}`{_limit(places[tag])}"


def _limit(values: frozenset[object] | None) -> str:
    if values is None:
        return ""
    words = ("auto" if value is None else str(value) for value in values)
    return f"（{_listed(sorted(words))}）"


def _listed(words: Iterator[str] | Sequence[str]) -> str:
    return " ".join(f"`{word}`" for word in words)


def rewritten(guide: str) -> str:
    """Return a guide with the list as it is now between its marks."""

    def fill(match: re.Match[str]) -> str:
        language: Language = "en" if match[2] == "en" else "zh"
        return f"{match[1]}{styles_in_words(language)}{match[3]}"

    return MARKS.sub(fill, guide)


def main(paths: Sequence[str]) -> None:
    """Write the list anew into each of the guides."""
    for path in map(Path, paths):
        write_whole({path: rewritten(path.read_text(encoding="utf-8")).encode()})


if __name__ == "__main__":
    main(sys.argv[1:])
