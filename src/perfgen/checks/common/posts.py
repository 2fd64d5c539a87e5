"""What a text says of posts, of the people in them and of their rate (编制、在编、控制率)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from perfgen.model.numbers import half_up
from perfgen.prose.text import folded

_VERB = r"(?:共计|合计|共有|总计|共|为|是|有|:)?"
_TOKEN = re.compile(
    rf"(?P<kind>行政|事业|机关|政法专项|工勤|参公)?编制(?:人数|总数|名额|数|人员)?{_VERB}(?P<posts>\d{{1,5}})[名人个]"
    r"|(?P<held>实际用编|用编|实际在编|在编在岗|年末在编|在职在编|在编|实有在编|实有|在职|在岗|现有)"
    rf"(?:人员|人数|职工|干部|总数|数){{0,2}}{_VERB}(?P<people>\d{{1,5}})[名人]"
    r"|(?:控制率|在编率|用编率|编制使用率|满编率)(?:约|为|是|达到|达|:)?(?P<rate>\d{1,3}(?:\.\d{1,4})?)%"
)
_ASIDE = re.compile(
    "其中|包括|包含|含|上年|去年|较|比|离退休|退休|定额|空编|缺编|超编|外聘|编外|聘用|劳务|临时|借调"
)
_OUTSIDE = re.compile("编外|聘|临时|劳务|合同制|退休|借调|辅警")
"""People without a post: 实有 and 现有 may count them in, 在编 may not."""

_EXPLAINED = re.compile(
    "超编|消化|过渡|划转|改革|超核定|[(,](?:含|其中|包括)[^,。;]{0,12}(?:聘|编外|军转|临时|劳务|借调|退休|辅警|合同)|[(,]含|核减|撤并"
)
_FAR, _FARTHEST = 24, 120
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Staffed:
    """Posts and the people in them, as one run of a text tells them. `typed` is that run."""

    posts: tuple[Decimal, ...]
    people: tuple[Decimal, ...]
    typed: str
    behind: str
    held: str
    rest: str

    @property
    def over(self) -> bool:
        """Return whether more people hold posts than there are, and nothing says why."""
        around = self.typed + self.behind
        counts_others = "编" not in self.held and _OUTSIDE.search(around) is not None
        explained = counts_others or _EXPLAINED.search(around) or "超编" in self.rest
        return sum(self.people) > sum(self.posts) and not explained


@dataclass(frozen=True, slots=True)
class Rated:
    """A rate that a text gives, and the runs before it that it may be of."""

    typed: str
    percent: Decimal
    decimals: int
    runs: tuple[Staffed, ...]

    @property
    def fits(self) -> bool:
        """Return whether the rate is that of all runs together, or of one of them."""
        posts = sum((sum(run.posts, Decimal(0)) for run in self.runs), Decimal(0))
        people = sum((sum(run.people, Decimal(0)) for run in self.runs), Decimal(0))
        pairs = [(people, posts), *((sum(run.people), sum(run.posts)) for run in self.runs)]
        return any(
            half_up(some / all_ * _HUNDRED, self.decimals) == self.percent
            for some, all_ in pairs
            if all_
        )


def staffed(text: str) -> tuple[Staffed, ...]:
    """Return the runs of posts and people of a text, sentence by sentence."""
    return tuple(run for sentence in _sentences(text) for run in _runs(sentence))


def told_numbers(text: str) -> int:
    """Return how many numbers of posts and of people a text tells."""
    return sum(1 for one in _TOKEN.finditer(folded(text)) if not one["rate"])


def rated(text: str) -> Iterator[Rated]:
    """Yield the rates of a text with the runs that are told before them in it."""
    runs: list[Staffed] = []
    known = True
    for sentence in _sentences(text):
        found = list(_TOKEN.finditer(sentence))
        mine = _runs(sentence)
        told = [one for one in found if one["posts"] or one["people"]]
        known = known and len(told) == sum(len(run.posts) + len(run.people) for run in mine)
        runs += mine
        for one in found:
            if one["rate"] and runs and known:
                digits = one["rate"]
                decimals = len(digits.partition(".")[2])
                yield Rated(one.group(), Decimal(digits), decimals, tuple(runs))


def _sentences(text: str) -> list[str]:
    return re.split("[。;!?\n]", folded(text))


def _runs(sentence: str) -> list[Staffed]:
    """Runs of posts with people right behind them: 行政编制32名、事业编制14名，在编44人."""
    tokens = [one for one in _TOKEN.finditer(sentence) if not one["rate"]]
    runs: list[Staffed] = []
    start = 0
    for place, one in enumerate(tokens):
        last = place + 1 == len(tokens)
        if one["people"] and (last or tokens[place + 1]["posts"]):
            run = _run(sentence, tokens[start : place + 1])
            runs += [run] if run else []
            start = place + 1
    return runs


def _run(sentence: str, tokens: Sequence[re.Match[str]]) -> Staffed | None:
    posts = [Decimal(one["posts"]) for one in tokens if one["posts"]]
    people = [Decimal(one["people"]) for one in tokens if one["people"]]
    between = [sentence[one.end() : other.start()] for one, other in pairwise(tokens)]
    apart = any(len(gap) > _FAR or _ASIDE.search(gap) for gap in between)
    kinds = {one["kind"] for one in tokens if one["posts"]} - {None}
    together = len(people) == 1 and len(kinds) == len(posts)  # 行政编制、事业编制, 在编 of both
    if not posts or apart or not (together or len(people) == len(posts)):
        return None
    typed = sentence[tokens[0].start() : tokens[-1].end()]
    rest = sentence[tokens[-1].end() : tokens[-1].end() + _FARTHEST]
    return Staffed(tuple(posts), tuple(people), typed, rest[:_FAR], tokens[-1]["held"], rest)
