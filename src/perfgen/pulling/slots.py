"""Where in a cell's text each printed piece stands (印出的各段在格里的位置)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from perfgen.pulling.cells import Cells
from perfgen.pulling.pieces import Run
from perfgen.pulling.placeholders import Template


@dataclass(frozen=True, slots=True)
class Slot:
    """Where in a cell's text a printed piece stands, and how it became what was printed."""

    start: int
    stop: int
    template: Template


def slots_of(cells: Cells, text: str, printed: Sequence[Run]) -> list[list[Slot]] | None:
    """Where each printed piece stands in a cell: all of it, a line, or a part of its own."""
    lines = list(_lines(text))
    next_line = 0
    found: list[list[Slot]] = []
    for run in printed:
        slots: list[Slot] = []
        for piece in run:
            old = piece.old or ""
            if (template := cells.template(text, old)) is not None:
                slots.append(Slot(0, len(text), template))
                continue
            order = [*range(next_line, len(lines)), *range(min(next_line, len(lines)))]
            slot = _line_slot(cells, text, lines, order, old) or _part_slot(cells, text, old)
            if slot is None:
                return None
            slots.append(slot)
            next_line = next((n + 1 for n, (_, stop) in enumerate(lines) if stop == slot.stop), 0)
        found.append(slots)
    return found


def _line_slot(
    cells: Cells, text: str, lines: Sequence[tuple[int, int]], order: Iterable[int], old: str
) -> Slot | None:
    """The first line, or run of lines, that printed as `old`."""
    count = old.count("\n") + 1
    for number in order:
        if number + count > len(lines):
            continue
        start, stop = lines[number][0], lines[number + count - 1][1]
        template = cells.template(text[start:stop], old)
        if template is not None:
            return Slot(start, stop, template)
    return None


def _part_slot(cells: Cells, text: str, old: str) -> Slot | None:
    """A part of the text that stands in it once: the layout printed only this part."""
    if not old or text.count(old) != 1 or cells.template(old, old) is None:
        return None
    start = text.index(old)
    return Slot(start, start + len(old), Template(old, old))


def _lines(text: str) -> Iterator[tuple[int, int]]:
    place = 0
    for line in text.split("\n"):
        if line.strip():
            yield place, place + len(line)
        place += len(line) + 1
