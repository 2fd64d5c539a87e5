"""Sentences of invented offices: wrong ones are found, right ones are left alone.

`prose/tuning.tsv` was looked at while the rules were written, `prose/money.tsv` holds amounts,
changes, worked-out numbers, years, days and scores, `prose/right.tsv` right ones that were once
blamed, with wrong ones beside them; each of their sentences is a test.
`prose/held_out.tsv` was written before them, in other wordings and for other offices; there
only the shares are held.
"""

import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent / "prose"
sys.path.insert(0, str(FOLDER))

from sentences import read_offices, read_sentences, said_of  # noqa: E402

TUNING = read_sentences(FOLDER / "tuning.tsv")
MONEY = read_sentences(FOLDER / "money.tsv")
RIGHT = read_sentences(FOLDER / "right.tsv")
HELD_OUT = read_sentences(FOLDER / "held_out.tsv")


@pytest.fixture(scope="module")
def said():
    """What the rules on texts say of a sentence in its office's report."""
    offices, base = read_offices(), {}
    return lambda sentence: said_of(sentence, offices, base)


EACH = [*TUNING, *MONEY, *RIGHT]


@pytest.mark.parametrize(
    "sentence", EACH, ids=[f"{one.office}-{place}" for place, one in enumerate(EACH)]
)
def test_a_sentence_is_found_where_it_is_wrong_and_only_there(said, sentence):
    assert bool(said(sentence)) is sentence.wrong, sentence.text


def test_of_wrong_sentences_that_were_held_out_nine_in_ten_are_found(said):
    wrong = [one for one in HELD_OUT if one.wrong]
    assert len(wrong) >= 150
    assert sum(bool(said(one)) for one in wrong) / len(wrong) >= 0.9


def test_of_right_sentences_that_were_held_out_fewer_than_two_in_a_hundred_are_blamed(said):
    right = [one for one in HELD_OUT if not one.wrong]
    assert len(right) >= 150
    assert sum(bool(said(one)) for one in right) / len(right) < 0.02
