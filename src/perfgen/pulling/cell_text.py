"""A cell's text with all the edits of what was printed of it (改后的一格)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from perfgen.pulling.cells import FoundCell
from perfgen.pulling.changes import DIFFERENT, FIGURE_IN_TEXT, REORDERED
from perfgen.pulling.pieces import Run, rises
from perfgen.pulling.slots import Slot


@dataclass(frozen=True, slots=True)
class Printing:
    """The pieces of a cell printed once, in their new order, and their slots by piece (its id)."""

    run: Run
    slots: Mapping[int, Slot]


def printings(
    runs: Sequence[Run], printed: Sequence[Run], slots: Sequence[Sequence[Slot]]
) -> Iterator[Printing]:
    """The runs, cut where a cell's text begins again: it was printed several times."""
    for run, pieces, places in zip(runs, printed, slots, strict=True):
        by_piece = {id(piece): slot for piece, slot in zip(pieces, places, strict=True)}
        number, stop = 0, 0
        passes: dict[int, int] = {}
        for key, slot in by_piece.items():
            number += slot.start < stop
            stop = slot.stop
            passes[key] = number
        cut: list[Run] = [[] for _ in range(number + 1)]
        current = 0
        for piece in run:
            current = passes.get(id(piece), current)
            cut[current].append(piece)
        for part in cut:
            keys = {id(piece) for piece in part}
            yield Printing(part, {key: slot for key, slot in by_piece.items() if key in keys})


@dataclass(slots=True)
class EditedCell:
    """A cell's text with all its edits; `why` says why there is none."""

    found: FoundCell
    printings: Sequence[Printing]
    why: str = ""
    partly: bool = False
    notes: list[str] = field(default_factory=list)

    def text(self) -> str | None:
        """Return the cell's new text; None, and `why` says why, where there is none."""
        edits: dict[tuple[int, int], str] = {}
        untouched: set[tuple[int, int]] = set()
        for printing in self.printings:
            known = self._run(printing.run, printing.slots)
            if known is None:
                return None
            for place, text in known.items():
                if text is None:
                    untouched.add(place)
                elif edits.setdefault(place, text) != text:
                    self.why = "这段文字在报告里印了几处，改得不一样"
                    return None
        self.partly = bool(untouched & set(edits))
        return self._applied(edits)

    def _run(self, run: Run, slots: Mapping[int, Slot]) -> dict[tuple[int, int], str | None] | None:
        """The new texts of a run by their places; None for a place that was not touched."""
        contents: list[str] = []
        known: dict[tuple[int, int], str | None] = {}
        for piece in run:
            slot = slots.get(id(piece))
            if piece.new is None:
                continue
            raw: str | None = piece.new
            if slot is not None and piece.new == piece.old:
                raw = self.found.text[slot.start : slot.stop]
                known[slot.start, slot.stop] = None
            elif slot is not None:
                raw = slot.template.after(piece.new)
                known[slot.start, slot.stop] = raw
            if raw is None:
                self.why = FIGURE_IN_TEXT
                return None
            contents.append(raw)
        if all(piece.old is not None and piece.new is not None for piece in run) and rises(run):
            return known
        return self._region(run, contents, list(slots.values()))

    def _region(
        self, run: Run, contents: Sequence[str], slots: Sequence[Slot]
    ) -> dict[tuple[int, int], str | None] | None:
        """Lines came, went or changed places: all from the first to the last is written anew."""
        text = self.found.text
        ordered = sorted(slots, key=lambda slot: slot.start)
        start = ordered[0].start if ordered else 0
        stop = ordered[-1].stop if ordered else len(text)
        between = [text[one.stop : other.start] for one, other in pairwise(ordered)]
        if any(gap.strip() for gap in between) or (not ordered and text):
            self.why = DIFFERENT
            return None
        if not rises(run):
            self.notes.append(REORDERED)
        if not contents:  # the line break goes, too
            stop += text[stop : stop + 1] == "\n"
            start -= stop == len(text) and text[start - 1 : start] == "\n"
        return {(start, stop): "\n".join(contents)}

    def _applied(self, edits: Mapping[tuple[int, int], str]) -> str | None:
        text = self.found.text
        last = len(text)
        for start, stop in sorted(edits, reverse=True):
            if stop > last:
                self.why = "这段文字在报告里印了几处，改得不一样"
                return None
            text = text[:start] + edits[start, stop] + text[stop:]
            last = start
        return text.strip("\n")
