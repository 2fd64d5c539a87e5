"""PG302: what was not done shows in the indicators too (未完成的任务)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from difflib import SequenceMatcher

from perfgen.checks.passages import counted_thing, plain_text
from perfgen.checks.registry import Case, Hit, Setting, quoted, rule
from perfgen.figures.deviation import IndicatorFigures
from perfgen.model.finding import Severity
from perfgen.model.records import Task

_VERBS = (
    "召开|开展|完成|实施|执行|举办|举行|组织|启动|实现|达到|达成|落实|建成|推进|印发|出台|发放|拨付|支付|采购|"
    "立项|开工|验收|兑现|使用|动用|安排|编制|办理"
)
_HOW = "(?:能够?|再|予以|单独|按时|按期|按计划|如期|及时|全部|完全|正式|实际|另行)*"
_NOT_DONE = re.compile(
    rf"(?:(?:尚未|仍未|均未|暂未|未){_HOW}(?:{_VERBS})|没有{_HOW}(?:{_VERBS})|"
    rf"无法{_HOW}(?:{_VERBS})|(?:暂缓|推迟|延期)(?:{_VERBS})|(?:会议|活动|论坛|展会|培训|项目)(?:已|被)?取消)"
)
_WHY = re.compile(
    r"因|由于|受.{1,20}影响|鉴于|原因|根据|按照|并入|合并|改为|改由|调整|安排|统筹|不再|为避免|经批准"
)
_GUARDED = re.compile(
    r"(?:对|将|把|凡|若|如|如果|针对|督促|防止|避免|杜绝|解决|无|没有|不存在|上年|去年|以往|此前)[^,，。；;]{0,10}$"
)
_SOME = re.compile(r"\d+\s*(?:家|个|户|名|人|项|件|起|条|笔)[^,，。；;]{0,8}$")


@rule(
    "PG302",
    Severity.WARNING,
    title="任务没有做，却看不出来",
    reason="任务的完成情况写着没有做的，要写明原因，指标表里也应有相应的未完成指标；"
    "否则正文说没做，指标却全部完成，前后矛盾。",
    good="完成情况“因场地原因未召开”，指标“召开研讨会次数”完成 0 次，写明原因",
    bad="完成情况“未召开研讨会”，指标“召开研讨会次数”完成 1 次",
    settings={"likeness": Setting.ratio("50%", "任务与指标的名称有多像，才算同一件事")},
)
def tasks_not_done(case: Case) -> Iterator[Hit]:
    """R41: a task said not done while its indicator reports success, or without a reason."""
    judged = [row for row in case.figures.indicators if row.deviation is not None]
    for task in case.report.tasks:
        said = _said_not_done(task.result)
        if not said:
            continue
        hit = _not_done(task, said, judged, case.settings["likeness"])
        if hit is not None:
            yield hit


def _said_not_done(result: str) -> str:
    """The words that say so; empty where nothing does, or they speak of something else."""
    for found in _NOT_DONE.finditer(result):
        before, after = result[: found.start()], result[found.end() :]
        clause = re.split(r"[,，。；;、]", after)[0]
        attributive = re.search(r"的(?!(?:主要)?原因)", clause)
        if not (attributive or _GUARDED.search(before) or _SOME.search(before)):
            return found.group()
    return ""


def _not_done(
    task: Task, said: str, judged: Sequence[IndicatorFigures], likeness: Decimal
) -> Hit | None:
    related = [row for row in judged if _speaks_of(row, task, likeness)]
    reason = _WHY.search(task.result)
    failed = any(row.deviation and row.deviation.ratio and row.adverse is not False
                 for row in related)  # fmt: skip
    if failed and reason:
        return None
    told = f"任务{quoted(task.name)}的完成情况写着{quoted(said)}"
    same = [
        row for row in related if not failed and _alike(row.indicator.name, task.name, likeness)
    ]
    if same:
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
    else:
        return None
    return Hit(subject=task.name, message=message, hint=hint, ref=task.cell("result"))


def _speaks_of(row: IndicatorFigures, task: Task, likeness: Decimal) -> bool:
    """Whether an indicator and a task share a run of words that is no chance (六字以上)."""
    indicator = row.indicator
    if indicator.work and plain_text(indicator.work) == plain_text(task.name):
        return True
    ours = plain_text(f"{task.name}|{task.result}")
    name = plain_text(indicator.name)
    texts = (name, plain_text(indicator.reason))
    if any(_common(text, ours) >= 6 for text in texts):
        return True
    return _alike(indicator.name, task.name, likeness)


def _common(one: str, other: str) -> int:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.find_longest_match(0, len(one), 0, len(other)).size


def _alike(one: str, other: str, likeness: Decimal) -> bool:
    first, second = counted_thing(one), plain_text(other)
    shorter = min(len(first), len(second))
    return _common(first, second) >= 4 and _common(first, second) >= shorter * likeness
