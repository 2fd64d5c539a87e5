"""Texts and figures that know which cell they came from (来源), whatever a template does with them.

A traced text equals the plain one in every way. Only where it is printed into a page does it put
marks around itself, noncharacters of Unicode that no text may hold; they are taken out of the
page before it is printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, SupportsIndex

from markupsafe import escape

COMPUTED = 0
"""The source of a figure that was computed; cells count from 1."""

OPEN, MIDDLE, CLOSE = "\U0010fffe", "\U0010ffff", "\U000ffffe"
_MARK = re.compile(f"{OPEN}[0-9]+{MIDDLE}|{CLOSE}")
_OPENING = re.compile(f"{OPEN}([0-9]+){MIDDLE}")
_MARKED = re.compile(f"{OPEN}([0-9]+){MIDDLE}([^{CLOSE}]*){CLOSE}")
_MARKED_TAG = re.compile(f"<[^<>]*{OPEN}[^<>]*>")

Pieces = tuple[tuple[int, int | None], ...]
"""The parts of a text: how long each is, and the number of its source; None for any other."""


class Traced(str):
    """A text whose parts know their source: a number that stands for a cell."""

    __slots__ = ("pieces",)
    pieces: Pieces

    @classmethod
    def of(cls, text: str, source: int) -> Traced:
        """Return a text that comes from one source as a whole."""
        return cls._made(text, ((len(text), source),))

    @classmethod
    def _made(cls, text: str, pieces: Pieces) -> Traced:
        made = cls(text)
        made.pieces = pieces
        return made

    def __html__(self) -> str:
        """Return the text as a page holds it, marks around what has a source."""
        marked: list[str] = []
        place = 0
        for length, source in self.pieces:
            part = escape(str.__getitem__(self, slice(place, place + length)))
            place += length
            marked += [part] if source is None else [f"{OPEN}{source}{MIDDLE}", part, CLOSE]
        return "".join(marked)

    def __str__(self) -> str:
        """Return the text itself: `str()` of it forgets nothing."""
        return self

    def __add__(self, other: str) -> Traced:
        return self._made(str.__add__(self, other), self.pieces + _pieces(other))

    def __radd__(self, other: str) -> Traced:
        return self._made(str.__add__(other, self), _pieces(other) + self.pieces)

    def __getitem__(self, key: SupportsIndex | slice) -> Traced:
        if isinstance(key, slice):
            start, stop, step = key.indices(len(self))
            if step == 1:
                return self._cut(start, max(start, stop))
            return self._made(str.__getitem__(self, key), ())
        place = key.__index__()
        place += len(self) if place < 0 else 0
        if not 0 <= place < len(self):
            raise IndexError("string index out of range")
        return self._cut(place, place + 1)

    def _cut(self, start: int, stop: int) -> Traced:
        pieces: list[tuple[int, int | None]] = []
        place = 0
        for length, source in self.pieces:
            kept = min(place + length, stop) - max(place, start)
            place += length
            if kept > 0:
                pieces.append((kept, source))
        return self._made(str.__getitem__(self, slice(start, stop)), tuple(pieces))

    def _between(self, parts: Iterable[str]) -> list[str]:
        """The parts as they stand in this text, each behind the one before."""
        found: list[str] = []
        place = 0
        for part in parts:
            start = self.index(part, place)
            place = start + len(part)
            found.append(self._cut(start, place))
        return found

    def split(self, sep: str | None = None, maxsplit: SupportsIndex = -1) -> list[str]:
        """Return the parts between `sep`, each with its sources."""
        return self._between(str.split(self, sep, maxsplit))

    def rsplit(self, sep: str | None = None, maxsplit: SupportsIndex = -1) -> list[str]:
        """Return the parts between `sep`, counted from the right."""
        return self._between(str.rsplit(self, sep, maxsplit))

    def splitlines(self, keepends: bool = False) -> list[str]:
        """Return the lines, each with its sources."""
        return self._between(str.splitlines(self, keepends))

    def partition(self, sep: str) -> tuple[str, str, str]:
        """Return what stands before `sep`, `sep`, and what stands behind it."""
        before, found, after = self._between(str.partition(self, sep))
        return before, found, after

    def rpartition(self, sep: str) -> tuple[str, str, str]:
        """Return what stands before the last `sep`, `sep`, and what stands behind it."""
        before, found, after = self._between(str.rpartition(self, sep))
        return before, found, after

    def strip(self, chars: str | None = None) -> Traced:
        """Return the text without `chars` at its ends."""
        return self.lstrip(chars).rstrip(chars)

    def lstrip(self, chars: str | None = None) -> Traced:
        """Return the text without `chars` at its beginning."""
        return self._cut(len(self) - len(str.lstrip(self, chars)), len(self))

    def rstrip(self, chars: str | None = None) -> Traced:
        """Return the text without `chars` at its end."""
        return self._cut(0, len(str.rstrip(self, chars)))

    def removeprefix(self, prefix: str) -> Traced:
        """Return the text without this beginning."""
        return self._cut(len(self) - len(str.removeprefix(self, prefix)), len(self))

    def removesuffix(self, suffix: str) -> Traced:
        """Return the text without this end."""
        return self._cut(0, len(str.removesuffix(self, suffix)))

    def replace(self, old: str, new: str, count: SupportsIndex = -1) -> Traced:
        """Return the text with `new` in place of `old`; what is replaced takes `old`'s sources."""
        limit = count.__index__()
        if not old or limit == 0:
            return self
        parts = self.split(old, limit)
        done = self._cut(0, 0)
        for number, part in enumerate(parts):
            if number:
                around = done.pieces[-1][1] if done.pieces else None
                done = done + (new if around is None else Traced.of(new, around))
            done = done + part
        return done


