"""PG324: as many units are listed as are counted before them (下属单位3家（甲、乙、丙）)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfgen.checks.common.numbering import number_of
from perfgen.checks.common.passages import Passage, prose
from perfgen.checks.registry import Case, Hit, rule
from perfgen.checks.told.counted_pieces import counted_lines, counted_pieces
from perfgen.checks.told.counts import Counted
from perfgen.checks.told.unit_lists import UNIT_TAIL
from perfgen.model.finding import Severity
from perfgen.prose.text import folded

_COUNT = (
    r"(?<![第每\d.])(?P<count>\d{1,2}|[一二两三四五六七八九十]{1,3})"
    r"(?P<kind>个|家|项|所|类|处|座|支|名|种|条|部|场)(?P<what>[\u4e00-\u9fff]{0,12}?)"
)
_BRACKET = re.compile(rf"{_COUNT}\((?P<list>[^()\n。;]{{5,300}})\)")
_SAYS = re.compile(
    rf"{_COUNT}(?:,|:)?(?:分别是|分别为|依次是|依次为|具体是|具体为|即|包括)(?:有|了)?:?"
    r"(?P<list>[^()\n。;:]{5,300})"
)
_SAYS_WITH_BRACKETS = re.compile(r"\([^()\n]{0,80}\)")
_OPEN = re.compile(
    "等|其中|不含|如[^皋东]|例如|主要|部分|其他|其它|之一|以及各|若干|\\.\\.\\.|…|含"
)
_KIND_WORDS = re.compile(
    "^(?:.{0,4}(?:街道|乡镇|镇|园区|社区|农场|办事处|开发区|学校|医院|企业|机构|项目|类|方面|"
    "环节|阶段))$"
)
"""Items that name kinds of what is counted, and not the things: 12个镇（街道、开发区）."""

_JOINED = re.compile("和|及|与|、")
_AMOUNT = re.compile(r"\d{1,9}(?:\.\d{1,6})?(?:万|亿)?元")
_MOST_STATED, _MOST_APART = 20, 2
_ALIKE = 8
"""So many characters of a count tell whether two forms found the same one."""

_LONGEST_ITEM, _SHORTEST_ITEM = 30, 3


@rule(
    "PG324",
    Severity.WARNING,
    title="列出的单位或项目与说的个数不同",
    reason="“下属单位3家（甲、乙、丙、丁）”“共5个，分别是……”后面列全了的，个数应当正好；"
    "机构增减以后，往往只改了一处。有“等”“其中”“主要”的、只举类别的不比。",
    good="下属预算单位 3 家（河道管理所、水库管理所、供水总站）",
    bad="下属预算单位 4 家（河道管理所、水库管理所、供水总站）",
)
def listed_counts(case: Case) -> Iterator[Hit]:
    """A count with a full list in brackets, or behind 分别是, of another length."""
    for passage in prose(case):
        told: set[str] = set()
        more = (*counted_pieces(passage.text), *counted_lines(passage.paragraphs))
        for one in (*counted_lists(passage.text), *more):
            if one.typed[:_ALIKE] not in told and not _is_told(case, passage, one):
                told.add(one.typed[:_ALIKE])
                yield one.hit(passage)


def _is_told(case: Case, passage: Passage, one: Counted) -> bool:
    """Whether another rule counts the same list already."""
    return any(
        found.ref == passage.ref and found.code == "PG312" and str(one.stated) in found.message
        for found in case.found
    )


def counted_lists(text: str) -> Iterator[Counted]:
    """Yield the counts of a text that the full lists behind them do not bear out."""
    bare = folded(text)
    flat = _SAYS_WITH_BRACKETS.sub("", bare)
    for form, where in ((_BRACKET, bare), (_SAYS, flat)):
        for found in form.finditer(where):
            stated = number_of(found["count"])
            listed = _length(found["list"])
            if not stated or not listed or stated in listed or stated > _MOST_STATED:
                continue
            if _JOINED.search(found["what"]) and min(listed) > stated:
                continue  # 六个办公室和纪检监察机构: the list has both
            if min(abs(stated - one) for one in listed) <= _MOST_APART and stated > 1:
                yield Counted(found.group()[:24], stated, listed)


def _length(listed: str) -> tuple[int, ...]:
    """How many things a list names; none where it may be open, or names kinds only."""
    if _OPEN.search(listed):
        return ()
    if _AMOUNT.search(listed):
        return _with_amounts(listed)
    if re.search(r"[\d:]", listed) or "," in listed:
        return ()
    pieces = listed.split("、")
    last = [piece for piece in re.split("以及|和|及|与", pieces[-1]) if piece]
    items = [*pieces[:-1], *last]
    if len(pieces) < 2 or any(not _SHORTEST_ITEM <= len(one) <= _LONGEST_ITEM for one in items):
        return ()
    if sum(_KIND_WORDS.match(one) is not None for one in items) * 2 >= len(items):
        return ()
    if all(UNIT_TAIL.search(one) for one in last):
        return (len(items),)
    return tuple(range(len(pieces), len(pieces) + len(last)))


def _with_amounts(listed: str) -> tuple[int, ...]:
    """How many things stand in a list that gives an amount behind each."""
    pieces = [piece for piece in re.split("[、,]|和(?=[^和]{2,30}\\d)", listed) if piece]
    each = all(len(_AMOUNT.findall(piece)) == 1 for piece in pieces)
    named = all(re.match(r"[\u4e00-\u9fff]{3,}", piece) for piece in pieces)
    return (len(pieces),) if each and named and len(pieces) >= 2 else ()
