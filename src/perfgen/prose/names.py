"""Names as sentences shorten them (简称): 疾控 for 疾病预防控制经费."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from perfgen.prose.data import data
from perfgen.prose.text import folded

_TAILS: tuple[str, ...] = tuple(data("words.toml")["names"]["tails"])
_FRONTS: tuple[str, ...] = tuple(data("words.toml")["names"]["fronts"])
_LINKS = ("的", "与", "和", "及", "、", "暨", "(", ")", "—", "-")
_LEVELS = ("本级", "转移支付")
_SHORTEST = 3
_GENERIC: tuple[str, ...] = tuple(
    sorted(data("words.toml")["names"]["generic"], key=len, reverse=True)
)


def core(name: str) -> str:
    """Return what is left of a name without the words that say only that it is one."""
    bare = folded(name)
    for link in _LINKS:
        bare = bare.replace(link, "")
    for tail in _tails(bare):
        bare = tail
    return bare


def _tails(name: str) -> Iterable[str]:
    """The name with one generic word after another left out at its end."""
    while tail := next((one for one in _TAILS if name.endswith(one)), None):
        name = name[: -len(tail)]
        if len(name) < _SHORTEST:
            return
        yield name


def short_names(names: Iterable[str]) -> Mapping[str, str]:
    """Return the shorter forms of names that can mean one of them only, each with its full name."""
    full = {folded(name): name for name in names if name}
    found: dict[str, set[str]] = {}
    for bare, name in full.items():
        forms = [bare, *_tails(bare)]
        forms += [form.removeprefix(front) for form in forms for front in _FRONTS]
        for link in ("与", "和", "及"):
            front, _, back = bare.partition(link)
            forms += [piece for piece in (front, back) if len(piece) >= 6]
        for form in forms:
            if len(form) >= _SHORTEST + 1 or form == bare:
                found.setdefault(form, set()).add(name)
    return {
        form: next(iter(owners))
        for form, owners in found.items()
        if form in full or len(owners) == 1
    } | full


def cut_names(names: Iterable[str]) -> Mapping[str, str]:
    """Return names without their first word of two characters, where one name only is meant.

    营养改善计划 for 学生营养改善计划补助资金; what is left of generic words alone names nothing.
    """
    full = {folded(name): name for name in names if name}
    known = short_names(names)
    found: dict[str, set[str]] = {}
    for bare, name in full.items():
        for form in (bare, *_tails(bare)):
            cut = form[2:]
            level = form.removesuffix("预算").removesuffix("资金")
            if level.endswith(_LEVELS) and level != bare:  # 市本级 for 市本级预算
                found.setdefault(level, set()).add(name)
            if len(cut) >= _SHORTEST + 1 and _says_something(cut):
                found.setdefault(cut, set()).add(name)
    return {
        form: next(iter(owners))
        for form, owners in found.items()
        if len(owners) == 1
        and form not in known
        and not any(form in other for other in full if full[other] not in owners)
    }


def _says_something(form: str) -> bool:
    rest = form
    for word in _GENERIC:
        rest = rest.replace(word, "")
    return len(rest) >= _SHORTEST


class Likeness:
    """Finds the one name that an unknown phrase may be short for."""

    def __init__(self, names: Iterable[str]) -> None:
        """Take the names as the tables have them."""
        self._cores = {name: core(name) for name in names if name}

    def find(self, phrase: str) -> str | None:
        """Return the name that is meant; None where there is none, or more than one."""
        asked = core(phrase)
        if len(asked) < 2 or len(asked) > 60:
            return None
        meant = [name for name, bare in self._cores.items() if _is_short_for(asked, bare)]
        return meant[0] if len(meant) == 1 else None


def _is_short_for(short: str, full: str) -> bool:
    if short == full:
        return True
    if len(short) >= len(full):
        return False
    enough = len(short) >= max(_SHORTEST, len(full) / 2)
    if enough and short in full:
        return True
    if short[0] != full[0] and short[-1] != full[-1]:
        return False
    if not _in_order(short, full):
        return False
    return enough or (short[0] == full[0] and short not in full)


def _in_order(short: str, full: str) -> bool:
    """Whether the characters of one stand in the other, in this order."""
    rest = iter(full)
    return all(char in rest for char in short)
