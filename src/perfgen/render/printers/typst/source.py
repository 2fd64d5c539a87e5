"""The source (源文): lines of Typst, and which element of the page each line comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

Line = tuple[str, etree._Element | None]
"""A line, and the element of the page from which it comes; none where it comes from the looks."""


@dataclass(slots=True)
class Source:
    """Collects lines."""

    _lines: list[str] = field(default_factory=list)
    _elements: list[etree._Element | None] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return all of it."""
        return "\n".join((*self._lines, ""))

    def add(self, lines: Iterable[Line]) -> None:
        """Add lines, each with the element from which it comes."""
        for text, element in lines:
            for part in text.split("\n"):
                self._lines.append(part)
                self._elements.append(element)

    def say(self, *texts: str) -> None:
        """Add lines that come from no element."""
        self.add((text, None) for text in texts)

    def element_at(self, line: int) -> etree._Element | None:
        """Return the element from which a line comes, counted from 1."""
        return self._elements[line - 1] if 0 < line <= len(self._elements) else None
