"""Words for what was done and counted (deeds.toml): synonyms, counters, words without weight."""

from __future__ import annotations

from collections.abc import Mapping

from perfgen.prose.data import data

_DATA = data("deeds.toml")

DEEDS: tuple[tuple[str, ...], ...] = tuple(tuple(row) for row in _DATA["deeds"])
"""Words of one row may stand for each other; words of two rows are two things."""

STANDARD: Mapping[str, str] = _DATA["standard"]
"""Other wordings of what an indicator measures."""

COUNTERS: tuple[str, ...] = tuple(_DATA["counters"])
NEUTRAL: tuple[str, ...] = tuple(_DATA["neutral"])
NOUNS: tuple[str, ...] = tuple(_DATA["nouns"])
"""Neutral words that name things all the same where two texts are compared."""

VAGUE: tuple[str, ...] = tuple(_DATA["vague"])
"""Words that say of what is counted hardly more than that it is there."""

PARTICLES: tuple[str, ...] = tuple(_DATA["particles"])
STOCK: tuple[str, ...] = tuple(_DATA["stock"])
ELSEWHERE: tuple[str, ...] = tuple(_DATA["elsewhere"])
WANTED: tuple[str, ...] = tuple(_DATA["wanted"])
STAGES: tuple[tuple[str, ...], ...] = tuple(tuple(row) for row in _DATA["stages"])
"""Words for the stages of one work: what comes in, what is found, what is settled."""
