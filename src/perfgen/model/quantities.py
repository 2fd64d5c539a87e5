"""Numbers as targets and results have them: `全年共开展3次`, `增幅≥5%`, `每月1次`, `10~20家`.

A text is read from both ends: words that say something of the number are taken off its front, the
number and its unit follow, then what may stand behind them. What does not fit is no number.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import islice

from perfgen.model import vocabulary as words
from perfgen.model.numerals import NUMERALS, number_of
from perfgen.model.prefixes import SIGNED, is_loose, take_prefixes
from perfgen.model.suffixes import peeled, take_blurring, take_period, with_tail
from perfgen.model.units import UnlikeUnits, converted, is_exact, read_unit
from perfgen.model.values import Kind, Vague, Value

_LONGEST = 400
"""No target is longer than that and yet one number."""

_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?|[+-]?\.\d+")
_NUMERAL = re.compile(f"[{NUMERALS}]{{1,12}}(?:点[{NUMERALS}]{{1,4}})?")
_UNIT = re.compile(r"(?:[%‰°μ/·A-Za-z\u4e00-\u9fff]|(?<=[mM])[23](?!\d)|(?<=/)10{0,3}(?=万)){0,24}")
_DASH = re.compile(r"[-~—–－至到]{1,2}")
_DAY = re.compile(
    rf"(?:1[0-2]|0?[1-9])月|[{NUMERALS}]{{1,3}}月|"
    rf"(?:\d{{1,2}}|[{NUMERALS}]{{1,3}})(?:[日号]前|季度(?![每内]))|第?[一二三四1-4]季度|"
    r"(?:19|20)\d\d(?:年|[-/.]\d{1,2}[-/.])|\d\d[-/.]\d{1,2}[-/.]\d{1,2}|[上下]半年|次年"
)
"""A point in time: `6月底前`, `2023年底`. It is no length of time."""

_YEARLY = re.compile(r"(?:19|20)\d\d")


def read_quantity(folded: str, unit: str) -> Value | None:
    """Return the number or the range that a folded text holds; None for anything else."""
    if len(folded) > _LONGEST or _DAY.match(folded):
        return None
    return _around(folded, unit) or _two_bounds(folded, unit) or _one_quantity(folded, unit)


_AROUND = re.compile(
    r"[\u4e00-\u9fff]{0,12}?(?:(?P<middle>\d{1,9}(?:\.\d{1,6})?)(?P<unit>[%‰]|[\u4e00-\u9fffA-Z]{0,3}))?"
    r"±(?P<by>\d{1,9}(?:\.\d{1,6})?)(?P<last>[%‰]|[\u4e00-\u9fffA-Z]{0,3}?)"
    r"(?:(?:的?范围)?(?:以内|之内|内)|区间)?"
)
_INTERVAL = re.compile(
    r"[\[(](?P<low>\d{1,9}(?:\.\d{1,6})?)[%‰]?,(?P<high>\d{1,9}(?:\.\d{1,6})?)(?P<inside>[%‰]?)[\])]"
    r"(?P<last>[%‰]|[\u4e00-\u9fffA-Z]{0,3})"
)


def _around(folded: str, unit: str) -> Value | None:
    """±5%以内, 95%±2%, 5±1个, [80,90): the range that is meant."""
    if around := _AROUND.fullmatch(folded):
        middle, by = Decimal(around.group("middle") or 0), Decimal(around.group("by"))
        low, high, own = middle - by, middle + by, around.group("unit") or around.group("last")
    elif interval := _INTERVAL.fullmatch(folded):
        low, high = Decimal(interval.group("low")), Decimal(interval.group("high"))
        own = interval.group("inside") or interval.group("last")
    else:
        return None
    if low > high or not is_exact(own):
        return None
    return Value(kind=Kind.RANGE, text=folded, low=low, high=high, unit=own or unit,
                 own_unit=bool(own))  # fmt: skip


def _two_bounds(folded: str, unit: str) -> Value | None:
    """`≥3次且≤5次`, `大于3小于5`: the range between two bounds."""
    for joint in islice(_JOINT.finditer(folded), _MOST_JOINTS):
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


_MOST_JOINTS = 4
_JOINT = re.compile(
    rf"(?<=[\w%‰])(?:且|并|,|、|同时)?(?=[{words.SIGNS}]|小于|低于|不超过|不高于|不大于)|"
    r"(?<=以上)(?:且|,|、)?(?=\d)"
)


def _halves(text: str, joint: re.Match[str]) -> tuple[str, str]:
    return text[: joint.start()], text[joint.end() :]


def _one_quantity(folded: str, unit: str) -> Value | None:
    value, rest = take_prefixes(folded)
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
    exact = not in_digits or is_loose(value)
    found = _with_unit(replace(value, low=amount, high=amount), behind, unit, exact=exact)
    # 市级20家，其中省级10家 is no number: a name before one that is not the only one.
    return None if found is not None and found.several and value.subject else found


_HALF = re.compile(
    rf"^(?:(?P<whole>\d{{1,3}}|[{NUMERALS}]{{1,3}})个?)?"
    r"(?:(?P<before>年|小时|天)半|半个?(?P<unit>小时|天|年|月))"
    r"(?=$|内|以内|之内|左右|以上)"
)


def _with_half(matched: re.Match[str]) -> str:
    """半小时 → 0.5小时, 一年半 → 1.5年, 两个半小时 → 2.5小时."""
    whole = matched.group("whole") or "0"
    number = Decimal(whole) if whole.isdigit() else number_of(whole)
    unit = matched.group("before") or matched.group("unit")
    return matched.group() if number is None else f"{number + Decimal('0.5')}{unit}"


_COMPOUND = re.compile(
    r"(?P<long>\d{1,4})(?P<of>年|个月|周|天|小时|时|分钟|分)零?"
    r"(?P<short>\d{1,4})(?P<unit>个月|天|日|小时|分钟?|秒)"
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


def _leading_number(text: str, *, blurred: bool) -> tuple[Decimal, str, bool] | None:
    """The number at the beginning, what follows it, and whether it was written in digits."""
    matched = _NUMBER.match(text)
    if matched:
        return Decimal(matched.group().replace(",", "")), text[matched.end() :], True
    if tenths := _TENTHS.match(text):
        return _tenths(tenths), f"%{text[tenths.end() :]}", True
    if fraction := _FRACTION.match(text):
        part, whole = (number_of(fraction.group(name)) for name in ("part", "whole"))
        if part is not None and whole:
            return part * 100 / whole, f"%{text[fraction.end() :]}", True
    share = text.startswith("百分之")
    numeral = _NUMERAL.match(text.removeprefix("百分之"))
    if numeral:
        number = number_of(numeral.group())
        rest = text.removeprefix("百分之")[numeral.end() :]
        if number is not None:
            return number, ("%" if share else "") + rest, share
    if blurred and text[:1] in "万亿":
        return Decimal(1), text, False
    return None


_TENTHS = re.compile(
    r"(?P<tens>[1-9一二三四五六七八九])成(?P<ones>[半一二三四五六七八九])?"
    r"(?=$|[,;(]|以上|以下|以内|及以上|左右|多|[-~至到])"
)
_FRACTION = re.compile(
    rf"(?P<whole>[二三四五六七八九十千])分之(?P<part>[{NUMERALS}]{{1,5}})(?=$|[,;(]|以上|以下|以内|及以上|左右|多)"
)


def _tenths(matched: re.Match[str]) -> Decimal:
    """九成 is 90 percent, 九成五 95."""
    tens, ones = matched.group("tens"), matched.group("ones") or ""
    digits = [Decimal(char) if char.isdigit() else number_of(char) for char in (tens, ones) if char]
    first, last = digits[0] or Decimal(0), digits[1:]
    return first * 10 + (Decimal(5) if ones == "半" else (last[0] or Decimal(0)) if last else 0)


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
    signs = SIGNED.match(rest)
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
    value, behind = take_blurring(value, behind)
    matched = _UNIT.match(behind)
    own = matched.group() if matched else ""
    tail = behind[len(own) :]
    value, own = peeled(value, own)
    value, own = take_period(value, own)
    if _DAY.match(value.text.lstrip(words.SIGNS)) or (exact and not is_exact(own)):
        return None
    if own.startswith("年") and _YEARLY.fullmatch(str(value.low)):
        return None
    if own.startswith(("前", "点", "日前", "号前", "季度前", "季度末")):
        return None
    if own[:1] in ("%", "‰") and len(own) > 1:
        own = own[:1]
    own = own.removesuffix("次") if value.period and own == "次次" else own
    whole = with_tail(value, tail)
    if whole is None:
        return None
    return replace(whole, unit=_whole_unit(own, unit), own_unit=bool(own))


def _whole_unit(own: str, column: str) -> str:
    """The unit behind the number, or the column's: 1.2万 under 人, and under 万人, is in 万人."""
    if not own or own.strip("百千万亿"):
        return own or column
    return own + (column if read_unit(column).scale == 1 else read_unit(column).name)
