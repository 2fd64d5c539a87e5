"""PG505: a typed score is what its rule gives (填的得分)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.figures.deviation import IndicatorFigures, comparable
from perfgen.figures.marks import Marks, indicator_marks
from perfgen.figures.score_rules import value_of
from perfgen.figures.score_words import rule_in_words
from perfgen.figures.scores import ScoreFigures, meets_threshold
from perfgen.figures.thresholds import measured_beside, threshold_of
from perfgen.model.finding import Mend, Severity
from perfgen.model.numbers import decimals_of, fixed, half_up, plain
from perfgen.model.scoring import ScoreRule, Scoring

_ZERO = Decimal(0)


@rule(
    "PG505",
    Severity.ERROR,
    title="填的得分与计分规则不符",
    reason="定量指标按完成值与指标值的比例计分，日期按时的得满分、逾期的不得满分，文字指标按达成情况"
    "在规定的范围内给分，两档之间的数归上一档。版式声明了档次、每差一步扣几分、到多少得满分的，按声明计分，"
    "并说明怎样得来；达标得满分的，按声明的或评分说明里写的线判断。填的得分只是少了小数位的，"
    "或超额完成后按偏离程度调减而没有写原因的，作提醒（财预〔2020〕10号：指标值明显偏低的，"
    "可以适度调减分值）；没有写达标线、判断不了的，作提示。已经公开的得分照填的印，在“说明事项”里说明。",
    good="目标 ≥100家，完成 92家，分值 5，得分 4.6",
    bad="目标 ≥100家，完成 92家，分值 5，得分 5",
)
def typed_scores(case: Case) -> Iterator[Hit]:
    """R65: a typed score that its rule does not give, or that lies outside its band."""
    for row in case.figures.indicators:
        marks = indicator_marks(row.indicator, case.layout.rules, case.report.year)
        if marks is not None:
            yield from _typed_mark(row, marks, case)
    yield from _typed_rates(case)
    for item in case.figures.scores:
        if not item.parts:
            yield from _typed_item(item, case)


def _typed_rates(case: Case) -> Iterator[Hit]:
    """The marks of a project's execution rate (执行率得分)."""
    for project in case.figures.projects:
        typed, computed = project.project.mark, project.rate_computed
        if typed is None or computed is None or typed == computed:
            continue
        rate = project.whole.computed_rate.ratio or _ZERO
        yield Hit(
            subject=project.name,
            message=f"{quoted(project.name)}填的{case.header('project', 'mark')}是 {plain(typed)}，"
            f"按执行率 {fixed(rate * 100, case.layout.rules.rate_decimals)}% 应当是 "
            f"{plain(computed)}",
            hint="核对执行数和预算数；这一格可以清空，由系统计算",
            ref=project.project.cell("mark"),
            severity=Severity.WARNING if _only_rounded(typed, computed) else None,
        )


# --- items of a score table ----------------------------------------------------------------------


def _typed_item(item: ScoreFigures, case: Case) -> Iterator[Hit]:
    typed, computed, basis = item.item.score, item.computed, item.item.basis
    scoring = case.layout.rules.scoring
    rule = scoring.rule_of(item.item.rule, item.name)
    if rule.kind == "all_or_nothing" and rule.full_at is None:
        yield from _threshold_in_words(item, case)
        measured = basis is not None and basis.number is not None
        if measured and meets_threshold(item.item) is None and typed == item.full != computed:
            yield _no_line(item, case)
            return
    if typed is None or computed is None or typed == computed:
        return
    yield Hit(
        subject=item.name,
        message=f"{quoted(item.name)}填的得分是 {plain(typed)}，按规则应当是 {plain(computed)}"
        + _how(item, rule, scoring),
        hint="核对计分依据；得分可以清空，由系统计算",
        ref=item.item.cell("score"),
        severity=Severity.WARNING if _only_rounded(typed, computed) else None,
        mend=Mend(record=item.item, field="score"),
    )


def _how(item: ScoreFigures, rule: ScoreRule, scoring: Scoring) -> str:
    """How the rule came to its marks, in brackets; nothing where it only adds up or takes off."""
    basis, value = item.basis, value_of(item.basis)
    if basis is None or value is None or item.full is None:
        return ""
    if rule.kind == "all_or_nothing" and rule.full_at is None:
        met = meets_threshold(item.item)
        return "" if met is None else f"（{basis.text}，达标线 {threshold_of(item.item)}）"
    said = rule_in_words(value, item.full, rule, scoring, percent=basis.unit == "%")
    return f"（{said}）" if said else ""


