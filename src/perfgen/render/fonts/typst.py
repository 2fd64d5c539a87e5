"""What the Typst printer is told about fonts: the families of each role, and where they are."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from perfgen.render.fonts.converted import ConvertedFont, Say, converted
from perfgen.render.fonts.files import FontFile
from perfgen.render.fonts.fontset import FontSet


@dataclass(frozen=True, slots=True)
class TypstFamily:
    """A family that Typst may print with; no two files share one.

    `without_latin`: the characters U+0020 to U+007E are not to be taken from it, but from the next
    family. In Typst: `(name: …, covers: regex("[^ -~]"))`.
    """

    name: str
    without_latin: bool


@dataclass(frozen=True, slots=True)
class TypstFonts:
    """The families of each role in their order, and the folders that hold just these fonts."""

    families: Mapping[str, tuple[TypstFamily, ...]]
    folders: tuple[Path, ...]


def typst_fonts(
    fonts: FontSet, chars_by_role: Mapping[str, Collection[str]], say: Say
) -> TypstFonts:
    """Return the fonts that print these characters; what must be converted first is, and said.

    The characters must be all of the document's, with those that the look itself adds (page
    numbers). A role without characters gets Song. Raises FontError where a font cannot be used.
    """
    chains = fonts.chains(chars_by_role)
    files = dict.fromkeys(file for chain in chains.values() for file in chain)
    made = converted([file.path for file in files], say)
    families = {
        role: tuple(_family(fonts, file, made[file.path]) for file in chain)
        for role, chain in chains.items()
    }
    return TypstFonts(families, tuple(dict.fromkeys(font.path.parent for font in made.values())))


def _family(fonts: FontSet, file: FontFile, made: ConvertedFont) -> TypstFamily:
    return TypstFamily(made.family, fonts.borrows_latin(file))
