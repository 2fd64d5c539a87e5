"""Which cell each part of a printed document came from, looked up by its number (原文的来源)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from perfgen.model.cells import CellRef
from perfgen.original.content import Cell, Paragraph, Row
from perfgen.provenance.cells import Source
from perfgen.pulling.matches import Paragraphs
from perfgen.pulling.spans import Span


class PrintedSources:
    """The sources of a document by their numbers; 0 stands for a computed figure."""

    def __init__(self, sources: Sequence[Source | None]) -> None:
        """Begin with those that the document carries."""
        self._sources = list(sources)

    def __getitem__(self, number: int) -> Source | None:
        """Return a source by its number."""
        return self._sources[number]

    def add(self, source: Source) -> int:
        """Take in a cell that printed nothing, since it was empty; return its number."""
        self._sources.append(source)
        return len(self._sources) - 1

    def is_text(self, number: int | None) -> bool:
        """Return whether a part is the text of a cell: no figure, no words of the layout."""
        source = self._sources[number] if number else None
        return source is not None and not source.figure

    def owners(self, match: Paragraphs) -> list[int]:
        """Return the cells whose text a match holds, in order."""
        sources = [source for p in match.old for _, source in p.parts if self.is_text(source)]
        return [source for source in sources if source is not None]

    def spans(self, paragraphs: Sequence[Paragraph]) -> list[Span]:
        """Return the parts of printed paragraphs; what is no text of a cell may not change."""
        spans: list[Span] = []
        for paragraph in paragraphs:
            for text, source in paragraph.parts:
                fixed = not self.is_text(source)
                if spans and spans[-1].source == source and not fixed:
                    spans[-1] = replace(spans[-1], text=spans[-1].text + "\n" + text)
                else:
                    spans.append(Span(text, fixed, source))
        return spans

    def known(self, cell: Cell) -> Iterator[Source]:
        """Yield the sources of what a table's cell holds."""
        for paragraph in cell.paragraphs:
            for _, number in paragraph.parts:
                source = self._sources[number] if number else None
                if source is not None:
                    yield source

    def ref_of(self, row: Row) -> CellRef | None:
        """Return the first cell of the workbook that a table's row prints."""
        for cell in row:
            if not cell.merged:
                for source in self.known(cell):
                    return CellRef("", source.sheet, source.row, source.column)
        return None
