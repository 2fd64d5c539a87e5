"""PG350: what a project's budget changed by is what the reason for it tells (调整原因里的金额)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product

from perfgen.checks.common.passages import Passage, prose
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.figures.projects import ProjectFigures
from perfgen.model.finding import Severity
from perfgen.model.numbers import YUAN, half_up, plain
from perfgen.prose.quantities import Quantity, quantities
from perfgen.prose.text import folded

_REASON_OF_A_CHANGE = re.compile(
    "(?:调整|调剂|增减|追加|变动|变化)[^|]{0,6}(?:原因|说明|情况|理由|依据)"
)
_OPEN = re.compile(
    r"主要|其中|部分|约|左右|上年|去年|往年|单价|标准|每|人均|另|拟|预计|明年|(?:19|20)\d\d年"
)
"""Amounts among these words need not be the whole change."""

_MOST_AMOUNTS = 4
_SIGNS = (Decimal(1), Decimal(-1))


@rule(
    "PG350",
    Severity.WARNING,
    title="预算调整原因里的金额与增减不符",
    reason="项目的“预算调整原因”写明因何事增减了多少，应当就是调整后预算与年初预算之差（合计的或某一来源的），"
    "几笔的加减起来也应当是。只说主要部分、写了标准和约数的不比。",
    good="年初 268，调整后 286，原因“省级下达免疫补助18万元”",
    bad="年初 268，调整后 286，原因“省级下达免疫补助81万元”",
    last=True,
)
def change_reasons(case: Case) -> Iterator[Hit]:
    """Amounts of the reason that are neither the change nor what it started from or led to."""
    unit = YUAN[case.report.amount_unit]
    projects = {project.name: project for project in case.figures.projects}
    for passage in prose(case):
        project = projects.get(passage.subject) if passage.kind == "project" else None
        if project is None or not _REASON_OF_A_CHANGE.search(f"{passage.header}|{passage.field}"):
            continue
        told = any(one.ref == passage.ref and one.code in _SAID_BY for one in case.found)
        if told or _OPEN.search(folded(passage.text)):
            continue
        amounts = [one for one in quantities(folded(passage.text)) if one.is_money]
        changes = _changes(project, unit)
        if changes and 0 < len(amounts) <= _MOST_AMOUNTS:
            odd = _unexplained(amounts, changes, _levels(project, unit))
            if odd is not None:
                yield _hit(passage, odd, changes, unit)


_SAID_BY = frozenset({"PG301", "PG320", "PG322"})


def _of(project: ProjectFigures) -> Iterator[tuple[Decimal, Decimal]]:
    """The opening and the adjusted amounts: of each source, and of all together."""
    for row in project.money.values():
        if row.initial is not None and row.adjusted is not None:
            yield row.initial, row.adjusted


def _changes(project: ProjectFigures, unit: Decimal) -> tuple[Decimal, ...]:
    """The changes of a project's money in yuan, each once."""
    found = (abs(adjusted - initial) * unit for initial, adjusted in _of(project))
    return tuple(dict.fromkeys(one for one in found if one))


def _levels(project: ProjectFigures, unit: Decimal) -> frozenset[Decimal]:
    """What a project's money was before the change and after it, in yuan."""
    return frozenset(value * unit for pair in _of(project) for value in pair if value)


def _unexplained(
    amounts: Sequence[Quantity], changes: Sequence[Decimal], levels: frozenset[Decimal]
) -> Quantity | None:
    """Return the amount that is no change and no level, where those left do not make one."""
    known = (*changes, *levels)
    left = [one for one in amounts if not any(one.is_(value) for value in known)]
    told = [one for one in amounts if not any(one.is_(value) for value in levels)]
    for some in (left, told):
        for signs in product(_SIGNS, repeat=len(some)) if some else ():
            whole = sum((one.value * sign for one, sign in zip(some, signs, strict=True)),
                        Decimal(0))  # fmt: skip
            if abs(whole) in changes:
                return None
    return left[0] if left else None


def _hit(passage: Passage, odd: Quantity, changes: Sequence[Decimal], unit: Decimal) -> Hit:
    shown = "、".join(plain(half_up(one / unit, 6)) for one in changes)
    return Hit(
        subject=passage.subject,
        message=f"{quoted(passage.header or passage.shown)}里写{quoted(odd.typed)}，"
        f"调整后与年初的预算相差 {shown}",
        hint="核对原因里的金额和两栏预算哪一个对；只是其中一部分的，写明“其中”",
        ref=passage.ref,
    )
