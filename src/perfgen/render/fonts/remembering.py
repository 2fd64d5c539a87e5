"""What a font file says of itself (字体摘要), read once and remembered in the user's cache.

To read names and characters of all fonts takes a tenth of a build. What is remembered counts while
the file has the same size and time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from perfgen.errors import OutputError
from perfgen.files import write_whole
from perfgen.render.fonts.places import cache_folder

_FORM = 2
"""Counts up when other facts are remembered."""


@dataclass(frozen=True, slots=True)
class FontFacts:
    """The name to show, the names as they are compared, the characters of the first face.

    `content` is the SHA-256 of the whole file, in hexadecimal.
    """

    shown: str
    names: frozenset[str]
    points: frozenset[int]
    content: str


def remembered(path: Path, read: Callable[[Path], FontFacts]) -> FontFacts:
    """Return a font's facts: remembered ones, or those that `read` finds, which are kept."""
    try:
        state = path.stat()
    except OSError:
        return read(path)  # which says what is wrong
    what = f"{_FORM}|{path.resolve()}|{state.st_size}|{state.st_mtime_ns}"
    name = hashlib.sha256(what.encode(errors="surrogateescape")).hexdigest()[:32]
    place = cache_folder() / "fonts" / "facts" / f"{name}.json"
    known = _loaded(place)
    if known is None:
        known = read(path)
        # Where nothing can be kept, fonts are read each time.
        with contextlib.suppress(OutputError):
            write_whole({place: _packed(known)})
    return known


def _packed(facts: FontFacts) -> bytes:
    data = {
        "shown": facts.shown,
        "names": sorted(facts.names),
        "points": list(_runs(facts.points)),
        "content": facts.content,
    }
    return json.dumps(data, ensure_ascii=False).encode()


def _loaded(place: Path) -> FontFacts | None:
    """The facts in a file; None where there is none, or none that can be used."""
    try:
        data = json.loads(place.read_bytes())
        points = frozenset(
            point for first, last in data["points"] for point in range(first, last + 1)
        )
        names = frozenset(map(str, data["names"]))
        return FontFacts(str(data["shown"]), names, points, str(data["content"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _runs(points: Collection[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of each run of numbers."""
    first = last = None
    for point in sorted(points):
        if last is not None and point == last + 1:
            last = point
            continue
        if first is not None and last is not None:
            yield first, last
        first = last = point
    if first is not None and last is not None:
        yield first, last
