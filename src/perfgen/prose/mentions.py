"""What texts state by themselves (文中的数): each number with the words around it.

`举办惠民演出412场` and `412场惠民演出` name one thing. Which numbers may be held against each other
is decided in `echoes.py`; here it is only noted what stands where.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from perfgen.prose.expected import NOW, Purpose, when_of
from perfgen.prose.explained import MOST_PARTS, sums_with
from perfgen.prose.leads import (
    is_elsewhere,
    is_stock,
    opens_with_targets,
    plans,
    plans_only,
    quotes_target,
    steps,
    target_compared,
    tells_of_later,
    without_target_words,
)
from perfgen.prose.meanings import bare_words, deeds_in, specific_of, standard
from perfgen.prose.quantities import MARKS, PERCENT, POINTS, Quantity, quantities
from perfgen.prose.text import Clause, sentences

_NO_FACT = frozenset({MARKS, POINTS, "日", "年", "月", "周", "季度", "工作日"})
"""Units of points, scores and the calendar: numbers of these are no facts of their own."""

_RATE = re.compile("(?:率|度|比例|占比|比重|增长|下降)[^率度]{0,4}$")
_PART = re.compile(
    "^(?:其中|包括|含)|其余|余下|剩余|其他|每|人均|平均|第$|(?:支出|资金|预算|经费|费用|投入|款)[中里]"
)
_CHANGE = re.compile(
    "^(?:同比|较上年|比上年|较去年|比去年)?(?:增长|下降|提高|上升|增幅|降幅)(?:了|到|为|达)?$"
)
_BEYOND = re.compile(
    "(?<!不)(?:超额|超额完成|超出|超过|多|少|差|多完成|少完成|[多另再增][办建修开购派]|新发现)(?:了)?$"
)
_REDUCED = re.compile("扣除|剔除|不含|不包括|除外")
"""With these words an amount is another one than that of the table."""

_OF_THE_CONTEXT = re.compile("^(?:共|累计|直接|已)?(?:涉及|涉案|惠及|覆盖|受益)")
"""涉及劳动者9420人: of what was told right before, and of nothing else."""

_OWN_NAME = 3
"""More characters than these name a thing by themselves, whatever stands before."""

_NOUN = re.compile("^[^增减升降到至为达是由从比较超完占低高多少、和与及,其未]{1,6}$")
"""Words between two counts that only say what the first one counts."""

_RATE_OF_MONEY = re.compile(
    "^(?:总体|整体|预算|资金|项目|总){0,2}(?:支出率|执行率|支付率|支付进度|支出进度|执行进度)(?:为|达|达到|是|约)?$"
)
"""Alone, it is the rate of whatever was named before it: other rules know what that is."""

_LONGEST, _LONGEST_TAIL = 24, 16


@dataclass(frozen=True, slots=True)
class Mention:
    """A number that a text states, and what it is said of.

    `lead` and `tail` are the characters that carry meaning, before and behind it; `context` is what
    the number before it is said of, `words` are all words around it, `beside` the numbers next to
    it, `sums` what it makes with them. A number is `firm` where it may be held against others: of
    this year, exact, no difference.
    `narrow` ones (其中、上年、每) are held against others of their kind, `wanted` ones are planned,
    `elsewhen` ones of another year or a part of this one;
    of a `change` (增长) only the context tells of what. What has more `weight` is rather believed.
    """

    quantity: Quantity
    lead: str
    tail: str
    words: str
    shown: str
    context: str = ""
    weight: int = 1
    place: tuple[int, ...] = ()
    firm: bool = True
    narrow: bool = False
    change: bool = False
    wanted: bool = False
    elsewhen: bool = False
    sentence: str = ""
    beside: frozenset[str] = frozenset()
    sums: frozenset[Decimal] = frozenset()

    @property
    def whole(self) -> str:
        """Return all characters that carry meaning."""
        return self.lead + self.tail

    @property
    def wordings(self) -> tuple[str, ...]:
        """Return what may name the thing: the words before it, with those behind, or before."""
        if self.context and _OF_THE_CONTEXT.match(self.words):
            return (self.context + self.lead,)
        near = () if self.change else (self.lead, self.whole)
        own = self.quantity.is_money or specific_of(self.lead) > _OWN_NAME
        if own and not self.change:  # its own words say what it is of
            return near
        return tuple(dict.fromkeys((*near, self.context + self.lead)))

    @property
    def head(self) -> str:
        """Return what is counted: the last word before a number, else the first behind it."""
        lead = self.lead[-2:]
        return lead if len(lead) == 2 or deeds_in(lead) else self.tail[:2]

    @property
    def subject(self) -> str:
        """Return what the numbers behind it may be said of, too."""
        return "" if self.change else self.lead

    @property
    def digits(self) -> str:
        """Return the digits as they are written, zeros in front left out."""
        return format(abs(self.quantity.number), "f").replace(".", "").lstrip("0")


@lru_cache(maxsize=1024)
def mentions(
    paragraph: str, year: int, own: tuple[str, ...], purpose: Purpose = Purpose.EITHER
) -> tuple[Mention, ...]:
    """Return the numbers of a paragraph, each with what it is said of.

    They are kept for a while: the rules look at a report again with one of its cells changed.
    """
    return tuple(_mentions(paragraph, year, own, purpose))


def _mentions(
    paragraph: str, year: int, own: tuple[str, ...], purpose: Purpose
) -> Iterator[Mention]:
    when = opening = NOW
    for number, sentence in enumerate(sentences(standard(paragraph))):
        when = when if sentence.joined and when == opening else NOW
        opening, planned, parted = "", plans_only(sentence.text), False
        found: list[Mention] = []
        before, said, target = "", "", False
        later = tells_of_later(sentence.text)
        all_targets = opens_with_targets(sentence.text)
        outside, depth = (when, before, parted), 0
        reduced = _REDUCED.search(sentence.text) is not None
        for clause in sentence.clauses:
            if depth and not clause.depth:  # 率98%(上年为95%), 陪审员156人
                when, before, parted = outside
            if clause.depth and not depth:
                outside = (when, before, parted)
            depth = clause.depth
            when = when_of(clause.text, year, when)
            opening = opening or when
            planned = plans(clause.text, before=planned)
            parted = parted or _PART.match(clause.text) is not None
            target = all_targets or quotes_target(
                clause.text, opener=clause.opener, before=said, quoted=target
            )
            said = clause.text
            wanted = purpose is Purpose.WANTED or planned or target
            of_now = when == NOW and not (planned and later) and (target or not clause.depth)
            for one in _of_clause(clause, own, before):
                exact = not one.quantity.bound or (wanted and one.quantity.limit != "")
                money = one.quantity.is_money
                narrow = one.narrow or (parted and not target)
                found.append(
                    replace(
                        one,
                        place=(number,),
                        firm=one.firm and of_now and exact and not (reduced and money),
                        narrow=narrow,
                        wanted=wanted,
                        elsewhen=when != NOW,
                        sentence=sentence.text,
                    )
                )
                before = one.subject or before
        yield from _with_neighbours(found)


def _before_link(behind: str) -> str:
    """What is counted where another number follows: 企业 of 186家企业和11个镇街."""
    link = _COUNTED_TOO.match(behind)
    return link["counted"] if link else ""


_COUNTED_TOO = re.compile("(?P<counted>[^和及与、]{2,10})[和及与、]$")


def _with_neighbours(found: list[Mention]) -> Iterator[Mention]:
    numbers = [one.quantity for one in found]
    for place, one in enumerate(found):
        near = found[max(0, place - 1) : place] + found[place + 1 : place + 2]
        beside = frozenset(other.quantity.typed for other in near)
        around = numbers[max(0, place - MOST_PARTS) : place + MOST_PARTS + 1]
        yield replace(one, beside=beside, sums=frozenset(sums_with(around, one.quantity)))


def _of_clause(clause: Clause, own: Sequence[str], before: str) -> Iterator[Mention]:
    found = quantities(clause.text)
    for place, quantity in enumerate(found):
        start = found[place - 1].end if place else 0
        stop = found[place + 1].start if place + 1 < len(found) else len(clause.text)
        lead = without_target_words(clause.text[start : quantity.start])
        if place and _NOUN.match(lead) and found[place - 1].kind == quantity.kind:
            lead = ""  # 三项任务共5个项目: those words are of the number before
        last = place + 1 == len(found)  # else the words behind are those of the next number
        behind = clause.text[quantity.end : stop]
        tail = behind if last else _before_link(behind)
        if quantity.unit in _NO_FACT or len(lead) > _LONGEST:
            continue
        change = _CHANGE.match(lead) is not None
        rate = quantity.unit == PERCENT
        said = bare_words(lead, own)
        stepping = steps(lead) or target_compared(lead) is not None or _BEYOND.search(lead)
        firm = not quantity.about and (change or not stepping)
        firm = firm and not (rate and (not _RATE.search(lead) or _RATE_OF_MONEY.match(lead)))
        apart = is_elsewhere(lead, Purpose.WANTED) or is_stock(lead, clause.text)
        yield Mention(
            quantity,
            said,
            "" if rate else bare_words(tail[:_LONGEST_TAIL], own),
            lead + tail,
            lead[-_LONGEST_TAIL:] + quantity.typed + ("" if lead else tail[:8]),
            context=before,
            firm=firm,
            narrow=apart or change or _PART.search(lead) is not None,
            change=change,
        )
        before = said if said and not change else before
