"""PG302: what was not done shows in the indicators too (未完成的任务)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from difflib import SequenceMatcher
from functools import lru_cache

from perfgen.checks.common.passages import Passage, counted_thing, plain_text, prose
from perfgen.checks.registry import Case, Hit, Setting, quoted, rule
from perfgen.checks.told.undone_words import said_not_done
from perfgen.figures.deviation import IndicatorFigures
from perfgen.model.finding import Severity
from perfgen.model.records import Task
from perfgen.prose.text import folded, sentences

_WHY = re.compile(
    r"因|由于|[,(]系|原系|主要[为是系]|大[多都][为是]|(?:均|全部)[为系属]|属于?(?=合同|质保|跨|按)|质保|按季|按进度|合同|待|主要是|主要系|受.{1,20}影响|鉴于|原因|根据|按照|并入|合并|改为|改由|调整|安排|统筹|不再|为避免|经批准"
)
_ABOUT_PROBLEMS = re.compile(r"问题|不足|改进|整改|打算|下一步|计划|建议|措施|困难|应用|公开")
_FIELDS = {"task": frozenset({"result"}), "project": frozenset({"achieved"}),
           "section": frozenset({"text"}), "score": frozenset({"note"})}  # fmt: skip


@rule(
    "PG302",
    Severity.WARNING,
    title="任务没有做，却看不出来",
    reason="任务的完成情况、项目的实际完成情况或正文里写着没有做、没有做完、推迟、取消、还在招标的，要写明原因，"
    "指标表里也应有相应的未完成指标；否则文字说没做，指标却全部完成，前后矛盾。讲问题和打算的章节不查。"
    "没有指标表的，作提示。",
    good="完成情况“因场地原因未召开”，指标“召开研讨会次数”完成 0 次，写明原因",
    bad="完成情况“未召开研讨会”，指标“召开研讨会次数”完成 1 次",
    settings={"likeness": Setting.ratio("50%", "任务与指标的名称有多像，才算同一件事")},
)
def tasks_not_done(case: Case) -> Iterator[Hit]:
    """R41: what is said not done while its indicator reports success, or without a reason."""
    judged = [row for row in case.figures.indicators if row.deviation is not None]
    likeness = case.settings["likeness"]
    tasks = {task.cell("result"): task for task in case.report.tasks}
    for passage in prose(case):
        if passage.kind == "indicator" and passage.field == "reason":
            yield from _reason(passage, judged)
            continue
        if passage.field not in _FIELDS.get(passage.kind, frozenset()) and not _is_own(passage):
            continue
        if passage.kind == "section" and _ABOUT_PROBLEMS.search(passage.subject):
            yield from _unpublished(passage)
            continue
        for said, told in said_not_done(passage.text):
            if _of_years_before(told, case.report.year) or _is_why(said, told):
                continue
            sentence = _with_its_reason(told, passage.text)
            task = tasks.get(passage.ref) if passage.kind == "task" else None
            about = task or Task(name=passage.subject, result=sentence)
            if passage.kind == "project" and _shows_a_miss(case, passage.subject, sentence):
                continue
            if passage.kind == "section" and _explained_elsewhere(case, told, passage):
                continue
            if passage.kind == "project" and _explained_beside(case, said, passage):
                continue
            hit = _not_done(about, said, judged, likeness, passage)
            if hit is not None:
                yield hit
                break


_UNSPENT_BECAUSE = re.compile(
    r"(?:执行率|支出率|支付率|结余|未支[付出])[^。;]{0,80}\d[^。;]{0,20}(?:原因|因为?|由于)[^。;,\d]{0,24}$"
)


def _is_why(said: str, sentence: str) -> bool:
    """Whether it only says why money was left, or brackets say why: 3件没有办结(12月立案)."""
    before, _, behind = sentence.partition(said)
    explained = re.match(r"\([^()]{0,20}[\u4e00-\u9fff]{2}[^()]{0,20}\)", behind)
    return explained is not None or _UNSPENT_BECAUSE.search(before) is not None


_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")


def _of_years_before(sentence: str, year: int) -> bool:
    """Whether a sentence tells of years before the report's only: 2022年受疫情影响仅开放186天."""
    years = [int(one) for one in _YEAR.findall(sentence)]
    return bool(years) and max(years) < year


def _is_own(passage: Passage) -> bool:
    """Whether an own long column of a project tells how it went, and not why or what next."""
    told = passage.kind == "project" and re.search("过程|概述|完成|实施|结论", passage.header)
    return bool(told) and not re.search("原因|问题|改进|目标", passage.header)


_UNPUBLISHED = re.compile(
    "(?:暂缓|暂不|推迟|延期|延后|暂未|未能)(?:对外|向社会|在[^,。;]{1,12}|按期|按时|如期|予以){0,2}(?:公开|公示|公布)"
)


