"""PG211: 在职人员控制率 against the staff and the establishment (编制)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from perfgen.checks.common.nature import is_percent
from perfgen.checks.common.posts import staffed, told_numbers
from perfgen.checks.once import once
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.model.cells import CellRef
from perfgen.model.finding import Severity
from perfgen.model.names import bare_name
from perfgen.model.numbers import decimals_of, fixed, half_up, plain
from perfgen.model.records import Indicator, Report

_RATE = "在职人员控制率"
_HUNDRED = Decimal(100)

_OWN_POSTS = re.compile("编制(?:人数|总数|数)$")
_OWN_PEOPLE = re.compile("(?:在职|在编|用编)(?:在编|人员|职工)?(?:人数|总数|数)$")
"""Items of a layout's own that hold posts and people, by their headers."""


@dataclass(frozen=True, slots=True)
class Staffing:
    """Posts and people, unit by unit, and the cell they were read from.

    `told` is True where they were found in a text, and are no items of the form.
    """

    posts: tuple[Decimal, ...]
    people: tuple[Decimal, ...]
    ref: CellRef | None = None
    told: bool = False

    @property
    def percent(self) -> Decimal:
        """Return people in percent of posts."""
        return sum(self.people, Decimal(0)) / sum(self.posts, Decimal(0)) * _HUNDRED

    @property
    def shown(self) -> str:
        """Return the sum: `（91 + 10）÷（92 + 14）= 95.28%`, and that of each unit."""
        if len(self.posts) == 1:
            return f"{plain(self.people[0])} ÷ {plain(self.posts[0])} = {fixed(self.percent, 2)}%"
        each = [
            f"{plain(people)} ÷ {plain(posts)} = {fixed(people / posts * _HUNDRED, 2)}%"
            for people, posts in zip(self.people, self.posts, strict=False)
            if posts
        ]
        people, posts = (" + ".join(map(plain, all_)) for all_ in (self.people, self.posts))
        sum_ = f"（{people}）÷（{posts}）= {fixed(self.percent, 2)}%"
        paired = len(self.people) == len(self.posts)
        return f"{sum_}，其中 {'，'.join(each)}" if paired else sum_


def staffing_figures(case: Case) -> Staffing | None:
    """Return the staffing figures of a report: its own items, else those that its texts name."""
    return once(case, _staffing_figures)


def _staffing_figures(case: Case) -> Staffing | None:
    report = case.report
    return _from_items(report) or _from_own_items(case) or _from_texts(report)


def _from_items(report: Report) -> Staffing | None:
    """Items with the roles number.establishment and number.staff, or …_establishment, …_staff."""
    posts: list[Decimal] = []
    people: list[Decimal] = []
    ref = None
    for role, fact in report.facts.items():
        if not role.startswith("number.") or not role.endswith("establishment"):
            continue
        other = report.facts.get(role.removesuffix("establishment") + "staff")
        numbers = [_number(item.value) if item else None for item in (fact, other)]
        if numbers[0] is None or numbers[1] is None:
            continue
        posts.append(numbers[0])
        people.append(numbers[1])
        ref = ref or fact.cell("value")
    return _staffing(posts, people, ref)


def _from_own_items(case: Case) -> Staffing | None:
    """A layout's own items: one for the posts (编制数), one for the people (实际在职人数)."""
    sheet = case.layout.sheet_of("report")
    own = [one for one in sheet.columns if one.field.startswith("own.")] if sheet else []
    posts = [one.field for one in own if one.kind == "number" and _OWN_POSTS.search(one.header)]
    people = [one.field for one in own if one.kind == "number" and _OWN_PEOPLE.search(one.header)]
    facts = [case.report.facts.get(field) for field in (*posts, *people)]
    numbers = [_number(fact.value) for fact in facts if fact]
    if len(posts) != 1 or len(people) != 1 or len(numbers) != 2 or facts[0] is None:
        return None
    if numbers[0] is None or numbers[1] is None:
        return None
    return _staffing([numbers[0]], [numbers[1]], facts[0].cell("value"))


def _from_texts(report: Report) -> Staffing | None:
    """The first text that names posts and the people in them: 编制92名，在编91人."""
    texts = [(fact.value, fact.cell("value")) for fact in report.facts.values()]
    texts += [
        (paragraph, section.cell("text"))
        for section in report.sections
        for paragraph in section.paragraphs
    ]
    for text, ref in texts:
        runs = staffed(text) if "编制" in text else ()
        if runs and told_numbers(text) == sum(len(run.posts) + len(run.people) for run in runs):
            posts = [number for run in runs for number in run.posts]
            people = [number for run in runs for number in run.people]
            return _staffing(posts, people, ref, told=True)
    return None


def _staffing(
    posts: Sequence[Decimal],
    people: Sequence[Decimal],
    ref: CellRef | None,
    *,
    told: bool = False,
) -> Staffing | None:
    if sum(posts, Decimal(0)) <= 0:
        return None
    return Staffing(tuple(posts), tuple(people), ref, told)


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


@rule(
    "PG211",
    Severity.WARNING,
    title="在职人员控制率与人员配置不符",
    reason="在职人员控制率 = 在编人数 ÷ 编制数，反映有没有超编，越低越不超，目标应当写“≤100%”。"
    "完成值与人数不符、实际超编的作提醒；目标用了“=”而人数不正好满编的作提示。",
    good="编制 106 名，在编 101 人，目标 ≤100%，完成 95.28%",
    bad="编制 106 名，在编 101 人，完成 100%",
)
def staff_rate(case: Case) -> Iterator[Hit]:
    """R32: the rate against the staffing figures."""
    staffing = staffing_figures(case)
    if staffing is None:
        return
    for indicator in case.report.indicators:
        if not bare_name(indicator.name).startswith(_RATE):
            continue
        if hit := _off_result(indicator, staffing) or _off_target(indicator, staffing):
            yield hit


def _off_result(indicator: Indicator, staffing: Staffing) -> Hit | None:
    actual = indicator.actual
    if actual is None or actual.number is None or not is_percent(actual):
        return None
    if half_up(staffing.percent, decimals_of(actual.number)) == actual.number:
        return None
    return Hit(
        subject=indicator.name,
        message=f"{quoted(indicator.name)}的完成值是 {actual.text}，按人员配置（{staffing.ref}）是 "
        f"{staffing.shown}",
        hint="核对完成值、编制数和在编人数",
        ref=indicator.cell("actual"),
    )


def _off_target(indicator: Indicator, staffing: Staffing) -> Hit | None:
    target = indicator.target
    if target is None or target.measure.number is None or not is_percent(target.measure):
        return None
    number, over = target.measure.number, staffing.percent > _HUNDRED
    equal = half_up(staffing.percent, decimals_of(number)) == number
    if indicator.actual is not None or not (over or (target.operator == "=" and not equal)):
        return None
    return Hit(
        subject=indicator.name,
        message=f"{quoted(indicator.name)}的目标是 {target.text}，"
        f"按人员配置（{staffing.ref}）现在是 {staffing.shown}",
        hint="实有人数超过编制，核对人数" if over else "目标写作“≤100%”",
        ref=indicator.cell("target.full"),
        severity=None if over else Severity.INFO,
    )
