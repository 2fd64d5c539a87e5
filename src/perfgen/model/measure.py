"""Indicator values as officers write them: `=100%`, `≥6次`, `99.04%`, `有序推进`.

Full-width digits and signs, `>=`, `＝`, spaces and thousands separators are understood
here, whichever way they were typed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal

from perfgen.model.numbers import plain
from perfgen.model.prefixes import operator_of
from perfgen.model.readings import read_value
from perfgen.model.values import Kind, Vague, Value
from perfgen.model.vocabulary import OPERATOR_AFTER, OPERATOR_BEFORE, SIGNS

OPERATORS = ("=", "≥", "≤", ">", "<")

QUALITATIVE = ("定性", "定性指标", "定性描述")
"""What stands for a sign where a target is words (指标性质)."""

_OPERATOR = re.compile(f"[{SIGNS}]{{1,2}}")
_NUMBER = re.compile(r"^([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[+-]?\.\d+)(.*)$", re.DOTALL)
_VAGUE = ("余", "多", "左右", "以上", "以下", "以内", "几", "~", "～", "至", "—", "-")
_SEVERAL = re.compile(r"[\d.,]\s+[\d.,]")
"""Two numbers with a space between them (`20 30`) are not one."""

_NOTE = re.compile(r"(.*[\d%％])\s*[（(]\s*\d+\s*[/／]\s*\d+\s*[)）]", re.DOTALL)
"""How a share was counted stands in brackets behind it: `100%（46/46）`."""

_DAYS = re.compile(r"\d{1,2}(月|日前|号前|季度(前|末|底))|(19|20)\d\d年")
"""A point in time (`6月底前`, `2023年底`): a date is compared as words, not by its first number."""

_POWER = re.compile(r"(?<=[mM])[23](?!\d)")
"""The power of a unit: μg/m3, 元/m2."""

_SCALE = re.compile(r"百(?=[万亿])|[千万亿]")
_SCALES = {
    "百": Decimal(10) ** 2, "千": Decimal(10) ** 3, "万": Decimal(10) ** 4, "亿": Decimal(10) ** 8,
}  # fmt: skip


def normalise(text: str) -> str:
    """Return `text` with full-width digits, letters and signs made half-width, and no spaces.

    Chinese punctuation between words stays as it is: it is part of what gets printed.
    """
    folded = "".join(
        unicodedata.normalize("NFKC", char) if char in _FOLDED else char for char in text
    )
    folded = _MINUS.sub("-", re.sub(r"\s+", "", folded))
    return _THOUSANDS.sub(",", folded)


_FOLDED = frozenset(
    [chr(code) for code in range(0xFF10, 0xFF1A)]
    + [chr(code) for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))]
    + list("＝＞＜％．＋－")
)
_MINUS = re.compile(r"−(?=[\d.])")
_THOUSANDS = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")
"""The comma of a Chinese keyboard between digits (1，234), not the one between words."""


def spell_operator(text: str) -> str | None:
    """Return `text` as one of `= ≥ ≤ > <`, or None where it is no operator (目标符号)."""
    folded = normalise(text)
    if _OPERATOR.fullmatch(folded):
        return operator_of(folded)
    return OPERATOR_BEFORE.get(folded)


@dataclass(frozen=True, slots=True)
class Measure:
    """One value (指标值): a number with its unit, or words.

    `number` is None for words and for what cannot be read as one number, such as
    `市级20家，其中省级10家`. `text` is what gets printed, `value` what it means when compared: that
    reads 约20次, 两次 and 3-5次, too.
    """

    text: str
    number: Decimal | None = None
    unit: str = ""
    value: Value = field(default=Value(), compare=False)

    @classmethod
    def parse(cls, text: str, *, unit: str = "") -> Measure:
        """Read `text`; `unit` is the unit (计量单位) given apart, used where the text has none."""
        value = read_value(text, normalise(unit))
        noted = _NOTE.fullmatch(text.strip())
        if noted:
            bare = cls.parse(noted.group(1), unit=unit)
            return cls(text=text.strip(), number=bare.number, unit=bare.unit, value=value)
        folded = normalise(text)
        matched = _NUMBER.match(folded)
        if not matched or _SEVERAL.search(text):
            return cls(text=text.strip(), value=value)
        digits, own_unit = matched.groups()
        exponent_or_power = re.search(r"\d", _POWER.sub("", own_unit))
        if exponent_or_power or own_unit.startswith(_VAGUE) or _DAYS.match(folded):
            return cls(text=text.strip(), value=value)
        digits = digits.replace(",", "")
        shown = own_unit or normalise(unit)
        return cls(text=f"{digits}{shown}", number=Decimal(digits), unit=shown, value=value)

    @property
    def scale(self) -> Decimal:
        """Return what 千, 万 and 亿 of the unit stand for: 10000 for 1.2 万人."""
        return _split_scale(self.unit)[0]

    @property
    def base_unit(self) -> str:
        """Return the unit without its leading 千, 万 or 亿 (千万元 → 元)."""
        return _split_scale(self.unit)[1]


def _split_scale(unit: str) -> tuple[Decimal, str]:
    scale = Decimal(1)
    while matched := _SCALE.match(unit):
        scale *= _SCALES[matched.group()]
        unit = unit[1:]
    return scale, unit


@dataclass(frozen=True, slots=True)
class Target:
    """A target (指标目标值): an operator and a measure, or words.

    `apart` says that the operator was typed in a column of its own (目标符号).
    """

    measure: Measure
    operator: str | None = None
    as_typed: str | None = None
    apart: bool = field(default=False, compare=False)

    @classmethod
    def parse(cls, text: str, *, operator: str | None = None, unit: str = "") -> Target:
        """Read `text`; `operator` and `unit` are those given in columns of their own.

        Raises ValueError (in Chinese) where the text has an operator that contradicts the one
        given apart, or nothing after its operator.
        """
        folded = normalise(text)
        matched = _OPERATOR.match(folded)
        own = operator_of(matched.group()) if matched else None
        rest = folded[matched.end() :] if matched else folded
        if matched and not rest:
            raise ValueError(f"目标值“{text}”只有符号，没有数值")
        if own and operator and own != operator:
            raise ValueError(f"目标值“{text}”里的符号“{own}”与目标符号“{operator}”不一致")
        spoken = _spoken(text, unit)
        if spoken and (own is None or spoken.kind is Kind.RANGE):
            if operator and _contradicts(spoken, operator, folded):
                raise ValueError(
                    f"目标值“{text}”的意思是“{spoken.operator}”，与目标符号“{operator}”不一致"
                )
            kept = None if spoken.kind is Kind.RANGE else spoken.operator or operator
            return cls(measure=_as_meant(text, spoken), operator=kept, as_typed=text.strip())
        # Without an operator the words stay just as typed, spaces between them too.
        measure = Measure.parse(rest if own else text, unit=unit)
        if measure.value.kind is Kind.WORDS and measure.number is None and own is None:
            return cls(measure=measure)
        return cls(measure=measure, operator=own or operator, apart=own is None and bool(operator))

    @property
    def text(self) -> str:
        """Return what gets printed: `=100%`, `≥6次`, `有序推进`, `不低于90%`."""
        if self.as_typed is not None:
            return self.as_typed
        return f"{self.operator or ''}{self.measure.text}"


def _spoken(text: str, unit: str) -> Value | None:
    """What a target says in more than a sign and a number: 不低于90%, 约20次, 增长5%, 3-5次."""
    value = read_value(text, normalise(unit))
    if value.kind is Kind.WORDS:
        return None
    plain_number = value.is_number and value.operator is None and _is_plain(value)
    return None if plain_number else value


def _contradicts(value: Value, operator: str, folded: str) -> bool:
    """Whether a target says another operator than the column's in so many words (不低于, 以内).

    前三名 and 3日内 only imply one: there the column's = does no harm.
    """
    if value.operator in (None, operator) or not value.is_number:
        return False
    said = any(word in folded for word in (*OPERATOR_BEFORE, *OPERATOR_AFTER))
    return said or any(sign in SIGNS for sign in folded)


def _is_plain(value: Value) -> bool:
    """Whether nothing but an operator is said of a number."""
    said = value.change or value.period or value.subject or value.several or value.parts
    return value.vague is Vague.NONE and not said


def _as_meant(text: str, value: Value) -> Measure:
    if value.is_number and _is_plain(value):
        return Measure(f"{plain(value.low)}{value.unit}", value.low, value.unit, value)
    return Measure(text.strip(), value=value)
