"""What a text states by itself (文中的数): so many of something done, to hold texts against others.

`举办惠民演出412场` and `412场惠民演出` are the same fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from perfgen.prose.expected import NOW, Purpose, when_of
from perfgen.prose.leads import (
    is_elsewhere,
    is_stock,
    plans,
    plans_only,
    steps,
    target_compared,
)
from perfgen.prose.meanings import Meaning, plain
from perfgen.prose.quantities import MARKS, PERCENT, POINTS, Quantity, quantities
from perfgen.prose.text import Clause, sentences

_NO_FACT = frozenset(
    {
        MARKS,
        POINTS,
        "天",
        "日",
        "年",
        "月",
        "个月",
        "周",
        "小时",
        "分钟",
        "工作日",
        "季度",
        "倍",
    }
)
_RATE = re.compile("(?:率|度|比例|占比|比重)[^率度]{0,4}$")
_PART = re.compile("^(?:其中|包括|含)|其余|余下|剩余|其他|每|人均|平均|第$")
_PARTS = re.compile("其中|包括|包含|分别")
_OF_BUDGETS = re.compile(
    "支出|预算|资金|经费|拨款|安排|投入|结余|结转|执行|追加|追减|补助|补贴|使用|拨付|下达|到位|调整|发放|支付|列支|花|用"
)
"""Words of money that the tables hold: sentences about it are held against these."""
_LONGEST = 24


@dataclass(frozen=True, slots=True)
class Fact:
    """So many of something. `key` is the same for other wordings of it."""

    key: tuple[str, str]
    quantity: Quantity
    words: str
    specific: int


def facts(paragraph: str, year: int, own: Sequence[str]) -> Iterator[Fact]:
    """Yield what a paragraph states of the report's year, each thing with its number."""
    when = opening = NOW
    for sentence in sentences(plain(paragraph)):
        when = when if sentence.joined and when == opening else NOW
        opening, planned, parted = "", plans_only(sentence.text), False
        for clause in sentence.clauses:
            parted = parted or _PARTS.match(clause.text) is not None
            when = when_of(clause.text, year, when)
            opening = opening or when
            planned = plans(clause.text, before=planned)
            if when == NOW and not (clause.depth or planned or parted):
                yield from _of_clause(clause, own)


def _of_clause(clause: Clause, own: Sequence[str]) -> Iterator[Fact]:
    found = quantities(clause.text)
    for place, quantity in enumerate(found):
        start = found[place - 1].end if place else 0
        stop = found[place + 1].start if place + 1 < len(found) else len(clause.text)
        lead = clause.text[start : quantity.start]
        last = place + 1 == len(found)  # else the words behind are those of the next number
        tail = clause.text[quantity.end : stop] if last else ""
        if quantity.bound or quantity.about or quantity.unit in _NO_FACT:
            continue
        if len(lead) > _LONGEST or _is_no_statement(lead, clause):
            continue
        if quantity.is_money and _OF_BUDGETS.search(lead):
            continue
        if quantity.unit == PERCENT and not _RATE.search(lead):
            continue
        fact = _named(lead, quantity, own) or _named(lead + tail[:_LONGEST], quantity, own)
        if fact is not None:
            yield fact


def _is_no_statement(lead: str, clause: Clause) -> bool:
    apart = is_elsewhere(lead, Purpose.EITHER) or is_stock(lead, clause.text) or steps(lead)
    return apart or target_compared(lead) is not None or _PART.search(lead) is not None


def _named(words: str, quantity: Quantity, own: Sequence[str]) -> Fact | None:
    meaning = Meaning.of(words, quantity.unit, own)
    signature = meaning.signature
    if meaning.specific < 2:
        return None
    return Fact((signature, quantity.kind), quantity, words + quantity.typed, meaning.specific)
