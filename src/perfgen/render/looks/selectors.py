"""Selectors (选择器): the ways of naming elements that all printers understand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import cssselect2
import tinycss2

from perfgen.render.looks.sheets import Sheet
from perfgen.render.looks.values import Token, nearest
from perfgen.render.page.elements import ELEMENTS

PSEUDO_CLASSES = (
    "first-child", "last-child", "only-child", "nth-child", "nth-last-child",
    "first-of-type", "last-of-type", "only-of-type", "nth-of-type", "nth-last-of-type",
    "empty", "root", "not", "is", "where", "has",
)  # fmt: skip
_WITH_SELECTORS = frozenset({"not", "is", "where", "has"})
_PLAIN_TOKENS = frozenset({"ident", "hash", "whitespace", "comment"})


@dataclass(frozen=True, slots=True)
class Selectors:
    """The compiled selectors of a rule. `plain` ones ask for names, classes and parents only.

    Elements with the same name, class and id under like parents match the same plain rules.
    """

    compiled: Sequence[Any]
    plain: bool
    asks_for_id: bool


def read_selectors(rule: Token, sheet: Sheet) -> Selectors:
    """Return a rule's selectors, without those that the printers do not share: they are noted."""
    text = tinycss2.serialize(rule.prelude).strip()
    for problem in _problems(rule.prelude):
        sheet.fault(rule, f"选择器 {text} 不能用：{problem}")
    plain = all(
        token.type in _PLAIN_TOKENS or (token.type == "literal" and token.value in ".,>*")
        for token in rule.prelude
    )
    asks_for_id = any(token.type == "hash" for token in rule.prelude)
    try:
        compiled = cssselect2.compile_selector_list(rule.prelude)
    except cssselect2.SelectorError:
        if not any(_problems(rule.prelude)):
            sheet.fault(rule, f"选择器 {text} 写得不对" if text else "大括号前面没有写选择器")
        compiled = []
    ours = [selector for selector in compiled if selector.pseudo_element is None]
    return Selectors(ours, plain, asks_for_id)


def _problems(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield what is wrong with the names in selectors: of elements and of pseudo-classes."""
    before = ""
    colons = 0
    for token in tokens:
        colons = colons + 1 if token == ":" else colons
        if token.type in {"ident", "function"} and colons:
            yield from _pseudo(token, colons)
        elif token.type == "ident" and before != "." and token.lower_value not in ELEMENTS:
            yield f"没有元素 {token.value}{nearest(token.value, ELEMENTS)}"
        if token.type != "literal":
            colons = 0
        before = token.value if token.type == "literal" else ""


def _pseudo(token: Token, colons: int) -> Iterator[str]:
    name = token.lower_value if token.type == "ident" else token.lower_name
    if colons > 1 or name in {"before", "after"}:
        yield f"::{name} 只会印在 PDF 里，要印的字应当写进模板"
    elif name not in PSEUDO_CLASSES:
        yield f"不认识 :{name}{nearest(name, PSEUDO_CLASSES)}"
    elif name in _WITH_SELECTORS and token.type == "function":
        yield from _problems(token.arguments)
