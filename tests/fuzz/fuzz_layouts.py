"""How a layout is spoilt so that most of it still holds: other values, blocks, expressions, styles.

Whatever a layout that perfgen brings says somewhere, another may say elsewhere. So most changes put
in the place of a piece another of its kind: a value of the same key, an expression, a property.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random

from fuzz_mutations import NASTY_NUMBERS, NASTY_TEXTS, mutated

from perfgen.layouts import available_layouts

FILES = ("layout.toml", "report.html.j2", "report.css")
"""The files of a layout that are spoilt; a bundle of them is one file to be kept."""

_VALUE = re.compile(r"^([\w.\"一-龥]+) *= *([^\n]*?)( *#[^\n\"]*)?$", re.MULTILINE)
_BLOCK = re.compile(r"^\[", re.MULTILINE)
_HEAD = re.compile(r"\[+[^\]\n]*\]+")
_EXPRESSION = re.compile(r"(?<=\{\{ )[^{}\n]+(?= \}\})")
_STATEMENT = re.compile(r"\{% (?:for|if|elif|set) [^%\n]+ %\}")
_SPAN = re.compile(r'(?<=span=")[^"\n]*(?=")')
_CLASS = re.compile(r'(?<=class=")[\w ]+(?=")')
_LINE = re.compile(r"^[^\n]*\n", re.MULTILINE)
_DECLARED = re.compile(r"([\w-]+): *([^;{}\n]+)(?=[;}])")
_RULE = re.compile(r"^[^{}\n/]+\{[^{}]*\}", re.MULTILINE)
_SELECTOR = re.compile(r"^[^{}\n/@]+(?=\{)", re.MULTILINE)
_LENGTH = re.compile(r"-?[\d.]+(?:pt|mm|cm|em|px|%)")
_LENGTHS = ("0", "-3pt", "0.01pt", "1e9px", "99999mm", "50%", "300%", "1em", "auto", "0.5pt")
_FILTERS = (
    "amount", "rate", "marks", "lines", "shown", "length", "upper", "join", "list", "sum", "first",
    "round", "int", "safe", "e", "tojson", "reverse", "batch(3)", "string",
)  # fmt: skip


def bundled(files: dict[str, bytes]) -> bytes:
    """Return the files of a layout as one, each behind a line with its name but for the first."""
    first, *others = FILES
    named = (f"\n---- {name} ----\n".encode() + files[name] for name in others if name in files)
    return files[first] + b"".join(named)


def unbundled(content: bytes) -> dict[str, bytes]:
    """Return the files of a bundle; none but those that it names."""
    first, *pieces = re.split(rb"\n---- ([\w.]+) ----\n", content)
    files = {name.decode(): piece for name, piece in zip(pieces[::2], pieces[1::2], strict=True)}
    return {FILES[0]: first, **{name: files[name] for name in FILES[1:] if name in files}}


def layout_mutated(content: bytes, chance: Random) -> bytes:
    """Return a spoilt copy of a bundle; one in ten is spoilt without regard for what it says."""
    if chance.random() < 0.1:
        return mutated(content, chance)
    files = unbundled(content)
    name = chance.choice(sorted(files))
    try:
        text = files[name].decode()
    except UnicodeDecodeError:  # spoilt before
        return mutated(content, chance)
    files[name] = chance.choice(_CHANGES[name])(text, chance).encode()
    return bundled(files)


@cache
def _brought(name: str) -> tuple[str, ...]:
    """A file of every layout that perfgen brings, where it has one of this name."""
    folders = sorted(available_layouts().values())
    return tuple(
        text.read_text(encoding="utf-8") for folder in folders if (text := folder / name).is_file()
    )


@cache
def _known(name: str, pattern: re.Pattern[str]) -> dict[str, list[str]]:
    """What stands for each key somewhere: values of `key = value`, properties of a style sheet."""
    found: dict[str, set[str]] = defaultdict(set)
    for text in _brought(name):
        for match in pattern.finditer(text):
            found[match[1]].add(match[2])
    return {key: sorted(values) for key, values in found.items()}


@cache
def _pieces(name: str, pattern: re.Pattern[str]) -> list[str]:
    return sorted({match[0] for text in _brought(name) for match in pattern.finditer(text)})


def _put(text: str, match: re.Match[str] | None, new: str, group: int = 0) -> str:
    return text if match is None else text[: match.start(group)] + new + text[match.end(group) :]


def _any(pattern: re.Pattern[str], text: str, chance: Random) -> re.Match[str] | None:
    found = list(pattern.finditer(text))
    return chance.choice(found) if found else None


# --- layout.toml ---------------------------------------------------------------------------------


def _value(text: str, chance: Random) -> str:
    """Give a key another value: one that it has elsewhere, another key's, or a nasty one."""
    match = _any(_VALUE, text, chance)
    if match is None:
        return text
    known = _known(FILES[0], _VALUE)
    act = chance.random()
    if act < 0.6:
        record = match[2].partition(".")[0] if match[1] == "role" else ""
        same = [value for value in known.get(match[1], ()) if value.startswith(record)]
        new = chance.choice(same or [match[2]])
    elif act < 0.75:
        new = chance.choice(known[chance.choice(sorted(known))])
    elif match[2].startswith('"'):
        new = '"' + chance.choice(NASTY_TEXTS).replace('"', "'").replace("\\", "") + '"'
    else:
        new = chance.choice(("true", "false", "[]", "{}", '""', *NASTY_NUMBERS[:6]))
    return _put(text, match, new, group=2)


