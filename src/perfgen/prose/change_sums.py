"""Changes of a budget that must add up (年初 + 追加 - 追减 = 调整后; 净增 = 追加 - 追减)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from perfgen.prose import words
from perfgen.prose.balances import KEPT_OUT, without_net
from perfgen.prose.changes import change_of
from perfgen.prose.money import Figure
from perfgen.prose.partitions import Unfit
from perfgen.prose.quantities import Quantity
from perfgen.prose.spans import Span
from perfgen.prose.words import Word

_CLOSES = re.compile("预算|调整|可用|追加后|调减后|追减后|核减后|压减后|调入后|调出后")
_ALL_OF_IT = re.compile(
    "^(?:资金|预算)?(?:合计|共计|总计|总额|共)(?:为|达|到|预算|资金|安排){0,3}$"
)
"""年初96万元，追加12万元，合计108万元."""
_GIVEN = re.compile(
    r"(?:年中|执行中|期中|中途|年度中)[^\d,]{0,14}(?:下达|拨入|拨付|安排|补助)(?:了|资金|经费|指标){0,2}$"
)
"""年中省级下达300万元: added, too."""
_PLAIN_UP, _PLAIN_DOWN = (
    re.compile("(?:净?增加?|新增|补充)(?:了|预算|资金|经费)?$"),
    re.compile("(?:净?减少?|减)(?:了|预算|资金|经费)?$"),
)
_NET = re.compile("净|相抵|合计|共|总")


def unfit_net(figures: Sequence[Figure]) -> Iterator[Unfit]:
    """Yield 净增190万元，其中追加210万元、追减30万元: a net change and its parts."""
    amounts = [one for one in figures if one.quantity.is_money]
    for place, whole in enumerate(amounts[:-2]):
        net, parts = _plain_sign(whole), amounts[place + 1 :]
        signs = [_plain_sign(one) for one in parts]
        told = _NET.search(whole.lead) and _opens_parts(parts[0])
        if net is None or not told or None in signs:
            continue
        sum_ = Span.of(parts[0].quantity) if signs[0] == 1 else _minus(parts[0])
        for sign, one in zip(signs[1:], parts[1:], strict=True):
            span = Span.of(one.quantity)
            sum_ = sum_.plus(span) if sign == 1 else sum_.minus(span)
        said = Span.of(whole.quantity) if net == 1 else _minus(whole)
        one_way = set(signs) == {net}  # there may be more of them than are told
        more = sum_.low > said.high if net == 1 else sum_.high < said.low
        if more if one_way else not sum_.meets(said):
            shown = " ".join(f"{'+' if sign == 1 else '-'} {one.quantity.typed}"
                             for sign, one in zip(signs, parts, strict=True))  # fmt: skip
            yield Unfit(whole.quantity, abs(sum_.middle) / whole.quantity.scale, shown)


def _opens_parts(figure: Figure) -> bool:
    return figure.has(Word.PART) or figure.clause.opener in ("(", ":")


def _minus(figure: Figure) -> Span:
    span = Span.of(figure.quantity)
    return Span(-span.high, -span.low)


def _plain_sign(figure: Figure) -> int | None:
    """1 or -1 for an amount that is told as a change, in plain words as well (增加, 减少)."""
    found = change_of(figure)
    if found:
        return -1 if found["down"] else 1
    if figure.quantity.bound or not figure.quantity.is_money or re.search("比|较", figure.lead):
        return None
    up, down = _PLAIN_UP.search(figure.lead), _PLAIN_DOWN.search(figure.lead)
    return 1 if up else -1 if down else None


def unbalanced(figures: Sequence[Figure]) -> Iterator[Unfit]:
    """Yield 年初预算1300万元，上年结转120万元，追加60万元，全年预算1500万元: it does not add up.

    What consists of 追加 and 追减 alone is left to `balances.py`.
    """
    amounts = [one for one in figures if one.quantity.is_money and not _within(one)]
    if len(amounts) < 3 or any(one.quantity.bound for one in amounts):
        return
    opening, *rest = amounts
    between = list(takewhile(lambda one: _between_sign(one) is not None, rest))
    if opening.column != words.INITIAL or not between or len(between) == len(rest):
        return
    closing = rest[len(between)]
    usual = all(one.column == words.ADJUSTMENT for one in between)
    usual = usual and not any(one.has(*KEPT_OUT) for one in amounts)
    if usual and words.ADJUSTED in [one.column for one in rest]:
        return
    ends = closing.column in (words.ADJUSTED, words.BUDGET) and _CLOSES.search(closing.lead)
    summed = _ALL_OF_IT.match(closing.lead) and not _is_sum_of(between, closing)
    if not (ends or summed) or closing.has(Word.PART, Word.COMPARED, Word.OTHER_BASE, Word.PLANNED):
        return
    yield from _off(closing.quantity, opening, without_net(between))


def unfit_bracket(figures: Sequence[Figure]) -> Iterator[Unfit]:
    """Yield 全年预算1500万元（年初1300万元，年中净增120万元）: it does not add up."""
    for place, whole in enumerate(figures[:-2]):
        if whole.column not in (words.ADJUSTED, words.BUDGET) or whole.quantity.bound:
            continue
        inside = _inside(figures[place + 1 :], whole.clause.depth)
        if len(inside) < 2 or inside[0].column != words.INITIAL:
            continue
        opening, *changes = inside
        if opening.quantity.is_money and None not in map(_between_sign, changes):
            yield from _off(whole.quantity, opening, changes)


def _inside(figures: Sequence[Figure], depth: int) -> list[Figure]:
    """The numbers in the bracket that opens here."""
    return list(takewhile(lambda one: one.clause.depth > depth, figures))


def _off(said: Quantity, opening: Figure, changes: Sequence[Figure]) -> Iterator[Unfit]:
    """The finding, where a budget and its changes do not give what is said."""
    sum_, shown = Span.of(opening.quantity), opening.quantity.typed
    for one in changes:
        span, less = Span.of(one.quantity), _between_sign(one) == -1
        sum_ = sum_.minus(span) if less else sum_.plus(span)
        shown += f" {'-' if less else '+'} {one.quantity.typed}"
    if not sum_.meets(Span.of(said)):
        yield Unfit(said, sum_.middle / said.scale, shown)


def _is_sum_of(changes: Sequence[Figure], closing: Figure) -> bool:
    """Whether a total is that of the changes alone: 追加40万元、20万元，合计60万元."""
    return Span.sum_of([one.quantity for one in changes]).meets(Span.of(closing.quantity))


def _within(figure: Figure) -> bool:
    """Whether an amount is a part of the one before it: 年初安排1350万元（含上年结转150万元）."""
    return figure.clause.depth > 0 and figure.lead.startswith(("含", "其中", "包括", "包含"))


def _sign(figure: Figure) -> int | None:
    found = change_of(figure)
    if found is None or (figure.has(Word.PART, Word.COMPARED) and not found["up"]):
        return None
    return -1 if found["down"] else 1


def _between_sign(figure: Figure) -> int | None:
    """The sign of what stands between an opening and a closing amount."""
    sign = 1 if _GIVEN.search(figure.lead) else _sign(figure)
    return sign if sign is not None or figure.column else _plain_sign(figure)
