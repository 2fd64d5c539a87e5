"""One font file: what it calls itself, and the characters it has."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from perfgen.errors import FontError
from perfgen.render.fonts.remembering import FontFacts, remembered

FONT_SUFFIXES = frozenset({".ttf", ".otf", ".ttc"})
_FAMILY, _STYLE, _FULL, _POSTSCRIPT, _TYPOGRAPHIC_FAMILY = 1, 2, 4, 6, 16
_RIGHTS = (0, 7, 13, 14)
"""Copyright, trademark, licence, and where the licence is to be found."""
_SHOWN_LAST_TO_FIRST = (_POSTSCRIPT, _FAMILY, _FULL, _TYPOGRAPHIC_FAMILY)
_PLAIN_STYLES = frozenset({"regular", "normal", "book", "roman", "常规", "标准"})
_CHINESE = 0x804


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font that can be used: its file, the name to show, its face in the file, its licence.

    The face is always the first one: the PDF is given whole files, so a collection (.ttc) serves
    only with the face that it begins with. `borrows_latin`: its Latin letters and digits do not go
    with its Chinese, and are better taken from Song.
    """

    path: Path
    family: str
    index: int
    licence: str
    borrows_latin: bool = False


def plain_name(name: str) -> str:
    """Return a font's name as it is compared: without case, spaces, dashes and “Regular”."""
    folded = "".join(char for char in name.casefold() if char not in " -_")
    return folded.removesuffix("regular") or folded


def names_in(path: Path) -> tuple[str, frozenset[str]]:
    """Return the name to show for a font file, and its names as they are compared.

    Raises FontError where the file is no font or is damaged.
    """
    facts = facts_in(path)
    return facts.shown, facts.names


def code_points_in(path: Path) -> frozenset[int]:
    """Return the code points of the characters that the first face of a font file has.

    Raises FontError where the file is no font or is damaged.
    """
    return facts_in(path).points


def facts_in(path: Path) -> FontFacts:
    """Return names, characters and hash of a font file.

    Raises FontError where the file is no font or is damaged.
    """
    try:
        state = path.stat()
    except OSError as error:
        raise font_fault(path) from error
    return _facts(path, state.st_size, state.st_mtime_ns)


@cache
def _facts(path: Path, size: int, changed: int) -> FontFacts:
    """Return a font's facts; `size` and `changed` tell when to look again."""
    del size, changed
    return remembered(path, _read)


def _read(path: Path) -> FontFacts:
    with _first_face(path) as font:
        records = [
            (record.nameID, record.langID, record.toUnicode(errors="replace").strip())
            for record in font["name"].names
        ]
        # Glyphs are not needed: numbers for names spare fontTools reading the whole outline table.
        font.setGlyphOrder(range(0x10000))
        points = frozenset(font.getBestCmap() or ())
    styles = {text.casefold() for number, _, text in records if number == _STYLE and text}
    plain = styles <= _PLAIN_STYLES
    wanted = {_FULL, _POSTSCRIPT} | ({_FAMILY, _TYPOGRAPHIC_FAMILY} if plain else set())
    names = [record for record in records if record[0] in wanted and record[2]]
    shown = max(
        names,
        key=lambda name: (name[1] == _CHINESE, _SHOWN_LAST_TO_FIRST.index(name[0])),
        default=(_FULL, _CHINESE, path.stem),
    )
    compared = frozenset(plain_name(text) for _, _, text in names)
    with path.open("rb") as stream:
        content = hashlib.file_digest(stream, "sha256").hexdigest()
    return FontFacts(shown[2], compared, points, content)


def rights_in(path: Path) -> tuple[str, ...]:
    """Return what a font file says of its copyright and licence, each sentence once.

    Raises FontError where the file is no font or is damaged.
    """
    with _first_face(path) as font:
        said = (
            record.toUnicode(errors="replace").strip()
            for number in _RIGHTS
            for record in font["name"].names
            if record.nameID == number
        )
        return tuple(dict.fromkeys(text for text in said if text))


def font_fault(path: Path) -> FontError:
    """Return the error for a file that is no font or is damaged."""
    return FontError(f"字体文件无法读取：{path}", hint="换一份完好的字体文件，或将它移出字体文件夹")


@contextmanager
def _first_face(path: Path) -> Iterator[Any]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - slow to load, and not every command prints

    try:
        with TTFont(path, lazy=True, fontNumber=0) as font:
            yield font
    except Exception as error:  # a damaged font makes fontTools raise nearly anything
        raise font_fault(path) from error
