"""How near the words of a clause are to an indicator's name (同一件事的不同说法).

Both are reduced to the characters that carry their meaning: words for one deed count as one, and
words that change nothing as none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from functools import lru_cache

from perfgen.prose import deeds
from perfgen.prose import words as money_words
from perfgen.prose.text import folded


class Near(IntEnum):
    """How near words are to a name."""

    NO = 0
    PARTLY = 1
    ALIKE = 2
    SHORT = 3
    FULLY = 4


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(set(words), key=len, reverse=True)
    return re.compile("|".join(re.escape(word) for word in longest_first))


_DEEDS = {word: chr(0xE000 + row) for row, group in enumerate(deeds.DEEDS) for word in group}
_DEED = _any_of(_DEEDS)
_IS_DEED = re.compile("[\ue000-\uf8ff]")
_STANDARD = _any_of(deeds.STANDARD)
_NEUTRAL = _any_of((*deeds.NEUTRAL, *deeds.COUNTERS))
_NOUNS = frozenset(deeds.NOUNS)
_UNSAID = _any_of(
    (*(word for word in deeds.NEUTRAL if len(word) > 1 and word not in _NOUNS), *deeds.PARTICLES)
)
_ABOUT = "约近超逾"
_GENERAL = ("活动", "项目", "工程", "工作", "任务", "服务")
YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d年度?")
_COUNTERS = tuple(sorted(deeds.COUNTERS, key=len, reverse=True))
_MAKERS = tuple(dict.fromkeys(_DEEDS[word] for word in ("新建", "创建")))
_MAKING = "".join(_MAKERS)
"""Where a name tells of no deed, it may be made: 示范校 is counted as 创建示范校. What is made may
be recognised, too: 认定名师工作室 for 新建名师工作室."""
_REACHING = _DEEDS["惠及"]
"""Whom a deed reaches is whom it is done to: 培训惠及 is 培训."""
_VAGUE = _any_of(deeds.VAGUE)
_OPINION = re.compile(r"对[^,。;\d]{1,16}的?(?=满意度)")
"""家长对教育工作的满意度 is 家长满意度."""
_OPENING = ("开展", "举办", "组织", "完成", "实施", "全年", "年度")
_OBJECT, _LONG_NAME = 6, 4
_RATES = frozenset({"%", "‰"})


@dataclass(frozen=True, slots=True)
class Meaning:
    """A name, reduced to what it counts. `own` are words that make no difference in its report."""

    content: str
    own: tuple[str, ...] = ()

    @classmethod
    def of(cls, name: str, unit: str, own: Sequence[str] = ()) -> Meaning:
        """Return the meaning of an indicator's name."""
        return cls(_content(_counted(plain(name), unit)), tuple(own))

    @property
    def deed(self) -> str:
        """Return the deed that the name tells of, if any."""
        return next(iter(_IS_DEED.findall(self.content)), "")

    def near(self, words: str) -> Near:
        """Return how near some words are to this name."""
        content = _content(words)
        if self.content == self.deed != "":  # 抽检批次: nothing is said of what
            if self._bare(content) == self.deed:
                return Near.ALIKE
            alone = len(self._bare(_IS_DEED.sub("", content))) <= _OBJECT
            return Near.PARTLY if self.deed in content and alone else Near.NO
        if len(self.content) < 2 or self._at_most(content) < 2:
            return Near.NO
        made = self.deed in _MAKERS and self.content.startswith(self.deed)
        if made and self.deed not in content and specific_of(self.content) >= _LONG_NAME:
            alike = next((maker for maker in _MAKERS if maker in content), "")
            if alike:
                return min(self.near_content(content.replace(alike, self.deed)), Near.ALIKE)
        return self.near_content(content)

    def near_content(self, content: str) -> Near:
        """Return how near words are whose deeds are single characters."""
        wanted, there = Counter(self.content), Counter(content)
        covered = sum((wanted & there).values())
        if len(self.content) < 2 or not covered:
            return Near.NO
        said = set(_IS_DEED.findall(content))
        if self.deed and said and self.deed not in said:
            return Near.NO
        share = Decimal(covered) / len(self.content)
        led = self.deed != "" and self.content.startswith(self.deed)
        more = _REACHING if led else _MAKING + _REACHING if not self.deed else _MAKING
        rest = "".join(c for c in self._bare(content) if c not in wanted and c not in more)
        if share == 1 and (not rest or self._described(content)):
            return Near.FULLY
        if share == 1 and not _VAGUE.sub("", rest):
            return Near.ALIKE
        if not rest and self._shortened(self._bare(content), share):
            return Near.SHORT
        if share >= Decimal("0.75") and not rest:
            return Near.ALIKE
        return Near.PARTLY if covered >= 2 and self._partly(content, share) else Near.NO

    def _shortened(self, bare: str, share: Decimal) -> bool:
        """Whether words are the name with something left out: 公厕改造 for 公厕提标改造."""
        if share < Decimal("0.6") or len(bare) < 3 or self.deed not in bare:
            return False
        here, there = _IS_DEED.sub("", bare), _IS_DEED.sub("", self._bare(self.content))
        rest = iter(there)
        return len(here) >= 2 and here[0] == there[:1] and all(char in rest for char in here)

    def _at_most(self, content: str) -> int:
        """How many of the name's characters can stand in some words: quick to tell."""
        return sum(map(content.__contains__, self.content))

    def _partly(self, content: str, share: Decimal) -> bool:
        deed = self.deed != "" and self.deed in content
        tail = self.content[-2:] in content or (deed and self.content[-1:] in content)
        if _VAGUE.fullmatch(self.content[-2:]) and self._at_most(content) <= 2:
            return False  # of 检查用人单位 only 单位 is told
        bare = self._bare(content)
        front = len(bare) >= 4 and self.content.startswith(bare)
        return share >= Decimal("0.4") and (tail or front or (deed and share >= Decimal("0.5")))

    def _described(self, content: str) -> bool:
        """Whether the name stands as it is, behind a description that ends in 的."""
        front, there, back = content.rpartition(self.content)
        return there != "" and front.endswith("的") and not self._bare(back)

    def ends_like(self, words: str) -> bool:
        """Return whether the name ends as these words do: 日常巡查 as 巡查."""
        said = self._bare(_content(words))
        if said in _TELLS_NOTHING or (len(said) < 2 and not _IS_DEED.match(said)):
            return False
        return self._bare(self.content).endswith(said)

    def opens(self, clause: str) -> bool:
        """Return whether a clause begins with the name, words that change nothing aside."""
        if len(self.content) < 3:
            return False
        front, there, _ = _content(clause).partition(self.content)
        return there != "" and not self._bare(front)

    def _bare(self, content: str) -> str:
        for word in self.own:
            if word not in self.content:
                content = content.replace(word, "")
        return _NEUTRAL.sub("", content)


