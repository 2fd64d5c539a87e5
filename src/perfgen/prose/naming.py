"""What each number of a text is called (数的名称), and whether a name means it.

`其中探头171万元` calls 171 探头; `拖拉机、收获机分别为312台、186台` gives each its own name; a
number without a name of its own (共7.2万元) is called as its clause begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from perfgen.prose.claims import Said
from perfgen.prose.quantities import Quantity

_MARKS = re.compile("[,;:()。、\\[\\]]")
_HARD = re.compile("[;。]")
_EACH_HIS = re.compile("(?P<names>[^,;:()。\\d]{3,60}?)(?:分别|依次)[^,;:()。、\\d]{0,8}$")
_LISTED = re.compile("^[、,和及与]{1,2}$")
_JOINED = re.compile("、|以及|和|及|与")
_FRONT = re.compile(
    "^(?:其中|包括|含|另有?|用于|主要是|主要为|分别为|即|为|是|由|有|和|及|与|以及|购置|采购|新建|改造|全年|本年|年末|年底|年内|完成|"
    "共|合计|支付|安排|承担|实际|计划|举办|开展|组织|进|按|从|在|对)+"
)
_BACK = re.compile(
    "(?:支出|经费|费用|资金|项目|金额|数量|总数|人数|数|合计|共计|共|计|为|是|达到?|有|约|安排|完成|使用|投入|预算|各|的|款|预算为|支付|"
    "占|实际|共有|达|收入|任务|工作|建设|补助|补贴|采购)+$"
)
_LEAST, _LONG = 2, 3
_TIME = re.compile(
    "上年|去年|往年|前年|同期|上半年|下半年|季度|截至|月底|月末|每|均|目标|[比较]|(?:19|20)\\d\\d年"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A number with what it is called; `wider` is what its clause is about.

    `sentence` counts the sentences of its text, `place` the numbers of its sentence.
    """

    quantity: Quantity
    name: str
    wider: str
    sentence: int = 0
    place: int = 0
    apart: bool = False


def named_numbers(text: str, numbers: Sequence[Said], sentence: int = 0) -> Iterator[Named]:
    """Yield the numbers of a sentence, named. `apart` ones are of another time, or each."""
    wider, shared = "", {}
    for place, one in enumerate(numbers):
        lead = one.lead
        if _HARD.search(lead):
            wider = ""
        found = _EACH_HIS.search(lead)
        if found:
            names = _names_of(found["names"])
            run = _run(numbers, place)
            shared = dict(zip(run, names, strict=False)) if len(run) == len(names) else {}
        piece = _MARKS.split(lead)[-1]
        name = shared.get(place) or core(piece)
        wider = wider or core(_MARKS.split(lead.lstrip(",;:()。、"))[0]) or name
        apart = _TIME.search(lead) is not None
        yield Named(one.quantity, name, wider, sentence, place, apart)


def _names_of(text: str) -> list[str]:
    return [core(piece) for piece in _JOINED.split(text)]


def _run(numbers: Sequence[Said], first: int) -> list[int]:
    """The numbers that follow each other from one on, with nothing between but a mark."""
    run = [first]
    for at in range(first + 1, len(numbers)):
        same = numbers[at].quantity.unit == numbers[first].quantity.unit
        if not same or not _LISTED.match(numbers[at].lead):
            break
        run.append(at)
    return run


@lru_cache(maxsize=4096)
def core(words: str) -> str:
    """Return what some words name: without what leads to it and what says that it is a number."""
    bare = _FRONT.sub("", words)
    short = _BACK.sub("", bare)
    return short if len(short) >= _LEAST else bare


@lru_cache(maxsize=8192)
def closeness(asked: str, name: str) -> int:
    """Return how closely a name means what is asked for: 3 the same, 0 not at all."""
    one, other = core(asked), core(name)
    if len(one) < _LEAST or len(other) < _LEAST:
        return 3 if one and one == other else 0
    if one == other:
        return 3
    if one in other:
        return 2
    short = len(other) >= _LONG and (one.endswith(other) or one.startswith(other))
    return 1 if short else 0


@lru_cache(maxsize=8192)
def closeness_in(asked: str, name: str, wider: str) -> int:
    """Return how closely a name means what is asked for, what its clause is about counted in.

    招生1520人(中职1180人) has the 中职招生 that is asked for.
    """
    near = closeness(asked, name or wider)
    bare, called = core(asked), core(name)
    if near > 1 or len(called) < _LEAST or called not in bare:
        return near
    rest = bare.replace(called, "", 1)
    return 2 if rest and rest in wider else near
