"""What became of each printed paragraph: the original text aligned with the edited one.

Bookmarks come first: a paragraph that still has its own is that paragraph, wherever its words went.
The rest is aligned by likeness, in order; what stands between matched neighbours, as many on one
side as on the other, is paired off. Tables are compared row by row and by the columns of the grid.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Generic, Protocol, TypeVar

from perfgen.original.content import Block, Cell, Paragraph, Row, Table, bare, row_text

ALIKE = 0.4
"""From this likeness on, two texts without a common bookmark count as one text, edited."""

SURE = 0.25
"""The likeness that is enough where the bookmark is there."""

CONTAINED = 0.7
"""How much of a text must be found in another to be a part of it, split off or joined on."""

_MOST_PAIRS = 200_000
"""Beyond so many comparisons in one gap only equal texts and equal counts are paired."""


_MOST_REPLACED = 3
"""So many neighbours that are all unlike what stands in their place may have been written anew."""


class _Compared(Protocol):
    @property
    def bare(self) -> str: ...


@dataclass(frozen=True, slots=True)
class RowText:
    """A row as it is compared: the words of its cells that are not merged, and its bookmarks."""

    row: Row
    bare: str
    numbers: tuple[int, ...]
    empty_marks: tuple[int, ...] = ()


T = TypeVar("T", Paragraph, RowText)


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """What belongs together: none on one side is added or deleted, several are split or joined.

    `moved` says that it stands out of its order now.
    """

    old: tuple[T, ...]
    new: tuple[T, ...]
    moved: bool = False

    @property
    def changed(self) -> bool:
        """Return whether the words differ."""
        if len(self.old) == len(self.new):
            return [item.bare for item in self.old] != [item.bare for item in self.new]
        return True


Paragraphs = Match[Paragraph]


@dataclass(frozen=True, slots=True)
class CellMatch:
    """A cell of a matched row, and what became of its paragraphs."""

    row: Row
    old: Cell
    new: Cell
    matches: tuple[Paragraphs, ...]


@dataclass(frozen=True, slots=True)
class TableMatch:
    """A table and what became of its rows; `cells` are those of the rows that are still there."""

    old: Table
    new: Table
    rows: tuple[Match[RowText], ...]
    cells: tuple[CellMatch, ...]


@dataclass(frozen=True, slots=True)
class Aligned:
    """A whole document: its running text in the new order, its tables, tables gone and new."""

    text: tuple[Paragraphs, ...]
    tables: tuple[TableMatch, ...]
    lost: tuple[Table, ...] = ()
    added: tuple[Table, ...] = ()


def align(old: Sequence[Block], new: Sequence[Block]) -> Aligned:
    """Return what became of each paragraph of a document."""
    text = align_paragraphs(
        [block for block in old if isinstance(block, Paragraph)],
        [block for block in new if isinstance(block, Paragraph)],
    )
    before = [block for block in old if isinstance(block, Table)]
    after = [block for block in new if isinstance(block, Table)]
    pairs = _table_pairs(before, after)
    return Aligned(
        text=text,
        tables=tuple(_table(before[one], after[other]) for one, other in sorted(pairs.items())),
        lost=tuple(table for place, table in enumerate(before) if place not in pairs),
        added=tuple(t for place, t in enumerate(after) if place not in pairs.values()),
    )


# --- paragraphs ----------------------------------------------------------------------------------


def align_paragraphs(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> tuple[Paragraphs, ...]:
    """Return the matches in the new order; what was deleted stands where it was.

    Empty paragraphs say nothing and are left out.
    """
    old = [paragraph for paragraph in old if paragraph.bare]
    new = [paragraph for paragraph in new if paragraph.bare]
    pairs = _pairs(old, new)
    parts = _split_and_joined(old, new, pairs)
    return _in_order(old, new, parts)


def _split_and_joined(
    old: Sequence[Paragraph], new: Sequence[Paragraph], pairs: dict[int, int]
) -> list[tuple[list[int], list[int]]]:
    """The groups: pairs, and what beside them is a part of one of the two."""
    free_old = set(range(len(old))) - set(pairs)
    free_new = set(range(len(new))) - set(pairs.values())
    groups = []
    for one, other in sorted(pairs.items()):
        ones, others = [one], [other]
        for step in (1, -1):
            while (place := others[_end(step)] + step) in free_new and _is_part(
                new[place], old[one], [new[number] for number in others]
            ):
                others.insert(len(others) if step > 0 else 0, place)
                free_new.discard(place)
            while (place := ones[_end(step)] + step) in free_old and _is_part(
                old[place], new[other], [old[number] for number in ones]
            ):
                ones.insert(len(ones) if step > 0 else 0, place)
                free_old.discard(place)
        groups.append((ones, others))
    return groups


def _end(step: int) -> int:
    return -1 if step > 0 else 0


def _is_part(part: Paragraph, whole: Paragraph, beside: Sequence[Paragraph]) -> bool:
    """Whether a text beside a match is a part of the whole that the match does not hold yet."""
    left = _pieces(whole.bare)
    for other in beside:
        left -= _pieces(other.bare)
    own = _pieces(part.bare)
    shared = sum((own & left).values())
    return bool(own) and shared >= CONTAINED * sum(own.values())


def _in_order(
    old: Sequence[T], new: Sequence[T], groups: Sequence[tuple[list[int], list[int]]]
) -> tuple[Match[T], ...]:
    """The groups as matches, the new text's order leading, deleted ones behind what was before."""
    in_place = _rising([(ones[0], others[0]) for ones, others in groups])
    matches: list[tuple[tuple[float, int], Match[T]]] = []
    new_place = {one: others[0] for ones, others in groups for one in ones}
    for ones, others in groups:
        moved = (ones[0], others[0]) not in in_place
        match = Match(tuple(old[n] for n in ones), tuple(new[n] for n in others), moved)
        matches.append(((others[0], 0), match))
    taken_old = {one for ones, _ in groups for one in ones}
    taken_new = {other for _, others in groups for other in others}
    matches += [((n, 0), Match((), (new[n],))) for n in range(len(new)) if n not in taken_new]
    behind = -1.0
    stays = {one for one, _ in in_place}
    for number, item in enumerate(old):
        if number in stays:
            behind = new_place[number]
        elif number not in taken_old:
            matches.append(((behind + 0.5, number), Match((item,), ())))
    return tuple(match for _, match in sorted(matches, key=lambda entry: entry[0]))


