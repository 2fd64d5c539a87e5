"""The fonts found for a document's roles, and which characters they can print."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from perfgen.render.fonts.files import FontFile, code_points_in
from perfgen.render.fonts.roles import Role

Origin = Literal["fonts 文件夹", "本机", "perfgen 已下载", "随 perfgen 提供"]

_LATIN = frozenset(range(0x20, 0x7F))
_WITHOUT_INK = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})
_VARIATION_SELECTORS = frozenset((*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))


@dataclass(frozen=True, slots=True)
class RoleFont:
    """The font that plays a role, where it comes from, and those that may stand in behind it."""

    role: Role
    file: FontFile
    origin: Origin
    replaced: bool
    """Whether the PDF shows another design than the official font's."""
    behind: tuple[FontFile, ...] = ()


@dataclass(frozen=True, slots=True)
class FontSet:
    """The font of each role and what stands behind them all.

    `unreadable` and `unused` are files of the `fonts` folders: no fonts, or fonts for no role.
    """

    roles: tuple[RoleFont, ...]
    fallbacks: tuple[FontFile, ...] = ()
    unreadable: tuple[Path, ...] = ()
    unused: tuple[Path, ...] = ()

    def role(self, key: str) -> RoleFont:
        """Return the font of a role; raises KeyError for a role that does not exist."""
        for font in self.roles:
            if font.role.key == key:
                return font
        raise KeyError(key)

    def chain(self, key: str) -> tuple[FontFile, ...]:
        """Return the fonts that may print a role's characters, the role's own first."""
        order = (self.role(key), self.role("songti"), self.role("heiti"))
        files = [file for font in order for file in (font.file, *font.behind)]
        return tuple(dict.fromkeys((*files, *self.fallbacks)))

    def printed_by(self, file: FontFile) -> frozenset[int]:
        """Return the code points that a font of the set is used for: those it has.

        Its Latin letters and digits are left out where they are better taken from Song.
        """
        points = code_points_in(file.path)
        borrows = file.borrows_latin and file != self.role("songti").file
        return points - _LATIN if borrows else points

    def needed(self, key: str, chars: Collection[str]) -> tuple[FontFile, ...]:
        """Return the role's own font and those behind it that these characters need."""
        own, *behind = self.chain(key)
        needed, left = [own], _inked(chars) - self.printed_by(own)
        for file in behind:
            if not left:
                break
            if found := left & self.printed_by(file):
                needed.append(file)
                left -= found
        return tuple(needed)

    def missing(self, text: Collection[str], role_key: str) -> str:
        """Return the characters of a text that no font of the role's chain has, in code order."""
        left = _inked(text)
        for file in self.chain(role_key):
            if not left:
                break
            left -= self.printed_by(file)
        return "".join(map(chr, sorted(left)))

    def check_coverage(self, chars_by_role: Mapping[str, Collection[str]]) -> tuple[str, ...]:
        """Return each character, once and in code order, that its role's chain cannot print."""
        missing = (self.missing(chars, key) for key, chars in chars_by_role.items())
        return tuple(sorted(set().union(*missing)))


def _inked(chars: Collection[str]) -> frozenset[int]:
    """Return the code points that need a glyph: no white space, controls or format characters."""
    points = (ord(char) for char in set(chars) if unicodedata.category(char) not in _WITHOUT_INK)
    return frozenset(points) - _VARIATION_SELECTORS


def replacements(fonts: FontSet) -> tuple[str, ...]:
    """Return a Chinese sentence for each role whose official font this machine lacks."""
    return tuple(
        f"{font.role.name}：本机没有{font.role.official}，PDF 用 {font.file.family} 代替"
        f"（Word 文件仍写{font.role.official}）"
        for font in fonts.roles
        if font.replaced
    )


def replaced_in_short(fonts: FontSet) -> tuple[str, ...]:
    """Return one Chinese sentence for all roles whose official font this machine lacks, if any."""
    lacking = [font for font in fonts.roles if font.replaced]
    if not lacking:
        return ()
    official = "、".join(font.role.official for font in lacking)
    used = "、".join(dict.fromkeys(font.file.family for font in lacking))
    return (
        f"本机没有{official}，PDF 用 {used} 代替（Word 文件仍写原来的字体）；详见 perfgen fonts",
    )
