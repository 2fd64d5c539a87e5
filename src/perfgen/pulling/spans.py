"""A text of which some parts must stay as they are: what the others became (哪一段改成了什么).

In a printed paragraph the layout's own words and the figures must stay; in a cell, what stands for
a placeholder.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_DIGITS = frozenset("0123456789")
_SIGNS = ("-", "+", "−", ".")
_MOST_COMPARED = 4_000_000
"""Beyond so many pairs of characters those that stand everywhere are passed over."""

_MOST_AT_ALL = 100_000_000
"""Beyond so many, texts that begin and end differently have nothing in common."""

_PERCENT = ("%", "％", "‰")


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a text. `fixed` says that it may not change; `source` is for whoever needs it."""

    text: str
    fixed: bool
    source: int | None = None


def respan(spans: Sequence[Span], new: str) -> list[str] | None:
    """Return the new text of each span that may change; None where a fixed one was touched.

    `spans` are the whole old text. A figure was touched, too, where digits were put beside it.
    """
    old = "".join(span.text for span in spans)
    same = same_parts(old, new)
    texts: list[str] = []
    place = start = 0
    is_open = False
    for span in spans:
        end = place + len(span.text)
        if span.fixed:
            found = _found(same, new, place, end)
            if found is None or found < start:
                return None
            if is_open:
                texts.append(new[start:found])
            elif found != start:
                return None  # something new between two parts that may not change
            start = found + len(span.text)
        elif is_open:
            edge = _edge(same, place)
            if edge is None or edge < start:
                return None
            texts.append(new[start:edge])
            start = edge
        is_open = not span.fixed
        place = end
    if is_open:
        return [*texts, new[start:]]
    return texts if start == len(new) else None


def same_parts(old: str, new: str) -> list[tuple[int, int, int]]:
    """Return the parts that both texts have, in order: (place in old, place in new, length)."""
    most = min(len(old), len(new))
    head = next((n for n in range(most) if old[n] != new[n]), most)
    tail = next((n for n in range(most - head) if old[-1 - n] != new[-1 - n]), most - head)
    parts = [(0, 0, head)]
    for here, there, size in _blocks(old[head : len(old) - tail], new[head : len(new) - tail]):
        parts.append((head + here, head + there, size))
    parts.append((len(old) - tail, len(new) - tail, tail))
    joined: list[tuple[int, int, int]] = []
    for here, there, size in parts:
        if not size:
            continue
        if joined and joined[-1][0] + joined[-1][2] == here and sum(joined[-1][1:]) == there:
            joined[-1] = joined[-1][0], joined[-1][1], joined[-1][2] + size
        else:
            joined.append((here, there, size))
    return joined


def _blocks(old: str, new: str) -> list[tuple[int, int, int]]:
    """What two texts that begin and end differently have in common, in bounded time.

    A character that stands in a text very often says little of where it is, and takes long.
    """
    work = len(old) * len(new)
    if work > _MOST_AT_ALL:
        return []
    matcher = SequenceMatcher(None, old, new, autojunk=work > _MOST_COMPARED)
    return [(block.a, block.b, block.size) for block in matcher.get_matching_blocks()]


def _found(same: Sequence[tuple[int, int, int]], new: str, start: int, end: int) -> int | None:
    """Where a part that may not change stands now; None where it was touched."""
    for number, (here, there, size) in enumerate(same):
        if here <= start and end <= here + size:
            before = sum(same[number - 1][1:]) if number else 0
            behind = same[number + 1][1] if number + 1 < len(same) else len(new)
            put_before = new[before:there] if here == start else ""
            put_behind = new[there + size : behind] if here + size == end else ""
            return None if _is_figure(put_before, put_behind) else there + start - here
    return None


def _is_figure(before: str, behind: str) -> bool:
    """Whether what was put right beside a figure makes another figure of it."""
    digits = any(char in _DIGITS for char in before + behind)
    return digits or before.endswith(_SIGNS) or behind.startswith(_PERCENT)


def _edge(same: Sequence[tuple[int, int, int]], place: int) -> int | None:
    """Where the edge between two parts came to stand; None where words were put right on it."""
    edges = set()
    for here, there, size in same:
        if here <= place <= here + size:
            edges.add(there + place - here)
    return edges.pop() if len(edges) == 1 else None
