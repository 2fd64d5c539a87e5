"""Where merged cells must be cut (跨页合并单元格的拆分点).

A cell that is merged over several rows is one box to a PDF printer: where the page changes, its
bottom border is missing, and so is its label on the next page. So the page is laid out once, the
places of its rows are read, each merged cell is cut where the page changes, and it is laid out
again, until nothing moves. docs/design/page-breaks.md explains the rules.

This module decides, `cuts` changes the element tree, `pdf` lays it out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

LABEL_MARK = "pg-label-"
TEXT_MARK = "-text-"  # a row's texts are named after the row: pg-row-1-15-text-0
_NEAR = 10
_PAUSE = re.compile(r"[，。；、！？：]")


@dataclass(frozen=True, slots=True)
class Spot:
    """A piece of an element on a page.

    Pages count from 0, `top` and `bottom` are CSS pixels. Of a label that was split, `characters`
    are how many of its characters are printed there.
    """

    page: int
    top: float
    bottom: float
    characters: int = 0

    @property
    def height(self) -> float:
        """Return the height in CSS pixels."""
        return self.bottom - self.top


Spots = Mapping[str, Sequence[Spot]]


@dataclass(frozen=True, slots=True)
class Label:
    """A cell whose text holds for several rows or pages: merged over rows, or a row's heading.

    `row` counts from the first body row. `text` is its text where that is all it holds.
    """

    table: int
    row: int
    column: int
    rows: int
    text: str | None

    @property
    def id(self) -> str:
        """Return the id of the block that holds the label's text."""
        return f"{LABEL_MARK}{self.table}-{self.row}-{self.column}"


@dataclass(frozen=True, slots=True)
class Fragment:
    """A stretch of a label's rows that becomes a cell of its own.

    `pages` is the number of pages that its first row stands on. `joined`: no line and no text
    above, because the first row begins in the middle of a page and goes on over its end.
    `tall`: the text needs more height than the rows have; `over`: that height in CSS pixels, if it
    may run on into the joined fragment below.
    """

    row: int
    rows: int
    pages: int = 1
    joined: bool = False
    tall: bool = False
    over: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """How many characters of a label its first page prints, where it has no room for all.

    `page` and `top` are where the label stood when this was found out.
    """

    characters: int
    page: int
    top: int


@dataclass(frozen=True, slots=True)
class Cut:
    """A label, its fragments, and its share if the first page does not print all of it."""

    label: Label
    fragments: tuple[Fragment, ...]
    share: Share | None = None


@dataclass(frozen=True, slots=True)
class Breaks:
    """How to cut the labels of a page; the empty one cuts nothing.

    `open` are rows that go on over the end of a page, `whole` are rows that must not, `first` are
    rows that begin a page.
    """

    cuts: tuple[Cut, ...] = ()
    open: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    first: frozenset[str] = frozenset()


def find_breaks(
    rows: Sequence[Sequence[str]], labels: Sequence[Label], spots: Spots, current: Breaks
) -> Breaks:
    """Return how to cut the labels, from where a page cut by `current` came to stand.

    `rows[table][row]` is the id of a body row.
    """
    finder = _Finder(_Places(rows, spots), current)
    cuts = [finder.cut(label) for label in labels if finder.is_printed(label)]
    return finder.breaks([cut for cut in cuts if cut is not None])


class _Finder:
    """Decides label by label, and gathers what the labels ask of rows."""

    def __init__(self, places: _Places, current: Breaks) -> None:
        self._places = places
        self._current = current
        self._known = {cut.label: cut for cut in current.cuts}
        self._open, self._whole = set(current.open), set(current.whole)
        self._first = set(current.first)

    def breaks(self, cuts: Sequence[Cut]) -> Breaks:
        """Return the cuts with all that was gathered."""
        return Breaks(
            tuple(cuts), frozenset(self._open), frozenset(self._whole), frozenset(self._first)
        )

    def is_printed(self, label: Label) -> bool:
        """Return whether the rows of a label are on the pages at all: CSS may hide a table."""
        return self._places.is_printed(label)

    def cut(self, label: Label) -> Cut | None:
        """Return how to cut a label; None if it need not or cannot be cut."""
        ids, pages = self._places.rows_of(label)
        self._whole.update(row for row in ids if self._places.begins_empty(row))
        before = self._known.get(label)
        share = before.share if before else None
        if self._places.is_torn(label) or (share and self._places.has_moved(label, share)):
            share = None if share else self._places.share(label)
            if share is None:
                self._whole.add(ids[0])
                return None
        if pages[0][0] == pages[-1][-1]:
            self._keep_together(label, ids[0])
            return None
        self._open.update(row for row, on in zip(ids, pages, strict=True) if len(on) > 1)
        was_tall = before is not None and before.fragments[0].tall
        return Cut(label, tuple(self._places.fragments(label, was_tall=was_tall)), share)

    def _keep_together(self, label: Label, row: str) -> None:
        """See to it that a label that was cut, and is on one page now, stays there.

        Cut off from the next page, it needed more room than its rows had, and they fled to that
        page. Uncut, they would come back.
        """
        before = self._known.get(label)
        if before and before.share:
            self._whole.add(row)
        elif before and self._places.begins_page(label) and self._whole == self._current.whole:
            self._first.add(row)


