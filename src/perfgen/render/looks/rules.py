"""A stylesheet → its rules: selectors with the longhands that they set, and @page rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import tinycss2

from perfgen.foreign_words import style_words
from perfgen.render.looks.properties import REFUSED
from perfgen.render.looks.selectors import Selectors, read_selectors
from perfgen.render.looks.sheets import Sheet
from perfgen.render.looks.shorthands import declared, known_names
from perfgen.render.looks.values import Token, Tokens, nearest, significant

AT_RULES = ("page", "media", "charset")
MEDIA = ("all", "print", "screen")
"""What is for the screen alone is left to the browser."""
PAGE_CLASSES = ("first", "left", "right")
_OWN_PROPERTY = "--word-style"


@dataclass(frozen=True, slots=True)
class Declarations:
    """The longhands that one rule sets, the ordinary and the !important ones, and where."""

    normal: Mapping[str, object]
    important: Mapping[str, object]
    sheet: Sheet
    origins: Mapping[str, Token]


@dataclass(frozen=True, slots=True)
class StyleRule:
    """A rule for elements."""

    selectors: Selectors
    declarations: Declarations


@dataclass(frozen=True, slots=True)
class PageRule:
    """An @page rule: its selectors, its declarations, and its margin boxes by name."""

    selectors: tuple[PageSelector, ...]
    declarations: tuple[Token, ...]
    boxes: tuple[Token, ...]
    sheet: Sheet


@dataclass(frozen=True, slots=True)
class PageSelector:
    """What an @page rule is for: a page's name, or any (""); first, left, right, or any ("")."""

    name: str
    first: bool
    side: str

    @property
    def specificity(self) -> tuple[bool, bool, bool]:
        """Return what decides between rules: a name beats :first, and :first a side."""
        return bool(self.name), self.first, bool(self.side)


def read_rules(stylesheet: str, sheet: Sheet) -> Iterator[StyleRule | PageRule]:
    """Yield the rules of one stylesheet in order; what the printers do not share is noted.

    Raises LayoutError for what is no CSS at all.
    """
    yield from _rules(tinycss2.parse_stylesheet(stylesheet, skip_comments=True), sheet)


def longhands_of(item: Token, sheet: Sheet) -> dict[str, object]:
    """Return the longhands that one declaration sets; none where the printers do not share it."""
    name = item.name if item.name.startswith("--") else item.lower_name
    try:
        return declared(name, item.value)
    except KeyError:
        sheet.fault(item, _unknown(name))
    except ValueError as error:
        text = tinycss2.serialize(item.value).strip()
        sheet.fault(item, f"{item.name}: {text} 不能用，{error}")
    return {}


def _unknown(name: str) -> str:
    if reason := REFUSED.get(name):
        return f"{name} 不能用：{reason}"
    if name.startswith("--"):
        return f"不认识 {name}，自己起的名称只有 {_OWN_PROPERTY}"
    return f"属性 {name} 不在各种文件都支持的属性里{nearest(name, known_names())}"


def declarations_in(content: Tokens, sheet: Sheet) -> list[Token]:
    """Return the declarations of a block; LayoutError for what is none (nested rules too)."""
    found = []
    for item in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if item.type == "error":
            raise sheet.error(item, f"样式写法有错：{style_words(item.message)}")
        if item.type == "declaration":
            found.append(item)
        elif item.type == "qualified-rule":
            raise sheet.error(item, "不支持嵌套的规则，请把选择器写全")
        elif item.type == "at-rule":
            raise sheet.error(item, f"@{item.at_keyword} 不能写在这里")
    return found


def _rules(items: Sequence[Token], sheet: Sheet) -> Iterator[StyleRule | PageRule]:
    for item in items:
        if item.type == "error":
            raise sheet.error(item, f"样式写法有错：{style_words(item.message)}")
        if item.type == "qualified-rule":
            yield from _style_rule(item, sheet)
        elif item.type == "at-rule":
            yield from _at_rule(item, sheet)


def _at_rule(item: Token, sheet: Sheet) -> Iterator[StyleRule | PageRule]:
    name = item.lower_at_keyword
    if name == "page" and item.content is not None:
        yield from _page_rule(item, sheet)
    elif name == "media" and item.content is not None:
        media = significant(item.prelude)
        words = {token.lower_value for token in media if token.type == "ident"}
        for token in media:
            if token != "," and (token.type != "ident" or token.lower_value not in MEDIA):
                text = tinycss2.serialize([token])
                sheet.fault(
                    item, f"@media {text} 不能用，只认识 {'、'.join(MEDIA)}{nearest(text, MEDIA)}"
                )
        if not media or words & {"all", "print"}:
            yield from _rules(tinycss2.parse_rule_list(item.content, skip_comments=True), sheet)
    elif name == "font-face":
        sheet.fault(item, "不支持 @font-face，字体文件放进工作簿旁边的 fonts 文件夹")
    elif name not in AT_RULES or item.content is not None:
        sheet.fault(item, f"不支持 @{item.at_keyword}{nearest(name, AT_RULES)}")


def _style_rule(item: Token, sheet: Sheet) -> Iterator[StyleRule]:
    sheet.faults.count(1 + sum(token == "," for token in item.prelude))
    selectors = read_selectors(item, sheet)
    if selectors.compiled:
        yield StyleRule(selectors, _declarations(item.content, sheet))


def _declarations(content: Tokens, sheet: Sheet) -> Declarations:
    normal: dict[str, object] = {}
    important: dict[str, object] = {}
    origins: dict[str, Token] = {}
    for item in declarations_in(content, sheet):
        longhands = longhands_of(item, sheet)
        (important if item.important else normal).update(longhands)
        origins.update(dict.fromkeys(longhands, item))
    return Declarations(normal, important, sheet, origins)


def _page_rule(item: Token, sheet: Sheet) -> Iterator[PageRule]:
    content = tinycss2.parse_blocks_contents(item.content, skip_comments=True, skip_whitespace=True)
    boxes = []
    for box in content:
        if box.type == "error":
            raise sheet.error(box, f"样式写法有错：{style_words(box.message)}")
        if box.type == "qualified-rule":
            raise sheet.error(box, "不支持嵌套的规则，请把选择器写全")
        if box.type == "at-rule":
            if significant(box.prelude) or box.content is None:
                raise sheet.error(box, f"@{box.at_keyword} 后面应当直接是 {{ }}")
            boxes.append(box)
    declarations = tuple(part for part in content if part.type == "declaration")
    selectors = tuple(_page_selectors(item, sheet))
    if selectors:
        yield PageRule(selectors, declarations, tuple(boxes), sheet)


def _page_selectors(item: Token, sheet: Sheet) -> Iterator[PageSelector]:
    text = tinycss2.serialize(item.prelude)
    for part in text.split(","):
        name, *classes = (word.strip() for word in part.split(":"))
        sides = [word for word in classes if word in {"left", "right"}]
        if len(sides) + classes.count("first") < len(classes) or len(sides) > 1:
            known = " ".join(f":{word}" for word in PAGE_CLASSES)
            sheet.fault(
                item,
                f"@page {text.strip()} 不能用，只认识 {known}{nearest(classes[0], PAGE_CLASSES)}",
            )
        else:
            yield PageSelector(name, "first" in classes, "".join(sides))
