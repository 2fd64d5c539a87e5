"""Header texts as they are compared (表头比对)."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from perfgen.model.numbers import YUAN

_UNIT = r"(?:人民币)?(亿元|万元|元|亿|万)"
_IN_TITLE = re.compile(rf"单位[::]{_UNIT}(?![\u4e00-\u9fff])")
_IN_HEADER = re.compile(rf"[(\[](?:金额)?(?:单位)?[::]?{_UNIT}[)\]]|(?:/|单位:){_UNIT}$")
_UNIT_NOTE = re.compile(r"\((万元|亿元|元|%|单位[^()]*|必填|选填)\)|[*:]")


def fold_header(text: str) -> str:
    """Return a header text as it is compared: no spaces, no `（万元）`, half-width signs."""
    folded = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    return _UNIT_NOTE.sub("", folded)


def stated_unit(header: str) -> str:
    """Return the unit of money that a header states, 预算数（元）; an empty text for none."""
    return _unit_in(_IN_HEADER, header)


def unit_of_table(title: str) -> str:
    """Return the unit of money that a line above a table states, 单位：元; empty for none."""
    return _unit_in(_IN_TITLE, title)


def _unit_in(pattern: re.Pattern[str], text: str) -> str:
    folded = re.sub(r"\s", "", unicodedata.normalize("NFKC", text[:200]))
    found = pattern.search(folded)
    unit = next((group for group in found.groups() if group), "") if found else ""
    return {"亿": "亿元", "万": "万元"}.get(unit, unit)


def as_typed_under(header: str, amount: Decimal, unit: str) -> Decimal:
    """Return an amount in `unit` as it is typed under a header that states a unit of its own."""
    stated = stated_unit(header)
    return amount * YUAN[unit] / YUAN[stated] if stated and stated != unit else amount
