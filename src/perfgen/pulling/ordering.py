"""What stands in its old order and what was moved (先后次序)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from perfgen.pulling.matches import Match, T


def in_order(
    old: Sequence[T], new: Sequence[T], groups: Sequence[tuple[list[int], list[int]]]
) -> tuple[Match[T], ...]:
    """Return the groups as matches in the new order, deleted ones behind what was before them."""
    in_place = rising([(ones[0], others[0]) for ones, others in groups])
    matches: list[tuple[tuple[float, int], Match[T]]] = []
    new_place = {one: others[0] for ones, others in groups for one in ones}
    for ones, others in groups:
        moved = (ones[0], others[0]) not in in_place
        match = Match(tuple(old[n] for n in ones), tuple(new[n] for n in others), moved)
        matches.append(((others[0], 0), match))
    taken_old = {one for ones, _ in groups for one in ones}
    taken_new = {other for _, others in groups for other in others}
    matches += [((n, 0), Match((), (new[n],))) for n in range(len(new)) if n not in taken_new]
    behind = -1.0
    stays = {one for one, _ in in_place}
    for number, item in enumerate(old):
        if number in stays:
            behind = new_place[number]
        elif number not in taken_old:
            matches.append(((behind + 0.5, number), Match((item,), ())))
    return tuple(match for _, match in sorted(matches, key=lambda entry: entry[0]))


def rising(pairs: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return the most pairs that rise on both sides: what is left over was moved."""
    ordered = sorted(pairs)
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for place, (_, other) in enumerate(ordered):
        slot = bisect_left(tails, other)
        before.append(ends[slot - 1] if slot else -1)
        tails[slot : slot + 1] = [other]
        ends[slot : slot + 1] = [place]
    chain: set[tuple[int, int]] = set()
    place = ends[-1] if ends else -1
    while place >= 0:
        chain.add(ordered[place])
        place = before[place]
    return chain
