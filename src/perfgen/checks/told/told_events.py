"""Events whose day the indicators hold (完工时间、上线时间), found again in sentences.

PG321 compares the days.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from perfgen.checks.common.passages import Passage
from perfgen.figures.deadlines import last_day
from perfgen.model.measure import Measure
from perfgen.model.records import Indicator
from perfgen.prose.data import data
from perfgen.prose.text import folded

_TIME = re.compile("(?:的)?(?:时间|日期|时限|时点|节点)$")
_GENERIC = re.compile("工程|项目|任务|工作|全部|各项|年度|情况")
_ALL_OF_IT = re.compile("全部|均|所有|如期|工程|项目|建设内容")
_VERBS: Mapping[str, int] = {
    verb: number for number, row in enumerate(data("days.toml")["verbs"]) for verb in row
}
VERB = re.compile("|".join(sorted(_VERBS, key=len, reverse=True)))
_STAGE = re.compile(
    "设计|方案|招标|招投标|采购|勘察|论证|评审|审批|报批|立项|可研|选址|申报|备案|签订|合同|摸底|调研|动员|部署|图纸|征求|初稿|"
    "公示|主体|基础|土建|封顶|初验|调试|准备|前期|比选|遴选|征集|报名|招募|培训"
)
"""Stages on the way, each with a day of its own: 3月底前完成维修方案设计."""

_NAMES_NOTHING = re.compile(
    "确保|力争|争取|保证|预计|计划|将|拟|已|于|在|要|才|实际|最终|均|全年|顺利|按期|如期|提前|项目|工程|任务|工作|本|该|[,:、]"
)
_REST = re.compile("其他|其它|其余|另|剩余|部分|首批|第[一二三]批|[一二三]期")

_OBJECT = 8
"""Characters behind a deed that may name what it is done to."""


@dataclass(frozen=True, slots=True)
class Event:
    """What happened on a day: an indicator, what it is of, and what was done to it.

    `day` is its result, `month` that of a result that tells only the month, `until` the day that
    was set; None where the table has none.
    """

    indicator: Indicator
    thing: str
    deeds: frozenset[int]
    day: date | None
    until: date | None
    month: int | None = None


def events_of(indicators: Sequence[Indicator], year: int) -> list[Event]:
    """Return the events whose days indicators hold."""
    return [event for one in indicators if (event := _event(one, year))]


def _event(indicator: Indicator, year: int) -> Event | None:
    name = folded(indicator.name)
    if not _TIME.search(name):
        return None
    name = _TIME.sub("", name)
    deeds = deeds_in(name)
    actual, target = indicator.actual, indicator.target
    exact = actual is not None and re.search(r"\d日|\d号", actual.text)
    day = last_day(actual.text, year) if actual is not None and exact else None
    month = _month(actual) if actual is not None and day is None else None
    until = last_day(_as_day(target.measure), year) if target is not None else None
    if (day is None and month is None and until is None) or not deeds:
        return None
    return Event(indicator, _GENERIC.sub("", VERB.sub("", name)), deeds, day, until, month)


_MONTH_ALONE = re.compile(r"^(\d{1,2})月(?:份|底|末|初|中旬|上旬|下旬)?$")


def _month(measure: Measure) -> int | None:
    """The month that a value tells alone: 11月, or 11 with the unit in its own column."""
    unit = measure.unit if measure.unit not in measure.text else ""
    found = _MONTH_ALONE.match(folded(measure.text + unit))
    return int(found[1]) if found and 1 <= int(found[1]) <= _MONTHS else None


def _as_day(measure: Measure) -> str:
    """A target that is a month as a day's text."""
    month = _month(measure)
    return f"{month}月底前" if month else measure.text


_MONTHS, _LONG_NAME = 12, 4


def deeds_in(text: str) -> frozenset[int]:
    """Return the deeds that some words tell of."""
    return frozenset(_VERBS[found] for found in VERB.findall(text))


def meant(
    deeds: frozenset[int], before: str, after: str, events: Sequence[Event], passage: Passage
) -> Event | None:
    """Return the one event that is told of, if any. `before` and `after` stand around the day."""
    same = [one for one in events if one.deeds & deeds]
    if not same or _REST.search(_clause_before(before)):
        return None
    found = [one for one in same if _is_about(one, before, after, passage)]
    if not found and len(same) == 1 and _is_the_only_one(same[0], before, after, passage):
        found = same
    behind = VERB.split(after)[-1]
    steps = _clause_before(before) + behind
    found = [
        one for one in found if not _is_stage(one, steps) and not _of_another(one, behind, passage)
    ]
    return found[0] if len(found) == 1 else None


def _clause_before(before: str) -> str:
    return re.split("[,、:]", before)[-1]


def _is_about(event: Event, before: str, after: str, passage: Passage) -> bool:
    """Whether a clause speaks of a thing; of a project's only event where it names none."""
    words, thing = before + after, event.thing
    project = _GENERIC.sub("", folded(event.indicator.project)).removesuffix("建设")
    if passage.kind != "project" and len(project) >= _LONG_NAME and project in words:
        return not thing or any(char in words for char in thing)
    if not thing:
        return passage.kind == "project"
    named = _NAMES_NOTHING.sub("", _clause_before(before))
    inside = sum(char in passage.subject + event.indicator.name for char in named)
    if passage.kind in ("task", "project") and inside >= len(named) * 0.6:
        words += passage.subject
    covered = sum(char in words for char in thing)
    return covered >= max(2, len(thing) * 0.6)


def _is_the_only_one(event: Event, before: str, after: str, passage: Passage) -> bool:
    """Whether a task's or project's text means its only such event without naming it."""
    said = _NAMES_NOTHING.sub("", _clause_before(before) + VERB.sub("", after))
    names_it = _ALL_OF_IT.search(before + after) is not None or not said
    if passage.kind == "project":
        return names_it
    name = folded(event.indicator.name)
    pairs = (name[place : place + 2] for place in range(len(name) - 1))
    shared = any(pair in passage.subject for pair in pairs if not VERB.fullmatch(pair))
    return passage.kind == "task" and names_it and shared


def _is_stage(event: Event, words: str) -> bool:
    """Whether words tell of a stage on the way that the indicator's own name does not have."""
    name = event.indicator.name
    return any(stage.group() not in name for stage in _STAGE.finditer(words))


_TRIAL = re.compile("试运行|运行|使用|运营|并|和|及|、")


def _of_another(event: Event, behind: str, passage: Passage) -> bool:
    """Whether what is done is named behind the deed, and is another thing: 完成采购 for 安装."""
    named = _GENERIC.sub("", _TRIAL.sub("", behind))[:_OBJECT]
    if len(named) < _PAIR:
        return False
    if not event.thing:  # 建成时间: of the project itself, and 7月完成下部结构 is a step
        own = passage.subject + event.indicator.project
        return passage.kind == "project" and not any(pair in own for pair in _pairs(named))
    pairs = _pairs(event.thing)
    return bool(pairs) and not any(pair in named for pair in pairs)


_PAIR = 2


def _pairs(text: str) -> list[str]:
    return [text[place : place + _PAIR] for place in range(len(text) - 1)]
