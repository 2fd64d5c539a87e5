"""PG320: a number that is told in several places is the same in all of them (前后一致)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from perfgen.checks.common.money_rows import money_rows
from perfgen.checks.common.passages import Passage, prose
from perfgen.checks.common.subjects import field_words, own_places
from perfgen.checks.common.told_money import WHOLE_SECTIONS
from perfgen.checks.once import once
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.checks.told.texts import is_long_term, purpose_of
from perfgen.model.cells import CellRef
from perfgen.model.finding import Severity
from perfgen.model.measure import Measure
from perfgen.model.numbers import plain
from perfgen.model.records import ROWS
from perfgen.prose.echoes import echoes
from perfgen.prose.meanings import bare_words, standard
from perfgen.prose.mentions import Mention, mentions
from perfgen.prose.quantities import quantities
from perfgen.prose.twins import twins

_CELLS = frozenset({"task", "project", "indicator"})
_IN_TEXT, _IN_A_CELL, _FIGURE = 1, 2, 9
"""What is rather believed: a figure of a table, a table's text, the narrative."""

_NO_OTHER_ROW = re.compile("指标|扣|得分|分值|完成率")
"""What the notes of a score say of their own row only."""

_MOST_TOLD = 3000
"""A report of more numbers is no report: they are not compared with each other."""


@dataclass(frozen=True, slots=True)
class Where:
    """Where a number stands: in a text, or in a table's cell, which `figure` describes.

    `topic` is the row's name, or that of the project which it belongs to, `ref` the table's cell.
    """

    passage: Passage | None
    figure: str = ""
    topic: str = ""
    ref: CellRef | None = None


@rule(
    "PG320",
    Severity.WARNING,
    title="同一个数前后不一致",
    reason="同一件事的数在任务完成情况里写一次，正文里又写一次，改了一处往往漏了另一处。"
    "这里比较说法相同（词序可以不同）、单位相同的数；说法相近的，只报看起来像笔误的（数字颠倒、错一位）、"
    "别处都没有的那一个；数字颠倒的，旁边有几个相同的字就够，金额还与表里的比。"
    "别的年度、其中一部分、约数不比，计划只与计划比。",
    good="任务完成情况“举办惠民演出412场”，正文“412场惠民演出”",
    bad="任务完成情况“举办惠民演出412场”，正文“举办惠民演出421场”",
    most=8,
    last=True,
)
def told_differently(case: Case) -> Iterator[Hit]:
    """One thing with two numbers in the texts of one report."""
    told = {id(one): (one, where) for one, where in map(_of_this_year, numbers_told(case))}
    if len(told) > _MOST_TOLD:
        return
    every = [one for one, _ in told.values()]
    topics = {number: _topic(where) for number, (_, where) in told.items()}
    sums = _sums_told(every)
    named: set[int] = set()
    for echo in (*echoes(every), *twins(every, topics)):
        where = told[id(echo.wrong)][1]
        passage = where.passage
        if passage is None or id(echo.wrong) in named or is_told(case, passage, echo.wrong):
            continue
        if id(echo.wrong) in sums:
            continue
        named |= {id(echo.wrong), id(echo.right)}
        yield Hit(
            subject=passage.subject,
            message=f"{quoted(passage.shown)}里写{quoted(echo.wrong.shown)}，"
            f"{_other_place(echo.right, told[id(echo.right)][1])}",
            hint="核对哪一个对；口径不同的写明口径",
            ref=passage.ref,
        )


_TOGETHER = re.compile("合计|共|总")
_MOST_ADDED = 8


def _sums_told(told: Sequence[Mention]) -> frozenset[int]:
    """Which numbers are the sum of two told before them: 在编50人；……131人。两者合计……在职181人."""
    before: dict[tuple[int, str], list[Decimal]] = {}
    sums: set[int] = set()
    for one in told:
        value = one.quantity.value
        earlier = before.setdefault((one.place[0] if one.place else 0, one.quantity.kind), [])
        added = {a + b for at, a in enumerate(earlier) for b in earlier[:at]}
        if value in added and _TOGETHER.search(one.sentence):
            sums.add(id(one))
        earlier.append(value)
        del earlier[:-_MOST_ADDED]
    return frozenset(sums)


