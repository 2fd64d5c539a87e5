"""PG323: amounts of one sentence that are one amount, or parts of one (折合、上下半年、其中)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfgen.checks.common.told_money import money_told
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.model.finding import Severity
from perfgen.model.numbers import half_up, plain
from perfgen.prose import words
from perfgen.prose.derived import MOST_FIGURES
from perfgen.prose.equivalents import halves_told, unequal, unfit_halves
from perfgen.prose.money import Figure, Row
from perfgen.prose.partitions import Unfit, unfit_parts
from perfgen.prose.slips import is_slip
from perfgen.prose.sources import sources_of_a_row, unfit_sources
from perfgen.prose.spans import Span

_LEAST, _MOST = Decimal("0.9"), Decimal("1.1")


@rule(
    "PG323",
    Severity.WARNING,
    title="一句话里的数合不上",
    reason="“6500万元（折合0.65亿元）”是同一个数的两种写法；上半年加下半年是全年；"
    "其中的市级和区级资金、财政拨款和其他资金，加起来是总数。一处改了，另一处往往忘了改。四舍五入能解释的不算。",
    good="全年预算 6500 万元，其中市级资金 1800 万元、区级资金 4700 万元",
    bad="全年预算 6500 万元，其中市级资金 1800 万元、区级资金 4600 万元",
    most=10,
)
def said_sums(case: Case) -> Iterator[Hit]:
    """Two wordings of one amount that differ; halves and sources that do not add up."""
    for sentence in money_told(case):
        passage, of, figures = sentence.passage, sentence.of, sentence.figures
        if len(figures) > MOST_FIGURES:
            continue
        told = [one.said for one in unfit_parts(figures)]  # PG314 says it
        own = (*unequal(figures), *unfit_halves(figures), *unfit_sources(figures))
        for unfit in (*own, *_halves(figures, of), *sources_of_a_row(figures, of)):
            if any(unfit.said is one for one in told):
                continue
            decimals = max(unfit.said.decimals, 2)
            yield Hit(
                subject=passage.subject,
                message=f"{quoted(passage.shown)}里写 {unfit.said.typed}，算出来是 "
                f"{plain(half_up(unfit.expected, decimals))}（{unfit.sum_}）",
                hint="核对这几个数",
                ref=passage.ref,
            )


def _halves(figures: Sequence[Figure], of: Row | None) -> Iterator[Unfit]:
    """上半年执行4320万元，下半年执行4233.6万元: what the table has for the year."""
    for first, second in halves_told(figures):
        row = first.row or of
        known = row.values.get(words.ACTUAL, ()) if row else ()
        span = Span.sum_of((first.quantity, second.quantity))
        if not known or any(span.low <= value <= span.high for value in known):
            continue
        summed = first.quantity.value + second.quantity.value
        right = next((value for value in known if _is_near(summed, value)), None)
        if right is not None:
            rest = (right - first.quantity.value) / second.quantity.scale
            shown = f"{plain(half_up(right / second.quantity.scale, 2))} - {first.quantity.typed}"
            yield Unfit(second.quantity, rest, f"全年{shown}")


def _is_near(one: Decimal, other: Decimal) -> bool:
    return bool(other) and (_LEAST <= one / other <= _MOST or is_slip(one, other))
