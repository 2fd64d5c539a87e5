"""PG357: numbers that stand beside each other fit together (挨着写的几个数算得拢)."""

from __future__ import annotations

from collections.abc import Iterator

from perfgen.checks.common.passages import Passage
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.checks.told.operands import ReadSentence, known_numbers
from perfgen.model.finding import Severity
from perfgen.model.numbers import fixed, half_up
from perfgen.prose.beside import Misfit, told
from perfgen.prose.beside_gaps import unfit_gaps, unfit_rounds, unfit_totals, unfit_ways
from perfgen.prose.beside_parts import unfit_lists
from perfgen.prose.beside_prices import unfit_prices
from perfgen.prose.beside_rates import unfit_bracketed, unfit_rates
from perfgen.prose.claims import claims
from perfgen.prose.item_totals import unfit_totals_of_items
from perfgen.prose.quantities import PERCENT, POINTS
from perfgen.prose.text import folded

_LEAD = 12


@rule(
    "PG357",
    Severity.WARNING,
    title="挨着写的几个数算不拢",
    reason="单价、数量和总额，办结数、受理数和办结率，由多少增加到多少、增加了多少，计划多少、实际多少、差多少，"
    "写在一起时互相算得出来。改了其中一个，另一个往往忘了跟着改。四舍五入能解释的不算，中间隔着别的事的不比。",
    good="教室维修54万元（12间，每间4.5万元）",
    bad="教室维修54万元（12间，每间5.4万元）",
    most=8,
    last=True,
)
def beside_each_other(case: Case) -> Iterator[Hit]:
    """Prices, rates and differences that the numbers right beside them do not give."""
    for passage, said in known_numbers(case).texts:
        found = [
            (_front(sentence.text, misfit), misfit)
            for sentence in said
            for misfit in _misfits(sentence, case.report.year)
        ]
        text = folded("".join(passage.paragraphs))
        if "合计" in text or "共" in text:
            found += [("合计", misfit) for misfit in unfit_totals_of_items(text)]
        once = {misfit.said.typed: (front, misfit) for front, misfit in reversed(found)}
        for front, misfit in reversed(once.values()):
            if not _is_told(case, passage, misfit):
                yield _hit(passage, front, misfit)


def _front(text: str, misfit: Misfit) -> str:
    """The words right before a number."""
    start = misfit.said.start
    return text[max(0, start - _LEAD) : start].lstrip(",;:()。、")


def _misfits(sentence: ReadSentence, year: int) -> Iterator[Misfit]:
    if len(sentence.numbers) < 2:
        return
    here = told(sentence.text, sentence.numbers)
    for claim in claims(sentence.numbers, year):
        yield from unfit_prices(here, claim)
        yield from unfit_rates(here, claim)
        yield from unfit_gaps(here, claim)
    yield from unfit_bracketed(here)
    yield from unfit_ways(here)
    yield from unfit_totals(here)
    yield from unfit_rounds(here)
    yield from unfit_lists(here)


def _is_told(case: Case, passage: Passage, misfit: Misfit) -> bool:
    """Whether another rule speaks of this number already."""
    typed = misfit.said.typed
    return any(one.ref == passage.ref and typed in one.message for one in case.found)


def _hit(passage: Passage, front: str, misfit: Misfit) -> Hit:
    said = misfit.said
    unit = "%" if said.unit == PERCENT else "个百分点" if said.unit == POINTS else said.written_unit
    right = fixed(half_up(misfit.wanted, said.decimals), said.decimals)
    off = f"按旁边的数算是 {right}{unit}（{misfit.shown}）"
    return Hit(
        subject=passage.subject,
        message=f"{quoted(passage.shown)}里写{quoted(front + said.typed)}，"
        f"{f'{misfit.shown}，说反了' if misfit.other_way else off}",
        hint="核对这几个数，看哪一个写错了",
        ref=passage.ref,
    )
