"""PG115, PG210: half-year figures against those of the whole year (半年与全年)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfgen.checks.common.nature import accumulates, is_count, less_is_better
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.figures.deadlines import last_day
from perfgen.figures.deviation import comparable, fold
from perfgen.model.finding import Severity
from perfgen.model.measure import Measure
from perfgen.model.numbers import plain
from perfgen.model.values import Kind


@rule(
    "PG115",
    Severity.ERROR,
    title="半年的数大于全年",
    reason="金额、累计的次数和完成的百分比，到年中不会比全年多；累计的数量，一年的目标也不会比整个实施期多。"
    "存量、排名、增长率和越小越好的指标不比。",
    good="半年 =1次，全年 =2次",
    bad="半年 =3次，全年 =2次",
)
def more_by_half(case: Case) -> Iterator[Hit]:
    """R13: half-year over full-year, for money, cumulative counts and percents."""
    for line in case.figures.budget:
        planned, year = line.line.half_plan, line.initial
        if planned is not None and year is not None and planned > year:
            yield Hit(
                subject=line.name,
                message=f"{line.name}的{case.header('budget', 'half_plan')}是 {plain(planned)}，"
                f"大于{case.header('budget', 'initial')} {plain(year)}",
                hint="核对两个数",
                ref=line.line.cell("half_plan"),
            )
    for indicator in case.report.indicators:
        half, full = indicator.targets.get("half"), indicator.target
        if half is None or full is None or not accumulates(indicator):
            continue
        numbers = comparable(full.measure, half.measure)
        if numbers is None or numbers[1] <= numbers[0]:
            continue
        if less_is_better(indicator, case.layout.rules):
            continue
        yield Hit(
            subject=indicator.name,
            message=f"{quoted(indicator.name)}的半年目标是 {half.text}，大于全年目标 {full.text}",
            hint="核对两个目标值，全年的填累计数",
            ref=indicator.cell("target.half"),
        )
    yield from _more_than_whole(case)


def _more_than_whole(case: Case) -> Iterator[Hit]:
    """A year's count above that of the project's whole term (实施期)."""
    for indicator in case.report.indicators:
        whole, full = indicator.targets.get("whole"), indicator.target
        if whole is None or full is None or not accumulates(indicator):
            continue
        numbers = comparable(whole.measure, full.measure)
        counted = is_count(full.measure) and not less_is_better(indicator, case.layout.rules)
        if numbers is None or not counted or not 0 < numbers[0] < numbers[1]:
            continue
        yield Hit(
            subject=indicator.name,
            message=f"{quoted(indicator.name)}的年度目标是 {full.text}，"
            f"大于实施期目标 {whole.text}",
            hint="核对两个目标值，实施期的填各年的累计数",
            ref=indicator.cell("target.full"),
        )


_RANKED = re.compile(
    r"前列|前茅|领先|位居|位列|排名|名次|[全国省市区县]第[一二三四五六七八九十\d]+(?![批期次季阶轮])|"
    r"前[一二两三四五六七八九十百\d]+(?!个?[年月季期批天])"
)


@rule(
    "PG210",
    Severity.INFO,
    title="半年和全年的目标不是一种写法",
    reason="半年用文字、全年用数字（或名次），年中就没有办法对照全年目标判断进度。",
    good="半年“全省前二”，全年“全省前二”",
    bad="半年“有序推进”，全年“全省前二”",
)
def of_two_kinds(case: Case) -> Iterator[Hit]:
    """R31: a number or a rank in one period, words in the other."""
    for indicator in case.report.indicators:
        half, full = indicator.targets.get("half"), indicator.target
        if half is None or full is None:
            continue
        kinds = [_kind(target.measure, case) for target in (half, full)]
        if kinds[0] == kinds[1] or fold(half.text) == fold(full.text):
            continue
        if kinds == ["文字", "时间"]:  # 有序推进, then 9月底前: no more is known by mid-year
            continue
        yield Hit(
            subject=indicator.name,
            message=f"{quoted(indicator.name)}的半年目标是“{half.text}”（{kinds[0]}），"
            f"全年目标是“{full.text}”（{kinds[1]}）",
            hint="半年目标也写成同一种，例如写明到年中的数或名次",
            ref=indicator.cell("target.half"),
        )


def _kind(measure: Measure, case: Case) -> str:
    if measure.value.kind in (Kind.NUMBER, Kind.RANGE):
        return "数字"
    if measure.value.kind is Kind.RANK:
        return "名次"
    if last_day(measure.text, case.report.year) is not None:
        return "时间"
    return "名次" if _RANKED.search(measure.text) else "文字"
