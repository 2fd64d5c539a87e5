"""Whether a table's cells still stand where they stood: columns, merged cells (表格的形状).

A cell is known by its place under its heading. Where columns came, went or changed places, or
cells of a row were merged, divided or pushed aside, the place says nothing, and nothing is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from perfgen.original.content import Cell, Row
from perfgen.pulling.likeness import SURE, likeness

Pairs = Mapping[int, int]
"""Rows by their places: printed → edited."""


_MANY = 2
"""So many cells that say something else below another heading make another column."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What does not fit: all columns of a table, or these printed rows of it."""

    columns: bool
    rows: frozenset[int]


def shape_of(old: Sequence[Row], new: Sequence[Row], pairs: Pairs) -> Shape:
    """Return what of a printed table (`old`) does not fit the edited rows that it became."""
    uneven = {one for one, other in pairs.items() if len(old[one]) != len(new[other])}
    even = {one: other for one, other in pairs.items() if one not in uneven}
    if uneven and (2 * len(uneven) >= len(pairs) or _all_but_spanned(old, uneven, even)):
        return Shape(columns=True, rows=frozenset())
    if _has_swapped(old, new, even) or _has_other_heads(old, new, even):
        return Shape(columns=True, rows=frozenset())
    return Shape(columns=False, rows=frozenset(uneven | set(_remerged(old, new, even))))


def _all_but_spanned(old: Sequence[Row], uneven: Iterable[int], even: Iterable[int]) -> bool:
    """Whether only rows with cells over several columns kept their number of cells."""
    most = max(len(old[one]) for one in uneven)
    return all(len(old[one]) < most for one in even)


def _has_swapped(old: Sequence[Row], new: Sequence[Row], pairs: Pairs) -> bool:
    """Whether what stood in one column stands in another: in as many rows as still have it."""
    stays: Counter[int] = Counter()
    moves: Counter[int] = Counter()
    for one, other in pairs.items():
        for place, now in _places(old[one], new[other]):
            (stays if place == now else moves)[place] += 1
    enough = min(2, len(pairs))
    return any(count >= max(enough, stays[place]) for place, count in moves.items())


def _has_other_heads(old: Sequence[Row], new: Sequence[Row], pairs: Pairs) -> bool:
    """Whether a column has another heading and other contents: it is another column now."""
    heads = {one for one in _head_rows(old) if one in pairs}
    for head in heads:
        for place, (before, now) in enumerate(zip(old[head], new[pairs[head]], strict=True)):
            if before.continues or not _is_replaced(before, now):
                continue
            others = (
                _is_replaced(old[one][place], new[other][place])
                for one, other in pairs.items()
                if one not in heads and place < len(old[one])
            )
            if sum(others) >= _MANY:
                return True
    return False


def _head_rows(rows: Sequence[Row]) -> Iterable[int]:
    """The rows at the top that hold only the layout's own words."""
    for number, row in enumerate(rows):
        parts = [source for cell in row for p in cell.paragraphs for _, source in p.parts]
        if not parts or any(source is not None for source in parts):
            return
        yield number


def _is_replaced(old: Cell, new: Cell) -> bool:
    return bool(old.text) and bool(new.text) and likeness(old.text, new.text) < SURE


def _places(old: Row, new: Row) -> Iterable[tuple[int, int]]:
    """Where each cell's contents stand now, by their bookmarks, else by their words."""
    marks = {number: place for place, cell in enumerate(new) for number in _marks(cell)}
    texts = Counter(cell.text for cell in new)
    where = {cell.text: place for place, cell in enumerate(new) if texts[cell.text] == 1}
    for place, cell in enumerate(old):
        own = [n for p in cell.paragraphs if p.bare for n in p.numbers]
        found = next((marks[number] for number in own if number in marks), None)
        if found is None and cell.text and not cell.continues:
            found = place if new[place].text == cell.text else where.get(cell.text)
        if found is not None:
            yield place, found


def _marks(cell: Cell) -> Iterable[int]:
    for paragraph in cell.paragraphs:
        if paragraph.bare:
            yield from (n for n in paragraph.numbers if n not in paragraph.empty_marks)


def _remerged(old: Sequence[Row], new: Sequence[Row], pairs: Pairs) -> Iterable[int]:
    """The rows whose cells were merged downwards, or whose merged cells were divided."""
    origins = {other: one for one, other in pairs.items()}
    for one, other in pairs.items():
        for place, (before, now) in enumerate(zip(old[one], new[other], strict=True)):
            if now.continues and not before.continues:
                yield one
                yield from (origins[row] for row in _up_to(new, other, now) if row in origins)
            elif before.continues and not now.continues and (
                now.text or _begins_in(old, one, place, pairs)
            ):  # fmt: skip
                yield one


def _up_to(rows: Sequence[Row], number: int, cell: Cell) -> Iterable[int]:
    """The rows above, up to the one in which a merged cell begins."""
    for above in range(number - 1, -1, -1):
        yield above
        found = next((one for one in rows[above] if one.column == cell.column), None)
        if found is None or not found.continues:
            return


def _begins_in(old: Sequence[Row], number: int, place: int, pairs: Pairs) -> bool:
    """Whether the row in which a printed merged cell begins is still there."""
    column = old[number][place].column
    for above in range(number - 1, -1, -1):
        found = next((one for one in old[above] if one.column == column), None)
        if found is not None and not found.continues:
            return above in pairs
    return False
