"""Finds the font of each role: in a `fonts` folder, on the machine, among the free ones."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from perfgen.errors import FontError
from perfgen.render.fonts.candidates import CANDIDATES, SYMBOLS, Candidate
from perfgen.render.fonts.files import FONT_SUFFIXES, FontFile, names_in, plain_name
from perfgen.render.fonts.fontset import FontSet, Origin, RoleFont
from perfgen.render.fonts.places import data_folder
from perfgen.render.looks.roles import ROLES, Role

_BUNDLED_PACKAGE = "pylopdf_fonts_zh_cn"
_WELL_KNOWN = frozenset(
    file for candidate in chain(*CANDIDATES.values(), SYMBOLS) for file in candidate.files
)

MACHINE_FONTS = "PERFGEN_MACHINE_FONTS"
"""Environment: a folder that stands for all fonts of the machine; another machine sent them."""

_Place = tuple[Path, Origin]
_Match = tuple[FontFile, Origin, Candidate]


def find_fonts(folders: Sequence[Path] = ()) -> FontSet:
    """Return the font of every role.

    `folders` come first, then `fonts` in the current folder: there every file is opened. On the
    machine only files with well-known names are. A role without a font of its own is played by
    Song, or by whatever there is.
    Raises FontError where there is no Chinese font at all.
    """
    given, unreadable = _given_fonts((*folders, Path.cwd() / "fonts"))
    well_known = _well_known_files()
    own = {role.key: _role_font(role, given, well_known) for role in ROLES}
    stand_in = next((font for key in ("songti", "heiti", *own) if (font := own[key])), None)
    if stand_in is None:
        raise FontError(
            "没有可用的中文字体，无法生成 PDF",
            hint="运行 perfgen fonts --install，或将字体文件放入工作簿旁的 fonts 文件夹",
        )
    roles = tuple(own[role.key] or _played_by(stand_in, role) for role in ROLES)
    fallbacks = tuple(file for file, _, _ in _matches(SYMBOLS, given, well_known))
    used = {file.path for font in roles for file in (font.file, *font.behind, *fallbacks)}
    unused = tuple(path for path in given if path not in used)
    return FontSet(roles, fallbacks, unreadable, unused)


def _system_folders() -> tuple[Path, ...]:
    home = Path.home()
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
        windows = Path(os.environ.get("WINDIR") or "C:/Windows")
        return windows / "Fonts", local / "Microsoft" / "Windows" / "Fonts"
    if sys.platform == "darwin":
        return home / "Library" / "Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts")
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return (
        data / "fonts",
        home / ".fonts",
        Path("/usr/local/share/fonts"),
        Path("/usr/share/fonts"),
        Path("/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"),
    )


def _well_known_files() -> Mapping[str, Sequence[_Place]]:
    """Return the files with well-known names, by that name in small letters, nearest first."""
    found: dict[str, list[_Place]] = {}
    for home, origin in _machine_folders():
        for folder, _, files in os.walk(home):
            for file in files:
                if (name := file.lower()) in _WELL_KNOWN:
                    found.setdefault(name, []).append((Path(folder, file), origin))
    return found


def _machine_folders() -> list[_Place]:
    if instead := os.environ.get(MACHINE_FONTS):
        return [(Path(instead), "本机")]
    homes: list[_Place] = [(data_folder(), "perfgen 已下载")]
    homes += [(folder, "本机") for folder in _system_folders()]
    bundled = importlib.util.find_spec(_BUNDLED_PACKAGE)
    if bundled and bundled.origin:
        homes.append((Path(bundled.origin).parent, "随 perfgen 提供"))
    return homes


def _given_fonts(folders: Iterable[Path]) -> tuple[Sequence[Path], tuple[Path, ...]]:
    """Return the fonts in these folders, and the files there that cannot be opened as fonts."""
    paths = [
        path
        for folder in dict.fromkeys(folder.resolve() for folder in folders)
        if folder.is_dir()
        for path in sorted(folder.iterdir())
        if path.suffix.lower() in FONT_SUFFIXES and path.is_file()
    ]
    readable = [path for path in paths if _compared_names(path)]
    return readable, tuple(path for path in paths if path not in readable)


def _role_font(
    role: Role, given: Sequence[Path], well_known: Mapping[str, Sequence[_Place]]
) -> RoleFont | None:
    matches = tuple(_matches(CANDIDATES[role.key], given, well_known))
    if not matches:
        return None
    file, origin, candidate = matches[0]
    behind = tuple(other for other, _, _ in matches[1:])
    return RoleFont(role, file, origin, replaced=not candidate.same_design, behind=behind)


def _played_by(stand_in: RoleFont, role: Role) -> RoleFont:
    return RoleFont(role, stand_in.file, stand_in.origin, replaced=True)


def _matches(
    candidates: Sequence[Candidate],
    given: Sequence[Path],
    well_known: Mapping[str, Sequence[_Place]],
) -> Iterator[_Match]:
    """Yield a font for each candidate that is at hand: the given ones, then the machine's."""
    in_folder: list[_Place] = [(path, "fonts 文件夹") for path in given]
    for candidate in candidates:
        yield from _first_match(candidate, in_folder)
    for candidate in candidates:
        places = chain.from_iterable(well_known.get(file, ()) for file in candidate.files)
        yield from _first_match(candidate, places)


def _first_match(candidate: Candidate, places: Iterable[_Place]) -> Iterator[_Match]:
    wanted = {plain_name(name) for name in candidate.names}
    for path, origin in places:
        if wanted & _compared_names(path):
            shown, _ = names_in(path)
            file = FontFile(path, shown, 0, candidate.licence, candidate.borrows_latin)
            yield file, origin, candidate
            return


def _compared_names(path: Path) -> frozenset[str]:
    """Return a font's names as they are compared; none where the file is no font."""
    try:
        return names_in(path)[1]
    except FontError:
        return frozenset()
