"""Bookmarks (书签): an element's id becomes a name to which a link can lead."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

_NOT_ALLOWED = re.compile(r"\W")
_LONGEST = 40


class Anchors:
    """Gives ids their bookmark names, and writes each bookmark once."""

    def __init__(self) -> None:
        """Begin with no names."""
        self._names: dict[str, str] = {}
        self._written: set[str] = set()
        self._count = 0

    def name(self, identifier: str) -> str:
        """Return the bookmark's name: letters, digits and underscores, 40 at most, unique."""
        known = self._names.get(identifier)
        if known is None:
            known = self._names[identifier] = self._new_name(identifier)
        return known

    def marks(self, identifiers: Iterable[str]) -> tuple[str, str]:
        """Return what begins and what ends the bookmarks of these ids, those not yet written."""
        starts, ends = [], []
        for identifier in identifiers:
            if identifier not in self._written:
                self._written.add(identifier)
                start, end = self.bookmark(self.name(identifier))
                starts.append(start)
                ends.append(end)
        return "".join(starts), "".join(reversed(ends))

    def bookmark(self, name: str) -> tuple[str, str]:
        """Return what begins and what ends a bookmark of this name."""
        self._count += 1
        start = f'<w:bookmarkStart w:id="{self._count}" w:name="{name}"/>'
        return start, f'<w:bookmarkEnd w:id="{self._count}"/>'

    def _new_name(self, identifier: str) -> str:
        name = _NOT_ALLOWED.sub("_", identifier)
        if not name[0].isalpha():
            # Word hides bookmarks that begin with an underscore and refuses digits.
            name = f"B_{name}"
        name = name[:_LONGEST]
        taken, number = set(self._names.values()), 2
        unique = name
        while unique.casefold() in {other.casefold() for other in taken}:
            tail = f"_{number}"
            unique = name[: _LONGEST - len(tail)] + tail
            number += 1
        return unique


def ids_in(element: etree._Element) -> list[str]:
    """Return the ids of an element and of those in it, in order."""
    return [name for item in element.iter() if (name := item.get("id"))]
