"""Edits as Word makes them, drawn by lot, in a document of every layout: right, or listed.

Nothing is ever written that the officer did not write, and nothing is lost without a word.
"""

import random
from pathlib import Path

import pytest

from perfgen.build import Request, load, print_report
from perfgen.figures.quoting import Quoter
from perfgen.figures.sources import sources
from perfgen.pulling.aligning import align
from perfgen.pulling.cells import Cells
from perfgen.pulling.numbered import with_numbers
from perfgen.pulling.other_edits import found_besides_words
from perfgen.pulling.placing import place
from perfgen.pulling.reading import read_document
from perfgen.workbook.opening import open_workbook
from pulling.officer_files import changed, silent
from pulling.word_edits import EDITS
from pulling.word_oddities import ODD_EDITS
from pulling.word_table_edits import TABLE_EDITS
from pulling.word_tree import NotHere, Printed

INPUTS = Path(__file__).parents[2] / "inputs"
SAMPLES = sorted(
    {
        file.stem: file for file in INPUTS.glob("*.xlsx") if not file.stem.startswith("projects")
    }.values()
)  # a layout each
ALL = {**EDITS, **ODD_EDITS, **TABLE_EDITS}
TURNS = 1
"""How often each kind of edit is made in each sample."""


class Sample:
    """A sample's document as built once, and all that a pull needs of its workbook."""

    def __init__(self, workbook):
        loaded = load(workbook, say=silent)
        self.report, self.layout = loaded.report, loaded.layout
        self.data = print_report(loaded, Request(formats=("docx",))).contents["docx"]
        self.original = read_document(self.data).original
        tables = sources(self.report, loaded.figures, self.layout)
        quoter = Quoter(tables, self.layout.rules, self.report.amount_unit)
        self.cells = Cells(open_workbook(workbook), self.layout, quoter)

    def edited(self, edit, rng):
        """The document with one edit in it, and what is to be expected."""
        expected = []

        def change(root):
            expected.append(edit(Printed(root, self.original, self.cells), rng))

        return changed(self.data, change), expected[0]

    def pull(self, data):
        """What a pull finds: the changes and what is left, and what there is besides words."""
        edited = read_document(data)
        blocks = with_numbers(edited.blocks, self.original.blocks)
        placed = place(self.original, align(self.original.blocks, blocks), self.cells,
                       self.report, same_input=True)  # fmt: skip
        return placed, found_besides_words(data, self.data)


@pytest.fixture(scope="module", params=SAMPLES, ids=lambda path: path.stem)
def sample(request):
    """Each sample in its turn."""
    return Sample(request.param)


def test_a_document_that_nobody_edited_changes_nothing(sample):
    placed, others = sample.pull(sample.data)
    assert (placed.changes, placed.left, others) == ((), (), [])


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize("turn", range(TURNS))
def test_an_edit_is_written_right_or_listed(sample, kind, turn):
    rng = random.Random(f"{sample.layout.id} {kind} {turn}")
    try:
        data, expected = sample.edited(ALL[kind], rng)
    except NotHere:
        pytest.skip("this document has no place for it")
    placed, others = sample.pull(data)
    written = {(ref.sheet, ref.row, ref.column): change
               for change in placed.changes for ref in change.refs}  # fmt: skip
    for cell, change in written.items():
        wanted = expected.cells.get(cell)
        own = {(ref.sheet, ref.row, ref.column) for ref in change.refs}
        wanted = next((expected.cells[one] for one in own if one in expected.cells), None)
        assert own & set(expected.cells), (change, "nobody edited this cell")
        assert wanted is None or change.new == wanted or change.asks, change
    missing = set(expected.cells) - set(written)
    assert not missing or placed.left, "an edit is lost without a word"
    if expected.told:
        notes = [note for change in placed.changes for note in (*change.notes, *change.asks)]
        assert placed.left or others or notes, "nothing is said of it"
