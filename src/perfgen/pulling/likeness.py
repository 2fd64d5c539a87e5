"""How alike two texts are, by the pairs of neighbouring characters that both have (相似程度)."""

from __future__ import annotations

from collections import Counter

ALIKE = 0.4
"""From this likeness on, two texts without a common bookmark count as one text, edited."""

SURE = 0.25
"""The likeness that is enough where the bookmark is there."""

CONTAINED = 0.7
"""How much of a text must be found in another to be a part of it, split off or joined on."""


def likeness(one: str, other: str) -> float:
    """Return how alike two texts are, from 0 to 1; a part of a text is much like the whole."""
    if one == other:
        return 1.0
    return likeness_of_counts(pairs_of_characters(one), pairs_of_characters(other))


def likeness_of_counts(one: Counter[str], other: Counter[str]) -> float:
    """Return how alike two texts are whose pairs of characters have been counted."""
    sizes = sum(one.values()), sum(other.values())
    if not all(sizes):
        return 0.0
    shared = sum((one & other).values())
    alike = 2 * shared / sum(sizes)
    contained = shared / min(sizes)
    if min(sizes) >= 6 and contained >= 0.8:
        alike = max(alike, 0.75 * contained)
    return alike


def pairs_of_characters(text: str) -> Counter[str]:
    """Return the pairs of neighbouring characters; single ones of a very short text."""
    text = "".join(text.split())
    if len(text) < 3:
        return Counter(text)
    return Counter(text[place : place + 2] for place in range(len(text) - 1))
