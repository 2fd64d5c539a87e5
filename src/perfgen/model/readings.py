"""A text → what it means: the one reader of targets and results (指标值的读法).

Numbers and ranges are read in `quantities.py`; here stand ranks, clock times, ratios and words.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from perfgen.model import vocabulary as words
from perfgen.model.numerals import NUMERALS, number_of
from perfgen.model.prefixes import operator_of
from perfgen.model.quantities import read_quantity
from perfgen.model.values import Kind, Value, fold_value

_LONGEST_WORDS = 40
"""A longer text is a sentence, and no word that a list could know."""

_PLACE = rf"(?P<place>\d{{1,4}}|[{NUMERALS}]{{1,4}})"
_RANK = re.compile(
    rf"(?P<before>[\u4e00-\u9fff]{{0,14}}?)(?P<which>前|第){_PLACE}(?P<unit>名|位次|位|%)?"
    r"(?:的?(?:以内|之内|及以上|以上|行列|方阵|水平))?"
)
_RANKED = re.compile(rf"(?:居|列|排|排名|进入|进)(?:{'|'.join(words.SCOPES)})?$")
"""Words before a place that leave no doubt: 满意度居全省前四."""

_FIRST = re.compile(r"(?P<before>[\u4e00-\u9fff]{0,14}?)(?:首位|榜首|第一方阵)")
_CLOCK = re.compile(
    r"(?:每[天日]|当[天日])?(?P<half>上午|早上|早晨|凌晨|中午|下午|晚上|夜间)?(?P<hour>\d{1,2})"
    r"(?::(?P<minute>\d{2})(?::\d{2})?|[点时](?P<spoken>\d{1,2}分?|半|整|钟)?)"
    r"(?P<after>之前|以前|前|准时|开始|结束)?"
)
_RATIO = re.compile(r"(?P<one>\d{1,6}(?:\.\d{1,4})?):(?P<other>\d{1,6}(?:\.\d{1,4})?)")
_NAME_OF_RATIO = re.compile(rf"[\u4e00-\u9fff]{{1,12}}?(?=[{words.SIGNS}]{{0,2}}\d{{1,6}}[:.])")
_AFTERNOON = frozenset({"下午", "晚上", "夜间"})


@lru_cache(maxsize=4096)
def read_value(text: str, unit: str = "") -> Value:
    """Return what a target or a result means; `unit` is the one given apart (计量单位)."""
    if len(text) > _MOST_CHARACTERS:
        return Value(text=text[:_MOST_CHARACTERS])
    folded = fold_value(text)
    if _is_sentence(folded):
        return Value(text=folded)
    found = _rank(folded) or _clock(folded) or _ratio(folded) or read_quantity(folded, unit)
    return found or Value(text=folded)


def _is_sentence(folded: str) -> bool:
    """Whether words of several clauses tell something; 52家，其中新增3家 begins with its number."""
    first = folded.lstrip(words.SIGNS)[:1]
    return folded.count(",") > 1 and not first.isdigit() and "(" not in folded


_MOST_CHARACTERS = 400


def _without_operator(folded: str) -> tuple[str | None, str]:
    signs = re.match(f"[{words.SIGNS}]{{1,2}}", folded)
    if signs is None:
        return None, folded
    return operator_of(signs.group()), folded[signs.end() :]


def _rank(folded: str) -> Value | None:
    """全省前3, 前三名, 第2名, 位居全市第一; not 前三季度 or 第36次."""
    _, bare = _without_operator(folded)
    first = _FIRST.fullmatch(bare)
    matched = first or _RANK.fullmatch(bare)
    if matched is None:
        return None
    place = "1" if first else matched.group("place")
    number = Decimal(place) if place.isdigit() else number_of(place)
    unit = "" if first else matched.group("unit") or ""
    sure = bool(unit) or _RANKED.search(matched.group("before")) is not None
    if number is None or not _is_rank_talk(matched.group("before"), sure=sure):
        return None
    return Value(
        kind=Kind.RANK, text=folded, low=number, high=number, unit="%" if unit == "%" else "名",
        own_unit=True, operator="≤" if not first and matched.group("which") == "前" else None,
        subject=_scope(matched.group("before")),
    )  # fmt: skip


def _scope(before: str) -> str:
    """全省, 全国: a place among one group says nothing of another. 省 and 全省 are one."""
    found = next((scope for scope in words.SCOPES if scope in before), "")
    return found.removeprefix("全")


def _is_rank_talk(before: str, *, sure: bool) -> bool:
    """Whether only words of ranking stand before a place; before 第6名 may stand what is ranked."""
    rest = before
    for word in (*words.SCOPES, *words.RANK_WORDS):
        rest = rest.replace(word, "")
    return sure or len(rest) <= _NAME_OF_PLACE


_NAME_OF_PLACE = 4
"""A city's or a province's name may stand there, too: 江苏省第2."""


def _clock(folded: str) -> Value | None:
    """12:00前, 下午5点半: minutes of the day. 1:1 is a ratio."""
    operator, bare = _without_operator(folded)
    matched = _CLOCK.fullmatch(bare)
    if matched is None or ("时" in bare and not (matched.group("after") or matched.group("half"))):
        return None
    if not any(matched.group(name) for name in ("after", "half", "minute", "spoken")):
        return None
    spoken = (matched.group("spoken") or "").rstrip("分")
    minute = matched.group("minute") or (spoken if spoken.isdigit() else "")
    minutes = 30 if spoken == "半" else int(minute or 0)
    hour = int(matched.group("hour"))
    if hour < 12 and matched.group("half") in _AFTERNOON:
        hour += 12
    if hour > 24 or minutes > 59:
        return None
    at = Decimal(hour * 60 + minutes)
    before = "≤" if matched.group("after") in ("前", "之前", "以前") else operator
    return Value(kind=Kind.CLOCK, text=folded, low=at, high=at, operator=before,
                 own_unit=bool(matched.group("after") or matched.group("half")))  # fmt: skip


def _ratio(folded: str) -> Value | None:
    operator, bare = _without_operator(folded)
    named = _NAME_OF_RATIO.match(bare) if operator is None else None
    if named:
        operator, bare = _without_operator(bare[named.end() :])
    matched = _RATIO.fullmatch(bare.removeprefix("比例").removeprefix("为"))
    if matched is None or not Decimal(matched.group("other")):
        return None
    part = Decimal(matched.group("one")) / Decimal(matched.group("other"))
    return Value(kind=Kind.RATIO, text=folded, low=part, high=part, operator=operator)


class Meaning(StrEnum):
    """What words say, where a list knows them."""

    FULL = "全部"
    ZERO = "没有"
    DONE = "完成"
    IN_TIME = "按时"
    NOT_DONE = "未完成"


_ZERO = re.compile(
    rf"[\u4e00-\u9fff、]{{0,12}}?零发生|零(?:[\u4e00-\u9fff]{{0,6}}?)(?:{words.BAD_THINGS})[\u4e00-\u9fff]{{0,2}}|"
    r"(?:不发生|未发生|没有发生|无发生|不出现|未出现|没有出现|未接到|未收到|未发现|杜绝|避免)[\u4e00-\u9fff、]{0,16}|"
    rf"(?:无|没有)(?:[\u4e00-\u9fff、]{{0,8}}?)(?:{words.BAD_THINGS})[\u4e00-\u9fff]{{0,4}}|无|零|没有"
)
_ALL_OF_THEM = re.compile(
    r"(?:已|均|全部)?应[\u4e00-\u9fff]{1,2}尽[\u4e00-\u9fff]{1,2}|100%(?:全?覆盖|完成|达标)|"
    r"[^不未没无非]{1,12}?(?:全|全面|全部)覆盖"
)
_WHEN = re.compile(r"(?:全年度?|本年度?|年内|年度内|当年|至今|截至(?:目前|年底|年末))(?=.)")
"""Words of time say nothing here: 全年未发生."""

_NOT_DONE = re.compile(words.NOT_DONE)
_IN_PART = re.compile(words.IN_PART)
_NEGATION = re.compile(r"[不未没无非]")


@lru_cache(maxsize=4096)
def meaning(text: str) -> Meaning | None:
    """Return what these words say (全覆盖, 未发生, 已完成); None where no list knows them."""
    folded = fold_value(text)
    if not folded or len(folded) > _LONGEST_WORDS:
        return None
    if when := _WHEN.match(folded):
        folded = folded[when.end() :]
    if _ZERO.fullmatch(folded):
        return Meaning.ZERO
    if _NOT_DONE.match(folded):
        return Meaning.NOT_DONE
    if _IN_PART.search(folded):
        return None
    bare = bare_words(folded)
    if folded in words.FULL or bare in words.FULL or _ALL_OF_THEM.fullmatch(folded):
        return Meaning.FULL
    if bare in words.IN_TIME or folded in words.IN_TIME:
        return Meaning.IN_TIME
    return Meaning.DONE if bare in words.DONE or folded in words.DONE else None


def bare_words(text: str) -> str:
    """Return words without what changes nothing: 已完成 and 均已完成 are 完成."""
    folded = fold_value(text).removesuffix("了").rstrip("。.;!")
    before = next((word for word in words.BEFORE_DONE if folded.startswith(word)), "")
    bare = folded.removeprefix(before)
    return bare or folded


_NO_GROWTH = re.compile(r"[\u4e00-\u9fff]{0,16}?(?:零增长|不增长|不增加|只减不增|只降不升)")
_SHRINKING = re.compile(r"[\u4e00-\u9fff]{0,16}?负增长")


def growth_left(text: str) -> int | None:
    """Return how much a thing may grow: 0 (零增长), less as -1 (负增长); None for all others."""
    folded = fold_value(text)
    if len(folded) > _LONGEST_WORDS:
        return None
    if _NO_GROWTH.fullmatch(folded):
        return 0
    return -1 if _SHRINKING.fullmatch(folded) else None


_WHOLE_YEAR = re.compile(
    r"(?:(?:20\d\d年)?(?:全年度?|年度|1月?(?:1日)?[-~—至到]{1,2}(?:20\d\d年)?12月(?:31日|底)?)|20\d\d年度?|"
    r"20\d\d[.年]0?1[.月](?:0?1日?)?[-~—至到]{1,2}20\d\d[.年]12(?:月|[.月]31日?)?)"
)


def is_whole_year(text: str) -> bool:
    """Return whether a text names the whole of a year: 全年, 1-12月, 2024年1月1日至12月31日."""
    return _WHOLE_YEAR.fullmatch(fold_value(text)) is not None


def is_within_budget(text: str) -> bool:
    """Return whether a text says that the budget is not exceeded: 不超预算, 控制在预算范围内."""
    return _WITHIN_BUDGET.fullmatch(fold_value(text)) is not None


_WITHIN_BUDGET = re.compile(
    r"(?:成本|费用|支出|经费)?(?:严格)?(?:(?:不|未|没有)超(?:过|出)?(?:年度|项目|总)?预算|"
    r"(?:均?控制)?在(?:年度|项目|总)?预算(?:批复)?(?:范围|额度|总额)?(?:之|以)?内)(?:范围|金额|总额)?"
)

_DONE_VERB = re.compile(
    r"(?:均|都|现|全部|业)?已(?:经|全部|如期|按期|按时)?(?P<verb>[\u4e00-\u9fff]{2,6})"
)


def is_done(wanted: str, reached: str) -> bool:
    """Return whether a result says that the very thing asked for is done: 6月底前开工, 已开工."""
    found = _DONE_VERB.fullmatch(fold_value(reached).removesuffix("了"))
    return found is not None and fold_value(wanted).endswith(found.group("verb"))