def _unpublished(passage: Passage) -> Iterator[Hit]:
    """What must be published is not (部门决算、自评结果): no reason excuses that."""
    found = _UNPUBLISHED.search(folded(passage.text))
    if found and "公开" in passage.subject and not re.search("涉密|保密", passage.text):
        yield Hit(
            subject=passage.subject,
            message=f"{quoted(passage.shown)}里写着{quoted(found.group())}，自评结果应当随决算公开",
            hint="核对公开的安排；确有原因不能公开的，写明依据",
            ref=passage.ref,
        )


_PAYING = re.compile("(?:支付|执行|使用|拨付|支出|结算|付清|付款|兑付|列支|结转[^,。]{0,6})$")
_MONEY = re.compile(r"元|尾款|款项|资金|经费|质保金|余款|预算|结转")


def _only_unspent(said: str, text: str) -> bool:
    """Whether it is an amount that was not paid, and no work that was not done."""
    if _PAYING.search(said) is None:
        return False
    place = folded(text).find(said)
    around = folded(text)[max(0, place - _NEAR_MONEY) : place + len(said) + _NEAR_MONEY]
    return _MONEY.search(around) is not None


_OF_CHANGES = re.compile("预算(?:调整|偏差)|三公|公用经费")
"""Indicators that no undone work shows in, even where their reasons name it."""

_NEAR_MONEY = 24
_AMOUNT = re.compile(r"\d[百千万亿]{0,2}元")
"""How much was not paid is said openly: nothing is hidden by it."""


def _with_its_reason(sentence: str, text: str) -> str:
    """The sentence with the next one, where that only says why: 主要原因是……"""
    _, there, behind = folded(text).partition(sentence)
    following = re.split("[。;!?]", behind.lstrip("。;!?\n")[:_LONGEST_REASON])[0] if there else ""
    more = _GIVES_REASON.match(following) or (
        _HEADING.match(sentence) and _CAUSES_LISTED.search(following)
    )
    return f"{sentence},因{following}" if more else sentence


def _explained_elsewhere(case: Case, sentence: str, passage: Passage) -> bool:
    """Whether another sentence gives the reason for the same thing: 公园二期……因征迁滞后未达标."""
    if _WHY.search(sentence):
        return False
    told = _runs(plain_text(sentence)[:_COMPARED], _SAME_THING)
    others = (
        one.text
        for other in prose(case)
        if other.kind in ("section", "task", "score") and other.ref != passage.ref
        for paragraph in other.paragraphs
        for one in sentences(paragraph)
    )
    return any(
        _BECAUSE.search(text)
        and not told.isdisjoint(_runs(plain_text(text)[:_COMPARED], _SAME_THING))
        for text in others
    )


def _explained_beside(case: Case, said: str, passage: Passage) -> bool:
    """Whether the project's own column of reasons says the same (执行率低的原因……结转2025年)."""
    return any(
        said in folded(other.text)
        for other in prose(case)
        if other.kind == "project"
        and other.subject == passage.subject
        and other.ref != passage.ref
        and re.search("原因|问题", other.header)
    )


_SAME_THING = 5
"""A run of so many characters names one thing."""

_BECAUSE = re.compile(
    "因(?!素|此|而)|由于|受[^,。;]{1,20}影响|(?:滞后|推迟|未批|未批复|未交付|未到位|延误|不足)"
)
_LONGEST_REASON = 200
_HEADING = re.compile(r"[\u4e00-\u9fff、,()\d.]{2,28}$")
_CAUSES_LISTED = re.compile(
    "(?:因|由于|受|系)|一[是为方][^。;]{0,40}(?:不足|减少|下降|滞后|推迟|延误|不够|缺|停|少|晚|慢|难)"
)
"""培训任务未足额完成。完成率92%，一是企业开工不足，二是……: what stands under a heading says why."""
_GIVES_REASON = re.compile(
    "(?:其|究其)?(?:主要)?原因|主要[是系为因由]|这?[主要]{0,2}是由于|由于|系因?"
)


def _shows_a_miss(case: Case, project: str, sentence: str) -> bool:
    """Whether a missed indicator of this project, or its reason, tells of what was not done."""
    mine = (row for one in case.figures.projects if one.name == project for row in one.indicators)
    missed = (row for row in mine if row.adverse or (row.deviation and row.deviation.ratio < 0))
    told = _runs(plain_text(sentence)[:_COMPARED], _SHARED)
    return any(
        not _runs(plain_text(f"{row.indicator.name}|{row.indicator.reason}"), _SHARED).isdisjoint(
            told
        )
        for row in missed
    )


