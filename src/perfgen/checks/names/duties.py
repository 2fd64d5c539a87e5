"""PG304: duties stand in their order, none left out, each under one name (职责次序)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from perfgen.checks.common.numbering import number_of
from perfgen.checks.common.passages import plain_text
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.model.finding import Severity
from perfgen.model.records import Record

_DUTY = re.compile(
    r"\s{0,4}(?:主要)?(?:职能|职责)\s{0,4}([\d一二三四五六七八九十]{1,3})\s{0,4}[：:、.．]"
)
_ORDINAL = re.compile(r"\s{0,4}[（(]?\s{0,4}([一二三四五六七八九十]{1,3}|\d{1,2})\s{0,4}[)）、.．]")


@rule(
    "PG304",
    Severity.WARNING,
    title="职责次序颠倒、缺号或两个写法",
    reason="职责按“三定”规定的次序写。编号按文字排序会排成 10、11、12、1、2；"
    "缺一个号多半是漏了一条；"
    "同一个编号写了两种文字，读的人会当成两项职责。编号缺了的作提示：那一项也可能今年没有任务。",
    good="职能1、职能2……职能10",
    bad="职能10、职能11、职能1、职能2",
    most=3,
)
def duty_order(case: Case) -> Iterator[Hit]:
    """R43: duties whose typed numbers do not rise, leave one out, or have two wordings."""
    lists: list[tuple[Sequence[Record], str, re.Pattern[str], bool]] = [
        (case.report.duties, "text", _ORDINAL, True),
        (case.report.indicators, "subcategory", _DUTY, True),
        (case.report.tasks, "duty", _DUTY, case.layout.rules.duty_order != "number"),
    ]
    for rows, field, form, ordered in lists:
        numbered = _numbered(rows, field, form)
        if ordered:  # otherwise the document sorts them by number
            yield from _falling(numbered, field)
        yield from _two_wordings(numbered, field)
        yield from _left_out(numbered, field)


def _numbered(
    rows: Sequence[Record], field: str, form: re.Pattern[str]
) -> list[tuple[int, str, Record]]:
    """The rows with a number, each wording once where it stands several times in a row."""
    found: list[tuple[int, str, Record]] = []
    for row in rows:
        text = getattr(row, field)
        matched = form.match(text)
        number = number_of(matched.group(1)) if matched else None
        if number is not None and (not found or found[-1][1] != text):
            found.append((number, text, row))
    return found


def _falling(numbered: Sequence[tuple[int, str, Record]], field: str) -> Iterator[Hit]:
    for (before, earlier, _), (number, text, row) in pairwise(numbered):
        if number < before:
            yield Hit(
                subject=text,
                message=f"{_beginning(text)}排在{_beginning(earlier)}后面",
                hint="按编号从小到大排列",
                ref=row.cell(field),
            )


def _two_wordings(numbered: Sequence[tuple[int, str, Record]], field: str) -> Iterator[Hit]:
    first: dict[int, str] = {}
    for number, text, row in numbered:
        before = first.setdefault(number, text)
        if _bare(before) != _bare(text):
            yield Hit(
                subject=text,
                message=f"{_beginning(text, 24)}与{_beginning(before, 24)}编号相同，文字不同",
                hint="是同一项职责的，统一文字；不是的，改编号",
                ref=row.cell(field),
            )


def _left_out(numbered: Sequence[tuple[int, str, Record]], field: str) -> Iterator[Hit]:
    numbers = {number for number, _, _ in numbered}
    missing = [n for n in range(1, max(numbers, default=0)) if n not in numbers]
    if not missing or len(missing) > len(numbers):
        return
    _, text, row = next(one for one in numbered if one[0] > missing[0])
    shown = "、".join(str(number) for number in missing)
    yield Hit(
        subject=text,
        message=f"职责的编号缺 {shown}",
        hint="核对是不是漏了一项；今年确实没有任务的不用改",
        ref=row.cell(field),
        severity=Severity.INFO,
    )


def _bare(text: str) -> str:
    return re.sub(r"[^\w]", "", plain_text(text))


def _beginning(text: str, length: int = 16) -> str:
    return quoted(text if len(text) <= length else f"{text[:length]}……")
