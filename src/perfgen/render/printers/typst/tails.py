"""Short tails of forms, drawn in (收尾页): no few rows on a page of their own.

Where the last page of a form holds only a few rows, and a little less space between the rows makes
room for them on the page before, the form is printed so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from perfgen.render.looks import Looks
from perfgen.render.page.text import Paragraph
from perfgen.render.printers.typst.flow import Run
from perfgen.render.printers.typst.press import Spot
from perfgen.render.printers.typst.tightness import TIGHTER, Tightness

_TAIL = 0.3
"""How much of a page a tail fills at most."""
_MOST_PAGES = 12
_HEAD = 20.0
"""How high a table's head, which is not needed twice, is at least, in points."""


@dataclass(frozen=True, slots=True)
class Tail:
    """A run whose last page holds only a few rows: how much room they need, in points.

    `space` is the space above and below the words of its cells, `lines` the height of one line in
    each row; all rows together.
    """

    run: int
    needed: float
    space: float
    lines: float

    def fits(self, tight: Tightness) -> bool:
        """Return whether it may be drawn in where the rows are so tight."""
        gained = self.space * (1 - tight.space) + self.lines * (1 - tight.lines)
        return gained >= self.needed


def short_tails(runs: Sequence[Run], spots: Sequence[Spot], looks: Looks) -> tuple[Tail, ...]:
    """Return the tails that less space between the rows may draw in."""
    found = (Tail(*found, *_room(runs[found[0]], looks)) for found in _tails(runs, spots))
    return tuple(tail for tail in found if tail.fits(TIGHTER[-1]))


def page_counts(spots: Sequence[Spot]) -> Mapping[int, int]:
    """Return how many pages each run has."""
    first = {spot.numbers[0]: spot.page for spot in spots if spot.kind == "run"}
    return {
        spot.numbers[0]: spot.page - first[spot.numbers[0]] + 1
        for spot in spots
        if spot.kind == "run end"
    }


def _tails(runs: Sequence[Run], spots: Sequence[Spot]) -> Iterator[tuple[int, float]]:
    """Yield the runs whose last page is nearly empty, and how high what stands there is."""
    counts = page_counts(spots)
    for spot in spots:
        if spot.kind != "run end":
            continue
        number = spot.numbers[0]
        run = runs[number]
        height = spot.y - run.paper.margin.top
        form = bool(run.blocks) and not isinstance(run.blocks[-1].content, Paragraph)
        short = height <= _TAIL * run.paper.text_height
        if form and short and 1 < counts[number] <= _MOST_PAGES:
            yield number, height - _HEAD


def _room(run: Run, looks: Looks) -> tuple[float, float]:
    """Return the space around the words of a run's tables, and their lines, one in each row."""
    space = lines = 0.0
    for block in run.blocks:
        if not isinstance(block.content, Paragraph):
            for row in block.content.iter("tr"):
                cells = [looks.of(cell) for cell in row]
                padding = [look.box.padding for look in cells]
                space += max((sides.top + sides.bottom for sides in padding), default=0.0)
                lines += max((look.paragraph.line_height or 0.0 for look in cells), default=0.0)
    return space, lines