# --- tables --------------------------------------------------------------------------------------


def _table_pairs(old: Sequence[Table], new: Sequence[Table]) -> dict[int, int]:
    """Which table is which: by the bookmarks in it, else by its words, in order."""
    pairs: dict[int, int] = {}
    owner = {number: place for place, table in enumerate(old) for number in _numbers(table)}
    taken: set[int] = set()
    for place, table in enumerate(new):
        known = Counter(owner[number] for number in _numbers(table) if number in owner)
        for one, _ in known.most_common():
            if one not in pairs:
                pairs[one] = place
                taken.add(place)
                break
    left_old = [place for place in range(len(old)) if place not in pairs]
    left_new = [place for place in range(len(new)) if place not in taken]
    scored = [(one, other, _likeness(_table_words(old[one]), _table_words(new[other])))
              for one in left_old for other in left_new]  # fmt: skip
    for one, other, score in sorted(scored, key=lambda entry: -entry[2]):
        if score >= ALIKE and one not in pairs and other not in taken:
            pairs[one] = other
            taken.add(other)
    return pairs


def _numbers(table: Table) -> Iterator[int]:
    for row in table.rows:
        for cell in row:
            for paragraph in cell.paragraphs:
                yield from paragraph.numbers


def _table_words(table: Table) -> Counter[str]:
    return _pieces("\n".join(row_text(row) for row in table.rows))


def _table(old: Table, new: Table) -> TableMatch:
    before = [_row(row) for row in old.rows]
    after = [_row(row) for row in new.rows]
    pairs = _pairs(before, after)
    rows = _in_order(before, after, [([one], [other]) for one, other in sorted(pairs.items())])
    same_grid = _columns(old) == _columns(new)
    cells = tuple(
        cell
        for one, other in sorted(pairs.items())
        for cell in _cells(old.rows[one], new.rows[other], same_grid=same_grid)
    )
    return TableMatch(old, new, rows, cells)


def _columns(table: Table) -> int:
    return max((cell.column + cell.span for row in table.rows for cell in row), default=0)


def _row(row: Row) -> RowText:
    own = [cell for cell in row if not cell.merged] or [c for c in row if not c.continues]
    numbers = [n for cell in row for p in cell.paragraphs for n in p.numbers]
    return RowText(row, "\n".join(bare(cell.text) for cell in own), tuple(numbers))


def _cells(old: Row, new: Row, *, same_grid: bool) -> Iterator[CellMatch]:
    """The cells that both rows have and that begin in them."""
    if len(old) == len(new) and not same_grid:
        pairs: Iterable[tuple[Cell, Cell]] = zip(old, new, strict=True)
    else:
        places = {cell.column: cell for cell in new}
        pairs = ((cell, places[cell.column]) for cell in old if cell.column in places)
    for one, other in pairs:
        if not one.continues and not other.continues:
            yield CellMatch(old, one, other, align_paragraphs(one.paragraphs, other.paragraphs))


# --- likeness ------------------------------------------------------------------------------------


def _pairs(old: Sequence[T], new: Sequence[T]) -> dict[int, int]:
    """Which item became which: by bookmarks, by equal words, by likeness, by their number."""
    pairs = _by_bookmarks(old, new)
    in_order: list[tuple[int, int]] = sorted(_rising(list(pairs.items())))
    edges = [(-1, -1), *in_order, (len(old), len(new))]
    taken = set(pairs.values())
    for (one, other), (next_one, next_other) in pairwise(edges):
        ones = [n for n in range(one + 1, next_one) if n not in pairs]
        others = [n for n in range(other + 1, next_other) if n not in taken]
        if ones and others:
            _pair_gap(old, new, ones, others, pairs)
    _pair_moved(old, new, pairs)
    return pairs


