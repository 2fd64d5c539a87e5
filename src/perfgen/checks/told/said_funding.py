"""PG332: sources of a project's money told in its texts are those of its row (资金来源)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from perfgen.checks.common.passages import Passage
from perfgen.checks.common.told_money import money_told
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.figures.projects import MoneyFigures, ProjectFigures
from perfgen.model.finding import Severity
from perfgen.model.numbers import YUAN, half_up, plain
from perfgen.prose.changes import change_of
from perfgen.prose.derived import MOST_FIGURES
from perfgen.prose.money import Figure
from perfgen.prose.slips import is_slip
from perfgen.prose.spans import Span
from perfgen.prose.words import Word

_SOURCES: Mapping[str, re.Pattern[str]] = {
    "carried": re.compile("上年度?结转|结转上年|以前年度结转|结转资金(?!下)"),
    "fiscal": re.compile("财政(?:拨款|资金|预算|性资金|安排|投入)|当年财政|本年财政"),
    "special": re.compile("专项资金|上级专项"),
    "own": re.compile("自有资金|单位资金|自筹"),
    "other": re.compile(
        "其他资金|自筹|自有资金|社会资金|公益金|福彩|体彩|单位资金|捐赠|村集体|企业配套"
    ),
    "central": re.compile("中央"),
    "province": re.compile("省级|省财政|省补"),
    "city": re.compile("市级|市财政|市本级"),
    "county": re.compile("县级|区级|县财政|区财政|县区"),
}
_KEPT_OUT = (Word.COMPARED, Word.SHARE, Word.PLANNED)
_PARTLY = re.compile(
    "部分|首批|第[一二三]批|先期|每|累计|上半年|截至|另|新增|追加|[调核压][增减]|增加|减少"
)
_MOST_SOURCES = 6
_LEAST, _MOST = Decimal("0.4"), Decimal("2.5")


@rule(
    "PG332",
    Severity.WARNING,
    title="说的资金来源与项目表里的不同",
    reason="项目的文字里写的“财政资金N万元、自筹N万元、上年结转N万元”，应当是这个项目资金来源各栏里的数。"
    "项目没有这一来源的、只说其中一部分的、差得远的不比。",
    good="其他资金 35，文字“其中村集体自筹35万元”",
    bad="其他资金 35，文字“其中村集体自筹53万元”",
    most=8,
)
def said_funding(case: Case) -> Iterator[Hit]:
    """An amount from a source that the project's row has otherwise."""
    projects = {project.name: project for project in case.figures.projects}
    if not projects:
        return
    unit = YUAN[case.report.amount_unit]
    for sentence in money_told(case):
        passage = sentence.passage
        project = projects.get(passage.subject) if passage.kind == "project" else None
        if project is not None and len(sentence.figures) <= MOST_FIGURES:
            yield from _of_sentence(sentence.figures, project, unit, passage)


def _of_sentence(
    figures: Sequence[Figure], project: ProjectFigures, unit: Decimal, passage: Passage
) -> Iterator[Hit]:
    for place, figure in enumerate(figures):
        said = figure.quantity
        if not said.is_money or said.bound or figure.has(*_KEPT_OUT):
            continue
        change = change_of(figure)
        changed = change is not None and not change["carried"]
        if _PARTLY.search(figure.lead) and not changed:
            continue
        sources = [
            source
            for source, form in _SOURCES.items()
            if project.money.get(source) and form.search(figure.lead)
        ]
        if len(sources) != 1:
            continue
        known_of = _changes if changed else _known
        known = known_of(project.money[sources[0]], unit)
        if not known or any(said.is_(value) for value in known):
            continue
        whole = known_of(project.whole, unit)
        if any(said.is_(value) for value in whole) or _parts_another(figures, place, whole):
            continue
        if any(_is_near(said.value, value) for value in known):
            shown = "、".join(plain(half_up(value / unit, 6)) for value in dict.fromkeys(known))
            yield Hit(
                subject=project.name,
                message=f"{quoted(passage.shown)}里写“{figure.lead[-8:]}{said.typed}”，"
                f"这一来源在表里是 {shown}",
                hint="核对哪一个对；只说其中一部分的，写明是哪一部分",
                ref=passage.ref,
            )


def _parts_another(figures: Sequence[Figure], place: int, known: Sequence[Decimal]) -> bool:
    """Whether it is a part of another whole: 采购412万元中，财政资金290万元、自筹122万元."""
    money = [one.quantity for one in figures if one.quantity.is_money]
    at = money.index(figures[place].quantity)
    return any(
        Span.sum_of(money[whole + 1 : stop]).meets(Span.of(money[whole]))
        and not any(money[whole].is_(value) for value in known)
        for whole in range(at)
        for stop in range(max(at + 1, whole + 3), min(len(money), whole + _MOST_SOURCES) + 1)
    )


def _known(money: MoneyFigures, unit: Decimal) -> list[Decimal]:
    amounts = [one for one in (money.initial, money.adjusted, money.actual) if one]
    if money.adjusted and money.actual and money.adjusted != money.actual:
        amounts.append(money.adjusted - money.actual)
    return [amount * unit for amount in amounts]


def _changes(money: MoneyFigures, unit: Decimal) -> list[Decimal]:
    """By how much a source was changed; nothing where the table tells of no change."""
    if money.adjusted is None or money.initial is None or money.adjusted == money.initial:
        return []
    return [abs(money.adjusted - money.initial) * unit]


def _is_near(said: Decimal, value: Decimal) -> bool:
    return bool(value) and (_LEAST <= said / value <= _MOST or is_slip(said, value))
