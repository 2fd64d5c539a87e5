"""Numbers that their words say to be worked out (推算的说法): averages, shares, growth, gaps.

A claim says how its number comes about (人均, 占…的, 增长, 比…多), not from which numbers: those
may stand beside it, in another sentence or in a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from perfgen.prose.data import data
from perfgen.prose.expected import YEAR
from perfgen.prose.quantities import MARKS, PERCENT, POINTS, Quantity, kind_of, quantities, unit_at

_WORDS = data("claims.toml")
_NO_NUMBER = frozenset({MARKS, "年", "月", "周", "季度"})
_MARKS = re.compile("[,;:()。、]")
_EACH_OF = re.compile(f"(?:{'|'.join(_WORDS['each_of'])})均(?![匀衡等可已])")
_EACH = re.compile(r"(?<!不)(?:平均|约|按|均)?每(?:一|1)?个?(?=[\u4e00-\u9fff㎡])")
_NO_AVERAGE = re.compile("|".join(_WORDS["no_average"]))
_CHANGES = "|".join(sorted(_WORDS["changes"], key=len, reverse=True))
_GROWTH = re.compile(rf"(?:{_CHANGES})[^,;:()]{{0,6}}$")
_DIFFERENCE = re.compile(
    rf"(?:{_CHANGES}|{'|'.join(sorted(_WORDS['differences'], key=len, reverse=True))})"
    r"[^,;:()]{0,5}$"
)
_NO_DIFFERENCE = re.compile(rf"(?:{'|'.join(_WORDS['no_differences'])})[^,;:()]{{0,4}}$")
_RELATES = re.compile("占|相当于|的$|完成|比例")
_LESS = re.compile("下降|减少|降低|压减|缩减|压缩|缩短|节|少|低|减|降|回落")
_COMPARED = re.compile("[比较由从与]")
_OTHER_TIME = re.compile("上年|去年|前年|往年|同期|截至|季度|上半年")
_ANOTHER_YEAR = re.compile("上年|去年|往年|同期|同比|上一?年度")
_WAS = re.compile(r"(?:由|从)(?:上年|去年|原来|年初|(?:19|20)\d\d年)?(?:底|末)?的?$")
_REDUCED = re.compile("扣除|剔除|不含|不包括|除外")
_TOGETHER = re.compile("合计|共计|[两三四五六七八]项|各项|总共")
"""What is worked out with something left out, or of several together, has more than two grounds."""

_BEYOND = ("超出", "超", "超过", "超支")
_LONGEST_REST = 16
_BEFORE, _BEHIND = 18, 8


class Way(Enum):
    """How a number is worked out, as far as its words say."""

    AVERAGE = auto()
    SHARE = auto()
    GROWTH = auto()
    DIFFERENCE = auto()


_SLOTS = {
    Way.SHARE: re.compile(
        r"(?P<one>[^占]{0,16})占(?P<other>[^占]{2,14}?)的?(?:比例|比重)?(?:为|约)?$"
    ),
    Way.DIFFERENCE: re.compile(r"(?P<one>[^比较]{2,16})[比较](?P<other>[^比较]{2,14}?)[高低多少]$"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A number of a sentence: the words before it back to the number before, and those behind."""

    quantity: Quantity
    lead: str
    tail: str

    @property
    def words(self) -> str:
        """Return the words nearest to the number, which name what it counts."""
        return f"{self.lead[-_BEFORE:]}|{_MARKS.split(self.tail, maxsplit=1)[0][:_BEHIND]}"


