"""What WeasyPrint is told about fonts: one family for each file, one variable for each role.

The printer copies every file that is listed (10 to 20 ms each), so only the fonts that the
document's characters need are.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import groupby
from pathlib import Path

from perfgen.render.fonts.files import FontFile
from perfgen.render.fonts.fontset import DEFAULT, FontSet


def stylesheet(fonts: FontSet, chars_by_role: Mapping[str, Collection[str]]) -> str:
    """Return the CSS that makes `var(--<role>)` the fonts that print these characters.

    They must be all of the document's, with those that the look itself adds (page numbers). A role
    without characters gets Song, which is always listed.
    """
    chains = fonts.chains(chars_by_role)
    families = _families(chains)
    chars = {char for of_role in chars_by_role.values() for char in of_role}
    faces = [_face(fonts, file, family, chars) for file, family in families.items()]
    variables = []
    for key, chain in chains.items():
        names = ", ".join(f'"{families[file]}"' for file in chain)
        variables.append(f"  --{key}: {names};")
    return "\n".join((*faces, ":root {", *variables, "}", ""))


def font_paths(fonts: FontSet, chars_by_role: Mapping[str, Collection[str]]) -> tuple[Path, ...]:
    """Return the files that the style sheet for these characters names, each once."""
    return tuple(file.path for file in _families(fonts.chains(chars_by_role)))


def _families(chains: Mapping[str, tuple[FontFile, ...]]) -> Mapping[FontFile, str]:
    """Return a family name for each file, after the role that it serves first (Song before all)."""
    families: dict[FontFile, str] = {}
    for key in dict.fromkeys((DEFAULT, *chains)):
        for number, file in enumerate(chains[key], start=1):
            families.setdefault(file, f"perfgen-{key}-{number}")
    return families


def _face(fonts: FontSet, file: FontFile, family: str, chars: Collection[str]) -> str:
    """Return a font's rule; one whose Latin is not wanted is held to what it is used for.

    To list Song's Latin under a name before it would not do: fontconfig drops a font from the chain
    when one before it has, in its file, all the same characters.
    """
    source = f'url("{file.path.as_uri()}")'
    limits = f" unicode-range: {_ranges(fonts.printed_by(file), chars)};"
    return (
        f'@font-face {{ font-family: "{family}"; src: {source};'
        f"{limits if file.borrows_latin else ''} }}"
    )


def _ranges(printed: Collection[int], chars: Collection[str]) -> str:
    """Return ranges with the characters that are `printed` and none of the document's others.

    They are as few as can be, for fontconfig takes a second for some hundreds of them; what lies
    between two of the document's characters is not in the document.
    """
    points = sorted(set(map(ord, chars)))
    runs = [list(run) for wanted, run in groupby(points, printed.__contains__) if wanted]
    return ", ".join(f"U+{run[0]:X}-{run[-1]:X}" for run in runs)
