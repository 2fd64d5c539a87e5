"""PG353: an indicator's number stands in the texts with another unit, or ten times as large."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from perfgen.checks.common.meant import unit_cell
from perfgen.checks.common.nature import is_percent
from perfgen.checks.common.passages import counted_thing, prose
from perfgen.checks.once import once
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.model.finding import Severity
from perfgen.model.measure import Measure
from perfgen.model.numbers import plain
from perfgen.model.records import Indicator
from perfgen.model.units import UnlikeUnits, converted, read_unit
from perfgen.prose.quantities import Quantity, quantities
from perfgen.prose.text import folded, sentences

_AHEAD, _BEHIND = 14, 8
"""Characters around a number that may name what it counts."""

_NO_NAME = frozenset(
    re.findall(
        "..",
        "完成数量情况项目工作任务建设开展组织实施新建改造全年年度目标人数人次场次次数面积长度成本达到新增",
    )
)
"""Pairs of characters that stand in the names of many indicators."""

_TENFOLD = (Decimal(10), Decimal(100), Decimal(1000))
_OTHER_TIME = re.compile("上年|去年|每|平均|其中|(?:19|20)\\d\\d年|累计|五年|三年|第")


@dataclass(frozen=True, slots=True)
class _Told:
    """A number of a text, what stands around it, and the project that the text is about."""

    quantity: Quantity
    around: str
    project: str
    shown: str


@rule(
    "PG353",
    Severity.WARNING,
    title="同一个数，单位或位数与文字里的不同",
    reason="文字里写“改造管网1820米”，指标里写“1820公里”；文字里写“购置设备42台”，指标里写“420台”："
    "数字相同，单位或位数错了。只在文字里说的是这个指标的事、别处也没有照指标这样写的时候才提。",
    good="指标“改造管网长度”1820米，文字“改造管网1820米”",
    bad="指标“改造管网长度”1820公里，文字“改造管网1820米”",
    most=8,
)
def told_otherwise(case: Case) -> Iterator[Hit]:
    """The same digits with another unit or another number of zeros, said of the same thing."""
    told = once(case, _told)
    if not told:
        return
    for indicator in case.report.indicators:
        names = _pairs(indicator)
        values = _values(indicator)
        hit = next(_differing(indicator, values, names, told), None)
        if hit is not None:
            yield hit


def _told(case: Case) -> Mapping[str, Sequence[_Told]]:
    """The numbers of all texts, by their digits without zeros at the end and without a point."""
    found: dict[str, list[_Told]] = {}
    for passage in prose(case):
        if passage.kind == "indicator":
            continue
        project = passage.subject if passage.kind == "project" else ""
        for sentence in sentences(passage.text):
            text = sentence.text
            for one in quantities(text):
                digits = _digits(one.number)
                around = text[max(0, one.start - _AHEAD) : one.end + _BEHIND]
                shown = text[max(0, one.start - 8) : one.end]
                if len(digits) > 1 and not one.bound:
                    found.setdefault(digits, []).append(_Told(one, around, project, shown))
    return found


def _digits(number: Decimal) -> str:
    return plain(abs(number)).replace(".", "").strip("0")


def _pairs(indicator: Indicator) -> frozenset[str]:
    name = re.sub(r"\(.{0,12}\)$", "", folded(counted_thing(indicator.name)))
    return frozenset(one + other for one, other in pairwise(name)) - _NO_NAME


def _values(indicator: Indicator) -> list[tuple[str, Measure]]:
    """The numbers that an indicator has, with their fields."""
    values = [(f"target.{period}", one.measure) for period, one in indicator.targets.items()]
    if indicator.actual is not None:
        values.append(("actual", indicator.actual))
    return [(field, one) for field, one in values if one.number and one.unit]


def _differing(
    indicator: Indicator,
    values: Sequence[tuple[str, Measure]],
    names: frozenset[str],
    told: Mapping[str, Sequence[_Told]],
) -> Iterator[Hit]:
    for field, measure in values:
        if measure.number is None or is_percent(measure) or "/" in measure.unit:
            continue
        digits = _digits(measure.number)
        near = [one for one in told.get(digits, ()) if _is_about(one, indicator, names, digits)]
        if not near or any(_fits(one.quantity, measure) for one in told.get(digits, ())):
            continue
        if any(_is_another(one.quantity, values) for one in near):
            continue
        for one in near:
            if wrong := _wrong(one, measure):
                period = field.removeprefix("target.")
                unit = unit_cell(indicator, period) if period != field else indicator.cell(field)
                ref = unit if wrong == "单位" else indicator.cell(field)
                what = "完成值" if field == "actual" else "目标"
                yield Hit(
                    subject=indicator.name,
                    message=f"{quoted(indicator.name)}的{what}是 {measure.text}，"
                    f"文字里写的是{quoted(one.shown)}，{wrong}不同",
                    hint=f"核对{wrong}，哪一处对",
                    ref=ref,
                )
                return


def _is_about(one: _Told, indicator: Indicator, names: frozenset[str], digits: str) -> bool:
    """Whether what stands around a number names the indicator; short numbers need more of it."""
    if indicator.project and one.project not in ("", indicator.project):
        return False
    if _OTHER_TIME.search(one.around):
        return False
    shared = sum(pair in one.around for pair in names)
    return shared >= (1 if len(digits) > 2 else 2)


def _fits(quantity: Quantity, measure: Measure) -> bool:
    """Whether a text gives the very value, in whatever unit it is written."""
    if measure.number is None:
        return False
    try:
        said = converted(quantity.number, read_unit(quantity.written_unit), read_unit(measure.unit))
    except UnlikeUnits as unlike:
        return not unlike.sure
    return said == measure.number


def _is_another(quantity: Quantity, values: Sequence[tuple[str, Measure]]) -> bool:
    """Whether a number is another value of the indicator: its result, or its other target."""
    return any(_fits(quantity, measure) for _, measure in values)


def _wrong(one: _Told, measure: Measure) -> str:
    """What differs: the unit where the numbers are the same, else the zeros; nothing for sure."""
    said, number = one.quantity.number, measure.number or Decimal(0)
    if said == number:
        return "单位"
    try:
        meant = converted(said, read_unit(one.quantity.written_unit), read_unit(measure.unit))
    except UnlikeUnits:
        return ""
    tenfold = any(number == meant * times or meant == number * times for times in _TENFOLD)
    return "位数" if tenfold else ""
