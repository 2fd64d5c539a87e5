"""What a document prints (印出的内容): which cells' texts, and which figures of which records.

The page bears a mark around every text and figure that says where it came from. What bears no mark
is not printed, and is nobody else's business.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from perfgen.figures.deviation import Deviation
from perfgen.figures.rates import Rate
from perfgen.model.days import spoken_day
from perfgen.model.fields import content_of
from perfgen.model.numbers import YUAN
from perfgen.model.records import Fact, Record, Report
from perfgen.provenance.cells import EXTRA, Source
from perfgen.provenance.figures import Figure, FigureKey
from perfgen.provenance.marks import marked_words_only, parts_of, unmarked
from perfgen.render.page.marked import MarkedPage

_META = re.compile(r"<meta\b[^<>]*>")
_TAG = re.compile(r"<[^<>]*>")
_SPACE = re.compile(r"\s+")
_PRINTED = re.compile(r"(-?[0-9][0-9,]{0,40}(?:\.[0-9]{1,20})?)(%|[^\W\d_]{0,8})")
"""A number as it prints: 99.04%, 1,234.50, 12.5亿元, 35人."""

Cell = tuple[str, str, int]
"""A role, a sheet and a row: a cell, however often its column was moved."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as it is printed: its exact digits (None for `—`), its words, whether it was typed.

    `ratio` says that the words are the value times 100, with a percent sign.
    """

    value: str | None
    text: str
    given: bool


class Printed:
    """What one document prints."""

    def __init__(
        self,
        words: str,
        texts: Mapping[Cell, Sequence[str]],
        figures: Mapping[FigureKey, Sequence[str]],
        values: Mapping[FigureKey, Figure],
        typed: Mapping[FigureKey, Source | None],
        amount_unit: str,
    ) -> None:
        """Keep what was found on the page."""
        self._words = words
        self._squeezed = _squeeze(words)
        self._texts = texts
        self._figures = figures
        self._values = values
        self._typed = typed
        self._units = {name: yuan / YUAN[amount_unit] for name, yuan in YUAN.items()}
        self._names: dict[tuple[str, int], list[str]] = {}
        for kind, place, name in figures:
            self._names.setdefault((kind, place), []).append(name)
        self._columns: dict[str, set[str]] = {}
        for (role, _, _), pieces in texts.items():
            column = self._columns.setdefault(role, set())
            column |= {_squeeze(piece) for piece in pieces} | {_squeeze("".join(pieces))}

    def prints_row(self, record: Record, kind: str, place: int) -> bool:
        """Return whether anything of a record is printed, as its own or as another row's label."""
        if (kind, place) in self._names:
            return True
        own = max((ref.row for ref in record.cells.values()), default=0)
        if any(
            self._pieces(record, kind, field)
            for field, ref in record.cells.items()
            if ref.row == own
        ):
            return True
        said = [
            content_of(record, field)
            for field in record.cells
            if f"{kind}.{field}" in self._columns
        ]  # an empty row under labels that other rows print
        texts = [text for text in said if text is not None]
        return bool(texts) and all(isinstance(text, str) for text in texts) and all(
            self.text(record, kind, field)
            for field in record.cells
            if f"{kind}.{field}" in self._columns and content_of(record, field) is not None
        )  # fmt: skip

    def text(self, record: Record, kind: str, field: str) -> str:
        """Return what is printed of a cell's text: whole lines, or the pieces of one."""
        content = content_of(record, field)
        if isinstance(content, date):
            return content.isoformat() if self._prints_day(content) else ""
        if not isinstance(content, str):
            return ""
        role = f"{kind}.{field}"
        return self._printed_of(content, self._pieces(record, kind, field), role)

    def extra(self, record: Record, kind: str, header: str) -> str:
        """Return what is printed of a column without a role."""
        first = next(iter(record.cells.values()), None)
        if first is None:
            return ""
        role = f"{kind}.{EXTRA}{header}"
        pieces = self._texts.get((role, first.sheet, first.row), ())
        return self._printed_of(record.extra[header], pieces, role)

    def says(self, text: str) -> bool:
        """Return whether the document's words hold this text, wherever it came from."""
        return bool(text) and _squeeze(text) in self._squeezed

    def number(self, record: Record, kind: str, field: str) -> Shown | None:
        """Return a number that was typed and is not a figure, as it is printed."""
        content = content_of(record, field)
        pieces = self._pieces(record, kind, field)
        if not isinstance(content, Decimal) or not pieces:
            return None
        return self._shown(content, pieces, given=True)

    def figure(self, record: Record, kind: str, place: int, field: str) -> Shown | None:
        """Return a figure of a record as it is printed; None where it is not."""
        key = kind, place, field
        value, pieces = self._values.get(key), self._figures.get(key, ())
        if value is None or not pieces:
            return self.number(record, kind, field)
        if isinstance(value, Rate | Deviation):
            ratio = value.ratio
            return Shown(None if ratio is None else format(ratio, "f"), pieces[0], given=False)
        if not isinstance(value, Decimal):
            return Shown(None, pieces[0], given=False)
        source = self._typed.get(key)
        given = source is not None and source.field == f"{kind}.{field}"
        return self._shown(value, pieces, given=given)

    def derived(self, kind: str, place: int) -> Sequence[str]:
        """Return the names of a record's figures that are printed."""
        return self._names.get((kind, place), ())

    def fact(self, fact: Fact) -> str:
        """Return what is printed of an item of the form."""
        ref = fact.cell("value")
        role = f"report.{fact.name}"
        pieces = self._texts.get((role, ref.sheet, ref.row), ()) if ref else ()
        return self._printed_of(fact.value, pieces, role) if pieces else ""

    def _pieces(self, record: Record, kind: str, field: str) -> Sequence[str]:
        ref = record.cells.get(field)
        return self._texts.get((f"{kind}.{field}", ref.sheet, ref.row), ()) if ref else ()

    def _printed_of(self, content: str, pieces: Sequence[str], role: str) -> str:
        joined = _squeeze("".join(pieces))
        column = self._columns.get(role, set())
        lines = [
            line
            for line in content.split("\n")
            if (wanted := _squeeze(line)) and (wanted in joined or wanted in column)
        ]
        return "\n".join(lines) or "".join(pieces)

    def _prints_day(self, day: date) -> bool:
        return self.says(day.isoformat()) or self.says(spoken_day(day))

    def _shown(self, value: Decimal, pieces: Sequence[str], *, given: bool) -> Shown:
        """The digits that are printed: where a sentence rounds an amount, the rounded ones."""
        read = [(number, piece) for piece in pieces for number in _readings(piece, self._units)]
        if not read:  # a zero may print as —
            return Shown(None if value else "0", pieces[0], given)
        number, piece = min(read, key=lambda one: abs(one[0] - value))
        return Shown(format(number, "f"), piece, given)


