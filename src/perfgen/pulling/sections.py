"""What stands below which heading, as it was printed and as it is now (标题下的段落)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from perfgen.pulling.matches import Paragraphs


@dataclass(slots=True)
class Section:
    """A heading, and the cells whose text is printed below it.

    `unplaced` says that text stands here of which nobody knows where it belongs.
    """

    heading: str = ""
    cells: set[int] = field(default_factory=set)
    unplaced: bool = False


class Sections:
    """The sections of paragraphs that stand together; whatever is no text of a cell heads one."""

    def __init__(self, matches: Sequence[Paragraphs], owners: Sequence[Sequence[int]]) -> None:
        """Go through the matches in their new order; `owners` are the cells that each holds."""
        self._of: list[Section] = []
        self._printed: list[tuple[int, str]] = []
        current = Section()
        for match, cells in zip(matches, owners, strict=True):
            if match.old and not cells:
                current = Section(match.old[0].text)
                self._printed.append((_number(match), current.heading))
            if not match.moved:
                current.cells.update(cells)
            self._of.append(current)
        self._printed.sort()

    def unplaced(self) -> set[int]:
        """Return the cells of the sections that have text without a place."""
        return {cell for section in self._of if section.unplaced for cell in section.cells}

    def __getitem__(self, place: int) -> Section:
        """Return the section in which a match stands now."""
        return self._of[place]

    def printed_heading(self, match: Paragraphs) -> str:
        """Return the heading below which a match was printed."""
        place = bisect_right(self._printed, (_number(match), "\uffff")) - 1
        return self._printed[place][1] if place >= 0 else ""


def cells_around(
    matches: Sequence[Paragraphs], owners: Sequence[Sequence[int]], number: int
) -> tuple[int | None, int | None]:
    """Return the cells of the paragraphs before and behind one, as far as the next heading."""
    before = _neighbour(matches, owners, range(number - 1, -1, -1), last=True)
    behind = _neighbour(matches, owners, range(number + 1, len(matches)), last=False)
    return before, behind


def _neighbour(
    matches: Sequence[Paragraphs],
    owners: Sequence[Sequence[int]],
    places: Iterable[int],
    *,
    last: bool,
) -> int | None:
    """The cell of the nearest paragraph that is still there; None behind a heading."""
    for place in places:
        match = matches[place]
        if match.old and match.new and not match.moved:
            if not owners[place]:
                return None
            return owners[place][-1 if last else 0]
    return None


def _number(match: Paragraphs) -> int:
    return min((number for p in match.old for number in p.numbers), default=0)
