"""Whatever a template does with a text, the result is the plain one, and knows its sources."""

import pytest

from perfgen.provenance.marks import Traced

PLAIN = "  甲、乙\n丙、丁  "
TEXT = Traced.of("  甲、乙\n", 1) + Traced.of("丙、丁  ", 2)


def sources(text):
    """Each character's source, in digits: 0 for none."""
    assert isinstance(text, Traced)
    return "".join(str(source or 0) * length for length, source in text.pieces)


def test_two_texts_joined_know_both():
    assert sources(TEXT) == "11111122222"
    assert sources("共" + TEXT + "。") == "0111111222220"
    assert sources(f"{TEXT}"[2:] + TEXT[:2]) == "11112222211"


@pytest.mark.parametrize(
    ("made", "plain", "known"),
    [
        (TEXT.strip(), PLAIN.strip(), "1111222"),
        (TEXT.lstrip(), PLAIN.lstrip(), "111122222"),
        (TEXT.rstrip(), PLAIN.rstrip(), "111111222"),
        (TEXT.strip().removeprefix("甲、"), "乙\n丙、丁", "11222"),
        (TEXT.strip().removesuffix("、丁"), "甲、乙\n丙", "11112"),
        (TEXT.replace("、", "和"), PLAIN.replace("、", "和"), "11111122222"),
        (TEXT.replace("、", "", 1), PLAIN.replace("、", "", 1), "1111122222"),
        (TEXT.replace("、", "和", 0), PLAIN, "11111122222"),
        (TEXT[2], "甲", "1"),
        (TEXT[-3], "丁", "2"),
        (TEXT[4:8], "乙\n丙、", "1122"),
        (TEXT[8:4], "", ""),
    ],
)
def test_a_piece_knows_its_source(made, plain, known):
    assert (str(made), sources(made)) == (plain, known)


@pytest.mark.parametrize(
    ("made", "plain", "known"),
    [
        (TEXT.split("、"), PLAIN.split("、"), ["111", "112", "222"]),
        (TEXT.split(), PLAIN.split(), ["111", "222"]),
        (TEXT.rsplit("、", 1), PLAIN.rsplit("、", 1), ["1111112", "222"]),
        (TEXT.splitlines(), PLAIN.splitlines(), ["11111", "22222"]),
        (TEXT.splitlines(keepends=True), PLAIN.splitlines(keepends=True), ["111111", "22222"]),
        (TEXT.partition("、"), PLAIN.partition("、"), ["111", "1", "1122222"]),
        (TEXT.rpartition("、"), PLAIN.rpartition("、"), ["1111112", "2", "222"]),
    ],
)
def test_each_part_knows_its_source(made, plain, known):
    assert (list(made), [sources(part) for part in made]) == (list(plain), known)


def test_there_is_nothing_beyond_the_end():
    with pytest.raises(IndexError):
        TEXT[11]
    assert TEXT[::-1] == PLAIN[::-1]
