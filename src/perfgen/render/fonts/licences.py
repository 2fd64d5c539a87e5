"""The licence of a font (字体许可), to be kept beside what is made from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from perfgen.render.fonts.files import rights_in

_SIGNS = ("copying", "license", "licence", "ofl", "readme", "许可", "授权")
_TEXT_SUFFIXES = frozenset({"", ".txt", ".md"})
_LARGEST = 200_000
"""The longest licence text in bytes; the GPL has 35,000."""


def licence_files(font: Path) -> Mapping[str, bytes]:
    """Return the texts to keep: what the font says itself, and the licences that lie beside it."""
    kept = {path.name: path.read_bytes() for path in _beside(font)}
    if said := rights_in(font):
        kept[f"{font.stem}.licence.txt"] = ("\n\n".join(said) + "\n").encode()
    return kept


def _beside(font: Path) -> Iterator[Path]:
    """Yield the licences in the font's folder, and those of the package that it came in."""
    packaged = font.parent.parent.glob(f"{font.parent.name}-*.dist-info/licenses/*")
    for path in sorted((*font.parent.iterdir(), *packaged)):
        named = any(sign in path.name.lower() for sign in _SIGNS)
        text = path.suffix.lower() in _TEXT_SUFFIXES and path.is_file()
        if named and text and path.stat().st_size <= _LARGEST:
            yield path
