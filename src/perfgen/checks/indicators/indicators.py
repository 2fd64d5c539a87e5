"""PG2xx: the indicators are complete, and their deviations are explained (指标)."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from decimal import Decimal

from perfgen.checks.common.nature import is_percent
from perfgen.checks.indicators.comparability import ASKED
from perfgen.checks.indicators.slipped_results import result_meant
from perfgen.checks.indicators.values import quantities
from perfgen.checks.registry import Case, Hit, Setting, quoted, rule
from perfgen.figures.deviation import IndicatorFigures
from perfgen.model.fields import content_of, is_apart
from perfgen.model.finding import Severity
from perfgen.model.layout import Sheet
from perfgen.model.measure import Target
from perfgen.model.numbers import fixed
from perfgen.model.records import BudgetLine, Indicator, OwnRow, Record, Section

NO_REASON = frozenset({"", "无", "/", "—", "-"})
_ALL = Decimal(100)
_UNDOUBTED = frozenset({"≥", "≤", ">", "<"})


@rule(
    "PG201",
    Severity.WARNING,
    title="该填的内容空着",
    reason="空着的单元格在报告上就是空白。公开的报告里，目标值、完成值、完成情况、来源都不应缺。",
    good="指标完成值 99.04%，完成值来源：统计",
    bad="指标完成值空着",
)
def blanks(case: Case) -> Iterator[Hit]:
    """R26 and the like: cells and sheets that the layout expects to be filled."""
    summed = {id(line.line) for line in case.figures.budget if line.parts}
    summed |= {id(fund.fund) for fund in case.figures.funds if fund.parts}
    summed |= {id(score.item) for score in case.figures.scores if score.score is not None}
    for sheet in case.layout.sheets:
        if sheet.kind == "form":
            yield from _blank_items(case, sheet)
        if sheet.kind != "table":
            continue
        rows = case.report.rows(sheet.record)
        if not rows and sheet.required:
            yield Hit(
                subject=sheet.name,
                message=f"“{sheet.name}”一行也没有填",
                hint="填好再生成报告",
                severity=Severity.ERROR,
            )
        for column in sheet.columns:
            if not column.expected or column.computed:
                continue
            empty = [row for row in rows if _is_blank(row, column.field, summed)]
            yield from _blank_hits(sheet.name, column.header, column.field, empty, len(rows))


def _blank_items(case: Case, sheet: Sheet) -> Iterator[Hit]:
    """The items of a form that the layout expects and nobody filled."""
    for column in sheet.columns:
        if not column.expected or column.computed:
            continue
        fact = case.report.facts.get(column.field)
        if fact is None or not fact.value.strip():
            yield Hit(
                subject=column.header,
                message=f"{sheet.name}里没有填“{column.header}”",
                hint="补填；确实没有的，在“说明事项”里说明",
                ref=fact.cell("value") if fact else None,
            )


def _blank_hits(
    sheet: str, header: str, field: str, empty: list[Record], rows: int
) -> Iterator[Hit]:
    if len(empty) > 3:  # a whole column left empty is one thing to say, not seventy
        yield Hit(
            subject=header,
            message=f"{sheet}里有 {len(empty)} 行没有填“{header}”（共 {rows} 行）",
            hint="逐行补填；填报工作簿里黄色的就是",
            ref=empty[0].cell(field),
        )
        return
    for row in empty:
        name = _name(row)
        yield Hit(
            subject=name,
            message=f"{quoted(name)}没有填“{header}”",
            hint="补填",
            ref=row.cell(field),
        )


def _name(row: Record) -> str:
    names = (getattr(row, field, "") for field in ("name", "subject", "line", "text"))
    own = row.values.values() if isinstance(row, OwnRow) else ()
    return str(next((name for name in (*names, *own) if name), ""))


def _is_blank(row: Record, field: str, summed: Container[int]) -> bool:
    """Whether a field is empty; a total left blank is summed, and so is not.

    The empty row of a level that nobody filled has nothing to miss.
    """
    if isinstance(row, Indicator) and row.is_empty:
        return False
    if isinstance(row, OwnRow):
        return row.values.get(field) in (None, "")
    if isinstance(row, BudgetLine) and field == "actual" and row.execution_rate is not None:
        return False  # PG110 speaks of that
    if is_apart(row) and not field.startswith(("mark", "weight")):
        return content_of(row, field) is None
    if isinstance(row, Indicator) and field.startswith("target"):
        return row.targets.get(field.partition(".")[2] or "full") is None
    name, _, qualifier = field.partition(".")
    if isinstance(row, Section) and name == "text":
        name = "paragraphs"
    value = getattr(row, {"date": "day"}.get(name, name), "not kept")
    if isinstance(value, Mapping):
        return qualifier not in value
    return value in ("", ()) or (value is None and id(row) not in summed)


@rule(
    "PG202",
    Severity.WARNING,
    title="有偏差而没有写原因",
    reason="绩效自评要求对未完成和偏离较大的指标说明原因（财预〔2020〕10号自评表“偏差原因分析及改进措施”）。"
    "按符号（≥ ≤ > <）确实没有达到目标的是错误；按指标方向未达目标的，偏差 5% 以上作提醒；"
    "不知道好坏的作提醒；好于目标 15% 以上的作提示，“≤”的目标没有超过的不提（≤100% 除外）。",
    good="预算执行率目标 =100%，完成 99.04%，偏差 -0.96%，原因分析：人员经费略有结余。",
    bad="“三公经费”变动率目标 ≤0%，完成 844.1%，原因分析空着",
    settings={
        "notable": Setting.ratio("5%", "偏差到这么多，未达目标的由提示升为提醒"),
        "better": Setting.ratio("15%", "好于目标这么多的才提示"),
        "grave": Setting.ratio("30%", "填了指标方向的，未达目标到这么多是错误"),
    },
)
def unexplained(case: Case) -> Iterator[Hit]:
    """R20: a deviation with an empty reason."""
    for row in case.figures.indicators:
        if row.deviation is None or row.indicator.reason.strip() not in NO_REASON:
            continue
        if row.compared.has(*ASKED) or _is_compound(row.indicator):
            continue  # PG206 and PG207 ask for the value itself
        severity = None if _fully_scored(row) else _severity(row, case.settings)
        if severity is None:
            continue
        indicator = row.indicator
        target = indicator.target.text if indicator.target else ""
        actual = indicator.actual.text if indicator.actual else ""
        decimals = case.layout.rules.deviation_decimals if row.deviation.measured else 0
        meant = result_meant(row, case)
        hint = f"在“{case.header('indicator', 'reason')}”里写明原因和改进措施"
        yield Hit(
            subject=indicator.name,
            message=f"{quoted(indicator.name)}目标 {target}，完成 {actual}，偏差 "
            f"{fixed(row.deviation.ratio * 100, decimals)}%，没有写原因"
            + (f"；完成值如果是 {meant}，就达到了" if meant else ""),
            hint=f"核对完成值；没有填错的，{hint}" if meant else hint,
            ref=indicator.cell("actual" if meant else "reason"),
            severity=severity,
        )


def _is_compound(indicator: Indicator) -> bool:
    target = indicator.target
    return target is not None and len(quantities(target.measure)) > 1


def _fully_scored(row: IndicatorFigures) -> bool:
    """Whether a date was kept, or words were judged as reached: they differ, and nothing is lost.

    What `computed` gives in full needs no reason; numbers far beyond their target do.
    """
    assert row.deviation is not None
    full = row.indicator.weight
    return not row.deviation.measured and full is not None and row.computed == full


def _is_limit(target: Target | None) -> bool:
    """Whether a target is a limit, and staying below is what it is for; ≤100% is a plan's whole."""
    if target is None or target.operator not in ("≤", "<"):
        return False
    measure = target.measure
    return not (is_percent(measure) and measure.number is not None and measure.number >= _ALL)


def _severity(row: IndicatorFigures, bounds: Mapping[str, Decimal]) -> Severity | None:
    assert row.deviation is not None
    size = abs(row.deviation.ratio)
    if size == 0:
        return None
    if row.adverse is None:
        return Severity.WARNING
    target = row.indicator.target
    if not row.adverse:
        return Severity.INFO if size >= bounds["better"] and not _is_limit(target) else None
    if target is not None and target.operator in _UNDOUBTED:
        return Severity.ERROR  # R21: missed beyond doubt, and nothing said
    if size >= bounds["grave"] and row.indicator.way:
        return Severity.ERROR
    return Severity.WARNING if size >= bounds["notable"] else Severity.INFO