_SHARED = 3
"""A run of so many characters in both is no chance where both are of one project."""


def _reason(passage: Passage, judged: Sequence[IndicatorFigures]) -> Iterator[Hit]:
    """A reason that tells of work undone, behind a result that shows none."""
    row = next((r for r in judged if r.indicator.cell("reason") == passage.ref), None)
    if row is None or row.deviation is None or row.adverse:
        return
    ratio, measured = row.deviation.ratio, row.deviation.measured
    if ratio and (row.adverse is not False or ratio < 0 or not measured):
        return  # less than the target, or other than 0: that is what the reason explains
    for said, _ in said_not_done(passage.text):
        actual = row.indicator.actual.text if row.indicator.actual else ""
        yield Hit(
            subject=passage.subject,
            message=f"{quoted(passage.shown)}的原因里写着{quoted(said)}，"
            f"完成值却是 {actual}，没有欠缺",
            hint="核对完成值和原因哪一个对",
            ref=passage.ref,
        )
        return


def _not_done(
    task: Task,
    said: str,
    judged: Sequence[IndicatorFigures],
    likeness: Decimal,
    passage: Passage,
) -> Hit | None:
    related = [row for row in judged if _speaks_of(row, task, likeness)]
    reason = _WHY.search(task.result)
    if _only_unspent(said, passage.text if passage.kind != "task" else task.result) and (
        reason or _AMOUNT.search(task.result)
    ):
        return None
    failed = any(
        row.deviation
        and row.deviation.ratio
        and row.adverse is not False
        and (_only_unspent(said, task.result) or not _OF_CHANGES.search(row.indicator.name))
        for row in related
    )
    if failed and reason:
        return None
    told = f"任务{quoted(task.name)}的完成情况写着{quoted(said)}"
    if passage.kind != "task":
        told = f"{quoted(passage.shown)}里写着{quoted(said)}"
    same = [
        row for row in related if not failed and _alike(row.indicator.name, task.name, likeness)
    ]
    severity = None
    if same and passage.kind == "task":
        indicator = same[0].indicator
        actual = indicator.actual.text if indicator.actual else ""
        message = f"{told}，指标{quoted(indicator.name)}却完成 {actual}，没有偏差"
        hint = "核对任务和指标哪一个对"
    elif not reason:
        message = f"{told}，没有写原因"
        hint = "写明没有做的原因"
    elif judged:
        message = f"{told}，指标表里没有反映这一情况的指标"
        hint = "核对相应的指标是否漏列；确实没有设指标的，在“说明事项”里说明"
    elif passage.kind == "section":
        return None
    else:
        message = f"{told}，核对评分和存在问题里是否已经反映"
        hint = "在存在问题里写明，评分相应扣分"
        severity = Severity.INFO
    return Hit(subject=task.name, message=message, hint=hint, ref=passage.ref, severity=severity)


def _speaks_of(row: IndicatorFigures, task: Task, likeness: Decimal) -> bool:
    """Whether an indicator and a task share a run of words that is no chance (六字以上)."""
    indicator = row.indicator
    if indicator.work and plain_text(indicator.work) == plain_text(task.name):
        return True
    ours = plain_text(f"{task.name}|{task.result}")[:_COMPARED]
    name = plain_text(indicator.name)
    texts = (name, plain_text(indicator.reason)[:_COMPARED])
    if any(not _runs(text, 6).isdisjoint(_runs(ours, 6)) for text in texts):
        return True
    missed = row.adverse or (row.deviation is not None and row.deviation.ratio < 0)
    if missed and _share_two_words(texts[1], ours):
        return True
    return _alike(indicator.name, task.name, likeness)


def _share_two_words(reason: str, told: str) -> bool:
    """Whether a reason and a sentence have two words of four characters: 进口设备, 通关延迟."""
    shared = _runs(reason, _WORD) & _runs(told, _WORD)
    return any(set(one).isdisjoint(other) for one in shared for other in shared)


_WORD = 4
_COMPARED = 600
"""Characters of a text that are compared: what a sentence is about stands near its beginning."""


def _common(one: str, other: str) -> int:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.find_longest_match(0, len(one), 0, len(other)).size


def _alike(one: str, other: str, likeness: Decimal) -> bool:
    first, second = counted_thing(one)[:_COMPARED], plain_text(other)[:_COMPARED]
    shorter = min(len(first), len(second))
    if _runs(first, 4).isdisjoint(_runs(second, 4)):
        return False
    return _common(first, second) >= shorter * likeness


@lru_cache(maxsize=4096)
def _runs(text: str, length: int) -> frozenset[str]:
    """All runs of so many characters: two texts share one where the sets meet."""
    return frozenset(text[place : place + length] for place in range(len(text) - length + 1))
