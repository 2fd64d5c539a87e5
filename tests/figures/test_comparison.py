"""Targets and results as people type them: what is printed and judged."""

from pathlib import Path

import pytest

from perfgen.figures.deviation import indicator_figures
from perfgen.model.layout import Rules
from perfgen.model.measure import Measure, Target
from perfgen.model.records import Indicator
from perfgen.render.page.filters import template_filters

RULES = Rules()
YEAR = 2024
TABLE = [
    line
    for name in ("targets_and_results.txt", "more_targets_and_results.txt")
    for line in Path(__file__).with_name(name).read_text("utf-8").splitlines()
]
PAIRS = [
    [cell.strip() for cell in f"{line}{'|' * 5}".split("|")]
    for line in TABLE
    if line and not line.startswith("#")
]


def figures(target, result, *, unit="", direction="", name="指标", year=YEAR, rules=RULES):
    """What follows from one indicator with this target and this result."""
    row = Indicator(
        name=name,
        direction=direction,
        unit=unit,
        targets={"full": Target.parse(target, unit=unit)},
        actual=Measure.parse(result, unit=unit),
    )
    return indicator_figures(row, rules, year)


def printed(found, rules=RULES):
    return template_filters(rules, "万元")["deviation"](found.deviation)


def test_the_table_is_long():
    assert len(PAIRS) >= 600


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair[0]} | {pair[1]}")
def test_a_pair_is_printed_judged_and_spoken_of(pair):
    target, result, shown, judged, remarks, *further = pair
    known = dict(cell.split(":=") for cell in further if cell)
    found = figures(target, result, **known)
    assert (printed(found), {True: "missed", False: "met", None: "?"}[found.adverse]) == (
        shown,
        judged,
    )
    if remarks != "*":
        assert [remark.name.name for remark in found.compared.remarks] == remarks.split()


@pytest.mark.parametrize("pair", PAIRS[:72], ids=lambda pair: f"{pair[0]} | {pair[1]}")
def test_spaces_and_full_width_signs_do_no_harm(pair):
    target, result, shown, *_, further = pair[:6]
    known = dict([further.split(":=")]) if further else {}
    wide = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
    spaced = [f" {text.translate(wide)}\u3000" for text in (target, result)]
    assert printed(figures(*spaced, **known)) == shown


def test_a_layout_may_be_stricter_about_what_is_about_right():
    strict = Rules(about_tolerance=RULES.about_tolerance / 10)
    assert figures("约20次", "19次").adverse is False
    assert figures("约20次", "19次", rules=strict).adverse is True


def test_a_cell_full_of_signs_is_read_at_once():
    for text in (
        "1-" * 16000,
        "≥" * 32767,
        "每" * 32767,
        "（" * 32767,
        "1 000 " * 5000,
        "a1" * 200,
    ):
        assert figures("≥3次", text).deviation is None


def test_the_year_of_a_leap_day():
    assert printed(figures("每天1次", "366次", year=2024)) == "0.00%"
    assert printed(figures("每天1次", "365次", year=2023)) == "0.00%"
