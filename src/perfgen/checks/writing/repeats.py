"""PG303: no paragraph and no sentence stands twice (文字重复)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from perfgen.checks.common.passages import Passage, plain_text, prose
from perfgen.checks.registry import Case, Hit, Setting, quoted, rule
from perfgen.model.cells import CellRef
from perfgen.model.finding import Severity

_TOLD_ONCE = frozenset({"section", "report", "task", "project", "score"})
_NOT_A_WORD = re.compile(r"[^\w]")
_SENTENCE_END = re.compile("[。；;！!？?]")


@rule(
    "PG303",
    Severity.WARNING,
    title="文字重复",
    reason="同一段文字或同一句长话出现两次，多半是复制以后忘了改。公开的报告里，履职情况和绩效实现情况各有侧重，"
    "两个项目的目标也不会一字不差。",
    good="第二部分写履职，第四部分写绩效",
    bad="第四部分照抄第二部分",
    settings={"length": Setting.ratio("30", "多少个字以上的段落、句子才比较")},
    most=5,
)
def repeated(case: Case) -> Iterator[Hit]:
    """R42: a paragraph that stands twice, or a long sentence within different paragraphs."""
    pieces: dict[str, tuple[Passage, str]] = {}
    told: set[frozenset[CellRef | None]] = set()
    yield from _duties(case)
    for passage in prose(case):
        if passage.kind not in _TOLD_ONCE and passage.kind not in case.report.own:
            continue
        inside: set[str] = set()
        for paragraph in passage.paragraphs:
            for piece, what in _pieces(paragraph, int(case.settings["length"])):
                bare = _bare(piece)
                first, _ = pieces.setdefault(bare, (passage, what))
                if first is passage and bare not in inside:
                    inside.add(bare)
                    continue
                pair = frozenset((passage.ref, first.ref))
                if pair not in told:
                    told.add(pair)
                    yield _hit(passage, first, piece, what)
                break


def _duties(case: Case) -> Iterator[Hit]:
    """A duty (主要职能) that stands twice among the duties."""
    first: dict[str, Passage] = {}
    for passage in prose(case):
        bare = _bare(passage.text) if passage.kind == "duty" else ""
        if len(bare) < _SHORTEST_DUTY:
            continue
        before = first.setdefault(bare, passage)
        if before is not passage:
            yield _hit(passage, before, passage.text.strip(), "段")


_SHORTEST_DUTY = 10

_LIST_MARK = re.compile(
    r"^\s{0,8}(?:[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}(?:、|是)|\d{1,2}[.．、](?!\d))"
)


def _bare(piece: str) -> str:
    """A piece as it is compared: without signs, and without its number in a list."""
    return _NOT_A_WORD.sub("", plain_text(_LIST_MARK.sub("", piece)))


def _pieces(paragraph: str, length: int) -> Iterator[tuple[str, str]]:
    """The paragraph, and where it has several sentences these, and two of them that follow."""
    sentences = [sentence for sentence in _SENTENCE_END.split(paragraph) if sentence.strip()]
    several = len(sentences) > 1
    pairs = [f"{one}；{other}" for one, other in pairwise(sentences) if len(sentences) > 2]
    for piece, what in (
        (paragraph, "段"),
        *((one, "句") for one in sentences if several),
        *((pair, "段") for pair in pairs),
    ):
        if len(_bare(piece)) >= length:
            yield piece.strip(), what


def _hit(passage: Passage, first: Passage, piece: str, what: str) -> Hit:
    where = quoted(first.subject) + (f"（{first.ref}）" if first.ref else "")
    if first.ref == passage.ref:
        where = f"同一单元格里的另一{what}"
    shown = quoted(piece if len(piece) <= 16 else f"{piece[:16]}……")
    return Hit(
        subject=passage.subject,
        message=f"{quoted(passage.shown)}里的一{what}（{shown}）与{where}相同",
        hint="改成各自的内容，或删去一处",
        ref=passage.ref,
    )
