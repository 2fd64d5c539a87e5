"""Changes and gaps told alone, against both ends told elsewhere (只写了变化、差额的数)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from perfgen.checks.common.money_rows import money_rows
from perfgen.checks.common.passages import Passage
from perfgen.checks.registry import Case
from perfgen.checks.told.linked_rows import row_misfits
from perfgen.checks.told.operands import KnownNumbers
from perfgen.model.records import Indicator
from perfgen.prose.beside import Misfit, Told, is_in, told
from perfgen.prose.claims import Claim, Way, claims, linking_pairs
from perfgen.prose.expected import FULL, number_of
from perfgen.prose.quantities import PERCENT, POINTS, Quantity, kind_of
from perfgen.prose.spans import Span
from perfgen.prose.text import folded
from perfgen.prose.told_changes import Change, changes, is_told_alone, words_of

_HUNDRED = Decimal(100)
_OF_AIM = re.compile(
    "(?:[比较超]|超出|超过|超额|高于|低于|多于|少于)(?:完成)?"
    "(?:年初|年度|全年|预期|既定|绩效|预定|原定){0,2}(?:目标|计划|任务)[^,;()\\d]{0,8}$|超额(?:完成)?$"
)
_OF_A_PART = re.compile("月|上年|去年|截至|季度|上半年|同期|除外|不含|其中|均")
_LONG = 3
_MOST_ROWS, _SURELY = 3, 2


def linked_misfits(case: Case, known: KnownNumbers) -> Iterator[tuple[Passage, str, Misfit]]:
    """Yield the changes, and the gaps to targets, that what is told elsewhere does not give."""
    read = [
        (passage, [told(one.text, one.numbers) for one in said]) for passage, said in known.texts
    ]
    ends = [
        _Ends(passage, [one for here in said for one in changes(here)], _levels(said))
        for passage, said in read
    ]
    rows = money_rows(case)
    for passage, said in read:
        for here in said:
            for misfit in row_misfits(here, passage, case, rows):
                yield passage, here.text, misfit
            for misfit in _of_sentence(here, passage, case, ends):
                yield passage, here.text, misfit


@dataclass(frozen=True, slots=True)
class _Ends:
    """The changes of a text that are told with both ends, and all its numbers with their words."""

    passage: Passage
    changes: list[Change]
    levels: list[tuple[Quantity, frozenset[str]]]


def _levels(said: Sequence[Told]) -> list[tuple[Quantity, frozenset[str]]]:
    return [
        (one.quantity, linking_pairs(one.words))
        for here in said
        for one in here.numbers
        if not one.quantity.about
    ]


def _of_sentence(
    here: Told, passage: Passage, case: Case, ends: Sequence[_Ends]
) -> Iterator[Misfit]:
    for claim in claims(here.numbers, case.report.year):
        if claim.said.about:
            continue
        if is_told_alone(here, claim):
            yield from _unlike_its_ends(claim, passage, ends)
        elif claim.way is Way.DIFFERENCE and _OF_AIM.search(claim.piece):
            yield from _unlike_its_target(here, claim, passage, case)


def _unlike_its_ends(claim: Claim, passage: Passage, ends: Sequence[_Ends]) -> Iterator[Misfit]:
    """比上年增加340万人次, where 5620 and 5860 are told."""
    said, asked = claim.said, words_of(claim)
    linked: list[Change] = []
    also: list[Change] = []
    for one in ends:
        other = one.passage
        if other is not passage and (other.subject != passage.subject or not passage.subject):
            continue
        alone = not asked and len(one.changes) == 1
        linked += [each for each in one.changes if alone or asked & each.pairs]
        also += [
            replace(each, late=level)
            for each in linked
            for level, pairs in one.levels
            if level.kind == each.late.kind and level is not said and pairs & asked
        ]
    if any(is_in(said, low, high) for one in also for low, high, _ in _span_of(said, one)):
        return
    spans = [span for one in linked for span in _span_of(said, one)]
    if not spans or any(is_in(said, low, high) for low, high, _ in spans):
        return
    if len({shown for _, _, shown in spans}) > _MOST_ROWS:
        return
    low, high, shown = spans[0]
    yield Misfit(said, (low + high) / 2 / said.scale, shown)


def _span_of(said: Quantity, change: Change) -> Iterator[tuple[Decimal, Decimal, str]]:
    early, late = Span.of(change.early), Span.of(change.late)
    less, more = sorted((early, late), key=lambda one: one.middle)
    shown = f"由{change.early.typed}到{change.late.typed}"
    if said.unit == PERCENT and change.early.kind != PERCENT:
        ends = sorted(abs(one - _HUNDRED) for one in late.share_of(early))
        yield ends[0], ends[1], shown
    elif said.kind == change.early.kind or (said.unit == POINTS and change.early.unit == PERCENT):
        gap = more.minus(less)
        yield max(gap.low, Decimal(0)), gap.high, shown


# --- against targets -----------------------------------------------------------------------------


def _unlike_its_target(here: Told, claim: Claim, passage: Passage, case: Case) -> Iterator[Misfit]:
    """改造668户，比目标多18户: of the indicator whose result stands right before, or is named."""
    said = claim.said
    if said.unit == PERCENT or _OF_A_PART.search(claim.piece):
        return
    kind = PERCENT if said.unit == POINTS else said.kind
    before = [at for at in here.before(claim.place, 2) if here.of(at).kind == kind][:1]
    level = here.of(before[0]) if before else None
    rows = _rows(claim, level, kind, passage, case)
    spans: list[tuple[Span, str]] = []
    for row in rows:
        result = number_of(row.actual) if row.actual else None
        levels = [level.value] if level is not None else [result] if result is not None else []
        for target in row.targets.values():
            aim = number_of(target.measure)
            for value in levels:
                gap = abs(value - aim)
                shown = f"指标“{row.name}”目标{target.measure.text}"
                spans.append((Span(gap, gap), shown))
    if not spans or any(is_in(said, one.low, one.high) for one, _ in spans):
        return
    gap_, shown = spans[0]
    if gap_.middle > 0:
        yield Misfit(said, gap_.middle / said.scale, shown)


def _rows(
    claim: Claim, level: Quantity | None, kind: str, passage: Passage, case: Case
) -> list[Indicator]:
    """The indicators of a kind whose result is the number right before, or which are named."""
    project = passage.subject if passage.kind == "project" else ""
    some = [
        row
        for row in case.report.indicators
        if (not project or row.project in ("", project)) and _has_both(row, kind)
    ]
    if level is not None:
        same = [row for row in some if row.actual and level.is_(number_of(row.actual))]
        digits = sum(char.isdigit() for char in level.typed)
        same = same if digits >= _LONG else []
        return same if len(same) == 1 else []
    asked = linking_pairs(_OF_AIM.sub("", claim.piece))
    scored = [(len(asked & linking_pairs(folded(row.name))), row) for row in some]
    most = max((many for many, _ in scored), default=0)
    best = [row for many, row in scored if many == most >= _SURELY]
    return best if len(best) == 1 else []


def _has_both(row: Indicator, kind: str) -> bool:
    measures = [row.actual, *(target.measure for target in row.targets.values())]
    known = [one for one in measures if one is not None and one.number is not None and one.unit]
    full = row.targets.get(FULL)
    return (
        len(known) > 1 and full is not None and all(kind_of(one.base_unit) == kind for one in known)
    )
