"""PG351: a table's figure that several texts tell otherwise is the one to mend (表里的数没有改)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.checks.told.said_twice import Where, is_told, numbers_told
from perfgen.model.finding import Severity
from perfgen.prose.mentions import Mention
from perfgen.prose.outvoted import Outvoted, outvoted

_SHOWN = 3


@rule(
    "PG351",
    Severity.WARNING,
    title="指标的数与几处文字都不同",
    reason="同一个数在两处以上的文字里都一样，指标表里却是另一个数、哪一处文字都没有写它，"
    "多半是表里填错了，或者改了表忘了改文字。只有一处文字不同的，由 PG301、PG320、PG334 提示。",
    good="正文和任务完成情况都写“修补路面36处”，指标“修补路面处数”完成值 36处",
    bad="正文和任务完成情况都写“修补路面36处”，指标“修补路面处数”完成值 35处",
    most=8,
    last=True,
)
def outvoted_figures(case: Case) -> Iterator[Hit]:
    """A result or target that no text tells, and another number that several texts tell of it."""
    numbers = numbers_told(case)
    where = {id(one): place for one, place in numbers}
    figures = [one for one, place in numbers if place.passage is None and place.ref is not None]
    told = [one for one, place in numbers if place.passage is not None]
    rows: dict[tuple[int, ...], set[Decimal]] = defaultdict(set)
    for one in figures:
        if one.wanted:
            rows[one.place].add(abs(one.quantity.value))
    own = [frozenset(rows[one.place] if one.wanted else ()) for one in figures]
    for found in outvoted(figures, told, own):
        if not _is_said(case, found, where):
            yield _hit(found, where)


def _is_said(case: Case, found: Outvoted, where: dict[int, Where]) -> bool:
    """Whether another rule speaks of one of the texts already."""
    passages = ((one, where[id(one)].passage) for one in found.told)
    return any(passage is not None and is_told(case, passage, one) for one, passage in passages)


def _hit(found: Outvoted, where: dict[int, Where]) -> Hit:
    at = where[id(found.figure)]
    places = list(dict.fromkeys(_named(one, where[id(one)]) for one in found.told))[:_SHOWN]
    return Hit(
        subject=found.figure.words,
        message=f"{at.figure}是 {found.figure.quantity.typed}，{'、'.join(places)}",
        hint="几处文字一样，多半是表里这一格要改；表里对的，把文字都改过来",
        ref=at.ref,
    )


def _named(one: Mention, where: Where) -> str:
    passage = where.passage
    place = f"（{passage.ref}）" if passage and passage.ref else ""
    shown = quoted(passage.shown) if passage else ""
    return f"{shown}{place}写的是{quoted(one.shown)}"
