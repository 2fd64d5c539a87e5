"""What stands before a number (数字前的话): operators, about, growth, how often, and names.

Words are taken off the front one by one, until a number begins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from perfgen.model import vocabulary as words
from perfgen.model.numerals import NUMERALS, number_of
from perfgen.model.values import Kind, Vague, Value

_MOST_PREFIXES = 12
SIGNED = re.compile(f"[{words.SIGNS}]{{1,2}}")
"""An operator in signs: ≥, >=, ＝."""

_NAMED = re.compile(
    rf"[\u4e00-\u9fffA-Za-z]{{1,12}}?(?:{'|'.join(words.NAMED)})(?=[{words.SIGNS}\d不达为约])"
)
_BEFORE_SIGN = re.compile(
    rf"(?:\d{{2,5}}[\u4e00-\u9fff]{{3,16}}|"
    rf"[\u4e00-\u9fffA-Za-z][\u4e00-\u9fffA-Za-z0-9.]{{0,19}})(?=[{words.SIGNS}])"
)
"""Whatever stands before an operator names the number: 国家级奖项≥1项, 110平均到场时间≤8分钟."""

_CHANGED = re.compile(
    r"[\u4e00-\u9fffA-Za-z][\u4e00-\u9fffA-Za-z0-9.]{0,15}?"
    rf"(?=(?:{'|'.join(words.COMPARED_WITH)})?"
    rf"(?:{'|'.join((*words.GROWTH[:-1], *words.DECLINE[:-1]))})[{words.SIGNS}\d])"
)
"""What grows or falls, digits and Latin letters in its name: PM2.5浓度同比下降3%."""

_EACH = re.compile(
    r"每[人户家亩名位床生个班校村店所件台辆镇街](?:补助|补贴|奖励|奖补|发放|资助|投入)?(?=\d|每|至少|不少于)"
)
"""每户2000元: per what, not how often."""

_NAME_ENDS = "|".join(
    (
        *words.OPERATOR_BEFORE,
        *words.AT_MOST,
        *words.GROWTH[:-1],
        *words.DECLINE[:-1],
        *words.ABOUT_BEFORE,
        *(f"{near}(?=[百千万\\d])" for near in words.NEAR),
        f"[{NUMERALS}]{{1,6}}(?:人|名|家|个|项|场|次|户|件|所|期|份|台|套|公里|亩|万)",
    )
)
_PLAIN_NAME = re.compile(
    rf"(?:(?![{words.NO_SUBJECT}{NUMERALS}])[\u4e00-\u9fff]){{1,10}}?"
    rf"(?=\d|每[{NUMERALS}\d年季月周天日旬半个学]|{_NAME_ENDS})"
)
"""A few words right before a number name it: 亩均增产5%, 河道保洁每周2次."""

EVENTS = "次|场次|场|期|回|轮|批次|趟"
_EVERY = re.compile(
    rf"每?(?P<every>\d{{1,2}}|[{NUMERALS}]{{1,2}})个?(?P<unit>半年|季度|年|月|周|天)"
    rf"(?=(?:至少|不少于)?(?:\d{{1,4}}|[{NUMERALS}]{{1,4}})(?:{EVENTS}))"
)
"""每两个月一次, 两周一次; 1年6个月 is a length of time."""

_BY_LENGTH = tuple(sorted(words.OPERATOR_BEFORE, key=len, reverse=True))
_AVERAGES = tuple(sorted(words.AVERAGES, key=len, reverse=True))
_PERIODS = tuple(sorted(words.PERIODS, key=len, reverse=True))


def operator_of(signs: str) -> str | None:
    """Return the operator that one or two signs make: ≥= is ≥, ＝ is =; None where they clash."""
    less = any(sign in "≤≦⩽<﹤＜≯" for sign in signs)
    more = any(sign in "≥≧⩾>﹥＞≮" for sign in signs)
    equal = any(sign in "=═﹦＝≥≧⩾≤≦⩽≮≯" for sign in signs)
    if less and more:
        return None
    if more:
        return "≥" if equal else ">"
    return ("≤" if equal else "<") if less else "="


def is_loose(value: Value) -> bool:
    """Return whether words before a number are nothing but a guess at its name."""
    return bool(value.subject) and not value.operator and not value.subject.endswith(words.NAMED)


def take_prefixes(text: str) -> tuple[Value, str]:
    """Return what is said before the number, and the text that begins with it."""
    value = Value(kind=Kind.NUMBER, text=text)
    rest = text
    for _ in range(_MOST_PREFIXES):
        taken = _one_prefix(value, rest)
        if taken is None:
            break
        value, rest = taken
    return value, rest


def _one_prefix(value: Value, text: str) -> tuple[Value, str] | None:
    """One word less; None where none stands there. Longer words come first in each list."""
    return (
        _operator(value, text)
        or _blurring(value, text)
        or _how_often(value, text)
        # 提高到95% says a level, 提高2个百分点 a change: the level's words come first.
        or _without_meaning(value, text)
        or _growth(value, text)
        or _name(value, text)
    )


def _operator(value: Value, text: str) -> tuple[Value, str] | None:
    if signs := SIGNED.match(text):
        operator = operator_of(signs.group())
        return (replace(value, operator=operator), text[signs.end() :]) if operator else None
    if word := _first(text, _BY_LENGTH):
        return replace(value, operator=words.OPERATOR_BEFORE[word]), text[len(word) :]
    if word := _first(text, words.AT_MOST):
        return replace(value, operator=value.operator or "≤"), text[len(word) :]
    return None


def _blurring(value: Value, text: str) -> tuple[Value, str] | None:
    for vague, listed in (
        (Vague.NEAR, words.NEAR),
        (Vague.ABOUT, words.ABOUT_BEFORE),
        (Vague.OVER, words.OVER_BEFORE),
    ):
        word = _first(text, listed)
        if word and not _first(text, words.GROWTH):  # 上百场, but 上升5%
            return replace(value, vague=vague), text[len(word) :]
    return None


def _how_often(value: Value, text: str) -> tuple[Value, str] | None:
    if every := _EVERY.match(text):
        times = every.group("every")
        number = Decimal(times) if times.isdigit() else number_of(times)
        if number:
            period = words.PERIODS.get(f"每{every.group('unit')}", "")
            return replace(value, period=period, every=number), text[every.end() :]
    word = _first(text, _PERIODS)
    if word and (word.startswith("每") or re.match(rf"[\d{NUMERALS}]", text[len(word) :])):
        return replace(value, period=words.PERIODS[word]), text[len(word) :]
    return None


_FROM_TO = re.compile(
    r"[由从][^,;()]{1,14}?(?:提高|提升|增长|增加|增|上升|扩大|下降|降低|减少|压减|压缩|精简|降|缩短)[到至]"
)
"""由92%提高到95%: what it is in the end."""


def _without_meaning(value: Value, text: str) -> tuple[Value, str] | None:
    if from_to := _FROM_TO.match(text):
        return value, text[from_to.end() :]
    if word := _first(text, _AVERAGES):
        return replace(value, average=words.AVERAGES[word]), text[len(word) :]
    word = _first(text, words.NEUTRAL) or _first(text, words.COMPARED_WITH)
    return (value, text[len(word) :]) if word else None


def _growth(value: Value, text: str) -> tuple[Value, str] | None:
    for change, listed in ((1, words.GROWTH), (-1, words.DECLINE)):
        if word := _first(text, listed):
            rest = text[len(word) :]
            extent = _first(rest, words.EXTENT)
            return replace(value, change=change), rest[len(extent) :]
    return None


def _name(value: Value, text: str) -> tuple[Value, str] | None:
    named = _NAMED.match(text) or _BEFORE_SIGN.match(text)
    if named is None and not value.subject:
        named = _EACH.match(text) or _PLAIN_NAME.match(text) or _CHANGED.match(text)
    if named is None:
        return None
    subject = named.group()
    said = next((word for word in _AVERAGES if word in subject), "")
    average = value.average or words.AVERAGES.get(said, "")
    return replace(value, subject=subject, average=average), text[named.end() :]


def _first(text: str, listed: Sequence[str]) -> str:
    return next((word for word in listed if text.startswith(word)), "")
