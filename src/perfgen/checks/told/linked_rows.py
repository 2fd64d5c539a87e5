"""Numbers that belong to one row by their words or their value (对得上一行的数).

What an indicator lacks, what a budget line has left, the rate behind a line's own amount.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfgen.checks.common.passages import Passage
from perfgen.checks.registry import Case
from perfgen.model.numbers import half_up, plain
from perfgen.model.records import Indicator
from perfgen.prose import words
from perfgen.prose.beside import Misfit, Told, is_in, share
from perfgen.prose.claims import linking_pairs
from perfgen.prose.expected import FULL, number_of
from perfgen.prose.money import Row
from perfgen.prose.naming import closeness
from perfgen.prose.quantities import MONEY, PERCENT, Quantity, kind_of
from perfgen.prose.text import folded
from perfgen.prose.workings import chance_of_slip

_LACKING = re.compile("(?:还有|尚有|仍有|还差|尚差|[,、;]差|^差|缺口|缺)[^,;()\\d]{0,8}$")
_LACKS = re.compile("^[^,;()\\d]{0,16}?(?:没有|没能|未能|尚未|仍未|未)(?!成年|来|经|发生|出现)")
_OTHER = re.compile("其中|上年|去年|截至|季度|上半年|月底|同期|除外|不含|每|均|另有|其余")
_LEFT = re.compile("(?:结余|剩余|未支付|未支出|未使用)(?:资金|经费)?(?:为)?$")
_OF_SOME_MONEY = re.compile(
    "财政|其他资金|自筹|市级|省级|中央|区级|县级|合计|共|净|两个|三个|四个|各"
)
_RATE_BEHIND = re.compile("^(?:\\(|,)(?:预算)?(?:执行率|支出率|完成率|支付率)?(?:为|达|达到)?$")
_LEADS = re.compile("^[^,;]{0,12}?(?:的是|其次是|主要是|是|为)")
_SURELY, _SHORTEST, _DIGITS = 2, 4, 4
_LIKELY = Decimal("0.01")
_HUNDRED = Decimal(100)
_LEAST, _MOST = Decimal("0.3"), Decimal(3)


def row_misfits(here: Told, passage: Passage, case: Case, rows: Sequence[Row]) -> Iterator[Misfit]:
    """Yield the numbers of a sentence that are not those of the row they belong to."""
    if _OTHER.search(here.text):
        return
    for place in range(len(here.numbers)):
        said = here.of(place)
        if said.bound or said.about:
            continue
        if said.unit == PERCENT:
            yield from _rate_behind(here, place, rows)
        elif said.is_money:
            yield from _left_of_a_line(here, place, rows)
        else:
            yield from _lacking(here, place, passage, case)


def _lacking(here: Told, place: int, passage: Passage, case: Case) -> Iterator[Misfit]:
    """尚有3台没有到货, where four of six came: what an indicator's result lacks of its target."""
    said, number = here.of(place), here.numbers[place]
    denied = _LACKS.match(number.tail) is not None
    if not denied and not _LACKING.search(number.lead):
        return
    row = _missed(here, said, passage, case)
    if row is None or row.actual is None:
        return
    wanted, reached = number_of(row.targets[FULL].measure), number_of(row.actual)
    gap = wanted - reached
    beside = [one for at, one in enumerate(here.numbers) if at != place]
    strange = any(
        one.quantity.kind == said.kind
        and not any(one.quantity.is_(value) for value in (wanted, reached, gap))
        for one in beside
    ) or any(one.quantity.is_(gap) and one.quantity.kind == said.kind for one in beside)
    near = re.split("[,;:()。、]", number.lead)[-1] + "|" + re.split("[,;:()。、]", number.tail)[0]
    own = linking_pairs(near) & linking_pairs(folded(row.name))
    if strange and len(own) < _SURELY:
        return  # 8盏路灯没有安装，草坪灯9盏没有亮
    told = (wanted,) if denied else (wanted, reached)
    if not said.is_(gap) and not any(said.is_(one) for one in told) and said.value <= wanted:
        shown = f"指标“{row.name}”目标{row.targets[FULL].measure.text}、完成{row.actual.text}"
        yield Misfit(said, gap / said.scale, shown)


