"""A whole and the parts listed right behind it, all of them (总数和列全的各部分).

`招生1520人(中职1180人、高职340人)`, `建成20座,其中河流14座、湖库6座`,
`39起中民航6起、铁路4起、其他29起`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from perfgen.prose.beside import Misfit, Told
from perfgen.prose.quantities import PERCENT, POINTS, Quantity
from perfgen.prose.slips import swapped_apart
from perfgen.prose.spans import Span

_SURELY_ALL = 3
_ZERO, _WHOLE = Decimal(0), Decimal("0.9")
_LEAST, _MOST = Decimal("0.8"), Decimal("1.2")
"""A list of all parts comes near to its whole; farther off, it holds some of them or overlaps."""

_OPENS = re.compile(
    "^\\)?(?:(?P<bracket>\\()|[^,;:()、]{0,10}(?P<colon>:)|(?P<among>中),?|[,、]?(?P<partly>其中):?|"
    ",(?P<goes>(?:分别)?(?:为|用于|是|包括|主要是|主要为|主要用于|分为|由)))"
)
_GOES_ON = re.compile("^(?:[、,;]|[、,]?(?:和|及|与|以及))[^,;:()。、]{1,16}$")
_STOPS = re.compile(
    "另|此外|比|较|增|减|降|上年|去年|(?<!彩)超(?!声)|不含|每|均|目标|计划|还有|尚|完成|已|其中|累计|合计|(?<!公)共|占|未(?!成年)|"
    "实际|达|同期|上半年|下半年|扣|-|净|全年|支付|执行"
)


@dataclass(frozen=True, slots=True)
class PartList:
    """A whole and the parts behind it; `opener` says how the list begins, `more` goes farther."""

    whole: Quantity
    parts: tuple[Quantity, ...]
    more: tuple[Quantity, ...]
    opener: str


def part_lists(told: Told) -> Iterator[PartList]:
    """Yield the lists of parts that stand right behind their wholes."""
    for place in range(len(told.numbers) - 2):
        whole = told.of(place)
        if whole.bound or whole.about or whole.unit in (PERCENT, POINTS):
            continue
        at = place + 1
        if told.of(at).unit == PERCENT and at + 2 < len(told.numbers):
            at += 1  # 结余62.4万元,完成率96%,主要是……
        opened, first = _OPENS.match(told.lead(at)), told.of(at)
        if opened is None or first.kind != whole.kind or first.value >= whole.value:
            continue
        if told.depths[place] > told.depths[at]:
            continue  # 完成目标(3200人次)的111.5%,其中……: of what stands before
        run = list(_run(told, at, whole))
        open_ = run and told.text.startswith("等", told.end(run[-1]))
        if len(run) >= 2 and not open_:
            parts = tuple(map(told.of, run))
            more = tuple(map(told.of, _run(told, at, whole, all_=True)))
            yield PartList(whole, parts, more, opened.lastgroup or "")


def _run(told: Told, first: int, whole: Quantity, *, all_: bool = False) -> Iterator[int]:
    """The numbers of a list; `all_` with those whose words say that they may be something else."""
    kind, depth = told.of(first).kind, told.depths[first]
    lead = re.split("[,:(]|其中|中", told.lead(first))[-1]
    if _STOPS.search(lead):
        return
    for at in range(first, len(told.numbers)):
        one = told.of(at)
        if told.depths[at] > depth:
            continue  # what stands in brackets behind a part
        if at > first and not _GOES_ON.match(told.lead(at).rpartition(")")[2]):
            return
        if one.kind != kind or one.bound or one.about or told.depths[at] < depth:
            return
        strange = _STOPS.search(told.lead(at)) or one.value >= _WHOLE * whole.value
        if at > first and strange and not all_:
            return
        yield at


def unfit_lists(told: Told) -> Iterator[Misfit]:
    """Yield the wholes that the parts listed right behind them do not make."""
    for one in part_lists(told):
        beginnings = [one.more[:many] for many in range(2, len(one.more) + 1)]
        whole = Span.of(one.whole)
        if any(Span.sum_of(some).meets(whole) for some in beginnings):
            continue
        summed = sum((part.value for part in one.parts), _ZERO)
        if any(each.quantity.is_(summed) for each in told.numbers):
            continue
        if one.opener == "among" and len(one.parts) < _SURELY_ALL:
            continue
        slip = _is_turned(summed, one)
        if _LEAST <= summed / one.whole.value <= _MOST or slip:
            shown = " + ".join(part.typed for part in one.parts)
            yield Misfit(one.whole, summed / one.whole.scale, shown)


def _is_turned(summed: Decimal, one: PartList) -> bool:
    """Whether the whole, or a part, has two digits changed about: 21 for 12."""
    whole = one.whole.value
    pairs = [(whole, summed), *((part.value, whole - summed + part.value) for part in one.parts)]
    return sum(wanted > 0 and swapped_apart(said, wanted) == 1 for said, wanted in pairs) > 0
