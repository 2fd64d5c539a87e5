"""PG207: targets and results that cannot be compared, or not as they are written (写法)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from perfgen.checks.indicators.values import quantities
from perfgen.checks.registry import Case, Hit, Setting, quoted, rule
from perfgen.figures.deadlines import last_day, no_such_day
from perfgen.figures.deviation import IndicatorFigures, fold
from perfgen.figures.remarks import Remark, Remarks
from perfgen.model.finding import Severity
from perfgen.model.measure import Measure, Target
from perfgen.model.numbers import plain
from perfgen.model.records import Indicator
from perfgen.model.values import Kind

_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


@dataclass(frozen=True, slots=True)
class _Saying:
    """How a remark is told: how grave it is, the sentence after the values, and what to do."""

    severity: Severity
    sentence: str
    hint: str


_SAYINGS: Mapping[Remarks, _Saying] = {
    Remarks.UNITS_DIFFER: _Saying(
        _ERROR, "单位不同（{detail}），不能比较，偏差留空", "按目标的单位填一个数，或改正目标的单位"
    ),
    Remarks.UNITS_UNSURE: _Saying(
        _WARNING,
        "计量单位写法不同（{detail}），不知道是不是一回事，偏差留空",
        "是一回事的，两处写成同一个单位",
    ),
    Remarks.UNIT_SLIP: _Saying(
        _WARNING, "换算以后相差太远，是不是单位（{detail}）写错了", "核对数字和单位"
    ),
    Remarks.SMALL_PERCENT: _Saying(
        _WARNING,
        "偏差按 {detail}% 计算，是 {detail}%，还是 {percent}%",
        "写明百分号，例如 {percent}%",
    ),
    Remarks.RATIO_READ: _Saying(
        _WARNING, "没有单位，是不是 {percent}%（偏差按 {percent}% 计算）", "写成 {percent}%"
    ),
    Remarks.RATIO_TARGET: _Saying(
        _INFO, "目标没有单位，偏差按 {percent}% 计算", "目标写成 {percent}%"
    ),
    Remarks.BARE_NUMBER: _Saying(
        _INFO, "两个数里有一个没有写“{detail}”，按不带“万”“亿”的数计算", "两处写成同一个单位"
    ),
    Remarks.CALENDAR: _Saying(
        _WARNING,
        "单位是{detail}，一个月、一年的天数不是固定的，偏差留空",
        "完成值与目标用同一个单位",
    ),
    Remarks.WORKING_DAYS: _Saying(
        _WARNING,
        "单位是{detail}，工作日和自然日不能换算，偏差留空",
        "完成值也按目标的单位填",
    ),
    Remarks.NO_SUCH_DAY: _Saying(_ERROR, "没有“{detail}”这一天，不能比较", "改正日期"),
    Remarks.GIVE_DAY: _Saying(
        _INFO, "没有写是哪一天完成的，按如期完成计", "填实际完成的日期，例如 {year}年11月20日"
    ),
    Remarks.GIVE_NUMBER: _Saying(
        _INFO, "没有写实际完成的数，按达到目标计", "填实际完成的数，例如 {target}"
    ),
    Remarks.GIVE_NUMBER_MISSED: _Saying(
        _WARNING, "没有写实际完成的数，偏差只能印作 100%", "填实际完成的数，并在原因里写明"
    ),
    Remarks.WORDS_FOR_NUMBER: _Saying(
        _WARNING, "不是一个数，不能与目标比较，偏差留空", "按目标的单位填一个数，例如 {target}"
    ),
    Remarks.NUMBER_FOR_WORDS: _Saying(
        _WARNING,
        "目标是文字，完成值是数，不能比较，偏差留空",
        "完成值用目标的说法，或把目标定成一个数",
    ),
    Remarks.AS_TARGET: _Saying(
        _INFO, "完成值带着符号，是目标的写法，按它的数计算", "填实际完成的数，不带符号"
    ),
    Remarks.BLURRED: _Saying(_INFO, "完成值不是确数，按写出的数计算", "填确切的数"),
    Remarks.BLURRED_UNSURE: _Saying(
        _WARNING, "完成值不是确数，不知道有没有达到目标", "填确切的数"
    ),
    Remarks.PARTS: _Saying(
        _WARNING, "括号里各部分加起来是 {detail}，与括号前的数不一致", "核对总数和各部分"
    ),
    Remarks.NEGATIVE_TARGET: _Saying(
        _INFO,
        "目标是负数，偏差除以负数，正负号与增减相反",
        "在原因里写明是好于还是差于目标，或改写成“下降5%”这样的目标",
    ),
    Remarks.NO_PLACE: _Saying(
        _WARNING, "没有写明第几名，不能与目标比较，偏差留空", "写明名次，例如 第2名"
    ),
    Remarks.OTHER_RANKING: _Saying(
        _WARNING, "两处说的不是同一个排名（全国、全省、全市），偏差留空", "填同一个范围里的名次"
    ),
    Remarks.RATIO: _Saying(
        _WARNING, "是比值，不知道大的好还是小的好，偏差留空", "在原因里写明有没有达到目标"
    ),
    Remarks.RANGE_RESULT: _Saying(
        _WARNING, "完成值是一个区间，算不出偏差", "填一个确切的数"
    ),
    Remarks.OTHER_SUBJECT: _Saying(
        _WARNING, "两个数前面的说法不同，不知道是不是一回事，偏差留空", "两处用同样的说法"
    ),
    Remarks.PERIOD: _Saying(
        _WARNING,
        "目标按每{detail}计，完成值没有写是每{detail}的数还是全年的数，偏差留空",
        "填全年的数，或写明“每{detail}”",
    ),
}  # fmt: skip

ASKED = frozenset(
    {
        Remarks.UNIT_SLIP, Remarks.SMALL_PERCENT, Remarks.RATIO_READ, Remarks.GIVE_NUMBER_MISSED,
        Remarks.PERIOD,
    }
)  # fmt: skip
"""Where the value itself is in doubt, nobody is asked to explain its deviation."""


@rule(
    "PG207",
    Severity.WARNING,
    title="完成值与目标的单位或写法不同",
    reason="单位不同（家和万元、工作日和天）就不能计算偏差，偏差留空。写法不同而看得懂的（两次、"
    "约20次、已完成、按期完成）照样判断，同时请单位写明实际的数。文字目标的完成值用同样的词，"
    "做了什么写在来源和原因里；写成一句话的只作提示。",
    good="目标 ≥10家，完成 12家；目标“有序推进”，完成“有序推进”",
    bad="目标 ≥10家，完成 12万元；目标“有序推进”，完成“行动已经结束，后续持续推进。”",
    settings={
        "length": Setting(Decimal(10), "文字目标的完成值超过多少个字，算写成了一句话"),
    },
)
def units(case: Case) -> Iterator[Hit]:
    """R28: units that differ, words against a number, a sentence for a word."""
    sheet = case.layout.sheet_of("indicator")
    judged = sheet is not None and sheet.column("attainment") is not None
    vocabulary = {
        fold(target.measure.text)
        for indicator in case.report.indicators
        for target in indicator.targets.values()
    }
    for row in case.figures.indicators:
        target, actual = row.indicator.target, row.indicator.actual
        if target is None or actual is None:
            continue
        said = f"{quoted(row.indicator.name)}的目标是{_shown(target)}，完成值是“{actual.text}”，"
        told = [remark for remark in row.compared.remarks if not _told_elsewhere(row, remark)]
        for remark in told:
            yield _hit(row.indicator, target, actual, said, remark, case.report.year)
        if not told and not judged and _is_sentence(row, vocabulary, case):
            yield Hit(
                subject=row.indicator.name,
                message=f"{said}没有用目标的说法，偏差按 100% 计",
                hint=f"完成值填“{target.measure.text}”或没有达到的程度，情况写在原因和来源里",
                ref=row.indicator.cell("actual"),
                severity=Severity.INFO,
            )


def _shown(target: Target) -> str:
    is_number = target.measure.value.kind in (Kind.NUMBER, Kind.RANGE)
    return f" {target.text}" if is_number else f"“{target.text}”"


def _told_elsewhere(row: IndicatorFigures, remark: Remark) -> bool:
    """Whether another rule speaks of it (PG206), or the officer has judged the words himself."""
    actual = row.indicator.actual
    if remark.name is Remarks.WORDS_FOR_NUMBER:
        return actual is not None and len(quantities(actual)) > 1
    return remark.name is Remarks.NUMBER_FOR_WORDS and bool(row.indicator.attainment)


def _hit(
    indicator: Indicator, target: Target, actual: Measure, said: str, remark: Remark, year: int
) -> Hit:
    saying = _SAYINGS[remark.name]
    words = {
        "detail": remark.detail,
        "percent": _percent(remark.detail),
        "target": target.measure.text,
        "year": year,
    }
    wrong_target = remark.name is Remarks.RATIO_TARGET or (
        remark.name is Remarks.NO_SUCH_DAY and no_such_day(target.text, year) == remark.detail
    )
    return Hit(
        subject=indicator.name,
        message=said + saying.sentence.format(**words),
        hint=saying.hint.format(**words),
        ref=indicator.cell("target.full" if wrong_target else "actual"),
        severity=saying.severity,
    )


def _percent(detail: str) -> str:
    number = detail.replace(".", "", 1).replace("-", "", 1)
    return plain(Decimal(detail) * 100) if number.isdigit() else detail


def _is_sentence(row: IndicatorFigures, vocabulary: set[str], case: Case) -> bool:
    """Whether words were asked for, and a sentence was given that is no such word."""
    target, actual = row.indicator.target, row.indicator.actual
    if target is None or actual is None or target.measure.value.kind is not Kind.WORDS:
        return False
    longest = int(case.settings["length"])
    asked, given = fold(target.measure.text), fold(actual.text)
    by_date = last_day(target.measure.text, case.report.year) is not None
    if row.compared.same is not False or row.compared.met is not None or by_date:
        return False
    if quantities(target.measure) or len(asked) > longest:
        return False
    if any(band.is_said(actual.text) for band in case.layout.rules.scoring.attainments):
        return False  # how far it was reached, in the layout's own words
    return len(given) > longest and given not in vocabulary