@dataclass(frozen=True, slots=True)
class Claim:
    """A number that is worked out. `unit` is what an average is for each of (人 in 人均)."""

    way: Way
    place: int
    number: Said
    unit: str = ""

    @property
    def said(self) -> Quantity:
        """Return the number itself."""
        return self.number.quantity

    @property
    def kind(self) -> str:
        """Return the kind of what is divided: 元 for 元/户."""
        return kind_of(self.said.unit.partition("/")[0])

    @property
    def open(self) -> bool:
        """Return whether any numbers may be meant, and not only such as share a word with it.

        Of a rate that has a name (合格率) one of its two numbers is told in the same words.
        """
        return self.way is not Way.SHARE or _RELATES.search(self.piece) is not None

    @property
    def slots(self) -> tuple[frozenset[str], frozenset[str]] | None:
        """Return the words of what is set against what: 党员, 志愿者 for 党员占志愿者的."""
        found = _SLOTS.get(self.way) and _SLOTS[self.way].match(self.piece)
        if not found:
            return None
        return linking_pairs(found["one"]), linking_pairs(found["other"])

    @property
    def less(self) -> bool:
        """Return whether growth is a decrease: then its base is the greater one."""
        return _LESS.search(self.piece) is not None

    @property
    def of_years(self) -> bool:
        """Return whether two years are compared: no target is either of them."""
        return YEAR.search(self.piece) is not None or _ANOTHER_YEAR.search(self.piece) is not None

    @property
    def piece(self) -> str:
        """Return the words of its own clause before the number."""
        return _MARKS.split(self.number.lead)[-1]


def numbers_said(sentence: str) -> list[Said]:
    """Return the numbers of a folded sentence that count or measure something."""
    found = [one for one in quantities(sentence) if one.unit not in _NO_NUMBER]
    starts = [0, *(one.end for one in found)]
    stops = [*(one.start for one in found[1:]), len(sentence)]
    return [
        Said(one, sentence[start : one.start], sentence[one.end : stop])
        for one, start, stop in zip(found, starts, stops, strict=False)
    ]


def claims(numbers: Sequence[Said], year: int) -> Iterator[Claim]:
    """Yield the numbers of a sentence whose words say that they are worked out, of this year."""
    for place, number in enumerate(numbers):
        said = number.quantity
        piece = _MARKS.split(number.lead)[-1]
        if _REDUCED.search(number.lead) or _TOGETHER.search(piece):
            continue
        if said.unit == PERCENT and _WAS.search(piece):
            continue  # 由62%提高到88%: what it was
        if any(int(one) != year for one in YEAR.findall(_COMPARED.split(piece)[0])):
            continue
        beyond = said.limit == "≥" and piece.endswith(_BEYOND)  # 超出2.76万元 is no bound
        if (said.bound and not beyond) or not said.value:
            continue
        unit = said.unit.partition("/")[2] or _counted(piece) if said.unit != PERCENT else ""
        if unit:
            if not _NO_AVERAGE.search(piece):
                yield Claim(Way.AVERAGE, place, number, unit)
        elif said.unit == PERCENT and not _OTHER_TIME.search(piece.partition("比")[0]):
            growth = "占" not in piece and _GROWTH.search(piece) is not None
            yield Claim(Way.GROWTH if growth else Way.SHARE, place, number)
        elif said.unit != PERCENT and (said.unit == POINTS or _is_difference(number, piece)):
            yield Claim(Way.DIFFERENCE, place, number)


def _counted(piece: str) -> str:
    """For each of what a number is told: 人 for 人均, 场 for 平均每场活动, or nothing."""
    averages = list(_EACH_OF.finditer(piece))
    if averages:
        last = averages[-1]
        return last.group()[0] if len(piece) - last.end() <= _LONGEST_REST else ""
    each = _EACH.search(piece)
    if each is None or len(piece) - each.end() > _LONGEST_REST:
        return ""
    unit = unit_at(piece, each.end())
    return unit or ("个" if "个" in each.group() else "")


def _is_difference(number: Said, piece: str) -> bool:
    if _NO_DIFFERENCE.search(piece) or piece.endswith("后"):  # 追加追减后1534万元: a level
        return False
    return _DIFFERENCE.search(piece) is not None


_HAN = re.compile("[\u4e00-\u9fff]+")
_COMMON_PAIRS = frozenset(_WORDS["common_pairs"])


@lru_cache(maxsize=4096)
def linking_pairs(text: str) -> frozenset[str]:
    """Return the pairs of characters by which two numbers may be told to be of one thing."""
    pieces = _HAN.findall(text)
    pairs = {piece[at : at + 2] for piece in pieces for at in range(len(piece) - 1)}
    return frozenset(pairs - _COMMON_PAIRS)