def _blocks(text: str) -> list[str]:
    starts = [0, *(match.start() for match in _BLOCK.finditer(text)), len(text)]
    return [text[start:end] for start, end in pairwise(starts)]


def _block(text: str, chance: Random) -> str:
    """Take a block out, put it elsewhere, or put one of another layout in its place."""
    blocks = _blocks(text)
    place = chance.randrange(len(blocks))
    head = _HEAD.match(blocks[place])
    act = chance.random()
    if act < 0.3:
        del blocks[place]
    elif act < 0.5:
        other = chance.randrange(len(blocks))
        blocks[place], blocks[other] = blocks[other], blocks[place]
    elif act < 0.6:
        blocks.insert(place, blocks[place])
    elif head is not None:
        others = [
            one for brought in _brought(FILES[0]) for one in _blocks(brought)
            if one.startswith(head[0])
        ]  # fmt: skip
        blocks.insert(place, chance.choice(others)) if others else None
    return "".join(blocks)


# --- report.html.j2 ------------------------------------------------------------------------------


def _expression(text: str, chance: Random) -> str:
    """Print another expression, or the same through one more filter."""
    match = _any(_EXPRESSION, text, chance)
    if match is None:
        return text
    new = chance.choice(
        (
            chance.choice(_pieces(FILES[1], _EXPRESSION)),
            f"{match[0]} | {chance.choice(_FILTERS)}",
            f"{match[0]} * 3",
            f"({match[0]})[:1]",
            match[0].split("|")[0],
            match[0].split(".")[0],
        )
    )
    return _put(text, match, new)


def _statement(text: str, chance: Random) -> str:
    """Loop over something else, or ask something else."""
    match = _any(_STATEMENT, text, chance)
    word = "" if match is None else match[0].split()[1]
    like = [one for one in _pieces(FILES[1], _STATEMENT) if one.split()[1] == word]
    return _put(text, match, chance.choice(like)) if like else text


def _span(text: str, chance: Random) -> str:
    match = _any(_SPAN, text, chance)
    return _put(text, match, chance.choice(("0", "1", "2", "5", "1000", "-1", "x", "{{ 3 }}")))


def _class(text: str, chance: Random) -> str:
    return _put(text, _any(_CLASS, text, chance), chance.choice(_pieces(FILES[1], _CLASS)))


def _line(text: str, chance: Random) -> str:
    """Take a line out, put it in twice, or put one of another template in its place."""
    match = _any(_LINE, text, chance)
    if match is None:
        return text
    other = chance.choice(_pieces(FILES[1], _LINE))
    return _put(text, match, chance.choice(("", match[0] * 2, match[0] * 50, other)))


# --- report.css ----------------------------------------------------------------------------------


def _property(text: str, chance: Random) -> str:
    """Give a property another value, or state another property in its place."""
    match = _any(_DECLARED, text, chance)
    if match is None:
        return text
    known = _known(FILES[2], _DECLARED)
    act = chance.random()
    if act < 0.5:
        return _put(text, match, chance.choice(known.get(match[1], [match[2]])), group=2)
    if act < 0.7:
        key = chance.choice(sorted(known))
        return _put(text, match, f"{key}: {chance.choice(known[key])}")
    return _put(text, match, _LENGTH.sub(lambda _: chance.choice(_LENGTHS), match[2]), group=2)


def _rule(text: str, chance: Random) -> str:
    """Take a rule out, or put in one of another style sheet."""
    new = chance.choice(("", chance.choice(_pieces(FILES[2], _RULE))))
    return _put(text, _any(_RULE, text, chance), new)


def _selector(text: str, chance: Random) -> str:
    other = chance.choice(_pieces(FILES[2], _SELECTOR))
    return _put(text, _any(_SELECTOR, text, chance), other)


_CHANGES: dict[str, tuple[Callable[[str, Random], str], ...]] = {
    "layout.toml": (_value, _value, _value, _block),
    "report.html.j2": (_expression, _expression, _statement, _span, _class, _line),
    "report.css": (_property, _property, _property, _rule, _selector),
}


def layout_seeds(homes: tuple[Path, ...]) -> Iterator[bytes]:
    """Yield the bundles of some layouts."""
    for home in homes:
        yield bundled({name: (home / name).read_bytes() for name in FILES})
