"""PG215: a target or a result that has one digit too few or too many (少写、多写一位)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from perfgen.checks.common.meant import is_steady, least_sensible, less_is_meant
from perfgen.checks.common.nature import is_change, is_percent, less_is_better, stays_within_all
from perfgen.checks.common.passages import plain_text, prose
from perfgen.checks.registry import Case, Hit, Setting, quoted, rule
from perfgen.figures.deviation import IndicatorFigures, comparable
from perfgen.figures.remarks import Remarks
from perfgen.model.finding import Severity
from perfgen.model.measure import Measure
from perfgen.model.numbers import plain
from perfgen.model.records import Indicator

_ALL = Decimal(100)


@rule(
    "PG215",
    Severity.WARNING,
    title="像是少写或多写了一位",
    reason="完成值只有目标的十分之一上下，满意度、合格率低到三五成以下，半年的覆盖率只有全年的十分之一，"
    "多半是小数点、位数错了。完成值与正文里写的一致的，错的多半是目标。差得远而目标换两位数字就正好达到的，"
    "多半写反了。属实的，在“说明事项”里说明。",
    good="宣讲场次目标 ≥300场，完成 326场；满意度 ≥95%",
    bad="宣讲场次目标 ≥3000场，完成 326场；满意度 ≥9.5%",
    settings={
        "low": Setting.ratio("8%", "完成值是目标的多少到多少，像是差了一位：下限"),
        "high": Setting.ratio("12.5%", "完成值是目标的多少到多少，像是差了一位：上限"),
        "level": Setting.ratio("15%", "满意度这类比率，一期不到另一期的多少，像是差了一位"),
    },
    fixed={"满意度、合格率、及时率、办结率等，低于这个数的": "50%"},
    most=8,
)
def one_digit(case: Case) -> Iterator[Hit]:
    """A tenth of the target, of the other period, or of what such a rate can be."""
    for row in case.figures.indicators:
        if row.compared.has(Remarks.SMALL_PERCENT, Remarks.UNIT_SLIP):
            continue  # PG207 asks for the value
        hits = (*_too_low(row.indicator), *_tenth(row, case), *_between_periods(row, case),
                *_turned_digits(row, case), *_told_otherwise(row.indicator, case))  # fmt: skip
        yield from hits[:1]


def _too_low(indicator: Indicator) -> Iterator[Hit]:
    least = least_sensible(indicator)
    values = [(f"target.{period}", target.measure, target.text, target.operator)
              for period, target in indicator.targets.items()]  # fmt: skip
    if indicator.actual is not None:
        values.append(("actual", indicator.actual, indicator.actual.text, None))
    for field, measure, text, operator in values:
        if not is_percent(measure) or measure.number is None or operator in ("≤", "<"):
            continue
        if measure.number < 0 and not is_change(indicator) and stays_within_all(indicator):
            yield _hit(indicator, field, text, "这样的比率不会是负数")
        elif 0 < measure.number < least:
            times = plain(measure.number * 10)
            guess = f"，是不是 {times}%" if measure.number * 10 <= 100 else ""
            yield _hit(indicator, field, text, f"低得不合情理{guess}")


def _hit(indicator: Indicator, field: str, text: str, said: str) -> Hit:
    what = "完成" if field == "actual" else "目标是"
    return Hit(
        subject=indicator.name,
        message=f"{quoted(indicator.name)}{what} {text}，{said}",
        hint="核对数字和小数点",
        ref=indicator.cell(field),
    )


def _tenth(row: IndicatorFigures, case: Case) -> Iterator[Hit]:
    """A result that is a tenth of its target, and missed it."""
    indicator, numbers = row.indicator, row.compared.numbers
    target, actual = indicator.target, indicator.actual
    if target is None or actual is None or numbers is None:
        return
    wanted, reached = numbers
    if wanted <= 0 or reached <= 0 or is_change(indicator) or is_few(wanted, target.measure):
        return
    is_cost = "元" in target.measure.unit and less_is_meant(indicator)
    falls = row.adverse is False or less_is_better(indicator, case.layout.rules)
    if falls and not is_cost:  # a tenth of the accidents is good news, a tenth of the cost is not
        return
    for times in (10, 100, 1000):
        if case.settings["low"] <= reached / wanted * times / 10 <= case.settings["high"]:
            confirmed = is_confirmed(actual, case)
            yield Hit(
                subject=indicator.name,
                message=f"{quoted(indicator.name)}目标 {target.text}，完成 {actual.text}，"
                f"差了约 {times} 倍，"
                + ("完成值与正文一致，是不是目标多写了位数" if confirmed else "是不是少写了位数"),
                hint="核对两个数字和小数点",
                ref=indicator.cell("target.full" if confirmed else "actual"),
            )
            return


def _turned_digits(row: IndicatorFigures, case: Case) -> Iterator[Hit]:
    """A target that was missed by much, and is just met once two of its digits change places."""
    indicator, numbers = row.indicator, row.compared.numbers
    target, actual = indicator.target, indicator.actual
    if target is None or actual is None or numbers is None or not row.adverse:
        return
    wanted, reached = numbers
    measure = target.measure
    if measure.number is None or wanted <= 0 or less_is_better(indicator, case.layout.rules):
        return
    if (wanted - reached) / wanted < _MISSED:
        return
    for meant in turned(measure.number):
        size = meant * wanted / measure.number
        if size <= reached <= size * _JUST_MET:
            full = indicator.mark is not None and indicator.mark == indicator.weight
            said_more = _MORE.search(indicator.reason) is not None
            yield Hit(
                subject=indicator.name,
                message=f"{quoted(indicator.name)}目标 {target.text}，完成 {actual.text}，"
                f"没有达到；目标的两位数字换过来是 {plain(meant)}，正好达到",
                hint="核对目标的数字有没有写反",
                ref=indicator.cell("target.full"),
                severity=None if full or said_more else Severity.INFO,
            )
            return


def _told_otherwise(indicator: Indicator, case: Case) -> Iterator[Hit]:
    """A target in a plan that several sentences about it give with a digit less or more."""
    target = indicator.target
    if indicator.actual is not None or target is None or target.measure.number is None:
        return
    number = target.measure.number
    if number < _MANY or is_percent(target.measure):
        return
    texts = [plain_text(passage.text) for passage in prose(case)]
    if any(_is_told(number, indicator.name, text) for text in texts):
        return
    for meant in (number / 10, number * 10):
        if sum(_is_told(meant, indicator.name, text) for text in texts) >= _TIMES_TOLD:
            yield Hit(
                subject=indicator.name,
                message=f"{quoted(indicator.name)}目标是 {target.text}，正文里几处写的是 "
                f"{plain(meant)}，差了 10 倍",
                hint="核对目标的位数",
                ref=indicator.cell("target.full"),
            )
            return


_MANY, _TIMES_TOLD, _AROUND = Decimal(100), 2, 12


def _is_told(number: Decimal, name: str, text: str) -> bool:
    """Whether a number stands in a text, and words of the name around it."""
    written = plain(number)
    for found in re.finditer(rf"(?<![\d.]){re.escape(written)}(?![\d.%])", text):
        around = text[max(0, found.start() - _AROUND) : found.end() + _AROUND]
        if any(one + other in around for one, other in pairwise(plain_text(name))):
            return True
    return False


_MISSED, _JUST_MET = Decimal("0.1"), Decimal("1.05")
_MORE = re.compile(r"(?:增加|新增|增办|加办|多办|超额|超过|超出)了?[\d一二两三四五六七八九十]")
"""A reason that tells of more than was aimed at."""


def turned(number: Decimal) -> Iterator[Decimal]:
    """Yield a number with two neighbouring digits exchanged."""
    written = plain(number)
    for place, (one, other) in enumerate(pairwise(written)):
        leads = place == 0 and other == "0"
        if one != other and one.isdigit() and other.isdigit() and not leads:
            yield Decimal(written[:place] + other + one + written[place + 2 :])


def is_few(wanted: Decimal, measure: Measure) -> bool:
    """Return whether a tenth of a target is likely enough: 1 of 10, 0.5 of 5%."""
    return wanted * measure.scale <= 10


def is_confirmed(actual: Measure, case: Case) -> bool:
    """Return whether the result stands in a sentence, too, just as it was typed."""
    shown = plain_text(actual.text)
    if len(shown) < 2 or actual.number is None:
        return False
    for passage in prose(case):
        text = plain_text(passage.text)
        start = text.find(shown)
        if start >= 0 and not text[max(0, start - 1) : start].isdigit():
            return True
    return False


def _between_periods(row: IndicatorFigures, case: Case) -> Iterator[Hit]:
    """A rate that stays, and yet is a tenth of itself in the other half of the year."""
    indicator = row.indicator
    half, full = indicator.targets.get("half"), indicator.target
    if half is None or full is None or not is_percent(full.measure):
        return
    numbers = comparable(full.measure, half.measure)
    if numbers is None or not (stays_within_all(indicator) or is_steady(indicator)):
        return
    wanted, by_half = numbers
    if wanted <= 0 or by_half <= 0 or max(wanted, by_half) > _ALL:
        return
    level = case.settings["level"]
    odd = "half" if by_half / wanted < level else "full" if wanted / by_half < level else ""
    if odd:
        yield Hit(
            subject=indicator.name,
            message=f"{quoted(indicator.name)}的半年目标是 {half.text}，全年目标是 {full.text}，"
            "相差太远，是不是少写了一位",
            hint="核对两个目标的小数点",
            ref=indicator.cell(f"target.{odd}"),
        )
