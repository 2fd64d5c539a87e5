"""Counts and the pieces that follow them (先说个数再分列): with amounts, in brackets, by lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from perfgen.checks.common.numbering import number_of
from perfgen.checks.told.counts import Counted
from perfgen.checks.told.unit_lists import UNIT_TAIL
from perfgen.prose.text import folded

_MANY = r"(?<![第每\d.])(?P<count>\d{1,2}|[一二两三四五六七八九十]{1,3})"
_WITH_AMOUNTS = re.compile(
    rf"{_MANY}(?:笔|项|个|类|部分|块|家|所|处|种)(?P<what>[^。:;,\n\d]{{0,12}})"
    r"(?:,(?:共|合计|总计|共计|预算|资金)[^,。:;\n]{0,16})?:(?P<list>[^。;:\n]{8,400})"
)
_OF_UNITS = re.compile(
    rf"{_MANY}(?:个|家)(?P<what>[\u4e00-\u9fff]{{0,10}}?):(?P<list>[^。;:,\n\d]{{5,300}});"
)
_SHORT = re.compile(
    rf"{_MANY}(?P<kind>栋|幢|座|间|台|辆|套|期|段|片|县|区|镇|乡|村|个|处|条|所|家|门|类|种|项|级)"
    r"(?P<what>[\u4e00-\u9fff]{0,8}?)\((?P<list>[^()\n。;,\d]{5,60})\)"
)
_SHARED_OUT = re.compile(
    rf"{_MANY}(?:家|个|支|名|所)(?P<what>[^。:;,、\n\d]{{0,8}}),分别(?![为是])(?P<list>[^。:;,\n]{{8,80}})"
)
_ANNOUNCES = re.compile(rf"{_MANY}(?:大|个|项|条|件|点|方面|类|步|种)[^。:;,\n\d]{{0,10}}[:。]$")
_ITEM = re.compile(
    r"^(?:\(?(?P<arabic>\d{1,2})[).、．](?!\d)|(?P<chinese>[一二三四五六七八九十]{1,3})是)"
)
_AMOUNT = re.compile(r"\d{1,9}(?:\.\d{1,6})?(?:万|亿)?元")
_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,6})?")
_BRACKETS = re.compile(r"\([^()\n]{0,120}\)")
_TOGETHER = re.compile("^(?:合计|共计|总计|共|净|以上|两项|三项|四项|五项)")
_OPEN = re.compile("等|其中|其余|其他|其它|主要|部分|包括|如[^皋东]|…|未|不含|上年")
_JOINED = re.compile("和|及|与")
_MOST_STATED, _MOST_APART = 20, 2
_LONGEST, _SHORTEST = 12, 2


def counted_pieces(text: str) -> Iterator[Counted]:
    """Yield the counts that the pieces behind them do not bear out."""
    bare = folded(text)
    for found in _WITH_AMOUNTS.finditer(bare):
        yield from _counted(found, _with_amounts(found["list"]))
    for found in _OF_UNITS.finditer(bare):
        yield from _counted(found, _of_units(found["list"]))
    for found in _SHORT.finditer(bare):
        yield from _counted(found, _short(found["list"]))
    for found in _SHARED_OUT.finditer(bare):
        yield from _counted(found, _shared_out(found["list"]))


def counted_lines(lines: Sequence[str]) -> Iterator[Counted]:
    """Yield the counts at the end of a line that the numbered lines behind it do not bear out."""
    flat = [folded(line) for line in lines]
    for place, line in enumerate(flat):
        found = _ANNOUNCES.search(line)
        if found is None:
            continue
        many = _lines_from(flat[place + 1 :])
        yield from _counted(found, many if many >= 2 else 0)


def _counted(found: re.Match[str], listed: int) -> Iterator[Counted]:
    stated = number_of(found["count"])
    if not stated or not listed or stated == listed or not 1 < stated <= _MOST_STATED:
        return
    if abs(stated - listed) <= _MOST_APART:
        yield Counted(found.group()[:24], stated, (listed,))


def _with_amounts(listed: str) -> int:
    """How many pieces a list has that gives each one amount; 0 where it is another kind of list."""
    flat = _BRACKETS.sub("", listed)
    if _OPEN.search(flat):
        return 0
    pieces = [piece for piece in re.split("[、,]", flat) if piece]
    while pieces and _TOGETHER.match(pieces[-1]):
        pieces.pop()
    each = all(len(_AMOUNT.findall(piece)) == 1 for piece in pieces)
    named = all(re.match("[\u4e00-\u9fff]{2,}", piece) for piece in pieces)
    return len(pieces) if each and named and len(pieces) >= 2 else 0


def _of_units(listed: str) -> int:
    """How many units a list names: 办公室、人事科、财务科."""
    pieces = listed.split("、")
    if _OPEN.search(listed) or len(pieces) < 3 or any(_JOINED.search(one) for one in pieces[-1:]):
        return 0
    return len(pieces) if all(UNIT_TAIL.search(one) for one in pieces) else 0


def _short(listed: str) -> int:
    """How many things of short names a bracket lists: 东楼、西楼."""
    pieces = listed.split("、")
    if len(pieces) < 2 or _OPEN.search(listed) or _JOINED.search(listed):
        return 0
    if any(not _SHORTEST <= len(one) <= _LONGEST for one in pieces):
        return 0
    alike = len({one[-1] for one in pieces}) == 1
    return len(pieces) if alike else 0


def _shared_out(listed: str) -> int:
    """How many pieces stand behind 分别, each with its own number: 承担东片11个、西片8个."""
    pieces = listed.split("、")
    if len(pieces) < 2 or _OPEN.search(listed) or _JOINED.search(listed):
        return 0
    return len(pieces) if all(len(_NUMBER.findall(one)) == 1 for one in pieces) else 0


def _lines_from(lines: Sequence[str]) -> int:
    """How many lines are numbered one after the other, from the first on."""
    last, kind = 0, ""
    for line in lines:
        found = _ITEM.match(line)
        here = (found.lastgroup or "") if found else ""
        number = number_of(found[here]) if found and here else None
        if number != last + 1 or (kind and here != kind):
            break
        last, kind = last + 1, here
    return last
