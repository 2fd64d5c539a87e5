"""PG333: what a project's money is for (资金用途) adds up to the project's own amount."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfgen.checks.common.passages import Passage, prose
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.figures.projects import ProjectFigures
from perfgen.model.finding import Severity
from perfgen.model.numbers import YUAN, half_up, plain
from perfgen.prose.item_totals import without_prices
from perfgen.prose.quantities import Quantity, quantities
from perfgen.prose.slips import is_slip
from perfgen.prose.text import folded

_MOST_AMOUNTS = 12
_FAR = Decimal("0.4")
_PURPOSE = re.compile("用途|资金使用|经费构成|资金构成|预算构成|支出构成")
_NOT_ALL = re.compile(
    "每|单价|次均|人均|户均|均价|部分|左右|以内|以上|不超过|上年|去年|累计|比|较|增|减|追|结转|"
    r"其余|另|超|[元]/|元\d|%|等(?:$|[。；;])"
)
"""With one of these the amounts told are not the parts of the whole, or not all of them."""

_ENDED = re.compile("元[^;。]{0,30}[;。]")
"""Behind the first sentence of amounts other sources, or what is done with them, may be told."""

_WHOLE = re.compile(
    "^(?:共|总|合计|计划|项目|年度|本年|全年)?(?:安排|预算|申请|需要?|投入|资金|经费){1,3}(?:为|共|共计)?$"
)


@rule(
    "PG333",
    Severity.WARNING,
    title="资金用途加起来不是项目的金额",
    reason="资金用途里一项一项写了金额的，加起来应当是这个项目的预算（或调整后预算、支出）；只写了一个总数的，就是这个数。"
    "有“每、单价、标准、等、其余”的，说明写的不是全部，不比；差得远的也不比。",
    good="预算数 50，用途“招商活动30万元、投贸会12万元、接待8万元”",
    bad="预算数 50，用途“招商活动30万元、投贸会12万元、接待18万元”",
    fixed={"差到多少不再比": "40%"},
)
def said_purposes(case: Case) -> Iterator[Hit]:
    """Parts of a project's money that do not make its amount."""
    projects = {project.name: project for project in case.figures.projects}
    if not projects:
        return
    for passage in prose(case):
        project = projects.get(passage.subject) if passage.kind == "project" else None
        tells = passage.field == "purpose" or _PURPOSE.search(passage.header)
        if project is not None and tells:
            yield from _of(passage, project, YUAN[case.report.amount_unit])


def _of(passage: Passage, project: ProjectFigures, unit: Decimal) -> Iterator[Hit]:
    text = without_prices(folded("".join(passage.paragraphs)))
    amounts = [one for one in quantities(text) if one.is_money]
    money = project.whole
    known = [one * unit for one in (money.initial, money.adjusted, money.actual) if one]
    yield from _beyond(passage, project, known, unit)
    if not known or not 1 <= len(amounts) <= _MOST_AMOUNTS or _NOT_ALL.search(text):
        return
    if any(one.bound or one.is_(value) for one in amounts for value in known):
        return  # the whole is told, and its parts are held against it by another rule
    total = sum((one.value for one in amounts), Decimal(0))
    if len(amounts) == 1 and not _WHOLE.match(text[: amounts[0].start].split(",")[-1]):
        return
    first = [one for one in amounts if not _ENDED.search(text[: one.start])]
    sums = [(total, amounts), (sum((one.value for one in first), Decimal(0)), first)]
    if any(_meets(summed, value, some) for value in known for summed, some in sums):
        return
    if any(_is_near(total, value) for value in known):
        scale = amounts[0].scale
        sum_ = " + ".join(plain(half_up(one.value / scale, 6)) for one in amounts)
        said = amounts[0].typed if len(amounts) == 1 else f"{sum_} = {plain(total / scale)}"
        shown = "、".join(plain(half_up(value / unit, 6)) for value in dict.fromkeys(known))
        yield Hit(
            subject=project.name,
            message=f"{quoted(passage.shown)}的资金用途写 {said}，项目的金额在表里是 {shown}",
            hint="核对各项金额；还有别的用途没有写的，补上",
            ref=passage.ref,
        )


_EACH = re.compile("[,(](?:平均)?每[^,;:()。\\d每]{1,8}$")


def _beyond(
    passage: Passage, project: ProjectFigures, known: Sequence[Decimal], unit: Decimal
) -> Iterator[Hit]:
    """A count and its price that come to more than the project has: 推介会12场，每场5万元."""
    text = folded("".join(passage.paragraphs))
    numbers = quantities(text)
    prices = [at for at, one in enumerate(numbers) if one.is_money]
    if len(prices) != 1 or not known or not prices[0]:
        return
    price, count = numbers[prices[0]], numbers[prices[0] - 1]
    before = text[: price.start]
    alone = not _SEVERAL_TIMES.search(text) and not price.bound and not count.bound
    if alone and _EACH.search(before) and count.kind != "%":
        product = price.value * count.value
        if product > max(known) + price.scale:
            shown = plain(half_up(product / unit, 6))
            whole = "、".join(plain(half_up(value / unit, 6)) for value in dict.fromkeys(known))
            yield Hit(
                subject=project.name,
                message=f"{quoted(passage.shown)}的资金用途写 {count.typed}、每份 {price.typed}，"
                f"合 {shown}，项目的金额在表里是 {whole}",
                hint="核对数量、单价和项目的金额",
                ref=passage.ref,
            )


_SEVERAL_TIMES = re.compile("其他资金|自筹|企业|上年|跨年|分年|[两三四五]年")


def _meets(total: Decimal, value: Decimal, amounts: Sequence[Quantity]) -> bool:
    """Whether parts make a whole, each rounded as it is written."""
    last_places = (Decimal(1).scaleb(-one.decimals) * one.scale for one in amounts)
    return abs(total - value) <= sum(last_places, Decimal(0)) / 2


def _is_near(total: Decimal, value: Decimal) -> bool:
    return is_slip(total, value) or abs(total - value) <= _FAR * value
