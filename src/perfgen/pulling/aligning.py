"""A printed document aligned with the edited one: what became of each part of it (对照原文)."""

from __future__ import annotations

from collections.abc import Sequence

from perfgen.original.content import Block, Paragraph, Table
from perfgen.pulling.aligning_tables import align_tables
from perfgen.pulling.aligning_text import align_paragraphs
from perfgen.pulling.matches import Aligned
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
    )
