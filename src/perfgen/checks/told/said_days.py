"""PG321: days in sentences exist, and are those of the table (文字里的日期)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from perfgen.checks.common.passages import Passage, prose
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.checks.told.texts import purpose_of
from perfgen.checks.told.told_events import VERB, Event, deeds_in, events_of, meant
from perfgen.figures.deadlines import last_day
from perfgen.model.days import spoken_day
from perfgen.model.finding import Severity
from perfgen.prose.expected import Purpose
from perfgen.prose.text import folded

_DAY = re.compile(r"(?:(?<!\d)((?:19|20)\d\d)年)?(?<!\d)(\d{1,2})月(\d{1,2})[日号]")
_UNTIL = re.compile(
    r"(?:(?<!\d)((?:19|20)\d\d)年)?(?<!\d)(\d{1,2})月(?:(\d{1,2})[日号]|[底末])?(?:之|以)?前"
)
_NUMERIC = re.compile(
    r"(?<![\d./-])((?:19|20)\d\d)([./-])(\d{1,2})\2(\d{1,2})(?![\d./-])(?!节|条|章|款|版)"
)
_MONTH = re.compile(
    r"(?<![\d.])(?:(?:19|20)\d\d年(?P<dated>\d{1,2})月(?!\d)"
    r"|(?P<bare>\d{1,2})月(?=[底末初中上下份前至到,]|$)(?!下来))"
)
_IN_MONTH = re.compile(
    r"(?<![\d.])(1[0-2]|[1-9])月(?!\d|(?:份|底|末|初|中旬|上旬|下旬)?(?:(?:之|以)?前|至|到|[-~、]))"
    r"(?:份|上旬|中旬|下旬|初|底|末)?"
)
_RANGE = re.compile(r"(?:至|到|[-~]|从|自|由)$")
_OTHER_YEAR = re.compile(r"(?:(?:19|20)\d\d|次|明|上)年(?:度)?[^,]{0,4}$")
_DEEDS = 14
"""Characters behind a day in which deeds are told of: 完成采购入库."""

_NOT_ON_IT = re.compile("^(?:前|之前|以前|起|开始)")
_ASIDE = re.compile("比|较|上年|去年|原定|原计划|应于|须于|规定|要求|申报|提前")
_WANTED = re.compile("计划|要求|目标|预计|拟|原定|规定|应于|须于|上年|去年|比")
_TITLE = re.compile(r"《[^《》]{0,80}》")
_BEHIND = re.compile(rf"(?:{VERB.pattern})(?=(?:的?(?:时间|日期))?(?:为|是|在|于|:)?$)")
_LEAP_YEAR = 2024
_MONTHS = 12
_NEAR = 60
"""Characters around a day that are looked at."""


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
    events = events_of(case.report.indicators, case.report.year)
    for passage in prose(case):
        mine = [
            one for one in events
            if passage.kind != "project" or one.indicator.project in ("", passage.subject)
        ]  # fmt: skip
        wanted = purpose_of(passage, case) is Purpose.WANTED
        for sentence in re.split("[。;!?\n]", folded(_TITLE.sub("", passage.text))):
            yield from _impossible(sentence, passage)
            for found in _DAY.finditer(sentence):
                reached = [] if wanted else mine
                yield from _of_day(found, sentence, reached, passage, case.report.year)
            for found in _IN_MONTH.finditer(sentence):
                yield from _of_month(found, sentence, mine, passage, wanted=wanted)
            for found in _UNTIL.finditer(sentence):
                yield from _until(found, sentence, mine, passage, case.report.year, wanted=wanted)


def _impossible(sentence: str, passage: Passage) -> Iterator[Hit]:
    """2023-02-30, 13月底: days and months that no calendar has, however they are written."""
    for found in _NUMERIC.finditer(sentence):
        try:
            date(int(found[1]), int(found[3]), int(found[4]))
        except ValueError:
            yield _hit(passage, found.group(), "没有这一天", "核对月份和日子")
    for found in _MONTH.finditer(sentence):
        if not 1 <= int(found["dated"] or found["bare"]) <= _MONTHS:
            yield _hit(passage, found.group(), "没有这个月", "核对月份")


def _until(
    found: re.Match[str],
    sentence: str,
    events: list[Event],
    passage: Passage,
    year: int,
    *,
    wanted: bool,
) -> Iterator[Hit]:
    """9月底前完成采购: a plan's day is the target's; what was done kept it."""
    said = last_day(found.group(), year)
    before, after = _around(found, sentence)
    verb = VERB.search(after[:12])
    if said is None or verb is None or _ASIDE.search(re.split("[,、]", before)[-1]):
        return
    if not wanted and _WANTED.search(before):
        return
    event = meant(deeds_in(after[:_DEEDS]), before, after, events, passage)
    if event is None or event.until is None:
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


def _around(found: re.Match[str], sentence: str) -> tuple[str, str]:
    """What stands before a day, and behind it up to the next comma."""
    before = sentence[max(0, found.start() - _NEAR) : found.start()]
    return before, sentence[found.end() : found.end() + _NEAR].split(",", maxsplit=1)[0]


def _of_day(
    found: re.Match[str], sentence: str, events: list[Event], passage: Passage, year: int
) -> Iterator[Hit]:
    said_year = int(found[1]) if found[1] else _LEAP_YEAR
    try:
        day = date(said_year, int(found[2]), int(found[3]))
    except ValueError:
        yield _hit(passage, found.group(), "没有这一天", "核对月份和日子")
        return
    whole, after = _around(found, sentence)
    before = re.split("[,、]", whole)[-1]
    verb = VERB.search(after[:12]) or _BEHIND.search(before)
    if verb is None or _WANTED.search(before) or _NOT_ON_IT.match(after):
        return
    deeds = deeds_in(after[:_DEEDS]) or deeds_in(verb.group())
    event = meant(deeds, whole, after, [one for one in events if one.day or one.month], passage)
    if event and event.day and _tells_it_too(event, sentence, year):
        return  # 10月11日通过竣工验收，10月18日开放: a stage of it, and then the day itself
    if event and event.month and event.month != day.month:
        wanted = f"指标{quoted(event.indicator.name)}的完成值是 {event.month}月"
        yield _hit(passage, found.group() + verb.group(), wanted, "核对哪一个对")
    if event and event.day and not _same(event.day, day, dated=bool(found[1])):
        wanted = f"指标{quoted(event.indicator.name)}的完成值是 {spoken_day(event.day)}"
        yield _hit(passage, found.group() + verb.group(), wanted, "核对哪一个对")


def _tells_it_too(event: Event, sentence: str, year: int) -> bool:
    """Whether a sentence tells the event's own day, too, behind the other one."""
    return any(
        event.day == last_day(one.group(), year)
        and deeds_in(sentence[one.end() : one.end() + _DEEDS]) & event.deeds
        for one in _DAY.finditer(sentence)
    )


def _of_month(
    found: re.Match[str], sentence: str, events: list[Event], passage: Passage, *, wanted: bool
) -> Iterator[Hit]:
    """平台11月上线, 消防车12月才完成配发: the month of an event."""
    before, after = _around(found, sentence)
    clause = re.split("[,、]", before)[-1]
    verb = VERB.search(after[:_DEEDS])
    if verb is None or _ASIDE.search(clause) or _RANGE.search(clause) or _OTHER_YEAR.search(clause):
        return
    if not wanted and _WANTED.search(clause):
        return
    event = meant(deeds_in(after[:_DEEDS]), before, after, events, passage)
    if event is None:
        return
    month, known = int(found[1]), event.day.month if event.day else event.month
    if known is not None and not wanted:
        wrong = month != known
        shown = f"的完成值是 {spoken_day(event.day) if event.day else f'{known}月'}"
    else:
        wrong = event.until is not None and month > event.until.month
        shown = f"的目标是 {spoken_day(event.until) if event.until else ''}前"
    if wrong:
        said = f"指标{quoted(event.indicator.name)}{shown}"
        yield _hit(passage, found.group() + after[: verb.end()], said, "核对哪一个对")


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
