"""A printed document aligned with the edited one: what became of each part of it (对照原文)."""

from __future__ import annotations

from collections.abc import Sequence

from perfgen.original.content import Block, Paragraph, Table
from perfgen.pulling.aligning_tables import align_tables
from perfgen.pulling.aligning_text import align_paragraphs
from perfgen.pulling.matches import Aligned, Paragraphs
from perfgen.pulling.ordering import rising
from perfgen.pulling.pairing_tables import group_tables


def align(old: Sequence[Block], new: Sequence[Block]) -> Aligned:
    """Return what became of each paragraph of a document."""
    text = align_paragraphs(
        [block for block in old if isinstance(block, Paragraph)],
        [block for block in new if isinstance(block, Paragraph)],
    )
    before = [block for block in old if isinstance(block, Table)]
    after = [block for block in new if isinstance(block, Table)]
    groups = group_tables(before, after)
    kept = {one for group in groups for one in group.old}
    taken = {other for group in groups for other in group.new}
    return Aligned(
        text=text,
        tables=tuple(
            match
            for group in groups
            for match in align_tables(
                [before[one] for one in group.old], [after[other] for other in group.new]
            )
        ),
        lost=tuple(table for place, table in enumerate(before) if place not in kept),
        added=tuple(table for place, table in enumerate(after) if place not in taken),
        moved=_moved(old, new, text, [(before[g.old[0]], after[g.new[0]]) for g in groups]),
    )


def _moved(
    old: Sequence[Block],
    new: Sequence[Block],
    text: Sequence[Paragraphs],
    tables: Sequence[tuple[Table, Table]],
) -> tuple[Table, ...]:
    """The tables that stand out of their order now, among each other or among the text."""
    places = {id(block): number for blocks in (old, new) for number, block in enumerate(blocks)}
    texts = [(places[id(match.old[0])], places[id(match.new[0])]) for match in text
             if match.old and match.new and not match.moved and match.old[0].bare]  # fmt: skip
    pairs = {(places[id(one)], places[id(other)]): one for one, other in tables}
    in_place = rising([*texts, *pairs])
    return tuple(one for pair, one in pairs.items() if pair not in in_place)
