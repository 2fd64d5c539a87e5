"""A cell's text with placeholders (【…】), and what was printed of it, part by part (占位符).

What was printed in the place of a placeholder is a part that may not change.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from perfgen.figures.quoting import CLOSE, OPEN, Quote, Quoter, Unquotable
from perfgen.original.content import bare
from perfgen.pulling.spans import Span, respan


@dataclass(frozen=True, slots=True)
class Token:
    """A part of a cell's text, and how it prints. `fixed` says that it is a placeholder."""

    raw: str
    printed: str
    fixed: bool


@dataclass(frozen=True, slots=True)
class Template:
    """A text of the workbook and what was printed of it: by parts, if there are placeholders."""

    raw: str
    printed: str
    tokens: tuple[Token, ...] = ()

    def after(self, new: str) -> str | None:
        """Return the text of the workbook that prints as `new`; None where a figure was touched."""
        if not self.tokens:
            return new if "\n" in self.raw or "\n" not in self.printed else self._unbroken(new)
        texts = respan([Span(token.printed, token.fixed) for token in self.tokens], new)
        if texts is None:
            return None
        placeholders = [token.raw for token in self.tokens if token.fixed]
        pairs = zip(texts, [*placeholders, ""], strict=True)
        return "".join(text + placeholder for text, placeholder in pairs)

    def _unbroken(self, new: str) -> str:
        """The new text without the line breaks that the layout put in."""
        return new.replace("\n", "") if new.count("\n") <= self.printed.count("\n") else new


def template_of(tokens: Sequence[Token], raw: str, printed: str) -> Template | None:
    """Return how `raw`, cut into these tokens, became what was printed; None where it did not."""
    if len(tokens) == 1:
        if squashed(raw) != squashed(printed):
            return None
        return Template(raw, printed, ())
    return _fitted(raw, tokens, printed)


def tokens_of(quoter: Quoter, raw: str) -> list[Token]:
    """Return a text cut at its placeholders: words and those by turns, words at both ends."""
    tokens: list[Token] = []
    place = start = 0
    while (found := raw.find(OPEN, place)) >= 0:
        quote = _placeholder(quoter, raw, found)
        if quote:
            words = Token(bare(raw[start:found]), bare(raw[start:found]), fixed=False)
            tokens += [words, Token(raw[found : quote.end], quote.text, fixed=True)]
            start = quote.end
        place = quote.end if quote else found + 1
    return [*tokens, Token(bare(raw[start:]), bare(raw[start:]), fixed=False)]


def _placeholder(quoter: Quoter, raw: str, start: int) -> Quote | None:
    """The placeholder that opens at `start`, and how it prints now; None for other brackets."""
    try:
        return quoter.read(raw, start)
    except Unquotable:
        close = raw.find(CLOSE, start)
        return Quote("", close + 1) if close >= 0 else None


def _fitted(raw: str, tokens: Sequence[Token], printed: str) -> Template | None:
    """The template of a text with placeholders.

    Where the figures are others now, the text's own words must stand in what was printed, in
    order and in one way only.
    """
    if "".join(token.printed for token in tokens) == printed:
        return Template(raw, printed, tuple(tokens))
    words = [token.raw for token in tokens if not token.fixed]
    first = _places(words, printed, from_left=True)
    last = _places(words, printed, from_left=False)
    if first is None or first != last:
        return None
    found: list[Token] = []
    for number, token in enumerate(tokens):
        if token.fixed:
            before = number // 2
            start, stop = first[before] + len(words[before]), first[before + 1]
            found.append(Token(token.raw, printed[start:stop], fixed=True))
        else:
            found.append(token)
    return Template(raw, printed, tuple(found))


def _places(words: Sequence[str], printed: str, *, from_left: bool) -> list[int] | None:
    """Where each of the words stands, as far to one side as can be; the outer ones at the ends."""
    if not printed.startswith(words[0]) or not printed.endswith(words[-1]):
        return None
    inner = words[1:-1]
    start, stop = len(words[0]), len(printed) - len(words[-1])
    if start > stop:
        return None
    places: list[int] = []
    if from_left:
        for word in inner:
            found = printed.find(word, start, stop)
            if found < 0:
                return None
            places.append(found)
            start = found + len(word)
    else:
        for word in reversed(inner):
            found = printed.rfind(word, start, stop)
            if found < 0:
                return None
            places.insert(0, found)
            stop = found
    return [0, *places, len(printed) - len(words[-1])]


def squashed(text: str) -> str:
    """Return a text without any white space, as printed texts are compared."""
    return re.sub(r"\s", "", bare(text))
