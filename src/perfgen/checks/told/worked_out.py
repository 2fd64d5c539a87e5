"""PG347: numbers that are worked out, against all that they may come from (推算的数像是写错了)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfgen.checks.common.passages import Passage
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.checks.told.operands import KnownNumbers, ReadSentence, known_numbers
from perfgen.model.finding import Severity
from perfgen.model.numbers import fixed, half_up
from perfgen.prose.claims import Claim, Way, claims
from perfgen.prose.quantities import PERCENT, POINTS
from perfgen.prose.workings import Working, fits, kinds_of, meant, slip_of, workings

_UP_TO_THEN = re.compile(
    r"(?:截[至止](?!.{0,6}(?:年底|年末|12月))[^,。;]{0,8}(?:季度|[月旬]|\d日)|"
    r"(?:前|第)?[一二三]季度|上半年|前\d{1,2}个?月)(?:末|底)?[^\d,。;]{0,12}$"
)
"""截至三季度末执行率66.7%: of a part of the year, and the tables have the whole."""

_NEAR_BEFORE = 24


@rule(
    "PG347",
    Severity.WARNING,
    title="推算的数像是写错了",
    reason="人均、户均、占比、增幅、比计划多少、未完成多少这类数，是由别的数算出来的；那些数在同一句、同一段、"
    "本项目的表里，或者别处说到同一件事的地方。这里只报：怎样算都算不出来，而颠倒两位或改动一位数字就正好算得出来的。",
    good="改造支出812.6万元，户均2376元；别处写改造3420户",
    bad="改造支出812.6万元，户均3276元；别处写改造3420户",
    most=8,
    last=True,
)
def worked_out(case: Case) -> Iterator[Hit]:
    """A number that no working gives, and that is a slip of what one gives."""
    known = known_numbers(case)
    for number, (passage, said) in enumerate(known.texts):
        for sentence in said:
            for claim in claims(sentence.numbers, case.report.year):
                working = _slipped(claim, number, sentence, known)
                if working is not None and not _is_told(case, passage, claim):
                    yield _hit(passage, claim, working)


def _slipped(
    claim: Claim, number: int, sentence: ReadSentence, known: KnownNumbers
) -> Working | None:
    said = claim.said
    before = sentence.text[: said.start]
    listed = said.unit == PERCENT and "分别" in before
    if (
        listed
        or _UP_TO_THEN.search(before[-_NEAR_BEFORE:])
        or known.told[said.kind, said.value] > 1
    ):
        return None
    near = known.near(number, sentence, claim)
    if any(one.kind == said.kind and one.row and said.is_(one.span.middle) for one in near):
        return None  # a table has it as it is
    of_shares = claim.way in (Way.SHARE, Way.GROWTH)  # they go with what is at hand
    kinds = frozenset(one.kind for one in near) if of_shares else kinds_of(claim)
    far = known.far(number, claim, sentence.text, kinds)
    found = list(workings(claim, [*near, *far]))
    if any(fits(said, one) and not one.summed for one in found):
        return slip_of(said, found)
    return slip_of(said, found) or meant(claim, near)


def _is_told(case: Case, passage: Passage, claim: Claim) -> bool:
    """Whether another rule speaks of this number already."""
    typed = claim.said.typed
    return any(one.ref == passage.ref and typed in one.message for one in case.found)


def _hit(passage: Passage, claim: Claim, working: Working) -> Hit:
    said = claim.said
    unit = "%" if said.unit == PERCENT else "个百分点" if said.unit == POINTS else said.written_unit
    right = fixed(half_up(working.middle, said.decimals), said.decimals)
    lead = claim.number.lead[-12:].lstrip(",;:()。、")
    return Hit(
        subject=passage.subject,
        message=f"{quoted(passage.shown)}里写{quoted(lead + said.typed)}，"
        f"像是 {right}{unit} 写错了（{working.shown}）",
        hint="核对这个数和它所依据的数",
        ref=passage.ref,
    )
