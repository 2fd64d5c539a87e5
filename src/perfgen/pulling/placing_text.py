"""Edited paragraphs that stand together → the pieces of the cells that they are from (放回段落).

That is the running text, or one cell of a table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from perfgen.model.cells import CellRef
from perfgen.model.records import Report
from perfgen.original.content import bare
from perfgen.provenance.cells import Source
from perfgen.pulling.cells import Cells
from perfgen.pulling.changes import (
    ADDED,
    COMPUTED_FIGURE,
    FIGURE_IN_TEXT,
    FIXED_WORDS,
    MOVED,
    NO_PLACE,
    ONLY_BREAKS,
    TEXT_LEFT,
    TYPED_FIGURE,
    WORDS_AROUND,
    Ask,
    Left,
)
from perfgen.pulling.matches import Paragraphs
from perfgen.pulling.naming_places import about, moved_below, words_of
from perfgen.pulling.numbered import NUMBERED
from perfgen.pulling.oddities import cannot_say, odd_in, said_otherwise
from perfgen.pulling.pieces import Piece, Run, is_edit
from perfgen.pulling.printed_sources import PrintedSources
from perfgen.pulling.sections import Section, Sections, cells_around
from perfgen.pulling.spans import Span, respan


class TextPlacer:
    """Notes the pieces of each cell in `runs`, by the number of its source; `left` takes the rest.

    What cannot be told apart is left, and counts as unchanged.
    """

    def __init__(
        self, sources: PrintedSources, cells: Cells, report: Report, left: list[Left]
    ) -> None:
        """Know the document's sources and the workbook; nothing is noted yet."""
        self.runs: dict[int, list[Run]] = defaultdict(list)
        self._sources = sources
        self._cells = cells
        self._report = report
        self._left = left
        self._groups = 0

    def container(
        self,
        matches: Sequence[Paragraphs],
        where: str = "",
        *,
        empty: Source | None = None,
        is_cell: bool = False,
    ) -> None:
        """Note the pieces of paragraphs: of the running text, or of one cell of a table.

        `empty` is the cell behind a printed cell that was empty.
        """
        owners = [self._sources.owners(match) for match in matches]
        sections = Sections(matches, owners)
        pieces: Run = []
        kept: Run = []
        for number, match in enumerate(matches):
            section = sections[number]
            place = where or about(section.heading, match)
            around = cells_around(matches, owners, number)
            if not match.old:
                target = empty or self._empty_section(section.heading)
                pieces += self._added(match, around, place, target, section, is_cell=is_cell)
            elif match.moved and not set(owners[number]) & set(around):
                printed = sections.printed_heading(match)
                why = MOVED if where else moved_below(section.heading)
                self._leave(where or about(printed, match), match, why)
                kept += self._unchanged(match, place)
            else:
                pieces += self._pieces(match, place)
        for piece in kept:
            self._put_back(pieces, piece)
        self._keep_unplaced(pieces, sections.unplaced())
        self._note(pieces)

    def _unchanged(self, match: Paragraphs, where: str) -> Run:
        return [
            Piece(span.source, span.text, span.text, where, match.old[0].numbers[0])
            for span in self._sources.spans(match.old)
            if not span.fixed and span.source
        ]

    def _pieces(self, match: Paragraphs, where: str) -> Run:
        """The pieces of a match; what cannot be told apart is left, and counts as unchanged."""
        same = self._unchanged(match, where)
        odd = odd_in(match)
        if not match.changed:
            if NUMBERED in odd:
                self._leave(where, match, cannot_say((NUMBERED,)))
            return same
        if odd and match.new:
            self._leave(where, match, cannot_say(odd))
            return same
        if not match.new:
            if not same:
                self._leave(where, match, self._why_fixed(match))
            return [replace(piece, new=None) for piece in same]
        if not same:
            self._leave(where, match, self._why_fixed(match))
            return same
        new = "\n".join(paragraph.bare for paragraph in match.new)
        spans = self._sources.spans(match.old)
        if len(match.old) > len(match.new) and 1 < len(spans) == len(same) == len(match.old):
            return self._joined(same, new)
        texts = respan(_unbroken(spans) if len(match.old) > len(match.new) else spans, new)
        if texts is None:
            self._leave(where, match, self._why_fixed(match), same[0].source)
            return same
        note = said_otherwise(match)
        pieces = [
            replace(piece, new=text.strip("\n"), note=note)
            for piece, text in zip(same, texts, strict=True)
        ]
        if not any(is_edit(piece) for piece in pieces):
            self._leave(where, match, ONLY_BREAKS)
        return pieces

    def _joined(self, pieces: Run, new: str) -> Run:
        """Paragraphs of several cells that became one: all goes to the first cell, if wanted."""
        self._groups += 1
        first, *others = pieces
        joined = replace(first, new=new, ask=Ask.JOIN, group=self._groups)
        return [joined, *(replace(p, new=None, ask=Ask.JOIN, group=self._groups) for p in others)]

    def _added(
        self,
        match: Paragraphs,
        around: tuple[int | None, int | None],
        where: str,
        empty: Source | None,
        section: Section,
        *,
        is_cell: bool,
    ) -> Run:
        """A new paragraph: it belongs to the cell around it, or to that of the one before it.

        Where all that was printed below its heading is gone, it belongs to the one cell there.
        """
        text = match.new[0].bare
        odd = odd_in(match)
        if odd:
            section.unplaced = True
            self._leave(where, match, cannot_say(odd))
            return []
        before, behind = around
        inside = before == behind
        cells = [cell for cell in sorted(section.cells) if is_cell or self._takes(cell)]
        alone = cells[0] if len(cells) == 1 else None
        for source in (before, behind, alone):
            if source is not None and (inside or is_cell or self._takes(source)):
                note = "" if inside or is_cell else ADDED
                notes = filter(None, (note, said_otherwise(match)))
                return [Piece(source, None, text, where, note="；".join(notes))]
        if empty is not None:
            return [Piece(self._sources.add(empty), None, text, where, note=said_otherwise(match))]
        section.unplaced = True
        self._leave(where, match, NO_PLACE)
        return []

    def _keep_unplaced(self, pieces: Run, cells: set[int]) -> None:
        """Take no text out of a cell while there is text below its heading that has no place."""
        kept: dict[int, list[Piece]] = defaultdict(list)
        for number, piece in enumerate(pieces):
            if piece.source in cells and piece.old is not None and piece.new is None:
                kept[piece.source].append(piece)
                pieces[number] = replace(piece, new=piece.old, ask=None, group=0)
        for number, own in kept.items():
            source = self._sources[number]
            ref = CellRef("", source.sheet, source.row, source.column) if source else None
            old = "\n".join(piece.old or "" for piece in own)
            self._left.append(Left(where=own[0].where, old=old, new="", why=TEXT_LEFT, ref=ref))

    def _takes(self, number: int) -> bool:
        source = self._sources[number]
        return source is not None and self._cells.is_long(source)

    def _empty_section(self, heading: str) -> Source | None:
        """The cell of a section that was empty, by the heading above the new paragraph."""
        for section in self._report.sections:
            ref = section.cell("text")
            if ref and not section.paragraphs and bare(section.name) == bare(heading):
                return Source(ref.sheet, ref.row, ref.column, "section.text")
        return None

    def _put_back(self, pieces: Run, piece: Piece) -> None:
        """A paragraph that stays where it was, though the document has it elsewhere now."""
        behind = [
            place
            for place, other in enumerate(pieces)
            if other.source == piece.source and other.old is not None and other.order > piece.order
        ]
        pieces.insert(behind[0] if behind else len(pieces), piece)

    def _note(self, pieces: Run) -> None:
        runs: dict[int, Run] = {}
        for piece in pieces:
            runs.setdefault(piece.source, []).append(piece)
        for source, run in runs.items():
            self.runs[source].append(run)

    def _leave(self, where: str, match: Paragraphs, why: str, source: int | None = None) -> None:
        numbers = [number for p in match.old for _, number in p.parts]
        found = next((self._sources[n] for n in [source, *numbers] if n), None)
        ref = CellRef("", found.sheet, found.row, found.column) if found and found.column else None
        old, new = words_of(match.old), words_of(match.new)
        self._left.append(Left(where=where, old=old, new=new, why=why, ref=ref))

    def _why_fixed(self, match: Paragraphs) -> str:
        """Why an edit cannot be written: what of the paragraph may not change."""
        sources = [source for p in match.old for _, source in p.parts]
        figures = [n for n in sources if n is not None and not self._sources.is_text(n)]
        if any(self._sources.is_text(number) for number in sources):
            return FIGURE_IN_TEXT if figures else WORDS_AROUND
        if any(figures):
            return TYPED_FIGURE if len(sources) == 1 else FIGURE_IN_TEXT
        if figures:
            return COMPUTED_FIGURE if len(sources) == 1 else FIGURE_IN_TEXT
        return FIXED_WORDS


def _unbroken(spans: Sequence[Span]) -> list[Span]:
    """The spans of joined paragraphs, whose ends are gone."""
    return [replace(span, text=span.text.replace("\n", "")) for span in spans]
