"""PG209, PG212: the levels that indicators stand under (一级、二级指标)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfgen.checks.common.nature import is_count
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.model.finding import Severity
from perfgen.model.records import Indicator

_REQUIRED = re.compile("效益|效果|满意")
_COST = re.compile(
    "成本|费用|经费|标准|价|支出|预算|投入|补助|补贴|金额|节约|节能|损耗|消耗|浪费|资金"
)
_VOLUME = re.compile(
    r"(?:次数|场次|人数|人次|数量|个数|家数|户数|件数|份数|面积|里程)(?:[（(][^（）()]*[）)])?$|"
    r"[（(](?:次|场|场次|人|人次|家|个|户|件|份)[）)]$"
)
_QUALITY = re.compile(
    "合格|优秀|达标|获奖|认定|通过|事故|投诉|差错|返工|故障|质量|等级|评定|创建|采纳"
)


@rule(
    "PG209",
    Severity.WARNING,
    title="必填的级别没有指标",
    reason="效益、满意度是绩效目标必须回答的问题（财预〔2020〕10号的指标框架：产出、效益、满意度）。"
    "留着空行，说明还没有想好用什么衡量；确实不适用的，在“说明事项”里说明。",
    good="效益指标、社会效益：带动就业人数 ≥500人",
    bad="效益指标、社会效益：空行",
    most=8,
)
def empty_levels(case: Case) -> Iterator[Hit]:
    """R30: a level of benefits or satisfaction that is kept without any indicator."""
    filled = {_level(row) for row in case.report.indicators if row.name}
    told: set[tuple[str, str, str]] = set()
    for row in case.report.indicators:
        level = _level(row)
        if row.name or row.is_heading or level in filled or level in told:
            continue
        if not _REQUIRED.search(f"{row.category}{row.subcategory}"):
            continue
        told.add(level)
        of_project = f"{quoted(row.project)}的" if row.project else ""
        place = f"{row.category}“{row.subcategory}”" if row.subcategory else quoted(row.category)
        yield Hit(
            subject=row.subcategory or row.category,
            message=f"{of_project}{place}没有填指标",
            hint="补填；不适用的，在“说明事项”里说明",
            ref=row.cell("name"),
        )


def _level(row: Indicator) -> tuple[str, str, str]:
    return row.project, row.category, row.subcategory


@rule(
    "PG212",
    Severity.WARNING,
    title="指标放错了类别",
    reason="成本指标衡量花了多少钱、耗了多少资源，不是做了多少事；次数、场次、人数是数量指标。"
    "质量、时效指标下的次数、人数只作提示。",
    good="成本指标：单场活动平均费用 ≤3万元；数量指标：举办活动场次 ≥1场",
    bad="成本指标：举办活动场次 ≥1场",
)
def wrong_level(case: Case) -> Iterator[Hit]:
    """R34: a count under cost; a plain volume under quality or timeliness."""
    for row in case.report.indicators:
        target = row.target
        level = row.subcategory or row.category
        if target is None or not is_count(target.measure):
            continue
        severity: Severity | None = None
        if _is_of(level, "成本"):
            wrong = not _COST.search(row.name)
        elif _is_of(level, "质量") or _is_of(level, "时效"):
            wrong = _VOLUME.search(row.name.strip()) is not None and not _QUALITY.search(row.name)
            severity = Severity.INFO
        else:
            continue
        if wrong:
            yield Hit(
                subject=row.name,
                message=f"{level}下的{quoted(row.name)}目标是 {target.text}，是数量",
                hint=f"移到数量指标；{level}另设",
                ref=row.cell("subcategory") or row.cell("name"),
                severity=severity,
            )


def _is_of(level: str, word: str) -> bool:
    """Whether a level is that of cost, quality or time, and no duty that names it (质量监测)."""
    return re.fullmatch(rf".{{0,4}}{word}(?:类?指标)?", level.strip()) is not None
