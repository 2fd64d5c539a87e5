"""A printed document aligned with the edited one: what became of each part of it (对照原文)."""

from __future__ import annotations

from collections.abc import Sequence

from perfgen.original.content import Block, Paragraph, Table
from perfgen.pulling.aligning_tables import align_table, pair_tables
from perfgen.pulling.aligning_text import align_paragraphs
from perfgen.pulling.matches import Aligned


def align(old: Sequence[Block], new: Sequence[Block]) -> Aligned:
    """Return what became of each paragraph of a document."""
    text = align_paragraphs(
        [block for block in old if isinstance(block, Paragraph)],
        [block for block in new if isinstance(block, Paragraph)],
    )
    before = [block for block in old if isinstance(block, Table)]
    after = [block for block in new if isinstance(block, Table)]
    pairs = pair_tables(before, after)
    return Aligned(
        text=text,
        tables=tuple(
            align_table(before[one], after[other]) for one, other in sorted(pairs.items())
        ),
        lost=tuple(table for place, table in enumerate(before) if place not in pairs),
        added=tuple(t for place, t in enumerate(after) if place not in pairs.values()),
    )
