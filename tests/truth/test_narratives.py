"""Long natural self-evaluations, all of it right: nothing is blamed, and a slip still is."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from truth.collection import Collected, Edit, edited, read_book
from truth.measure import measure

NARRATIVES = sorted((Path(__file__).parent / "narratives").glob("*.toml"))
MEASURED = NARRATIVES if os.environ.get("PERFGEN_ALL") else NARRATIVES[::3]
"""`make truth` measures all of them, `make test` every third."""


@pytest.fixture(scope="module", params=MEASURED, ids=[path.stem for path in MEASURED])
def measured(request):
    narrative = read_book(request.param)
    return measure(replace(narrative, right=together(narrative.right)))


def together(sentences):
    """The sentences of a book as one text, so that they are tried at once."""
    if not sentences:
        return ()
    return (replace(sentences[0], new="\n".join(str(one.new) for one in sentences)),)


def test_a_right_narrative_is_not_blamed(measured):
    assert [one for one in measured.clean if one.severity != "info"] == []


def test_more_right_sentences_in_a_narrative_are_not_blamed(measured):
    assert [found for trial in measured.right for found in trial.new] == []


def test_a_slip_in_a_narrative_is_found(measured):
    assert len(measured.plants) >= 3
    assert [str(trial.edit) for trial in measured.plants if not trial.found] == []


@pytest.mark.parametrize("path", NARRATIVES, ids=[path.stem for path in NARRATIVES])
def test_a_narrative_is_long_and_its_slips_have_a_place(path):
    narrative: Collected = read_book(path)
    rows = [row for rows in narrative.book.content.values() for row in rows]
    assert sum(len(text) for row in rows for text in row.values()) >= 1000
    for edit in narrative.plants:
        assert isinstance(edit, Edit)
        assert edited(narrative.book, edit).places
