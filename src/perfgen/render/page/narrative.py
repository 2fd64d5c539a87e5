"""Narrative text → headings and paragraphs, by the numbering of official documents.

GB/T 9704-2012, 7.3.3: levels are numbered 一、 （一） 1. （1）; the first is set in 黑体, the
second in 楷体, the others in 仿宋.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_NUMERALS = "一二三四五六七八九十"
_LEVELS = (
    re.compile(rf"[{_NUMERALS}]+、"),
    re.compile(rf"[（(][{_NUMERALS}]+[)）]"),
    re.compile(r"\d{1,2}[.．、](?!\d)"),
    re.compile(r"[（(]\d{1,2}[)）]"),
)
_LONGEST_HEADING = 32
_SENTENCE_END = "。；，：！？;,!?"


@dataclass(frozen=True, slots=True)
class Block:
    """One line of narrative.

    `level` is 0 for a paragraph, 1 to 4 for a heading. `lead` is the numbered first sentence of
    a paragraph that starts as a heading does (`（一）加强领导。`): it is set in the heading's face
    with the text running on behind it.
    """

    level: int
    text: str
    lead: str = ""


def blocks(paragraphs: Sequence[str]) -> tuple[Block, ...]:
    """Return the headings and paragraphs of a section, in order."""
    return tuple(_block(paragraph.strip()) for paragraph in paragraphs if paragraph.strip())


def _block(text: str) -> Block:
    level = heading_level(text)
    if level == 0:
        return Block(0, text)
    if len(text) <= _LONGEST_HEADING and text[-1] not in _SENTENCE_END:
        return Block(level, text)
    if level <= 2:
        lead, stop, rest = text.partition("。")
        if len(lead) <= _LONGEST_HEADING and stop and rest:
            return Block(0, rest, lead + stop)
        if len(lead) <= _LONGEST_HEADING and not rest:
            return Block(level, text)
    return Block(0, text)


def heading_level(text: str) -> int:
    """Return 1 to 4 for a text that starts with a heading's number, else 0."""
    return next((level for level, form in enumerate(_LEVELS, 1) if form.match(text)), 0)
