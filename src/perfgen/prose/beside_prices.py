"""A total, a count and what it is for each of them (单价、数量、总额), side by side.

`教室维修54万元(12间,每间4.5万元)`, `课题12个,每个补助5000元,共6万元`,
`26台共468万元,平均每台18万元`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfgen.prose.beside import Misfit, Told, is_in, quotient
from perfgen.prose.claims import Claim, Way
from perfgen.prose.quantities import Quantity
from perfgen.prose.workings import counts_of

_PERSONS = frozenset({"人", "人次"})
_TOGETHER = re.compile(
    "^\\)?[,、;]?(?:总)?(?:共计|合计|总计|共|计|总额|总费用|小计)[^,;:()、\\d]{0,6}$|^\\)$|"
    "^\\)?,(?:实际)?(?:支出|投入|发放|拨付|补助|安排|列支|兑付)(?:资金|经费|补助|补贴|金额)?(?:为)?$"
)
_LINKED = re.compile("^[^,;:()、\\d]{0,12}[,(:]?[^,;:()、\\d]{0,10}$")
_OF_SOME = re.compile("其中|另|除|之外|以外|最[高低多少]|上年|去年|同期|每")
_OTHER_EACH = re.compile(
    "每.{0,6}每|(?<!平)均.{0,6}每|每.{0,6}(?<!平)均|[年月日天周][人户生床]均|"
    "其中|中标|合同|成交|控制价|定额|标准|市场价"
)
_MOST_OFF = Decimal(20)
_MOST_SUMS = 12
_YEARLY = frozenset({"天", "日", "月", "个月", "季", "季度", "年"})


def unfit_prices(told: Told, claim: Claim) -> Iterator[Misfit]:
    """Yield a price, or an average, that its total and its count do not give."""
    said, place = claim.said, claim.place
    if claim.way is not Way.AVERAGE or said.about or claim.unit in _YEARLY:
        return
    if _OTHER_EACH.search(claim.piece):
        return
    found = list(_totals_and_counts(told, claim))
    if not found or any(is_in(said, *span) for span in _other_averages(told, claim)):
        return
    total, count = found[0]
    wanted = total.value / count.value / said.scale
    if wanted and 1 / _MOST_OFF <= abs(said.number) / wanted <= _MOST_OFF:
        each = f"{total.typed} ÷ {count.typed}"
        yield Misfit(told.of(place), wanted, each)


def _other_averages(told: Told, claim: Claim) -> Iterator[tuple[Decimal, Decimal]]:
    """What any total of the sentence gives for any of its counts, and for counts together."""
    places = [at for at in range(len(told.numbers)) if at != claim.place]
    numbers = [told.of(at) for at in places]
    counts = [one for one in numbers if _is_count(one, claim)]
    outside = [told.of(at) for at in places if not told.depths[at]]
    alike = [one for one in outside if _is_count(one, claim)]
    several = [alike[first:last] for last in range(2, len(alike) + 1) for first in range(last - 1)]
    for total in (one for one in numbers if _is_total(one, claim)):
        yield from (quotient(total, count) for count in counts)
        yield from (
            (total.value / many, total.value / many)
            for some in several[:_MOST_SUMS]
            if (many := sum((one.value for one in some), Decimal(0)))
        )


def _totals_and_counts(told: Told, claim: Claim) -> Iterator[tuple[Quantity, Quantity]]:
    """The totals and counts that stand right beside a price, the surest pair first."""
    place = claim.place
    before = told.before(place, 2)
    if not before or not _LINKED.match(told.lead(place)):
        return
    near = before[0]
    if near != place - 1 and not told.lead(place).startswith((",", ")")):
        return
    one = told.of(near)
    if _is_count(one, claim):
        if _OF_SOME.search(told.lead(near)):
            return
        if "、" in told.lead(near):
            yield from _of_a_list(told, claim, near)
            return
        after = place + 1
        together = after < len(told.numbers) and _TOGETHER.match(told.lead(after))
        if together and _is_total(told.of(after), claim):
            yield told.of(after), one
        if (
            len(before) > 1
            and _is_total(told.of(before[1]), claim)
            and _is_right_behind(told, near)
        ):
            yield told.of(before[1]), one
    elif len(before) > 1 and _is_total(one, claim) and _is_count(told.of(before[1]), claim):
        lead = told.lead(near)
        own = before[1] == near - 1 or lead.startswith("),") or ")," in lead
        if own and not _OF_SOME.search(lead) and "、" not in lead:
            yield one, told.of(before[1])


def _of_a_list(told: Told, claim: Claim, last: int) -> Iterator[tuple[Quantity, Quantity]]:
    """668户中,特困212户、低保287户、残疾169户,户均0.32万元,共213.76万元: of all of them."""
    counts = [told.of(at) for at in range(last + 1) if _is_count(told.of(at), claim)]
    after = claim.place + 1
    if len(counts) < 3 or sum(one.value for one in counts[1:]) != counts[0].value:
        return
    together = after < len(told.numbers) and _TOGETHER.match(told.lead(after))
    if together and _is_total(told.of(after), claim):
        yield told.of(after), counts[0]


def _is_right_behind(told: Told, place: int) -> bool:
    """Whether a count stands right behind its total: 54万元(12间, 195万元,65个项目."""
    lead = told.lead(place)
    return lead.startswith(("(", ",")) and not set("、;)") & set(lead) and len(lead) <= 8


def _is_count(one: Quantity, claim: Claim) -> bool:
    return one.kind in counts_of(claim.unit) and one.value > 1 and not one.bound


def _is_total(one: Quantity, claim: Claim) -> bool:
    alike = one.kind == claim.kind or {one.kind, claim.kind} == _PERSONS
    return alike and not one.bound and "/" not in one.unit and one.value > claim.said.value
