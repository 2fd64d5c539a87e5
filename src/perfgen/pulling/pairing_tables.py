"""Which printed tables became which edited ones: kept, divided, joined, gone, new (哪张表).

Bookmarks tell; where they are gone, the words of the rows do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from perfgen.original.content import Table, row_text
from perfgen.pulling.likeness import ALIKE, likeness_of_counts, pairs_of_characters

_MOST_OF_ROWS = 0.6
"""So much of a table's rows must stand in another one to be a part of it."""


@dataclass(frozen=True, slots=True)
class TableGroup:
    """Printed tables and what became of them, by their places."""

    old: tuple[int, ...]
    new: tuple[int, ...]


def group_tables(old: Sequence[Table], new: Sequence[Table]) -> list[TableGroup]:
    """Return the groups in which both sides are there; what is in none came or went."""
    groups = _by_bookmarks(old, new)
    groups += _by_likeness(old, new, groups)
    groups = [_with_parts(group, groups, old, new) for group in groups]
    return sorted(groups, key=lambda group: group.old)


def _by_bookmarks(old: Sequence[Table], new: Sequence[Table]) -> list[TableGroup]:
    owner = {number: place for place, table in enumerate(old) for number in _numbers(table)}
    whole = Counter(owner[n] for table in new for n in _numbers(table) if n in owner)
    groups: list[tuple[set[int], set[int]]] = []
    for place, table in enumerate(new):
        known = Counter(owner[number] for number in _numbers(table) if number in owner)
        ones = {one for one, count in known.items()
                if 2 * count >= known.total() or 2 * count > whole[one]}  # fmt: skip
        if not ones:
            continue
        others = {place}
        for group in [group for group in groups if group[0] & ones]:
            groups.remove(group)
            ones |= group[0]
            others |= group[1]
        groups.append((ones, others))
    return [TableGroup(tuple(sorted(ones)), tuple(sorted(others))) for ones, others in groups]


def _by_likeness(
    old: Sequence[Table], new: Sequence[Table], groups: Sequence[TableGroup]
) -> list[TableGroup]:
    left_old, left_new = _left_over(old, new, groups)
    words_old = {one: _words(old[one]) for one in left_old}
    words_new = {other: _words(new[other]) for other in left_new}
    scored = [(likeness_of_counts(words_old[one], words_new[other]), one, other)
              for one in left_old for other in left_new]  # fmt: skip
    pairs: dict[int, int] = {}
    for score, one, other in sorted(scored, key=lambda entry: (-entry[0], entry[1], entry[2])):
        if score >= ALIKE and one not in pairs and other not in pairs.values():
            pairs[one] = other
    return [TableGroup((one,), (other,)) for one, other in pairs.items()]


def _with_parts(
    group: TableGroup, groups: Sequence[TableGroup], old: Sequence[Table], new: Sequence[Table]
) -> TableGroup:
    """A group with what else stands in it word for word: a part that has no bookmarks."""
    left_old, left_new = _left_over(old, new, groups)
    rows_old = Counter(text for one in group.old for text in _rows(old[one]))
    rows_new = Counter(text for other in group.new for text in _rows(new[other]))
    parts_new = [o for o in left_new if _is_part(new[o], rows_old - rows_new)]
    parts_old = [o for o in left_old if _is_part(old[o], rows_new - rows_old)]
    return TableGroup(
        tuple(sorted({*group.old, *parts_old})), tuple(sorted({*group.new, *parts_new}))
    )


def _is_part(table: Table, rows: Counter[str]) -> bool:
    own = Counter(_rows(table))
    return bool(own) and (own & rows).total() >= _MOST_OF_ROWS * own.total()


def _left_over(
    old: Sequence[Table], new: Sequence[Table], groups: Sequence[TableGroup]
) -> tuple[list[int], list[int]]:
    ones = {one for group in groups for one in group.old}
    others = {other for group in groups for other in group.new}
    return (
        [place for place in range(len(old)) if place not in ones],
        [place for place in range(len(new)) if place not in others],
    )


def _numbers(table: Table) -> Iterator[int]:
    for row in table.rows:
        for cell in row:
            for paragraph in cell.paragraphs:
                yield from (n for n in paragraph.numbers if n not in paragraph.empty_marks)


def _rows(table: Table) -> list[str]:
    return [text for row in table.rows if (text := "".join(row_text(row).split()))]


def _words(table: Table) -> Counter[str]:
    return pairs_of_characters("\n".join(row_text(row) for row in table.rows))
