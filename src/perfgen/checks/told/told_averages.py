"""PG344: averages that one text tells far from their numbers (平均每场、平均每家)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfgen.checks.common.passages import Passage, prose
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.model.finding import Severity
from perfgen.model.numbers import half_up, plain
from perfgen.prose.comparisons import numbers_in
from perfgen.prose.derived import MOST_FIGURES
from perfgen.prose.quantities import Quantity, kind_of
from perfgen.prose.spans import Span
from perfgen.prose.text import sentences

_AVERAGE = re.compile(
    r"(?<!不)平均每(?:一)?(?P<unit>[座家个场次期户村校站所栋辆台套件人亩项]|公里|公顷|平方米)(?P<what>[^,;:()\d]{2,14}?)(?:约|为|是|达到|达)?$"
)
_OTHER_BASE = re.compile(
    "上年|去年|往年|全国|全省|全市平均|计划|目标|标准|定额|不超过|控制|同期|每年|每月|每天"
)
_LEAST, _MOST = Decimal("0.4"), Decimal("2.5")
_TAIL = 6
_RUN = 2
_EMPTY = frozenset("支出投入获得费用经费资金补助成本达到实际平均参加服务活动工作")


@dataclass(frozen=True, slots=True)
class _Told:
    """A number of a text with the words around it."""

    quantity: Quantity
    words: str


@rule(
    "PG344",
    Severity.WARNING,
    title="平均数对不上",
    reason="“平均每场签约8.2个”应当是同一段文字里的签约数除以场次。总数或次数改了以后，平均数往往忘了跟着改。"
    "只在总数和个数都认得准的时候比较。",
    good="举办招商活动12场，签约项目98个……平均每场活动签约项目8.2个",
    bad="举办招商活动12场，签约项目98个……平均每场活动签约项目9.2个",
    most=5,
)
def told_averages(case: Case) -> Iterator[Hit]:
    """An average against a total and a count that the same text tells."""
    for passage in prose(case):
        if "平均每" not in passage.text:
            continue
        told = list(_told(passage))
        for number, (one, lead) in enumerate(told):
            found = _AVERAGE.search(lead)
            if found and not one.quantity.bound and not _OTHER_BASE.search(lead):
                others = [each for place, (each, _) in enumerate(told) if place != number]
                yield from _judged(passage, one, found, others)


def _told(passage: Passage) -> Iterator[tuple[_Told, str]]:
    for paragraph in passage.paragraphs:
        for sentence in sentences(paragraph):
            numbers = numbers_in(sentence.text)
            if len(numbers) > MOST_FIGURES:
                continue
            for number in numbers:
                behind = sentence.text[number.quantity.end : number.quantity.end + _TAIL]
                words = re.split("[,;:()]", number.lead)[-1] + re.split("[,;:()]", behind)[0]
                yield _Told(number.quantity, words), number.lead


def _judged(
    passage: Passage, one: _Told, found: re.Match[str], others: Sequence[_Told]
) -> Iterator[Hit]:
    unit, what = found["unit"], found["what"]
    said = one.quantity
    counts = [each for each in others if kind_of(each.quantity.unit) == kind_of(unit)]
    counts = [each for each in counts if each.quantity.value > 1 and not each.quantity.is_money]
    totals = [each for each in others if each.quantity.kind == said.kind and each not in counts]
    totals = [each for each in totals if each.quantity.value > said.value]
    if any(_fits(said, total.quantity, count.quantity) for total in totals for count in counts):
        return
    meant = [each for each in totals if _shares(what, each.words)]
    of_them = [each for each in counts if _shares(what, each.words)] or counts
    if len(meant) != 1 or len({each.quantity.value for each in of_them}) != 1:
        return
    total, count = meant[0].quantity, of_them[0].quantity
    wanted = total.value / count.value
    if _LEAST <= said.value / wanted <= _MOST:
        yield Hit(
            subject=passage.subject,
            message=f"{quoted(passage.shown)}里写{quoted(found.group().strip('，') + said.typed)}，"
            f"按{total.typed}和{count.typed}算是 "
            f"{plain(half_up(wanted / said.scale, max(2, said.decimals)))}",
            hint="核对平均数、总数和个数",
            ref=passage.ref,
        )


def _fits(said: Quantity, total: Quantity, count: Quantity) -> bool:
    whole, parts = Span.of(total), Span.of(count)
    if parts.low <= 0:
        return False
    low, high = whole.low / parts.high, whole.high / parts.low
    return said.is_(low) or said.is_(high) or low <= said.value <= high


def _shares(one: str, other: str) -> bool:
    """Whether both name a thing in the same two characters, and no word of any average."""
    pairs = {one[place : place + _RUN] for place in range(len(one) - 1)}
    return any(pair in other and not set(pair) <= _EMPTY for pair in pairs)
