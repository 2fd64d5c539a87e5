"""A text as it is compared: folded, cut into sentences, and these into clauses (分句).

Every function passes once over a text. A cell may hold 32,767 characters of anything.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_QUOTES = str.maketrans("", "", "“”‘’\"'「」『』")
_ALIKE = str.maketrans({"．": ".", "﹒": ".", "—": "-", "–": "-", "−": "-", "○": "〇"})
_SENTENCE_ENDS = frozenset("。;!?\n")
_CLAUSE_ENDS = frozenset(",:()[]")
_DIGITS = frozenset("0123456789")
_LIST_MARK = re.compile(
    r"(?:\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、](?:(?!\d)|(?=(?:19|20)\d\d年))|[一二三四五六七八九十]{1,3}(?:是|、))"
)
"""What only numbers a sentence: 2.、（三）、一是."""

_TWO_UNITS = re.compile(
    r"(?<=[\d百千万亿每])(?P<unit>[台件套头只间幅册卷张株场处组份盏块条项篇部羽匹辆])\([台件套头只间幅册卷张株场处组份盏块条项篇部羽匹辆期箱盆丛]\)"
)
"""件(套), 台(套), 头(只)次: one unit, and no remark in brackets."""

_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?!\d)")


@lru_cache(maxsize=256)
def folded(text: str) -> str:
    """Return a text without spaces and quotation marks, its signs and digits narrow.

    Line breaks stay: a sentence never runs over them. Commas between thousands go, and of two
    units for one thing, 台(套), the second.
    """
    narrow = unicodedata.normalize("NFKC", text).translate(_ALIKE).translate(_QUOTES)
    lines = ("".join(line.split()) for line in narrow.splitlines())
    whole = "\n".join(_THOUSANDS.sub(_without_commas, line) for line in lines)
    return _TWO_UNITS.sub(r"\g<unit>", whole) if "(" in whole else whole


def _without_commas(found: re.Match[str]) -> str:
    return found.group().replace(",", "")


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of a sentence between two marks. `opener` is the mark before it, if any.

    `depth` is 1 inside brackets, 0 outside. `start` is its place in the sentence.
    """

    text: str
    opener: str = ""
    depth: int = 0
    start: int = 0

    def goes_right_before(self, other: Clause) -> bool:
        """Return whether another clause follows with nothing between: 12辆(轿车5辆…)."""
        return other.start == self.start + len(self.text) + 1


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and its clauses. `first` is True where it opens its paragraph.

    `joined` is True behind a semicolon: the time that was told before it goes on.
    """

    text: str
    clauses: tuple[Clause, ...]
    first: bool
    joined: bool = False


@lru_cache(maxsize=2048)
def sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a text, folded. Several rules read the same texts."""
    return tuple(_sentences(text))


def _sentences(text: str) -> Iterator[Sentence]:
    for line in folded(text).split("\n"):
        first, place = True, 0
        for whole in _split(line, _SENTENCE_ENDS):
            mark = _LIST_MARK.match(whole)
            piece = whole[mark.end() :] if mark else whole
            if piece:
                joined = not first and line[place - 1] == ";"
                yield Sentence(piece, tuple(_clauses(piece)), first, joined)
                first = False
            place += len(whole) + 1


def _split(text: str, ends: frozenset[str]) -> Iterator[str]:
    start = 0
    for place, char in enumerate(text):
        if char in ends:
            yield text[start:place]
            start = place + 1
    yield text[start:]


def _clauses(sentence: str) -> Iterator[Clause]:
    """The clauses of a sentence: at commas and brackets, and at 、 behind a number."""
    start, opener, depth = 0, "", 0
    counted = False
    for place, char in enumerate(sentence):
        counted = counted or char in _DIGITS
        if char not in _CLAUSE_ENDS and not (char == "、" and counted):
            continue
        if place > start:
            yield Clause(sentence[start:place], opener, depth, start)
        start, opener, counted = place + 1, char, False
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(char, 0)
        depth = max(depth, 0)
    if start < len(sentence):
        yield Clause(sentence[start:], opener, depth, start)
