"""Numbers of headings and lists as officers type them: 一、 （二） 3. （4） 五是."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_DIGITS = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8,
           "九": 9}  # fmt: skip


def number_of(text: str) -> int | None:
    """Return what a numeral below 100 says: 12, 十二, 二十; None where it is none."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGITS.get(text)
    front = _DIGITS.get(tens) if tens else 1
    back = _DIGITS.get(ones) if ones else 0
    return None if front is None or back is None else front * 10 + back


@dataclass(frozen=True, slots=True)
class Mark:
    """A number in a text: its style (the higher, the deeper), its value, and how it is typed."""

    style: int
    value: int
    typed: str


@dataclass(frozen=True, slots=True)
class Misnumbered:
    """A number that does not follow the one before it. `before` is None for a first one."""

    mark: Mark
    before: Mark | None


_NUMERAL = "[一二三四五六七八九十]{1,3}"
_BEGIN = r"(?:^|(?<=[。；;：:]))[ \u3000]*"
_FORMS = (
    re.compile(rf"^[ \u3000]*({_NUMERAL})、"),
    re.compile(rf"^[ \u3000]*[（(]({_NUMERAL})[)）]"),
    re.compile(
        rf"{_BEGIN}(\d{{1,2}})[.．、](?:(?![\d月日年])|(?=\d{{1,2}}月|20\d\d年|年[初底末度内中]))|"
        r"^[ \u3000]*(\d{1,2})、(?=\d)"
    ),
    re.compile(rf"{_BEGIN}[（(](\d{{1,2}})[)）](?!号)"),
    re.compile(rf"{_BEGIN}(\d{{1,2}})[)）]"),
)
_RUNNING = re.compile(
    rf"(?:^|(?<=[。；;：:，,]))[ \u3000]*({_NUMERAL})是|(?<![其唯统之第万同专十])(一)是"
)
RUNNING = len(_FORMS)
"""The style of 一是, 二是, 三是: it runs through sentences, and takes no part in the levels."""

_ENDS = "。；，：！？;,!?"
_HEADING_LENGTH = 32


def marks(paragraph: str) -> tuple[Mark, ...]:
    """Return the numbers of a paragraph, in order."""
    found: list[tuple[int, Mark]] = []
    for style, form in enumerate((*_FORMS, _RUNNING)):
        for match in form.finditer(paragraph):
            numeral = next(group for group in match.groups() if group)
            value = number_of(numeral)
            if value:
                found.append((match.end(), Mark(style, value, match.group().strip())))
    return tuple(mark for _, mark in sorted(found, key=lambda item: item[0]))


def misnumbered(paragraphs: Sequence[str]) -> Iterator[Misnumbered]:
    """Yield the numbers that do not follow: 一、二、四、; （一）（一）; 1. 3.

    A list starts at 1 under each numbered heading, and may do so under any other; lists of digits
    and 一是 may anywhere.
    """
    last: dict[int, Mark] = {}
    fresh: set[int] = set()  # styles that may start anew, behind a heading without a number
    running: list[Mark] = []
    for paragraph in paragraphs:
        found = marks(paragraph)
        if not found and _is_heading(paragraph):
            fresh.update(last)
        for mark in found:
            if mark.style == RUNNING:
                yield from _next_running(mark, running)
                continue
            before = last.get(mark.style)
            if not _follows(mark, before, anew=mark.style in fresh):
                yield Misnumbered(mark, before)
            last[mark.style] = mark
            fresh.discard(mark.style)
            for deeper in [style for style in last if style > mark.style]:
                del last[deeper]


def _follows(mark: Mark, before: Mark | None, *, anew: bool) -> bool:
    if before is None:
        return mark.value == 1
    if mark.value == before.value + 1:
        return True
    return mark.value == 1 and (anew or (mark.style >= 2 and before.value > 1))


def _next_running(mark: Mark, running: list[Mark]) -> Iterator[Misnumbered]:
    """一是 opens a list, maybe inside another; other numbers go on with one that is open."""
    if mark.value == 1:
        running.append(mark)
        return
    for place in range(len(running) - 1, -1, -1):
        if running[place].value + 1 == mark.value:
            del running[place + 1 :]
            running[place] = mark
            return
    yield Misnumbered(mark, running[-1] if running else None)
    running[-1:] = [mark]


def _is_heading(paragraph: str) -> bool:
    return len(paragraph) <= _HEADING_LENGTH and paragraph[-1] not in _ENDS
