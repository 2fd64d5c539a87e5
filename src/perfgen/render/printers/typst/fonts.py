"""The fonts as Typst is given them: families by role, and the folders that hold just them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from perfgen.errors import FontError
from perfgen.render.fonts import FontSet
from perfgen.render.fonts.converted import Say
from perfgen.render.fonts.typst import typst_fonts

_OWN = frozenset("0123456789.、…●○■一二三四五六七八九十abcdefghijklmnopqrstuvwxyzABCDEFIVX")
"""What the printer itself may add: the numbers and bullets of lists, and what shortens labels."""


@dataclass(frozen=True, slots=True)
class Face:
    """A face that Typst can choose: the name of its family, and its weight.

    `latin` is false where its Latin letters and digits are to come from the next face.
    """

    family: str
    weight: int
    latin: bool = True


@dataclass(frozen=True, slots=True)
class Faces:
    """For each role, by its key, the faces that print it, the first that has a character.

    `library` is what the compiler is given: all of their files, and no others.
    """

    by_role: Mapping[str, Sequence[Face]]
    library: Any


def find_faces(fonts: FontSet, used: Mapping[str, frozenset[str]], say: Say) -> Faces:
    """Return the faces of the fonts that the used characters, by role, need.

    Fonts that are not yet in the form that Typst is given are converted first, and that is said.
    Raises FontError for a font that cannot be used.
    """
    chosen = typst_fonts(fonts, {role: chars | _OWN for role, chars in used.items()}, say)
    library, weights = _library(chosen.folders)
    faces: dict[str, list[Face]] = {}
    for role, families in chosen.families.items():
        for family in families:
            if family.name not in weights:
                raise FontError(
                    f"转换好的字体读不出来：{family.name}",
                    hint="删去 perfgen fonts 列出的字体缓存，再运行一次",
                )
            face = Face(family.name, weights[family.name], latin=not family.without_latin)
            faces.setdefault(role, []).append(face)
    return Faces(faces, library)


@cache
def _library(folders: tuple[Path, ...]) -> tuple[Any, Mapping[str, int]]:
    """Return what Typst has read of these folders, and the weight of each family."""
    from typst import Fonts  # noqa: PLC0415 - only those who print should wait for it

    library = Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(folder) for folder in folders],
    )
    return library, {info.family: info.weight for info in library.fonts()}
