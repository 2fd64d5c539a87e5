"""PG346: what was not done is the whole without what was done (没有完成的数)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfgen.checks.common.passages import Passage, prose
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.model.finding import Severity
from perfgen.model.numbers import plain
from perfgen.prose.remainders import Done, Left, done_of, is_off, left_over
from perfgen.prose.text import folded


@rule(
    "PG346",
    Severity.WARNING,
    title="没有完成的数与别处的总数、完成数不符",
    reason="“还有12件没有办结”里的数，应当是别处写的受理数减去办结数。改了其中一个，剩下的数往往忘了跟着改。"
    "同一句里写全的另有规则核对；找不到唯一的总数和完成数的不比。",
    good="受理120件，办结112件；未办结的8件转入下年",
    bad="受理120件，办结112件；未办结的18件转入下年",
    most=8,
)
def remainders(case: Case) -> Iterator[Hit]:
    """A number of what was not done that is not the difference of the two told elsewhere."""
    passages = list(prose(case))
    for passage in passages:
        for paragraph in passage.paragraphs:
            for left in left_over(paragraph):
                wholes = [
                    one
                    for one in _wholes(left, passage, passages)
                    if _years(one.sentence) <= _years(left.sentence) | {str(case.report.year)}
                ]
                if len({one.left for one in wholes}) == 1 and is_off(left, wholes[0]):
                    yield _hit(passage, left, wholes[0])


def _years(sentence: str) -> set[str]:
    """The years that a sentence names: 2023年确定重点工作21项，完成20项 is not this year's."""
    return set(re.findall(r"(?<!\d)((?:19|20)\d\d)年", sentence))


def _wholes(left: Left, passage: Passage, passages: list[Passage]) -> list[Done]:
    """The wholes of the same deed in the same text; in others, where they share a noun, too."""
    nouns = _pairs_of(left.noun, left.deed)
    near = [
        one
        for paragraph in passage.paragraphs
        for one in done_of(paragraph, left)
        if not nouns or nouns & _pairs_of(one.sentence, left.deed)
    ]
    if near or (passage.kind == "project" and passage.subject):
        passages = [one for one in passages if one.subject == passage.subject]
    far = [
        one
        for other in passages
        if other is not passage
        for paragraph in other.paragraphs
        for one in done_of(paragraph, left)
    ]
    if near:
        return near
    nouns = _pairs_of(left.shown, left.deed)
    return [one for one in far if nouns & _pairs_of(one.sentence, left.deed)]


def _pairs_of(text: str, deed: str) -> set[str]:
    """The pairs of characters that may be a noun, without the deed's own."""
    bare = folded(text).replace(deed, " ")
    pairs = {bare[at : at + 2] for at in range(len(bare) - 1)}
    return {pair for pair in pairs if all("\u4e00" <= sign <= "\u9fff" for sign in pair)} - _COMMON


_COMMON = frozenset(
    {"还有", "尚有", "仍有", "没有", "其中", "全部", "已经", "全年", "本年", "工作"}
)


def _hit(passage: Passage, left: Left, done: Done) -> Hit:
    return Hit(
        subject=passage.subject,
        message=f"{quoted(passage.shown)}里写{quoted(left.shown)}，"
        f"按别处写的 {done.whole.typed} 和 {done.done.typed} 算是 {plain(done.left)}",
        hint="核对这个数和总数、完成数",
        ref=passage.ref,
    )
