"""The page with marks (带标记的页面): every text and figure says on it where it came from.

One run of the template serves all: the documents print the page without its marks, the data says
which cells and figures are printed, and the Word file remembers the cell behind each text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from perfgen.figures import compute
from perfgen.model.layout import Layout
from perfgen.model.records import Report
from perfgen.provenance.cells import Source, trace
from perfgen.provenance.figures import Numbered, number_figures, number_results
from perfgen.provenance.marks import COMPUTED, renumbered, unmarked
from perfgen.render.page.annexes import with_annexes
from perfgen.render.page.day_note import with_day
from perfgen.render.page.template import render_page


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """A page with marks. Numbers below `figures.first` are of `sources`, the others of figures.

    `layout` is the report's, with the style sheets of the annexes.
    """

    source: str
    layout: Layout
    sources: Sequence[Source | None]
    figures: Numbered

    @property
    def plain(self) -> str:
        """Return the page as it is printed."""
        return unmarked(self.source)

    @property
    def by_cells(self) -> str:
        """Return the page with marks of cells alone: a figure bears the cell that it was typed in.

        Figures that were computed bear the mark COMPUTED, words that were (a grade) none.
        """
        numbered = self.figures

        def cell_of(number: int) -> int | None:
            if number < numbered.first:
                return number
            key = numbered.keys[number - numbered.first]
            return numbered.typed.get(
                key, None if isinstance(numbered.values[key], str) else COMPUTED
            )

        return renumbered(self.source, cell_of)


def marked_page(report: Report, layout: Layout, annexes: Sequence[str] = ()) -> MarkedPage:
    """Return the page of a report, with `annexes` at its end.

    Raises LayoutError for an unknown annex, PerfgenError for one with nothing to print, and
    PageError as `render_page` does.
    """
    traced = trace(report, layout.formulas)
    first = len(traced.sources)
    results = number_results(traced.report, layout.formulas, first)
    figures = compute(results.report, layout.rules)
    numbered = number_figures(figures, results.report, first, results)
    source = with_day(render_page(results.report, numbered.figures, layout), report.as_of)
    source, layout = with_annexes(source, annexes, results.report, numbered.figures, layout)
    return MarkedPage(source, layout, traced.sources, numbered)
