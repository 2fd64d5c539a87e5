"""The threshold (达标线) that an item of the scores is held to, as its own texts state it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from perfgen.model.records import ScoreItem

_AT_LEAST = ("不低于", "不少于", "不小于", "大于等于", "≥", ">=", "≧")
_ABOVE = ("高于", "超过", "大于", ">")
_AT_MOST = ("不高于", "不超过", "不大于", "小于等于", "≤", "<=", "≦", "控制在")
_BELOW = ("低于", "小于", "<")
_NUMBER = r"(\d{1,4}(?:\.\d{1,4})?)\s{0,3}%"
_SIGNS = "|".join(re.escape(sign) for sign in (*_AT_LEAST, *_AT_MOST, *_ABOVE, *_BELOW))
_SIGNED = re.compile(rf"({_SIGNS})\s{{0,3}}{_NUMBER}")
_ENDED = re.compile(rf"{_NUMBER}\s{{0,3}}及?(以上|以下|以内|之内)")
_ANY = re.compile(_NUMBER)


@dataclass(frozen=True, slots=True)
class Threshold:
    """A bound in percent, and on which side of it an item has to be."""

    percent: Decimal
    at_least: bool
    touching: bool

    def is_met(self, percent: Decimal) -> bool:
        """Return whether a measured value is on the right side."""
        if percent == self.percent:
            return self.touching
        return (percent > self.percent) == self.at_least

    def __str__(self) -> str:
        """Return the threshold as a table has it: ≥95%."""
        sign = (">", "≥") if self.at_least else ("<", "≤")
        return f"{sign[self.touching]}{self.percent.normalize():f}%"


def threshold_of(item: ScoreItem) -> Threshold | None:
    """Return the threshold that an item's note, reason or name states; None where none does."""
    return next(_thresholds(item), None)


def measured_beside(item: ScoreItem) -> Decimal | None:
    """Return the percent that an item's note states beside its threshold; None without one."""
    text = _plain(item.note)
    bounds = {found.span(2) for found in _SIGNED.finditer(text)}
    bounds |= {found.span(1) for found in _ENDED.finditer(text)}
    measured = [found[1] for found in _ANY.finditer(text) if found.span(1) not in bounds]
    return Decimal(measured[0]) if len(measured) == 1 else None


def _thresholds(item: ScoreItem) -> Iterator[Threshold]:
    for text in map(_plain, (item.note, item.reason, item.name)):
        for found in _SIGNED.finditer(text):
            sign, number = found[1], Decimal(found[2])
            yield Threshold(
                number,
                at_least=sign in (*_AT_LEAST, *_ABOVE),
                touching=sign in (*_AT_LEAST, *_AT_MOST),
            )
        for found in _ENDED.finditer(text):
            yield Threshold(Decimal(found[1]), at_least=found[2] == "以上", touching=True)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)