def printed_by(page: MarkedPage, report: Report) -> Printed:
    """Return what the document of a report prints, its annexes too."""
    numbered, sources = page.figures, page.sources
    texts: dict[Cell, list[str]] = {}
    figures: dict[FigureKey, list[str]] = {}
    for text, number in _marked(page.source):
        if number >= numbered.first:
            figures.setdefault(numbered.keys[number - numbered.first], []).append(text)
        elif source := sources[number]:
            texts.setdefault((source.field, source.sheet, source.row), []).append(text)
    return Printed(
        html.unescape(_TAG.sub("", page.plain)) + unmarked(" ".join(_META.findall(page.source))),
        texts,
        figures,
        numbered.values,
        {key: sources[number] for key, number in numbered.typed.items()},
        report.amount_unit,
    )


def _marked(page: str) -> Iterator[tuple[str, int]]:
    """Yield what has a source: in the words of the page, and in its metadata."""
    for piece in (*_META.findall(page), marked_words_only(page)):
        for text, number in parts_of(piece):
            if number is not None:
                yield html.unescape(text), number


def _readings(piece: str, units: Mapping[str, Decimal]) -> Iterator[Decimal]:
    """What a printed number may stand for: itself, a percentage, an amount in another unit."""
    found = _PRINTED.fullmatch(piece.strip())
    if found is None:
        return
    number = Decimal(found.group(1).replace(",", ""))
    if found.group(2) == "%":
        yield number / 100
    elif found.group(2) in units:
        yield number * units[found.group(2)]
    else:
        yield number
        yield from (number * scale for scale in units.values())


def _squeeze(text: str) -> str:
    return _SPACE.sub("", text)