def _by_bookmarks(old: Sequence[T], new: Sequence[T]) -> dict[int, int]:
    owner = {number: place for place, item in enumerate(old) for number in item.numbers}
    scored: list[tuple[float, int, int]] = []
    for place, item in enumerate(new):
        known = Counter(owner[n] for n in item.numbers if n in owner and n not in item.empty_marks)
        for one, _ in known.most_common(3):
            score = likeness(old[one].bare, item.bare)
            alone = len(known) == 1
            if score >= SURE or (alone and len(item.numbers) == 1):
                scored.append((score, one, place))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, one, place in sorted(scored, key=lambda entry: (-entry[0], entry[1], entry[2])):
        if one not in pairs and place not in taken:
            pairs[one] = place
            taken.add(place)
    return pairs


def _pair_gap(
    old: Sequence[T], new: Sequence[T], ones: list[int], others: list[int], pairs: dict[int, int]
) -> None:
    """Pair what stands between two matches: equal texts, then like ones, then equal counts."""
    matcher = SequenceMatcher(
        None, [old[n].bare for n in ones], [new[n].bare for n in others], autojunk=False
    )
    for kind, start, stop, there, end in matcher.get_opcodes():
        if kind == "equal":
            pairs.update(zip(ones[start:stop], others[there:end], strict=True))
        else:
            _pair_alike(old, new, ones[start:stop], others[there:end], pairs)


def _pair_alike(
    old: Sequence[T], new: Sequence[T], ones: list[int], others: list[int], pairs: dict[int, int]
) -> None:
    chosen: list[tuple[int, int]] = []
    if len(ones) * len(others) <= _MOST_PAIRS:
        gains = [[_gain(old[one], new[other]) for other in others] for one in ones]
        chosen = _monotone(gains, len(others))
    edges = [(-1, -1), *chosen, (len(ones), len(others))]
    for (one, other), (next_one, next_other) in pairwise(edges):
        if one >= 0:
            pairs[ones[one]] = others[other]
        count = next_one - one - 1
        if count == next_other - other - 1 and count <= _MOST_REPLACED:
            for step in range(1, count + 1):
                pairs[ones[one + step]] = others[other + step]


def _gain(old: _Compared, new: _Compared) -> float:
    score = likeness(old.bare, new.bare)
    return score if score >= ALIKE else 0.0


def _monotone(gains: Sequence[Sequence[float]], columns: int) -> list[tuple[int, int]]:
    """The pairs, both sides rising, whose gains add up to the most."""
    rows = len(gains)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for row in range(rows - 1, -1, -1):
        for column in range(columns - 1, -1, -1):
            paired = gains[row][column] + best[row + 1][column + 1] if gains[row][column] else 0.0
            best[row][column] = max(best[row + 1][column], best[row][column + 1], paired)
    pairs = []
    row = column = 0
    while row < rows and column < columns:
        paired = gains[row][column] + best[row + 1][column + 1] if gains[row][column] else -1.0
        if paired == best[row][column] and paired > 0:
            pairs.append((row, column))
            row, column = row + 1, column + 1
        elif best[row + 1][column] >= best[row][column + 1]:
            row += 1
        else:
            column += 1
    return pairs


def _pair_moved(old: Sequence[T], new: Sequence[T], pairs: dict[int, int]) -> None:
    """Pair what was cut out here and pasted there: equal words that nothing else has."""
    taken = set(pairs.values())
    places: dict[str, list[int]] = {}
    for place, item in enumerate(new):
        if place not in taken and item.bare:
            places.setdefault(item.bare, []).append(place)
    for one, item in enumerate(old):
        if one not in pairs and len(places.get(item.bare, ())) == 1:
            pairs[one] = places.pop(item.bare)[0]


def _rising(pairs: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """The most pairs that rise on both sides: what is left over was moved."""
    ordered = sorted(pairs)
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for place, (_, other) in enumerate(ordered):
        slot = bisect_left(tails, other)
        before.append(ends[slot - 1] if slot else -1)
        tails[slot : slot + 1] = [other]
        ends[slot : slot + 1] = [place]
    chain: set[tuple[int, int]] = set()
    place = ends[-1] if ends else -1
    while place >= 0:
        chain.add(ordered[place])
        place = before[place]
    return chain


def likeness(one: str, other: str) -> float:
    """Return how alike two texts are, from 0 to 1; a part of a text is much like the whole."""
    if one == other:
        return 1.0
    return _likeness(_pieces(one), _pieces(other))


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    sizes = sum(one.values()), sum(other.values())
    if not all(sizes):
        return 0.0
    shared = sum((one & other).values())
    alike = 2 * shared / sum(sizes)
    contained = shared / min(sizes)
    if min(sizes) >= 6 and contained >= 0.8:
        alike = max(alike, 0.75 * contained)
    return alike


def _pieces(text: str) -> Counter[str]:
    """The pairs of neighbouring characters; single ones of a very short text."""
    text = "".join(text.split())
    if len(text) < 3:
        return Counter(text)
    return Counter(text[place : place + 2] for place in range(len(text) - 1))
