"""Live formulas of the indicators: the deviation (偏差情况) of the result from the target.

A target or a result is a number with its unit, or words, or something that only perfgen can
read (spoken operators, ranges, growth, ranks, days, units that differ). The last shows
`生成时计算`; the others show just what gets printed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from perfgen.model.layout import Rules
from perfgen.model.names import MISSING
from perfgen.workbook.writing.calc import CalcSheet, Step
from perfgen.workbook.writing.expressions import (
    UNKNOWN,
    any_of,
    decimal_places,
    quoted,
    source_cell,
    without,
)
from perfgen.workbook.writing.mark_steps import Sides, mark_steps
from perfgen.workbook.writing.plan import SheetPlan

_WORDS = quoted("文字")
_SPACES = ('" "', '"\u3000"', '"\xa0"', "CHAR(9)", "CHAR(10)")
_NUMERALS = tuple(quoted(char) for char in "0123456789.-")
_STOPS = tuple(quoted(char) for char in "。.;；")
_SIGNS = "=≥≤><≧≦⩾⩽＝＞＜"
_PAIRS_OF_SIGNS = ("==", ">=", "=>", "<=", "=<")

_ROUGHLY = "余多左以几至~～—月季A星"
"""What follows a blurred number, a month, or a class (4A级) begins so: 余, 多, 左右, 以上, 几."""

_BEFORE_A_DAY = ("日前", "号前")

_SPOKEN = ("不", "至少", "至多", "大于", "小于", "超过", "等于", "以上", "以下", "以内")
"""Words that may stand for an operator (不低于90%)."""

_SCALES = "百千万亿"

_KNOWN_WORDS = (
    *"≥≤><=≧≦⩾⩽＝＞＜0123456789０１２３４５６７８９一二两三四五六七八九十百千第前约近余多每",
    *"年月日号点时期季覆部员零无未不没完达合格优良差实落办成及按如应尽通过增减升降提高低百已均:：/级星奖显明度",
)
"""Characters of words that perfgen may understand: ranks, days, grades, 已完成, 全覆盖."""


@dataclass(frozen=True, slots=True)
class _Value:
    """The steps of a target or a result: as typed, its text, its unit, its number (or 文字)."""

    typed: Step
    text: Step
    unit: Step
    number: Step


def indicator_steps(calc: CalcSheet, plan: SheetPlan, rules: Rules) -> Mapping[str, Step]:
    """Write the steps; return those that computed columns show, by the field of their role."""

    def step(label: str, formula: Callable[[int], str]) -> Step:
        return calc.add(label, formula, plan.last_calculated)

    def value(label: str, field: str, *, is_target: bool) -> _Value:
        def source(row: int) -> str:
            return source_cell(plan, field, row)

        given = step(f"{label}去空格", lambda row: _without_spaces(source(row)))
        body = _without_operator if is_target else str
        text = step(f"{label}去符号", lambda row: _present(body(given.at(row)), given.at(row)))
        digits = step(f"{label}半角", lambda row: f"ASC({text.at(row)})")
        rest = step(f"{label}去数字", lambda row: without(digits.at(row), _NUMERALS))
        return _Value(
            typed=given,
            text=text,
            unit=step(
                f"{label}单位",
                lambda row: _unit(rest.at(row), source_cell(plan, "measure_unit", row)),
            ),
            number=step(
                f"{label}数值",
                lambda row: _number(
                    source(row), digits.at(row), rest.at(row), _SPOKEN if is_target else ()
                ),
            ),
        )

    target = value("目标值", "target.full", is_target=True)
    actual = value("完成值", "actual", is_target=False)
    deviation = step("偏差情况", lambda row: _deviation(target, actual, row, rules))
    if not any(column.computed and column.field in _MARKS for column in plan.columns):
        return {"deviation": deviation}
    sides = Sides(
        typed_target=target.typed,
        target=target.text,
        actual=actual.text,
        wanted=target.number,
        reached=actual.number,
        wanted_unit=target.unit,
        reached_unit=actual.unit,
        comparable=step("可比", lambda row: f"NOT({_units_differ(target, actual, row)})"),
    )
    return {"deviation": deviation, **mark_steps(step, plan, rules, sides)}


_MARKS = frozenset({"computed", "mark"})


def _without_spaces(cell: str) -> str:
    return without(f'{cell}&""', _SPACES)


def _without_operator(text: str) -> str:
    pair = _is_one_of(f"ASC(LEFT({text},2))", _PAIRS_OF_SIGNS)
    sign = _starts_with(text, _SIGNS)
    return f"MID({text},IF({pair},3,IF({sign},2,1)),LEN({text}))"


def _present(text: str, given: str) -> str:
    """`text`, or blank where the officer marked that there is nothing (—, /)."""
    return f'IF({_is_one_of(given, sorted(MISSING - {"", "无"}))},"",{text})'


def _is_one_of(text: str, words: Sequence[str]) -> str:
    return f'ISNUMBER(FIND("|"&{text}&"|",{quoted("|" + "|".join(words) + "|")}))'


def _starts_with(text: str, characters: str) -> str:
    return f'ISNUMBER(FIND(LEFT({text}&" ",1),{quoted(characters)}))'


def _unit(rest: str, unit_cell: str) -> str:
    return f'IF({rest}="",ASC({_without_spaces(unit_cell)}),{rest})'


def _number(source: str, text: str, rest: str, spoken: Sequence[str]) -> str:
    """The number of a value, 文字 where it is words, unknown where only perfgen can tell.

    `rest` is the text with its digits taken out: where the text ends in it, one number stands
    before it.
    """
    head = f"LEFT({text},LEN({text})-LEN({rest}))"
    day = (
        f'OR({_is_one_of(f"LEFT({rest},2)", _BEFORE_A_DAY)},AND(LEFT({rest},1)="年",LEN({head})=4))'
    )
    clean = (
        f"AND(RIGHT({text},LEN({rest}))={rest},NOT({_starts_with(rest, _ROUGHLY)}),NOT({day}),"
        f'ISERROR(FIND("-",{head},2)),RIGHT({head},1)<>".",'
        f'LEN({head})-LEN(SUBSTITUTE({head},".",""))<2)'
    )
    numeric = f"IF({clean},IFERROR(VALUE({head}),{UNKNOWN}),{UNKNOWN})"
    heard = any_of([f"ISNUMBER(FIND({quoted(word)},{text}))" for word in spoken])
    return (
        f'IF({text}="","",IF(ISNUMBER({source}),{UNKNOWN},'
        f"IF(AND({rest}<>{text},{heard}),{UNKNOWN},"
        f"IF({_starts_with(text, '0123456789+-.−')},{numeric},{_WORDS}))))"
    )


def _deviation(target: _Value, actual: _Value, row: int, rules: Rules) -> str:
    wanted, reached = target.number.at(row), actual.number.at(row)
    measured = _measured(target, actual, row, rules)
    in_words = _in_words(target.text.at(row), actual.text.at(row))
    return (
        f'IF(OR({wanted}="",{reached}=""),"",'
        f"IF(OR({wanted}={UNKNOWN},{reached}={UNKNOWN}),{UNKNOWN},"
        f"IF(AND(ISNUMBER({wanted}),ISNUMBER({reached})),{measured},"
        f"IF(OR(ISNUMBER({wanted}),ISNUMBER({reached})),{UNKNOWN},{in_words}))))"
    )


def _measured(target: _Value, actual: _Value, row: int, rules: Rules) -> str:
    """The ratio of two numbers in one unit, or of which one has none; units are left to perfgen."""
    wanted, reached = target.number.at(row), actual.number.at(row)
    ours = target.unit.at(row)
    ratio = f"({reached}-{wanted})/{wanted}"
    if rules.deviation == "difference":
        ratio = f'IF({ours}="%",({reached}-{wanted})/100,{ratio})'
    places = decimal_places(rules.deviation_decimals, "%")
    rounded = f"TEXT(ROUND({ratio},{rules.deviation_decimals + 2}),{quoted(places)})"
    return (
        f"IF({_units_differ(target, actual, row)},{UNKNOWN},"
        f'IF({wanted}=0,IF({reached}=0,"0%","100%"),{rounded}))'
    )


def _units_differ(target: _Value, actual: _Value, row: int) -> str:
    """Whether only perfgen can tell how two units stand to each other."""
    wanted, reached = target.number.at(row), actual.number.at(row)
    ours, theirs = target.unit.at(row), actual.unit.at(row)
    scaled = any_of([_starts_with(unit, _SCALES) for unit in (ours, theirs)])
    one_without = f'OR({ours}="",{theirs}="")'
    doubtful = any_of(
        [
            _may_be_ratio(ours, theirs, wanted, reached),
            _may_be_ratio(theirs, ours, reached, wanted),
        ]
    )
    return f"AND({ours}<>{theirs},OR({scaled},NOT({one_without}),{doubtful}))"


def _may_be_ratio(percent: str, without_unit: str, share: str, ratio: str) -> str:
    """0.96 beside 95%: perfgen reads it as 96%."""
    return (
        f'AND({percent}="%",{without_unit}="",{ratio}<>0,ABS({ratio})<=1,'
        f"ABS({share})>=10*ABS({ratio}))"
    )


def _in_words(wanted: str, reached: str) -> str:
    """0% for the same text, 100% for another; unknown where perfgen may read a meaning in one."""
    alike = f"ASC({without(wanted, _STOPS)})=ASC({without(reached, _STOPS)})"
    counted = f"OR({_has_digits(wanted)},{_has_numerals(wanted)})"
    several = f"AND({_has_several(wanted)},{_has_several(reached)})"
    same = f'IF(AND({counted},NOT({several})),{UNKNOWN},"0%")'
    clear = f"OR(NOT({_may_mean(reached)}),{_is_sentence(reached)})"
    different = f'IF(AND(NOT({_may_mean(wanted)}),{clear}),"100%",{UNKNOWN})'
    within = f"OR(RIGHT({wanted},LEN({reached}))={reached},RIGHT({reached},LEN({wanted}))={wanted})"
    other = f'IF({several},"100%",IF({within},{UNKNOWN},{different}))'
    return f"IF(EXACT({wanted},{reached}),{same},IF({alike},{UNKNOWN},{other}))"


def _is_sentence(text: str) -> str:
    """Two commas make a sentence, which is compared as it stands."""
    bare = without(text, (quoted(","), quoted("，")))
    return f"LEN({text})-LEN({bare})>1"


def _found(text: str, characters: Sequence[str]) -> str:
    listed = ",".join(quoted(char) for char in characters)
    return f"SUMPRODUCT(--ISNUMBER(FIND({{{listed}}},{text})))>0"


def _has_digits(text: str) -> str:
    return _found(f"ASC({text})", "0123456789")


def _has_numerals(text: str) -> str:
    """两次 is a number; 全省前二 and 第一 are places, which print as words do."""
    return f"AND({_found(text, '一二两三四五六七八九十百千半')},NOT({_found(text, '前第')}))"


def _has_several(text: str) -> str:
    """市级20家，其中省级10家: two numbers are compared as words."""
    level = f"ISNUMBER(FIND(LEFT({text},2),{quoted('市级省级国家县级区级')}))"
    return f"AND({level},{_found(text, (',', '，'))})"


def _may_mean(text: str) -> str:
    return f"OR({_has_digits(text)},{_found(text, _KNOWN_WORDS)})"
