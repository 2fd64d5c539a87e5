"""A stylesheet → its rules: selectors with the longhands that they set, and @page rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import cssselect2
import tinycss2

from perfgen.errors import LayoutError
from perfgen.render.looks.shorthands import declared
from perfgen.render.looks.values import Token, Tokens, significant

_MEDIA = frozenset({"all", "print"})
_CHANGES_CASCADE = frozenset({"import", "layer", "scope", "container", "namespace"})
_PLAIN_TOKENS = frozenset({"ident", "hash", "whitespace", "comment"})
_SPEAKING_CONTENT = frozenset({"string", "function", "url"})


@dataclass(frozen=True, slots=True)
class Declarations:
    """The longhands that one rule sets, the ordinary and the !important ones."""

    normal: Mapping[str, object]
    important: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class StyleRule:
    """A rule for elements. `plain` selectors ask for names, classes, ids and parents only.

    Elements with the same name, class and id under like parents match the same plain rules.
    """

    selectors: Sequence[Any]
    plain: bool
    asks_for_id: bool
    declarations: Declarations


@dataclass(frozen=True, slots=True)
class PageRule:
    """An @page rule: its selectors, its declarations, and its margin boxes by name."""

    selectors: tuple[PageSelector, ...]
    declarations: tuple[Token, ...]
    boxes: tuple[tuple[str, tuple[Token, ...]], ...]
    sheet: int


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


def read_rules(stylesheet: str, sheet: int) -> Iterator[StyleRule | PageRule]:
    """Yield the rules of one stylesheet in order; `sheet` is its number in messages.

    Raises LayoutError for what cannot be understood.
    """
    yield from _rules(tinycss2.parse_stylesheet(stylesheet, skip_comments=True), sheet)


def css_fault(sheet: int, token: Token, message: str) -> LayoutError:
    """Return a LayoutError that says where in the stylesheets `message` holds."""
    return LayoutError(f"第 {sheet} 个样式表第 {token.source_line} 行：{message}")


def longhands_of(item: Token, sheet: int) -> dict[str, object]:
    """Return the longhands that one declaration sets; LayoutError for a value not understood."""
    try:
        return declared(item.name if item.name.startswith("--") else item.lower_name, item.value)
    except ValueError as error:
        text = tinycss2.serialize(item.value).strip()
        raise css_fault(sheet, item, f"{item.name}: {text} 不能用，{error}") from error


def declarations_in(content: Tokens, sheet: int) -> list[Token]:
    """Return the declarations of a block; LayoutError for what is none (nested rules too)."""
    found = []
    for item in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if item.type == "error":
            raise css_fault(sheet, item, f"样式写法有错：{item.message}")
        if item.type == "declaration":
            found.append(item)
        elif item.type == "qualified-rule":
            raise css_fault(sheet, item, "不支持嵌套的规则，请把选择器写全")
    return found


def _rules(items: Sequence[Token], sheet: int) -> Iterator[StyleRule | PageRule]:
    for item in items:
        if item.type == "error":
            raise css_fault(sheet, item, f"样式写法有错：{item.message}")
        if item.type == "qualified-rule":
            rule = _style_rule(item, sheet)
            if rule:
                yield rule
        elif item.type == "at-rule":
            yield from _at_rule(item, sheet)


def _at_rule(item: Token, sheet: int) -> Iterator[StyleRule | PageRule]:
    name = item.lower_at_keyword
    if name == "page":
        yield _page_rule(item, sheet)
    elif name == "media":
        words = {token.lower_value for token in significant(item.prelude) if token.type == "ident"}
        if words & _MEDIA:
            yield from _rules(tinycss2.parse_rule_list(item.content, skip_comments=True), sheet)
    elif name in _CHANGES_CASCADE:
        raise css_fault(sheet, item, f"不支持 @{item.at_keyword}，请把样式直接写出来")


def _style_rule(item: Token, sheet: int) -> StyleRule | None:
    text = tinycss2.serialize(item.prelude).strip()
    try:
        compiled = cssselect2.compile_selector_list(item.prelude)
    except cssselect2.SelectorError as error:
        raise css_fault(sheet, item, f"选择器 {text} 不能用：{error}") from error
    selectors = [selector for selector in compiled if selector.pseudo_element is None]
    if len(selectors) < len(compiled):
        _check_pseudo_element(item, text, sheet)
    if not selectors:
        return None
    plain = all(
        token.type in _PLAIN_TOKENS or (token.type == "literal" and token.value in ".,>*")
        for token in item.prelude
    )
    asks_for_id = any(token.type == "hash" for token in item.prelude)
    return StyleRule(selectors, plain, asks_for_id, _declarations(item.content, sheet))


def _declarations(content: Tokens, sheet: int) -> Declarations:
    normal: dict[str, object] = {}
    important: dict[str, object] = {}
    for item in declarations_in(content, sheet):
        (important if item.important else normal).update(longhands_of(item, sheet))
    return Declarations(normal, important)


def _check_pseudo_element(item: Token, text: str, sheet: int) -> None:
    """Raise LayoutError where a pseudo-element would print words that only the PDF has."""
    for declaration in declarations_in(item.content, sheet):
        if declaration.lower_name == "content" and any(
            token.type in _SPEAKING_CONTENT and getattr(token, "value", "…")
            for token in declaration.value
        ):
            raise css_fault(sheet, declaration, f"{text} 的 content 只会印在 PDF 里，应当写进模板")


def _page_rule(item: Token, sheet: int) -> PageRule:
    content = tinycss2.parse_blocks_contents(item.content, skip_comments=True, skip_whitespace=True)
    boxes = []
    for box in content:
        if box.type == "error":
            raise css_fault(sheet, box, f"样式写法有错：{box.message}")
        if box.type == "at-rule":
            if significant(box.prelude) or box.content is None:
                raise css_fault(sheet, box, f"@{box.at_keyword} 后面应当直接是 {{ }}")
            boxes.append((box.lower_at_keyword, tuple(box.content)))
    declarations = tuple(part for part in content if part.type == "declaration")
    selectors = tuple(_page_selectors(item, sheet))
    return PageRule(selectors, declarations, tuple(boxes), sheet)


def _page_selectors(item: Token, sheet: int) -> Iterator[PageSelector]:
    text = tinycss2.serialize(item.prelude)
    for part in text.split(","):
        name, *classes = (word.strip() for word in part.split(":"))
        sides = [word for word in classes if word in {"left", "right"}]
        if len(sides) + classes.count("first") < len(classes) or len(sides) > 1:
            raise css_fault(sheet, item, f"@page {text.strip()} 不能用，只认识 :first :left :right")
        yield PageSelector(name, "first" in classes, "".join(sides))