@lru_cache(maxsize=8192)
def _content(words: str) -> str:
    """The characters that carry the meaning; each deed is one."""
    return _DEED.sub(lambda word: _DEEDS[word.group()], words)


_TELLS_NOTHING = frozenset(
    {"", "增长", "下降"}
    | {_NEUTRAL.sub("", _content(word)) for word in money_words.COLUMNS[money_words.RATE]}
)
"""What is left of words that many indicators end with: they name none of them."""


def _counted(name: str, unit: str) -> str:
    """What a name counts: without brackets, words of counting and 开展 in front."""
    bare = re.sub(r"\([^()]{0,20}\)", "", name)
    if unit not in _RATES:
        counters = (*_COUNTERS, unit)
        bare = next((bare[: -len(c)] for c in counters if c and bare.endswith(c)), bare)
    bare = bare.removesuffix("的")
    for word in _OPENING:
        bare = bare.removeprefix(word)
    return bare


def bare_words(words: str, own: Sequence[str]) -> str:
    """Return the characters of some words that name a thing, each deed as one.

    Here nouns count that make no difference beside an indicator's name (活动、项目、企业).
    """
    content = _UNSAID.sub("", _content(_counted(standard(YEARS.sub("", words)), "")))
    content = content.rstrip(_ABOUT)
    if len(content) == 1 and not _IS_DEED.match(content):
        return ""  # 向, 对, 给
    short = content
    for word in own:
        short = short.replace(word, "")
    content = short if specific_of(short) >= 2 else content
    for noun in _GENERAL:
        if content.endswith(noun) and specific_of(content) >= len(noun) + 2:
            return content.removesuffix(noun)
    return content


def specific_of(content: str) -> int:
    """Return how many characters of bare words say what is counted, deeds aside."""
    return len(_IS_DEED.sub("", content))


def weight_of(content: str) -> int:
    """Return how much bare words say: a deed stands for a word of two characters."""
    return len(content) + len(_IS_DEED.findall(content))


def deeds_in(content: str) -> frozenset[str]:
    """Return the deeds that bare words tell of; whom they reach is no deed of its own."""
    return frozenset(_IS_DEED.findall(content.replace(_REACHING, "")))


def without_vague(content: str) -> str:
    """Return bare words without those that say hardly more than that something is there."""
    return _VAGUE.sub("", content)


def says_nothing(words: str) -> bool:
    """Return whether some words name no thing at all (总数达到, 实际完成)."""
    return not _NEUTRAL.sub("", words)


def plain(text: str) -> str:
    """Return a text with one wording for what indicators measure: 满意率 is 满意度."""
    return without_object(standard(text))


def standard(text: str) -> str:
    """Return a text folded, with one wording for what indicators measure."""
    bare = folded(text).replace("级以上", "级")
    return _STANDARD.sub(lambda word: deeds.STANDARD[word.group()], bare)


def without_object(text: str) -> str:
    """Return a text without what an opinion is about: 家长满意度 for 家长对教育工作的满意度."""
    return _OPINION.sub("", text)
