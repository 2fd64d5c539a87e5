"""From the rules to the values of each element: the cascade, without computing lengths."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import cssselect2
import tinycss2
from lxml import etree

from perfgen.errors import LayoutError
from perfgen.render.looks.computed import Values, compute, look_of
from perfgen.render.looks.model import Look
from perfgen.render.looks.places import doubtful, misplaced
from perfgen.render.looks.rules import Declarations, StyleRule
from perfgen.render.looks.sheets import Sheet
from perfgen.render.looks.shorthands import INHERITED, declared, is_global
from perfgen.render.looks.values import Token
from perfgen.render.page.elements import fault

_PAINTED_BY_PARENTS = frozenset({"thead", "tbody", "tr", "td", "th"})
"""Where no colour of their own is painted, that of the row, or of the table, shows."""


MOST_TESTS = 3_000_000
"""A selector against an element: a second for half a million."""


class Cascade:
    """Computes the looks of one page's elements; elements that must look alike only once."""

    def __init__(self, root: etree._Element, rules: Iterable[StyleRule]) -> None:
        """Compile the rules, in their order, for the page whose <html> is `root`."""
        rules = list(rules)
        self._matcher = cssselect2.Matcher()
        for rule in rules:
            for selector in rule.selectors.compiled:
                self._matcher.add_selector(selector, rule.declarations)
        self._root = root
        selectors = [rule.selectors for rule in rules]
        self._asks_for_id = any(one.asks_for_id for one in selectors)
        self._others = [other for one in selectors if not one.plain for other in one.compiled]
        self._others_by_tag: dict[str, list[Any]] = {}
        self._looks: dict[etree._Element, Look] = {}
        self._computed: dict[object, tuple[Values, Look]] = {}
        self._numbers: dict[object, int] = {}
        self._kind_numbers: dict[etree._Element, int] = {}
        self._wrappers = {root: cssselect2.ElementWrapper.from_html_root(root)}

    def check_tests(self, elements: int) -> None:
        """Raise LayoutError where the selectors would be held against the page for minutes."""
        if len(self._others) * elements > MOST_TESTS:
            raise LayoutError(
                f"样式表里像 tr:first-child 的选择器有 {len(self._others)} 个，页面太长，"
                f"要核对几分钟",
                hint="改用类名，如 tr.first",
            )

    def look(self, element: etree._Element) -> Look:
        """Return the element's look."""
        known = self._looks.get(element)
        if known is None:
            known = self._looks[element] = self._of(element)[1]
        return known

    def bare_look(self, element: etree._Element) -> Look:
        """Return the look that the element would have without class and id."""
        if element is self._root or not (element.get("class") or element.get("id")):
            return self.look(element)
        parent = _parent(element)
        wrapper = cssselect2.ElementWrapper(
            etree.Element(element.tag), self._wrapper(parent), 0, None, in_html_document=True
        )
        return look_of(compute(self._declared(wrapper), self._of(parent)[0]))

    def root_values(self) -> Values:
        """Return the computed values of <html>, from which pages inherit."""
        return self._of(self._root)[0]

    def _of(self, element: etree._Element) -> tuple[Values, Look]:
        kind = self._kind(element)
        known = self._computed.get(kind)
        if known is None:
            parent = None if element is self._root else self._of(_parent(element))[0]
            declared = self._declared(self._wrapper(element))
            values = compute(declared, parent)
            self._check(element, declared, values)
            known = self._computed[kind] = (values, look_of(values))
        return known

    def _kind(self, element: etree._Element) -> object:
        """Return a key which is the same for elements that match the same rules."""
        above = None
        if element is not self._root:
            parent = _parent(element)
            above = self._kind_numbers.get(parent)
            if above is None:
                kind = self._kind(parent)
                above = self._numbers.setdefault(kind, len(self._numbers))
                self._kind_numbers[parent] = above
        tag = str(element.tag)
        others = self._others_by_tag.get(tag)
        if others is None:
            others = [one for one in self._others if one.local_name in {None, tag}]
            self._others_by_tag[tag] = others
        # Whether other selectors match, such as tr:first-child, only a test of each can tell.
        matched = tuple(self._matches(one, element) for one in others) if others else ()
        name = element.get("id") if self._asks_for_id else None
        return above, tag, element.get("class"), element.get("style"), name, matched

    def _matches(self, selector: Any, element: etree._Element) -> bool:
        return bool(selector.test(self._wrapper(element)))

    def _wrapper(self, element: etree._Element) -> cssselect2.ElementWrapper:
        wrapper = self._wrappers.get(element)
        if wrapper is None:
            siblings = self._wrapper(_parent(element)).iter_children()
            self._wrappers.update((sibling.etree_element, sibling) for sibling in siblings)
            wrapper = self._wrappers[element]
        return wrapper

    def _declared(self, wrapper: cssselect2.ElementWrapper) -> dict[str, object]:
        """Return the declared values that win: by importance, specificity and order."""
        matches = self._matches_of(wrapper)
        values: dict[str, object] = {}
        for declarations in matches:
            values.update(declarations.normal)
        values.update(_inline_values(wrapper.etree_element))
        for declarations in matches:
            values.update(declarations.important)
        if wrapper.local_name in _PAINTED_BY_PARENTS and values.get("background-color") is None:
            values["background-color"] = INHERITED
        return values

    def _matches_of(self, wrapper: cssselect2.ElementWrapper) -> list[Declarations]:
        return [found[3] for found in self._matcher.match(wrapper) if found[2] is None]

    def _check(
        self, element: etree._Element, declared: Mapping[str, object], values: Values
    ) -> None:
        """Note the values that do not hold on this element in every printer."""
        tag = str(element.tag)
        wrong = {
            name: reason
            for name, value in declared.items()
            if not is_global(value) and (reason := misplaced(tag, name, value))
        }
        wrong.update(doubtful(tag, values))
        if not wrong:
            return
        origins = self._origins(element)
        said: list[Token] = []  # a shorthand is named once, not for each side
        for name, reason in wrong.items():
            if name not in origins or origins[name][1] in said:
                continue
            sheet, item = origins[name]
            said.append(item)
            text = tinycss2.serialize(item.value).strip()
            sheet.fault(item, f"{item.name}: {text} {reason}")

    def _origins(self, element: etree._Element) -> Mapping[str, tuple[Sheet, Token]]:
        """Return where each of the element's values was declared, if not in perfgen's own sheet."""
        matches = self._matches_of(self._wrapper(element))
        origins: dict[str, tuple[Sheet, Token]] = {}
        for important in (False, True):
            for one in matches:
                for name in one.important if important else one.normal:
                    origins[name] = (one.sheet, one.origins[name])
        return {name: origin for name, origin in origins.items() if not origin[0].own}


def _inline_values(element: etree._Element) -> dict[str, object]:
    """Return what the element's own style attribute says: a width."""
    values: dict[str, object] = {}
    for item in tinycss2.parse_blocks_contents(element.get("style", "")):
        if item.type == "declaration":
            try:
                values.update(declared(item.lower_name, item.value))
            except (KeyError, ValueError) as error:
                message = f"style 的 {item.name} 不能用，{error}"
                raise fault(element, message) from error
    return values


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    assert parent is not None, "only <html> has no parent"
    return parent
