"""The fonts found for a document's roles, and which characters they can print."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from perfgen.render.fonts.files import FontFile, code_points_in
from perfgen.render.looks.roles import Role

Origin = Literal["fonts 文件夹", "本机", "perfgen 已下载", "随 perfgen 提供"]

DEFAULT = "songti"
"""The role that stands in for one without characters."""
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

    def borrows_latin(self, file: FontFile) -> bool:
        """Return whether a font's Latin letters, digits and signs (ASCII) are taken from Song."""
        return file.borrows_latin and file != self.role(DEFAULT).file

    def printed_by(self, file: FontFile) -> frozenset[int]:
        """Return the code points that a font of the set is used for: those it has.

        Its Latin letters and digits are left out where they are better taken from Song.
        """
        points = code_points_in(file.path)
        return points - _LATIN if self.borrows_latin(file) else points

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

    def chains(
        self, chars_by_role: Mapping[str, Collection[str]]
    ) -> Mapping[str, tuple[FontFile, ...]]:
        """Return the fonts that print these characters, by role; Song for a role without any."""
        default = self.needed(DEFAULT, chars_by_role.get(DEFAULT, ()))
        return {
            font.role.key: self.needed(font.role.key, chars)
            if (chars := chars_by_role.get(font.role.key))
            else default
            for font in self.roles
        }

    def all_files(self) -> tuple[Path, ...]:
        """Return the files of all fonts that may print something, each once."""
        files = (file.path for font in self.roles for file in self.chain(font.role.key))
        return tuple(dict.fromkeys(files))

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
    """Return one Chinese sentence for all roles whose official font this machine lacks."""
    named = "、".join(
        f"{font.role.official} → {font.file.family}" for font in fonts.roles if font.replaced
    )
    if not named:
        return ()
    return (f"本机没有以下公文字体，PDF 里代替：{named}（Word 文件仍写公文字体）",)
