"""What a score's note says of its rate and its marks (支出率99.2%，得4.96分), against the row."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from perfgen.checks.registry import Case, Hit, quoted
from perfgen.figures.scores import ScoreFigures
from perfgen.model.numbers import decimals_of, half_up, plain
from perfgen.prose.slips import is_slip

_HUNDRED = Decimal(100)
_GAINED = re.compile(
    r"(?:得分?|计分?|自评得分|实际得分|最终得分)(?:为|是|了|:)?\s{0,2}(\d{1,3}(?:\.\d{1,3})?)\s{0,2}分"
)
_PERCENT = re.compile(r"(\d{1,3}(?:\.\d{1,4})?)\s{0,2}%")
_STANDARD = re.compile(
    r"[每各]|否则|不得分|(?:以上|以下|以内|之间|之上|低于|高于|不足|超过|大于|小于|若|如|凡|的)[^。；;]{0,8}$|满分"
)
"""Words of the scoring standard: what would be gained, not what was."""


def marks_in_words(item: ScoreFigures, case: Case) -> Iterator[Hit]:
    """Yield a mark, or a rate, that a note states otherwise than the row of its item."""
    if item.parts or item.score is None:
        return
    for field, written in (("note", item.item.note), ("reason", item.item.reason)):
        text = unicodedata.normalize("NFKC", written)
        gained = _only_gain(text)
        if gained is not None and half_up(item.score, decimals_of(gained)) != gained:
            said = f"得 {plain(gained)} 分"
        elif (rate := _other_rate(text, item)) is not None:
            said = f"{plain(rate)}%"
        else:
            continue
        rate = _rate_that_gives(gained, text, item)
        basis = item.item.basis.text if item.item.basis else ""
        table = f"表里{case.header('score', 'basis')}是 {basis}，得分" if basis else "表里得分"
        yield Hit(
            subject=item.name,
            message=f"{quoted(item.name)}的{case.header('score', field)}写{said}，"
            f"{table} {plain(item.score)}",
            hint="核对计分依据、得分和文字说明",
            ref=item.item.cell("basis" if rate is not None else field),
        )
        return


def _only_gain(text: str) -> Decimal | None:
    """The marks that a text says were gained; None where it is, or has, a scoring standard."""
    found = list(_GAINED.finditer(text))
    if len(found) != 1:
        return None
    before = re.split("[。；;]", text[: found[0].start()])[-1]
    return None if _STANDARD.search(before) else Decimal(found[0][1])


def _only_rate(text: str) -> Decimal | None:
    rates = _PERCENT.findall(text)
    return Decimal(rates[0]) if len(rates) == 1 else None


def _other_rate(text: str, item: ScoreFigures) -> Decimal | None:
    """The one rate of a text that is a slip of the basis: 98.07% for 89.07%."""
    basis, rate = item.item.basis, _only_rate(text)
    if basis is None or basis.number is None or basis.unit != "%" or rate is None:
        return None
    same = half_up(basis.number, decimals_of(rate)) == rate or _STANDARD.search(text)
    return None if same or not is_slip(rate, basis.number) else rate


def _rate_that_gives(gained: Decimal | None, text: str, item: ScoreFigures) -> Decimal | None:
    """The rate of a text where it and the marks there fit each other, and the basis is a slip."""
    rate = _other_rate(text, item)
    if rate is None or gained is None or item.full is None:
        return None
    return rate if half_up(item.full * rate / _HUNDRED, decimals_of(gained)) == gained else None
