"""Rules of scoring as Excel formulas: what a rule gives for the cell of a value and of full marks.

They follow `figures/score_rules.py` rule by rule. What only perfgen can tell is left to it.
"""

from __future__ import annotations

from decimal import Decimal

from perfgen.model.numbers import plain
from perfgen.model.scoring import Band, ScoreRule, Scoring
from perfgen.workbook.writing.expressions import UNKNOWN

_DUST = 9
"""Decimals to which quotients are cleaned of binary dust before they are cut or rounded."""


def marks_formula(rule: ScoreRule, value: str, full: str, scoring: Scoring) -> str:
    """Return the formula of the marks that a rule gives for a value that is a number."""
    match rule.kind:
        case "ratio":
            return f"{full}*{_along(rule, value)}"
        case "all_or_nothing":
            return f"IF({_is_good(rule, value)},{full},0)"
        case "bands":
            return _by_bands(rule.bands or scoring.bands, value, full)
        case "steps":
            return _by_steps(rule, value, full)
        case "completion":
            return f"{full}*{completed(value, scoring)}"
        case "deduction":
            return f"{full}-{value}"
        case "overshoot":
            return f"{full}-{value}*{plain(scoring.over_loses)}"
        case _:
            return UNKNOWN


def completed(ratio: str, scoring: Scoring) -> str:
    """Return the formula of the part of full marks for a completion rate (完成率)."""
    share = f"MIN(MAX({ratio},0),1)"
    if scoring.over_above is None:
        return share
    left = plain(1 - scoring.over_loses)
    return f"IF({ratio}>{plain(scoring.over_above)},{left},{share})"


def rounded(marks: str, full: str, decimals: int) -> str:
    """Return marks between 0 and full marks, rounded as they print."""
    return f"ROUND(ROUND(MIN(MAX({marks},0),{full}),{_DUST}),{decimals})"


def _bound(bound: Decimal | None, otherwise: int) -> str:
    return str(otherwise) if bound is None else plain(bound)


def _is_good(rule: ScoreRule, value: str) -> str:
    sign = {"lower": "<=", "equal": "="}.get(rule.better, ">=")
    return f"{value}{sign}{_bound(rule.full_at, 1)}"


def _along(rule: ScoreRule, value: str) -> str:
    full_at, zero_at = _bound(rule.full_at, 1), _bound(rule.zero_at, 0)
    if (full_at, zero_at) == ("1", "0"):
        return f"MIN(MAX({value},0),1)"
    return f"MIN(MAX(({value}-({zero_at}))/({full_at}-({zero_at})),0),1)"


def _by_bands(bands: tuple[Band, ...], value: str, full: str) -> str:
    formula = "0"
    for band in reversed(bands):
        formula = f"IF({_holds(band, value)},{_gives(band, value, full)},{formula})"
    return formula


def _holds(band: Band, value: str) -> str:
    said = []
    if band.start is not None:
        said.append(f"{value}{'>' if band.start_excluded else '>='}{plain(band.start)}")
    if band.end is not None:
        said.append(f"{value}{'<' if band.end_excluded else '<='}{plain(band.end)}")
    return f"AND({','.join(said)})" if said else "TRUE"


def _gives(band: Band, value: str, full: str) -> str:
    if band.by_value:
        return f"{full}*{value}"
    return f"{full}*{plain(band.share)}" if band.marks is None else plain(band.marks)


def _by_steps(rule: ScoreRule, value: str, full: str) -> str:
    steps = f"ROUND(ABS({value}-({_bound(rule.full_at, 1)}))/{_bound(rule.step, 1)},{_DUST})"
    if rule.counted == "whole":
        steps = f"INT({steps})"
    elif rule.counted == "started":
        steps = f"ROUNDUP({steps},0)"
    cost = f"({plain(rule.loses)}+{full}*{plain(rule.loses_share)})"
    left = f"MAX({full}-{steps}*{cost},MIN({plain(rule.least)},{full}))"
    if rule.zero_at is not None and rule.better != "equal":
        beyond = f"{value}{'>' if rule.lower_is_better else '<'}{plain(rule.zero_at)}"
        left = f"IF({beyond},0,{left})"
    return f"IF({_is_good(rule, value)},{full},{left})"
