"""A cell whose characters are not all alike (一格里有几种字体): its parts, and a new text for it.

What stays of the text keeps its looks; what is put in looks like what stands before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import groupby

from lxml import etree

from perfgen.pulling.spans import same_parts

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class Part:
    """Words of one look; `look` is None where nothing is said of it."""

    text: str
    look: etree._Element | None


def parts_of(string: etree._Element) -> list[Part] | None:
    """Return the parts of a string item; None where its text is of one look."""
    runs = string.findall(f"{_MAIN}r")
    if not runs:
        return None
    return [Part(run.findtext(f"{_MAIN}t") or "", run.find(f"{_MAIN}rPr")) for run in runs]


def restyled(parts: Sequence[Part], new: str) -> list[Part]:
    """Return the new text in parts: each character looks as it did."""
    old = "".join(part.text for part in parts)
    looks = [number for number, part in enumerate(parts) for _ in part.text]
    wanted: list[int | None] = [None] * len(new)
    for here, there, size in same_parts(old, new):
        wanted[there : there + size] = looks[here : here + size]
    current = next((look for look in wanted if look is not None), 0)
    numbers = [current := (look if look is not None else current) for look in wanted]
    found: list[Part] = []
    place = 0
    for number, group in groupby(numbers):
        size = len(list(group))
        found.append(Part(new[place : place + size], parts[number].look))
        place += size
    return found


def fill(string: etree._Element, parts: Sequence[Part]) -> None:
    """Put parts into an empty string item."""
    for part in parts:
        run = etree.SubElement(string, f"{_MAIN}r")
        if part.look is not None:
            run.append(deepcopy(part.look))
        words = etree.SubElement(run, f"{_MAIN}t")
        words.set(_SPACE, "preserve")
        words.text = part.text
