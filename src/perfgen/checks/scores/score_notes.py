"""PG510, PG513: marks lost without a reason; numbers of a note that are not its own row's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.figures.scores import ScoreFigures
from perfgen.model.finding import Severity
from perfgen.model.numbers import decimals_of, half_up, plain
from perfgen.prose.expected import NOW, when_of
from perfgen.prose.slips import is_slip
from perfgen.prose.text import folded

_BY_JUDGEMENT = frozenset({"deduction", "given", "all_or_nothing", "overshoot"})
"""Kinds of rules whose marks nobody can follow without a word (a ratio explains itself)."""

_RATE = re.compile(
    r"(?:支出|执行|完成|达成|支付|调整|结余|控制|公开|采购|合格|利用|满意|到位)[率度](?:仅|只)?(?:约)?(?:为|是|达到|达|:)?"
    r"(\d{1,3}(?:\.\d{1,4})?)%"
)
_SCORED = re.compile(
    r"(?:自评|实际|评价|应|该项|本项|故|因此|所以|计算)?(?:得分|计分|评分|实得|得|计)(?:为|是|:)?"
    r"(\d{1,3}(?:\.\d{1,3})?)分"
)
_HUNDRED = Decimal(100)
_DONE_OF_ALL = re.compile(
    r"(?<![\d.第])(?P<all>\d{1,5})(?P<unit>[项个件家次场户所处条])[\u4e00-\u9fff]{0,12}?(?:中|里)?,?"
    r"(?:已|实际|按期|按时|如期|全部|只|仅)?(?:完成|办结|建成|开展|落实|实施)了?(?P<done>\d{1,5})(?P<same>[项个件家次场户所处条])"
)
_TELLS_ALL = re.compile("(?:全部|均已?|全面)(?:完成|办结|建成|开展|落实|实施)")
_OF_WORK = re.compile("(?:完成|办结|建成|开展|落实|实施)率$")

_BOUND = re.compile(
    r"(?:未|没有|没|低于|高于|距离?|不足|超过)(?:能)?(?:达到|达|到)?[^,。;\d]{0,8}\d{1,3}(?:\.\d{1,4})?%(?:的?(?:标准|要求|目标))?"
)
"""A mark that was set (没有达到95%), and no result."""

_TELLS_THE_RULE = re.compile(
    r"每|各|以上|以下|以内|不足|低于|高于|超过|不少于|满足|的(?:,)?(?:得|计)|者|最高|最多|至多|上限|否则|不得|[≥≤<>]|~|满分|标准|规则|分值|权重|区间|之间|上年|去年|加分"
)


_BY_STEPS = frozenset({"steps", "bands"})
_EXPLAINED = 3
"""Where all others that lost marks say why, so many at least, the one that does not stands out."""


def _is_explained(item: ScoreFigures) -> bool:
    texts = (item.item.reason, item.item.note, *item.item.extra.values())
    return any(text.strip() for text in texts)


@rule(
    "PG510",
    Severity.WARNING,
    title="扣了分，没有写原因",
    reason="扣分、评定、达标得满分的指标扣了分，要写明扣分原因：审核的人要凭它核对，整改也要凭它落实。"
    "按比率、按完成率计分的，比率本身就是原因，不用再写；分档、分步扣分的，别的都写了只有一项没写时才提。",
    good="满分 10，得分 8，扣分原因：2份合同备案超过时限",
    bad="满分 10，得分 8，扣分原因和评分说明都空着",
    most=8,
)
def unexplained_losses(case: Case) -> Iterator[Hit]:
    """An item that lost marks by judgement, with no word beside it."""
    if not any(item.item.reason.strip() for item in case.figures.scores):
        return  # a form that gives no reasons at all is not blamed line by line
    lost = [one for one in case.figures.scores if one.lost and one.lost > 0 and not one.parts]
    silent = [one for one in lost if not _is_explained(one)]
    only_one = len(silent) == 1 and len(lost) > _EXPLAINED
    for item in silent:
        kind = case.layout.rules.scoring.rule_of(item.item.rule, item.name).kind
        if kind not in _BY_JUDGEMENT and not (only_one and kind in _BY_STEPS):
            continue
        yield Hit(
            subject=item.name,
            message=f"{quoted(item.name)}满分 {plain(item.full or Decimal(0))}，"
            f"得分 {plain(item.score or Decimal(0))}，没有写{case.header('score', 'reason')}",
            hint=f"写明{case.header('score', 'reason')}；不该扣的，改正得分或计分依据",
            ref=item.item.cell("reason") or item.item.cell("score"),
        )


@rule(
    "PG513",
    Severity.WARNING,
    title="评分说明里的比率、得分与这一项的不同",
    reason="“支出率98.07%，得4.9分”里的比率，应当就是这一项的计分依据，分数应当就是这一项的得分。"
    "表里改过以后，说明最容易漏改。按写出的小数位数比较；说明里写评分办法的（每、以上、满分）不比。",
    good="计分依据 98.07%，得分 4.90，评分说明：支出率98.07%，得4.9分",
    bad="计分依据 89.07%，得分 4.45，评分说明：支出率98.07%，得4.9分",
    most=8,
)
def notes_of_their_own(case: Case) -> Iterator[Hit]:
    """The rate and the marks that a note tells, against those of its own row."""
    for item in case.figures.scores:
        if item.parts:
            continue
        for field, text in (("note", item.item.note), ("reason", item.item.reason)):
            rates = list(_other_rate(item, field, folded(text), case))
            rates += _other_counts(item, field, folded(text), case)
            yield from rates or _other_marks(item, field, folded(text), case)


def _other_rate(item: ScoreFigures, field: str, text: str, case: Case) -> Iterator[Hit]:
    basis = item.item.basis or item.basis
    if basis is None or basis.number is None or basis.unit != "%":
        return
    text = _BOUND.sub("", text)
    if when_of(text, case.report.year, NOW) != NOW:  # 2023年完成率为93.75%
        return
    told = [found[1] for found in _RATE.finditer(text) if not _rule_around(text, found)]
    if len(told) != 1 or text.count("%") != 1 or _same(Decimal(told[0]), basis.number):
        return
    said = Decimal(told[0])
    if not (is_slip(said, basis.number) or abs(said - basis.number) <= basis.number / 4):
        return
    header = case.header("score", field)
    marks = _SCORED.findall(text)
    told_score = len(marks) == 1 and item.score is not None and _same(Decimal(marks[0]), item.score)
    note_is_off = told_score or (item.item.score is not None and item.item.score == item.computed)
    yield Hit(
        subject=item.name,
        message=f"{quoted(item.name)}的{header}里写 {told[0]}%，"
        f"{case.header('score', 'basis')}是 {basis.text}",
        hint="核对哪一个对",
        ref=item.item.cell(field if note_is_off or item.item.basis is None else "basis"),
    )


def _other_counts(item: ScoreFigures, field: str, text: str, case: Case) -> Iterator[Hit]:
    """25个项目完成22个, where the row's own rate is 96%."""
    basis = item.item.basis
    if basis is None or basis.number is None or basis.unit != "%":
        return
    found = _DONE_OF_ALL.search(text)
    rest = text[: found.start()] + text[found.end() :] if found else ""
    if _TELLS_ALL.search(rest) and basis.number == _HUNDRED:
        return  # 8项重点工作全部完成：……立案186件，办结179件: of one of them
    if found is None or not _OF_WORK.search(item.name) or found["unit"] != found["same"]:
        return
    done, all_ = Decimal(found["done"]), Decimal(found["all"])
    rate = half_up(done / all_ * _HUNDRED, decimals_of(basis.number)) if all_ else None
    if rate is None or done > all_ or rate == basis.number:
        return
    yield Hit(
        subject=item.name,
        message=f"{quoted(item.name)}的{case.header('score', field)}里写{quoted(found.group())}，"
        f"算是 {plain(rate)}%，{case.header('score', 'basis')}是 {basis.text}",
        hint="核对哪一个对",
        ref=item.item.cell(field),
    )


