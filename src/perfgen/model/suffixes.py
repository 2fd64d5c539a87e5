"""What stands behind a number (数字后的话): blurring, its unit, operators, brackets and clauses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from perfgen.model import vocabulary as words
from perfgen.model.prefixes import EVENTS
from perfgen.model.units import CALENDAR, CLOCK_TIME, WORKING_DAYS, is_exact, read_unit
from perfgen.model.values import Vague, Value

_PERIOD_UNITS: Mapping[str, str] = {
    "年": "年", "半年": "半年", "季度": "季度", "季": "季度", "月": "月", "周": "周", "天": "天",
    "日": "天", "旬": "旬", "学期": "学期",
}  # fmt: skip
_PART = re.compile(r"\d+(?:\.\d+)?")
_YEARLY = re.compile(r"(?:19|20)\d\d")
_AFTER = tuple(sorted(words.OPERATOR_AFTER, key=len, reverse=True))
_OPERATOR_INSIDE = re.compile(
    rf"(?P<unit>[%\u4e00-\u9fff]{{1,5}}?)(?P<after>{'|'.join(_AFTER)}|{words.WITHIN})(?!$)"
)


def take_blurring(value: Value, behind: str) -> tuple[Value, str]:
    """Return 100余场, 10多万人, 3万余人 as exact numbers that are marked as blurred."""
    matched = re.match(rf"([百千万亿]{{0,2}})([{words.OVER_AFTER}])(?!分)", behind)
    if matched is None or (matched.group(2) == "来" and not behind[matched.end() :]):
        return value, behind
    return replace(value, vague=Vague.OVER), matched.group(1) + behind[matched.end() :]


def peeled(value: Value, own: str) -> tuple[Value, str]:
    """Return a unit without the words behind it that stand for an operator, or blur the number."""
    if inside := _OPERATOR_INSIDE.match(own):
        unit, after = inside.group("unit"), inside.group("after")
        if is_exact(unit) and (after != words.WITHIN or _is_length_of_time(unit)):
            own = unit + after  # 2次以上培训, 15分钟内到达现场
    for _ in range(3):
        if word := next((word for word in _AFTER if own.endswith(word)), ""):
            operator = value.operator or words.OPERATOR_AFTER[word]
            value, own = replace(value, operator=operator), own.removesuffix(word)
        elif word := next((word for word in words.ABOUT_AFTER if own.endswith(word)), ""):
            value, own = replace(value, vague=Vague.ABOUT), own.removesuffix(word)
        elif own.endswith(words.WITHIN) and _is_length_of_time(own.removesuffix(words.WITHIN)):
            value, own = replace(value, operator=value.operator or "≤"), own[:-1]
        else:
            break
    return value, own


def _is_length_of_time(unit: str) -> bool:
    """Whether a unit measures a length of time (天, 个月, 工作日)."""
    return read_unit(unit).dimension in (CLOCK_TIME, CALENDAR, WORKING_DAYS)


def take_period(value: Value, own: str) -> tuple[Value, str]:
    """Return how often (1次/月), where events are counted; 元/月 stays a unit."""
    head, _, per = own.replace("每", "/").partition("/")
    per = per.removeprefix("个")
    if per in _PERIOD_UNITS and read_unit(head).name in _EVENTS:
        return replace(value, period=_PERIOD_UNITS[per]), head
    return value, own


_COUNTED = re.compile(r"\d{1,9}(?:\.\d{1,4})?万?(?:人次|人|名|户|家|个|件|场|次|座|处|台|套|亩)$")
_EVENTS = frozenset(EVENTS.split("|"))


def with_tail(value: Value, tail: str) -> Value | None:
    """Return a value with what follows its unit: a bracket, a clause; None for anything else."""
    if not tail:
        return value
    bracket = re.match(r"\(([^()]{0,80})\)", tail)
    if bracket:
        inside, after = bracket.group(1), tail[bracket.end() :]
        value = replace(value, parts=_parts(inside))
        if after:
            value, rest = peeled(value, after)
            return value if not rest else _clause(value, rest)
        return value
    return _clause(value, tail)


def _clause(value: Value, tail: str) -> Value | None:
    if tail[:1].isdigit():  # 1260户3820人: a second number says more of the first
        return replace(value, several=True) if _COUNTED.match(tail) else None
    if tail[:1] not in ",;。、":
        return None
    return replace(value, several=bool(_PART.search(tail)))


def _parts(inside: str) -> tuple[Decimal, ...]:
    """The numbers in a bracket that are to add up: 线上2次、线下1次; not 其中, not 46/46."""
    if "其中" in inside or "/" in inside or ":" in inside or _YEARLY.search(inside):
        return ()
    pieces = [piece for piece in re.split("[、,;和及+]", inside) if piece]
    numbers = [_PART.findall(piece) for piece in pieces]
    if len(pieces) < 2 or any(len(found) != 1 for found in numbers):
        return ()
    units = {re.split(r"[\d.]+", piece)[-1] for piece in pieces}
    if len(units) > 1 or any("%" in unit for unit in units):
        return ()
    return tuple(Decimal(found[0]) for found in numbers)
