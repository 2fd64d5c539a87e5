"""Where in `layout.toml` a key stands (行号): tomllib does not say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_HEADING = re.compile(r"\[{1,2}([^\[\]]{1,200})\]{1,2}")
_KEY = re.compile(r'(?:"([^"]{1,200})"|([\w-]{1,200}))\s*=\s*(.*)')
_NAMED = re.compile(r"“([^“”]{1,200})”")


@dataclass(slots=True)
class _Part:
    """One table of the file: its heading, its line, its keys with theirs, its name."""

    heading: str
    line: int
    keys: dict[str, int] = field(default_factory=dict)
    name: str = ""


def line_of(text: str, key: str) -> int | None:
    """Return the line of a key as messages name it: `sheets“预算信息”“类别”.kind`, `rules.parents`.

    The line of its table where the key itself is not there.
    """
    parts = list(_parts(text))
    names = _NAMED.findall(key)
    if key.startswith("sheets“") and names:
        return _in_sheet(parts, names, key.rpartition("”")[2].strip(". "))
    table, _, last = key.rpartition(".")
    for part in parts:
        if _plain(part.heading) == _plain(table) and last in part.keys:
            return part.keys[last]
    found = [part.line for part in parts if _plain(part.heading) in (_plain(key), _plain(table))]
    return found[0] if found else None


def _in_sheet(parts: list[_Part], names: list[str], last: str) -> int | None:
    within = False
    sheet: _Part | None = None
    for part in parts:
        if part.heading == "sheets":
            within = part.name == names[0]
            sheet = part if within and sheet is None else sheet
        elif within and part.heading == "sheets.columns" and [part.name] == names[1:2]:
            return part.keys.get(last.partition(".")[0], part.line)
    if sheet is None:
        return None
    return sheet.keys.get(last.partition(".")[0], sheet.line)


def _plain(heading: str) -> str:
    return re.sub(r"\[\d+\]|[\s\"]", "", heading)


def _parts(text: str) -> Iterator[_Part]:
    part = _Part("", 1)
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        heading = _HEADING.match(stripped)
        if heading:
            yield part
            part = _Part(heading.group(1).strip(), number)
            continue
        found = _KEY.match(stripped)
        if found:
            key, value = found.group(1) or found.group(2), found.group(3)
            part.keys.setdefault(key, number)
            if key in ("name", "header") and not part.name:
                part.name = value.partition("#")[0].strip().strip('"')
    yield part
