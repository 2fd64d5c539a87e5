"""Numbers as targets and results have them: `全年共开展3次`, `增幅≥5%`, `每月1次`, `10~20家`.

A text is read from both ends: words that say something of the number are taken off its front, the
number and its unit follow, then what may stand behind them. What does not fit is no number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from perfgen.model import vocabulary as words
from perfgen.model.numerals import NUMERALS, number_of
from perfgen.model.units import (
    CALENDAR,
    CLOCK_TIME,
    WORKING_DAYS,
    UnlikeUnits,
    converted,
    is_exact,
    read_unit,
)
from perfgen.model.values import Kind, Vague, Value

_MOST_PREFIXES = 12
_LONGEST = 400
"""No target is longer than that and yet one number."""

_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?|[+-]?\.\d+")
_SIGNED = re.compile(f"[{words.SIGNS}]{{1,2}}")
_UNIT = re.compile(r"(?:[%‰°μ/·A-Za-z\u4e00-\u9fff]|(?<=[mM])[23](?!\d)){0,24}")
_DASH = re.compile(r"[-~—–－至到]{1,2}")
_NAMED = re.compile(
    rf"[\u4e00-\u9fffA-Za-z]{{1,12}}?(?:{'|'.join(words.NAMED)})(?=[{words.SIGNS}\d不达为约])"
)
_BEFORE_SIGN = re.compile(rf"[\u4e00-\u9fffA-Za-z]{{1,16}}(?=[{words.SIGNS}])")
"""Whatever stands before an operator names the number: 国家级奖项≥1项."""

_PLAIN_NAME = re.compile(
    rf"(?:(?![{words.NO_SUBJECT}{NUMERALS}])[\u4e00-\u9fff]){{1,10}}?"
    rf"(?=\d|每[{NUMERALS}\d年季月周天日半个学]|{'|'.join(words.GROWTH[:-1] + words.DECLINE[:-1])})"
)
"""A few words right before a number name it: 亩均增产5%, 河道保洁每周2次."""

_PERIOD_UNITS: Mapping[str, str] = {
    "年": "年", "半年": "半年", "季度": "季度", "季": "季度", "月": "月", "周": "周", "天": "天",
    "日": "天", "旬": "旬", "学期": "学期",
}  # fmt: skip
_EVENT_WORDS = "次|场次|场|期|回|轮|批次|趟"
_EVERY = re.compile(
    rf"每?(?P<every>\d{{1,2}}|[{NUMERALS}]{{1,2}})个?(?P<unit>半年|季度|年|月|周|天)"
    rf"(?=(?:至少|不少于)?(?:\d{{1,4}}|[{NUMERALS}]{{1,4}})(?:{_EVENT_WORDS}))"
)
"""每两个月一次, 两周一次; 1年6个月 is a length of time."""

_DAY = re.compile(
    rf"(?:\d{{1,2}}|[{NUMERALS}]{{1,3}})(?:月|[日号]前|季度(?![每内]))|第?[一二三四1-4]季度|"
    r"(?:19|20)\d\d(?:年|[-/.]\d{1,2}[-/.])|\d\d[-/.]\d{1,2}[-/.]\d{1,2}|[上下]半年|次年"
)
"""A point in time: `6月底前`, `2023年底`. It is no length of time."""

_PART = re.compile(r"\d+(?:\.\d+)?")
_YEARLY = re.compile(r"(?:19|20)\d\d")


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


def read_quantity(folded: str, unit: str) -> Value | None:
    """Return the number or the range that a folded text holds; None for anything else."""
    if len(folded) > _LONGEST or _DAY.match(folded):
        return None
    return _two_bounds(folded, unit) or _one_quantity(folded, unit)


def _two_bounds(folded: str, unit: str) -> Value | None:
    """`≥3次且≤5次`, `大于3小于5`: the range between two bounds."""
    for joint in _JOINT.finditer(folded):
        ends = [_one_quantity(part, unit) for part in _halves(folded, joint)]
        first, second = ends
        if first is None or second is None or not first.operator or not second.operator:
            continue
        if first.operator in "≤<":
            first, second = second, first
        if (first.operator or "") in "≥>" and (second.operator or "") in "≤<":
            own = second if second.own_unit else first
            return replace(own, kind=Kind.RANGE, text=folded, low=first.low, high=second.low,
                           operator=None)  # fmt: skip
    return None


_JOINT = re.compile(rf"(?<=[\w%‰])(?:且|并|,|、|同时)?(?=[{words.SIGNS}]|小于|低于|不超过|不高于|不大于)")


def _halves(text: str, joint: re.Match[str]) -> tuple[str, str]:
    return text[: joint.start()], text[joint.end() :]


def _one_quantity(folded: str, unit: str) -> Value | None:
    value, rest = _front(folded)
    if _DAY.match(rest):
        return None
    between = _range(rest, unit)
    if between is not None:
        return replace(between, operator=value.operator, change=value.change)
    if long := _COMPOUND.fullmatch(rest):
        return _compound_time(value, long)
    rest = _HALF.sub(_with_half, rest)
    number = _leading_number(rest, blurred=value.vague is not Vague.NONE)
    if number is None:
        return None
    amount, behind, in_digits = number
    exact = not in_digits or _is_loose(value)
    found = _with_unit(replace(value, low=amount, high=amount), behind, unit, exact=exact)
    # 市级20家，其中省级10家 is no number: a name before one that is not the only one.
    return None if found is not None and found.several and value.subject else found


_HALF = re.compile(
    rf"^(?:(?P<whole>\d{{1,3}}|[{NUMERALS}]{{1,3}})个?)?(?:(?P<before>年|小时|天)半|半个?(?P<unit>小时|天|年|月))"
    r"(?=$|内|以内|之内|左右|以上)"
)


def _with_half(matched: re.Match[str]) -> str:
    """半小时 → 0.5小时, 一年半 → 1.5年, 两个半小时 → 2.5小时."""
    whole = matched.group("whole") or "0"
    number = Decimal(whole) if whole.isdigit() else number_of(whole)
    unit = matched.group("before") or matched.group("unit")
    return matched.group() if number is None else f"{number + Decimal('0.5')}{unit}"


_COMPOUND = re.compile(
    r"(?P<long>\d{1,4})(?P<of>年|个月|周|天|小时|时|分钟|分)零?(?P<short>\d{1,4})(?P<unit>个月|天|日|小时|分钟?|秒)"
    r"(?P<within>以内|之内|内)?"
)


def _compound_time(value: Value, matched: re.Match[str]) -> Value | None:
    """1年6个月, 1小时30分: the whole in the shorter unit; 1个月3天 has no fixed length."""
    unit = "分钟" if matched.group("unit") == "分" else matched.group("unit")
    long = Decimal(matched.group("long"))
    try:
        of = "分钟" if matched.group("of") == "分" else matched.group("of")
        whole = converted(long, read_unit(of), read_unit(unit))
    except UnlikeUnits:
        return None
    amount = whole + Decimal(matched.group("short"))
    operator = value.operator or ("≤" if matched.group("within") else None)
    return replace(value, low=amount, high=amount, unit=unit, own_unit=True, operator=operator)


def _is_loose(value: Value) -> bool:
    """Whether words before a number are nothing but a guess at its name."""
    return bool(value.subject) and not value.operator and not value.subject.endswith(words.NAMED)


def _front(text: str) -> tuple[Value, str]:
    """What stands before the number, taken off word by word."""
    value = Value(kind=Kind.NUMBER, text=text)
    rest = text
    for _ in range(_MOST_PREFIXES):
        taken = _one_prefix(value, rest)
        if taken is None:
            break
        value, rest = taken
    return value, rest


def _one_prefix(value: Value, text: str) -> tuple[Value, str] | None:
    signs = _SIGNED.match(text)
    if signs:
        operator = operator_of(signs.group())
        return None if operator is None else (replace(value, operator=operator), text[signs.end():])  # fmt: skip
    if word := _first(text, _BY_LENGTH):
        return replace(value, operator=words.OPERATOR_BEFORE[word]), text[len(word) :]
    if word := _first(text, words.AT_MOST):
        return replace(value, operator=value.operator or "≤"), text[len(word) :]
    if word := _first(text, words.NEAR):
        return replace(value, vague=Vague.NEAR), text[len(word) :]
    if word := _first(text, words.ABOUT_BEFORE):
        return replace(value, vague=Vague.ABOUT), text[len(word) :]
    if every := _EVERY.match(text):
        times = every.group("every")
        number = Decimal(times) if times.isdigit() else number_of(times)
        if number:
            period = words.PERIODS.get(f"每{every.group('unit')}", "")
            return replace(value, period=period, every=number), text[every.end() :]
    word = _first(text, _PERIODS)
    if word and (word.startswith("每") or re.match(rf"[\d{NUMERALS}]", text[len(word) :])):
        return replace(value, period=words.PERIODS[word]), text[len(word) :]
    # 提高到95% says a level, 提高2个百分点 a change: the longer words come first.
    if word := _first(text, words.NEUTRAL):
        return value, text[len(word) :]
    if word := _first(text, words.COMPARED_WITH):
        return value, text[len(word) :]
    for change, direction_words in ((1, words.GROWTH), (-1, words.DECLINE)):
        if word := _first(text, direction_words):
            rest = text[len(word) :]
            extent = _first(rest, words.EXTENT)
            return replace(value, change=change), rest[len(extent) :]
    if word := _first(text, words.OVER_BEFORE):
        return replace(value, vague=Vague.OVER), text[len(word) :]
    if named := _NAMED.match(text) or _BEFORE_SIGN.match(text):
        return replace(value, subject=named.group()), text[named.end() :]
    plain_name = None if value.subject else _PLAIN_NAME.match(text)
    if plain_name:
        return replace(value, subject=plain_name.group()), text[plain_name.end() :]
    return None


def _first(text: str, listed: Sequence[str]) -> str:
    return next((word for word in listed if text.startswith(word)), "")


_BY_LENGTH = tuple(sorted(words.OPERATOR_BEFORE, key=len, reverse=True))
_PERIODS = tuple(sorted(words.PERIODS, key=len, reverse=True))
_AFTER = tuple(sorted(words.OPERATOR_AFTER, key=len, reverse=True))


def _leading_number(text: str, *, blurred: bool) -> tuple[Decimal, str, bool] | None:
    """The number at the beginning, what follows it, and whether it was written in digits."""
    matched = _NUMBER.match(text)
    if matched:
        return Decimal(matched.group().replace(",", "")), text[matched.end() :], True
    share = text.startswith("百分之")
    numeral = re.match(f"[{NUMERALS}]{{1,12}}", text.removeprefix("百分之"))
    if numeral:
        number = number_of(numeral.group())
        rest = text.removeprefix("百分之")[numeral.end() :]
        if number is not None:
            return number, ("%" if share else "") + rest, share
    if blurred and text[:1] in "万亿":
        return Decimal(1), text, False
    return None


def _range(text: str, unit: str) -> Value | None:
    """A range: 3-5次, 80%~90%, 10至20家, 三到五场; 3次以上5次以下 is not read."""
    first = _leading_number(text, blurred=False)
    if first is None:
        return None
    low, behind, _ = first
    own = _UNIT.match(behind)
    between = re.match(r"[%‰A-Za-z\u4e00-\u9fff]{0,4}?(?=[-~—–至到])", behind)
    if own is None or between is None:
        return None
    dash = _DASH.match(behind[between.end() :])
    rest = behind[between.end() + dash.end() :] if dash else ""
    signs = _SIGNED.match(rest)
    second = _leading_number(rest[signs.end() :] if signs else rest, blurred=False)
    if second is None or (_YEARLY.fullmatch(str(low)) and _YEARLY.fullmatch(str(second[0]))):
        return None
    high, behind, in_digits = second
    value = Value(kind=Kind.RANGE, text=text, low=low, high=high)
    whole = _with_unit(value, behind, unit, exact=not in_digits)
    if whole is None or whole.high < whole.low:
        return None
    scale = read_unit(between.group()).scale
    if between.group() and scale != read_unit(whole.unit).scale and scale != 1:
        return None  # 8千-1万人: rare, and for people to say
    return replace(whole, operator=None)


def _with_unit(value: Value, behind: str, unit: str, *, exact: bool) -> Value | None:
    """The value with its unit and all that follows; None where that makes it no number.

    A Chinese numeral (`exact`) counts only before a known unit: 一次性 and 一等奖 are words.
    """
    value, behind = _blurred(value, behind)
    matched = _UNIT.match(behind)
    own = matched.group() if matched else ""
    tail = behind[len(own) :]
    value, own = _peeled(value, own)
    value, own = _per_period(value, own)
    if _DAY.match(value.text.lstrip(words.SIGNS)) or (exact and not is_exact(own)):
        return None
    if own.startswith("年") and _YEARLY.fullmatch(str(value.low)):
        return None
    if own.startswith(("前", "点", "日前", "号前", "季度前", "季度末")):
        return None
    if own[:1] in ("%", "‰") and len(own) > 1:
        own = own[:1]
    own = own.removesuffix("次") if value.period and own == "次次" else own
    value = _with_tail(value, tail)
    if value is None:
        return None
    scaled = own and not own.strip("百千万亿")
    shown = own + unit if scaled else own or unit
    if scaled and read_unit(unit).scale != 1:
        shown = own + read_unit(unit).name
    return replace(value, unit=shown, own_unit=bool(own))


def _blurred(value: Value, behind: str) -> tuple[Value, str]:
    """100余场, 10多万人, 3万余人: what blurs the number stands beside its scale."""
    matched = re.match(rf"([百千万亿]{{0,2}})([{words.OVER_AFTER}])(?!分)", behind)
    if matched is None or (matched.group(2) == "来" and not behind[matched.end() :]):
        return value, behind
    return replace(value, vague=Vague.OVER), matched.group(1) + behind[matched.end() :]


def _peeled(value: Value, own: str) -> tuple[Value, str]:
    """A unit without the words behind it that stand for an operator, or blur the number."""
    for _ in range(3):
        if word := next((word for word in _AFTER if own.endswith(word)), ""):
            operator = value.operator or words.OPERATOR_AFTER[word]
            value, own = replace(value, operator=operator), own.removesuffix(word)
        elif word := next((word for word in words.ABOUT_AFTER if own.endswith(word)), ""):
            value, own = replace(value, vague=Vague.ABOUT), own.removesuffix(word)
        elif own.endswith(words.WITHIN) and is_length_of_time(own.removesuffix(words.WITHIN)):
            value, own = replace(value, operator=value.operator or "≤"), own[:-1]
        else:
            break
    return value, own


def is_length_of_time(unit: str) -> bool:
    """Return whether a unit measures a length of time (天, 个月, 工作日)."""
    return read_unit(unit).dimension in (CLOCK_TIME, CALENDAR, WORKING_DAYS)


def _per_period(value: Value, own: str) -> tuple[Value, str]:
    """1次/月: how often, where events are counted; 元/月 stays a unit."""
    head, _, per = own.replace("每", "/").partition("/")
    per = per.removeprefix("个")
    if per in _PERIOD_UNITS and read_unit(head).name in _EVENTS:
        return replace(value, period=_PERIOD_UNITS[per]), head
    return value, own


_EVENTS = frozenset(_EVENT_WORDS.split("|"))


def _with_tail(value: Value, tail: str) -> Value | None:
    """What follows number and unit: nothing, a bracket, or a clause; None for anything else."""
    if not tail:
        return value
    bracket = re.match(r"\(([^()]{0,80})\)", tail)
    if bracket:
        inside, after = bracket.group(1), tail[bracket.end() :]
        value = replace(value, parts=_parts(inside))
        if after:
            value, rest = _peeled(value, after)
            return value if not rest else _clause(value, rest)
        return value
    return _clause(value, tail)


def _clause(value: Value, tail: str) -> Value | None:
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
