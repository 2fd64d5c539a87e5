"""What money comes from, or goes to, in full (其中市级…、区级…): such parts make the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfgen.prose import words
from perfgen.prose.money import Figure, Row
from perfgen.prose.partitions import Unfit
from perfgen.prose.spans import Span
from perfgen.prose.words import Word

_FULL_SETS: tuple[tuple[re.Pattern[str], ...], ...] = tuple(
    tuple(re.compile(part) for part in parts)
    for parts in (
        ("基本支出", "项目支出"),
        ("人员(?:经费|支出)", "(?:日常)?公用(?:经费|支出)"),
        ("财政(?:拨款|资金|补助)", "(?:其他|自有|自筹|单位|非财政)(?:资金|收入)"),
        ("本级|市级|区级|县级|(?:市|区|县)财政", "上级|中央|省级|转移支付"),
        ("(?<!本)市级|市财政", "区级|县级|区财政|县财政|区配套|县配套|区县"),
        ("省级|省财政|省补", "市级|县级|市财政|县财政|市本级|县本级|配套"),
        ("一般公共预算", "政府性基金"),
    )
)
"""Sets of two parts beside which there is no third one, as far as a sentence tells."""

_MONEY_KIND = re.compile("预算|支出|资金|经费|拨款|收入|投入|安排|到位|下达|执行|决算|投资")
_MORE = re.compile("等|另|还有|以及其他")
_NEARLY = Decimal("0.1")
_PART_STARTS = re.compile("^(?:其中|包括|含|包含)")


def unfit_sources(figures: Sequence[Figure]) -> Iterator[Unfit]:
    """Yield totals that the two parts of a full set behind 其中 do not make."""
    amounts = [one for one in figures if one.quantity.is_money]
    for place in range(len(amounts) - 2):
        whole, first, second = amounts[place : place + 3]
        opens = _PART_STARTS.match(first.lead) or first.clause.opener == ":"
        if not opens or not (whole.row or _MONEY_KIND.search(whole.lead)):
            continue
        three = (whole, first, second)
        more = len(amounts) > place + 3 and not _leaves(amounts[place + 3])
        if more or any(one.quantity.bound or one.has(Word.COMPARED) for one in three):
            continue
        if _MORE.search(second.lead + second.clause.text[second.quantity.end :]):
            continue
        if not _full_set(first.lead, second.lead) or _same_source(whole.lead, first.lead):
            continue
        parts = [first.quantity, second.quantity]
        if not Span.sum_of(parts).meets(Span.of(whole.quantity)):
            sum_ = sum((one.value for one in parts), Decimal(0)) / whole.quantity.scale
            yield Unfit(whole.quantity, sum_, " + ".join(one.typed for one in parts))


def sources_of_a_row(figures: Sequence[Figure], of: Row | None) -> Iterator[Unfit]:
    """Yield a sentence's two sources that open it (其中财政资金a、其他资金b) and miss the row."""
    amounts = [one for one in figures if one.quantity.is_money]
    if of is None or len(amounts) != 2 or not _PART_STARTS.match(amounts[0].lead):
        return
    if figures[0] is not amounts[0] or amounts[0].clause is not figures[0].clause:
        return
    first, second = amounts
    if not _full_set(first.lead, second.lead) or first.quantity.bound or second.quantity.bound:
        return
    if _MORE.search(second.lead.replace("等其他", "其他")) or not _opens_its_sentence(first):
        return
    columns = (words.INITIAL, words.ADJUSTED, words.ACTUAL)
    known = [value for column in columns for value in of.values.get(column, ())]
    span = Span.sum_of((first.quantity, second.quantity))
    if any(span.low <= value <= span.high for value in known):
        return
    near = [one for one in known if one and abs(span.middle / one - 1) <= _NEARLY]
    if near:
        rest = (near[0] - second.quantity.value) / first.quantity.scale
        yield Unfit(first.quantity, rest, f"{of.name}的总数减去{second.quantity.typed}")


def _opens_its_sentence(figure: Figure) -> bool:
    return figure.clause.opener == "" and figure.clause.depth == 0


def _leaves(figure: Figure) -> bool:
    """Whether an amount behind the parts is no third part: it opens another matter."""
    return bool(figure.column) and figure.has(Word.COLUMN) and not figure.has(Word.OTHER_BASE)


def _full_set(one: str, other: str) -> bool:
    for first, second in _FULL_SETS:
        straight = first.search(one) and second.search(other)
        crossed = first.search(other) and second.search(one)
        if straight or crossed:
            return True
    return False


def _same_source(whole: str, part: str) -> bool:
    """Whether the total is itself of one source, so that its parts are others than these."""
    return any(
        pattern.search(whole) and pattern.search(part) for set_ in _FULL_SETS for pattern in set_
    )