def is_told(case: Case, passage: Passage, one: Mention) -> bool:
    """Return whether another rule speaks of this number already."""
    return any(
        found.ref == passage.ref and one.quantity.typed in found.message for found in case.found
    )


def _topic(where: Where) -> str:
    """What a number's text or row is about, as its heading says."""
    passage = where.passage
    if passage is None:
        return where.topic
    return passage.subject if passage.kind in ROWS and passage.kind not in WHOLE_SECTIONS else ""


def _other_place(other: Mention, where: Where) -> str:
    if where.passage is None:
        cell = f"（{where.ref}）" if where.ref else ""
        return f"{where.figure}{cell}是 {other.quantity.typed}"
    ref = f"（{where.passage.ref}）" if where.passage.ref else ""
    return f"{quoted(where.passage.shown)}{ref}里写的是{quoted(other.shown)}"


def _of_this_year(told: tuple[Mention, Where]) -> tuple[Mention, Where]:
    """A number as it is held against others: not where a text is about more years."""
    one, where = told
    long = where.passage is not None and is_long_term(where.passage)
    return (replace(one, firm=False), where) if long else told


def numbers_told(case: Case) -> tuple[tuple[Mention, Where], ...]:
    """Return every number of the texts and tables, with its place; worked out once."""
    return once(case, _numbers_told)


def _numbers_told(case: Case) -> tuple[tuple[Mention, Where], ...]:
    return tuple(_all(case))


def _all(case: Case) -> Iterator[tuple[Mention, Where]]:
    own = (*field_words(case.report.unit), *own_places(case.report.unit))
    for number, passage in enumerate(prose(case)):
        purpose = purpose_of(passage, case)
        weight = _IN_A_CELL if passage.kind in _CELLS else _IN_TEXT
        for line, paragraph in enumerate(passage.paragraphs):
            for one in mentions(paragraph, case.report.year, own, purpose):
                place = (number, line, *one.place)
                own_row = passage.kind == "score" and _NO_OTHER_ROW.search(one.words)
                firm = one.firm and not own_row
                yield replace(one, place=place, weight=weight, firm=firm), Where(passage)
    yield from _of_indicators(case, own)
    yield from _of_money(case)


def _of_indicators(case: Case, own: tuple[str, ...]) -> Iterator[tuple[Mention, Where]]:
    for number, row in enumerate(case.report.indicators):
        targets: Mapping[str, Measure] = {
            period: target.measure for period, target in row.targets.items()
        }
        results = {"": row.actual} if row.actual else {}
        for period, measure in [*targets.items(), *results.items()]:
            if measure.number is None or not measure.unit:
                continue
            said = f"{plain(measure.number)}{measure.unit}"
            what = f"指标{quoted(row.name)}的{'目标值' if period else '完成值'}"
            for one in figure_of(row.name, said, own, (-1, number)):
                ref = row.cell(f"target.{period}" if period else "actual")
                half = period == "half"  # texts tell the year's, or say that they do not
                told = replace(one, wanted=bool(period), elsewhen=half, firm=one.firm and not half)
                yield told, Where(None, what, row.project, ref)


def _of_money(case: Case) -> Iterator[tuple[Mention, Where]]:
    """The tables' amounts: they bear sentences out, and others hold sentences against them."""
    for number, row in enumerate(money_rows(case)):
        name = "" if row.whole else row.name
        for value in {abs(value) for values in row.values.values() for value in values}:
            for one in figure_of(name, f"{plain(value / 10000)}万元", (), (-2, number)):
                yield replace(one, firm=False), Where(None, f"表里{quoted(row.name)}的金额")


def figure_of(name: str, said: str, own: tuple[str, ...], place: tuple[int, ...]) -> list[Mention]:
    """Return a table's number as if a text said it."""
    lead = bare_words(standard(name), own)
    found = quantities(said)
    return [
        Mention(one, lead, "", name, name + said, weight=_FIGURE, place=place) for one in found[:1]
    ]
