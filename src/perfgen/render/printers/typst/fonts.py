"""The fonts as Typst is given them: families by role, in a folder that holds these files alone."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from perfgen.errors import FontError
from perfgen.render.fonts import ROLES, FontSet
from perfgen.render.fonts.files import FontFile

_OWN = frozenset("0123456789.、…●○■一二三四五六七八九十abcdefghijklmnopqrstuvwxyzABCDEFIVX")
"""What the printer itself may add: the numbers and bullets of lists, and what shortens labels."""


@dataclass(frozen=True, slots=True)
class Face:
    """A face that Typst can choose: the name of its family, its weight, and its file.

    `latin` is false where its Latin letters and digits are to come from the next face.
    """

    family: str
    weight: int
    path: Path
    latin: bool = True


@dataclass(frozen=True, slots=True)
class Faces:
    """For each role, by its key, the faces that print it, the first that has a character.

    `library` is what the compiler is given: all of their files, and no others.
    """

    by_role: Mapping[str, Sequence[Face]]
    library: Any


def find_faces(fonts: FontSet, used: Mapping[str, frozenset[str]]) -> Faces:
    """Return the faces of the fonts that the used characters, by role, need."""
    default = used.get("songti", frozenset())
    chains = {
        role.key: fonts.needed(role.key, used.get(role.key, default) | _OWN) for role in ROLES
    }
    files = tuple(dict.fromkeys(file.path for chain in chains.values() for file in chain))
    shelf = _shelf(files)
    return Faces(
        {key: [_face(file, fonts, shelf) for file in chain] for key, chain in chains.items()},
        shelf.library,
    )


def _face(file: FontFile, fonts: FontSet, shelf: _Shelf) -> Face:
    borrows = file.borrows_latin and file != fonts.role("songti").file
    family, weight = shelf.names[file.path]
    return Face(family, weight, file.path, latin=not borrows)


@dataclass(frozen=True, slots=True)
class _Shelf:
    """A folder of fonts: what Typst has read of it, and the name and weight of each file."""

    folder: Any
    library: Any
    names: Mapping[Path, tuple[str, int]]


@cache
def _shelf(files: tuple[Path, ...]) -> _Shelf:
    """Return a folder with these files, which lasts as long as the program does.

    Typst takes whole folders only; those of the machine hold hundreds of other fonts.
    Raises FontError for a file in which Typst finds no font.
    """
    from typst import Fonts  # noqa: PLC0415 - only those who print should wait for it

    folder = tempfile.TemporaryDirectory(prefix="perfgen-fonts-")
    placed = {}
    for number, file in enumerate(files):
        place = Path(folder.name, f"{number}{file.suffix.lower()}")
        _put(file, place)
        placed[place.resolve()] = file
    library = Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder.name]
    )
    names = {
        placed[Path(info.path).resolve()]: (info.family, info.weight)
        for info in library.fonts()
        if info.path is not None and info.index == 0
    }
    for file in files:
        if file not in names:
            raise FontError(f"字体文件无法读取：{file}", hint="换一份完好的字体文件")
    return _Shelf(folder, library, names)


def _put(file: Path, place: Path) -> None:
    """Let a file appear at another place: by a link, or as a copy where links are not allowed."""
    for way in (os.symlink, os.link):
        try:
            way(file.resolve(), place)
        except OSError:
            continue
        return
    shutil.copyfile(file, place)
