"""Whether a target was met (达到目标): by its operator, else by the indicator's direction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from perfgen.figures.remarks import Compared, Remark, Remarks
from perfgen.model.units import CALENDAR, CLOCK_TIME, WORKING_DAYS
from perfgen.model.values import Kind, Vague, Value


@dataclass(frozen=True, slots=True)
class Pair:
    """Target and result on the way to one unit."""

    wanted: Value
    reached: Value
    remarks: tuple[Remark, ...] = ()

    def noting(self, name: Remarks, detail: str = "") -> Pair:
        """Return the pair with one remark more."""
        return replace(self, remarks=(*self.remarks, Remark(name, detail)))


def judged(pair: Pair, direction: str, tolerance: Decimal) -> Compared:
    """Return the judgement of a pair that is in one unit already."""
    wanted, reached = pair.wanted, pair.reached
    pair = _remarked(pair)
    number = reached.low
    if wanted.kind is Kind.RANGE:
        return _beside_range(pair, direction)
    aim = wanted.low
    if reached.vague is Vague.NEAR and number == aim:
        return Compared(remarks=(*pair.remarks, Remark(Remarks.BLURRED_UNSURE)))
    alike = number == aim and wanted.vague is reached.vague is not Vague.NONE
    met = alike or _met(wanted, reached, direction, tolerance)
    if met is None and number < aim and _slipped(pair):
        met = False  # a thousandth of what was aimed at, whatever was meant
    if reached.vague is not Vague.NONE:
        name = Remarks.BLURRED_UNSURE if met is None else Remarks.BLURRED
        pair = pair.noting(name)
    return Compared(aim, number, met=met, operator=wanted.operator, remarks=pair.remarks)


def _slipped(pair: Pair) -> bool:
    return any(remark.name is Remarks.UNIT_SLIP for remark in pair.remarks)


def _remarked(pair: Pair) -> Pair:
    if pair.reached.operator in ("≥", "≤", ">", "<") and pair.reached.kind is Kind.NUMBER:
        within_time = pair.wanted.measured_in.dimension in (CLOCK_TIME, CALENDAR, WORKING_DAYS)
        if not within_time or pair.reached.operator != "≤":
            pair = pair.noting(Remarks.AS_TARGET)
    negative = pair.wanted.kind is Kind.NUMBER and pair.wanted.low < 0
    if negative and pair.wanted.low != pair.reached.low:
        pair = pair.noting(Remarks.NEGATIVE_TARGET)
    return pair


def _beside_range(pair: Pair, direction: str) -> Compared:
    """Inside a range is met; outside, the nearer bound counts."""
    wanted, number = pair.wanted, pair.reached.low
    if wanted.low <= number <= wanted.high:
        return Compared(number or Decimal(1), number or Decimal(1), met=True, remarks=pair.remarks)
    above = number > wanted.high
    aim = wanted.high if above else wanted.low
    if above:
        met = {"正向": True, "反向": False, "适中": False}.get(direction)
    else:
        met = direction == "反向"
    return Compared(aim, number, met=met, remarks=pair.remarks)


def _met(wanted: Value, reached: Value, direction: str, tolerance: Decimal) -> bool | None:
    aim, number = wanted.low, reached.low
    if wanted.vague in (Vague.ABOUT, Vague.NEAR) and aim:
        if abs(number - aim) <= abs(aim) * tolerance:
            return True
        if not wanted.operator and not direction:
            return None if number > aim else False
    if reached.vague is Vague.OVER:
        least = _last_place(number) / 100  # 100余场 are more than 100
        ends = {
            met_by_operator(aim, end, wanted.operator, direction)
            for end in (number + least, number + 99 * least)
        }
        return ends.pop() if len(ends) == 1 else None
    return met_by_operator(aim, number, wanted.operator, direction)


def _last_place(number: Decimal) -> Decimal:
    """What 余 may add at the most: 100 to 100余, 10 to 120余, 0.1 to 1.2万余."""
    exponent = number.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def met_by_operator(
    aim: Decimal, number: Decimal, operator: str | None, direction: str
) -> bool | None:
    """Return whether a number meets an aim; None where neither operator nor direction tells."""
    match operator, direction:
        case "≥", _:
            return number >= aim
        case ">", _:
            return number > aim
        case "≤", _:
            return number <= aim
        case "<", _:
            return number < aim
        case _, "正向":
            return number >= aim
        case _, "反向":
            return number <= aim
        case _, "适中":
            return number == aim
    return True if number == aim else None
