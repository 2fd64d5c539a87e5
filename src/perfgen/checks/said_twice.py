"""PG320: a number that is told in several places is the same in all of them (前后一致)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from perfgen.checks.passages import Passage, prose
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.checks.subjects import field_words, own_places
from perfgen.checks.texts import is_long_term, purpose_of
from perfgen.model.finding import Severity
from perfgen.prose.expected import Purpose
from perfgen.prose.facts import Fact, facts
from perfgen.prose.meanings import Meaning
from perfgen.prose.quantities import kind_of
from perfgen.prose.slips import is_slip

_TABLES = frozenset({"task", "project", "indicator"})
_MOST_ALIKE = 20
_SURELY = 4
"""So many characters name a thing so well that two numbers of it need not look like a slip."""


@dataclass(frozen=True, slots=True)
class _Told:
    fact: Fact
    passage: Passage


@rule(
    "PG320",
    Severity.WARNING,
    title="同一个数前后不一致",
    reason="同一件事的数在任务完成情况里写一次，正文里又写一次，改了一处往往漏了另一处。"
    "这里比较说法相同（词序可以不同）、单位相同的数；别的年度、其中一部分、计划和目标、约数不比。",
    good="任务完成情况“举办惠民演出412场”，正文“412场惠民演出”",
    bad="任务完成情况“举办惠民演出412场”，正文“举办惠民演出421场”",
    most=8,
)
def told_differently(case: Case) -> Iterator[Hit]:
    """One thing with two numbers in the texts of one report."""
    groups: dict[tuple[bool, tuple[str, str]], list[_Told]] = {}
    names = _indicators(case)
    own = (*field_words(case.report.unit), *own_places(case.report.unit))
    for passage in prose(case):
        if is_long_term(passage):
            continue
        wanted = purpose_of(passage, case) is Purpose.WANTED
        for paragraph in passage.paragraphs:
            for fact in facts(paragraph, case.report.year, own):
                if fact.key not in names:
                    groups.setdefault((wanted, fact.key), []).append(_Told(fact, passage))
    for told in groups.values():
        yield from _differing(told)
    for pair in _swapped(groups):
        yield from _differing(pair)


def _indicators(case: Case) -> frozenset[tuple[str, str]]:
    """What indicators count: texts are held against these elsewhere."""
    own = (*field_words(case.report.unit), *own_places(case.report.unit))
    return frozenset(
        (Meaning.of(row.name, unit, own).signature, kind_of(unit))
        for row in case.report.indicators
        for unit in {
            *([row.actual.base_unit] if row.actual else []),
            *(target.measure.base_unit for target in row.targets.values()),
        }
    )


def _differing(told: Sequence[_Told]) -> Iterator[Hit]:
    values = list(dict.fromkeys(one.fact.quantity.value for one in told))
    if len(values) != 2 or not _may_be_one(values, told[0].fact.specific):
        return
    first, second = ([one for one in told if one.fact.quantity.value == v] for v in values)
    if any(one.fact.quantity.is_(values[0]) for one in second):
        return
    right, wrong = (second, first) if _weight(second) > _weight(first) else (first, second)
    for one in wrong:
        other = right[0]
        where = f"（{other.passage.ref}）" if other.passage.ref else ""
        yield Hit(
            subject=one.passage.subject,
            message=f"{quoted(one.passage.shown)}里写{quoted(one.fact.words)}，"
            f"{quoted(other.passage.shown)}{where}里写的是{quoted(other.fact.words)}",
            hint="核对哪一个对；口径不同的写明口径",
            ref=one.passage.ref,
        )


def _swapped(
    groups: Mapping[tuple[bool, tuple[str, str]], Sequence[_Told]],
) -> Iterator[list[_Told]]:
    """Facts whose words say more or less of one thing, with the same digits in another order."""
    alike: dict[tuple[bool, str, Decimal, str], list[list[_Told]]] = {}
    for (wanted, key), told in groups.items():
        if len({one.fact.quantity.value for one in told}) == 1:
            quantity = told[0].fact.quantity
            digits = "".join(sorted(str(quantity.number)))
            alike.setdefault((wanted, key[1], quantity.scale, digits), []).append(list(told))
    for several in alike.values():
        for first, second in combinations(several[:_MOST_ALIKE], 2):
            one, other = (Counter(some[0].fact.key[0]) for some in (first, second))
            if (one <= other or other <= one) and len(set(first[0].fact.quantity.typed)) > 1:
                yield [*first, *second]


def _weight(told: Sequence[_Told]) -> int:
    return sum(2 if one.passage.kind in _TABLES else 1 for one in told)


def _may_be_one(values: Sequence[Decimal], specific: int) -> bool:
    """Whether two numbers are so near that one of them may be meant for the other."""
    first, second = values
    if is_slip(first, second):
        return True
    near = first and second and Decimal("0.5") <= first / second <= 2
    return bool(near) and specific >= _SURELY
