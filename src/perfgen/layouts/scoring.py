"""`[scoring]` of a layout's declaration → Scoring (评分办法)."""

from __future__ import annotations

from decimal import Decimal

from perfgen.layouts.keys import Keys
from perfgen.model.scoring import SCORE_RULES, Attainment, Band, Grade, Scoring

REACHED = ("是", "达标", "合格", "符合", "完成", "公开", "√")
MISSED = ("否", "未达标", "不合格", "不符合", "未完成", "未公开", "×")


def read_scoring(keys: Keys) -> Scoring:
    """Return the settings; all have a default, so that a layout without scores says nothing."""
    over = keys.table("over_completion", {})
    above = over.ratio("above", None)
    scoring = Scoring(
        total=keys.number("total", None),
        decimals=keys.whole("decimals", 2),
        rules=_rules(keys),
        reached_words=keys.texts("reached_words", REACHED),
        missed_words=keys.texts("missed_words", MISSED),
        bands=_bands(keys),
        attainments=tuple(_attainment(row) for row in keys.tables("attainments")),
        grades=_grades(keys),
        weights=keys.number_map("weights"),
        rate_full=keys.number("rate_full", None),
        over_above=above,
        over_loses=over.ratio("loses", Decimal(0) if above is None else ...) or Decimal(0),
        equal_overshoot=keys.choice("equal_overshoot", ("reached", "proportion"), "reached"),
    )
    over.done()
    keys.done()
    if not 0 <= scoring.decimals <= 6:
        raise keys.error("decimals", f"只能是 0 到 6，现在是 {scoring.decimals}")
    if "bands" in scoring.rules.values() and not scoring.bands:
        raise keys.error("bands", "没有写，评分规则里用到了分档（bands）")
    return scoring


def _rules(keys: Keys) -> dict[str, str]:
    rules = dict(keys.text_map("rules"))
    for word, name in rules.items():
        if name not in SCORE_RULES:
            raise keys.error(
                f"rules.{word}", f"只能是 {'、'.join(SCORE_RULES)} 之一，现在是“{name}”"
            )
    return rules


def _bands(keys: Keys) -> tuple[Band, ...]:
    bands = []
    for row in keys.tables("bands"):
        bands.append(Band(_known(row.ratio("from")), _known(row.ratio("share"))))
        row.done()
    return tuple(sorted(bands, key=lambda band: -band.start))


def _attainment(row: Keys) -> Attainment:
    found = Attainment(row.text("name"), _known(row.ratio("from")), _known(row.ratio("to")))
    row.done()
    if found.lowest > found.highest:
        raise row.error("from", "不能大于 to")
    return found


def _grades(keys: Keys) -> tuple[Grade, ...]:
    grades = []
    for row in keys.tables("grades"):
        grades.append(Grade(row.text("name"), _known(row.number("from"))))
        row.done()
    return tuple(sorted(grades, key=lambda grade: -grade.start))


def _known(value: Decimal | None) -> Decimal:
    assert value is not None  # a key without a default is always there
    return value
