"""A number that Word took from a paragraph's words, put back into them (自动编号).

Where the paragraph was printed with its number typed, Word has made a list of it: the number
belongs to the words. Where it was printed without one, an officer has numbered it, which is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from perfgen.original.content import Block, Paragraph, Table, paragraphs_in
from perfgen.pulling.automatic_numbers import UNKNOWN

NUMBERED = "自动编号"


@dataclass(frozen=True, slots=True)
class _Printed:
    """The texts that were printed, by their bookmarks, and all of them without white space."""

    by_number: Mapping[int, str]
    all: frozenset[str]


def with_numbers(edited: Sequence[Block], printed: Sequence[Block]) -> tuple[Block, ...]:
    """Return the edited blocks, automatic numbers among the words where they were printed so."""
    counted = [paragraph for paragraph in paragraphs_in(edited) if paragraph.auto]
    if not counted:
        return tuple(edited)
    texts = {number: p.bare for p in paragraphs_in(printed) for number in p.numbers}
    known = _Printed(texts, frozenset(_squashed(text) for text in texts.values()))
    typed = _typed_lists(counted, known)
    return tuple(
        _paragraph(block, known, typed) if isinstance(block, Paragraph)
        else _table(block, known, typed)
        for block in edited
    )  # fmt: skip


def _typed_lists(paragraphs: Iterable[Paragraph], known: _Printed) -> dict[str, bool]:
    """Whether the numbers of a list were typed; a list of which nothing was printed is not here."""
    typed: dict[str, bool] = {}
    for paragraph in paragraphs:
        number = _squashed(paragraph.auto)
        before = [known.by_number[n] for n in paragraph.numbers if n in known.by_number]
        whole = number + _squashed(paragraph.text)
        if whole in known.all or any(_squashed(text).startswith(number) for text in before):
            typed[paragraph.counts_in] = True
        elif before or _squashed(paragraph.text) in known.all:
            typed.setdefault(paragraph.counts_in, False)
    return typed


def _table(table: Table, known: _Printed, typed: Mapping[str, bool]) -> Table:
    return Table(tuple(
        tuple(
            replace(cell, paragraphs=tuple(_paragraph(p, known, typed) for p in cell.paragraphs))
            for cell in row
        )
        for row in table.rows
    ))  # fmt: skip


def _paragraph(paragraph: Paragraph, known: _Printed, typed: Mapping[str, bool]) -> Paragraph:
    if not paragraph.auto or not paragraph.bare:
        return paragraph
    if UNKNOWN in paragraph.auto or not typed.get(paragraph.counts_in, True):
        return replace(paragraph, odd=(*paragraph.odd, NUMBERED))
    text = paragraph.auto + _gap(paragraph, known) + paragraph.text
    return replace(paragraph, text=text, loose=(*paragraph.loose, NUMBERED))


def _gap(paragraph: Paragraph, known: _Printed) -> str:
    """What stood between number and words; a space where a decimal point would come of it."""
    for number in paragraph.numbers:
        before = known.by_number.get(number, "")
        if before.startswith(paragraph.auto):
            rest = before[len(paragraph.auto) :]
            return rest[: len(rest) - len(rest.lstrip())]
    joins = paragraph.auto[-1].isalnum() or paragraph.auto[-1] in ".．"
    return " " if joins and paragraph.bare[:1].isdecimal() else ""


def _squashed(text: str) -> str:
    return "".join(text.split())
