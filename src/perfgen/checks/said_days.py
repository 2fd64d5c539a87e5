"""PG321: days in sentences exist, and are those of the table (文字里的日期)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from perfgen.checks.passages import Passage, prose
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.checks.texts import purpose_of
from perfgen.figures.deadlines import last_day
from perfgen.model.days import spoken_day
from perfgen.model.finding import Severity
from perfgen.model.records import Indicator
from perfgen.prose.data import data
from perfgen.prose.expected import Purpose
from perfgen.prose.text import folded

_DAY = re.compile(r"(?:(?<!\d)((?:19|20)\d\d)年)?(?<!\d)(\d{1,2})月(\d{1,2})[日号]")
_UNTIL = re.compile(
    r"(?:(?<!\d)((?:19|20)\d\d)年)?(?<!\d)(\d{1,2})月(?:(\d{1,2})[日号]|[底末])?(?:之|以)?前"
)
_NUMERIC = re.compile(
    r"(?<![\d./-])((?:19|20)\d\d)([./-])(\d{1,2})\2(\d{1,2})(?![\d./-])(?!节|条|章|款|版)"
)
_MONTH = re.compile(r"(?<![\d.])(\d{1,2})月(?=[底末初中上下份前至到,]|$)(?!下来)")
_NOT_ON_IT = re.compile("^(?:前|之前|以前|起|开始)")
_ALL_OF_IT = re.compile("全部|均|所有|如期|工程|项目|建设内容")
_ASIDE = re.compile("比|较|上年|去年|原定|原计划|应于|须于|规定|要求|申报|提前")
_WANTED = re.compile("计划|要求|目标|预计|拟|原定|规定|应于|须于|上年|去年|比")
_TIME = re.compile("(?:的)?(?:时间|日期|时限|时点|节点)$")
_GENERIC = re.compile("工程|项目|任务|工作|全部|各项|年度")
_TITLE = re.compile(r"《[^《》]{0,80}》")
_VERBS: Mapping[str, int] = {
    verb: number for number, row in enumerate(data("days.toml")["verbs"]) for verb in row
}
_VERB = re.compile("|".join(sorted(_VERBS, key=len, reverse=True)))
_BEHIND = re.compile(rf"(?:{_VERB.pattern})(?=(?:的?(?:时间|日期))?(?:为|是|在|于|:)?$)")
_STAGE = re.compile(
    "设计|方案|招标|招投标|采购|勘察|论证|评审|审批|立项|可研|选址|申报|备案|签订|合同|摸底|调研|动员|部署|"
    "公示|主体|基础|土建|封顶|初验|试运行|调试|准备|前期|比选|遴选|征集|报名|招募|培训"
)
"""Stages on the way, each with a day of its own: 3月底前完成维修方案设计."""

_LEAP_YEAR = 2024
_MONTHS = 12
_OBJECT = 8
"""Characters behind a deed that may name what it is done to."""
_NEAR = 60
"""Characters around a day that are looked at."""


@dataclass(frozen=True, slots=True)
class _Event:
    """What happened on a day: an indicator, what it is of, and what was done to it.

    `day` is its result, `until` the day that was set; None where the table has none.
    """

    indicator: Indicator
    thing: str
    deed: int
    day: date | None
    until: date | None


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
        wanted = purpose_of(passage, case) is Purpose.WANTED
        for sentence in re.split("[。;!?\n]", folded(_TITLE.sub("", passage.text))):
            yield from _impossible(sentence, passage)
            for found in _DAY.finditer(sentence):
                yield from _of_day(found, sentence, mine, passage, case.report.year)
            for found in _UNTIL.finditer(sentence):
                yield from _until(found, sentence, mine, passage, case.report.year, wanted=wanted)


def _event(indicator: Indicator, year: int) -> _Event | None:
    name = folded(indicator.name)
    if not _TIME.search(name):
        return None
    name = _TIME.sub("", name)
    verbs = list(_VERB.finditer(name))
    actual, target = indicator.actual, indicator.target
    exact = actual is not None and re.search(r"\d日|\d号", actual.text)
    day = last_day(actual.text, year) if actual is not None and exact else None
    until = last_day(target.measure.text, year) if target is not None else None
    if (day is None and until is None) or not verbs:
        return None
    thing = _GENERIC.sub("", name[: verbs[-1].start()] + name[verbs[-1].end() :])
    return _Event(indicator, thing, _VERBS[verbs[-1].group()], day, until)


def _impossible(sentence: str, passage: Passage) -> Iterator[Hit]:
    """2023-02-30, 13月底: days and months that no calendar has, however they are written."""
    for found in _NUMERIC.finditer(sentence):
        try:
            date(int(found[1]), int(found[3]), int(found[4]))
        except ValueError:
            yield _hit(passage, found.group(), "没有这一天", "核对月份和日子")
    for found in _MONTH.finditer(sentence):
        if not 1 <= int(found[1]) <= _MONTHS:
            yield _hit(passage, found.group(), "没有这个月", "核对月份")


def _until(
    found: re.Match[str],
    sentence: str,
    events: list[_Event],
    passage: Passage,
    year: int,
    *,
    wanted: bool,
) -> Iterator[Hit]:
    """9月底前完成采购: a plan's day is the target's; what was done kept it."""
    said = last_day(found.group(), year)
    before, after = _around(found, sentence)
    verb = _VERB.search(after[:12])
    if said is None or verb is None or _ASIDE.search(re.split("[,、]", before)[-1]):
        return
    if not wanted and _WANTED.search(before):
        return
    event = _meant(verb, before + after, events, passage)
    if event is None or event.until is None or _of_another(event, after[verb.end() :]):
        return
    others = (last_day(one.group(), year) for one in _UNTIL.finditer(sentence))
    if any(other == event.until for other in others):  # 6月底前完成春季800万尾, 10月底前全部完成
        return
    late = said > event.until or (event.day is not None and said < event.day)
    if said != event.until if wanted else late:
        shown = f"指标{quoted(event.indicator.name)}的目标是 {spoken_day(event.until)}前"
        if event.day is not None and not wanted:
            shown += f"，完成值是 {spoken_day(event.day)}"
        yield _hit(passage, found.group() + verb.group(), shown, "核对哪一个对")


def _of_another(event: _Event, behind: str) -> bool:
    """Whether what is done is named behind the deed, and is another thing: 完成采购 for 安装."""
    if _is_stage(event, behind[:_OBJECT]):
        return True
    named = _GENERIC.sub("", behind)[:_OBJECT]
    pairs = [event.thing[place : place + 2] for place in range(len(event.thing) - 1)]
    return len(named) >= 2 and bool(pairs) and not any(pair in named for pair in pairs)


def _is_stage(event: _Event, words: str) -> bool:
    """Whether words tell of a stage on the way that the indicator's own name does not have."""
    name = event.indicator.name
    return any(stage.group() not in name for stage in _STAGE.finditer(words))


