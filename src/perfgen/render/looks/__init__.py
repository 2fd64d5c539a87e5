"""The looks (样式): what the CSS says for each element and each kind of page.

WeasyPrint reads the CSS itself; every other printer takes the same CSS from here, reduced to the
properties that documents share. Nothing in here knows a printer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lxml import etree

from perfgen.errors import LayoutError
from perfgen.render.looks.base import BASE_STYLESHEET
from perfgen.render.looks.cascade import Cascade
from perfgen.render.looks.model import (
    NO_BORDER,
    NO_SIDES,
    Border,
    BoxLook,
    Counter,
    Look,
    MarginBox,
    Paper,
    ParagraphLook,
    Sides,
    TextLook,
    Width,
)
from perfgen.render.looks.papers import read_papers
from perfgen.render.looks.rules import PageRule, StyleRule, read_rules
from perfgen.render.looks.sheets import Faults, Sheet, Stylesheet, check_length, named
from perfgen.render.page.elements import Page

__all__ = [
    "NO_BORDER",
    "NO_SIDES",
    "Border",
    "BoxLook",
    "Counter",
    "Look",
    "Looks",
    "MarginBox",
    "Paper",
    "ParagraphLook",
    "Sides",
    "Stylesheet",
    "TextLook",
    "Width",
    "read_looks",
]


class Looks:
    """The looks of one page's elements, and its kinds of paper."""

    def __init__(
        self, cascade: Cascade, papers: Mapping[str, Paper], notices: tuple[str, ...] = ()
    ) -> None:
        """Keep what has been read; `read_looks` makes it."""
        self._cascade = cascade
        self._papers = papers
        self.notices = notices
        """What only WeasyPrint prints, in Chinese; empty where that is an error."""

    def of(self, element: etree._Element) -> Look:
        """Return the look of an element of the page."""
        return self._cascade.look(element)

    def bare(self, element: etree._Element) -> Look:
        """Return the look that an element would have without its class and id."""
        return self._cascade.bare_look(element)

    def paper(self, name: str) -> Paper:
        """Return the paper of a named page; the ordinary one for "" and for unknown names."""
        return self._papers.get(name, self._papers[""])

    def first_paper(self, page: Page) -> Paper:
        """Return the paper on which `page` begins."""
        return self.paper(self.of(page.body[0]).page if len(page.body) else "")


def read_looks(
    page: Page, stylesheets: Sequence[Stylesheet | str], *, strict: bool = True
) -> Looks:
    """Return what the stylesheets, in their order, say for `page`.

    Raises LayoutError, naming stylesheet and line, for all that the printers do not share: unknown
    properties, values, selectors and rules, and properties on elements where they do not hold.
    Where `strict` is false (the layout is printed by WeasyPrint), these are the looks' notices.
    """
    check_length(stylesheets)
    faults = Faults(strict)
    own = Sheet("perfgen 自带的样式", faults, own=True)
    rules = list(read_rules(BASE_STYLESHEET, own))
    for sheet in named(stylesheets):
        try:
            rules += read_rules(sheet.text, Sheet(sheet.name, faults))
        except (RecursionError, ValueError) as error:
            why = "括号或选择器嵌套太深" if isinstance(error, RecursionError) else "有读不了的数"
            raise LayoutError(f"样式表 {sheet.name} {why}", hint="改正样式表") from error
    style_rules = [rule for rule in rules if isinstance(rule, StyleRule)]
    page_rules = [rule for rule in rules if isinstance(rule, PageRule)]
    cascade = Cascade(page.root, style_rules)
    cascade.check_tests(sum(1 for _ in page.body.iter()))
    names = {"": None, **{one.name: None for rule in page_rules for one in rule.selectors}}
    papers = read_papers(page_rules, names, cascade.root_values(), faults)
    for element in page.body.iter():
        cascade.look(element)
    return Looks(cascade, papers, faults.notices())
