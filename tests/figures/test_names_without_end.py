"""Advice about a name that nobody has: short, and given at once, however long the names are."""

from random import Random

from patience import no_hang
from perfgen.figures.quoting import _guess


def text_of(seed, length=32_000):
    """As many different characters as a cell holds: to compare two such texts takes minutes."""
    rng = Random(seed)
    return "".join(chr(0x4E00 + rng.randrange(20_000)) for _ in range(length))


def test_names_as_long_as_a_cell_are_not_compared():
    long = text_of(1)
    with no_hang():
        advice = _guess(long[:16_000] + text_of(2)[:16_000], [long, "走访企业数量"])
    assert advice == f"可以写：{long[:40]}…、走访企业数量"


def test_a_slip_in_a_usual_name_is_still_found():
    assert _guess("走访企业数", [text_of(1), "走访企业数量"]) == "是不是“走访企业数量”？"
