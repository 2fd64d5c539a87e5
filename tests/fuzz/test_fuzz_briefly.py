"""A short run of `make fuzz`: the same files each time, read here and not in a child process."""

from random import Random

import pytest
from fuzz_targets import CORPUS, TARGETS, outcome, seeds

SPOILT = {"workbook": 60, "word": 60, "data": 40, "layout": 40}
"""How many spoilt files of each kind; `make fuzz` reads tens of thousands."""


@pytest.mark.parametrize("name", TARGETS)
def test_what_is_spoilt_is_read_or_refused_in_chinese(name):
    chance = Random(f"in short {name}")
    started_from = seeds(name)[:1]
    for _ in range(SPOILT[name]):
        outcome(TARGETS[name], TARGETS[name].mutated(started_from[0], chance))


@pytest.mark.parametrize(
    "file", sorted(CORPUS.glob("*/*")), ids=lambda file: f"{file.parent.name}/{file.name}"
)
def test_what_fuzzing_once_found_stays_mended(file):
    outcome(TARGETS[file.parent.name], file.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_what_fuzzing_starts_from_is_sound(name):
    assert next(outcome(TARGETS[name], seed) for seed in TARGETS[name].seeds()) == "read"
