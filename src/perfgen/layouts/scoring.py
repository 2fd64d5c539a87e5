"""`[scoring]` of a layout's declaration → Scoring (评分办法)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from perfgen.layouts.keys import Keys
from perfgen.layouts.score_rules import read_bands, read_rules
from perfgen.model.scoring import Attainment, Cap, Grade, ScoreRule, Scoring

REACHED = ("是", "达标", "合格", "符合", "完成", "公开", "√")
MISSED = ("否", "未达标", "不合格", "不符合", "未完成", "未公开", "×")
RATE_RULES = ("ratio", "all_or_nothing", "bands", "steps")


def read_scoring(keys: Keys) -> Scoring:
    """Return the settings; all have a default, so that a layout without scores says nothing."""
    over = keys.table("over_completion", {})
    above = over.ratio("above", None)
    scoring = Scoring(
        total=keys.number("total", None),
        decimals=keys.whole("decimals", 2),
        rules=read_rules(keys),
        reached_words=keys.texts("reached_words", REACHED),
        missed_words=keys.texts("missed_words", MISSED),
        bands=read_bands(keys),
        attainments=tuple(_attainment(row) for row in keys.tables("attainments")),
        grades=_grades(keys),
        caps=tuple(_cap(row) for row in keys.tables("caps")),
        weights=keys.number_map("weights"),
        rate_full=keys.number("rate_full", None),
        rate_rule=keys.text("rate_rule", ""),
        indicator_rule=keys.text("indicator_rule", ""),
        over_above=above,
        over_loses=over.ratio("loses", Decimal(0) if above is None else ...) or Decimal(0),
        equal_overshoot=keys.choice("equal_overshoot", ("reached", "proportion"), "reached"),
    )
    over.done()
    keys.done()
    _check(scoring, keys)
    return scoring


def _check(scoring: Scoring, keys: Keys) -> None:
    if not 0 <= scoring.decimals <= 6:
        raise keys.error("decimals", f"只能是 0 到 6，现在是 {scoring.decimals}")
    for name, weight in scoring.weights.items():
        if weight < 0:
            raise keys.error(f"weights.{name}", f"不能是负数，现在是 {weight}")
    for name, rule in scoring.rules.items():
        if rule.kind == "bands" and not (rule.bands or scoring.bands):
            raise keys.error("bands", f"没有写，评分规则“{name}”用到了分档（bands）")
    rate = _named("rate_rule", scoring.rate_rule, scoring, keys)
    if rate and (rate.kind not in RATE_RULES or rate.of != "value"):
        raise keys.error("rate_rule", f"“{scoring.rate_rule}”不能由执行率计分，"
                         f"只能是 {'、'.join(RATE_RULES)} 一类、不写 of 的规则")  # fmt: skip
    _named("indicator_rule", scoring.indicator_rule, scoring, keys)
    if any(cap.most is None for cap in scoring.caps) and scoring.total is None:
        raise keys.error("total", "没有写，caps 里的 by_rate 要用到总分")


def _named(key: str, word: str, scoring: Scoring, keys: Keys) -> ScoreRule | None:
    if word and word not in scoring.rules:
        known = "、".join(scoring.rules) or "空的"
        raise keys.error(key, f"“{word}”不在 rules 里：{known}")
    return scoring.rules.get(word) if word else None


def _attainment(row: Keys) -> Attainment:
    found = Attainment(
        row.text("name"),
        _known(row.ratio("from")),
        _known(row.ratio("to")),
        row.texts("words", ()),
    )
    row.done()
    if found.lowest > found.highest:
        raise row.error("from", "不能大于 to")
    return found


def _grades(keys: Keys) -> tuple[Grade, ...]:
    grades = []
    for row in keys.tables("grades"):
        grades.append(Grade(row.text("name"), _known(row.number("from"))))
        row.done()
    return _falling(grades)


def _falling(grades: Sequence[Grade]) -> tuple[Grade, ...]:
    return tuple(sorted(grades, key=lambda grade: -grade.start))


def _cap(row: Keys) -> Cap:
    by_rate = row.flag("by_rate")
    most = row.number("most", None if by_rate else ...)
    cap = Cap(_known(row.ratio("rate_below")), most)
    row.done()
    if by_rate and most is not None:
        raise row.error("most", "和 by_rate 只写一个")
    return cap


def _known(value: Decimal | None) -> Decimal:
    assert value is not None  # a key without a default is always there
    return value
