"""How values are written in Typst's language: texts, lengths, colours, lists.

A text of the report stands in the source only as a string literal, made by `literal`: whatever it
holds, it is never read as Typst.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_ESCAPED = re.compile(r'[\\"\x00-\x1f\x7f\ufeff]')
_NAMES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\ufeff": ""}
_NOT_IN_NAMES = re.compile(r"[^\w]+|_")


LONGEST_FACT = 1_000
"""Characters of what a PDF says beside its pages: a string in it holds 32,767 bytes."""

LONGEST_HEADING = 10_000
"""Characters of a heading: they stand in the PDF's structure, too. What is longer heads nothing."""


def fact(text: str) -> str:
    """Return what is said beside the pages, such as the title, as a string literal; not all of it
    where it is very long.
    """
    return literal(text if len(text) <= LONGEST_FACT else f"{text[: LONGEST_FACT - 1]}…")


def literal(text: str) -> str:
    """Return a text as a string literal.

    A byte order mark is left out: it shows nothing, and PDF/A does not allow it.
    """
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(found: re.Match[str]) -> str:
    char = found[0]
    return _NAMES[char] if char in _NAMES else f"\\u{{{ord(char):x}}}"


def points(length: float) -> str:
    """Return a length; 0 and -0 alike, no digits without meaning."""
    number = f"{length:.3f}".rstrip("0").rstrip(".")
    return "0pt" if number in {"0", "-0"} else f"{number}pt"


def color(rgb: str) -> str:
    """Return a colour that is given as RRGGBB."""
    return f'rgb("#{rgb.lower()}")'


def array(items: Iterable[str]) -> str:
    """Return an array; one of a single item keeps its comma."""
    written = list(items)
    return f"({', '.join(written)}{',' if len(written) == 1 else ''})"


def dictionary(items: Mapping[str, str]) -> str:
    """Return a dictionary."""
    return f"({', '.join(f'{key}: {value}' for key, value in items.items()) or ':'})"


def arguments(items: Mapping[str, str]) -> str:
    """Return named arguments, without brackets."""
    return ", ".join(f"{key}: {value}" for key, value in items.items())


def identifier(name: str) -> str:
    """Return what is left of a style's name as a name of Typst's; empty if nothing is."""
    kept = _NOT_IN_NAMES.sub("-", name).strip("-")
    return kept if kept and not kept[0].isdigit() else ""
