"""PG321: days in sentences exist, and are those of the table (文字里的日期)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from perfgen.checks.passages import Passage, prose
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.figures.deadlines import last_day
from perfgen.model.days import spoken_day
from perfgen.model.finding import Severity
from perfgen.model.records import Indicator
from perfgen.prose.data import data
from perfgen.prose.text import folded

_DAY = re.compile(r"(?:(?<!\d)((?:19|20)\d\d)年)?(?<!\d)(\d{1,2})月(\d{1,2})[日号]")
_NOT_ON_IT = re.compile("^(?:前|之前|以前|起|开始)")
_WANTED = re.compile("计划|要求|目标|预计|拟|原定|规定|应于|须于|上年|去年|比")
_TIME = re.compile("(?:的)?(?:时间|日期|时限|时点|节点)$")
_GENERIC = re.compile("工程|项目|任务|工作|全部|各项|年度")
_TITLE = re.compile(r"《[^《》]{0,80}》")
_VERBS: Mapping[str, int] = {
    verb: number for number, row in enumerate(data("days.toml")["verbs"]) for verb in row
}
_VERB = re.compile("|".join(sorted(_VERBS, key=len, reverse=True)))
_BEHIND = re.compile(rf"(?:{_VERB.pattern})(?=(?:的?(?:时间|日期))?(?:为|是|在|于|:)?$)")
_LEAP_YEAR = 2024
_NEAR = 60
"""Characters around a day that are looked at."""


@dataclass(frozen=True, slots=True)
class _Event:
    """What happened on a day: an indicator, what it is of, and what was done to it."""

    indicator: Indicator
    thing: str
    deed: int
    day: date


@rule(
    "PG321",
    Severity.WARNING,
    title="文字里的日期不存在，或与表里的不同",
    reason="“2月30日”这样的日子没有；“工程于12月8日完工”应当与指标“工程完工时间”的完成值是同一天。"
    "写着计划、要求、“某日前”的不比。",
    good="指标“项目完工时间”完成值 11月18日，正文“工程于11月18日完工”",
    bad="指标“项目完工时间”完成值 11月18日，正文“工程于12月8日完工”",
    most=5,
)
def told_days(case: Case) -> Iterator[Hit]:
    """Days that no calendar has, and days of events that the table gives otherwise."""
    events = [event for row in case.report.indicators if (event := _event(row, case.report.year))]
    for passage in prose(case):
        mine = [
            one for one in events
            if passage.kind != "project" or one.indicator.project in ("", passage.subject)
        ]  # fmt: skip
        for sentence in re.split("[。;!?\n]", folded(_TITLE.sub("", passage.text))):
            for found in _DAY.finditer(sentence):
                yield from _of_day(found, sentence, mine, passage, case.report.year)


def _event(indicator: Indicator, year: int) -> _Event | None:
    name = folded(indicator.name)
    if indicator.actual is None or not _TIME.search(name):
        return None
    day = last_day(indicator.actual.text, year)
    name = _TIME.sub("", name)
    verbs = list(_VERB.finditer(name))
    if day is None or not verbs or not re.search(r"\d日|\d号", indicator.actual.text):
        return None
    thing = _GENERIC.sub("", name[: verbs[-1].start()] + name[verbs[-1].end() :])
    return _Event(indicator, thing, _VERBS[verbs[-1].group()], day)


def _of_day(
    found: re.Match[str], sentence: str, events: list[_Event], passage: Passage, year: int
) -> Iterator[Hit]:
    said_year = int(found[1]) if found[1] else _LEAP_YEAR
    try:
        day = date(said_year, int(found[2]), int(found[3]))
    except ValueError:
        yield _hit(passage, found.group(), "没有这一天", "核对月份和日子")
        return
    before = sentence[max(0, found.start() - _NEAR) : found.start()]
    after = sentence[found.end() : found.end() + _NEAR].split(",", maxsplit=1)[0]
    about = before + after
    before = re.split("[,、]", before)[-1]
    verb = _VERB.search(after[:12]) or _BEHIND.search(before)
    if verb is None or _WANTED.search(before) or _NOT_ON_IT.match(after):
        return
    meant = [one for one in events if one.deed == _VERBS[verb.group()]]
    meant = [one for one in meant if _is_about(one.thing, about, passage)]
    if len(meant) == 1 and not _same(meant[0].day, day, dated=bool(found[1])):
        event = meant[0]
        wanted = f"指标{quoted(event.indicator.name)}的完成值是 {spoken_day(event.day)}"
        yield _hit(passage, found.group() + verb.group(), wanted, "核对哪一个对")


def _is_about(thing: str, words: str, passage: Passage) -> bool:
    """Whether a clause speaks of a thing; of a project's only event where it names none."""
    if not thing:
        return passage.kind == "project"
    covered = sum(char in words for char in thing)
    return covered >= max(2, len(thing) * 0.6)


def _same(one: date, other: date, *, dated: bool) -> bool:
    return (one.month, one.day) == (other.month, other.day) and (
        not dated or one.year == other.year
    )


def _hit(passage: Passage, said: str, wrong: str, hint: str) -> Hit:
    return Hit(
        subject=passage.subject,
        message=f"{quoted(passage.shown)}里写{quoted(said)}，{wrong}",
        hint=hint,
        ref=passage.ref,
    )