def _no_line(item: ScoreFigures, case: Case) -> Hit:
    basis = item.item.basis.text if item.item.basis else ""
    return Hit(
        subject=item.name,
        message=f"{quoted(item.name)}的{case.header('score', 'basis')}是 {basis}，得满分，"
        "没有写多少算达标，核对不了",
        hint=f"在{case.header('score', 'note')}里写明达标线，例如“不低于95%”",
        ref=item.item.cell("basis"),
        severity=Severity.INFO,
    )


def _threshold_in_words(item: ScoreFigures, case: Case) -> Iterator[Hit]:
    """A basis in words (达标) against the value and the threshold that the note states."""
    basis, line, measured = item.item.basis, threshold_of(item.item), measured_beside(item.item)
    if basis is None or basis.number is not None or line is None or measured is None:
        return
    scoring = case.layout.rules.scoring
    said = True if basis.text in scoring.reached_words else None
    said = False if basis.text in scoring.missed_words else said
    if said is None or said == line.is_met(measured):
        return
    yield Hit(
        subject=item.name,
        message=f"{quoted(item.name)}的{case.header('score', 'basis')}写“{basis.text}”，"
        f"{case.header('score', 'note')}里是 {plain(measured)}%，达标线 {line}",
        hint="核对计分依据和评分说明",
        ref=item.item.cell("basis"),
    )


# --- indicators ----------------------------------------------------------------------------------


def _typed_mark(row: IndicatorFigures, marks: Marks, case: Case) -> Iterator[Hit]:
    indicator, typed = row.indicator, row.indicator.mark
    weight = indicator.weight or _ZERO
    if typed is None or not _ZERO <= typed <= weight:
        return  # what is out of bounds has its own rule
    late = marks.computed == _ZERO and typed == weight == marks.highest and typed > _ZERO
    if marks.allow(typed) and not late:
        return
    target = indicator.target.text if indicator.target else ""
    actual = indicator.actual.text if indicator.actual else ""
    said = f"{quoted(indicator.name)}目标 {target}，完成 {actual}，分值 {plain(weight)}，"
    severity = None
    if late:
        should = "没有按时完成，不应当是满分"
        hint = "核对完成时间；逾期的由单位评定得分，并写明原因"
    elif marks.lowest == marks.highest:
        should = f"按规则应当是 {plain(marks.lowest)}" + (f"（{marks.said}）" if marks.said else "")
        hint = "核对指标值和实际完成值；得分可以清空，由系统计算"
        if _only_rounded(typed, marks.lowest) and typed != weight:
            severity = Severity.WARNING
        elif _overshot(row, marks):
            if _explains_the_cut(row):
                return
            severity = Severity.WARNING
            hint = "超额完成而调减得分的，写明为什么扣分；否则清空得分，由系统计算"
    else:
        end = "（不含）" if marks.below else ""
        band = indicator.attainment or actual
        should = f"{band}应当在 {plain(marks.lowest)} 到 {plain(marks.highest)}{end}之间"
        changed = "attainment" if indicator.attainment else "actual"
        hint = f"核对得分，或修改{case.header('indicator', changed)}"
    yield Hit(
        subject=indicator.name,
        message=f"{said}填的得分是 {plain(typed)}，{should}",
        hint=hint,
        ref=indicator.cell("mark"),
        severity=severity,
    )


_OF_THE_TARGET = re.compile(
    "扣|超|目标|指标|偏低|保守|测算|预计|预估|预期|估计|调减|减分|低估|过高|过低|设置|设定|不够|不准|不足|偏差"
)
_LITTLE = Decimal("0.3")


def _explains_the_cut(row: IndicatorFigures) -> bool:
    """Whether a reason says why marks were lost: of a little more than wanted, not any reason."""
    reason = row.indicator.reason.strip()
    ratio = row.deviation.ratio if row.deviation else None
    little = ratio is not None and abs(ratio) <= _LITTLE
    return reason != "" and (not little or _OF_THE_TARGET.search(reason) is not None)


def _only_rounded(typed: Decimal, computed: Decimal) -> bool:
    """Whether a typed score is the computed one with fewer decimals: 4.2 for 4.17."""
    return half_up(computed, decimals_of(Decimal(plain(typed)))) == typed


def _overshot(row: IndicatorFigures, marks: Marks) -> bool:
    """Whether a target was more than reached, and less than full marks were typed."""
    target, actual = row.indicator.target, row.indicator.actual
    if target is None or actual is None or marks.computed != row.indicator.weight:
        return False
    numbers = comparable(target.measure, actual)
    return numbers is not None and numbers[0] != numbers[1]