def _around(found: re.Match[str], sentence: str) -> tuple[str, str]:
    """What stands before a day, and behind it up to the next comma."""
    before = sentence[max(0, found.start() - _NEAR) : found.start()]
    return before, sentence[found.end() : found.end() + _NEAR].split(",", maxsplit=1)[0]


def _meant(
    verb: re.Match[str], about: str, events: list[_Event], passage: Passage
) -> _Event | None:
    """The one event that a deed is told of, if any."""
    same = [one for one in events if one.deed == _VERBS[verb.group()]]
    meant = [one for one in same if _is_about(one.thing, about, passage)]
    if not meant and passage.kind == "project" and len(same) == 1 and _ALL_OF_IT.search(about):
        meant = same
    return meant[0] if len(meant) == 1 else None


def _of_day(
    found: re.Match[str], sentence: str, events: list[_Event], passage: Passage, year: int
) -> Iterator[Hit]:
    said_year = int(found[1]) if found[1] else _LEAP_YEAR
    try:
        day = date(said_year, int(found[2]), int(found[3]))
    except ValueError:
        yield _hit(passage, found.group(), "没有这一天", "核对月份和日子")
        return
    before, after = _around(found, sentence)
    about = before + after
    before = re.split("[,、]", before)[-1]
    verb = _VERB.search(after[:12]) or _BEHIND.search(before)
    if verb is None or _WANTED.search(before) or _NOT_ON_IT.match(after):
        return
    event = _meant(verb, about, [one for one in events if one.day], passage)
    if event and _is_stage(event, before[-_OBJECT:] + after[:_OBJECT]):
        return
    if event and event.day and not _same(event.day, day, dated=bool(found[1])):
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
