"""PG348: a whole and its parts that add up but for one slip of the hand (部分之和差一个笔误)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfgen.checks.common.passages import Passage
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.checks.told.operands import ReadSentence, known_numbers
from perfgen.model.finding import Severity
from perfgen.model.numbers import plain
from perfgen.prose.claims import Said, linking_pairs
from perfgen.prose.part_sums import PartSlip, part_slips

_MOST_BEFORE = 4


@rule(
    "PG348",
    Severity.WARNING,
    title="总数和各部分差一个笔误",
    reason="“追加132.5万元：补贴提标86万元、场所改造46.5万元”里，各部分加起来是总数。加起来不对，而把其中一个数的"
    "数字换一下位置就正好对，多半是这个数写错了。总数可以写在前一句。",
    good="追加132.5万元：补贴提标86万元、场所改造46.5万元",
    bad="追加132.5万元：补贴提标86万元、场所改造64.5万元",
    most=8,
    last=True,
)
def slipped_parts(case: Case) -> Iterator[Hit]:
    """A part, or a whole, with two digits changed about."""
    known = known_numbers(case)
    for passage, said in known.texts:
        for at, sentence in enumerate(said):
            before = _told_before(said, at)
            for slip in part_slips(sentence.numbers, before):
                if not _is_told(case, passage, slip):
                    yield _hit(passage, slip)


def _told_before(said: Sequence[ReadSentence], at: int) -> list[Said]:
    """The numbers of the sentence before, of what this one goes on to speak of."""
    here = said[at]
    if not at or said[at - 1].place[0] != here.place[0] or not here.numbers:
        return []
    opening = linking_pairs(here.numbers[0].lead)
    last = said[at - 1].numbers[-_MOST_BEFORE:]
    return [one for one in last if linking_pairs(one.lead) & opening]


def _is_told(case: Case, passage: Passage, slip: PartSlip) -> bool:
    """Whether another rule speaks of this number already."""
    return any(one.ref == passage.ref and slip.said.typed in one.message for one in case.found)


def _hit(passage: Passage, slip: PartSlip) -> Hit:
    right = f"{plain(slip.wanted)}{slip.said.written_unit}"
    return Hit(
        subject=passage.subject,
        message=f"{quoted(passage.shown)}里写 {slip.said.typed}，像是 {right} 写错了，"
        f"那样各部分才加得起来（{slip.shown}）",
        hint="核对总数和各部分",
        ref=passage.ref,
    )
