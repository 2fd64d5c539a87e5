"""`[scoring.rules]` and the bands of a declaration → the rules of scoring (评分规则)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from perfgen.layouts.keys import Keys
from perfgen.model.scoring import SCORE_RULES, SCORED_BY, STEPS_COUNTED, Band, ScoreRule

_SIDES = ("higher", "lower", "equal")


def read_rules(keys: Keys) -> Mapping[str, ScoreRule]:
    """Return the rules by the word, or the item's name, that they are declared under.

    A rule is a name (`"按比率" = "ratio"`), or a table with its numbers.
    """
    found: dict[str, ScoreRule] = {}
    for word, value in keys.tables_or_texts("rules").items():
        if isinstance(value, Keys):
            found[word] = _rule(value)
        elif value in SCORE_RULES:
            found[word] = ScoreRule(kind=value)
        else:
            allowed = "、".join(SCORE_RULES)
            raise keys.error(f"rules.{word}", f"只能是 {allowed} 之一，现在是“{value}”")
    for word, rule in found.items():
        if rule.kind == "steps" and rule.step is None:
            raise keys.error(f"rules.{word}", 'steps 要写成表：{ rule = "steps", step = "1%", …… }')
    return found


def _rule(row: Keys) -> ScoreRule:
    kind = row.choice("rule", SCORE_RULES)
    rule = ScoreRule(
        kind=kind,
        of=row.choice("of", SCORED_BY, "value"),
        full=row.number("full", None),
        takes=row.text("takes", ""),
        bands=read_bands(row) if kind == "bands" else (),
        **(_bounds(row) if kind in ("ratio", "all_or_nothing", "steps") else {}),
        **(_steps(row) if kind == "steps" else {}),
    )
    row.done()
    if rule.full_at is not None and rule.full_at == rule.zero_at:
        raise row.error("zero_at", "不能与 full_at 相同")
    if kind == "ratio" and rule.full_at == 0 and rule.zero_at is None:
        raise row.error("zero_at", "没有写：full_at 是 0，要写到多少就不得分")
    return rule


def _bounds(row: Keys) -> Mapping[str, Any]:
    return {
        "full_at": row.ratio("full_at", None),
        "zero_at": row.ratio("zero_at", None),
        "better": row.choice("better", _SIDES, "higher"),
    }


def _steps(row: Keys) -> Mapping[str, Any]:
    step = row.ratio("step")
    if step is None or step <= 0:
        raise row.error("step", "应当大于 0，例如 1%")
    loses, share = row.number("loses", None), row.ratio("loses_share", None)
    if (loses is None) == (share is None):
        raise row.error("loses", "扣几分写 loses，扣满分的几成写 loses_share，写其中一个")
    return {
        "step": step,
        "loses": loses or Decimal(0),
        "loses_share": share or Decimal(0),
        "counted": row.choice("counted", STEPS_COUNTED, "parts"),
        "least": row.number("least", Decimal(0)),
    }


def read_bands(keys: Keys) -> tuple[Band, ...]:
    """Return the bands: the best first where all begin, or all end, at a bound; else as written."""
    bands = [_band(row) for row in keys.tables("bands")]
    if all(band.end is None and band.start is not None for band in bands):
        bands.sort(key=lambda band: (-(band.start or 0), band.start_excluded is False))
    elif all(band.start is None and band.end is not None for band in bands):
        bands.sort(key=lambda band: (band.end or 0, band.end_excluded is False))
    return tuple(bands)


def _band(row: Keys) -> Band:
    start, above = row.ratio("from", None), row.ratio("above", None)
    end, below = row.ratio("to", None), row.ratio("below", None)
    share, marks = row.ratio("share", None), row.number("marks", None)
    by_value = row.flag("by_value")
    row.done()
    if start is not None and above is not None:
        raise row.error("above", "和 from 只写一个：from 含这个数，above 不含")
    if end is not None and below is not None:
        raise row.error("below", "和 to 只写一个：to 含这个数，below 不含")
    if sum((share is not None, marks is not None, by_value)) != 1:
        raise row.error("share", "得几成写 share，得几分写 marks，按数值写 by_value，写其中一个")
    return Band(
        start=above if start is None else start,
        share=share or Decimal(0),
        end=below if end is None else end,
        start_excluded=above is not None,
        end_excluded=below is not None,
        marks=marks,
        by_value=by_value,
    )
