"""PG334: numbers of a text and of indicators that are left over, and touch (对不上的指标)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from perfgen.checks.common.passages import Passage, prose
from perfgen.checks.common.subjects import field_words, own_places
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.checks.told.said_twice import Where, figure_of, is_told, numbers_told
from perfgen.checks.told.texts import is_long_term, purpose_of
from perfgen.model.finding import Severity
from perfgen.model.numbers import plain
from perfgen.model.records import Indicator
from perfgen.prose.expected import FULL, Purpose
from perfgen.prose.leads import counts_new
from perfgen.prose.meanings import bare_words, standard
from perfgen.prose.mentions import Mention
from perfgen.prose.unmatched import Unmatched, unmatched

_WHOLE_TERM = "whole"
"""The period of a project's whole term (实施期), as layouts name it."""

_RESULT = ""
"""Where a target has its period, the result has this."""

_WHOLE_UNIT = frozenset({"section", "report", "task", "score"})
"""Texts that tell of many things beside the indicators."""

_APART = re.compile("原因|问题|措施|建议|结论|概况|职责|职能|说明|机构|人员")
"""Texts with these in their names are no account of the indicators."""


@dataclass(frozen=True, slots=True)
class _Row:
    """What an indicator has for one period, or its result, as if a text said it."""

    indicator: Indicator
    period: str
    mention: Mention


@rule(
    "PG334",
    Severity.WARNING,
    title="文字里的数与指标对不上",
    reason="年度目标和它的指标说的是同一些事。两边都有的数先各自对上；剩下一个文字里的数、一个指标的数，"
    "单位相同、说法挨得上，多半是改了一处忘了另一处。完成情况与完成值同样核对。"
    "说的是其中一部分的、别处也这样写的、有几个可能的不报。",
    good="目标“更换老旧发射机6部”，指标“更换发射机数量”6部",
    bad="目标“更换老旧发射机8部”，指标“更换发射机数量”6部",
    most=8,
    last=True,
)
def unmatched_targets(case: Case) -> Iterator[Hit]:
    """A number of a text that no indicator has, and an indicator that the text does not tell."""
    own = (*field_words(case.report.unit), *own_places(case.report.unit))
    rows = [one for row in case.report.indicators for one in _rows(row, own)]
    numbers: dict[int, list[Mention]] = defaultdict(list)
    of_kind: dict[str, list[tuple[Mention, Where]]] = defaultdict(list)
    for one, where in numbers_told(case):
        numbers[id(where.passage)].append(one)
        of_kind[one.quantity.kind].append((one, where))
    for passage in prose(case):
        ours = _of_passage(passage, rows, case)
        if not ours or passage.kind == "indicator":  # a reason tells of what lies behind a number
            continue
        if _APART.search(f"{passage.header}|{passage.subject}"):
            continue
        told = numbers.get(id(passage), [])
        elsewhere = _told_outside(passage, of_kind)
        wide = passage.kind in _WHOLE_UNIT and purpose_of(passage, case) is not Purpose.WANTED
        for pair in _left_over(passage, ours, told, elsewhere, wide=wide):
            if not is_told(case, passage, pair.said) and not _is_level_of_new(pair, ours):
                yield _hit(passage, pair, ours)


def _told_outside(
    passage: Passage, of_kind: Mapping[str, Sequence[tuple[Mention, Where]]]
) -> Callable[[str], list[Mention]]:
    """What the other texts and the tables tell in one unit."""
    return lambda kind: [
        one for one, where in of_kind.get(kind, ()) if where.passage is not passage
    ]


def _is_level_of_new(pair: Unmatched, rows: Sequence[_Row]) -> bool:
    """Whether a text tells how many there are then, and the indicator how many are new."""
    row = next(one for one in rows if one.mention is pair.figure)
    return counts_new(row.indicator.name) and _LEVEL.search(pair.said.words) is not None


_LEVEL = re.compile("[增升提扩降减][加长高大展少]?[至到为]|达到?|累计|总[数量]|共有")


def _left_over(
    passage: Passage,
    rows: Sequence[_Row],
    told: Sequence[Mention],
    elsewhere: Callable[[str], Sequence[Mention]],
    *,
    wide: bool,
) -> Iterator[Unmatched]:
    """The numbers left over of what is wanted, and of what was reached."""
    known = [row.mention for row in rows]
    implied = bare_words(passage.subject, ()) if passage.kind == "project" else ""
    for wanted in (True, False):
        said = [one for one in told if one.wanted == wanted and not _is_stock(one, passage)]
        if is_long_term(passage):  # 三年累计: no stock, but what the term is to bring
            said = [replace(one, narrow=one.narrow and "累计" not in one.words) for one in said]
        period = (_WHOLE_TERM if is_long_term(passage) else FULL) if wanted else _RESULT
        figures = [row.mention for row in rows if row.period == period]
        own = passage.kind == "project"
        yield from unmatched(
            said, figures, known, elsewhere, whole_unit=wide, of_its_own=own, implied=implied
        )


def _is_stock(one: Mention, passage: Passage) -> bool:
    """Whether a number is of what an office has: 现有教职工36人；教室24间."""
    before, there, _ = standard(passage.text).partition(one.sentence)
    opening = re.split("[。\n]", before)[-1] if there else ""
    told = opening + one.sentence.partition(one.quantity.typed)[0]
    return _HAS.search(told) is not None


_HAS = re.compile("(?<!在)(?:现有|设有|建有|拥有|在册|占地)(?!的?基础)")


def _of_passage(passage: Passage, rows: Sequence[_Row], case: Case) -> list[_Row]:
    """The indicators that a text is about: those of its project, or all of the unit's."""
    if passage.kind != "project":
        return list(rows)
    own = [row for row in rows if row.indicator.project == passage.subject]
    return own or (list(rows) if len(case.report.projects) == 1 else [])


def _rows(indicator: Indicator, own: Sequence[str]) -> Iterator[_Row]:
    measures = [(period, target.measure) for period, target in indicator.targets.items()]
    if indicator.actual is not None:
        measures.append((_RESULT, indicator.actual))
    for period, measure in measures:
        if measure.number is None or not measure.unit:
            continue
        said = f"{plain(measure.number)}{measure.unit}"
        for one in figure_of(indicator.name, said, tuple(own), (-1,)):
            yield _Row(indicator, period, one)


def _hit(passage: Passage, pair: Unmatched, rows: Sequence[_Row]) -> Hit:
    row = next(one for one in rows if one.mention is pair.figure)
    what = "目标" if row.period else "完成值"
    return Hit(
        subject=passage.subject,
        message=f"{quoted(passage.shown)}里写{quoted(pair.said.shown)}，"
        f"指标{quoted(row.indicator.name)}的{what}是 {pair.figure.quantity.typed}",
        hint="核对哪一个对；说的是另一件事的，写明是什么",
        ref=passage.ref,
    )