def _missed(here: Told, said: Quantity, passage: Passage, case: Case) -> Indicator | None:
    """The one indicator of a kind that was missed and that a sentence speaks of."""
    project = passage.subject if passage.kind == "project" else ""
    asked = linking_pairs(here.text + "|" + folded(passage.subject))
    scored: list[tuple[int, Indicator]] = []
    for row in case.report.indicators:
        target = row.targets.get(FULL)
        if target is None or row.actual is None or target.operator in ("≤", "<"):
            continue
        if project and row.project not in ("", project):
            continue
        both = (target.measure, row.actual)
        if any(one.number is None or kind_of(one.base_unit) != said.kind for one in both):
            continue
        if number_of(row.actual) < number_of(target.measure):
            scored.append((len(linking_pairs(folded(row.name)) & asked), row))
    most = max((many for many, _ in scored), default=0)
    best = [row for many, row in scored if many == most >= _SURELY]
    return best[0] if len(best) == 1 else None


def _left_of_a_line(here: Told, place: int, rows: Sequence[Row]) -> Iterator[Misfit]:
    """港口岸电设施补助执行率70%，结余24万元: of the one line that the sentence names."""
    said = here.of(place)
    clause = re.split("[,;:()。、]", here.lead(place))[-1]
    if not _LEFT.search(clause) or _OF_SOME_MONEY.search(clause):
        return
    front = here.text[: said.start]
    named = [row for row in rows if not row.whole and _is_named(folded(row.name), front)]
    longest = max((len(row.name) for row in named), default=0)
    named = [row for row in named if len(row.name) == longest]
    if len(named) != 1 or len({row.name for row in rows if _is_named(folded(row.name), front)}) > 1:
        return
    (row,) = named
    spent = row.values.get(words.ACTUAL, ())
    budgets = (*row.values.get(words.ADJUSTED, ()), *row.values.get(words.INITIAL, ()))
    gaps = [whole - one for whole in budgets for one in spent if whole > one]
    near = gaps and _LEAST <= said.value / gaps[0] <= _MOST
    if near and not any(said.is_(gap) for gap in gaps):
        shown = f"{row.name}调整后预算与支出之差"
        yield Misfit(said, gaps[0] / said.scale, shown)


def _is_named(name: str, text: str) -> bool:
    if len(name) >= _SHORTEST and (name in text or name[:_SHORTEST] in text):
        return True
    pieces = (_LEADS.sub("", piece) for piece in re.split("[,;:()。]", text)[-3:])
    return any(len(piece) >= _SHORTEST and closeness(piece, name) > 1 for piece in pieces)


def _rate_behind(here: Told, place: int, rows: Sequence[Row]) -> Iterator[Misfit]:
    """转移支付1195万元(95.60%): the rate of the line whose payment stands right before it."""
    said, lead = here.of(place), here.lead(place)
    if not place or not said.decimals or not _RATE_BEHIND.match(lead):
        return
    paid = here.of(place - 1)
    digits = sum(char.isdigit() for char in paid.typed.rstrip("0"))
    if not paid.is_money or paid.bound or digits < _DIGITS:
        return
    found = [row for row in rows if any(paid.is_(one) for one in row.values.get(words.ACTUAL, ()))]
    rates = [rate * _HUNDRED for row in found for rate in row.values.get(words.RATE, ())]
    if not rates or any(said.is_(rate) for rate in rates):
        return
    others = (here.of(at) for at in range(place - 1))
    if any(is_in(said, *share(paid, one)) for one in others if one.kind == MONEY and one.value):
        return
    wanted = rates[0]
    chance = chance_of_slip(said, half_up(wanted, said.decimals))
    if chance and chance <= _LIKELY:
        yield Misfit(said, wanted, f"{found[0].name}支出{plain(paid.number)}的执行率")
