"""From the rules to the values of each element: the cascade, without computing lengths."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import cssselect2
import tinycss2
from lxml import etree

from perfgen.render.looks.computed import Values, compute, look_of
from perfgen.render.looks.model import Look
from perfgen.render.looks.rules import StyleRule
from perfgen.render.looks.shorthands import declared
from perfgen.render.page.elements import fault


class Cascade:
    """Computes the looks of one page's elements; elements that must look alike only once."""

    def __init__(self, root: etree._Element, rules: Iterable[StyleRule]) -> None:
        """Compile the rules, in their order, for the page whose <html> is `root`."""
        rules = list(rules)
        self._matcher = cssselect2.Matcher()
        for rule in rules:
            for selector in rule.selectors:
                self._matcher.add_selector(selector, rule.declarations)
        self._root = root
        self._asks_for_id = any(rule.asks_for_id for rule in rules)
        self._others = [one for rule in rules if not rule.plain for one in rule.selectors]
        self._others_by_tag: dict[str, list[Any]] = {}
        self._looks: dict[etree._Element, Look] = {}
        self._computed: dict[object, tuple[Values, Look]] = {}
        self._numbers: dict[object, int] = {}
        self._kind_numbers: dict[etree._Element, int] = {}
        self._wrappers = {root: cssselect2.ElementWrapper.from_html_root(root)}

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
            values = compute(self._declared(self._wrapper(element)), parent)
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
        matches = [found[3] for found in self._matcher.match(wrapper) if found[2] is None]
        values: dict[str, object] = {}
        for declarations in matches:
            values.update(declarations.normal)
        values.update(_inline_values(wrapper.etree_element))
        for declarations in matches:
            values.update(declarations.important)
        return values


def _inline_values(element: etree._Element) -> dict[str, object]:
    """Return what the element's own style attribute says: a width."""
    values: dict[str, object] = {}
    for item in tinycss2.parse_blocks_contents(element.get("style", "")):
        if item.type == "declaration":
            try:
                values.update(declared(item.lower_name, item.value))
            except ValueError as error:
                message = f"style 的 {item.name} 不能用，{error}"
                raise fault(element, message) from error
    return values


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    assert parent is not None, "only <html> has no parent"
    return parent
