"""PG323: amounts of one sentence that are one amount, or parts of one (折合、上下半年、其中)."""

from __future__ import annotations

from collections.abc import Iterator

from perfgen.checks.passages import prose
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.checks.subjects import money_reader
from perfgen.checks.texts import spoken_of
from perfgen.model.finding import Severity
from perfgen.model.numbers import half_up, plain
from perfgen.prose.derived import MOST_FIGURES
from perfgen.prose.equivalents import unequal, unfit_halves
from perfgen.prose.partitions import unfit_parts
from perfgen.prose.sources import unfit_sources


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
    reader = money_reader(case)
    for passage in prose(case):
        for figures in reader.figures(passage.paragraphs, of=spoken_of(passage, reader)):
            if len(figures) > MOST_FIGURES:
                continue
            told = [one.said for one in unfit_parts(figures)]  # PG314 says it
            for unfit in (*unequal(figures), *unfit_halves(figures), *unfit_sources(figures)):
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
