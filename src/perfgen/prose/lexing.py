"""A clause word by word (切词): the longest known word first; the rest is unknown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from perfgen.prose import words
from perfgen.prose.words import Word


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a clause. `value` is what it stands for: a column, a row's name."""

    word: Word
    text: str
    value: str = ""


_WEAKEST_FIRST = (
    Word.FILLER, Word.WHOLE, Word.PLANNED, Word.OTHER_BASE, Word.OTHER_TIME, Word.SHARE,
    Word.COMPARED, Word.OTHER_MONEY, Word.PART,
)  # fmt: skip
"""A word that stands in several lists does what the last of them says."""


class Lexicon:
    """Known words and what each does; the longest one that fits is taken."""

    def __init__(self, entries: Mapping[str, tuple[Word, str]]) -> None:
        """Take the words, each with its part and its value."""
        self._by_first: dict[str, list[str]] = {}
        self._entries = {word: entry for word, entry in entries.items() if word}
        for word in self._entries:
            self._by_first.setdefault(word[0], []).append(word)
        for known in self._by_first.values():
            known.sort(key=len, reverse=True)
        self.tokens = lru_cache(maxsize=8192)(self._tokens)  # the same texts are read by turns

    def _tokens(self, text: str) -> tuple[Token, ...]:
        """Return the words of a text; characters that no word begins with run together."""
        return tuple(self._words(text))

    def _words(self, text: str) -> Iterator[Token]:
        start = place = 0
        while place < len(text):
            known = self._at(text, place)
            if not known:
                place += 1
                continue
            if place > start:
                yield Token(Word.UNKNOWN, text[start:place])
            word, value = self._entries[known]
            yield Token(word, known, value)
            place += len(known)
            start = place
        if start < len(text):
            yield Token(Word.UNKNOWN, text[start:])

    def _at(self, text: str, place: int) -> str:
        for known in self._by_first.get(text[place], ()):
            if text.startswith(known, place):
                return known
        return ""


@lru_cache(maxsize=4)
def money_lexicon(
    names: tuple[str, ...],
    headers: tuple[tuple[str, str], ...],
    own: tuple[str, ...],
    places: tuple[str, ...] = (),
) -> Lexicon:
    """Return the words for sentences about money: rows' names, columns' headers, the unit's names.

    What stands in several lists does what the last of these says: names before all.
    """
    entries: dict[str, tuple[Word, str]] = {}
    for word in _WEAKEST_FIRST:
        entries.update((one, (word, "")) for one in words.KINDS[word])
    entries.update((place, (Word.FILLER, "")) for place in places)
    entries.update((name, (Word.WHOLE, "")) for name in own)
    for column, known in words.COLUMNS.items():
        entries.update((one, (Word.COLUMN, column)) for one in known)
    entries.update((header, (Word.COLUMN, column)) for column, header in headers)
    entries.update((name, (Word.NAME, name)) for name in names)
    return Lexicon(entries)
