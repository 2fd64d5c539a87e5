"""PG340: posts, people and their rate fit in what a text tells of them (编制、在编、控制率)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perfgen.checks.common.passages import Passage, prose
from perfgen.checks.common.posts import Rated, Staffed, rated, staffed
from perfgen.checks.money.staffing import staffing_figures
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.checks.told.staff_lists import odd_lists, odd_vacancies
from perfgen.model.finding import Severity
from perfgen.model.numbers import fixed, plain

_ZERO = Decimal(0)


@rule(
    "PG340",
    Severity.WARNING,
    title="编制、在编人数和控制率对不上",
    reason="同一段里写的在编人数不应多于编制数；控制率 = 在编人数 ÷ 编制数，写了的应当正好如此。"
    "“其中”和“共”的各部分应当加得起来，空编、超编的人数应当就是两者的差。写明含编外、聘用人员的不比。",
    good="行政编制32名、事业编制14名，年末在编44人，在职人员控制率95.65%",
    bad="事业编制12名，在编14人",
)
def told_posts(case: Case) -> Iterator[Hit]:
    """More people than posts, and rates that are not those of the people and posts told."""
    known = list(dict.fromkeys(_known(case)))
    for passage in prose(case):
        if not any(word in passage.text for word in _WORDS):
            continue
        wrong = [*odd_lists(passage.text), *(odd_vacancies(passage.text, known) if known else ())]
        yield from (_odd(passage, typed, why) for typed, why in wrong)
        if "编制" not in passage.text:
            continue
        runs = staffed(passage.text)
        over = [run for run in runs if run.over]
        yield from (_over(passage, run) for run in over)
        if not over:
            for rate in rated(passage.text):
                if not rate.fits:
                    yield _unfit(passage, rate)


_WORDS = ("编", "在职", "实有", "在岗", "现有", "教职工", "干警")


def _known(case: Case) -> Iterator[Staffed]:
    """Posts and people as the form has them, else as the texts tell them."""
    figures = staffing_figures(case)
    if figures is not None and not figures.told:
        yield Staffed(figures.posts, figures.people, "", "", "", "")
        return
    for passage in prose(case):
        yield from (run for run in staffed(passage.text) if run.posts and run.people)


def _odd(passage: Passage, typed: str, why: str) -> Hit:
    return Hit(
        subject=passage.subject,
        message=f"{quoted(passage.shown)}里写{quoted(typed)}，{why}",
        hint="核对编制数和人数",
        ref=passage.ref,
    )


def _over(passage: Passage, run: Staffed) -> Hit:
    return Hit(
        subject=passage.subject,
        message=f"{quoted(passage.shown)}里写{quoted(run.typed)}，在编的比编制还多",
        hint="核对编制数和在编人数；确实超编的，写明原因",
        ref=passage.ref,
    )


def _unfit(passage: Passage, rate: Rated) -> Hit:
    posts = [one for run in rate.runs for one in run.posts]
    people = [one for run in rate.runs for one in run.people]
    wanted = fixed(sum(people, _ZERO) / sum(posts, _ZERO) * 100, 2) if any(posts) else ""
    shown = f"{' + '.join(map(plain, people))}）÷（{' + '.join(map(plain, posts))}"
    return Hit(
        subject=passage.subject,
        message=f"{quoted(passage.shown)}里写{quoted(rate.typed)}，"
        f"按写的编制和在编人数算是 {wanted}%（（{shown}））",
        hint="核对编制数、在编人数和控制率",
        ref=passage.ref,
    )