class _Places:
    """Where rows and labels came to stand."""

    def __init__(self, rows: Sequence[Sequence[str]], spots: Spots) -> None:
        self._rows = rows
        self._spots = spots
        self._texts: dict[str, list[list[int]]] = {}
        for name, pieces in spots.items():
            row, mark, _ = name.rpartition(TEXT_MARK)
            shown = [spot.page for spot in pieces if spot.height > 0]
            if mark and shown:
                self._texts.setdefault(row, []).append(shown)

    def is_printed(self, label: Label) -> bool:
        """Return whether the rows of a label are on the pages at all (CSS may hide a table)."""
        return all(row in self._spots for row in self._rows[label.table][label.row :][: label.rows])

    def pages(self, row: str) -> list[int]:
        """Return the pages that a row stands on: those that show its text, where that is known.

        A row that begins empty is going to stand on the later page.
        """
        shown = {page for text in self._texts.get(row, ()) for page in text}
        pages = sorted(shown or {spot.page for spot in self._spots[row]})
        return pages[-1:] if self.begins_empty(row) else pages

    def begins_empty(self, row: str) -> bool:
        """Return whether one of a row's texts begins on a later page than the others."""
        return len({text[0] for text in self._texts.get(row, ())}) > 1

    def rows_of(self, label: Label) -> tuple[Sequence[str], list[list[int]]]:
        """Return the ids of the rows that a label holds for, and the pages of each."""
        ids = self._rows[label.table][label.row : label.row + label.rows]
        return ids, [self.pages(row) for row in ids]

    def is_torn(self, label: Label) -> bool:
        """Return whether a label goes on over the end of a page, or begins later than its rows."""
        first = self.pages(self._rows[label.table][label.row])[0]
        return any(spot.page != first for spot in self._spots.get(label.id, ()))

    def begins_page(self, label: Label) -> bool:
        """Return whether a label's first row follows a row that ends on an earlier page."""
        rows = self._rows[label.table]
        if label.row == 0:
            return False
        return self.pages(rows[label.row - 1])[-1] < self.pages(rows[label.row])[0]

    def share(self, label: Label) -> Share | None:
        """Return how many characters of a torn label there is room for on its first page.

        They end at a pause where there is one near. None if there is no room for any, or no place
        for the rest, because all rows of the label end on that page.
        """
        _, pages = self.rows_of(label)
        spot = self._spots[label.id][0]
        if label.text is None or not spot.characters or pages[0][0] == pages[-1][-1]:
            return None
        most = spot.characters
        pauses = [pause.end() for pause in _PAUSE.finditer(label.text, 0, most)]
        if pauses and pauses[-1] > most - _NEAR:
            most = pauses[-1]
        return Share(most, spot.page, round(spot.top))

    def has_moved(self, label: Label, share: Share) -> bool:
        """Return whether a label no longer stands where its share was found out."""
        spot = self._spots[label.id][0]
        return (spot.page, round(spot.top)) != (share.page, share.top)

    def fragments(self, label: Label, *, was_tall: bool) -> Iterator[Fragment]:
        """Yield the stretches of a label's rows between page changes.

        A label that `was_tall` stays so: by now its rows may have grown to its height.
        """
        ids, pages = self.rows_of(label)
        starts = [
            index
            for index in range(len(ids))
            if index == 0 or pages[index][0] > pages[index - 1][-1] or len(pages[index]) > 1
        ]
        joined = [start > 0 and pages[start][0] == pages[start - 1][-1] for start in starts]
        ends = [*starts[1:], len(ids)]
        for place, (start, end) in enumerate(zip(starts, ends, strict=True)):
            tall = start == 0 and (was_tall or self._is_taller(label, ids[:end]))
            runs_on = tall and joined[place + 1 : place + 2] == [True]
            yield Fragment(
                label.row + start,
                end - start,
                pages=len(pages[start]),
                joined=joined[place],
                tall=tall,
                over=round(self._spots[label.id][0].height) if runs_on else 0,
            )

    def _is_taller(self, label: Label, ids: Sequence[str]) -> bool:
        """Return whether a label needs more height than the rows `ids` have on its page."""
        texts = self._spots.get(label.id)
        if not texts:
            return False
        text = texts[0]
        rows = [spot for row in ids for spot in self._spots[row] if spot.page == text.page]
        return text.bottom > max(spot.bottom for spot in rows)
