"""PG352: numbers worked out from others that they name (点名推算的数): 甲和乙共X, 甲占乙的p%."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product

from perfgen.checks.common.money_rows import money_rows
from perfgen.checks.common.passages import Passage
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.checks.told.linked_figures import linked_misfits
from perfgen.checks.told.operands import KnownNumbers, known_numbers
from perfgen.model.finding import Severity
from perfgen.model.numbers import fixed, half_up, plain
from perfgen.prose import words
from perfgen.prose.beside import is_in
from perfgen.prose.expected import number_of
from perfgen.prose.money import Row
from perfgen.prose.named_claims import Ask, NamedClaim, named_claims
from perfgen.prose.naming import Named, closeness, closeness_in, named_numbers
from perfgen.prose.quantities import MONEY, PERCENT, POINTS, Quantity, kind_of
from perfgen.prose.spans import Span
from perfgen.prose.text import folded
from perfgen.prose.workings import counts_of

_HUNDRED = Decimal(100)
_LEVELS = {words.INITIAL: "年初预算", words.ADJUSTED: "调整后预算", words.ACTUAL: "实际支出"}
_MOST_ALTERNATIVES, _MOST_COMBINED = 6, 200
_FARTHEST = Decimal("2.5")
_SURE = 2
_NONE: frozenset[tuple[int, int]] = frozenset()
_LEAST_NEAR = {Ask.SUM: 1, Ask.SHARE: 2, Ask.GAP: 2, Ask.EACH: 3}
"""How near a name must be, by what is asked."""

_OF_ALL = frozenset({"section", "report", "score", "task", "duty"})


@dataclass(frozen=True, slots=True)
class _Value:
    """A number that a name may mean; `column` keeps those of one table column together."""

    span: Span
    kind: str
    shown: str
    column: str = ""


@dataclass(slots=True)
class _Names:
    """The numbers of a report's texts by text, and what its tables hold."""

    texts: list[tuple[Passage, tuple[Named, ...]]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    indicators: list[tuple[str, str, _Value]] = field(default_factory=list)


@rule(
    "PG352",
    Severity.WARNING,
    title="点名推算的数对不上",
    reason="“维修和更新两项共64.8万元”“探头占总支出的72.21%”“东片比西片多3个”这样的话点了名：那几个数写在同一格、"
    "同一行的别的格或者表里，合计、占比和相差都算得出来。点到的名字找不到唯一的数、说的是别的年度的不比。",
    good="东片11个乡镇、西片8个乡镇；东片比西片多3个乡镇",
    bad="东片11个乡镇、西片8个乡镇；东片比西片多5个乡镇",
    most=8,
    last=True,
)
def named_figures(case: Case) -> Iterator[Hit]:
    """Sums, shares and gaps of numbers that are named, and that they do not give."""
    known = known_numbers(case)
    names = _names(case, known)
    for number, (passage, said) in enumerate(known.texts):
        for at, sentence in enumerate(said):
            for claim in named_claims(sentence.text, sentence.numbers):
                if _is_told(case, passage, claim.said):
                    continue
                misfit = _misfit(claim, number, at, names)
                if misfit is not None:
                    yield _hit(passage, claim.said, sentence.text, *misfit)

    for passage, text, linked in linked_misfits(case, known):
        if not _is_told(case, passage, linked.said):
            yield _hit(passage, linked.said, text, linked.wanted, linked.shown)


def _names(case: Case, known: KnownNumbers) -> _Names:
    found = _Names(rows=money_rows(case))
    for passage, said in known.texts:
        named = (
            one
            for at, sentence in enumerate(said)
            for one in named_numbers(sentence.text, sentence.numbers, at)
        )
        found.texts.append((passage, tuple(named)))
    for row in case.report.indicators:
        measures = [*(target.measure for target in row.targets.values()), row.actual]
        for measure in measures:
            if measure is not None and measure.number is not None and measure.unit:
                value, kind = number_of(measure), kind_of(measure.base_unit)
                shown = f"{row.name}{measure.text}"
                found.indicators.append(
                    (row.project, row.name, _Value(Span(value, value), kind, shown))
                )
    return found


def _is_told(case: Case, passage: Passage, said: Quantity) -> bool:
    """Whether another rule speaks of this number already."""
    told = (one for one in case.found if one.ref == passage.ref and one.code != "PG302")
    return any(said.typed in one.message for one in told)


# --- what a name means ---------------------------------------------------------------------------


def _meant(
    name: str,
    number: int,
    claim: frozenset[tuple[int, int]],
    names: _Names,
    least: int = 1,
    *,
    far: bool = True,
    kinds: frozenset[str] = frozenset(),
) -> list[_Value]:
    """The numbers that a name means: those whose names are nearest, in the nearest texts."""
    passage = names.texts[number][0]
    texts = _of_kinds(_ranked(name, _told_in(names.texts[number][1], claim)), kinds)
    if not far:
        return [one for _, one in texts]
    if not any(rank >= _SURE for rank, _ in texts):
        for other, (text, said) in enumerate(names.texts):
            if other != number and _goes_with(passage, text):
                texts += _of_kinds(_ranked(name, _told_in(said, _NONE)), kinds)
    tables = [
        (closeness(name, called), one)
        for project, called, one in names.indicators
        if not project or not passage.subject or project == passage.subject
    ]
    tables += [
        (rank, one)
        for row in names.rows
        if (rank := closeness(name, folded(row.name)))
        for one in _of_row(row)
    ]
    ranked = [*texts, *_of_kinds(tables, kinds)]
    most = max((rank for rank, _ in ranked), default=0)
    return [one for rank, one in ranked if rank == most >= least]


def _of_kinds(ranked: list[tuple[int, _Value]], kinds: frozenset[str]) -> list[tuple[int, _Value]]:
    return [one for one in ranked if not kinds or one[1].kind in kinds]


def _goes_with(passage: Passage, other: Passage) -> bool:
    if passage.kind in _OF_ALL and other.kind in _OF_ALL:
        return passage.kind == other.kind or other.kind in ("section", "report")
    return passage.subject == other.subject and passage.subject != ""


def _told_in(said: Sequence[Named], claim: frozenset[tuple[int, int]]) -> list[Named]:
    return [one for one in said if not one.apart and (one.sentence, one.place) not in claim]


def _ranked(name: str, some: Sequence[Named]) -> list[tuple[int, _Value]]:
    """The numbers with how near their names are; those without a name go by their clause's."""
    found = ((closeness_in(name, one.name, one.wider), one) for one in some)
    return [(rank, _value(one)) for rank, one in found if rank]


def _value(one: Named) -> _Value:
    quantity = one.quantity
    return _Value(Span.of(quantity), quantity.kind, f"{one.name or one.wider}{quantity.typed}")


def _of_row(row: Row) -> Iterator[_Value]:
    for column, called in _LEVELS.items():
        for value in row.values.get(column, ()):
            if value > 0:
                shown = f"{row.name}{called}{plain(value / 10000)}万元"
                yield _Value(Span(value, value), MONEY, shown, column)


# --- what they give ------------------------------------------------------------------------------


def _misfit(
    claim: NamedClaim, number: int, sentence: int, names: _Names
) -> tuple[Decimal, str] | None:
    """What the named numbers give, where none of what they may give is what is said."""
    last = claim.place - 1 if claim.counted else claim.place
    here = frozenset((sentence, place) for place in (claim.place, last))
    least = _LEAST_NEAR[claim.ask]
    far = claim.ask is not Ask.SUM or claim.counted or claim.said.is_money
    kinds = _asked_kinds(claim)
    meant = [_meant(name, number, here, names, least, far=far, kinds=kinds) for name in claim.parts]
    if not all(meant) or (claim.ask is Ask.SHARE and not _is_alone(claim, number, here, names)):
        return None
    given = [
        one
        for kind in _kinds(claim, meant)
        for one in _given(claim, kind, meant, number, here, names)
    ]
    if not given or any(is_in(claim.said, low, high) for low, high, _ in given):
        return None
    scale = claim.said.scale
    middles = [((low + high) / 2 / scale, shown) for low, high, shown in given if shown]
    size = abs(claim.said.number)
    if not middles:
        return None
    wanted, shown = min(middles, key=lambda one: abs(one[0] - size))
    near = wanted > 0 and 1 / _FARTHEST <= size / wanted <= _FARTHEST
    return (wanted, shown) if near or (wanted > 0 and claim.ask is Ask.GAP) else None


def _is_alone(
    claim: NamedClaim, number: int, here: frozenset[tuple[int, int]], names: _Names
) -> bool:
    """Whether no number stands before a share in its sentence, or those that it names do.

    投入3010万元，其中公益金占62.5%: a part that is not told, of a whole that is.
    """
    before = [
        one
        for one in names.texts[number][1]
        if (one.sentence, one.place) < min(here) and one.sentence == min(here)[0]
    ]
    return not before or all(
        any(closeness(part, one.name) for one in before) for part in claim.parts
    )


def _asked_kinds(claim: NamedClaim) -> frozenset[str]:
    """The kinds of numbers that a claim asks for; none for a share, which is of any."""
    if claim.said.unit == POINTS:
        return frozenset({PERCENT})
    if claim.ask is Ask.EACH:
        return counts_of(claim.unit) | {claim.said.kind}
    return frozenset() if claim.ask is Ask.SHARE else frozenset({claim.said.kind})


def _kinds(claim: NamedClaim, meant: Sequence[Sequence[_Value]]) -> set[str]:
    if claim.said.unit == POINTS:
        return {PERCENT}
    if claim.ask in (Ask.SUM, Ask.GAP, Ask.EACH):
        return {claim.said.kind}
    return set.intersection(*({one.kind for one in some} for some in meant)) - {PERCENT, POINTS}


def _given(
    claim: NamedClaim,
    kind: str,
    meant: Sequence[Sequence[_Value]],
    number: int,
    here: frozenset[tuple[int, int]],
    names: _Names,
) -> Iterator[tuple[Decimal, Decimal, str]]:
    alternatives = [_distinct(one for one in some if one.kind == kind) for some in meant]
    if not all(0 < len(some) <= _MOST_ALTERNATIVES for some in alternatives):
        return
    combined = [
        some
        for some in product(*alternatives)
        if len({one.column for one in some if one.column}) <= 1
    ][:_MOST_COMBINED]
    if claim.ask is Ask.SUM:
        for some in combined:
            low, high = _sum(some)
            yield low, high, shown_of(some)
    elif claim.ask is Ask.GAP:
        for one, other in combined:
            less, more = sorted((one, other), key=lambda each: each.span.middle)
            gap = more.span.minus(less.span)
            yield max(gap.low, Decimal(0)), gap.high, f"{more.shown} - {less.shown}"
    elif claim.ask is Ask.EACH:
        counts = _distinct(one for one in meant[0] if one.kind in counts_of(claim.unit))
        for (total,), count in product(combined, counts):
            if count.span.low > 0:
                low, high = total.span.low / count.span.high, total.span.high / count.span.low
                yield low, high, f"{total.shown} ÷ {count.shown}"
    else:
        wholes = _wholes(claim, kind, number, here, names)
        for some, whole in product(combined, wholes):
            part = Span(*_sum(some))
            if part.middle < whole.span.middle:
                shown = shown_of(some)
                yield (*part.share_of(whole.span), f"{shown} ÷ {whole.shown}")
            both = part.plus(whole.span)
            if not claim.whole and part.low > 0:  # 化妆品400批次、药品1800批次: of both
                yield (*part.share_of(both), "")


def shown_of(some: Sequence[_Value]) -> str:
    """Return some numbers as the sum that they make."""
    return " + ".join(one.shown for one in some)


def _sum(some: Sequence[_Value]) -> tuple[Decimal, Decimal]:
    zero = Decimal(0)
    return sum((one.span.low for one in some), zero), sum((one.span.high for one in some), zero)


def _distinct(values: Iterator[_Value]) -> list[_Value]:
    """The values, each once."""
    return list({(one.span, one.column): one for one in values}.values())


def _wholes(
    claim: NamedClaim, kind: str, number: int, here: frozenset[tuple[int, int]], names: _Names
) -> list[_Value]:
    """The whole that is named, or all that may be meant where any whole is."""
    if claim.whole:
        named = _meant(claim.whole, number, here, names)
        return _distinct(one for one in named if one.kind == kind)
    passage, said = names.texts[number]
    near = [_value(one) for one in _told_in(said, here)]
    for text, other in names.texts:
        if text is not passage and passage.subject and text.subject == passage.subject:
            near += [_value(one) for one in _told_in(other, _NONE)]
    near += [one for project, _, one in names.indicators if project in ("", passage.subject)]
    rows = (row for row in names.rows if row.whole or folded(row.name) == folded(passage.subject))
    near += [one for row in rows for one in _of_row(row)]
    return _distinct(one for one in near if one.kind == kind)


def _hit(passage: Passage, said: Quantity, text: str, wanted: Decimal, shown: str) -> Hit:
    unit = "%" if said.unit == PERCENT else "个百分点" if said.unit == POINTS else said.written_unit
    right = fixed(half_up(wanted, said.decimals), said.decimals)
    front = text[max(0, said.start - 16) : said.start].lstrip(",;:()。、")
    return Hit(
        subject=passage.subject,
        message=f"{quoted(passage.shown)}里写{quoted(front + said.typed)}，"
        f"算出来是 {right}{unit}（{shown}）",
        hint="核对这个数和它点到的几个数",
        ref=passage.ref,
    )