def _other_marks(item: ScoreFigures, field: str, text: str, case: Case) -> Iterator[Hit]:
    told = [found for found in _SCORED.finditer(text) if not _rule_around(text, found)]
    if item.score is None or len(told) != 1 or len(_SCORED.findall(text)) != 1:
        return
    said = Decimal(told[0][1])
    if _same(said, item.score) or (item.full is not None and said > item.full):
        return
    header = case.header("score", field)
    yield Hit(
        subject=item.name,
        message=f"{quoted(item.name)}的{header}里写得 {plain(said)} 分，表里的得分是 "
        f"{plain(item.score)} 分",
        hint="核对哪一个对",
        ref=item.item.cell(field),
    )


def _rule_around(text: str, found: re.Match[str]) -> bool:
    """Whether a number stands in the words of a rule (每低1个百分点扣0.2分), not of a result."""
    start = max(text.rfind(mark, 0, found.start()) for mark in "。;\n") + 1
    stop = min((place for mark in "。;\n," if (place := text.find(mark, found.end())) >= 0),
               default=len(text))  # fmt: skip
    return _TELLS_THE_RULE.search(text[start:stop]) is not None


def _same(said: Decimal, known: Decimal) -> bool:
    """Whether two numbers are the same, as far as the coarser of them is written."""
    decimals = min(decimals_of(said), decimals_of(known))
    return half_up(said, decimals) == half_up(known, decimals)
