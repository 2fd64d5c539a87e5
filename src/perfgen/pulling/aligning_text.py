"""Printed paragraphs aligned with edited ones: kept, edited, split, joined, moved (对照段落)."""

from __future__ import annotations

from collections.abc import Sequence

from perfgen.original.content import Paragraph
from perfgen.pulling.likeness import CONTAINED, pairs_of_characters
from perfgen.pulling.matches import Paragraphs
from perfgen.pulling.ordering import in_order
from perfgen.pulling.pairing import paired


def align_paragraphs(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> tuple[Paragraphs, ...]:
    """Return the matches in the new order; what was deleted stands where it was.

    Empty paragraphs say nothing and are left out; one that holds what no text can say is not empty.
    """
    old = [paragraph for paragraph in old if paragraph.bare]
    new = [paragraph for paragraph in new if paragraph.bare or paragraph.odd]
    pairs = paired(old, new)
    parts = _split_and_joined(old, new, pairs)
    return in_order(old, new, parts)


def _split_and_joined(
    old: Sequence[Paragraph], new: Sequence[Paragraph], pairs: dict[int, int]
) -> list[tuple[list[int], list[int]]]:
    """The groups: pairs, and what beside them is a part of one of the two."""
    free_old = set(range(len(old))) - set(pairs)
    free_new = set(range(len(new))) - set(pairs.values())
    groups = []
    for one, other in sorted(pairs.items()):
        ones, others = [one], [other]
        for step in (1, -1):
            while (place := others[_end(step)] + step) in free_new and _is_part(
                new[place], old[one], [new[number] for number in others]
            ):
                others.insert(len(others) if step > 0 else 0, place)
                free_new.discard(place)
            while (place := ones[_end(step)] + step) in free_old and _is_part(
                old[place], new[other], [old[number] for number in ones]
            ):
                ones.insert(len(ones) if step > 0 else 0, place)
                free_old.discard(place)
        groups.append((ones, others))
    return groups


def _end(step: int) -> int:
    return -1 if step > 0 else 0


def _is_part(part: Paragraph, whole: Paragraph, beside: Sequence[Paragraph]) -> bool:
    """Whether a text beside a match is a part of the whole that the match does not hold yet."""
    left = pairs_of_characters(whole.bare)
    for other in beside:
        left -= pairs_of_characters(other.bare)
    own = pairs_of_characters(part.bare)
    shared = sum((own & left).values())
    return bool(own) and shared >= CONTAINED * sum(own.values())
