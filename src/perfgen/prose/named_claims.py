"""Claims that name what they come from (点名推算): 甲和乙两项共X, 甲占乙的p%, 甲比乙多X."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from perfgen.prose.claims import Said
from perfgen.prose.naming import core
from perfgen.prose.quantities import PERCENT, POINTS, Quantity
from perfgen.prose.text import folded

_MARKS = re.compile("[,;:()。]")
_SUM = re.compile(
    "(?P<names>[^,;:()。\\d]{3,50}?)(?:(?:这)?(?P<count>[两二三四五六七八]|\\d)(?:大)?(?:项|个|类|种|家|处|块|部分)(?:项目|工作|任务|支出|资金)?)?"
    "(?:合计|共计|总计|一共|总共|共|之和|加起来)[^,;:()。\\d]{0,6}$"
)
_SHARE = re.compile(
    "(?P<part>[^,;:()。占\\d]{2,40}?)(?:(?:这)?(?P<count>[两二三四五六七八]|\\d)(?:大)?(?:项|个|类|种|家|处|部分)(?:项目|工作|任务|支出)?)?"
    "(?:合计|共计|共|约|就|已)?占(?:了|到|同期)?(?P<whole>[^,;:()。\\d]{0,20}?)(?:的)?(?:比例|比重|比)?(?:为|是|达|达到|约)?$"
)
_THAN = re.compile(
    "(?P<one>[^,;:()。比较\\d]{2,20}?)[比较](?P<other>[^,;:()。比较\\d]{2,20}?)"
    "(?P<way>多|少|高|低|大|小|超出)(?:出|了)?[^,;:()。\\d]{0,4}$"
)
_EACH = re.compile(
    "(?P<name>[^,;:()。\\d]{2,20}?)(?:平均)?(?:(?P<unit>[人户亩村校件场台辆班个所期座处套间家篇份项例只头])均|每(?P<each>[人户亩村校件场台辆班个所期座处套间家篇份项例只头]))"
    "(?P<what>[^,;:()。\\d]{0,8}?)(?:为|是|达|约)?$"
)
_JOINED = re.compile("、|以及|和|及|与")
_TIME = re.compile(
    "分别|依次|上年|去年|往年|前年|同期|上半年|下半年|季度|截至|月底|月末|目标|计划|全省|全市|全县|全国|序时|平均水平|(?:19|20)\\d\\d年|年初|原来|实施前|改造前"
)
_NUMBERS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8}
_NO_NAME = re.compile("任务$|预算$|计划$|概算$|控制价$|标准$|要求$|^我|^本|^该|^其中|^均|^各")
"""What names no number of the report, or one that every row has."""

_WHOLE = re.compile(
    "^(?:全部|全体|所有|总)|^(?:本|该|全年|全部|总|项目|部门|单位|年度|本项目|全|整个|所有|实际)*(?:支出|预算|资金|投入|投资|经费|总额|总数|总量|总支出|总预算|总投入|总投资|安排)?"
    "(?:总额|总数|总量|总支出|数|额)?$"
)
_MOST_NAMES = 5
_AMONG = ("中,", "里,", "其中,", "其中:")
"""工业企业中，上云企业占61%: the whole is what stands before, and may be told nowhere."""


class Ask(Enum):
    """How a number is worked out from those that are named."""

    SUM = auto()
    SHARE = auto()
    GAP = auto()
    EACH = auto()


@dataclass(frozen=True, slots=True)
class NamedClaim:
    """A number and the names of what it comes from. `whole` is of a share; "" is any whole.

    It is `counted` where the number before it only says of how many (两项共).
    """

    ask: Ask
    place: int
    said: Quantity
    parts: tuple[str, ...]
    whole: str = ""
    unit: str = ""
    counted: bool = False


def named_claims(text: str, numbers: Sequence[Said]) -> Iterator[NamedClaim]:
    """Yield the claims of a folded sentence that name what they are worked out from."""
    for place, one in enumerate(numbers):
        said = one.quantity
        clause = _MARKS.split(text[: said.start])[-1]
        among = text[: said.start - len(clause)].endswith(_AMONG)
        if said.bound or not said.value or among or _TIME.search(clause):
            continue
        found = _claim(place, said, clause)
        if found is not None:
            yield found


def _claim(place: int, said: Quantity, clause: str) -> NamedClaim | None:
    if said.unit == PERCENT:
        share = _SHARE.search(clause)
        parts = _names(share["part"], share["count"]) if share else ()
        if not share or not parts:
            return None
        whole = share["whole"]
        if any(_NO_NAME.search(one) for one in parts):
            return None
        counted = share["count"] is not None
        named = "" if _WHOLE.match(whole) else whole
        return NamedClaim(Ask.SHARE, place, said, parts, named, counted=counted)
    than = _THAN.search(clause)
    if than:
        if _NO_NAME.search(than["one"]) or _NO_NAME.search(than["other"]):
            return None
        return NamedClaim(Ask.GAP, place, said, (than["one"], than["other"]))
    if said.unit == POINTS:
        return None
    each = _EACH.search(clause)
    if each and len(core(each["name"])) > 1:
        unit = each["unit"] or each["each"]
        return NamedClaim(Ask.EACH, place, said, (each["name"],), unit=unit)
    summed = _SUM.search(clause)
    parts = _names(summed["names"], summed["count"]) if summed else ()
    if not summed or len(parts) < 2:
        return None
    return NamedClaim(Ask.SUM, place, said, parts, counted=summed["count"] is not None)


def _names(listed: str, count: str | None) -> tuple[str, ...]:
    """The names of a list; none where they are not as many as it says."""
    names = tuple(piece for piece in _JOINED.split(folded(listed)) if piece)
    if count:
        many = _NUMBERS.get(count) or int(count)
        if many != len(names):  # 质量提升与标准化、计量检定两个项目: 与 belongs to a name
            names = tuple(piece for piece in folded(listed).split("、") if piece)
        if many != len(names):
            return ()
    return names if len(names) <= _MOST_NAMES and all(len(core(one)) > 1 for one in names) else ()
