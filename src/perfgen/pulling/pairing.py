"""Which paragraph or row of the edited document is which printed one (逐段配对).

Bookmarks come first: a paragraph that still has its own is that paragraph, wherever its words went.
The rest is paired by likeness, in order; what stands between matched neighbours, as many on one
side as on the other, is paired off.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from perfgen.pulling.likeness import (
    ALIKE,
    SURE,
    likeness,
    likeness_of_counts,
    pairs_of_characters,
)
from perfgen.pulling.matches import Compared, T
from perfgen.pulling.ordering import rising

_MOST_PAIRS = 200_000
"""Beyond so many comparisons in one gap only equal texts and equal counts are paired."""

_MOST_REPLACED = 3
"""So many neighbours that are all unlike what stands in their place may have been written anew."""


def paired(old: Sequence[T], new: Sequence[T]) -> dict[int, int]:
    """Return which item became which: by bookmarks, equal words, likeness, their number."""
    pairs = _by_bookmarks(old, new)
    in_order: list[tuple[int, int]] = sorted(rising(list(pairs.items())))
    edges = [(-1, -1), *in_order, (len(old), len(new))]
    taken = set(pairs.values())
    for (one, other), (next_one, next_other) in pairwise(edges):
        ones = [n for n in range(one + 1, next_one) if n not in pairs]
        others = [n for n in range(other + 1, next_other) if n not in taken]
        if ones and others:
            _pair_gap(old, new, ones, others, pairs)
    _pair_moved(old, new, pairs)
    return pairs


def _by_bookmarks(old: Sequence[T], new: Sequence[T]) -> dict[int, int]:
    owner = {number: place for place, item in enumerate(old) for number in item.numbers}
    scored: list[tuple[float, int, int]] = []
    for place, item in enumerate(new):
        known = Counter(owner[n] for n in item.numbers if n in owner and n not in item.empty_marks)
        for one, _ in known.most_common(3):
            score = likeness(old[one].bare, item.bare)
            alone = len(known) == 1
            if score >= SURE or (alone and len(item.numbers) == 1):
                scored.append((score, one, place))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, one, place in sorted(scored, key=lambda entry: (-entry[0], entry[1], entry[2])):
        if one not in pairs and place not in taken:
            pairs[one] = place
            taken.add(place)
    return pairs


def _pair_gap(
    old: Sequence[T], new: Sequence[T], ones: list[int], others: list[int], pairs: dict[int, int]
) -> None:
    """Pair what stands between two matches: equal texts, then like ones, then equal counts."""
    matcher = SequenceMatcher(
        None, [old[n].bare for n in ones], [new[n].bare for n in others], autojunk=False
    )
    for kind, start, stop, there, end in matcher.get_opcodes():
        if kind == "equal":
            pairs.update(zip(ones[start:stop], others[there:end], strict=True))
        else:
            _pair_alike(old, new, ones[start:stop], others[there:end], pairs)


def _pair_alike(
    old: Sequence[T], new: Sequence[T], ones: list[int], others: list[int], pairs: dict[int, int]
) -> None:
    chosen: list[tuple[int, int]] = []
    if len(ones) * len(others) <= _MOST_PAIRS:
        words = {n: pairs_of_characters(new[n].bare) for n in others}
        gains = [_gains(old[one], [(new[other], words[other]) for other in others]) for one in ones]
        chosen = _monotone(gains, len(others))
    edges = [(-1, -1), *chosen, (len(ones), len(others))]
    for (one, other), (next_one, next_other) in pairwise(edges):
        if one >= 0:
            pairs[ones[one]] = others[other]
        count = next_one - one - 1
        if count == next_other - other - 1 and count <= _MOST_REPLACED:
            for step in range(1, count + 1):
                pairs[ones[one + step]] = others[other + step]


def _gains(old: Compared, others: Sequence[tuple[Compared, Counter[str]]]) -> list[float]:
    """How alike one text is to each of others, whose pairs of characters are counted."""
    own = pairs_of_characters(old.bare)
    scores = [1.0 if old.bare == new.bare else likeness_of_counts(own, counts)
              for new, counts in others]  # fmt: skip
    return [score if score >= ALIKE else 0.0 for score in scores]


def _monotone(gains: Sequence[Sequence[float]], columns: int) -> list[tuple[int, int]]:
    """The pairs, both sides rising, whose gains add up to the most."""
    rows = len(gains)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for row in range(rows - 1, -1, -1):
        for column in range(columns - 1, -1, -1):
            paired = gains[row][column] + best[row + 1][column + 1] if gains[row][column] else 0.0
            best[row][column] = max(best[row + 1][column], best[row][column + 1], paired)
    pairs = []
    row = column = 0
    while row < rows and column < columns:
        paired = gains[row][column] + best[row + 1][column + 1] if gains[row][column] else -1.0
        if paired == best[row][column] and paired > 0:
            pairs.append((row, column))
            row, column = row + 1, column + 1
        elif best[row + 1][column] >= best[row][column + 1]:
            row += 1
        else:
            column += 1
    return pairs


def _pair_moved(old: Sequence[T], new: Sequence[T], pairs: dict[int, int]) -> None:
    """Pair what was cut out here and pasted there: equal words that nothing else has."""
    taken = set(pairs.values())
    places: dict[str, list[int]] = {}
    for place, item in enumerate(new):
        if place not in taken and item.bare:
            places.setdefault(item.bare, []).append(place)
    for one, item in enumerate(old):
        if one not in pairs and len(places.get(item.bare, ())) == 1:
            pairs[one] = places.pop(item.bare)[0]