class TracedDecimal(Decimal):
    """An amount that was typed. What is computed from it is a plain Decimal."""

    __slots__ = ("source",)
    source: int

    @classmethod
    def of(cls, value: Decimal, source: int) -> TracedDecimal:
        """Return the value with its source."""
        made = cls(value)
        made.source = source
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        """Return how to make the same again, in another process too."""
        return TracedDecimal.of, (Decimal(self), self.source)


def _pieces(text: str) -> Pieces:
    if isinstance(text, Traced):
        return text.pieces
    return ((len(text), None),) if text else ()


FIGURES = ("amount", "yi", "rate", "deviation", "marks", "percent")
"""The filters of the templates that print figures."""


def figures_traced(filters: Mapping[str, Callable[..., Any]]) -> Mapping[str, Callable[..., Any]]:
    """Return the filters; figures that they print know whether they were typed or computed."""

    def traced(print_figure: Callable[..., Any]) -> Callable[..., Any]:
        def printed(value: Any, *more: Any, **named: Any) -> Any:
            text = print_figure(value, *more, **named)
            return Traced.of(text, getattr(value, "source", COMPUTED)) if text else text

        return printed

    return dict(filters) | {name: traced(filters[name]) for name in FIGURES if name in filters}


def knows_sources(report: object) -> bool:
    """Return whether a report's texts know their sources."""
    return isinstance(getattr(report, "unit", None), Traced)


def unmarked(text: str) -> str:
    """Return a page or a text without its marks."""
    return _MARK.sub("", text)


def renumbered(page: str, source_of: Callable[[int], int | None]) -> str:
    """Return a marked page with other numbers in its marks; one without a number is left out."""

    def mark(found: re.Match[str]) -> str:
        number = source_of(int(found.group(1)))
        return "" if number is None else f"{OPEN}{number}{MIDDLE}"

    return _OPENING.sub(mark, page)


def marked_words_only(page: str) -> str:
    """Return a page whose tags hold no marks: those in its words stay."""
    return _MARKED_TAG.sub(lambda tag: unmarked(tag.group()), page)


def parts_of(marked: str) -> tuple[tuple[str, int | None], ...]:
    """Return the parts of a marked text: words, and the number of their source.

    A line break between two parts of one source is that source's.
    """
    parts: list[tuple[str, int | None]] = []
    place = 0
    for found in _MARKED.finditer(marked):
        parts += [(unmarked(marked[place : found.start()]), None)]
        parts += [(found.group(2), int(found.group(1)))]
        place = found.end()
    parts += [(unmarked(marked[place:]), None)]
    joined: list[tuple[str, int | None]] = []
    for text, source in parts:
        if text:
            joined.append((text, source))
            _join(joined)
    return tuple(joined)


def _join(parts: list[tuple[str, int | None]]) -> None:
    """Join the last part with those before it that have the same source."""
    if len(parts) > 1 and parts[-2][1] == parts[-1][1]:
        parts[-2:] = [(parts[-2][0] + parts[-1][0], parts[-1][1])]
    elif len(parts) > 2 and parts[-2] == ("\n", None) and parts[-3][1] == parts[-1][1]:
        parts[-3:] = [(parts[-3][0] + "\n" + parts[-1][0], parts[-1][1])]
