"""PG312: as many things are listed as are said to be (说的个数与列举)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfgen.checks.numbering import number_of
from perfgen.checks.passages import prose
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.model.finding import Severity

_HOW_MANY = r"(?P<count>\d{1,2}|[一二两三四五六七八九十]{1,3})"
_KINDS = r"(?:大|个|项|家|类|种|名|条|次|场|件|点|方面|部分)"
_QUOTED_LIST = re.compile(
    rf"(?P<list>(?:[“《][^”》]*[”》](?:[、，,]|和|及|与)?){{2,}})(?P<etc>等)?\s*{_HOW_MANY}\s*{_KINDS}"
)
_FIRM_LIST = re.compile(
    rf"(?P<list>[^。；;：:，,（(\n“”《》]{{2,}}、[^。；;：:，,（(\n“”《》]+?)(?P<etc>等)\s*{_HOW_MANY}\s*家"
)
_ANNOUNCED = re.compile(
    rf"(?:共|有|以下|下列|分为|包括|主要是|主要有|设)[^。；;：:，,、\d]{{0,8}}{_HOW_MANY}\s*{_KINDS}"
    rf"[^。；;：:，,、]{{0,10}}[：:](?P<list>[^。\n]*)"
)
_ITEM = re.compile(
    r"[一二三四五六七八九十]+是|[（(][一二三四五六七八九十\d]+[)）]|(?<![\d.])\d{1,2}[.．、)）](?!\d)|[①-⑳]"
)


@rule(
    "PG312",
    Severity.WARNING,
    title="说的个数与列的不同",
    reason="“A、B、C等2个指标”列了三个却说两个，读的人不知道哪一个对。列举用“等”的可以少列，不能多列。",
    good="“出口额”“进口额”等 2 个指标完成率超过 150%",
    bad="“出口额”、“进口额”、“进出口比重”等 2 个指标完成率超过 150%",
)
def stated_counts(case: Case) -> Iterator[Hit]:
    """R63: a stated count that is not the number of things listed."""
    for passage in prose(case):
        for typed, stated, listed in _counted_lists(passage.text):
            yield Hit(
                subject=passage.subject,
                message=f"{quoted(passage.subject)}里说{typed}，列出来的是 {listed} 个",
                hint=f"核对列举的内容和“{stated}”这个数",
                ref=passage.ref,
            )


def _counted_lists(text: str) -> Iterator[tuple[str, int, int]]:
    for form in (_QUOTED_LIST, _FIRM_LIST):
        for found in form.finditer(text):
            stated = number_of(found["count"])
            quotes = len(re.findall(r"[“《]", found["list"]))
            listed = quotes or found["list"].count("、") + 1
            exact = quotes and not found["etc"]
            if stated and (listed > stated or (exact and listed != stated)):
                yield _listed(found), stated, listed
    for found in _ANNOUNCED.finditer(text):
        stated = number_of(found["count"])
        counts = _items(found["list"])
        if stated and counts and stated not in counts:
            yield quoted(found.group().partition(found["list"])[0].rstrip("：:")), stated, counts[0]


def _listed(found: re.Match[str]) -> str:
    """A list in a message: how it begins, and its count."""
    typed, listed = found.group(), found["list"]
    if len(typed) <= 30:
        return quoted(typed)
    return quoted(f"{listed[:14]}……{listed[-8:]}{typed[len(listed) :]}")


def _items(listed: str) -> tuple[int, ...]:
    """How many things a list may hold; none where that cannot be told."""
    marks = _ITEM.findall(listed)
    if len(marks) >= 2:
        return (len(marks),)
    whole = re.sub(r"[（(][^)）]*[)）]|“[^”]*”|《[^》]*》", "某某", listed)
    if "等" in whole or "；" in whole or "，" in whole or "," in whole or ";" in whole:
        return ()
    points = whole.count("、")
    if points == 0:
        return ()
    joined = len(re.findall(r"和|及|与", whole.rpartition("、")[2]))
    return tuple(range(points + 1, points + 2 + joined))
