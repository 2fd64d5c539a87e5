"""The source (源文): lines of Typst, and which element of the page each line comes from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree


@dataclass(slots=True)
class Source:
    """Collects lines; from `started[i]` on they come from the element `elements[i]`."""

    lines: list[str] = field(default_factory=list)
    _started: list[int] = field(default_factory=list)
    _elements: list[etree._Element | None] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return all of it."""
        return "\n".join((*self.lines, ""))

    def add(self, lines: Iterable[str], element: etree._Element | None = None) -> None:
        """Add lines that come from an element; none for those that come from the looks."""
        self._started.append(self._count() + 1)
        self._elements.append(element)
        for line in lines:
            self.lines.extend(line.split("\n"))

    def element_at(self, line: int) -> etree._Element | None:
        """Return the element from which a line comes, counted from 1."""
        place = bisect_right(self._started, line) - 1
        return self._elements[place] if place >= 0 else None

    def _count(self) -> int:
        return len(self.lines)
