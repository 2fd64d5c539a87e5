"""Indicator values as officers write them: `=100%`, `≥6次`, `99.04%`, `有序推进`.

Full-width digits and signs, `>=`, `＝`, spaces and thousands separators are understood
here, whichever way they were typed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

_SPELLINGS = {
    "=": "=", "==": "=",
    ">=": "≥", "=>": "≥", "≥": "≥", "≧": "≥", "⩾": "≥",
    "<=": "≤", "=<": "≤", "≤": "≤", "≦": "≤", "⩽": "≤",
    ">": ">", "<": "<",
}  # fmt: skip
OPERATORS = ("=", "≥", "≤", ">", "<")

_WORDS_BEFORE = {
    "不低于": "≥", "不少于": "≥", "不小于": "≥", "至少": "≥",
    "不高于": "≤", "不超过": "≤", "不多于": "≤", "不大于": "≤", "至多": "≤",
    "大于等于": "≥", "大于或等于": "≥", "小于等于": "≤", "小于或等于": "≤",
    "大于": ">", "超过": ">", "小于": "<", "等于": "=",
}  # fmt: skip
_WORDS_AFTER = {"及以上": "≥", "以上": "≥", "及以下": "≤", "以下": "≤", "以内": "≤"}

_OPERATOR = re.compile(r"^(==|>=|=>|<=|=<|[=≥≧⩾≤≦⩽><])")
_NUMBER = re.compile(r"^([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[+-]?\.\d+)(.*)$", re.DOTALL)
_VAGUE = ("余", "多", "左右", "以上", "以下", "以内", "几", "~", "～", "至", "—", "-")
_SEVERAL = re.compile(r"[\d.,]\s+[\d.,]")
"""Two numbers with a space between them (`20 30`) are not one."""

_NOTE = re.compile(r"(.*[\d%％])\s*[（(]\s*\d+\s*[/／]\s*\d+\s*[)）]", re.DOTALL)
"""How a share was counted stands in brackets behind it: `100%（46/46）`."""

_DAYS = re.compile(r"\d{1,2}(月|日前|号前|季度(前|末|底))|(19|20)\d\d年")
"""A point in time (`6月底前`, `2023年底`): a date is compared as words, not by its first number."""

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
    return _SPELLINGS.get(folded) or _WORDS_BEFORE.get(folded)


@dataclass(frozen=True, slots=True)
class Measure:
    """One value (指标值): a number with its unit, or words.

    `number` is None for words and for what cannot be read as one number, such as
    `市级20家，其中省级10家`. `text` is what gets printed.
    """

    text: str
    number: Decimal | None = None
    unit: str = ""

    @classmethod
    def parse(cls, text: str, *, unit: str = "") -> Measure:
        """Read `text`; `unit` is the unit (计量单位) given apart, used where the text has none."""
        noted = _NOTE.fullmatch(text.strip())
        if noted:
            bare = cls.parse(noted.group(1), unit=unit)
            return cls(text=text.strip(), number=bare.number, unit=bare.unit)
        folded = normalise(text)
        matched = _NUMBER.match(folded)
        if not matched or _SEVERAL.search(text):
            return cls(text=text.strip())
        digits, own_unit = matched.groups()
        if re.search(r"\d", own_unit) or own_unit.startswith(_VAGUE) or _DAYS.match(folded):
            return cls(text=text.strip())
        digits = digits.replace(",", "")
        shown = own_unit or normalise(unit)
        return cls(text=f"{digits}{shown}", number=Decimal(digits), unit=shown)

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
    """A target (指标目标值): an operator and a measure, or words."""

    measure: Measure
    operator: str | None = None
    as_typed: str | None = None

    @classmethod
    def parse(cls, text: str, *, operator: str | None = None, unit: str = "") -> Target:
        """Read `text`; `operator` and `unit` are those given in columns of their own.

        Raises ValueError (in Chinese) where the text has an operator that contradicts the one
        given apart, or nothing after its operator.
        """
        folded = normalise(text)
        matched = _OPERATOR.match(folded)
        own = _SPELLINGS[matched.group(1)] if matched else None
        rest = folded[matched.end() :] if matched else folded
        if matched and not rest:
            raise ValueError(f"目标值“{text}”只有符号，没有数值")
        if own and operator and own != operator:
            raise ValueError(f"目标值“{text}”里的符号“{own}”与目标符号“{operator}”不一致")
        spoken = None if own else _spoken_operator(folded, unit)
        if spoken:
            if operator and spoken[0] != operator:
                raise ValueError(
                    f"目标值“{text}”的意思是“{spoken[0]}”，与目标符号“{operator}”不一致"
                )
            return cls(measure=spoken[1], operator=spoken[0], as_typed=text.strip())
        # Without an operator the words stay just as typed, spaces between them too.
        measure = Measure.parse(rest if own else text, unit=unit)
        if measure.number is None and own is None:
            return cls(measure=measure)
        return cls(measure=measure, operator=own or operator)

    @property
    def text(self) -> str:
        """Return what gets printed: `=100%`, `≥6次`, `有序推进`, `不低于90%`."""
        if self.as_typed is not None:
            return self.as_typed
        return f"{self.operator or ''}{self.measure.text}"


def _spoken_operator(folded: str, unit: str) -> tuple[str, Measure] | None:
    for words, operator in _WORDS_BEFORE.items():
        if folded.startswith(words):
            measure = Measure.parse(folded.removeprefix(words), unit=unit)
            return (operator, measure) if measure.number is not None else None
    for words, operator in _WORDS_AFTER.items():
        if folded.endswith(words):
            measure = Measure.parse(folded.removesuffix(words), unit=unit)
            return (operator, measure) if measure.number is not None else None
    return None
