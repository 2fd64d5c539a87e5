"""PG314: what a sentence works out follows from its numbers and from the tables (推算的数)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfgen.checks.common.passages import Passage
from perfgen.checks.common.subjects import money_reader
from perfgen.checks.common.told_money import money_told
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.model.finding import Severity
from perfgen.model.numbers import half_up, plain
from perfgen.prose.averages import unfit_averages
from perfgen.prose.balances import unfit_amounts
from perfgen.prose.derived import MOST_FIGURES, derived_wrongly
from perfgen.prose.growth import unfit_growth
from perfgen.prose.money import Figure, MoneyReader, Row
from perfgen.prose.partitions import unfit_parts
from perfgen.prose.quantities import PERCENT, Quantity
from perfgen.prose.rates import unfit_rates
from perfgen.prose.relations import related_wrongly
from perfgen.prose.row_sums import unfit_row_sums
from perfgen.prose.rows import wrong_in_lists
from perfgen.prose.text import Clause


@rule(
    "PG314",
    Severity.WARNING,
    title="推算的数不对",
    reason="增幅、差额、占比、合计和按句中数字算的比率，应当能由句中的数或表里的数算出来。"
    "先前改了一个数，推算的数往往忘了跟着改。四舍五入能解释的不算。",
    good="由 80 家增至 100 家，增长 25%；县道 3 座、乡道 2 座，共 5 座",
    bad="由 80 家增至 100 家，增长 20%；县道 3 座、乡道 2 座，共 6 座",
    most=10,
)
def derived_figures(case: Case) -> Iterator[Hit]:
    """Growth, differences, shares, sums and rates that do not follow."""
    reader = money_reader(case)
    said_before: deque[tuple[Figure, ...]] = deque(maxlen=_SENTENCES)
    passage = None
    for sentence in money_told(case):
        figures = sentence.figures
        if sentence.passage is not passage:
            passage = sentence.passage
            said_before.clear()
        told: set[tuple[Clause, int]] = set()
        for said, value, how in _wrong_in(figures, reader, sentence.of):
            place = next(one.clause for one in figures if one.quantity is said), said.start
            if place not in told and not _is_share_of_told(said, figures, said_before):
                told.add(place)
                yield _hit(sentence.passage, said, value, how)
        said_before.append(figures)


_SENTENCES, _NEAR = 6, 2


def _is_share_of_told(
    said: Quantity, here: Sequence[Figure], before: Sequence[tuple[Figure, ...]]
) -> bool:
    """Whether a rate is that of two numbers that its text tells, in whatever words.

    项目支出882万元……由五项组成：……设备更新468万元……。设备更新占53.06%. One of the two stands in the
    sentence or in one of the two before it.
    """
    if said.unit != PERCENT or not said.decimals:
        return False
    runs = [*before, tuple(here)]
    near = [one.quantity for run in runs[-_NEAR - 1 :] for one in run]
    every = [one.quantity for run in runs for one in run]
    if len(every) > MOST_FIGURES:
        return False
    return any(
        part.kind == whole.kind
        and 0 < part.value < whole.value
        and abs(part.value / whole.value * 100 - said.value) <= said.step * 2
        for part in near
        if part.unit != PERCENT
        for whole in every
    )


def _wrong_in(
    figures: Sequence[Figure], reader: MoneyReader, whole: Row | None
) -> Iterator[tuple[Quantity, Decimal, str]]:
    """The numbers of a sentence that do not follow, each with what would, and how."""
    if len(figures) <= MOST_FIGURES:
        for wrong in (*derived_wrongly(figures), *unfit_rates(figures)):
            yield wrong.said, wrong.expected, wrong.sum_
        unfits = (unfit_parts, unfit_amounts, unfit_growth, unfit_averages)
        for unfit in (one for find in unfits for one in find(figures)):
            yield unfit.said, unfit.expected, unfit.sum_
        related = [*related_wrongly(figures, reader, whole), *unfit_row_sums(figures, reader)]
        for one in (*related, *wrong_in_lists(figures, reader)):
            yield one.said, one.expected[0] / one.said.scale, one.of


def _hit(passage: Passage, said: Quantity, expected: Decimal, how: str) -> Hit:
    decimals = max(said.decimals, 2)
    unit = "%" if said.unit == PERCENT else ""
    return Hit(
        subject=passage.subject,
        message=f"{quoted(passage.shown)}里写 {said.typed}，算出来是 "
        f"{plain(half_up(expected, decimals))}{unit}（{how}）",
        hint="核对这个数和它所依据的数",
        ref=passage.ref,
    )
