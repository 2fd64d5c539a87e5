"""Names of projects and tasks in sentences that are one character off (正文里的名称)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from perfgen.prose.text import folded

_QUOTED = re.compile(r"[“《]([^“”《》\n]{4,40})[”》]")
_ENDING = re.compile("(?:项目|专项|工程|资金|经费|补助|支出)$")
_SHORTEST_QUOTED, _SHORTEST_PLAIN = 5, 7
_LEAST_BEGINNING = 3
"""Characters that a misspelt name in a sentence still has at its beginning or end."""

_NAMED_BEHIND = re.compile(
    r"^(?:项目|专项|经费|资金|支出|执行|预算|年初|全年|年中|完成率|\d|[（(、，,:：;；。])"
)
_SMALL_WORDS = frozenset("的和与及、等市县区省级年")
"""With or without one of these a name is still the same."""


def misspelt(text: str, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what a text calls something, and its name in the tables that is one character off."""
    known = frozenset(names)
    for found in _QUOTED.finditer(text):
        said = folded(found[1])
        if len(said) >= _SHORTEST_QUOTED and said not in known:
            yield from _quoted(said, known)
    bare = folded(text)
    for name in names:
        if len(name) >= _SHORTEST_PLAIN:
            yield from ((said, name) for said in _plain(bare, name, known))


def _quoted(said: str, known: Collection[str]) -> Iterator[tuple[str, str]]:
    forms = {said, _ENDING.sub("", said)}
    bare = {name: {name, _ENDING.sub("", name)} for name in known}
    if any(forms & others for others in bare.values()):
        return
    for name in known:
        if len(name) >= _SHORTEST_QUOTED and is_one_off(said, name):
            yield said, name
            return


def _plain(text: str, name: str, known: Collection[str]) -> Iterator[str]:
    """A name with two characters exchanged, where it is surely a name.

    One that only lacks a character (森林防火经费 for 森林防灭火经费) is a short form of it.
    """
    for start in _places(text, name[:_LEAST_BEGINNING]):
        if text.startswith(name, start):
            continue
        said, behind = text[start : start + len(name)], text[start + len(name) :]
        is_name = not behind or _NAMED_BEHIND.match(behind)
        inside = said[-2:] == name[-2:] and said not in known
        if is_name and inside and is_one_off(said, name, changed=False):
            yield said


def _places(text: str, beginning: str) -> Iterator[int]:
    start = text.find(beginning)
    while start >= 0:
        yield start
        start = text.find(beginning, start + 1)


def is_one_off(said: str, name: str, *, changed: bool = True) -> bool:
    """Return whether a name differs by one character lost, added, changed or exchanged."""
    if said == name or abs(len(said) - len(name)) > 1:
        return False
    front = next((i for i, (a, b) in enumerate(zip(said, name, strict=False)) if a != b),
                 min(len(said), len(name)))  # fmt: skip
    one, other = said[front:], name[front:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    differing = set(one + other)
    if differing & _SMALL_WORDS or any(sign.isdigit() or sign.isascii() for sign in differing):
        return False
    if not one or not other:
        return len(one + other) == 1 and 0 < front < len(said)
    exchanged = len(one) == len(other) == 2 and one == other[::-1]
    return exchanged or (changed and len(one) == len(other) == 1 and _are_no_kinds(one, other))


_KINDS = tuple(
    frozenset(kinds)
    for kinds in (
        "一二三四五六七八九十甲乙丙丁两",
        "东西南北中",
        "省市县区镇乡村国",
        "上下前后内外左右",
        "新旧老",
        "大中小",
    )
)
"""Characters that tell two things apart: 一期, 二期; 东区, 西区."""


def _are_no_kinds(one: str, other: str) -> bool:
    return not any(one in kinds and other in kinds for kinds in _KINDS)
